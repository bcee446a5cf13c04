//! Answers to whole questions, as commands and pages print them.
//!
//! ```text
//! events, question ──count──▶ Count ──▶ BalanceAnswer · Trend · Subjects · Network
//! ```

mod balance;
mod curve;
mod held;
mod network;
mod number;
mod periods;
mod several;
mod subjects;
mod trend;

pub use balance::{Asked, BalanceAnswer, Baselined, Pair, WeightedAnswer, Window, answer};
pub use curve::{Choices, Specification, curve};
pub use held::{Held, held};
pub use network::{Network, Partner, network};
pub use number::Number;
pub use periods::Unit;
pub use several::Several;
pub use subjects::{Subject, Subjects, subjects};
pub use trend::{Period, Trend, Turn, Turns, trend};
