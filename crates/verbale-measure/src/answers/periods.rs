//! Years, quarters and months that days fall into.

use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use verbale_model::Days;

/// How long the periods of a series are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// From January to December.
    #[default]
    Year,
    /// Three months.
    Quarter,
    /// A month.
    Month,
}

impl std::str::FromStr for Unit {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "year" => Ok(Self::Year),
            "quarter" => Ok(Self::Quarter),
            "month" => Ok(Self::Month),
            other => Err(format!("'{other}': write year, quarter or month")),
        }
    }
}

impl Unit {
    /// The period that all of these days lie in, counted from year 0; `None` where they lie in several,
    /// or an end is open.
    pub fn of(self, days: Days) -> Option<i32> {
        let (first, last) = days.both()?;
        let (first, last) = (self.number(date(first)?), self.number(date(last)?));
        (first == last).then_some(first)
    }

    fn number(self, date: Date) -> i32 {
        let (year, month) = (i32::from(date.year()), i32::from(date.month()) - 1);
        match self {
            Self::Year => year,
            Self::Quarter => year * 4 + month / 3,
            Self::Month => year * 12 + month,
        }
    }

    /// How a period is written: `2025`, `2025-Q1`, `2025-03`.
    pub fn name(self, period: i32) -> String {
        match self {
            Self::Year => format!("{period:04}"),
            Self::Quarter => format!("{:04}-Q{}", period.div_euclid(4), period.rem_euclid(4) + 1),
            Self::Month => format!("{:04}-{:02}", period.div_euclid(12), period.rem_euclid(12) + 1),
        }
    }
}

/// The civil date of a day counted from 1970-01-01.
fn date(day: i32) -> Option<Date> {
    Date::constant(1970, 1, 1).checked_add(Span::new().try_days(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_fall_into_their_period() {
        let days = |first, last| Days { first, last };
        let name = |unit: Unit, days| unit.of(days).map(|period| unit.name(period));
        assert_eq!(name(Unit::Year, days(Some(20_178), Some(20_178))).as_deref(), Some("2025"));
        assert_eq!(name(Unit::Quarter, days(Some(20_178), Some(20_178))).as_deref(), Some("2025-Q1"));
        assert_eq!(name(Unit::Month, days(Some(20_178), Some(20_178))).as_deref(), Some("2025-03"));
        assert_eq!(name(Unit::Month, days(Some(20_178), Some(20_179))), None);
        assert_eq!(name(Unit::Year, days(None, Some(20_179))), None);
        assert_eq!(name(Unit::Year, days(Some(i32::MAX), Some(i32::MAX))), None);
        assert_eq!(name(Unit::Year, days(Some(-1), Some(-1))).as_deref(), Some("1969"));
    }
}
