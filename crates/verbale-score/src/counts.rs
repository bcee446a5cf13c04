//! Precision, recall and F1, whole or by overlap.

use crate::Measure;

/// How much of what was found is right, and how much of what is there was found.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Counts {
    /// Of what was found, how much is right: whole, or the sum of shares.
    pub right: f64,
    /// How much was found.
    pub found: usize,
    /// Of what is there, how much was found.
    pub hit: f64,
    /// How much is there.
    pub gold: usize,
}

impl Counts {
    /// Counts where what is right of the one is found of the other.
    pub fn whole(right: usize, found: usize, gold: usize) -> Self {
        Self { right: right as f64, found, hit: right as f64, gold }
    }

    /// Both together.
    pub fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            found: self.found + other.found,
            hit: self.hit + other.hit,
            gold: self.gold + other.gold,
        }
    }

    pub fn precision(self) -> f64 {
        self.right / self.found.max(1) as f64
    }

    pub fn recall(self) -> f64 {
        self.hit / self.gold.max(1) as f64
    }

    /// The harmonic mean of precision and recall.
    pub fn f1(self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }

    /// F1 as a measure.
    pub fn measure(self, set: &'static str, name: &str) -> Measure {
        Measure::new(set, format!("{name}, F1"), self.f1(), self.gold)
    }

    /// F1, precision and recall as measures.
    pub fn measures(self, set: &'static str, name: &str) -> [Measure; 3] {
        [
            self.measure(set, name),
            Measure::new(set, format!("{name}, precision"), self.precision(), self.found),
            Measure::new(set, format!("{name}, recall"), self.recall(), self.gold),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up() {
        let counts = Counts::whole(3, 4, 6).plus(Counts { right: 0.5, found: 1, hit: 0.0, gold: 0 });
        assert!((counts.precision() - 0.7).abs() < 1e-9 && (counts.recall() - 0.5).abs() < 1e-9);
        assert!((counts.f1() - 0.7 / 1.2).abs() < 1e-9);
        assert!(Counts::default().f1().abs() < 1e-9);
    }
}
