//! Scales of conflict and cooperation, as versioned data with their errata.

/// A score of a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// `goldstein` or `plover`.
    pub scale: &'static str,
    /// Version of the manual.
    pub version: &'static str,
    /// CAMEO code or PLOVER type.
    pub code: &'static str,
    /// PLOVER mode; empty for the type itself.
    pub mode: &'static str,
    /// The score, from -10 to 10.
    pub value: f32,
    /// What the manual prints.
    pub printed: f32,
    /// Why another value is used than is printed; empty where it is not.
    pub erratum: &'static str,
}

/// All scores of `data/imports/scales.tsv`.
pub fn scales() -> Vec<Score> {
    let row = |line: &'static str| {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [scale, version, code, mode, value, printed, erratum] = cells.as_slice() else { return None };
        let (value, printed) = (value.parse().ok()?, printed.parse().ok()?);
        Some(Score { scale, version, code, mode, value, printed, erratum })
    };
    include_str!("../../../../data/imports/scales.tsv").lines().skip(1).filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use verbale_model::ontology::{EventType, Mode, cameo, scale};

    use super::*;

    #[test]
    fn scales_are_those_of_the_ontology_and_say_where_the_manual_errs() {
        let all = scales();
        assert_eq!(all.len(), include_str!("../../../../data/imports/scales.tsv").lines().count() - 1);
        for row in &all {
            let known = if row.scale == "goldstein" {
                cameo(row.code).unwrap().goldstein
            } else {
                scale(EventType::parse(row.code).unwrap(), Mode::parse(row.mode))
            };
            assert!((known - row.value).abs() < 1e-6, "{row:?}");
            assert_eq!((row.value - row.printed).abs() > 1e-6, !row.erratum.is_empty(), "{row:?}");
        }
        assert!(all.iter().any(|row| row.code == "ACCUSE" && row.mode.is_empty() && !row.erratum.is_empty()));
    }
}
