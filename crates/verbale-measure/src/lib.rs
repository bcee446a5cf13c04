//! Pure measures over counts of events; no I/O, no clock, no randomness without a seed.
//!
//! ```text
//! events, rules     ──count──▶ counts and weights, what is left out and why     answers: whole questions
//! counts (n_A, n_B) ──share──▶ Beta ──tilt──▶ raw, mean, interval, verdict ──more──▶ what would settle it
//! weights, doubts   ──bulk───▶ draws ──weighted──▶ the same, of weighted events that may be coded wrong
//! sets of rules     ──curve──▶ a tilt for each, how many come to which verdict
//! counts (n_1 … n_K) ──partners──▶ shares, rates, entropy, effective partners     distance: Rao's Q, votes
//! counts, baseline  ──baseline───▶ log ratio          counts, exposures ──shrink──▶ rates of rare dyads
//! scores            ──scales─────▶ mean, sum, quad classes      table ──reciprocity──▶ how mutual, who travels
//! series            ──changes────▶ breaks and their dates       volume: events per document
//! topics            ──topics─────▶ profiles, divergence, log odds
//! two codings       ──reliability, alpha──▶ precision, recall, F1, agreement      unseen: Chapman
//! ```
//!
//! Every interval is a 95 % one. `Estimate` holds raw figure, mean and interval, because they are shown
//! together. What nothing is known of is `None`: no figure is NaN or infinite. What cannot be meant is an
//! `Err` with a sentence that names the entry, counted from 1, and says what to write.
//!
//! `Tally` adds up counts and weights from parts of a ledger, in any order to the last bit. Which choices
//! were made for each measure, and why, stands in `docs/design/0010-measures.md`.

#![cfg_attr(test, allow(clippy::float_cmp, reason = "tests compare figures that are exact"))]

mod alpha;
mod answers;
mod baseline;
mod bulk;
mod changes;
mod clusters;
mod concentration;
mod count;
mod distance;
mod draws;
mod estimate;
mod more;
mod partners;
mod posterior;
mod reciprocity;
mod reliability;
mod rules;
mod scales;
mod segments;
mod share;
mod shrink;
mod sums;
mod tally;
mod tilt;
mod topics;
mod unseen;
mod volume;
mod votes;
mod weighted;

pub use alpha::{Alpha, Level, alpha};
pub use answers::*;
pub use baseline::{Baseline, Lean, against};
pub use changes::{BREAKS_COUNTED, Break, Changes, PERIODS_AT_MOST, Segment, Series, changes};
pub use concentration::{
    Concentration, ConcentrationRange, concentration, concentration_of_weights, concentration_range,
};
pub use count::{Count, Counted, LeftOut, Question, count, judge};
pub use distance::{Distances, rao_q, rao_q_range};
pub use draws::Draws;
pub use estimate::{Estimate, Interval};
pub use more::{MORE_AT_MOST, MoreNeeded};
pub use partners::{GammaPrior, rate, shares};
pub use reciprocity::{Reciprocity, initiative, reciprocity};
pub use reliability::{Accuracy, Proportion, accuracy, wilson};
pub use rules::{Confirmed, Gatherings, Rules, Weights, Who};
pub use scales::{QuadShares, Scores, quad_shares, scores, scores_by_partner};
pub use share::Share;
pub use shrink::{Shrunk, shrink};
pub use tally::{Cell, Tally};
pub use tilt::{Balance, Delta, Tilt, Verdict, balance, mean_tilt, on_hundred};
pub use topics::{LogOdds, divergence, divergence_range, informative, log_odds, profile};
pub use unseen::{Unseen, unseen};
pub use volume::{Volume, volume};
pub use votes::{Agreement, Gap, Index, Vote, agreement, vote_distances};
pub use weighted::{WeightedEvent, WeightedTilt, weighted_tilt};
