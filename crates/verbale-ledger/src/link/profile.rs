//! A telling as the linker sees it: folded once, compared often.

use verbale_model::ontology::{EventType, Mode};
use verbale_model::{Channel, Part, Participant, Role, Setting, Status};

use super::name;
use super::when::When;
use crate::Telling;

/// A telling with its names folded and its dates in days.
#[derive(Debug, Clone)]
pub struct Profile<'t> {
    pub(super) telling: &'t Telling,
    pub(super) kind: Kind,
    pub(super) people: Vec<Person>,
    pub(super) when: When,
    /// A gathering of many.
    pub(super) gathering: bool,
    /// Quoted words, folded, of five words or more.
    pub(super) quotes: Vec<String>,
    /// What others are looked for by, beside time.
    pub(super) anchors: Vec<String>,
}

/// Type family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    pub of: EventType,
    pub to: Option<EventType>,
    /// Who does it to whom matters.
    pub directed: bool,
}

/// A participant.
#[derive(Debug, Clone)]
pub(super) struct Person {
    /// Words of the name; empty for states, ministries and offices without a name.
    pub name: Vec<String>,
    /// The name as written.
    pub shown: String,
    pub entity: Option<String>,
    /// Words of the office.
    pub office: Vec<String>,
    /// Side, or nationality where there is none.
    pub code: Option<String>,
    pub sort: Sort,
    pub role: Role,
    pub mediator: bool,
}

/// How closely a participant is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A state, a ministry, officials in general.
    Many,
    /// An office without a name.
    Office,
    /// Somebody or something by name.
    Named,
}

impl<'t> Profile<'t> {
    /// The profile of a telling.
    pub fn of(telling: &'t Telling) -> Self {
        let event = &telling.event;
        let kind = Kind::of(telling);
        let people: Vec<Person> = event.participants.iter().map(Person::of).collect();
        let mut profile = Self {
            telling,
            kind,
            gathering: kind.of == EventType::Consult && gathers(telling, &people),
            people,
            when: When::of(telling),
            quotes: quotes(telling),
            anchors: Vec::new(),
        };
        profile.anchors = profile.find_anchors();
        profile
    }

    /// Blocking keys: two tellings that [`super::compare`] joins share at least one.
    pub fn keys(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for bucket in self.when.buckets() {
            keys.extend(self.anchors.iter().map(|anchor| format!("{anchor}|{bucket}")));
        }
        let source = &self.telling.source;
        for (letter, group) in [("f", &source.family), ("s", &source.story)] {
            if !group.is_empty() {
                keys.push(format!("{letter}:{group}|{}", self.kind));
            }
        }
        keys.sort();
        keys.dedup();
        keys
    }

    /// Distinct codes of those who take part, mediators left out.
    pub(super) fn codes(&self) -> Vec<&str> {
        let mut codes: Vec<&str> =
            self.people.iter().filter(|one| !one.mediator).filter_map(|one| one.code.as_deref()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    fn find_anchors(&self) -> Vec<String> {
        let mut found = Vec::new();
        for one in &self.people {
            let role = self.kind.role(one.role);
            if one.sort == Sort::Named {
                found.extend(one.entity.iter().map(|entity| format!("{}{role}:{entity}", self.kind)));
                found
                    .extend(one.name.last().map(|word| format!("{}{role}:{}", self.kind, name::sound(word))));
            }
        }
        if self.kind.directed {
            self.directed_pairs(&mut found);
        } else {
            self.pairs(&mut found);
        }
        found.sort();
        found.dedup();
        found
    }

    /// Pairs of sides; of a large gathering its place and its organisations instead.
    fn pairs(&self, found: &mut Vec<String>) {
        let codes = self.codes();
        if codes.len() <= 4 {
            for (at, one) in codes.iter().enumerate() {
                found.extend(codes[at + 1..].iter().map(|other| format!("{}:{one}+{other}", self.kind)));
            }
        }
        if self.gathering {
            let bodies = self.people.iter().filter(|one| one.sort != Sort::Named);
            let bodies = bodies.filter_map(|one| one.entity.as_deref());
            found.extend(bodies.map(|entity| format!("{}:{entity}", self.kind)));
            if let Some(place) = &self.telling.event.place {
                let id =
                    place.geonames.map_or_else(|| name::fold(&place.name).join(" "), |id| id.to_string());
                found.push(format!("{}@{id}", self.kind));
            }
        }
    }

    /// Who does it to whom; without a recipient, who does it where.
    fn directed_pairs(&self, found: &mut Vec<String>) {
        let of = |role: Role| {
            let codes = self.people.iter().filter(move |one| one.role == role);
            codes.filter_map(|one| one.code.as_deref())
        };
        for actor in of(Role::Actor) {
            found.extend(of(Role::Recipient).map(|other| format!("{}:{actor}>{other}", self.kind)));
            if let Some(place) = &self.telling.event.place {
                let id =
                    place.geonames.map_or_else(|| name::fold(&place.name).join(" "), |id| id.to_string());
                found.push(format!("{}:{actor}@{id}", self.kind));
            }
        }
    }
}

/// Blocking keys of a telling: `TYPE:WHO|WHEN`, and one for its family and its story.
///
/// Two tellings that [`super::compare`] joins share at least one. Who: a name by its sound, an entity, a
/// pair of sides, an actor and a place, a gathering's place or organisation. When: the weeks around the
/// date, or of the days before publication for what is undated.
pub fn keys(telling: &Telling) -> Vec<String> {
    Profile::of(telling).keys()
}

impl Kind {
    /// A planned meeting is an agreement to consult: of the same kind as the meeting.
    fn of(telling: &Telling) -> Self {
        let event = &telling.event;
        let consult = event.event_type == EventType::Consult
            || event.event_type == EventType::Agree
                && event.x_of == Some(EventType::Consult)
                && matches!(event.status, Status::Planned | Status::Cancelled);
        if consult {
            return Self { of: EventType::Consult, to: None, directed: false };
        }
        let directed = !matches!(event.event_type, EventType::Agree | EventType::Cooperate);
        Self { of: event.event_type, to: event.x_of, directed }
    }

    fn role(self, role: Role) -> &'static str {
        match (self.directed, role) {
            (false, _) => "",
            (true, Role::Actor) => "a",
            (true, Role::Recipient) => "r",
        }
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.of.as_str())?;
        self.to.map_or(Ok(()), |to| write!(f, "/{to}"))
    }
}

impl Person {
    pub(super) fn of(one: &Participant) -> Self {
        let office = one.office.as_deref().map(name::office).unwrap_or_default();
        let folded = name::fold(&one.name);
        let proper = one.name.chars().any(char::is_uppercase);
        let state =
            one.office.is_none() && one.serving.is_none() && one.level.is_none() && one.side.is_some();
        let titled = !office.is_empty() && {
            let words = name::office(&one.name);
            office.iter().all(|word| words.contains(word))
        };
        let sort = match (state || !proper && office.is_empty(), titled || !proper) {
            (true, _) => Sort::Many,
            (_, true) if one.level.is_none_or(|level| level > 5) => Sort::Many,
            (_, true) => Sort::Office,
            _ if folded.is_empty() => Sort::Many,
            _ => Sort::Named,
        };
        Self {
            name: if sort == Sort::Named { name::words(&one.name) } else { Vec::new() },
            shown: one.name.clone(),
            entity: one.entity.clone(),
            office,
            code: one.side.clone().or_else(|| one.nationality.clone()),
            sort,
            role: one.role,
            mediator: one.part == Some(Part::Mediator),
        }
    }
}

fn gathers(telling: &Telling, people: &[Person]) -> bool {
    let event = &telling.event;
    let mut codes: Vec<_> =
        people.iter().filter(|one| !one.mediator).filter_map(|one| one.code.as_ref()).collect();
    codes.sort();
    codes.dedup();
    event.setting == Some(Setting::Multilateral)
        || event.mode == Some(Mode::Multilateral) && event.setting != Some(Setting::Sideline)
        || codes.len() >= 3 && event.setting.is_none_or(|setting| setting == Setting::Multilateral)
}

fn quotes(telling: &Telling) -> Vec<String> {
    let quotes = telling.claims.iter().filter_map(|claim| claim.quote.as_ref());
    let folded = quotes.map(|quote| name::fold(&quote.text)).filter(|words| words.len() >= 5);
    folded.map(|words| words.join(" ")).collect()
}

impl Profile<'_> {
    /// Spoken at a distance, in writing, or face to face, where that is known.
    pub(super) fn manner(&self) -> Option<Channel> {
        let event = &self.telling.event;
        match (event.channel, event.mode) {
            (Some(Channel::Statement) | None, Some(Mode::Phone)) => Some(Channel::Phone),
            (Some(Channel::Statement) | None, Some(Mode::Visit | Mode::ThirdParty)) => {
                Some(Channel::InPerson)
            }
            (Some(Channel::Statement), _) => None,
            (channel, _) => channel,
        }
    }
}
