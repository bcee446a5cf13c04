//! Pure measures over counts of events; no I/O, no clock, no randomness without a seed.
//!
//! ```text
//! counts (n_A, n_B) ──share──▶ Beta ──tilt──▶ raw, mean, interval, verdict ──more──▶ what would settle it
//! ```

mod answers;
mod bulk;
mod count;
mod draws;
mod estimate;
mod more;
mod partners;
mod posterior;
mod rules;
mod share;
mod tilt;
mod weighted;

pub use answers::*;
pub use count::{Count, Counted, LeftOut, Question, count, judge};
pub use draws::Draws;
pub use estimate::{Estimate, Interval};
pub use more::{MORE_AT_MOST, MoreNeeded};
pub use partners::{Concentration, GammaPrior, concentration, concentration_of_weights, rate, shares};
pub use rules::{Confirmed, Gatherings, Rules, Weights, Who};
pub use share::Share;
pub use tilt::{Balance, Delta, Tilt, Verdict, balance, mean_tilt};
pub use weighted::{WeightedEvent, WeightedTilt, weighted_tilt};
