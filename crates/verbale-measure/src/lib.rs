//! Pure measures over counts of events; no I/O, no clock, no randomness without a seed.
//!
//! ```text
//! counts (n_A, n_B) ──share──▶ Beta ──tilt──▶ raw, mean, interval, verdict ──more──▶ what would settle it
//! ```

mod more;
mod share;
mod tilt;

pub use more::{MORE_AT_MOST, MoreNeeded};
pub use share::Share;
pub use tilt::{Balance, Delta, Tilt, Verdict, balance, mean_tilt};
