//! Names in the text: what the knowledge lists, what the language model marks, and people whom
//! a title or an office gives away.

use std::ops::Range;

use verbale_knowledge::{Entity, Knowledge, Name, NameKind, fold};
use verbale_nlp::{Dep, Doc, EntLabel, Token, Upos};

use super::words::Words;

/// The longest listed name, in tokens.
const LONGEST: usize = 12;

/// What a name is a name of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameClass {
    /// A person.
    Person,
    /// A state, an adjective of one, or a word that stands for its government.
    State,
    /// An organisation, ministry, party, army, armed group.
    Organisation,
    /// A place that stands for no government.
    Place,
    /// Something else with a name.
    Other,
}

/// One name in the text.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it is a name of.
    pub class: NameClass,
    /// The readings that the knowledge offers.
    pub readings: Vec<Name>,
}

impl Named {
    /// The state this name, adjective or metonym belongs to.
    pub fn state<'k>(&self, knowledge: &'k Knowledge) -> Option<&'k str> {
        self.readings.iter().find_map(|name| match name.entity {
            Entity::State(id) => Some(knowledge.state_by_id(id).code),
            Entity::Authority(id) => Some(knowledge.authority(id).state),
            _ => None,
        })
    }

    /// Whether some reading is of this kind.
    pub fn is(&self, kind: NameKind) -> bool {
        self.readings.iter().any(|name| name.kind == kind)
    }

    /// Whether a reading is an adjective of a state.
    pub fn is_adjective(&self) -> bool {
        self.is(NameKind::Adjective) && !self.is(NameKind::Name)
    }
}

/// All names in text order, without overlaps.
pub fn names(knowledge: &Knowledge, words: &Words, doc: &Doc) -> Vec<Named> {
    let people = people(knowledge, words, doc);
    let mut found: Vec<Named> = Vec::new();
    let mut at = 0;
    while at < doc.len() {
        let person =
            people.get(people.partition_point(|range| range.end <= at)).filter(|range| range.contains(&at));
        let listed = longest(knowledge, doc, at).filter(|named| {
            !is_common_body(knowledge, words, doc, &found, named) && !is_part_of_own(doc, named)
        });
        match (person, listed) {
            // A listed name that reaches beyond the marked one, or lists the same, knows more.
            (Some(range), Some(named)) if named.tokens.end < range.end => {
                at = push(
                    &mut found,
                    Named { tokens: at..range.end, class: NameClass::Person, readings: Vec::new() },
                );
            }
            (_, Some(named)) => at = push(&mut found, named),
            (Some(range), None) => {
                at = push(
                    &mut found,
                    Named { tokens: at..range.end, class: NameClass::Person, readings: Vec::new() },
                );
            }
            (None, None) => at += 1,
        }
    }
    add_entities(words, doc, &mut found);
    found.sort_by_key(|named| named.tokens.start);
    found
}

fn push(found: &mut Vec<Named>, named: Named) -> usize {
    let end = named.tokens.end;
    found.push(named);
    end
}

/// Whether a listed institution is better read word by word: one of no state in particular
/// ("Ministry of Foreign Affairs"), or one that the text gives to a state ("the Australian Senate").
fn is_common_body(knowledge: &Knowledge, words: &Words, doc: &Doc, found: &[Named], named: &Named) -> bool {
    let Some(Entity::Body(id)) = named.readings.first().map(|name| name.entity) else { return false };
    let at = named.tokens.start;
    let readable =
        words.head_at(doc, at).is_some_and(|(len, head)| head.body && at + len >= named.tokens.end);
    let owned = found.last().is_some_and(|before| {
        before.class == NameClass::State
            && (before.tokens.end == at
                || (before.tokens.end + 1 == at && doc.token(at - 1).text().ends_with('s')))
    });
    let of = named.tokens.end < doc.len() && doc.token(named.tokens.end).text() == "of";
    readable && (knowledge.body(id).state.is_none() || owned || of)
}

/// Whether a listed organisation is a part of the name of a state's own: the "Security Council" in "National Security
/// Council".
fn is_part_of_own(doc: &Doc, named: &Named) -> bool {
    let organisation =
        named.readings.first().is_some_and(|name| matches!(name.entity, Entity::Organisation(_)));
    let before = named.tokens.start.checked_sub(1).map_or("", |at| doc.token(at).text());
    organisation && matches!(before, "National" | "Supreme" | "State" | "Federal" | "Royal")
}

/// Organisations, places and other named things that only the language model sees.
fn add_entities(words: &Words, doc: &Doc, found: &mut Vec<Named>) {
    let mut taken = vec![false; doc.len()];
    for named in found.iter() {
        taken[named.tokens.clone()].fill(true);
    }
    for ent in doc.ents() {
        let range = ent.range();
        if range.clone().any(|token| taken[token]) || ent.label() == EntLabel::Person {
            continue;
        }
        // "the Ministry of Foreign Affairs" is read as an institution, word by word.
        if range
            .clone()
            .any(|token| words.head_at(doc, token).is_some_and(|(_, head)| head.body || !head.people))
        {
            continue;
        }
        // "Minister of Health and Social Security": portfolios of an office.
        let before = range.start.checked_sub(1).map_or("", |at| doc.token(at).text());
        if words.is_domain(doc.token(range.start)) && matches!(before, "of" | "for" | "and" | "&" | ",") {
            continue;
        }
        let class = match ent.label() {
            EntLabel::Org => NameClass::Organisation,
            EntLabel::Place => NameClass::Place,
            _ => NameClass::Other,
        };
        taken[range.clone()].fill(true);
        found.push(Named { tokens: range, class, readings: Vec::new() });
    }
}

/// The longest listed name that starts at token `at`.
fn longest(knowledge: &Knowledge, doc: &Doc, at: usize) -> Option<Named> {
    let sentence_end = doc.token(at).sent().range().end;
    let start = doc.token(at).bytes().start;
    let mut best: Option<Named> = None;
    for end in at + 1..=(at + LONGEST).min(sentence_end) {
        if !doc.token(end - 1).text().chars().any(char::is_alphanumeric) {
            continue;
        }
        let text = &doc.text()[start..doc.token(end - 1).bytes().end];
        let folded = fold(text);
        if folded.is_empty() {
            break;
        }
        let readings: Vec<Name> =
            knowledge.lookup(&folded).into_iter().filter(|name| fits(name, doc, at..end)).collect();
        if !readings.is_empty() {
            let class = class_of(&readings);
            // The article belongs to the sentence, not to the name.
            let start =
                if doc.token(at).text().eq_ignore_ascii_case("the") && end > at + 1 { at + 1 } else { at };
            best = Some(Named { tokens: start..end, class, readings });
        }
        if !knowledge.is_prefix(&folded) {
            break;
        }
    }
    best
}

/// Whether the writing fits a listed name: names are capitalised, and short ones like US wholly.
fn fits(name: &Name, doc: &Doc, range: Range<usize>) -> bool {
    let first = doc.token(range.start);
    let text = first.text();
    let capital = text.chars().next().is_some_and(char::is_uppercase);
    if !capital && doc.span(range.clone()).all(|token| !token.text().chars().any(char::is_uppercase)) {
        return false;
    }
    let single = range.len() == 1;
    if single && name.kind == NameKind::Acronym {
        return text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    }
    if single && name.cased && text.len() <= 4 && fold(text).len() <= 3 {
        return text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    }
    // "May", "Will", "Mark": a one-word person's name must look like a name to the model.
    if single && matches!(name.entity, Entity::Person(_)) {
        return first.pos() == Upos::Propn;
    }
    true
}

fn class_of(readings: &[Name]) -> NameClass {
    match readings.first().map(|name| name.entity) {
        Some(Entity::Person(_)) => NameClass::Person,
        Some(Entity::Organisation(_) | Entity::Body(_)) => NameClass::Organisation,
        Some(Entity::State(_) | Entity::Authority(_)) => NameClass::State,
        None => NameClass::Other,
    }
}

/// Stretches that name a person: marked by the model, or proper nouns right after an honorific or
/// an office, or before an office in brackets.
fn people(knowledge: &Knowledge, words: &Words, doc: &Doc) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for ent in doc.ents().filter(|ent| ent.label() == EntLabel::Person) {
        let mut range = ent.range();
        // Titles that the model drew into the name belong to the office.
        while range.len() > 1
            && words.is_title(doc, range.start)
            && !words.is_name_like(doc.token(range.start))
            && doc.token(range.start + 1).text() != "-"
        {
            range.start += 1;
        }
        // "Finance Committee" is nobody's name.
        if words.head_at(doc, range.end - 1).is_some_and(|(_, head)| head.body) {
            continue;
        }
        // "President of Peru Ana Quispe": the model draws the state into the name.
        range.end = with_syllables(doc, &range);
        let inner = (range.start + 1..range.end).find(|at| ends_office_of_state(knowledge, words, doc, *at));
        range.start = inner.unwrap_or(range.start);
        if doc.token(range.start).text().chars().any(char::is_alphabetic) && !range.is_empty() {
            found.push(range);
        }
    }
    for token in doc.tokens() {
        let covered = |at: usize| found.iter().rev().any(|range| range.contains(&at));
        if covered(token.i()) || !is_name_word(token) {
            continue;
        }
        let run = name_run(doc, token.i());
        let before = token.i().checked_sub(1).filter(|at| words.ends_title(doc, *at) && !covered(*at));
        let bracket = run.len() >= 2
            && doc.token(run.end.min(doc.len() - 1)).text() == "("
            && words.office_within(doc, run.end + 1..doc.token(run.start).sent().range().end);
        let behind = ends_office_of_state(knowledge, words, doc, token.i());
        let starts =
            behind || token.prev().is_none_or(|prev| !is_name_word(prev) || words.ends_title(doc, prev.i()));
        if starts
            && (before.is_some() || bracket || (behind && run.len() >= 2))
            && !run.clone().any(covered)
            && (!words.is_title(doc, run.start) || words.is_name_like(doc.token(run.start)))
        {
            found.push(run);
        }
    }
    found.sort_by_key(|range| range.start);
    found
}

/// Where a name ends whose later syllables are English words to the tagger: "Dae-will Song", "Kwon Min-soon".
fn with_syllables(doc: &Doc, range: &Range<usize>) -> usize {
    let limit = doc.token(range.start).sent().range().end;
    let touches = |at: usize| at < limit && doc.token(at - 1).bytes().end == doc.token(at).bytes().start;
    let hyphen = |at: usize| touches(at) && doc.token(at).text() == "-";
    let mut end = if range.len() > 1 && hyphen(range.end - 1) { range.end - 1 } else { range.end };
    let first = end;
    while hyphen(end) && touches(end + 1) && doc.token(end + 1).text().chars().all(char::is_alphabetic) {
        end += 2;
    }
    // "Dae-will Song": the family name comes last.
    if end > first && first == range.start + 1 && end < limit && is_name_word(doc.token(end)) {
        end += 1;
    }
    end.max(range.end)
}

/// Whether "OFFICE of STATE" ends right before `at`: "Prime Minister of Japan", "ambassador of Peru".
fn ends_office_of_state(knowledge: &Knowledge, words: &Words, doc: &Doc, at: usize) -> bool {
    let start = doc.token(at).sent().range().start;
    (1..=4).take_while(|len| at >= start + len + 2).any(|len| {
        let name = at - len..at;
        let of = doc.span(start..name.start).rev().find(|token| !token.text().eq_ignore_ascii_case("the"));
        of.is_some_and(|of| {
            of.text().eq_ignore_ascii_case("of") && of.i() > start && words.ends_title(doc, of.i() - 1)
        }) && knowledge
            .lookup(&fold(doc.slice(name)))
            .iter()
            .any(|known| matches!(known.entity, Entity::State(_)))
    })
}

/// A word that can be part of a person's name.
fn is_name_word(token: Token<'_>) -> bool {
    token.pos() == Upos::Propn
        && token.text().chars().next().is_some_and(char::is_alphabetic)
        && token.text().chars().any(char::is_uppercase)
}

/// Proper nouns in a row, joined by hyphens or particles, from `start`.
fn name_run(doc: &Doc, start: usize) -> Range<usize> {
    let limit = doc.token(start).sent().range().end;
    let mut end = start + 1;
    while end < limit {
        let token = doc.token(end);
        let joined = is_name_word(token) && !(token.dep() == Dep::Conj || token.dep() == Dep::Appos);
        let bridge = matches!(
            token.text().to_lowercase().as_str(),
            "-" | "al" | "bin" | "ibn" | "de" | "da" | "van" | "von" | "el" | "der" | "dos"
        ) && end + 1 < limit
            && (is_name_word(doc.token(end + 1))
                || (token.text() == "-" && doc.token(end + 1).pos() == Upos::Propn));
        let after_hyphen = token.pos() == Upos::Propn && end > start && doc.token(end - 1).text() == "-";
        if !joined && !bridge && !after_hyphen {
            break;
        }
        end += 1;
    }
    start..end
}
