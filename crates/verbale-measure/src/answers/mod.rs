//! Answers to whole questions, as commands and pages print them.
//!
//! ```text
//! events, question ──count──▶ Count ──▶ BalanceAnswer · Trend · Topics · Comparison · Network
//! ```

mod balance;
mod curve;
mod number;
mod several;

pub use balance::{Asked, BalanceAnswer, Baselined, Pair, WeightedAnswer, Window, answer};
pub use curve::{Specification, curve, specifications};
pub use number::Number;
pub use several::Several;
