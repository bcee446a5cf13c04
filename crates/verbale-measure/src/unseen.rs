//! Meetings that nobody reported: how many there were, from two families of sources.

use serde::{Deserialize, Serialize};

use crate::estimate::{Interval, Z};

/// What two source families that report independently let expect.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Unseen {
    /// Distinct meetings that were reported.
    pub seen: u64,
    /// Chapman's estimate of all meetings; `None` where no meeting is in both families, which says that
    /// there are many, not how many.
    pub all: Option<f64>,
    /// Its standard error, after Seber.
    pub standard_error: Option<f64>,
    /// 95 % interval: log-normal in the unseen ones, so never below what was seen.
    pub interval: Option<Interval>,
}

/// Meetings in all from `first` reported by one family, `second` by the other, and `both` by both:
/// (n1 + 1)(n2 + 1)/(m + 1) - 1 (Chapman 1951), with the variance
/// (n1 + 1)(n2 + 1)(n1 - m)(n2 - m) / ((m + 1)^2 (m + 2)) (Seber 1970) and the interval of Burnham and
/// others (1987).
///
/// It takes the families to be independent. Sources that copy each other make it too small, and so do
/// meetings that all find easy to see.
///
/// # Errors
///
/// More meetings in both families than in one.
pub fn unseen(first: u32, second: u32, both: u32) -> Result<Unseen, String> {
    if both > first.min(second) {
        return Err(format!(
            "{both} meetings in both source families, and {} in one alone",
            first.min(second)
        ));
    }
    let seen = u64::from(first) + u64::from(second) - u64::from(both);
    if both == 0 {
        return Ok(Unseen { seen, all: None, standard_error: None, interval: None });
    }
    let [n1, n2, m] = [first, second, both].map(f64::from);
    let all = (n1 + 1.0) * (n2 + 1.0) / (m + 1.0) - 1.0;
    let variance = (n1 + 1.0) * (n2 + 1.0) * (n1 - m) * (n2 - m) / ((m + 1.0).powi(2) * (m + 2.0));
    let reported = n1 + n2 - m;
    let missing = all - reported;
    let interval = if missing > 0.0 {
        let spread = (Z * (variance / (missing * missing)).ln_1p().sqrt()).exp();
        Interval { low: reported + missing / spread, high: reported + missing * spread }
    } else {
        Interval { low: reported, high: reported }
    };
    Ok(Unseen {
        seen,
        all: Some(all.max(reported)),
        standard_error: Some(variance.sqrt()),
        interval: Some(interval),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn chapman_and_seber_by_hand() {
        // (201)(151)/(51) - 1 = 594.117..., variance 201 * 151 * 150 * 100 / (51^2 * 52) = 3366.050...
        let found = unseen(200, 150, 50).unwrap();
        assert_eq!(found.seen, 300);
        assert!((found.all.unwrap() - 594.117_647_058_8).abs() < 1e-6);
        assert!((found.standard_error.unwrap().powi(2) - 3_366.050_039_925).abs() < 1e-3, "{found:?}");
        let interval = found.interval.unwrap();
        let spread = (Z * (3_366.050_039_925_f64 / 294.117_647_058_8_f64.powi(2)).ln_1p().sqrt()).exp();
        assert!((interval.low - (300.0 + 294.117_647_058_8 / spread)).abs() < 1e-6);
    }

    #[test]
    fn without_overlap_nothing_is_known() {
        let found = unseen(40, 20, 0).unwrap();
        assert_eq!((found.seen, found.all, found.interval), (60, None, None));
        assert_eq!(unseen(0, 0, 0).unwrap().seen, 0);
        assert!(unseen(3, 9, 4).unwrap_err().contains("4 meetings in both"));
    }

    #[test]
    fn families_that_agree_wholly_leave_nothing_unseen() {
        let found = unseen(12, 12, 12).unwrap();
        assert_eq!((found.all, found.standard_error), (Some(12.0), Some(0.0)));
        assert_eq!(found.interval, Some(Interval { low: 12.0, high: 12.0 }));
    }

    proptest! {
        #[test]
        fn never_fewer_than_were_seen(both in 0u32..500, first in 0u32..5000, second in 0u32..5000) {
            let found = unseen(both + first, both + second, both).unwrap();
            prop_assert_eq!(found, unseen(both + second, both + first, both).unwrap());
            if let (Some(all), Some(interval)) = (found.all, found.interval) {
                prop_assert!(all >= found.seen as f64);
                prop_assert!(interval.low >= found.seen as f64 && interval.low <= all + 1e-6 && all <= interval.high + 1e-6);
            }
        }
    }
}
