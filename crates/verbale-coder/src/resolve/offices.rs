//! Office and institution phrases, read from their words: offices never seen before included.
//!
//! A phrase has a head from the office lexicon ("envoy", "ministry"), what stands before it (sides,
//! "former", "deputy", portfolios, an owner with "'s") and what follows ("of X", "for X", "to X", "at X").

use std::ops::Range;

use verbale_knowledge::{Entity, Knowledge, NameKind};
use verbale_model::ontology::Sector;
use verbale_nlp::{Dep, Doc, Token, Upos, Xpos};

use super::names::{NameClass, Named};
use super::words::{Modifier, Words};

/// One office or institution phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Office {
    /// The whole phrase, without article.
    pub tokens: Range<usize>,
    /// The last token of its head.
    pub head: usize,
    /// Tokens in its head.
    pub head_len: usize,
    /// What sort: `minister`, `ambassador`, `ministry`, …
    pub kind: String,
    /// 1 to 5; `None` for institutions.
    pub level: Option<u8>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// Title in the text's words, lower case, without sides and "former": "special envoy for Afghan peace".
    pub title: String,
    /// Sides that the phrase itself names, in order.
    pub states: Vec<String>,
    /// The token of a possessor who holds an office: "the Russian president" in "…'s special envoy".
    pub owner: Option<usize>,
    /// The organisation the office belongs to, or the institution's own name.
    pub organisation: Option<String>,
    /// A listed body or organisation that the phrase names.
    pub entity: Option<Entity>,
    /// Where the office is posted: "to Russia".
    pub posting: Option<String>,
    /// Speaks for the side it names.
    pub serves: bool,
    /// Held in the past.
    pub former: bool,
    /// Not yet held.
    pub designate: bool,
    /// An institution, not a person.
    pub body: bool,
    /// People without a name or an office of their own: protesters, analysts, troops.
    pub people: bool,
    /// Plural head: "officials", "foreign ministers".
    pub plural: bool,
    /// Has a definite article, a possessor or a side.
    pub definite: bool,
}

impl Office {
    /// "Peruvian Senate President": the institution right before an office is the one that it is of.
    fn belongs_to(&mut self, body: &Self) {
        if !body.body || self.body || self.people || !self.states.is_empty() {
            return;
        }
        self.tokens.start = body.tokens.start;
        self.title = format!("{} {}", body.title, self.title);
        self.states.clone_from(&body.states);
        self.organisation.clone_from(&body.organisation);
        self.entity = body.entity;
        self.definite |= body.definite;
    }
}

/// All office and institution phrases in text order, without overlaps.
pub fn offices(knowledge: &Knowledge, words: &Words, doc: &Doc, names: &[Named]) -> Vec<Office> {
    let reader = Reader { knowledge, words, doc, names };
    let mut found: Vec<Office> = Vec::new();
    let mut at = 0;
    while at < doc.len() {
        let start = found.last().map_or(0, |office: &Office| office.tokens.end);
        match reader.office(at, start) {
            Some(mut office) => {
                at = office.tokens.end.max(at + 1);
                if let Some(body) = found.last().filter(|last| last.tokens.end == office.tokens.start) {
                    office.belongs_to(body);
                }
                // "the Russian president's special envoy": the owner's phrase grows into the whole.
                while found.last().is_some_and(|last| last.tokens.start >= office.tokens.start) {
                    found.pop();
                }
                found.push(office);
            }
            None => at += 1,
        }
    }
    found
}

/// How many tokens before its head an office phrase may begin.
const REACH: usize = 24;

/// Longest office phrase, in tokens.
pub(super) const LONGEST: usize = 40;

/// Reads office phrases off a text whose names are known.
pub(super) struct Reader<'r> {
    pub(super) knowledge: &'r Knowledge,
    pub(super) words: &'r Words,
    pub(super) doc: &'r Doc,
    pub(super) names: &'r [Named],
}

/// What stands before a head.
#[derive(Default)]
struct Before {
    start: usize,
    title: Vec<usize>,
    states: Vec<String>,
    owner: Option<usize>,
    organisation: Option<String>,
    entity: Option<Entity>,
    former: bool,
    designate: bool,
    deputy: bool,
    definite: bool,
    /// It begins with a possessor: "Kenya's".
    possessed: bool,
}

impl Reader<'_> {
    /// The name that covers a token.
    pub(super) fn name_at(&self, token: usize) -> Option<&Named> {
        let at = self.names.partition_point(|named| named.tokens.end <= token);
        self.names.get(at).filter(|named| named.tokens.contains(&token))
    }

    /// The phrase whose head starts at `at`; what lies before `limit` belongs to another phrase.
    pub(super) fn office(&self, at: usize, limit: usize) -> Option<Office> {
        if self.name_at(at).is_some() {
            return None;
        }
        // "Amir Khan Muttaqi" is a name, "the Amir of Kuwait" an office; of "president of the Republic of
        // Ecuador" the name is "Republic of Ecuador".
        let sentence = self.doc.token(at).sent().range();
        let name = self.names.partition_point(|named| named.tokens.end <= at);
        let end = self.names.get(name).map_or(sentence.end, |named| named.tokens.start.min(sentence.end));
        let (len, head) = self.words.head_before(self.doc, at, end)?;
        let last = at + len - 1;
        if !is_nominal_head(self.doc.token(last)) {
            return None;
        }
        let limit = limit.max(self.doc.token(at).sent().range().start);
        let owner_limit = self.doc.token(at).sent().range().start;
        let mut before = self.before(at, limit, owner_limit);
        let plural = self.doc.token(last).tag() == Xpos::Nns || head.plural;
        if plural && before.possessed {
            self.other_possessors(owner_limit, &mut before);
        }
        let mut title: Vec<String> =
            before.title.iter().map(|i| self.doc.token(*i).text().to_lowercase()).collect();
        title.extend(self.words.head_words(self.doc, at..at + len));
        let mut office = Office {
            tokens: before.start..at + len,
            head: last,
            head_len: len,
            kind: head.kind.clone(),
            level: if head.body {
                None
            } else {
                Some(if before.deputy { head.deputy_level } else { head.level })
            },
            sector: head.sector,
            title: String::new(),
            states: before.states,
            owner: before.owner,
            organisation: before.organisation,
            entity: before.entity,
            posting: None,
            serves: head.serves,
            former: before.former,
            designate: before.designate,
            body: head.body,
            people: head.people,
            plural,
            definite: before.definite,
        };
        self.after(&mut office, &mut title);
        office.title = self.words.canonical(&tidy(&title));
        if office.organisation.is_none() && !office.body {
            let side = office.states.first().map(String::as_str);
            office.organisation = self.words.organisation_of(&office.title, &office.kind, side);
        }
        if office.body {
            office.organisation = Some(self.words.body_name(&office.title));
        }
        Some(office)
    }

    /// Walks left from the head over modifiers, portfolios, sides and a possessor.
    fn before(&self, head: usize, limit: usize, owner_limit: usize) -> Before {
        let mut found = Before { start: head, ..Before::default() };
        let mut at = head;
        let limit = limit.max(head.saturating_sub(REACH));
        while at > limit {
            let token = self.doc.token(at - 1);
            if let Some(named) = self.name_at(at - 1) {
                if named.class == NameClass::Person || !self.take_name(named, &mut found) {
                    break;
                }
                at = named.tokens.start;
                found.start = at;
                continue;
            }
            let text = token.text();
            if matches!(text, "'s" | "’s" | "'" | "’") && token.tag() == Xpos::Pos {
                if self.possessor(at - 1, owner_limit, &mut found) {
                    found.definite = true;
                    found.possessed = true;
                }
                break;
            }
            if text == "-" || text == "/" {
                at -= 1;
                continue;
            }
            if self.joins_portfolios(at - 1, head, &found) {
                found.title.insert(0, at - 1);
                at -= 1;
                continue;
            }
            if text == "and"
                && found.states.len() == 1
                && at >= 2
                && self.name_at(at - 2).is_some_and(Named::is_adjective)
            {
                at -= 1;
                continue;
            }
            match self.words.modifier(token) {
                Some(Modifier::Former) => found.former = true,
                Some(Modifier::Designate) => found.designate = true,
                Some(Modifier::Deputy) => {
                    found.deputy = true;
                    found.title.insert(0, at - 1);
                }
                Some(Modifier::Acting | Modifier::Other) => {}
                Some(Modifier::Title) => found.title.insert(0, at - 1),
                None if self.words.is_domain(token) || is_premodifier(token, head) => {
                    found.title.insert(0, at - 1);
                }
                None => {
                    found.definite |= matches!(text.to_lowercase().as_str(), "the" | "this" | "that");
                    break;
                }
            }
            at -= 1;
            found.start = at;
        }
        found
    }

    /// "Foreign Affairs and Trade Minister", "Economy, Trade and Industry Minister": a mark between two portfolios
    /// of one office, and not between an office and what stands before it.
    fn joins_portfolios(&self, mark: usize, head: usize, found: &Before) -> bool {
        let and = |at: usize| matches!(self.doc.token(at).text().to_lowercase().as_str(), "and" | "&");
        let comma = self.doc.token(mark).text() == "," && found.title.iter().any(|at| and(*at));
        let Some(before) = mark.checked_sub(1).filter(|_| comma || and(mark)) else { return false };
        let (left, right) = (self.doc.token(before), self.doc.token(mark + 1));
        let portfolio = |token: Token<'_>| self.name_at(token.i()).is_none() && self.words.is_domain(token);
        let capital = |token: Token<'_>| token.text().starts_with(char::is_uppercase);
        let within = left.head().i() > before && left.head().i() <= head;
        found.title.first() == Some(&(mark + 1))
            && portfolio(left)
            && portfolio(right)
            && capital(left) == capital(right)
            && (capital(left) || within)
    }

    /// A name before the head: a side, or the organisation. False when it is neither.
    fn take_name(&self, named: &Named, found: &mut Before) -> bool {
        if let Some(state) = named.state(self.knowledge) {
            found.states.insert(0, state.to_owned());
            found.definite = true;
            return true;
        }
        match named.readings.first().map(|name| name.entity) {
            Some(entity @ Entity::Body(id)) => {
                let body = self.knowledge.body(id);
                found.organisation = Some(body.name.to_owned());
                found.entity = Some(entity);
                found.states.extend(body.state.map(str::to_owned));
            }
            Some(entity @ Entity::Organisation(id)) => {
                let organisation = self.knowledge.organisation(id);
                found.organisation = Some(organisation.name.to_owned());
                found.entity = Some(entity);
            }
            _ if named.class == NameClass::Organisation => {
                found.organisation = Some(self.doc.slice(named.tokens.clone()).to_owned());
            }
            _ => return named.class == NameClass::Place,
        }
        found.definite = true;
        true
    }

    /// "X's" before the head: a side, an organisation, or somebody in office.
    fn possessor(&self, mark: usize, limit: usize, found: &mut Before) -> bool {
        let Some(last) = mark.checked_sub(1).filter(|last| *last >= limit) else { return false };
        if let Some(named) = self.name_at(last) {
            if named.class == NameClass::Person {
                return false;
            }
            if self.take_name(named, found) {
                found.start = named.tokens.start;
                return true;
            }
            return false;
        }
        // "the Russian president's", "the ministry's": a phrase of its own, read from its head.
        for start in (limit..=last).rev().take(4) {
            let Some((len, head)) = self.words.head_at(self.doc, start) else { continue };
            if start + len != last + 1 {
                continue;
            }
            let owner = self.before(start, limit, limit);
            found.states.extend(owner.states);
            found.entity = owner.entity;
            found.start = owner.start;
            if head.body {
                let mut title: Vec<String> =
                    owner.title.iter().map(|i| self.doc.token(*i).text().to_lowercase()).collect();
                title.extend(self.words.head_words(self.doc, start..start + len));
                found.organisation = Some(self.words.body_name(&tidy(&title)));
            } else {
                found.owner = Some(last);
                found.organisation = owner.organisation;
            }
            return true;
        }
        false
    }

    /// "Norway's and Kenya's ministers", "Norway, Sweden and Kenya's ministers": the sides before the last one, of several
    /// who hold the office.
    fn other_possessors(&self, limit: usize, found: &mut Before) {
        let text = |at: usize| self.doc.token(at).text();
        let (mut start, mut joined) = (found.start, false);
        while start >= limit + 2
            && (text(start - 1).eq_ignore_ascii_case("and") || joined && text(start - 1) == ",")
        {
            joined = true;
            let mut last = start - 2;
            if text(last) == "," || matches!(text(last), "'s" | "’s") {
                let Some(before) = last.checked_sub(1) else { break };
                last = before;
            }
            let Some(named) = self.name_at(last).filter(|named| !named.is_adjective()) else { break };
            let Some(state) = named.state(self.knowledge) else { break };
            found.states.insert(0, state.to_owned());
            start = named.tokens.start;
        }
        found.start = start;
    }
}

/// Whether a head word stands as a noun: "minister", not "to police the border".
fn is_nominal_head(token: Token<'_>) -> bool {
    matches!(token.pos(), Upos::Noun | Upos::Propn) || (token.pos() == Upos::Adj && token.dep() != Dep::Amod)
}

/// A noun or adjective that the tree hangs before the head: "health" in "health minister".
fn is_premodifier(token: Token<'_>, head: usize) -> bool {
    let close = token.head().i() >= token.i() && token.head().i() <= head + 4;
    close
        && matches!(token.dep(), Dep::Compound | Dep::Amod)
        && matches!(token.pos(), Upos::Noun | Upos::Propn | Upos::Adj)
        && token.tag() != Xpos::Jjs
}

/// Joins words, closing up hyphens.
fn tidy(words: &[String]) -> String {
    words.join(" ").replace(" - ", "-").replace(" ,", ",")
}

/// Whether a name is a capital or metonym that stands for a government.
pub fn stands_for_government(named: &Named) -> bool {
    named.is(NameKind::Capital) || named.is(NameKind::Metonym)
}
