//! [`Knowledge`]: the embedded facts with a user's overlays upon them.

use crate::compiled_lexicon::LEXICON;
use crate::embedded::Embedded;
use crate::entity::{
    Authority, AuthorityId, Body, BodyId, Entity, Name, Organisation, OrganisationId, Person, PersonId,
    Place, Recognition, State, StateId,
};
use crate::layout::Section;
use crate::lexicon::OfficeLexicon;
use crate::overlay::Overlay;
use crate::overlay::layers::Layers;

/// The naming profile that leaves names as the report writes them.
const AS_WRITTEN: &str = "as-written";

/// Everything known: embedded facts, and what the user's files add or override.
#[derive(Debug)]
pub struct Knowledge {
    pub(crate) base: Embedded,
    pub(crate) layers: Layers,
}

impl Knowledge {
    /// The facts that come with verbale. Opening reads headers only.
    pub fn embedded() -> Self {
        let base = Embedded::open();
        let layers = Layers::over(&base);
        Self { base, layers }
    }

    /// Lays a user's file upon what is known; a later file wins over an earlier one.
    #[must_use]
    pub fn with_overlay(mut self, overlay: Overlay) -> Self {
        self.lay(overlay);
        self
    }

    /// All readings of a folded name, states first, then authorities, organisations, bodies and people; empty when
    /// the name is unknown. A leading "the" does not matter.
    pub fn lookup(&self, folded: &str) -> Vec<Name> {
        let mut found = self.exact(folded);
        if found.is_empty()
            && let Some(rest) = folded.strip_prefix("the ")
        {
            found = self.exact(rest);
        }
        found
    }

    fn exact(&self, folded: &str) -> Vec<Name> {
        let Some((only, added)) = self.layers.names.get(folded) else { return self.base.lookup(folded) };
        let mut found = if *only { Vec::new() } else { self.base.lookup(folded) };
        found.extend(added);
        found.sort();
        found.dedup();
        found
    }

    /// Whether some name starts with these whole words; a leading "the" does not matter.
    pub fn is_prefix(&self, folded: &str) -> bool {
        let starts = |words: &str| self.base.is_prefix(words) || self.layers.is_prefix(words);
        folded == "the" || starts(folded) || folded.strip_prefix("the ").is_some_and(starts)
    }

    /// People of this full name or alias.
    pub fn people(&self, folded: &str) -> Vec<PersonId> {
        let person = |name: Name| if let Entity::Person(id) = name.entity { Some(id) } else { None };
        let mut found: Vec<PersonId> = self.lookup(folded).into_iter().filter_map(person).collect();
        found.dedup();
        found
    }

    /// People whose last name, or family name where it comes first, is this.
    pub fn surname(&self, folded: &str) -> Vec<PersonId> {
        let mut found = self.base.surname(folded);
        found.extend(self.layers.surnames.get(folded).into_iter().flatten());
        found.sort();
        found.dedup();
        found
    }

    /// The state with a code.
    pub fn state(&self, code: &str) -> Option<State<'_>> {
        self.state_id(code).map(|id| self.state_by_id(id))
    }

    /// The id of the state with a code.
    pub fn state_id(&self, code: &str) -> Option<StateId> {
        self.layers.states.id(code).or_else(|| self.base.find(Section::States, code)).map(StateId)
    }

    /// All states: the embedded ones by code, then the user's.
    pub fn states(&self) -> impl Iterator<Item = State<'_>> {
        (0..self.layers.states.end()).map(|index| self.state_by_id(StateId(index)))
    }

    /// The state of an id.
    pub fn state_by_id(&self, id: StateId) -> State<'_> {
        self.layers.state(id.0, self.base.state(id.0))
    }

    /// The authority of an id.
    pub fn authority(&self, id: AuthorityId) -> Authority<'_> {
        self.layers.authority(id.0, self.base.authority(id.0))
    }

    /// All authorities.
    pub fn authorities(&self) -> impl Iterator<Item = Authority<'_>> {
        (0..self.layers.authorities.end()).map(|index| self.authority(AuthorityId(index)))
    }

    /// The authority with a slug.
    pub fn authority_by_slug(&self, slug: &str) -> Option<Authority<'_>> {
        let index =
            self.layers.authorities.id(slug).or_else(|| self.base.find(Section::Authorities, slug))?;
        Some(self.authority(AuthorityId(index)))
    }

    /// The organisation of an id.
    pub fn organisation(&self, id: OrganisationId) -> Organisation<'_> {
        self.layers.organisation(id.0, self.base.organisation(id.0))
    }

    /// All organisations.
    pub fn organisations(&self) -> impl Iterator<Item = Organisation<'_>> {
        (0..self.layers.organisations.end()).map(|index| self.organisation(OrganisationId(index)))
    }

    /// The organisation with a slug.
    pub fn organisation_by_slug(&self, slug: &str) -> Option<Organisation<'_>> {
        let index =
            self.layers.organisations.id(slug).or_else(|| self.base.find(Section::Organisations, slug))?;
        Some(self.organisation(OrganisationId(index)))
    }

    /// The body of an id.
    pub fn body(&self, id: BodyId) -> Body<'_> {
        self.layers.body(id.0, self.base.body(id.0))
    }

    /// All bodies.
    pub fn bodies(&self) -> impl Iterator<Item = Body<'_>> {
        (0..self.layers.bodies.end()).map(|index| self.body(BodyId(index)))
    }

    /// The person of an id.
    pub fn person(&self, id: PersonId) -> Person<'_> {
        self.layers.person(id.0, self.base.person(id.0))
    }

    /// All people.
    pub fn persons(&self) -> impl Iterator<Item = Person<'_>> {
        (0..self.layers.people.end()).map(|index| self.person(PersonId(index)))
    }

    /// The person with a Wikidata id or slug.
    pub fn person_by_key(&self, key: &str) -> Option<Person<'_>> {
        let index = self.layers.people.id(key).or_else(|| self.base.find(Section::People, key))?;
        Some(self.person(PersonId(index)))
    }

    /// Places of this name: the user's first, then countries, capitals and the most populous.
    pub fn places(&self, folded: &str) -> Vec<Place<'_>> {
        let mut found: Vec<Place<'_>> = self.layers.places(folded).collect();
        found.extend(self.base.places(folded));
        found
    }

    /// The words offices are made of.
    pub fn offices(&self) -> &OfficeLexicon {
        &LEXICON
    }

    /// The key of an entity: a state's code, an id, a person's Wikidata id or slug.
    pub fn key(&self, entity: Entity) -> &str {
        match entity {
            Entity::State(id) => self.state_by_id(id).code,
            Entity::Authority(id) => self.authority(id).id,
            Entity::Organisation(id) => self.organisation(id).id,
            Entity::Body(id) => self.body(id).id,
            Entity::Person(id) => self.person(id).id,
        }
    }

    /// Who recognises a state or authority (by code or id), who refuses to, and since when.
    pub fn recognitions(&self, recognised: &str) -> Vec<Recognition<'_>> {
        let embedded = self.base.recognitions().filter(|act| act.recognised == recognised);
        let mut found: Vec<Recognition<'_>> = embedded.collect::<Vec<Recognition<'static>>>();
        found.extend(self.layers.recognitions(recognised));
        found
    }

    /// The name of an entity in a naming profile; as the report writes it where the profile has none.
    ///
    /// Entities are codes of states, slugs or Wikidata ids.
    pub fn display_name(&self, profile: &str, entity: &str, as_written: &str) -> String {
        if profile == AS_WRITTEN {
            return as_written.to_owned();
        }
        let own = self.layers.profile(profile, entity);
        own.or_else(|| self.base.profile(profile, entity)).unwrap_or(as_written).to_owned()
    }

    /// Whether a naming profile of this name exists.
    pub fn has_profile(&self, profile: &str) -> bool {
        profile == AS_WRITTEN || self.layers.has_profile(profile) || self.base.has_profile(profile)
    }
}
