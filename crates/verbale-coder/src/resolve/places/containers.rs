//! What the text itself says a place lies in: "Paris, Texas", "Aleppo in Syria", "Syria's Aleppo", "the Georgian
//! city of Gori", "Minsk, the Belarusian capital".

use verbale_knowledge::{Entity, Knowledge, NameKind, Place, PlaceKind, fold};
use verbale_nlp::{Doc, Upos};

use super::toponyms::{Sort, Toponym};

/// Words for a place that stand beside its name.
const NOUNS: &[&str] = &[
    "city",
    "town",
    "village",
    "capital",
    "port",
    "province",
    "region",
    "district",
    "island",
    "resort",
    "suburb",
    "area",
    "governorate",
    "enclave",
    "settlement",
    "municipality",
    "county",
    "state",
    "neighborhood",
    "neighbourhood",
    "oblast",
    "stronghold",
    "hub",
    "airport",
];

/// Something a place lies in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Container<'k> {
    /// Another toponym, as an index.
    Toponym(usize),
    /// A country, by its adjective.
    Country(&'k str),
}

/// What the text says of one toponym.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Said<'k> {
    /// What it lies in.
    pub within: Vec<Container<'k>>,
    /// It is called a capital.
    pub capital: bool,
    /// The phrase admits no other reading: "Paris, Texas,".
    pub strict: bool,
}

/// What the text says of every toponym.
pub(super) fn containers<'k>(knowledge: &'k Knowledge, doc: &Doc, toponyms: &[Toponym<'k>]) -> Vec<Said<'k>> {
    (0..toponyms.len()).map(|at| Reader { knowledge, doc, toponyms, at }.said()).collect()
}

struct Reader<'r, 'k> {
    knowledge: &'k Knowledge,
    doc: &'r Doc,
    toponyms: &'r [Toponym<'k>],
    at: usize,
}

impl<'k> Reader<'_, 'k> {
    fn said(&self) -> Said<'k> {
        let mut said = Said { within: Vec::new(), capital: false, strict: false };
        self.behind(&mut said);
        self.before(&mut said);
        said
    }

    fn word(&self, at: usize) -> Option<String> {
        let own = self.doc.token(self.toponyms[self.at].tokens.start).sent().range();
        own.contains(&at).then(|| self.doc.token(at).text().to_lowercase())
    }

    /// The toponym that starts at a token.
    fn starting(&self, at: usize) -> Option<usize> {
        self.toponyms[self.at + 1..]
            .iter()
            .take(5)
            .position(|other| other.tokens.start == at)
            .map(|n| self.at + 1 + n)
    }

    /// Whether a toponym may hold others.
    fn holds(&self, at: usize) -> bool {
        self.toponyms[at]
            .readings
            .iter()
            .any(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::County))
    }

    /// Whether what stands before it, behind a comma, lies in it for sure.
    fn is_wide(&self, at: usize) -> bool {
        let toponym = &self.toponyms[at];
        toponym.key.ends_with(" county")
            || toponym
                .readings
                .iter()
                .any(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Region))
    }

    /// "Paris, Texas"; "Aleppo in northern Syria"; "Aleppo, Syria's largest city"; "Paris (Texas)".
    fn behind(&self, said: &mut Said<'k>) {
        let end = self.toponyms[self.at].tokens.end;
        let Some(mark) = self.word(end) else { return };
        if matches!(mark.as_str(), "," | "(") {
            if let Some(other) = self.starting(end + 1).filter(|other| self.holds(*other)) {
                let after = self.word(self.toponyms[other].tokens.end);
                let owner = matches!(after.as_deref(), Some("'s" | "\u{2019}s"));
                let listed = matches!(after.as_deref(), Some("and" | "or" | "&"));
                if !owner {
                    said.within.push(Container::Toponym(other));
                    said.strict = !listed
                        && self.is_wide(other)
                        && after.is_none_or(|after| {
                            matches!(
                                after.as_str(),
                                "," | "." | ")" | "(" | "-" | "--" | "\u{2013}" | "\u{2014}" | ":" | ";"
                            )
                        });
                } else if self.noun_within(self.toponyms[other].tokens.end, 4) {
                    said.within.push(Container::Toponym(other));
                }
            } else if mark == "," {
                self.apposition(end + 1, said);
            }
            return;
        }
        if mark == "in" {
            let start = (end + 1..end + 4).find(|at| self.starting(*at).is_some());
            let clear = start.is_some_and(|start| {
                (end + 1..start).all(|at| {
                    matches!(self.doc.token(at).pos(), Upos::Adj | Upos::Det | Upos::Noun | Upos::Adv)
                })
            });
            let other = start
                .filter(|_| clear)
                .and_then(|start| self.starting(start))
                .filter(|other| self.holds(*other));
            said.within.extend(other.map(Container::Toponym));
        }
    }

    /// A word for a place among the next ones, before any verb or comma.
    fn noun_within(&self, start: usize, reach: usize) -> bool {
        (start..start + reach)
            .map_while(|at| {
                self.word(at).filter(|word| word != "," && self.doc.token(at).pos() != Upos::Verb)
            })
            .any(|word| NOUNS.contains(&word.as_str()))
    }

    /// "the capital of Belarus", "the Turkish capital", "a town in Idaho".
    fn apposition(&self, start: usize, said: &mut Said<'k>) {
        if !self.noun_within(start, 6) {
            return;
        }
        for at in start..start + 8 {
            let Some(word) =
                self.word(at).filter(|word| word != "," && self.doc.token(at).pos() != Upos::Verb)
            else {
                return;
            };
            said.capital |= word == "capital";
            if let Some(other) = self.starting(at).filter(|other| self.holds(*other)) {
                said.within.push(Container::Toponym(other));
            }
            said.within.extend(self.adjective(at).map(Container::Country));
        }
    }

    /// "Syria's Aleppo", "the Georgian city of Gori", "the Texas town of Paris", "the capital, Kabul".
    fn before(&self, said: &mut Said<'k>) {
        let start = self.toponyms[self.at].tokens.start;
        let mut noun = false;
        for at in (start.saturating_sub(6)..start).rev() {
            let Some(word) = self.word(at) else { return };
            let owner = matches!(word.as_str(), "'s" | "\u{2019}s");
            let named =
                self.toponyms[..self.at].iter().rev().take(2).position(|other| other.tokens.end == at + 1);
            let other = named.map(|n| self.at - 1 - n).filter(|other| self.holds(*other));
            let possessor = matches!(self.word(at + 1).as_deref(), Some("'s" | "\u{2019}s"));
            if let Some(other) = other.filter(|_| noun || possessor) {
                said.within.push(Container::Toponym(other));
                return;
            }
            if let Some(country) = self.adjective(at) {
                if noun || at + 1 == start {
                    said.within.push(Container::Country(country));
                }
                return;
            }
            if NOUNS.contains(&word.as_str()) {
                noun = true;
                said.capital |= word == "capital";
                continue;
            }
            let modifier = matches!(self.doc.token(at).pos(), Upos::Adj | Upos::Num | Upos::Noun)
                && self.doc.token(at).text() == word;
            if !(owner || modifier || matches!(word.as_str(), "of" | "the" | "," | "-"))
                || (word == "," && at + 1 != start)
            {
                return;
            }
        }
    }

    /// The country of an adjective.
    fn adjective(&self, at: usize) -> Option<&'k str> {
        let token = self.doc.token(at);
        if !token.text().starts_with(char::is_uppercase) {
            return None;
        }
        let names = self.knowledge.lookup(&fold(token.text()));
        names.iter().find_map(|name| match name.entity {
            Entity::State(id) if name.kind == NameKind::Adjective => {
                Some(self.knowledge.state_by_id(id).code)
            }
            _ => None,
        })
    }
}

/// Whether a container, in one of its readings, holds a place.
pub(super) fn holds(toponyms: &[Toponym<'_>], container: &Container<'_>, place: &Place<'_>) -> bool {
    match container {
        Container::Country(country) => place.country == *country && place.kind != PlaceKind::Country,
        Container::Toponym(at) => toponyms[*at].readings.iter().any(|outer| encloses(outer, place)),
    }
}

/// Whether one place lies in another.
pub(super) fn encloses(outer: &Place<'_>, inner: &Place<'_>) -> bool {
    outer.country == inner.country
        && match outer.kind {
            PlaceKind::Country => inner.kind != PlaceKind::Country,
            PlaceKind::Region => {
                matches!(inner.kind, PlaceKind::City | PlaceKind::Capital | PlaceKind::County)
                    && fold(inner.admin1) == fold(outer.name)
            }
            PlaceKind::County => {
                matches!(inner.kind, PlaceKind::City | PlaceKind::Capital)
                    && fold(inner.admin1) == fold(outer.admin1)
                    && kilometres(outer, inner) < COUNTY
            }
            _ => false,
        }
}

/// A town of a county is not farther from the middle of its towns, in kilometres.
const COUNTY: f32 = 60.0;

/// How far places are from each other, about: good enough near by.
pub(super) fn kilometres(one: &Place<'_>, other: &Place<'_>) -> f32 {
    let north = (one.lat - other.lat) * 111.2;
    let east = (one.lon - other.lon) * 111.2 * f32::midpoint(one.lat, other.lat).to_radians().cos();
    north.hypot(east)
}

/// The one country of a container, if it has but one.
pub(super) fn country_of<'k>(toponyms: &[Toponym<'k>], container: &Container<'k>) -> Option<&'k str> {
    match container {
        Container::Country(country) => Some(country),
        Container::Toponym(at) if toponyms[*at].sort == Sort::Listed => {
            let holding = || {
                toponyms[*at]
                    .readings
                    .iter()
                    .filter(|place| matches!(place.kind, PlaceKind::Country | PlaceKind::Region))
            };
            let country = holding().next().map(|place| place.country)?;
            holding().all(|place| place.country == country).then_some(country)
        }
        Container::Toponym(_) => None,
    }
}
