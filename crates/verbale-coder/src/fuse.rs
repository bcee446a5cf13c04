//! Tellings of the same happening become one event.
//!
//! Two tellings join when type, participants, place, date and status do not contradict each other
//! and the participants of one are among those of the other. "The meeting" joins the latest event
//! that fits. Joining is by first fit in text order, so the same report always gives the same events.

use verbale_model::ontology::EventType;
use verbale_model::{DateMethod, Polarity, Status};
use verbale_nlp::Doc;

use crate::code::told::Told;
use crate::resolve::{Actor, ActorKind, Resolved};

/// How many sentences back "the meeting" may reach.
const REACH: usize = 8;

/// One happening: what its tellings say together.
#[derive(Debug, Clone)]
pub struct Fused {
    /// The merged telling.
    pub told: Told,
    /// Indices of its tellings, in text order.
    pub tellings: Vec<usize>,
}

/// Groups tellings into happenings, in order of their first telling.
pub fn fuse(resolved: &Resolved<'_>, actors: &[Actor], told: &[Told]) -> Vec<Fused> {
    let fuser = Fuser { resolved, actors };
    let mut events: Vec<Fused> = Vec::new();
    for (at, telling) in told.iter().enumerate() {
        match fuser.home(&events, telling) {
            Some(event) => {
                fuser.merge(&mut events[event].told, telling);
                events[event].tellings.push(at);
            }
            None if telling.anaphoric => {}
            None => events.push(Fused { told: telling.clone(), tellings: vec![at] }),
        }
    }
    events
}

struct Fuser<'f> {
    resolved: &'f Resolved<'f>,
    actors: &'f [Actor],
}

impl Fuser<'_> {
    /// The event that a telling tells of, if there is one already.
    fn home(&self, events: &[Fused], telling: &Told) -> Option<usize> {
        let sentence = sentence_of(self.resolved.doc, telling);
        (0..events.len()).rev().find(|at| {
            let event = &events[*at];
            let near = sentence.saturating_sub(
                event.tellings.last().map_or(0, |_| sentence_of(self.resolved.doc, &event.told)),
            ) <= REACH * 4;
            near && Self::same_kind(&event.told, telling)
                && self.same_people(&event.told, telling)
                && self.same_time(&event.told, telling)
                && self.same_place(&event.told, telling)
                && same_status(&event.told, telling)
        })
    }

    fn same_kind(event: &Told, telling: &Told) -> bool {
        if event.event_type != telling.event_type || event.x_of != telling.x_of {
            return false;
        }
        if event.event_type == EventType::Consult {
            let remote = |told: &Told| told.mode == Some(verbale_model::ontology::Mode::Phone);
            let undecided = |told: &Told| told.channel.is_none() || told.anaphoric;
            return (remote(event) == remote(telling) || undecided(telling) || undecided(event))
                && event.summons == telling.summons;
        }
        event.mode == telling.mode || event.mode.is_none() || telling.mode.is_none()
    }

    /// Whether the participants of one telling are among those of the other.
    fn same_people(&self, event: &Told, telling: &Told) -> bool {
        if telling.taking.is_empty() {
            return telling.anaphoric && event.event_type == EventType::Consult;
        }
        let within = |few: &Told, many: &Told| {
            few.actors().all(|one| many.actors().any(|other| self.same_actor(one, other)))
        };
        let subset = within(telling, event) || within(event, telling);
        let shared =
            telling.actors().filter(|one| event.actors().any(|other| self.same_actor(*one, other))).count();
        let personal = telling.actors().any(|one| event.actors().any(|other| one == other));
        let enough = if telling.anaphoric {
            shared >= 1
        } else {
            shared >= 2 || (shared >= 1 && telling.taking.len() == event.taking.len())
        };
        subset && enough && (personal || shared >= 2)
    }

    /// The same actor, or one speaking for the other's side: Lavrov and Russia.
    fn same_actor(&self, one: usize, other: usize) -> bool {
        if one == other {
            return true;
        }
        let (a, b) = (&self.actors[one], &self.actors[other]);
        let collective = |actor: &Actor| matches!(actor.kind, ActorKind::State | ActorKind::Body);
        let side = |actor: &Actor| actor.side.clone();
        (collective(a) || collective(b)) && side(a).is_some() && side(a) == side(b)
    }

    fn same_time(&self, event: &Told, telling: &Told) -> bool {
        let value = |told: &Told| told.time.and_then(|at| self.resolved.times[at].edtf.clone());
        match (value(event), value(telling)) {
            (Some(one), Some(other)) => one == other || one.starts_with(&other) || other.starts_with(&one),
            _ => true,
        }
    }

    fn same_place(&self, event: &Told, telling: &Told) -> bool {
        let place = |told: &Told| told.place.map(|at| &self.resolved.places[at]);
        match (place(event), place(telling)) {
            (Some(one), Some(other)) => {
                one.name == other.name
                    || one.geonames == other.geonames && one.geonames.is_some()
                    || (one.country == other.country && (is_country(one) || is_country(other)))
                    || one.country.is_none()
                    || other.country.is_none()
            }
            _ => true,
        }
    }

    /// Adds to an event what another telling knows.
    fn merge(&self, event: &mut Told, telling: &Told) {
        for taking in &telling.taking {
            match event.taking.iter_mut().find(|known| self.same_actor(known.actor, taking.actor)) {
                Some(known) => {
                    // A person says more than the state that he speaks for.
                    if self.actors[taking.actor].is_personal() && !self.actors[known.actor].is_personal() {
                        let (role, part) = (known.role, known.part);
                        *known = taking.clone();
                        known.role = role;
                        known.part = taking.part.or(part);
                    }
                    if (known.part.is_none() || known.part == Some(verbale_model::Part::Principal))
                        && let Some(part) = taking.part
                    {
                        known.part = Some(part);
                        known.role = taking.role;
                    }
                }
                None => event.taking.push(taking.clone()),
            }
        }
        event.place = self.better_place(event.place, telling.place);
        event.time = self.better_time(event.time, telling.time);
        let decided = |told: &Told| told.cameo.clone().filter(|code| code != "040");
        if event.mode.is_none() || decided(event).is_none() && decided(telling).is_some() {
            event.mode = telling.mode.or(event.mode);
            event.cameo = decided(telling).or_else(|| event.cameo.clone()).or_else(|| telling.cameo.clone());
        }
        event.channel = event.channel.or(telling.channel);
        event.setting = event.setting.or(telling.setting);
        event.formality = event.formality.or(telling.formality);
        for topic in &telling.topics {
            let known = |other: &crate::code::told::TopicSpan| other.topic == topic.topic;
            if !event.topics.iter().any(known) {
                event.topics.push(topic.clone());
            }
        }
        event.contexts.extend(telling.contexts.iter().copied());
        event.contexts.sort();
        event.contexts.dedup();
        if event.status == Status::Denied && telling.status == Status::Held {
            event.status = Status::Held;
        }
        event.confidence = event.confidence.max(telling.confidence);
    }

    /// The more exact of two places: a city before its country.
    fn better_place(&self, one: Option<usize>, other: Option<usize>) -> Option<usize> {
        match (one, other) {
            (Some(a), Some(b))
                if is_country(&self.resolved.places[a]) && !is_country(&self.resolved.places[b]) =>
            {
                Some(b)
            }
            (Some(a), _) => Some(a),
            (None, b) => b,
        }
    }

    /// The more exact of two dates; a stated one before an inferred one.
    fn better_time(&self, one: Option<usize>, other: Option<usize>) -> Option<usize> {
        let rank = |at: usize| {
            let time = &self.resolved.times[at];
            let method = match time.method {
                DateMethod::Stated => 0,
                DateMethod::YearInferred => 1,
                DateMethod::Relative => 2,
                _ => 3,
            };
            (time.edtf.is_none(), time.precision, method)
        };
        match (one, other) {
            (Some(a), Some(b)) if rank(b) < rank(a) => Some(b),
            (Some(a), _) => Some(a),
            (None, b) => b,
        }
    }
}

fn is_country(place: &crate::resolve::places::PlaceMention) -> bool {
    place.country_itself
}

/// Held and denied may be the same happening told differently; planned and held are two.
fn same_status(event: &Told, telling: &Told) -> bool {
    let told_of = |told: &Told| matches!(told.status, Status::Held | Status::Denied);
    event.status == telling.status
        || (told_of(event) && told_of(telling))
        || (telling.anaphoric && telling.polarity == Polarity::Affirmed)
}

fn sentence_of(doc: &Doc, told: &Told) -> usize {
    doc.token(told.trigger.start).sent().i()
}
