//! Counts against how much was written at all: events per document of a fixed panel of sources.

use serde::{Deserialize, Serialize};

use crate::estimate::{Estimate, check_lengths};
use crate::partners::{GammaPrior, rate};

/// Events of one period against the documents about the country in it, from sources that are the same in
/// all periods. The volume stands under every series of counts.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Volume {
    /// Events counted.
    pub events: u32,
    /// Documents of the panel.
    pub documents: u32,
    /// Events per document, `Gamma(n + 1/2, documents)`; `None` for a period without documents, of which
    /// nothing is known.
    pub per_document: Option<Estimate>,
}

/// Events per document, period by period.
///
/// # Errors
///
/// The lists differ in length, or a period has events and no document.
pub fn volume(events: &[u32], documents: &[u32]) -> Result<Vec<Volume>, String> {
    check_lengths(["periods with events", "with documents"], [events.len(), documents.len()])?;
    let of = |(at, (events, documents)): (usize, (&u32, &u32))| {
        let per_document = rate(*events, f64::from(*documents), GammaPrior::default())
            .map_err(|_| format!("period {}: {events} events and no document of the panel", at + 1))?;
        Ok(Volume { events: *events, documents: *documents, per_document })
    };
    events.iter().zip(documents).enumerate().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_without_documents_is_unknown() {
        let found = volume(&[10, 0, 0], &[4, 0, 50]).unwrap();
        assert_eq!(found[0].per_document.unwrap().raw, Some(2.5));
        assert_eq!(found[1].per_document, None);
        let none = found[2].per_document.unwrap();
        assert_eq!(none.raw, Some(0.0));
        assert!(none.high > 0.0 && none.high < 0.1);
    }

    #[test]
    fn twice_the_documents_halve_the_rate() {
        let found = volume(&[8, 8], &[10, 20]).unwrap();
        let [one, other] = [0, 1].map(|at| found[at].per_document.unwrap());
        assert!((one.low - 2.0 * other.low).abs() < 1e-9 && (one.mean - 2.0 * other.mean).abs() < 1e-12);
    }

    #[test]
    fn periods_must_match() {
        assert!(volume(&[1], &[]).unwrap_err().contains("1 periods with events and 0 with documents"));
        assert!(volume(&[0, 2], &[1, 0]).unwrap_err().contains("period 2: 2 events"));
    }
}
