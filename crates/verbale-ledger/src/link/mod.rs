//! Linking: which tellings are of one happening, and the entry they make; decision 0008 says why.
//!
//! ```text
//! keys ──▶ candidate pairs ──compare──▶ edges ──cluster──▶ clusters ──merge──▶ entries
//! ```
//!
//! All of it is pure, and a function of the set of tellings and of the list of rulings.

mod cluster;
mod compare;
mod confirm;
mod found;
mod merge;
mod name;
mod place;
mod profile;
mod states;
mod unite;
mod when;

pub use cluster::{Cluster, Edge, Ruling, cluster};
pub use compare::{Match, THRESHOLD, compare};
pub use found::COMPARED;
pub use merge::merge;
pub use profile::{Profile, keys};
