//! Draft mentions: names with their offices, offices without names, states, institutions,
//! pronouns and phrases such as "the two sides", before anybody knows who is who.

use std::ops::Range;

use verbale_knowledge::{Entity, Knowledge, Name, NameKind};
use verbale_nlp::{Dep, Doc, Token, Upos, Xpos};

use super::ActorKind;
use super::back::{Back, both, pronoun};
use super::names::{NameClass, Named};
use super::offices::Office;
use super::words::Words;

/// A mention whose actor is not known yet.
#[derive(Debug, Clone)]
pub struct Draft {
    /// Title, name and modifiers.
    pub tokens: Range<usize>,
    /// With apposition.
    pub phrase: Range<usize>,
    /// The name alone.
    pub name: Option<Range<usize>>,
    /// The token that the tree hangs the mention by.
    pub head: usize,
    /// What it is.
    pub kind: ActorKind,
    /// Offices that the phrase gives, the nearest first.
    pub offices: Vec<Office>,
    /// What the knowledge says the name may be.
    pub readings: Vec<Name>,
    /// Sides that the phrase names.
    pub states: Vec<String>,
    /// How it points back, if it does.
    pub back: Option<Back>,
    /// An adjective ("Russian"), which names a side and nobody.
    pub adjectival: bool,
    /// A plural.
    pub plural: bool,
}

/// All draft mentions in text order, without overlaps.
pub fn mentions(
    knowledge: &Knowledge,
    words: &Words,
    doc: &Doc,
    names: &[Named],
    offices: Vec<Office>,
) -> Vec<Draft> {
    let mut builder = Builder { knowledge, words, doc, names, offices, used: Vec::new(), drafts: Vec::new() };
    builder.used = vec![false; builder.offices.len()];
    builder.shared_offices();
    for named in names {
        match named.class {
            NameClass::Person => builder.person(named),
            NameClass::State | NameClass::Organisation => {}
            NameClass::Place | NameClass::Other => {}
        }
    }
    builder.nameless();
    for named in names {
        if matches!(named.class, NameClass::State | NameClass::Organisation) {
            builder.thing(named);
        }
    }
    builder.pointing_back();
    let mut drafts = builder.drafts;
    drafts.sort_by_key(|draft| (draft.tokens.start, usize::MAX - draft.tokens.end));
    drafts
}

struct Builder<'b> {
    knowledge: &'b Knowledge,
    words: &'b Words,
    doc: &'b Doc,
    names: &'b [Named],
    offices: Vec<Office>,
    used: Vec<bool>,
    drafts: Vec<Draft>,
}

impl Builder<'_> {
    fn covered(&self, range: &Range<usize>) -> bool {
        self.drafts.iter().any(|draft| draft.tokens.start < range.end && range.start < draft.tokens.end)
    }

    fn push(&mut self, draft: Draft) {
        if !self.covered(&draft.tokens) {
            self.drafts.push(draft);
        }
    }

    /// One plural office for several names: "the ministers of A and B, X and Y", "Presidents X of A and Y
    /// of B". Every name gets the office in the singular, and its side where the phrase gives one for each.
    fn shared_offices(&mut self) {
        for at in 0..self.offices.len() {
            let office = self.offices[at].clone();
            if !office.plural || office.body || office.people {
                continue;
            }
            let comma = office.tokens.end < self.doc.len() && self.doc.token(office.tokens.end).text() == ",";
            let list = self.name_list(office.tokens.end + usize::from(comma));
            let sides = &office.states;
            let each = sides.len() == list.len() && comma;
            let whole = !comma && list.len() >= 2 && sides.len() <= 1;
            if list.len() < 2 || !(each || whole) {
                continue;
            }
            self.used[at] = true;
            for (n, (name, own)) in list.into_iter().enumerate() {
                let mut single = office.clone();
                single.plural = false;
                single.states = if each {
                    vec![sides[n].clone()]
                } else {
                    own.clone().or_else(|| sides.first().cloned()).into_iter().collect()
                };
                let states = single.states.clone();
                let readings =
                    self.names.iter().find(|named| named.tokens == name).map(|named| named.readings.clone());
                self.push(Draft {
                    // The office stands for the first of them in the tree.
                    phrase: if n == 0 { office.tokens.start..name.end } else { name.clone() },
                    head: root_of(self.doc, &name),
                    tokens: name.clone(),
                    name: Some(name),
                    kind: ActorKind::Person,
                    offices: vec![single],
                    readings: readings.unwrap_or_default(),
                    states,
                    back: None,
                    adjectival: false,
                    plural: false,
                });
            }
        }
    }

    /// Names in a row from `start`, joined by commas and "and", each perhaps with "of STATE".
    fn name_list(&self, start: usize) -> Vec<(Range<usize>, Option<String>)> {
        let mut found = Vec::new();
        let mut at = start;
        while let Some(named) =
            self.names.iter().find(|named| named.class == NameClass::Person && named.tokens.start == at)
        {
            let after = self.side_after(named.tokens.end);
            at = after.as_ref().map_or(named.tokens.end, |(end, _)| *end);
            found.push((named.tokens.clone(), after.map(|(_, state)| state)));
            while at < self.doc.len()
                && matches!(self.doc.token(at).text().to_lowercase().as_str(), "," | "and" | "&")
            {
                at += 1;
            }
        }
        found
    }

    /// A person's name with the offices around it.
    fn person(&mut self, named: &Named) {
        let name = named.tokens.clone();
        if self.covered(&name) {
            return;
        }
        let mut tokens = name.clone();
        let mut phrase = name.clone();
        let mut offices = Vec::new();
        tokens.start = self.honorifics(name.start);
        if let Some(at) = self.office_before(tokens.start) {
            tokens.start = self.offices[at].tokens.start;
            phrase.start = tokens.start;
            offices.push(at);
        } else if let Some(at) = self.apposition_before(tokens.start) {
            phrase.start = self.offices[at].tokens.start;
            offices.push(at);
        }
        // "the UN special envoy for Yemen, the Irish diplomat Fergal Keane": both offices are his.
        if let Some(at) =
            self.apposition_before(self.article_before(tokens.start)).filter(|at| !offices.contains(at))
        {
            phrase.start = self.offices[at].tokens.start;
            offices.insert(0, at);
        }
        let (end, after) = self.offices_after(name.end);
        phrase.end = end;
        offices.extend(after);
        phrase.start = phrase.start.min(tokens.start);
        for at in &offices {
            self.used[*at] = true;
        }
        let offices: Vec<Office> = offices.into_iter().map(|at| self.offices[at].clone()).collect();
        // "Russia's Lavrov", "China's Wang Yi": a side without an office.
        let mut states: Vec<String> = offices.iter().flat_map(|office| office.states.clone()).collect();
        if let Some((end, state)) = self.side_after(name.end) {
            if states.is_empty() {
                states.push(state);
            }
            phrase.end = phrase.end.max(end);
        }
        if let Some((start, state)) = self.side_before(tokens.start) {
            if states.is_empty() {
                states.push(state);
            }
            phrase.start = phrase.start.min(start);
        }
        let head = root_of(self.doc, &tokens);
        self.push(Draft {
            phrase: phrase.start..phrase.end.max(tokens.end),
            tokens,
            name: Some(name),
            head,
            kind: ActorKind::Person,
            offices,
            readings: named.readings.clone(),
            states,
            back: None,
            adjectival: false,
            plural: false,
        });
    }

    /// Where the honorifics before a name begin.
    fn honorifics(&self, mut start: usize) -> usize {
        let limit = self.doc.token(start).sent().range().start;
        while start > limit && self.words.is_honorific(self.doc.token(start - 1)) && !self.office_ends(start)
        {
            start -= 1;
        }
        start
    }

    fn office_ends(&self, end: usize) -> bool {
        self.offices.iter().any(|office| office.tokens.end == end)
    }

    /// The office whose last word stands right before `start`.
    fn office_before(&self, start: usize) -> Option<usize> {
        self.offices.iter().position(|office| {
            office.tokens.end == start && !office.body && !(office.people && office.plural)
        })
    }

    /// "The president's envoy for X, NAME": an office, a comma, and the name.
    fn apposition_before(&self, start: usize) -> Option<usize> {
        if start < 2 || self.doc.token(start - 1).text() != "," {
            return None;
        }
        let at = self
            .offices
            .iter()
            .position(|office| office.tokens.end == start - 1 && !office.body && !office.plural)?;
        let office = &self.offices[at];
        let same_phrase = self.doc.token(start).ancestors().take(4).any(|up| office.tokens.contains(&up.i()));
        let listed = self
            .doc
            .span(office.tokens.end..start + 1)
            .any(|token| token.dep() == Dep::Conj || token.dep() == Dep::Cc);
        (office.definite && !listed && (same_phrase || !office.states.is_empty())).then_some(at)
    }

    /// Where an article before `start` begins, if there is one.
    fn article_before(&self, start: usize) -> usize {
        let article =
            start.checked_sub(1).filter(|at| self.doc.token(*at).text().eq_ignore_ascii_case("the"));
        article.unwrap_or(start)
    }

    /// Offices in brackets or after a comma behind the name, and where the phrase ends.
    fn offices_after(&self, mut end: usize) -> (usize, Vec<usize>) {
        let mut found = Vec::new();
        let limit = self.doc.token(end.saturating_sub(1)).sent().range().end;
        while end + 1 < limit {
            let mark = self.doc.token(end).text();
            if !matches!(mark, "," | "(" | "-" | "–" | "—" | "[") {
                break;
            }
            let start = (end + 1..limit.min(end + 4)).find(|at| {
                !matches!(
                    self.doc.token(*at).text().to_lowercase().as_str(),
                    "the"
                        | "a"
                        | "an"
                        | "its"
                        | "who"
                        | "is"
                        | "was"
                        | "currently"
                        | "then"
                        | "now"
                        | "also"
                        | "his"
                        | "her"
                        | "their"
                )
            });
            let Some(at) =
                start.and_then(|start| self.offices.iter().position(|office| office.tokens.start == start))
            else {
                break;
            };
            let office = &self.offices[at];
            let before_name = self
                .names
                .iter()
                .any(|n| n.class == NameClass::Person && n.tokens.start == office.tokens.end);
            if office.body || (office.people && office.plural) || before_name || self.used[at] {
                break;
            }
            // A list "NAME, the minister and ..." is no apposition unless brackets say so.
            if mark == ","
                && self.doc.token(office.head).dep() == Dep::Conj
                && found.is_empty()
                && !self.closes(office.tokens.end, limit)
            {
                break;
            }
            found.push(at);
            end = office.tokens.end;
            if end < limit && matches!(self.doc.token(end).text(), ")" | "]") {
                end += 1;
                break;
            }
            // "minister of X and deputy prime minister"
            if end + 1 < limit
                && self.doc.token(end).text() == "and"
                && let Some(next) =
                    self.offices.iter().position(|o| o.tokens.start == end + 1 && !o.body && !o.plural)
            {
                let named = self
                    .names
                    .iter()
                    .any(|n| n.class == NameClass::Person && n.tokens.start == self.offices[next].tokens.end);
                if !named && mark != "," {
                    found.push(next);
                    end = self.offices[next].tokens.end;
                }
            }
        }
        (end, found)
    }

    /// Whether an apposition is closed by a comma, a bracket, a stop or a verb.
    fn closes(&self, at: usize, limit: usize) -> bool {
        at >= limit
            || matches!(self.doc.token(at).text(), "," | ")" | "." | ";" | "]" | ":")
            || self.doc.token(at).pos() == Upos::Verb
    }

    /// "Ana Lopes of Portugal": a side behind the name.
    fn side_after(&self, end: usize) -> Option<(usize, String)> {
        if end + 1 >= self.doc.len() || !self.doc.token(end).text().eq_ignore_ascii_case("of") {
            return None;
        }
        let named =
            self.names.iter().find(|named| named.tokens.start == end + 1 || named.tokens.start == end + 2)?;
        let article =
            named.tokens.start == end + 1 || self.doc.token(end + 1).text().eq_ignore_ascii_case("the");
        let state = named.state(self.knowledge).filter(|_| article && !named.is_adjective())?;
        Some((named.tokens.end, state.to_owned()))
    }

    /// "Russia's" or "Russian" right before a name without an office.
    fn side_before(&self, start: usize) -> Option<(usize, String)> {
        let mut at = start.checked_sub(1)?;
        if matches!(self.doc.token(at).text(), "'s" | "’s") {
            at = at.checked_sub(1)?;
        }
        let named = self.names.iter().find(|named| named.tokens.end == at + 1)?;
        let state = named.state(self.knowledge)?;
        (at + 1 < start || named.is_adjective()).then(|| (named.tokens.start, state.to_owned()))
    }

    /// Offices and institutions that stand without a name.
    fn nameless(&mut self) {
        for at in 0..self.offices.len() {
            if self.used[at] {
                continue;
            }
            let office = self.offices[at].clone();
            let kind = if office.body {
                ActorKind::Body
            } else if office.people || (office.plural && office.states.len() < 2) {
                ActorKind::Group
            } else {
                ActorKind::Role
            };
            let counterpart = office.kind == "counterpart";
            let owner =
                office.tokens.start.checked_sub(1).filter(|at| self.doc.token(*at).tag() == Xpos::PrpPoss);
            // "According to her office" is her word: the pronoun is the mention.
            if office.body && owner.is_some() && office.title == "office" {
                continue;
            }
            self.push(Draft {
                tokens: office.tokens.clone(),
                phrase: office.tokens.clone(),
                name: None,
                head: office.head,
                kind,
                states: office.states.clone(),
                plural: office.plural,
                back: counterpart.then_some(Back::Counterpart(owner)),
                offices: vec![office],
                readings: Vec::new(),
                adjectival: false,
            });
        }
    }

    /// States, organisations, bodies, and adjectives of states.
    fn thing(&mut self, named: &Named) {
        let tokens = named.tokens.clone();
        let first = named.readings.first().map(|name| name.entity);
        let head_token = self.doc.token(root_of(self.doc, &tokens));
        let people = named.is(NameKind::Demonym) && head_token.tag() == Xpos::Nns;
        let modifies = matches!(head_token.dep(), Dep::Amod | Dep::Compound | Dep::NmodDesc)
            || head_token.pos() == Upos::Adj;
        let adjectival = !people && named.class == NameClass::State && named.is_adjective() && modifies;
        let kind = match first {
            Some(Entity::State(_) | Entity::Authority(_)) if people => ActorKind::Group,
            Some(Entity::State(_) | Entity::Authority(_)) => ActorKind::State,
            Some(Entity::Organisation(_)) => ActorKind::Organisation,
            _ => ActorKind::Body,
        };
        let states = named.state(self.knowledge).map(str::to_owned).into_iter().collect();
        self.push(Draft {
            phrase: tokens.clone(),
            head: head_token.i(),
            name: Some(tokens.clone()),
            tokens,
            kind,
            offices: Vec::new(),
            readings: named.readings.clone(),
            states,
            back: None,
            adjectival,
            plural: people,
        });
    }

    /// Pronouns, and groups such as "the two sides".
    fn pointing_back(&mut self) {
        for token in self.doc.tokens() {
            let Some((range, back)) = pronoun(token).or_else(|| both(token)) else { continue };
            let plural = back == Back::Several;
            self.push(Draft {
                phrase: range.clone(),
                tokens: range,
                name: None,
                head: token.i(),
                kind: if plural { ActorKind::Group } else { ActorKind::Person },
                offices: Vec::new(),
                readings: Vec::new(),
                states: Vec::new(),
                back: Some(back),
                adjectival: false,
                plural,
            });
        }
    }
}

/// The token of a range whose head lies outside it.
pub fn root_of(doc: &Doc, range: &Range<usize>) -> usize {
    doc.span(range.clone())
        .find(|token| token.is_root() || !range.contains(&token.head().i()))
        .map_or(range.start, Token::i)
}
