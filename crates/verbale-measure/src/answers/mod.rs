//! Answers to whole questions, as commands and pages print them.
//!
//! ```text
//! events, question ──count──▶ Count ──▶ BalanceAnswer · Trend · Subjects · Network, each with a Head
//!                        ──all types──▶ Scored          ──every way──▶ curve ──▶ CurveSummary
//! documents ──▶ Panel under a Trend      families of sources ──▶ UnseenAnswer      distances ──▶ MultiVector
//! ```

mod balance;
mod curve;
mod families;
mod head;
mod held;
mod network;
mod number;
mod panel;
mod periods;
mod scored;
mod several;
mod subjects;
mod trend;
mod vectors;

pub use balance::{Asked, BalanceAnswer, Baselined, Pair, WeightedAnswer, answer};
pub use curve::{Choices, CurveSummary, Effect, Specification, VerdictShares, Way, Weighing, curve, summary};
pub use families::{Reported, UnseenAnswer, unseen_meetings};
pub use head::{Head, Window};
pub use held::{Held, held};
pub use network::{Network, Partner, Shrinkage, network};
pub use number::Number;
pub use panel::{Panel, Published, Told, Written};
pub use periods::Unit;
pub use scored::{Scored, scored};
pub use several::Several;
pub use subjects::{Subject, Subjects, subjects};
pub use trend::{Period, Trend, Turn, Turns, trend};
pub use vectors::{MultiVector, VotesOf};
