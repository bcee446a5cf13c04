//! What verbale knows of the world, embedded: states and their governing authorities, organisations, bodies,
//! people and the offices they held, places, naming profiles, and the words offices are made of.
//!
//! The facts are compiled from `data/` by `cargo xtask data` into files that are borrowed in place, so that
//! opening costs next to nothing. A user's [`Overlay`] adds to them or overrides them. There is no logic here
//! about language or events: a name has readings, and what a report means by it others decide.
//!
//! ```
//! use verbale_knowledge::{Entity, Knowledge, fold};
//! let knowledge = Knowledge::embedded();
//! let readings = knowledge.lookup(&fold("Afghanistan"));
//! let Some(Entity::State(id)) = readings.first().map(|name| name.entity) else { unreachable!() };
//! assert_eq!(knowledge.state_by_id(id).code, "AFG");
//! ```

mod blob;
#[path = "data/lexicon.rs"]
mod compiled_lexicon;
#[doc(hidden)]
pub mod dates;
mod embedded;
mod entity;
mod fold;
mod knowledge;
#[doc(hidden)]
pub mod layout;
mod lexicon;
pub mod overlay;
#[doc(hidden)]
pub mod people;
#[cfg(test)]
mod tests;
mod version;

pub use entity::{
    Authority, AuthorityId, Body, BodyId, Entity, Name, NameKind, Occupancy, Organisation, OrganisationId,
    Person, PersonId, Place, PlaceKind, Recognition, State, StateId,
};
pub use fold::fold;
pub use knowledge::Knowledge;
pub use lexicon::{Domain, Group, Head, Institution, OfficeLexicon, Pair};
pub use overlay::{Finding, KnowledgeError, Overlay, Severity, check};
pub use version::{SOURCES_SHA256, VERSION};
