//! The table of scores: what each measure reached, and what it must not fall below.
//!
//! A floor is written with its direction: `>=0.90` or `<=0.05`; an empty one asks for nothing.

use std::fmt::Write as _;

use anyhow::{Context as _, Result, bail};

use crate::Measure;
use crate::table::{cells, quoted};

/// The table as it was when the program was built.
const KEPT: &str = include_str!("../../../tests/gold/scores.csv");
const HEADER: &str = "set,measure,value,floor,n";

/// A row of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    set: String,
    measure: String,
    value: String,
    floor: String,
    n: String,
}

/// A figure beside what was kept of it.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Judged {
    /// The set.
    pub set: String,
    /// What is measured.
    pub measure: String,
    /// The figure, as the table writes it.
    pub value: String,
    /// The figure that was kept, if there is one.
    pub before: Option<String>,
    /// The floor with its direction, if there is one.
    pub floor: Option<String>,
    /// Whether the figure lies on the right side of its floor.
    pub holds: bool,
    /// Over how many cases.
    pub n: usize,
}

/// The table that was built in.
pub fn kept() -> &'static str {
    KEPT
}

/// Puts figures beside a table.
///
/// # Errors
/// When the table has a row that is none, or a floor without direction.
pub fn judge(table: &str, measures: &[Measure]) -> Result<Vec<Judged>> {
    let rows = read(table)?;
    let one = |measure: &Measure| {
        let kept = rows.iter().find(|row| row.set == measure.set && row.measure == measure.name);
        let value = shown(measure.value);
        let floor = kept.map(|row| row.floor.clone()).filter(|floor| !floor.is_empty());
        Ok(Judged {
            set: measure.set.to_owned(),
            measure: measure.name.clone(),
            holds: holds(&value, floor.as_deref().unwrap_or_default())?,
            value,
            before: kept.map(|row| row.value.clone()).filter(|value| !value.is_empty()),
            floor,
            n: measure.n,
        })
    };
    measures.iter().map(one).collect()
}

/// The table with new figures and counts; floors stay, and what is new comes last.
///
/// # Errors
/// When the table has a row that is none.
pub fn keep(table: &str, judged: &[Judged]) -> Result<String> {
    let mut rows = read(table)?;
    for one in judged {
        let (value, n) = (one.value.clone(), one.n.to_string());
        match rows.iter_mut().find(|row| row.set == one.set && row.measure == one.measure) {
            Some(row) => (row.value, row.n) = (value, n),
            None => rows.push(Row {
                set: one.set.clone(),
                measure: one.measure.clone(),
                value,
                floor: String::new(),
                n,
            }),
        }
    }
    Ok(render(&rows))
}

/// Figures in columns, for people.
pub fn listing(judged: &[Judged]) -> String {
    let mut out =
        format!("{:<12} {:<58} {:>9} {:>9} {:>8} {:>7}\n", "set", "measure", "value", "kept", "floor", "n");
    for one in judged {
        let mark = if one.holds { "" } else { "  BELOW" };
        let cell = |cell: &Option<String>| cell.clone().unwrap_or_default();
        let _ = writeln!(
            out,
            "{:<12} {:<58} {:>9} {:>9} {:>8} {:>7}{mark}",
            one.set,
            one.measure,
            one.value,
            cell(&one.before),
            cell(&one.floor),
            one.n
        );
    }
    out
}

/// Shares with three places, percentages and times with two, large numbers with none.
fn shown(value: f64) -> String {
    match value.abs() {
        size if size < 10.0 => format!("{value:.3}"),
        size if size < 1000.0 => format!("{value:.2}"),
        _ => format!("{value:.0}"),
    }
}

/// Whether a value, as shown, is on the right side of its floor.
fn holds(value: &str, floor: &str) -> Result<bool> {
    let number = |text: &str| text.parse::<f64>().with_context(|| format!("{text:?} is not a number"));
    Ok(match (floor.get(..2), floor.get(2..)) {
        (None, _) => true,
        (Some(">="), Some(bound)) => number(value)? >= number(bound)?,
        (Some("<="), Some(bound)) => number(value)? <= number(bound)?,
        _ => bail!(
            "the floor {floor:?} begins with neither >= nor <=; write one of them in tests/gold/scores.csv"
        ),
    })
}

fn read(table: &str) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (at, row) in cells(table, ',').into_iter().enumerate() {
        let Ok([set, measure, value, floor, n]) = <[String; 5]>::try_from(row) else {
            bail!("tests/gold/scores.csv:{}: expected five cells: {HEADER}", at + 1);
        };
        if at > 0 {
            rows.push(Row { set, measure, value, floor, n });
        }
    }
    Ok(rows)
}

fn render(rows: &[Row]) -> String {
    let mut out = format!("{HEADER}\n");
    for row in rows {
        let _ = writeln!(out, "{},{},{},{},{}", row.set, quoted(&row.measure), row.value, row.floor, row.n);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_have_a_direction() {
        assert!(holds("0.91", ">=0.90").unwrap());
        assert!(!holds("0.89", ">=0.90").unwrap());
        assert!(holds("0.05", "<=0.05").unwrap());
        assert!(!holds("0.06", "<=0.05").unwrap());
        assert!(holds("0.06", "").unwrap());
        assert!(holds("0.06", "0.05").is_err());
    }

    #[test]
    fn keeping_leaves_the_floor() {
        let table = format!("{HEADER}\nevents,right,,>=0.45,\n");
        let measures = [Measure::share("events", "right", 4, 10), Measure::share("events", "new", 1, 2)];
        let judged = judge(&table, &measures).unwrap();
        assert_eq!(judged.iter().map(|one| one.holds).collect::<Vec<_>>(), [false, true]);
        let kept = keep(&table, &judged).unwrap();
        assert_eq!(kept, format!("{HEADER}\nevents,right,0.400,>=0.45,10\nevents,new,0.500,,2\n"));
    }

    #[test]
    fn the_table_that_is_built_in_can_be_read() {
        assert!(read(kept()).unwrap().len() > 10);
    }
}
