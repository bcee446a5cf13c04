//! CONSULT: meetings, talks, visits, calls, mediation and summonses.

use verbale_model::ontology::{EventType, Mode};
use verbale_model::{Channel, Formality, Part, Role, Setting, Status};
use verbale_nlp::{Dep, Token, Upos, Xpos};

use super::circumstances::{self, MOTION};
use super::modality::{self, Reading};
use super::told::{Taking, Told};
use super::tree::{Args, arguments, case_of, conjuncts, is_passive, is_verbal, obliques, subject, support_verb};
use super::who::{Who, announced, before_verb, is_public, who};
use super::Coding;
use crate::resolve::{ActorKind, Resolved};

/// What kind of consultation a word evokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Evoked {
    /// meet, confer, hold talks
    Meet,
    /// visit, trip
    Visit,
    /// host, receive, welcome: the subject is at home
    Host,
    /// phone, call
    Phone,
    /// discuss, negotiate: talk about something
    Discuss,
    /// travel to, arrive in: lends place and mode to what follows
    Journey,
    /// mediate, broker
    Mediate,
    /// summon an envoy
    Summon,
    /// summit, conference: many sides
    Gathering,
    /// letter, write to
    Letter,
}

fn verb_sense(verb: Token<'_>) -> Option<Evoked> {
    Some(match verb.lemma() {
        "meet" | "confer" | "parley" => Evoked::Meet,
        // "visiting President X" describes X.
        "visit" if verb.tag() == Xpos::Vbg && verb.children().all(|child| child.i() > verb.i()) && verb.next().is_some_and(|next| matches!(next.tag(), Xpos::Nnp | Xpos::Jj)) && verb.child(Dep::Obj).is_some_and(|object| object.i() > verb.i() + 1) => return None,
        "visit" | "tour" => Evoked::Visit,
        "gather" | "convene" | "assemble" => Evoked::Gathering,
        "write" => Evoked::Letter,
        "call" if calls_in(verb) => Evoked::Summon,
        "host" | "receive" | "welcome" | "greet" => Evoked::Host,
        "phone" | "telephone" => Evoked::Phone,
        "call" if is_telephoned(verb) && !has_particle(verb) => Evoked::Phone,
        "discuss" | "negotiate" | "consult" | "deliberate" => Evoked::Discuss,
        "talk" | "speak" | "converse" => Evoked::Discuss,
        "sit" if verb.children().any(|child| child.text() == "down") => Evoked::Meet,
        "mediate" | "broker" => Evoked::Mediate,
        "summon" => Evoked::Summon,
        "arrive" | "land" | "travel" | "fly" => Evoked::Journey,
        _ => return None,
    })
}

fn has_particle(verb: Token<'_>) -> bool {
    verb.children().any(|child| matches!(child.dep(), Dep::CompoundPrt) || matches!(child.text(), "for" | "on" | "off" | "up"))
        || verb.children().any(|child| child.dep().is_oblique() && !is_day(child) && matches!(case_of(child).as_str(), "for" | "on" | "upon"))
}

/// "called the president on Friday" takes no preposition: the day is when.
fn is_day(token: Token<'_>) -> bool {
    const DAYS: &[&str] = &[
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April", "May", "June", "July",
        "August", "September", "October", "November", "December", "morning", "evening", "afternoon", "day", "eve",
    ];
    token.pos() == Upos::Num || DAYS.contains(&token.text()) || DAYS.contains(&token.lemma())
}

/// "called the president": somebody is called, and called nothing.
fn is_telephoned(verb: Token<'_>) -> bool {
    let named = |child: &Token<'_>| child.pos() == Upos::Propn && verb.child(Dep::Obj).is_none();
    arguments(verb).patient.is_some() && verb.children_by(&[Dep::Xcomp]).all(|child| is_spoken(child) || named(&child))
}

/// "called his counterpart to congratulate him": what is said on the telephone.
fn is_spoken(purpose: Token<'_>) -> bool {
    matches!(
        purpose.lemma(),
        "discuss" | "congratulate" | "apologize" | "apologise" | "express" | "thank" | "convey" | "explain" | "assure" | "reassure" | "brief" | "inform" | "wish" | "voice" | "talk"
    )
}

fn noun_sense(noun: Token<'_>) -> Option<Evoked> {
    Some(match noun.lemma() {
        "meeting" | "encounter" | "audience" | "tete-a-tete" | "rendezvous" => Evoked::Meet,
        "talk" if plural(noun) => Evoked::Meet,
        "talks" | "consultation" | "negotiation" | "dialogue" | "discussion" | "parley" => Evoked::Meet,
        "conversation" | "call" | "phone-call" | "telephone-call" => call_sense(noun)?,
        "visit" | "trip" | "stopover" => Evoked::Visit,
        "summit" | "conference" | "forum" => Evoked::Gathering,
        "mediation" => Evoked::Mediate,
        "letter" => Evoked::Letter,
        "view" if support_verb(noun).is_some_and(|verb| verb.lemma() == "exchange") => Evoked::Discuss,
        "exchange" if noun.children().any(|child| child.lemma() == "view") => Evoked::Discuss,
        _ => return None,
    })
}

fn plural(noun: Token<'_>) -> bool {
    noun.tag() == Xpos::Nns || noun.text().to_lowercase().ends_with('s')
}

/// A call is by phone when it says so, or when it is made or held with somebody; "a call for
/// peace" and "calls on" are none.
fn call_sense(noun: Token<'_>) -> Option<Evoked> {
    let modifiers: Vec<String> = noun.children().filter(|c| c.i() < noun.i()).map(|c| c.lemma().to_lowercase()).collect();
    let phone = modifiers.iter().any(|word| matches!(word.as_str(), "phone" | "telephone" | "video" | "conference"));
    let asks = noun.children().any(|c| matches!(c.dep(), Dep::Nmod | Dep::Obl) && matches!(case_of(c).as_str(), "for" | "on" | "to" if !phone));
    let clause = noun.children().any(|c| c.dep() == Dep::Acl && super::tree::is_infinitive(c));
    let shared = noun.children().any(|c| c.dep() == Dep::Nmod && matches!(case_of(c).as_str(), "with" | "between"))
        || support_verb(noun).is_some_and(|verb| obliques(verb).iter().any(|(case, _)| case == "with"));
    if phone || (shared && !asks && !clause) {
        return Some(if noun.lemma() == "conversation" && !phone { Evoked::Meet } else { Evoked::Phone });
    }
    (noun.lemma() == "conversation").then_some(Evoked::Meet)
}

/// "called in the ambassador".
fn calls_in(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.text().eq_ignore_ascii_case("in") && child.children().next().is_none())
        && verb.child(Dep::Obj).is_some()
}

/// Reads the consultations off a token, if it evokes any: several where people were met one after
/// the other.
pub fn read(coding: &Coding<'_>, token: Token<'_>) -> Vec<Told> {
    let evoked = match token.pos() {
        Upos::Verb => verb_sense(token),
        // The noun of "held a meeting" speaks for its verb; "a meeting room" is no meeting.
        Upos::Noun | Upos::Propn if !matches!(token.dep(), Dep::Compound | Dep::NmodDesc | Dep::Flat) => noun_sense(token),
        _ => None,
    };
    let Some(evoked) = evoked else { return Vec::new() };
    let args = arguments(token);
    let mut told = Told::new(token.i()..token.i() + 1, EventType::Consult, rule(evoked));
    told.entry = format!("consult: {}", token.lemma());
    apply(&mut told, reading(coding, token));
    people(coding, token, evoked, &args, &mut told);
    in_turn(coding, token, told).into_iter().filter_map(|mut told| settle(coding, token, evoked, &mut told).then_some(told)).collect()
}

/// The predicate's reading; "before his talks on Tuesday" lies ahead only while Tuesday does.
fn reading(coding: &Coding<'_>, token: Token<'_>) -> Reading {
    let mut reading = modality::reading(token);
    if reading.status == Status::Planned && case_of(token) == "before" {
        let time = circumstances::time_of(coding.resolved, token).map(|at| &coding.resolved.times[at]);
        let over = time.and_then(|time| time.edtf.as_deref()).zip(coding.resolved.published);
        if over.is_some_and(|(edtf, published)| *edtf <= *published.to_string()) {
            (reading.status, reading.modality) = (Status::Held, verbale_model::Modality::Certain);
        }
    }
    reading
}

/// "met A, and later B", "met A in Oslo and B in Bergen", a list of appointments: one consultation each.
fn in_turn(coding: &Coding<'_>, token: Token<'_>, told: Told) -> Vec<Told> {
    let (subjects, objects): (Vec<Taking>, Vec<Taking>) =
        told.taking.iter().cloned().partition(|taking| taking.tokens.start < token.i());
    let separately = told.rule == "consult/list"
        || token.children().any(|child| matches!(child.text().to_lowercase().as_str(), "separately" | "separate"));
    let mut groups: Vec<Vec<Taking>> = Vec::new();
    for taking in objects {
        let breaks = groups.last().and_then(|group| group.last()).is_some_and(|last| {
            separately || stands_apart(coding, last.tokens.end..taking.tokens.start)
        });
        match groups.last_mut().filter(|_| !breaks) {
            Some(group) => group.push(taking),
            None => groups.push(vec![taking]),
        }
    }
    if groups.len() < 2 {
        return vec![told];
    }
    let mut parts = Vec::with_capacity(groups.len());
    for (at, group) in groups.iter().enumerate() {
        let mut part = told.clone();
        let from = group.last().map_or(token.i(), |taking| taking.tokens.end);
        let to = groups.get(at + 1).and_then(|next| next.first()).map_or(token.sent().range().end, |next| next.tokens.start);
        part.place = coding.resolved.places.iter().position(|place| (from..to).contains(&place.tokens.start));
        part.time = coding.resolved.times.iter().position(|time| (from..to).contains(&time.tokens.start));
        part.taking = subjects.iter().cloned().chain(group.iter().cloned()).collect();
        parts.push(part);
    }
    parts
}

/// Whether the words between two people put their meetings apart: "later", or a place or day of its own.
fn stands_apart(coding: &Coding<'_>, between: std::ops::Range<usize>) -> bool {
    let word = |text: &str| {
        matches!(text, "later" | "then" | "afterwards" | "separately" | "subsequently" | "thereafter" | "earlier")
    };
    let resolved = coding.resolved;
    resolved.doc.span(between.clone()).any(|token| word(&token.text().to_lowercase()))
        || resolved.times.iter().any(|time| between.contains(&time.tokens.start))
        || resolved.places.iter().any(|place| {
            let start = place.tokens.start;
            between.contains(&start) && matches!(resolved.doc.token(start - 1).text(), "in" | "at")
        })
}

fn rule(evoked: Evoked) -> &'static str {
    match evoked {
        Evoked::Meet => "consult/meet",
        Evoked::Visit => "consult/visit",
        Evoked::Host => "consult/host",
        Evoked::Phone => "consult/phone",
        Evoked::Discuss => "consult/discuss",
        Evoked::Journey => "consult/journey",
        Evoked::Mediate => "consult/mediate",
        Evoked::Summon => "consult/summon",
        Evoked::Gathering => "consult/gathering",
        Evoked::Letter => "consult/letter",
    }
}

/// Copies what the surroundings say onto a telling.
pub fn apply(told: &mut Told, reading: Reading) {
    told.status = reading.status;
    told.polarity = reading.polarity;
    told.modality = reading.modality;
    told.tense = reading.tense;
}

/// Collects the participants of each sense from the predicate's arguments.
fn people(coding: &Coding<'_>, token: Token<'_>, evoked: Evoked, args: &Args<'_>, told: &mut Told) {
    let resolved = coding.resolved;
    let mut add = |token: Option<Token<'_>>, role: Role, part: Option<Part>| {
        for who in token.map(|token| who(resolved, token)).unwrap_or_default() {
            told.take(taking(resolved, &who, role, part));
        }
    };
    let with: Vec<Token<'_>> = args.all_with(&["with", "alongside", "together with"]).collect();
    match evoked {
        Evoked::Meet | Evoked::Discuss | Evoked::Phone | Evoked::Gathering => {
            add(args.agent, Role::Actor, None);
            if evoked != Evoked::Discuss {
                add(args.patient.filter(|patient| *patient != token), Role::Actor, None);
            }
            for other in with {
                add(Some(other), Role::Actor, None);
            }
            let others: &[&str] = match evoked {
                Evoked::Phone | Evoked::Discuss if token.pos() == Upos::Verb => &["to", "between", "among"],
                _ if token.pos() == Upos::Verb => &["between", "among"],
                Evoked::Gathering => &["between", "among", "of"],
                Evoked::Phone => &["between", "among", "to", "from"],
                _ => &["between", "among", "of", "by"],
            };
            for other in args.all_with(others) {
                add(Some(other), Role::Actor, None);
            }
            add(args.indirect, Role::Actor, None);
        }
        Evoked::Letter => {
            add(args.agent, Role::Actor, None);
            for (cases, role) in [(["from", "by"], Role::Actor), (["to", "addressed to"], Role::Recipient)] {
                for other in args.all_with(&cases) {
                    add(Some(other), role, None);
                }
            }
        }
        Evoked::Visit => {
            add(args.agent, Role::Actor, Some(Part::Visitor));
            add(args.patient.filter(|patient| *patient != token), Role::Recipient, Some(Part::Host));
            for other in args.all_with(&["to", "with", "by"]) {
                let role = if args.all_with(&["by"]).any(|by| by == other) { Role::Actor } else { Role::Recipient };
                let part = if role == Role::Actor { Part::Visitor } else { Part::Host };
                add(Some(other), role, Some(part));
            }
            for other in args.all_with(&["of"]) {
                add(Some(other), Role::Actor, Some(Part::Visitor));
            }
        }
        Evoked::Host => {
            add(args.agent, Role::Recipient, Some(Part::Host));
            add(args.patient, Role::Actor, Some(Part::Visitor));
        }
        Evoked::Journey => add(args.agent, Role::Actor, Some(Part::Visitor)),
        Evoked::Mediate => {
            add(args.agent, Role::Actor, Some(Part::Mediator));
            for other in args.all_with(&["between", "among", "with"]) {
                add(Some(other), Role::Recipient, Some(Part::Principal));
            }
            add(args.patient, Role::Recipient, Some(Part::Principal));
        }
        Evoked::Summon => {
            add(args.agent.or_else(|| args.with(&["to", "by", "at"])), Role::Actor, Some(Part::Host));
            add(args.patient, Role::Recipient, Some(Part::Visitor));
        }
    }
    let clause = modality::clause_of(token);
    let led = told.taking.iter().any(|taking| taking.tokens.start < clause.i());
    if !led && matches!(clause.tag(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) && !is_passive(clause) {
        let part = matches!(evoked, Evoked::Visit | Evoked::Journey).then_some(Part::Visitor);
        let mut found = if subject(clause).is_none() { before_verb(resolved, clause) } else { Vec::new() };
        if found.is_empty() && clause.dep() == Dep::Conj {
            // A conjunct that the tree hung on the wrong word: the sentence's own subject.
            found = subject(clause.sent().root()).map(|subject| who(resolved, subject)).unwrap_or_default();
        }
        for who in found {
            told.take(taking(resolved, &who, Role::Actor, part));
        }
    }
    if token.pos() != Upos::Verb {
        let listed = announced(resolved, token);
        if !listed.is_empty() {
            told.rule = "consult/list".to_owned();
        }
        for who in listed {
            told.take(taking(resolved, &who, Role::Actor, None));
        }
        named_before(coding, token, told);
        shared_agent(coding, token, evoked, args, told);
    }
}

/// "is in Tashkent on a visit", "before his talks with X, Y visited …": the subject of the clause that
/// the noun hangs on, where the noun has no agent that is known.
fn shared_agent(coding: &Coding<'_>, noun: Token<'_>, evoked: Evoked, args: &Args<'_>, told: &mut Told) {
    let known = told.taking.iter().any(|taking| taking.role == Role::Actor && taking.tokens.end <= noun.i());
    let pronoun = args.agent.is_some_and(|agent| agent.pos() == Upos::Pron);
    let hangs = noun.dep().is_oblique() && matches!(case_of(noun).as_str(), "on" | "for" | "during" | "before" | "after" | "in" | "ahead of");
    if known || !hangs || !(pronoun || args.agent.is_none()) || (args.agent.is_none() && !matches!(evoked, Evoked::Visit | Evoked::Meet | Evoked::Phone | Evoked::Letter)) {
        return;
    }
    let part = (evoked == Evoked::Visit).then_some(Part::Visitor);
    for who in subject(noun.head()).map(|subject| who(coding.resolved, subject)).unwrap_or_default() {
        told.take(taking(coding.resolved, &who, Role::Actor, part));
    }
}

fn taking(resolved: &Resolved<'_>, who: &Who, role: Role, part: Option<Part>) -> Taking {
    let actor = &resolved.actors[who.actor];
    let personal = actor.is_personal() || (actor.kind == ActorKind::Group && actor.office.is_some());
    Taking { actor: who.actor, tokens: who.tokens.clone(), role, part: part.filter(|_| personal) }
}

/// "US-China talks", "Afghan-Russian consultations": the sides stand before the noun. One side alone
/// ("the Geneva talks", "Afghan talks") names no participant.
fn named_before(coding: &Coding<'_>, noun: Token<'_>, told: &mut Told) {
    let resolved = coding.resolved;
    let mut sides: Vec<Who> = Vec::new();
    for child in noun.subtree().filter(|t| t.i() < noun.i() && noun.i() - t.i() <= 5) {
        let Some(mention) = resolved.mention_at(child).map(|at| &resolved.mentions[at]) else { continue };
        if mention.kind == ActorKind::State && matches!(child.dep(), Dep::Amod | Dep::Compound | Dep::Conj | Dep::Nmod | Dep::NmodDesc | Dep::Flat) {
            for &actor in &mention.actors {
                if !sides.iter().any(|known| known.actor == actor) {
                    sides.push(Who { actor, tokens: mention.tokens.clone(), indirect: true });
                }
            }
        }
    }
    sides.sort_by_key(|side| side.tokens.start);
    if sides.len() >= 2 && told.taking.len() < 2 {
        for side in sides {
            told.take(taking(resolved, &side, Role::Actor, None));
        }
    }
}

/// Fills in the rest and says whether this is a consultation worth telling.
fn settle(coding: &Coding<'_>, token: Token<'_>, evoked: Evoked, told: &mut Told) -> bool {
    let resolved = coding.resolved;
    told.taking.sort_by_key(|taking| taking.tokens.start);
    told.channel = channel(token, evoked);
    told.formality = formality(token);
    told.place = told.place.or_else(|| circumstances::place_of(resolved, token));
    told.time = told.time.or_else(|| circumstances::time_of(resolved, token));
    topics(coding, token, told);
    told.summons = evoked == Evoked::Summon;
    if evoked == Evoked::Letter {
        told.channel = Some(Channel::Letter);
    }
    told.journey = matches!(evoked, Evoked::Journey | Evoked::Visit);
    if evoked == Evoked::Visit {
        told.mode = Some(Mode::Visit);
    }
    told.anaphoric = is_anaphoric(token) && told.taking.len() < 2;
    setting(coding, token, evoked, told);
    if coding.is_veto(token) || !plausible(coding, token, evoked, told) {
        return false;
    }
    told.confidence = confidence(coding, told);
    true
}

fn plausible(coding: &Coding<'_>, token: Token<'_>, evoked: Evoked, told: &Told) -> bool {
    let actors: Vec<_> = told.actors().map(|at| &coding.resolved.actors[at]).collect();
    let public = actors.iter().filter(|actor| is_public(actor) && !actor.generic).count();
    if told.anaphoric {
        return !is_plural_demonstrative(token);
    }
    if told.status == Status::Hypothetical {
        return false;
    }
    match evoked {
        // "visited the museum", "received the report": somebody public must be on both ends, or a place.
        Evoked::Visit => visits_somebody(coding, told),
        Evoked::Host => public >= 2 && actors.iter().any(|actor| actor.is_personal()) && hosts(told),
        Evoked::Journey => public >= 1 && told.place.is_some() && !is_passive(token),
        Evoked::Phone | Evoked::Mediate => public >= 1 && actors.len() >= 2,
        Evoked::Letter => public >= 2,
        Evoked::Summon => actors.len() >= 2 && actors.iter().any(|actor| is_diplomat(actor)),
        Evoked::Discuss => public >= 1 && actors.len() >= 2 && actors.iter().any(|actor| !actor.generic),
        Evoked::Gathering => public >= 2,
        Evoked::Meet => public >= 1 && (actors.len() >= 2 || (token.pos() != Upos::Verb && supported(token))),
    }
}

/// Somebody public goes to a state, a public person or body, or to a place abroad.
fn visits_somebody(coding: &Coding<'_>, told: &Told) -> bool {
    let of = |role: Role| told.taking.iter().filter(move |taking| taking.role == role).map(|taking| &coding.resolved.actors[taking.actor]);
    let Some(visitor) = of(Role::Actor).find(|actor| is_public(actor) && !actor.generic) else { return false };
    let home = visitor.side.as_ref().or(visitor.nationality.as_ref());
    let other = |actor: &crate::resolve::Actor| is_public(actor) && (actor.kind == ActorKind::State || actor.is_personal() || actor.side.is_some());
    let foreign = |country: Option<&String>| country.is_some() && home.is_some() && country != home;
    of(Role::Recipient).any(|actor| other(actor) && (actor.is_personal() || actor.side.as_ref() != home))
        || foreign(told.place.and_then(|at| coding.resolved.places[at].country.as_ref()))
}

/// Envoys are summoned; witnesses and generals are another matter.
fn is_diplomat(actor: &crate::resolve::Actor) -> bool {
    matches!(actor.office_kind.as_deref(), Some("ambassador" | "charge" | "diplomat" | "consul" | "envoy" | "embassy" | "representative"))
}

/// A meeting with one known side counts when a verb says that it took place.
fn supported(noun: Token<'_>) -> bool {
    support_verb(noun).is_some()
}

/// "China welcomed Japan's decision" hosts nobody: the guest must be a person or a delegation.
fn hosts(told: &Told) -> bool {
    told.taking.iter().any(|taking| taking.role == Role::Actor && taking.part.is_some())
        || told.taking.iter().filter(|taking| taking.role == Role::Actor).count() > 0
}

/// "the meeting", "these talks": definite, and without participants of its own.
fn is_anaphoric(token: Token<'_>) -> bool {
    token.pos() != Upos::Verb
        && token.children().any(|child| {
            child.dep() == Dep::Det && matches!(child.text().to_lowercase().as_str(), "the" | "this" | "that" | "these" | "those")
        })
}

/// "these two meetings" sums up what was told already.
fn is_plural_demonstrative(token: Token<'_>) -> bool {
    token.children().any(|child| matches!(child.text().to_lowercase().as_str(), "these" | "those" | "both"))
        && token.tag() == Xpos::Nns
        && token.lemma() != "talk"
}

fn channel(token: Token<'_>, evoked: Evoked) -> Option<Channel> {
    let mut near: Vec<Token<'_>> = token.subtree().filter(|t| t.i().abs_diff(token.i()) < 12).collect();
    if let Some(verb) = support_verb(token) {
        near.extend(verb.children().flat_map(|child| child.subtree().take(6).collect::<Vec<_>>()));
    }
    let has = |words: &[&str]| near.iter().any(|t| words.contains(&t.lemma().to_lowercase().as_str()));
    if has(&["video", "videoconference", "video-conference", "videolink", "zoom", "virtual", "virtually", "online"]) {
        return Some(Channel::Video);
    }
    if evoked == Evoked::Phone || has(&["phone", "telephone", "call"]) && matches!(evoked, Evoked::Meet | Evoked::Discuss) {
        return Some(Channel::Phone);
    }
    if has(&["letter"]) && evoked == Evoked::Discuss {
        return Some(Channel::Letter);
    }
    match evoked {
        Evoked::Discuss => None,
        Evoked::Meet if matches!(token.lemma(), "dialogue" | "consultation" | "negotiation" | "discussion" | "conversation") => None,
        _ => Some(Channel::InPerson),
    }
}

/// What the words around a trigger call it: formal or informal.
pub fn formality(token: Token<'_>) -> Option<Formality> {
    let word = |text: &str| match text {
        "informal" | "unofficial" | "private" | "informally" | "privately" | "unofficially" | "off-the-record" => Some(Formality::Informal),
        "formal" | "official" | "formally" | "officially" | "state" => Some(Formality::Formal),
        _ => None,
    };
    let near = |child: &Token<'_>| matches!(child.dep(), Dep::Amod | Dep::Advmod | Dep::Compound);
    let own = token.children().filter(near).find_map(|child| word(&child.text().to_lowercase()));
    if own.is_some() {
        return own;
    }
    // "met for informal talks"
    let purpose = token.children().filter(|child| child.dep().is_oblique() && noun_sense(*child).is_some());
    let called = purpose.flat_map(|child| child.children().filter(near)).find_map(|child| word(&child.text().to_lowercase()));
    if called.is_some() {
        return called;
    }
    let verb = support_verb(token).or_else(|| token.dep().is_subject().then(|| token.head()))?;
    let by_verb = verb.children().filter(|child| child.dep() == Dep::Advmod).find_map(|child| word(&child.text().to_lowercase()));
    // "the meeting has been described as informal", "was informal"
    let described = matches!(verb.lemma(), "describe" | "call" | "term" | "characterise" | "characterize" | "label" | "dub" | "be") || is_verbal(verb);
    let complement = verb
        .children()
        .filter(|child| child.i() > verb.i() && matches!(child.dep(), Dep::Obl | Dep::Xcomp | Dep::Advcl | Dep::Obj))
        .find_map(|child| word(&child.text().to_lowercase()));
    by_verb.or_else(|| complement.filter(|_| described && token.dep().is_subject())).or_else(|| word(&verb.text().to_lowercase()).filter(|_| token.dep().is_subject()))
}

/// Topics from "on", "about", objects of "discuss", and "focused on".
fn topics(coding: &Coding<'_>, token: Token<'_>, told: &mut Told) {
    let about: &[&str] = &["on", "about", "regarding", "over", "concerning", "upon", "around"];
    let mut sources: Vec<Token<'_>> = Vec::new();
    let focus = |verb: Token<'_>| matches!(verb.lemma(), "focus" | "center" | "centre" | "concentrate" | "touch" | "dwell" | "revolve" | "turn" | "deal" | "range" | "go" | "come");
    if token.pos() == Upos::Verb && matches!(token.lemma(), "discuss" | "negotiate") {
        sources.extend(token.child(Dep::Obj));
    }
    let mut heads = vec![token];
    heads.extend(support_verb(token));
    if token.dep().is_subject() {
        let verb = token.head();
        if focus(verb) {
            heads.push(verb);
        }
        if matches!(verb.lemma(), "cover" | "address" | "concern" | "include" | "review" | "explore" | "discuss" | "examine" | "emphasise" | "emphasize" | "stress" | "highlight" | "underline" | "underscore") {
            sources.extend(verb.child(Dep::Obj));
        }
    }
    for head in heads {
        for (case, phrase) in obliques(head) {
            let deals = case == "with" && matches!(head.lemma(), "deal" | "concern");
            if (deals || about.contains(&case.as_str())) && coding.resolved.time_at(phrase.i()).is_none() {
                sources.push(phrase);
            }
        }
        // "talks aimed at strengthening relations", "focused on …ing": gerunds.
        for clause in head.children_by(&[Dep::Advcl, Dep::Acl, Dep::Xcomp]) {
            let marked = clause.children().any(|mark| matches!(mark.dep(), Dep::Mark | Dep::Case) && about.contains(&mark.text().to_lowercase().as_str()));
            let talks = matches!(clause.lemma(), "talk" | "speak" | "confer" | "consult");
            sources.extend(obliques(clause).into_iter().filter(|(case, _)| talks && about.contains(&case.as_str())).map(|(_, phrase)| phrase));
            let discusses = matches!(clause.lemma(), "discuss" | "review" | "explore" | "consider" | "examine" | "negotiate");
            if marked || (discusses && head != token) || discusses {
                sources.extend(if discusses { clause.child(Dep::Obj) } else { Some(clause) });
            }
        }
    }
    for source in sources {
        for topic in circumstances::topics(coding.resolved, coding.lexicon, source) {
            if !told.topics.contains(&topic) {
                told.topics.push(topic);
            }
        }
    }
}

/// Setting, mode and who is host and visitor, from the place, the sides and the words around.
fn setting(coding: &Coding<'_>, token: Token<'_>, evoked: Evoked, told: &mut Told) {
    let resolved = coding.resolved;
    let sides = sides(resolved, told);
    let around: Vec<String> = token.sent().tokens().map(|t| t.lemma().to_lowercase()).collect();
    let sideline = around.windows(2).any(|pair| matches!(pair[0].as_str(), "sideline" | "sidelines" | "margin" | "margins") && pair[1] == "of");
    told.setting = match evoked {
        Evoked::Mediate => Some(Setting::ThirdParty),
        _ if sideline => Some(Setting::Sideline),
        _ if sides.len() > 2 => Some(Setting::Multilateral),
        _ if sides.len() == 2 || told.taking.len() == 2 => Some(Setting::Bilateral),
        Evoked::Gathering => Some(Setting::Multilateral),
        _ => None,
    };
    if told.channel == Some(Channel::Phone) || told.channel == Some(Channel::Video) {
        told.mode = Some(Mode::Phone);
    } else if evoked == Evoked::Mediate {
        told.mode = Some(Mode::ThirdParty);
    } else if told.setting == Some(Setting::Multilateral) {
        told.mode = Some(Mode::Multilateral);
    }
    travelled(resolved, token, told);
}

/// The distinct sides of a telling's participants, sorted.
pub fn sides(resolved: &Resolved<'_>, told: &Told) -> Vec<String> {
    let mut sides: Vec<String> = told.actors().filter_map(|at| resolved.actors[at].side.clone()).collect();
    sides.sort();
    sides.dedup();
    sides
}

/// Whether the clause before, or a phrase beside, says that somebody travelled to the place.
fn travelled(resolved: &Resolved<'_>, token: Token<'_>, told: &mut Told) {
    let travels = |clause: Token<'_>| {
        let verb = MOTION.contains(&clause.lemma()) && !matches!(clause.lemma(), "be" | "make" | "pay" | "attend" | "stay" | "stop");
        verb && clause != token && is_verbal(clause) && (circumstances::place_of(resolved, clause).is_some() || clause.child(Dep::Obj).is_some())
    };
    let mover = circumstances::clauses(token).into_iter().find(|clause| travels(*clause));
    let Some(mover) = mover.and_then(subject) else { return };
    for who in who(resolved, mover) {
        for taking in told.taking.iter_mut().filter(|taking| taking.actor == who.actor) {
            taking.part = resolved.actors[who.actor].is_personal().then_some(Part::Visitor);
            taking.role = Role::Actor;
            told.journey = true;
        }
    }
}

/// Certain when both ends are known and public; less so for every doubt.
fn confidence(coding: &Coding<'_>, told: &Told) -> f32 {
    let actors: Vec<_> = told.actors().map(|at| &coding.resolved.actors[at]).collect();
    let known = actors.iter().filter(|actor| actor.side.is_some()).count();
    let personal = actors.iter().filter(|actor| actor.is_personal()).count();
    let mut score: f32 = 0.55 + 0.15 * known.min(2) as f32 + 0.05 * personal.min(2) as f32;
    if told.status != Status::Held {
        score -= 0.1;
    }
    if told.taking.len() < 2 {
        score -= 0.25;
    }
    score.clamp(0.05, 0.97)
}

/// All heads coordinated with the trigger tell of the same happening only once.
pub fn duplicates(token: Token<'_>) -> bool {
    token.dep() == Dep::Conj && conjuncts(token.head()).len() > 1 && token.pos() == Upos::Noun && noun_sense(token.head()).is_some()
}
