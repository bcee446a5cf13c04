//! From a chain of mentions to an actor: office, organisation, side, nationality, serving or former.
//!
//! What the report says decides; the knowledge fills gaps and is never allowed to overrule it.

use jiff::civil::Date;
use verbale_knowledge::{Entity, Knowledge, Person, PersonId, fold};
use verbale_model::Severity;
use verbale_model::ontology::Sector;
use verbale_nlp::Doc;

use super::coref::Cluster;
use super::offices::Office;
use super::words::Words;
use super::{Actor, ActorKind, Note};

/// Rank of those who have left their office.
const FORMER: u8 = 8;

/// The actor of every cluster, and what the report and the knowledge disagree on.
pub fn actors(
    knowledge: &Knowledge,
    words: &Words,
    doc: &Doc,
    published: Option<Date>,
    clusters: &[Cluster],
) -> (Vec<Actor>, Vec<Note>) {
    let mut maker = Maker { knowledge, words, doc, published, clusters, notes: Vec::new() };
    let mut actors: Vec<Actor> = clusters.iter().map(|cluster| maker.actor(cluster)).collect();
    for (at, cluster) in clusters.iter().enumerate() {
        if let Some(other) = cluster.counterpart_of.filter(|other| *other < actors.len()) {
            let model = actors[other].clone();
            lend_office(&mut actors[at], &model);
        }
        maker.owner_side(at, cluster, &mut actors);
    }
    (actors, maker.notes)
}

struct Maker<'m> {
    knowledge: &'m Knowledge,
    words: &'m Words,
    doc: &'m Doc,
    published: Option<Date>,
    clusters: &'m [Cluster],
    notes: Vec<Note>,
}

/// "His Indian counterpart" holds the same kind of office for another side.
fn lend_office(actor: &mut Actor, model: &Actor) {
    actor.office.clone_from(&model.office);
    actor.office_kind.clone_from(&model.office_kind);
    actor.organisation.clone_from(&model.organisation);
    actor.level = model.level;
    actor.sector = model.sector;
    actor.serving = Some(true);
}

impl Maker<'_> {
    fn actor(&mut self, cluster: &Cluster) -> Actor {
        let name = cluster
            .names
            .first()
            .cloned()
            .unwrap_or_else(|| self.doc.slice(cluster.first.clone()).to_owned());
        let mut actor = Actor::new(cluster.kind, &name);
        match cluster.kind {
            ActorKind::Person | ActorKind::Role => self.personal(cluster, &mut actor),
            ActorKind::State => self.state(cluster, &mut actor),
            ActorKind::Organisation => self.organisation(cluster, &mut actor),
            ActorKind::Body => self.body(cluster, &mut actor),
            ActorKind::Group => self.group(cluster, &mut actor),
        }
        actor
    }

    /// A person or an office-holder without a name.
    fn personal(&mut self, cluster: &Cluster, actor: &mut Actor) {
        let office = principal_office(&cluster.offices);
        if let Some(office) = office {
            self.apply_office(cluster, office, actor);
        }
        if actor.nationality.is_none() {
            actor.nationality =
                cluster.states.iter().find(|state| self.knowledge.state(state).is_some()).cloned();
        }
        if cluster.kind == ActorKind::Person {
            self.known_person(cluster, actor, office.is_some());
        }
        if actor.side.is_none() && actor.serving != Some(false) && actor.office.is_some() {
            actor.side = self.side_from_context(office);
        }
        if actor.nationality.is_none()
            && actor.side.as_deref().is_some_and(|side| self.knowledge.state(side).is_some())
        {
            actor.nationality.clone_from(&actor.side);
        }
        if cluster.kind == ActorKind::Role
            && office.is_some_and(|office| office.people && office.states.is_empty())
        {
            actor.generic = true;
        }
    }

    fn apply_office(&self, cluster: &Cluster, office: &Office, actor: &mut Actor) {
        let former = office.former;
        actor.office = Some(office.title.clone()).filter(|title| !title.is_empty());
        actor.office_kind = Some(office.kind.clone());
        actor.organisation.clone_from(&office.organisation);
        actor.level = if former { Some(FORMER) } else { office.level };
        actor.sector = if former { Some(Sector::Eli) } else { office.sector };
        actor.serving = Some(!former && !office.designate);
        let side = self.office_side(office).or_else(|| {
            let named = cluster
                .offices
                .iter()
                .filter(|other| !other.former || former)
                .find_map(|other| self.office_side(other));
            named.or_else(|| cluster.states.first().cloned())
        });
        if former {
            actor.nationality = side.filter(|side| self.knowledge.state(side).is_some());
        } else if office.serves && self.words.speaks_officially(office.sector) {
            actor.side = side;
        } else {
            actor.nationality = side.filter(|side| self.knowledge.state(side).is_some());
        }
    }

    /// The side that an office's own words give.
    fn office_side(&self, office: &Office) -> Option<String> {
        match office.entity {
            Some(Entity::Organisation(id)) => return Some(self.knowledge.organisation(id).code.to_owned()),
            Some(Entity::Body(id)) if office.states.is_empty() => {
                return self.knowledge.body(id).state.map(str::to_owned);
            }
            _ => {}
        }
        office.states.first().cloned()
    }

    /// "The ministry" or "the foreign minister" without a side: that of an institution or office of the same
    /// name elsewhere in the report, when the report knows just one.
    fn side_from_context(&self, office: Option<&Office>) -> Option<String> {
        let organisation = office?.organisation.as_deref()?;
        let mut sides: Vec<&String> = self
            .clusters
            .iter()
            .filter(|other| {
                other.offices.iter().any(|known| known.organisation.as_deref() == Some(organisation))
            })
            .filter_map(|other| other.states.first())
            .collect();
        sides.sort();
        sides.dedup();
        (sides.len() == 1).then(|| sides[0].clone())
    }

    /// Fills in a person from the knowledge: entity, and what the report leaves open.
    fn known_person(&mut self, cluster: &Cluster, actor: &mut Actor, office_told: bool) {
        let told = actor.side.clone().or_else(|| actor.nationality.clone());
        let Some(id) = self.find_person(cluster, told.as_deref()) else { return };
        let person = self.knowledge.person(id);
        actor.entity = Some(person.wikidata.unwrap_or(person.id).to_owned());
        let date = self.published.map(|date| date.to_string());
        let held = occupancy_at(&person, date.as_deref());
        if !office_told {
            self.office_from_knowledge(&person, date.as_deref(), actor);
        } else if actor.side.is_none() && actor.serving != Some(false) {
            let same = person
                .occupancies
                .iter()
                .rev()
                .find(|held| shares_head(held.office, actor.office.as_deref()));
            actor.side = same.or(held.as_ref()).map(|held| self.side_code(held.state));
        }
        // "Ambassador X" in full: where to, when exactly one posting of that kind is known.
        if let Some(office) = actor.office.clone()
            && actor.serving == Some(true)
            && office.split_whitespace().count() == 1
        {
            let fuller = held.filter(|held| fold(held.office).starts_with(&format!("{} ", fold(&office))));
            if let Some(held) = fuller {
                actor.office = Some(lower_title(held.office));
            }
        }
        if actor.nationality.is_none() {
            let state = person
                .occupancies
                .iter()
                .rev()
                .map(|held| held.state)
                .find(|state| self.knowledge.state(state).is_some());
            actor.nationality = state.map(str::to_owned);
        }
    }

    fn office_from_knowledge(&self, person: &Person<'_>, date: Option<&str>, actor: &mut Actor) {
        let Some(date) = date else { return };
        if let Some(held) = occupancy_at(person, Some(date)) {
            let (kind, level, sector) = self.words.classify(held.office);
            actor.office = Some(lower_title(held.office));
            actor.office_kind = Some(kind);
            actor.level = level;
            actor.sector = sector;
            actor.side = Some(self.side_code(held.state));
            actor.organisation = self.words.organisation_of(
                &lower_title(held.office),
                actor.office_kind.as_deref().unwrap_or_default(),
                actor.side.as_deref(),
            );
            actor.serving = Some(true);
            return;
        }
        let ended = person.occupancies.iter().all(|held| held.to.is_some_and(|to| to < date));
        if ended && let Some(last) = person.occupancies.iter().max_by_key(|held| held.to) {
            actor.serving = Some(false);
            actor.sector = Some(Sector::Eli);
            actor.level = Some(FORMER);
            actor.office = Some(lower_title(last.office));
            actor.nationality = self.knowledge.state(last.state).map(|state| state.code.to_owned());
        }
    }

    fn side_code(&self, state: &str) -> String {
        match self.knowledge.organisation_by_slug(state) {
            Some(organisation) if self.knowledge.state(state).is_none() => organisation.code.to_owned(),
            _ => state.to_owned(),
        }
    }

    /// The one listed person whom a name can mean.
    fn find_person(&mut self, cluster: &Cluster, told: Option<&str>) -> Option<PersonId> {
        let mut found: Vec<PersonId> = Vec::new();
        for name in &cluster.names {
            let folded = fold(name);
            let full = folded.contains(' ');
            let ids = if full {
                self.knowledge.people(&folded)
            } else if found.is_empty() {
                self.knowledge.surname(&folded)
            } else {
                Vec::new()
            };
            let plausible = ids.into_iter().filter(|id| self.fits(*id, told, full));
            found.extend(plausible.collect::<Vec<_>>());
            if full && found.is_empty() && told.is_some() && !self.knowledge.people(&folded).is_empty() {
                self.disagree(cluster, name, told.unwrap_or_default());
            }
        }
        found.sort();
        found.dedup();
        if found.len() > 1
            && let Some(date) = self.published.map(|date| date.to_string())
        {
            let serving: Vec<PersonId> = found
                .iter()
                .copied()
                .filter(|id| occupancy_at(&self.knowledge.person(*id), Some(&date)).is_some())
                .collect();
            if serving.len() == 1 {
                return serving.first().copied();
            }
        }
        (found.len() == 1).then(|| found[0])
    }

    /// Whether a listed person can be meant: the side agrees; a bare last name needs a side, or an
    /// office of the first three levels on the report's date.
    fn fits(&self, id: PersonId, told: Option<&str>, full: bool) -> bool {
        let person = self.knowledge.person(id);
        let side = |state: &str| self.side_code(state);
        match told {
            Some(told) => person.occupancies.iter().any(|held| side(held.state) == told),
            None if full => true,
            None => self.published.is_some_and(|date| {
                occupancy_at(&person, Some(&date.to_string()))
                    .is_some_and(|held| self.words.classify(held.office).1.is_some_and(|level| level <= 3))
            }),
        }
    }

    fn disagree(&mut self, cluster: &Cluster, name: &str, told: &str) {
        self.notes.push(Note {
            severity: Severity::Info,
            message: format!("the report gives {name} the side {told}, the knowledge lists another; the report's word is kept"),
            tokens: cluster.first.clone(),
        });
    }

    fn state(&self, cluster: &Cluster, actor: &mut Actor) {
        actor.side = cluster.states.first().cloned();
        actor.nationality.clone_from(&actor.side);
        actor.sector = Some(Sector::Gov);
        match cluster.readings.first().map(|name| name.entity) {
            Some(Entity::State(id)) => {
                let state = self.knowledge.state_by_id(id);
                actor.entity =
                    Some(if state.wikidata.is_empty() { state.code } else { state.wikidata }.to_owned());
            }
            Some(Entity::Authority(id)) => self.authority(id, actor),
            _ => {}
        }
    }

    /// An authority speaks for its state from the day on which it governs.
    fn authority(&self, id: verbale_knowledge::AuthorityId, actor: &mut Actor) {
        let authority = self.knowledge.authority(id);
        actor.authority = Some(authority.id.to_owned());
        actor.entity = Some(authority.id.to_owned());
        let date = self.published.map(|date| date.to_string());
        let governs = date.as_deref().is_none_or(|date| {
            authority.from.is_none_or(|from| from <= date) && authority.to.is_none_or(|to| date <= to)
        });
        if governs {
            actor.side = Some(authority.state.to_owned());
        } else {
            actor.side = None;
            actor.sector = Some(Sector::Reb);
        }
    }

    fn organisation(&self, cluster: &Cluster, actor: &mut Actor) {
        if let Some(Entity::Organisation(id)) = cluster.readings.first().map(|name| name.entity) {
            let organisation = self.knowledge.organisation(id);
            actor.entity = Some(
                if organisation.wikidata.is_empty() { organisation.id } else { organisation.wikidata }
                    .to_owned(),
            );
            actor.side = Some(organisation.code.to_owned());
            actor.organisation = Some(organisation.name.to_owned());
        }
        actor.sector = None;
    }

    fn body(&self, cluster: &Cluster, actor: &mut Actor) {
        if let Some(Entity::Body(id)) = cluster.readings.first().map(|name| name.entity) {
            let body = self.knowledge.body(id);
            actor.entity = Some(body.id.to_owned());
            actor.sector = Some(body.sector);
            let official = self.words.speaks_officially(Some(body.sector));
            let state = body.state.map(str::to_owned);
            actor.side = state.clone().filter(|_| official);
            actor.nationality = state;
            actor.organisation = Some(body.name.to_owned());
            return;
        }
        let Some(office) = cluster.offices.first() else { return };
        actor.organisation.clone_from(&office.organisation);
        actor.sector = office.sector;
        let side = self
            .office_side(office)
            .or_else(|| cluster.states.first().cloned())
            .or_else(|| self.side_from_context(Some(office)));
        if self.words.speaks_officially(office.sector) {
            actor.side.clone_from(&side);
        }
        actor.nationality = side.filter(|side| self.knowledge.state(side).is_some());
        if let Some(Entity::Authority(_)) = office.entity {
            actor.authority.clone_from(&actor.side);
        }
    }

    fn group(&self, cluster: &Cluster, actor: &mut Actor) {
        let office = cluster.offices.first();
        actor.sector = office.and_then(|office| office.sector).or(Some(Sector::Cvl));
        let side =
            office.and_then(|office| self.office_side(office)).or_else(|| cluster.states.first().cloned());
        let official =
            office.is_some_and(|office| self.words.speaks_officially(office.sector) && !office.former);
        actor.office = office.filter(|office| !office.people).map(|office| office.title.clone());
        actor.office_kind = office.map(|office| office.kind.clone());
        if official {
            actor.side.clone_from(&side);
        }
        if office.is_some_and(|office| office.former) {
            actor.serving = Some(false);
            actor.sector = Some(Sector::Eli);
        }
        actor.generic = side.is_none();
        actor.nationality = side.filter(|side| self.knowledge.state(side).is_some());
    }

    /// "The Russian president's envoy": the owner's side, when the phrase gives none of its own.
    fn owner_side(&self, at: usize, cluster: &Cluster, actors: &mut [Actor]) {
        if actors[at].side.is_some() || actors[at].serving != Some(true) {
            return;
        }
        let Some(owner) = cluster.offices.iter().find_map(|office| office.owner) else { return };
        let holder = self.clusters.iter().position(|other| other.first.contains(&owner));
        if let Some(side) = holder.and_then(|holder| actors[holder].side.clone()) {
            actors[at].side = Some(side);
        }
    }
}

/// The office that says most: a former one over a courtesy title, else the longest that names a side.
fn principal_office(offices: &[Office]) -> Option<&Office> {
    let weight = |office: &Office| {
        let told = usize::from(!office.states.is_empty()) * 8
            + usize::from(office.entity.is_some()) * 8
            + usize::from(!office.people) * 4
            + usize::from(office.kind != "counterpart") * 2;
        (told, office.title.split_whitespace().count(), office.tokens.len())
    };
    let serving = offices.iter().filter(|office| !office.former).max_by_key(|office| weight(office));
    let former = offices.iter().filter(|office| office.former).max_by_key(|office| weight(office));
    match (serving, former) {
        // "Ambassador" before the name of a former envoy is a courtesy.
        (Some(now), Some(then))
            if now.states.is_empty() && now.entity.is_none() && now.title.split_whitespace().count() <= 1 =>
        {
            Some(then)
        }
        (Some(now), _) => Some(now),
        (None, then) => then,
    }
}

/// The occupancy in force on a date; without a date, none.
fn occupancy_at<'k>(person: &Person<'k>, date: Option<&str>) -> Option<verbale_knowledge::Occupancy<'k>> {
    let date = date?;
    let within = |held: &&verbale_knowledge::Occupancy<'k>| {
        let from = held.from.is_none_or(|from| from <= date);
        let to = match held.to {
            // A year or a month counts to its end.
            Some(to) => to >= &date[..to.len().min(date.len())],
            None => held.to_known,
        };
        from && to
    };
    person.occupancies.iter().filter(within).max_by_key(|held| held.from).copied()
}

fn shares_head(listed: &str, told: Option<&str>) -> bool {
    let last = |title: &str| {
        fold(title)
            .split(" of ")
            .next()
            .unwrap_or_default()
            .split(" for ")
            .next()
            .unwrap_or_default()
            .split(' ')
            .next_back()
            .map(str::to_owned)
    };
    told.is_some_and(|told| last(listed) == last(told))
}

/// A listed office in the record's lower case, names kept: "Ambassador to Russia" → "ambassador to Russia".
fn lower_title(office: &str) -> String {
    let (head, tail) = match office.split_once(" to ") {
        Some((head, tail)) => (head, Some(tail)),
        None => (office, None),
    };
    let head = head.to_lowercase();
    tail.map_or(head.clone(), |tail| format!("{head} to {tail}"))
}
