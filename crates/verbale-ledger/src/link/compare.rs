//! Whether two tellings are of one happening: agreements and doubts weighed in bits, as record linkage does
//! (Fellegi and Sunter, 1969).

use verbale_model::ontology::{EventType, QuadClass};
use verbale_model::{Channel, Setting, Status};

use super::name::{self, Names};
use super::place::{self, Places};
use super::profile::{Person, Profile, Sort};
use super::when::Times;
use crate::Telling;

/// Two tellings below this score are two happenings.
pub const THRESHOLD: f32 = 0.6;

/// Bits against any two tellings before anything is known of them.
const PRIOR: f32 = -6.5;

/// That two tellings are of one happening.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// How sure, from [`THRESHOLD`] to 1.
    pub score: f32,
    /// What speaks for it and against it, for people.
    pub reasons: Vec<String>,
}

/// Whether two tellings are of one happening: how surely and why, or `None` where they contradict each other
/// or too little speaks for it. Symmetric.
pub fn compare(a: &Telling, b: &Telling) -> Option<Match> {
    Profile::of(a).compare(&Profile::of(b))
}

/// Why two tellings are not of one happening.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    /// What they say cannot be true of one.
    Contradiction,
    /// Too little is said.
    Unsupported,
}

impl Profile<'_> {
    /// [`compare`] for tellings that are compared more than once.
    pub fn compare(&self, other: &Self) -> Option<Match> {
        self.weigh(other).ok()
    }

    /// The match, or why there is none.
    pub(super) fn weigh(&self, other: &Self) -> Result<Match, Apart> {
        let (a, b) = if self.telling.id <= other.telling.id { (self, other) } else { (other, self) };
        if a.telling.id.document == b.telling.id.document || a.kind != b.kind {
            return Err(Apart::Contradiction);
        }
        let mut tally = Tally { bits: PRIOR, reasons: Vec::new() };
        let near = tally.documents(a, b);
        let times = tally.times(a, b)?;
        tally.manner(a, b)?;
        tally.places(a, b)?;
        tally.people(a, b)?;
        tally.rest(a, b);
        let found = times && a.anchors.iter().any(|anchor| b.anchors.binary_search(anchor).is_ok());
        let score = 1.0 / (1.0 + (-tally.bits).exp2());
        let held = found && a.share_bucket(b) || near;
        if !held || score < THRESHOLD {
            Err(Apart::Unsupported)
        } else {
            Ok(Match { score, reasons: tally.reasons })
        }
    }

    fn share_bucket(&self, other: &Self) -> bool {
        let buckets = other.when.buckets();
        self.when.buckets().iter().any(|bucket| buckets.contains(bucket))
    }
}

struct Tally {
    bits: f32,
    reasons: Vec<String>,
}

impl Tally {
    fn add(&mut self, bits: f32, reason: impl Into<String>) {
        self.bits += bits;
        self.reasons.push(reason.into());
    }

    /// Copies and reports on one story; whether they are either.
    fn documents(&mut self, a: &Profile<'_>, b: &Profile<'_>) -> bool {
        let (x, y) = (&a.telling.source, &b.telling.source);
        if !x.family.is_empty() && x.family == y.family {
            self.add(6.0, "copies of one text");
            if a.telling.event.rule == b.telling.event.rule && a.telling.event.id == b.telling.event.id {
                self.add(1.0, "the same sentence of it");
            }
            return true;
        }
        let story = !x.story.is_empty() && x.story == y.story;
        if story {
            self.add(2.5, "reports on one story");
        }
        story
    }

    /// Whether their times agree at all.
    fn times(&mut self, a: &Profile<'_>, b: &Profile<'_>) -> Result<bool, Apart> {
        match a.when.against(b.when) {
            Times::Apart => Err(Apart::Contradiction),
            Times::Open => {
                self.add(-3.0, "times unknown or far apart");
                Ok(false)
            }
            Times::Agree(bits, reason) => {
                self.add(bits, reason);
                Ok(true)
            }
        }
    }

    /// Mode, channel, setting and status.
    fn manner(&mut self, a: &Profile<'_>, b: &Profile<'_>) -> Result<(), Apart> {
        let (x, y) = (&a.telling.event, &b.telling.event);
        if a.kind.of == EventType::Consult {
            match (a.manner(), b.manner()) {
                (Some(one), Some(other)) if one == other && one == Channel::InPerson => {}
                (Some(one), Some(other)) if one == other => self.add(0.5, format!("both by {one}")),
                (Some(Channel::Phone | Channel::Video), Some(Channel::Phone | Channel::Video)) => {
                    self.bits -= 1.0;
                }
                (Some(_), Some(_)) => return Err(Apart::Contradiction),
                _ => {}
            }
            let pair = |p: &Profile<'_>| {
                matches!(p.telling.event.setting, Some(Setting::Bilateral | Setting::Sideline))
                    || matches!(p.manner(), Some(Channel::Phone | Channel::Letter))
            };
            if a.gathering && pair(b) || b.gathering && pair(a) {
                return Err(Apart::Contradiction);
            }
            if a.gathering != b.gathering {
                self.bits -= 2.0;
            }
            if x.x_summons != y.x_summons {
                self.bits -= 1.0;
            }
        } else {
            match (x.mode, y.mode) {
                (Some(one), Some(other)) if one != other => return Err(Apart::Contradiction),
                (Some(_), Some(_)) if material(a.kind.of) => self.add(1.25, "same mode"),
                (Some(_), Some(_)) => self.bits += 0.25,
                _ => {}
            }
        }
        self.status(x.status, y.status)
    }

    fn status(&mut self, one: Status, other: Status) -> Result<(), Apart> {
        match (one.min(other), one.max(other)) {
            (x, y) if x == y => {}
            (Status::Held, Status::Cancelled) => return Err(Apart::Contradiction),
            (Status::Held, Status::Planned) => self.add(-0.5, "planned in one, held in the other"),
            (_, Status::Hypothetical) => self.add(-3.0, "only possible in one"),
            _ => self.bits -= 0.5,
        }
        Ok(())
    }

    fn places(&mut self, a: &Profile<'_>, b: &Profile<'_>) -> Result<(), Apart> {
        if a.manner().is_some_and(|channel| channel != Channel::InPerson) {
            return Ok(());
        }
        // Words are spoken in one place about another: there another place proves little.
        let spoken = a.kind.of != EventType::Consult && !material(a.kind.of);
        match place::places(a.telling.event.place.as_ref(), b.telling.event.place.as_ref()) {
            Places::Apart if spoken => self.add(-2.0, "other places"),
            Places::Apart => return Err(Apart::Contradiction),
            Places::Open => {}
            Places::Country => self.add(0.75, "same country"),
            Places::Same => self.add(2.5, "same place"),
        }
        Ok(())
    }

    fn people(&mut self, a: &Profile<'_>, b: &Profile<'_>) -> Result<(), Apart> {
        let pairs = pairing(a, b);
        if a.gathering && b.gathering {
            return self.gatherings(a, b, &pairs);
        }
        let (alone, other_alone) = (strangers(a, b, &pairs, false)?, strangers(b, a, &pairs, true)?);
        if alone > 0 && other_alone > 0 {
            return Err(Apart::Contradiction);
        }
        let fewest = a.people.len().min(b.people.len());
        if pairs.is_empty() || pairs.len() < 2 && fewest >= 2 {
            return Err(Apart::Unsupported);
        }
        if alone + other_alone > 0 || fewest < 2 {
            self.bits -= 1.5;
        }
        // Beyond the two who make a meeting, more people add little.
        for (at, pair) in pairs.iter().enumerate() {
            let bits = if at < 2 { pair.likeness.bits() } else { 0.5 };
            self.add(bits, pair.reason(a, b));
        }
        Ok(())
    }

    /// Gatherings are of one happening by their place and organisation, never by one pair.
    fn gatherings(&mut self, a: &Profile<'_>, b: &Profile<'_>, pairs: &[Pair]) -> Result<(), Apart> {
        let body = |p: &Profile<'_>| -> Vec<String> {
            let bodies = p.people.iter().filter(|one| one.sort == Sort::Many && is_organisation(one));
            bodies.filter_map(|one| one.entity.clone()).collect()
        };
        let (bodies, others) = (body(a), body(b));
        let shared = bodies.iter().find(|one| others.contains(one));
        let same_place =
            place::places(a.telling.event.place.as_ref(), b.telling.event.place.as_ref()) == Places::Same;
        let (codes, other_codes) = (a.codes(), b.codes());
        let common = codes.iter().filter(|code| other_codes.contains(code)).count();
        let same_circle = common >= 3 && common == codes.len().max(other_codes.len());
        if shared.is_none() && !same_place && !same_circle {
            return Err(Apart::Unsupported);
        }
        if shared.is_none() && !bodies.is_empty() && !others.is_empty() {
            return Err(Apart::Contradiction);
        }
        if shared.is_some() {
            self.add(3.5, "same organisation");
        }
        if same_circle {
            self.add(3.0, "same circle of sides");
        }
        for (at, pair) in pairs.iter().enumerate().filter(|(_, pair)| pair.likeness > Likeness::Side) {
            self.add(if at < 2 { 1.0 } else { 0.25 }, pair.reason(a, b));
        }
        self.bits += (common as f32 * 0.5).min(1.5);
        Ok(())
    }

    /// Topics and quoted words.
    fn rest(&mut self, a: &Profile<'_>, b: &Profile<'_>) {
        let topics = |p: &Profile<'_>| -> Vec<String> {
            p.telling.event.topics.iter().map(|topic| topic.topic.clone()).collect()
        };
        let others = topics(b);
        let mut shared: Vec<String> = topics(a).into_iter().filter(|topic| others.contains(topic)).collect();
        shared.sort();
        shared.dedup();
        if let Some(first) = shared.first() {
            let bits = if shared.len() > 1 { 1.0 } else { 0.5 };
            self.add(bits, format!("same topic: {}", first.replace('_', " ")));
        }
        let within = |one: &String, other: &String| one.contains(other) || other.contains(one);
        if a.quotes.iter().any(|one| b.quotes.iter().any(|other| within(one, other))) {
            self.add(4.0, "same words quoted");
        }
    }
}

fn material(of: EventType) -> bool {
    matches!(of.quad(), QuadClass::MaterialConflict | QuadClass::MaterialCooperation)
}

fn is_organisation(one: &Person) -> bool {
    one.code.as_deref().is_none_or(|code| matches!(code, "UNO" | "EUR" | "IGO" | "NGO"))
}

/// How two participants agree, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    Side,
    Office,
    Spelling,
    Part,
    Same,
}

impl Likeness {
    fn bits(self) -> f32 {
        match self {
            Self::Side => 1.0,
            Self::Office => 3.0,
            Self::Spelling => 3.75,
            Self::Part => 4.25,
            Self::Same => 5.0,
        }
    }
}

/// How two participants agree; `None` when nothing says that they are one.
pub(super) fn likeness(a: &Person, b: &Person) -> Option<Likeness> {
    let known = a.code.is_some() && b.code.is_some();
    let same_side = known && a.code == b.code;
    if a.sort == Sort::Named && b.sort == Sort::Named {
        if a.entity.is_some() && b.entity.is_some() {
            return (a.entity == b.entity).then_some(Likeness::Same);
        }
        if known && !same_side {
            return None;
        }
        let same_office = !a.office.is_empty() && a.office == b.office && same_side;
        return Some(match name::names(&a.name, &b.name, same_office)? {
            Names::Same => Likeness::Same,
            Names::Part => Likeness::Part,
            Names::Alike => Likeness::Spelling,
        });
    }
    if !same_side {
        let body = a.sort == Sort::Many && b.sort == Sort::Many && a.entity.is_some() && a.entity == b.entity;
        // Soldiers are soldiers: people without a side agree by the word for them.
        let plain = |one: &Person| one.shown.trim_end_matches('s').to_lowercase();
        let common = !known && a.sort == Sort::Many && b.sort == Sort::Many && plain(a) == plain(b);
        return (body || common).then_some(Likeness::Side);
    }
    if a.sort == Sort::Many || b.sort == Sort::Many {
        // Organisations share codes: which one, the entity says.
        let other = is_organisation(a) && a.entity.is_some() && b.entity.is_some() && a.entity != b.entity;
        return (!other).then_some(Likeness::Side);
    }
    match (a.office.is_empty(), b.office.is_empty()) {
        (false, false) => (a.office == b.office).then_some(Likeness::Office),
        _ => Some(Likeness::Side),
    }
}

/// Two participants that are one.
struct Pair {
    one: usize,
    other: usize,
    likeness: Likeness,
}

impl Pair {
    fn reason(&self, a: &Profile<'_>, b: &Profile<'_>) -> String {
        let (one, other) = (&a.people[self.one], &b.people[self.other]);
        let shown =
            if (one.sort, one.shown.len(), &other.shown) >= (other.sort, other.shown.len(), &one.shown) {
                &one.shown
            } else {
                &other.shown
            };
        match self.likeness {
            Likeness::Same => format!("same person: {shown}"),
            Likeness::Part => format!("same name: {shown}"),
            Likeness::Spelling => format!("name spelt alike: {} and {}", one.shown, other.shown),
            Likeness::Office => format!("same office: {shown}"),
            Likeness::Side => match one.code.as_ref().or(one.entity.as_ref()) {
                Some(side) => format!("same side: {side}"),
                None => format!("same word: {shown}"),
            },
        }
    }
}

/// Pairs each participant with the likest of the other telling, the likest pairs first.
fn pairing(a: &Profile<'_>, b: &Profile<'_>) -> Vec<Pair> {
    let mut all = Vec::new();
    for (one, x) in a.people.iter().enumerate() {
        for (other, y) in b.people.iter().enumerate() {
            if a.kind.directed && x.role != y.role {
                continue;
            }
            all.extend(likeness(x, y).map(|likeness| Pair { one, other, likeness }));
        }
    }
    all.sort_by(|x, y| y.likeness.cmp(&x.likeness).then((x.one, x.other).cmp(&(y.one, y.other))));
    let (mut used, mut taken) = (vec![false; a.people.len()], vec![false; b.people.len()]);
    all.retain(|pair| {
        let free = !used[pair.one] && !taken[pair.other];
        if free {
            (used[pair.one], taken[pair.other]) = (true, true);
        }
        free
    });
    all
}

/// How many of `a` have nobody of their side in `b`; a contradiction where both sides of a happening name
/// somebody, and nobody of them is the same.
fn strangers(a: &Profile<'_>, b: &Profile<'_>, pairs: &[Pair], swapped: bool) -> Result<usize, Apart> {
    let paired = |at: usize| pairs.iter().any(|pair| at == if swapped { pair.other } else { pair.one });
    let of_side = |p: &Profile<'_>, one: &Person| -> Vec<usize> {
        let same = |other: &Person| other.code == one.code && (!p.kind.directed || other.role == one.role);
        (0..p.people.len()).filter(|at| same(&p.people[*at])).collect()
    };
    let mut alone = 0;
    for (at, one) in a.people.iter().enumerate() {
        let anybody = one.sort == Sort::Many && one.code.is_none();
        if paired(at) || one.mediator || anybody {
            continue;
        }
        let theirs = of_side(b, one);
        if theirs.is_empty() {
            alone += 1;
            continue;
        }
        let somebody_agrees = of_side(a, one).into_iter().any(paired);
        if !somebody_agrees {
            if one.code.is_some() || one.sort == Sort::Named {
                return Err(Apart::Contradiction);
            }
            alone += 1;
        }
    }
    Ok(alone)
}
