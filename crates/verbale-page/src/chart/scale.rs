//! Scales: from values to units of the drawing, and where their ticks stand.

/// A straight scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    from: (f64, f64),
    to: (f64, f64),
}

impl Scale {
    /// The values `from` are drawn at the units `to`.
    pub fn new(from: (f64, f64), to: (f64, f64)) -> Self {
        Self { from, to }
    }

    /// Where a value is drawn; within the scale's ends.
    pub fn at(self, value: f64) -> f64 {
        let ((low, high), (start, end)) = (self.from, self.to);
        let part = if high > low { ((value - low) / (high - low)).clamp(0.0, 1.0) } else { 0.5 };
        start + part * (end - start)
    }
}

/// A round number that is no less than this: 1, 2 or 5 times a power of ten, or a whole number up to 4.
pub fn round_up(most: f64) -> f64 {
    if most <= 4.0 {
        return most.ceil().max(1.0);
    }
    let power = 10_f64.powf(most.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= most).unwrap_or(10.0);
    times * power
}

/// Ticks of a scale of counts that ends at `most`: at most four, all whole.
pub fn ticks(most: f64) -> Vec<f64> {
    let step = [1.0, 2.0, 3.0, 4.0, 5.0].into_iter().find(|parts| most / parts <= 1.0);
    let step =
        step.map_or_else(|| if (most / 4.0).fract() == 0.0 { most / 4.0 } else { most / 2.0 }, |_| 1.0);
    let step = step.ceil().max(1.0);
    let number = (most / step).floor() as u32;
    (0..=number).map(|tick| f64::from(tick) * step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_their_place() {
        let scale = Scale::new((-1.0, 1.0), (0.0, 100.0));
        assert!((scale.at(0.0) - 50.0).abs() < 1e-9);
        assert!((scale.at(7.0) - 100.0).abs() < 1e-9);
        assert!((Scale::new((3.0, 3.0), (0.0, 10.0)).at(3.0) - 5.0).abs() < 1e-9);
    }

    #[test]
    fn ticks_are_whole_and_few() {
        for most in [1.0, 2.0, 3.0, 4.0, 5.0, 10.0, 20.0, 50.0, 100.0, 2000.0] {
            let found = ticks(most);
            assert!((2..=6).contains(&found.len()), "{most}: {found:?}");
            assert!(found.iter().all(|tick| tick.fract() == 0.0 && *tick <= most), "{most}: {found:?}");
        }
        let rounded = [0.0, 1.0, 3.0, 7.0, 11.0, 120.0].map(|most| round_up(most) as u32);
        assert_eq!(rounded, [1, 1, 3, 10, 20, 200]);
    }
}
