//! The record: events, claims, mentions and diagnostics as the public contract writes them.

use verbale_knowledge::Place;
use verbale_model::{
    Coded, Confirmation, ConfirmationState, DateMethod, Diagnostic, Event, EventDate, EventPlace, Mention,
    MentionKind, Participant, Precision, Topic,
};

use crate::claims::{self, Made};
use crate::code::Tellings;
use crate::code::told::Taking;
use crate::fuse::Fused;
use crate::resolve::places::{PlaceMention, state_named};
use crate::resolve::{Actor, ActorKind, Mentioned, Resolved};
use crate::spans::Spans;

/// Numbers claims and events in text order and writes them out, each event with the chance that it is right.
pub fn record(
    resolved: &Resolved<'_>,
    spans: &Spans,
    tellings: &Tellings,
    events: &[Fused],
    made: Vec<Made>,
    chances: &[f32],
) -> Coded {
    let writer = Writer { resolved, spans, tellings };
    let mut claims = Vec::with_capacity(made.len());
    for (at, made) in made.into_iter().enumerate() {
        let mut claim = made.claim;
        claim.id = format!("c{}", at + 1);
        claim.event = made.event.map(|event| format!("e{}", event + 1));
        claims.push(claim);
    }
    let mut written: Vec<Event> = events
        .iter()
        .zip(chances)
        .enumerate()
        .map(|(at, (fused, chance))| writer.event(at, fused, *chance))
        .collect();
    for event in &mut written {
        let mine: Vec<_> = claims.iter().filter(|claim| claim.event.as_deref() == Some(&event.id)).collect();
        event.claims = mine.iter().map(|claim| claim.id.clone()).collect();
    }
    for (event, fused) in written.iter_mut().zip(events) {
        let mine: Vec<_> = claims.iter().filter(|claim| claim.event.as_deref() == Some(&event.id)).collect();
        event.confirmation = claims::confirmation(&fused.told, &tellings.actors, &mine);
        if event.confirmation.state == ConfirmationState::Denied {
            event.status = verbale_model::Status::Denied;
        }
    }
    Coded { events: written, claims, mentions: writer.mentions(), diagnostics: writer.diagnostics() }
}

/// A mention with its tokens, its index and that of its antecedent among the resolver's mentions.
type Found = (std::ops::Range<usize>, Mention, Option<usize>, Option<usize>);

struct Writer<'w> {
    resolved: &'w Resolved<'w>,
    spans: &'w Spans,
    tellings: &'w Tellings,
}

impl Writer<'_> {
    fn event(&self, at: usize, fused: &Fused, chance: f32) -> Event {
        let told = &fused.told;
        let doc = self.resolved.doc;
        let mut taking = told.taking.clone();
        taking.sort_by_key(|one| one.tokens.start);
        Event {
            id: format!("e{}", at + 1),
            event_type: told.event_type,
            mode: told.mode,
            cameo: told.cameo.clone(),
            contexts: told.contexts.clone(),
            topics: told
                .topics
                .iter()
                .map(|topic| Topic {
                    text: doc.slice(topic.tokens.clone()).to_owned(),
                    topic: topic.topic.clone(),
                    span: self.spans.tokens(doc, topic.tokens.clone()),
                })
                .collect(),
            date: self.date(fused),
            place: told.place.map(|at| self.place(at)),
            channel: told.channel,
            setting: told.setting,
            formality: told.formality,
            status: told.status,
            confirmation: Confirmation { state: ConfirmationState::Unattributed, sides: Vec::new() },
            participants: taking.iter().map(|taking| self.participant(taking)).collect(),
            claims: Vec::new(),
            confidence: chance,
            rule: told.rule.clone(),
            x_of: told.x_of,
            x_summons: told.summons,
            x_entry: Some(told.entry.clone()).filter(|entry| !entry.is_empty()),
            evidence: fused
                .tellings
                .iter()
                .map(|at| self.spans.tokens(doc, self.tellings.told[*at].trigger.clone()))
                .collect(),
        }
    }

    /// The event's date; without one, publication bounds it from above.
    fn date(&self, fused: &Fused) -> Option<EventDate> {
        let time = fused.told.time.map(|at| &self.resolved.times[at]);
        if let Some(time) = time
            && let Some(edtf) = time.edtf.clone()
        {
            let span = Some(self.spans.tokens(self.resolved.doc, time.tokens.clone()));
            return Some(EventDate { edtf, precision: time.precision, method: time.method, span });
        }
        let held = matches!(fused.told.status, verbale_model::Status::Held | verbale_model::Status::Denied);
        let published = self.resolved.published.filter(|_| held)?;
        Some(EventDate {
            edtf: format!("[..{published}]"),
            precision: Precision::None,
            method: DateMethod::None,
            span: None,
        })
    }

    fn place(&self, at: usize) -> EventPlace {
        let place = &self.resolved.places[at];
        EventPlace {
            name: place.name.clone(),
            country: place.country.clone(),
            geonames: place.geonames,
            lat: place.lat,
            lon: place.lon,
            span: Some(self.spans.tokens(self.resolved.doc, place.tokens.clone())),
        }
    }

    fn participant(&self, taking: &Taking) -> Participant {
        let actor = &self.tellings.actors[taking.actor];
        let collective = !actor.is_personal();
        Participant {
            name: actor.name.clone(),
            entity: actor.entity.clone(),
            role: taking.role,
            part: taking.part,
            office: actor.office.clone(),
            organisation: actor.organisation.clone(),
            side: actor.side.clone(),
            authority: actor.authority.clone(),
            nationality: actor.nationality.clone(),
            sector: actor.sector,
            serving: if collective { None } else { actor.serving },
            level: if collective { None } else { actor.level },
            span: self.spans.tokens(self.resolved.doc, taking.tokens.clone()),
        }
    }

    /// Mentions of every kind in text order, numbered.
    fn mentions(&self) -> Vec<Mention> {
        let doc = self.resolved.doc;
        let mut found: Vec<Found> = Vec::new();
        let blank = |range: std::ops::Range<usize>, kind: MentionKind| Mention {
            id: String::new(),
            span: self.spans.tokens(doc, range.clone()),
            text: doc.slice(range).to_owned(),
            kind,
            entity: None,
            country: None,
            geonames: None,
            lat: None,
            lon: None,
            timex: None,
            coreferent: None,
        };
        for (at, mention) in self.resolved.mentions.iter().enumerate() {
            let actor = mention.actors.first().map(|at| &self.tellings.actors[*at]);
            let mut made = blank(
                mention.name.clone().unwrap_or_else(|| mention.tokens.clone()),
                kind_of(mention.kind, actor),
            );
            made.entity = actor.and_then(|actor| actor.entity.clone());
            made.country = actor
                .filter(|actor| actor.kind == ActorKind::State)
                .and_then(|actor| actor.nationality.clone());
            if let Some(point) = self.point_of(&made, mention) {
                (made.geonames, made.lat, made.lon) =
                    (Some(point.geonames).filter(|id| *id != 0), Some(point.lat), Some(point.lon));
            }
            found.push((mention.tokens.clone(), made, Some(at), mention.antecedent));
        }
        let placed = self.resolved.places.iter().chain(&self.resolved.inner_places);
        let peoples = self.resolved.peoples.iter().filter(|people| !self.is_mentioned(people));
        let named = placed.map(|place| (place, MentionKind::Place));
        for (place, kind) in named.chain(peoples.map(|people| (people, MentionKind::State))) {
            let mut made = blank(place.tokens.clone(), kind);
            made.country.clone_from(&place.country);
            (made.geonames, made.lat, made.lon) = (place.geonames, place.lat, place.lon);
            found.push((place.tokens.clone(), made, None, None));
        }
        for time in &self.resolved.times {
            let mut made = blank(time.tokens.clone(), time.kind);
            made.timex.clone_from(&time.timex);
            found.push((time.tokens.clone(), made, None, None));
        }
        for quote in &self.resolved.quotes {
            found.push((quote.tokens.clone(), blank(quote.tokens.clone(), MentionKind::Quote), None, None));
        }
        found.sort_by_key(|(range, mention, ..)| (range.start, range.end, mention.kind));
        let numbers: Vec<Option<usize>> = found.iter().map(|(_, _, own, _)| *own).collect();
        let id_of = |mention: usize| {
            numbers.iter().position(|own| *own == Some(mention)).map(|at| format!("m{}", at + 1))
        };
        let mut out: Vec<Mention> = Vec::with_capacity(found.len());
        for (at, (_, mut mention, _, antecedent)) in found.into_iter().enumerate() {
            mention.id = format!("m{}", at + 1);
            mention.coreferent = antecedent.and_then(id_of);
            out.push(mention);
        }
        out
    }

    /// Where the state of a mention stands; none where its words were found to name a place that is no country.
    fn point_of(&self, made: &Mention, mention: &Mentioned) -> Option<Place<'_>> {
        let country = made.country.as_deref()?;
        let tokens = mention.name.as_ref().unwrap_or(&mention.tokens);
        let resolved = self.resolved;
        let place = resolved.places.iter().chain(&resolved.inner_places).find(|place| {
            place.tokens.start < tokens.end && tokens.start < place.tokens.end && !place.country_itself
        });
        state_named(resolved.knowledge, &made.text, country).filter(|_| place.is_none())
    }

    /// Whether a mention of a state has exactly these words.
    fn is_mentioned(&self, people: &PlaceMention) -> bool {
        self.resolved.mentions.iter().any(|mention| {
            mention.kind == ActorKind::State
                && *mention.name.as_ref().unwrap_or(&mention.tokens) == people.tokens
        })
    }

    fn diagnostics(&self) -> Vec<Diagnostic> {
        let note = |note: &crate::resolve::Note| Diagnostic {
            severity: note.severity,
            message: note.message.clone(),
            span: Some(self.spans.tokens(self.resolved.doc, note.tokens.clone())),
        };
        self.resolved.notes.iter().map(note).collect()
    }
}

fn kind_of(kind: ActorKind, actor: Option<&Actor>) -> MentionKind {
    match kind {
        ActorKind::Person => MentionKind::Person,
        ActorKind::Role => MentionKind::Role,
        ActorKind::State => MentionKind::State,
        ActorKind::Body | ActorKind::Organisation => MentionKind::Organisation,
        ActorKind::Group if actor.is_some_and(|actor| actor.office.is_some()) => MentionKind::Role,
        ActorKind::Group => MentionKind::Group,
    }
}
