//! Who does what to whom: arguments of verbs and nouns, read off the dependency tree.
//!
//! The readings follow Universal Dependencies v2: passives, relative clauses, control and raising,
//! coordination, reduced relatives and nominal predicates each have their own shape there.

use verbale_nlp::{Dep, Token, Upos, Xpos};

/// How far up a chain of clauses an unspoken subject is looked for.
const CLIMB: usize = 6;

/// Arguments of one predicate, each the head token of its phrase, coordination not yet expanded.
#[derive(Debug, Clone, Default)]
pub struct Args<'d> {
    /// Who acts: subject of an active verb, by-phrase of a passive, possessor of a noun.
    pub agent: Option<Token<'d>>,
    /// Whom it befalls: object, or subject of a passive.
    pub patient: Option<Token<'d>>,
    /// Indirect object.
    pub indirect: Option<Token<'d>>,
    /// Obliques and nominal modifiers with their preposition, in text order.
    pub obliques: Vec<(String, Token<'d>)>,
    /// Complement clauses and infinitives.
    pub clauses: Vec<Token<'d>>,
}

impl<'d> Args<'d> {
    /// The first oblique with one of these prepositions.
    pub fn with(&self, cases: &[&str]) -> Option<Token<'d>> {
        self.obliques.iter().find(|(case, _)| cases.contains(&case.as_str())).map(|(_, token)| *token)
    }

    /// All obliques with one of these prepositions.
    pub fn all_with<'a>(&'a self, cases: &'a [&str]) -> impl Iterator<Item = Token<'d>> + 'a {
        self.obliques.iter().filter(|(case, _)| cases.contains(&case.as_str())).map(|(_, token)| *token)
    }
}

/// The arguments of a verb, an adjective or a noun that evokes an event.
pub fn arguments(predicate: Token<'_>) -> Args<'_> {
    if is_verbal(predicate) { verb_arguments(predicate) } else { noun_arguments(predicate) }
}

/// Whether a token heads a clause: a verb, or an adjective or noun with a copula.
pub fn is_verbal(token: Token<'_>) -> bool {
    matches!(token.pos(), Upos::Verb | Upos::Aux)
        || (token.pos() != Upos::Noun && token.child(Dep::Cop).is_some())
}

/// Whether a verb stands in the passive, spelled out or reduced.
pub fn is_passive(verb: Token<'_>) -> bool {
    let spelled =
        verb.children().any(|child| matches!(child.dep(), Dep::AuxPass | Dep::NsubjPass | Dep::OblAgent));
    let reduced = verb.tag() == Xpos::Vbn
        && matches!(verb.dep(), Dep::Acl | Dep::Advcl)
        && !verb.children().any(|child| child.dep() == Dep::Aux);
    let shared = verb.dep() == Dep::Conj
        && verb.tag() == Xpos::Vbn
        && !verb
            .children()
            .any(|child| child.dep().is_subject() || matches!(child.dep(), Dep::Aux | Dep::Obj))
        && is_passive(verb.head());
    spelled || reduced || shared
}

fn verb_arguments(verb: Token<'_>) -> Args<'_> {
    let subject = subject(verb);
    let object =
        verb.child(Dep::Obj).map(antecedent).or_else(|| object_gap(verb)).or_else(|| named_complement(verb));
    let mut args = Args { indirect: verb.child(Dep::Iobj).map(antecedent), ..Args::default() };
    if is_passive(verb) {
        args.patient = subject.or(object);
        args.agent = by_phrase(verb);
    } else {
        args.agent = subject;
        args.patient = object;
    }
    args.obliques = obliques(verb);
    args.clauses = verb.children_by(&[Dep::Ccomp, Dep::Xcomp, Dep::Csubj]).collect();
    args
}

/// "called King Salman": the parser takes a name with a title for a predicate; without an object it is one.
fn named_complement(verb: Token<'_>) -> Option<Token<'_>> {
    let copular = matches!(verb.lemma(), "be" | "become" | "remain" | "stay" | "seem" | "appear" | "look");
    let named = |child: &Token<'_>| {
        child.dep() == Dep::Xcomp && child.pos() == Upos::Propn && child.child(Dep::Cop).is_none()
    };
    verb.children().rfind(named).filter(|_| !copular)
}

/// Who acts in a passive: the phrase after "by".
pub fn by_phrase(verb: Token<'_>) -> Option<Token<'_>> {
    let by = |token: &Token<'_>| {
        token.dep() == Dep::OblAgent || (token.dep() == Dep::Obl && case_of(*token) == "by")
    };
    verb.children().find(by).map(antecedent)
}

/// The noun that a relative clause describes, when the clause lacks an object and has a subject of its own.
fn object_gap(verb: Token<'_>) -> Option<Token<'_>> {
    let own_subject = verb.children().any(|child| child.dep().is_subject() && !is_relative(child));
    (verb.dep() == Dep::AclRelcl && own_subject && !stranded(verb)).then(|| verb.head())
}

/// A clause-final preposition ("whom he met with") takes the gap instead of the object.
fn stranded(verb: Token<'_>) -> bool {
    verb.children()
        .any(|child| child.pos() == Upos::Adp && child.i() > verb.i() && child.children().next().is_none())
}

/// Obliques and nominal modifiers below `head` with their preposition; relative pronouns are
/// replaced by what they stand for.
pub fn obliques(head: Token<'_>) -> Vec<(String, Token<'_>)> {
    let mut found: Vec<(String, Token<'_>)> = Vec::new();
    for child in head.children() {
        if child.dep().is_oblique() || matches!(child.dep(), Dep::Nmod | Dep::NmodUnmarked | Dep::NmodDesc) {
            found.push((case_of(child), antecedent(child)));
        }
    }
    if head.dep() == Dep::AclRelcl
        && stranded(head)
        && let Some(case) = head.children().find(|c| c.pos() == Upos::Adp && c.i() > head.i())
    {
        found.push((case.text().to_lowercase(), head.head()));
    }
    found
}

/// The preposition of a phrase: `with`, `according to`; empty without one.
pub fn case_of(token: Token<'_>) -> String {
    let mut words: Vec<Token<'_>> = Vec::new();
    for case in token.children().filter(|child| child.dep() == Dep::Case) {
        words.push(case);
        words.extend(case.children().filter(|child| child.dep() == Dep::Fixed));
    }
    words.iter().map(|word| word.text().to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// The subject of a clause, its own or one that it shares with another clause.
pub fn subject(verb: Token<'_>) -> Option<Token<'_>> {
    subject_within(verb, CLIMB)
}

/// The subject among a verb's own dependents: of several, the nearest before it ("A, who …, came to B, the ministry
/// said" is often hung with both on "said").
pub fn own_subject(verb: Token<'_>) -> Option<Token<'_>> {
    let subjects = || verb.children().filter(|child| child.dep().is_subject());
    subjects().rfind(|subject| subject.i() < verb.i()).or_else(|| subjects().next())
}

/// The subject that a fronted clause lost to the verb of speech behind it.
fn lost_subject<'d>(clause: Token<'d>, speech: Token<'d>) -> Option<Token<'d>> {
    let own = own_subject(speech)?;
    speech.children().find(|child| child.dep().is_subject() && *child != own && child.i() < clause.i())
}

fn subject_within(verb: Token<'_>, climb: usize) -> Option<Token<'_>> {
    if let Some(own) = own_subject(verb) {
        return Some(antecedent(own));
    }
    if climb == 0 || verb.is_root() {
        return None;
    }
    let head = verb.head();
    match verb.dep() {
        Dep::AclRelcl => Some(head),
        Dep::Acl if is_infinitive(verb) => holder(head, climb - 1),
        Dep::Acl => Some(head),
        Dep::Xcomp => controller(head, climb - 1),
        Dep::Conj | Dep::Advcl | Dep::Parataxis if is_verbal(head) => shared_subject(verb, head, climb - 1),
        Dep::Ccomp if lost_subject(verb, head).is_some() => lost_subject(verb, head),
        Dep::Ccomp if is_verbal(head) && !verb.children().any(|child| child.dep() == Dep::Aux) => {
            shared_subject(verb, head, climb - 1)
        }
        _ => None,
    }
}

/// The subject that a clause shares with the one it hangs on; a finite adverbial clause or
/// parataxis without a subject shares none.
fn shared_subject<'d>(verb: Token<'d>, head: Token<'d>, climb: usize) -> Option<Token<'d>> {
    if verb.dep() == Dep::Parataxis && verb.tag() != Xpos::Vbg {
        return None;
    }
    if verb.dep() == Dep::Advcl && is_passive(head) && by_phrase(head).is_some() && verb.tag() == Xpos::Vbg {
        return by_phrase(head);
    }
    subject_within(head, climb)
}

/// Who controls an infinitive below `head`: the object of "urge", the subject of "plan".
fn controller(head: Token<'_>, climb: usize) -> Option<Token<'_>> {
    let subject_control =
        matches!(head.lemma(), "promise" | "threaten" | "vow" | "pledge" | "agree" | "offer");
    let object = head.child(Dep::Iobj).or_else(|| head.child(Dep::Obj)).map(antecedent);
    match object {
        Some(object) if !subject_control => Some(object),
        _ => subject_within(head, climb),
    }
}

/// Whose decision, plan or refusal: the possessor of a noun, or the subject of its light verb.
fn holder(noun: Token<'_>, climb: usize) -> Option<Token<'_>> {
    if let Some(owner) = noun.child(Dep::NmodPoss) {
        return Some(antecedent(owner));
    }
    if matches!(noun.dep(), Dep::Obj | Dep::Obl) && is_verbal(noun.head()) {
        return subject_within(noun.head(), climb);
    }
    noun.children()
        .find(|child| child.dep() == Dep::Nmod && matches!(case_of(*child).as_str(), "by" | "of" | "from"))
}

/// Whether a verb is a to-infinitive.
pub fn is_infinitive(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.dep() == Dep::Mark && child.tag() == Xpos::To)
}

/// Whether a token is a relative pronoun.
pub fn is_relative(token: Token<'_>) -> bool {
    matches!(token.tag(), Xpos::Wdt | Xpos::Wp | Xpos::WpPoss)
        || (token.pos() == Upos::Pron && token.lemma() == "that" && in_relative(token).is_some())
}

fn in_relative(token: Token<'_>) -> Option<Token<'_>> {
    std::iter::once(token).chain(token.ancestors()).take(CLIMB).find(|above| above.dep() == Dep::AclRelcl)
}

/// What a relative pronoun stands for; any other token stands for itself.
pub fn antecedent(token: Token<'_>) -> Token<'_> {
    if !is_relative(token) {
        return token;
    }
    in_relative(token).map_or(token, Token::head)
}

/// The words that may stand between a subject and a nominal event: hold talks, pay a visit.
const LIGHT: &[&str] = &[
    "hold",
    "have",
    "make",
    "pay",
    "conduct",
    "take",
    "begin",
    "start",
    "open",
    "resume",
    "finish",
    "conclude",
    "end",
    "continue",
    "host",
    "attend",
    "join",
    "undertake",
    "complete",
    "launch",
    "convene",
    "chair",
    "wrap",
    "give",
    "receive",
    "issue",
    "deliver",
    "express",
    "offer",
    "sign",
    "reach",
    "carry",
    "stage",
    "mount",
    "impose",
    "lift",
    "engage",
    "participate",
    "hail",
    "welcome",
    "enter",
    "arrive",
    "embark",
    "kick",
    "do",
    "exchange",
    "voice",
    "file",
    "announce",
];

/// Whether a verb lends its subject to a noun without adding an act of its own.
pub fn is_light(verb: Token<'_>) -> bool {
    LIGHT.contains(&verb.lemma())
}

fn noun_arguments(noun: Token<'_>) -> Args<'_> {
    let mut args = Args { obliques: obliques(noun), ..Args::default() };
    args.agent = noun.child(Dep::NmodPoss).map(antecedent).or_else(|| args.with(&["by"]));
    args.clauses =
        noun.children_by(&[Dep::Acl, Dep::Ccomp]).filter(|clause| is_infinitive(*clause)).collect();
    for participle in noun.children_by(&[Dep::Acl]).filter(|verb| verb.tag() == Xpos::Vbn && is_light(*verb))
    {
        args.obliques.extend(obliques(participle));
        args.agent = args.agent.or_else(|| by_phrase(participle));
    }
    if noun.dep() == Dep::Nmod && !noun.is_root() && is_portion(noun.head()) {
        args.obliques.extend(obliques(noun.head()).into_iter().filter(|(_, token)| *token != noun));
        args.agent = args.agent.or_else(|| noun.head().child(Dep::NmodPoss).map(antecedent));
    }
    if let Some(verb) = support_verb(noun) {
        let carried = verb_arguments(verb);
        if carried.patient != Some(noun) || !is_passive(verb) {
            args.agent = args.agent.or(carried.agent.filter(|agent| *agent != noun));
        } else {
            args.agent = args.agent.or(carried.agent);
        }
        args.indirect = carried.indirect;
        args.obliques.extend(carried.obliques.into_iter().filter(|(_, token)| *token != noun));
        args.clauses.extend(carried.clauses);
    }
    args
}

/// The verb that a nominal event leans on: "held" in "held talks", "took" in "talks took place".
pub fn support_verb(noun: Token<'_>) -> Option<Token<'_>> {
    let mut top = noun;
    // "a round of talks", "talks and a visit"
    while !top.is_root()
        && (top.dep() == Dep::Conj
            || (top.dep() == Dep::Nmod && is_portion(top.head()) && case_of(top) == "of"))
    {
        top = top.head();
    }
    let verb = top.head();
    let carries = match top.dep() {
        Dep::Obj | Dep::Xcomp => is_light(verb),
        Dep::Nsubj | Dep::NsubjPass => {
            is_light(verb) || matches!(verb.lemma(), "occur" | "happen" | "come" | "follow" | "place")
        }
        Dep::Obl => {
            is_light(verb)
                && matches!(
                    case_of(top).as_str(),
                    "in" | "into" | "on" | "for" | "up" | "off" | "with" | "out"
                )
        }
        Dep::AclRelcl => false,
        _ => false,
    };
    (carries && verb.pos() == Upos::Verb && !top.is_root()).then_some(verb)
}

/// Words that measure out what follows "of".
fn is_portion(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "round"
            | "series"
            | "day"
            | "hour"
            | "set"
            | "number"
            | "couple"
            | "string"
            | "session"
            | "pair"
            | "flurry"
    )
}

/// A phrase's head and the heads coordinated with it, in text order.
pub fn conjuncts(token: Token<'_>) -> Vec<Token<'_>> {
    let mut all = vec![token];
    let mut at = 0;
    while at < all.len() && all.len() < 64 {
        let next = all[at];
        all.extend(next.children().filter(|child| child.dep() == Dep::Conj));
        at += 1;
    }
    all.sort_by_key(|token| token.i());
    all.dedup();
    all
}
