//! Countries and events as others code them: FIPS 10-4, CAMEO and names to ISO 3166-1 alpha-3, CAMEO to PLOVER.

use std::collections::BTreeMap;

use verbale_knowledge::{Entity, Knowledge, NameKind, fold};
use verbale_ledger::foreign::{Code, Kind};
use verbale_model::Status;
use verbale_model::ontology::{EventType, cameo};

use super::field::class;

/// Codes of `data/imports/codes.tsv`.
const CODES: &str = include_str!("../../../../data/imports/codes.tsv");
/// What CAMEO's intents promise.
const INTENTS: &str = include_str!("../../../../data/imports/intents.tsv");

/// When the Federal Republic of Yugoslavia became a member of the United Nations, in days from 1970-01-01: what `YU`
/// stood for until 1992 is no state any more.
const YUGOSLAVIA: i32 = 11_262;

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Country {
    /// A state, or an organisation as PLOVER has it.
    Is(Code),
    /// No state of today: a region, a state that is no more, or nothing is said.
    None,
    /// Nobody knows.
    Unknown,
}

impl Country {
    /// The code, if it is known.
    pub fn code(self) -> Option<Code> {
        if let Self::Is(code) = self { Some(code) } else { None }
    }
}

/// Tables of codes.
pub struct Codes {
    knowledge: Knowledge,
    fips: BTreeMap<&'static str, Option<Code>>,
    cameo: BTreeMap<&'static str, Option<Code>>,
    groups: BTreeMap<&'static str, Option<Code>>,
    voters: BTreeMap<&'static str, Option<Code>>,
    intents: BTreeMap<&'static str, EventType>,
    two: BTreeMap<String, Code>,
}

impl std::fmt::Debug for Codes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Codes").finish_non_exhaustive()
    }
}

impl Codes {
    /// The tables that are built in, with the states and names of what is known.
    pub fn new(knowledge: Knowledge) -> Self {
        let of = |system: &str| {
            let row = |line: &'static str| {
                let mut cells = line.split('\t');
                let named = cells.next()? == system;
                let (code, state) = (cells.next()?, cells.next()?);
                named.then(|| (code, three(state)))
            };
            CODES.lines().skip(1).filter_map(row).collect()
        };
        let intent = |line: &'static str| {
            let (code, of) = line.split_once('\t')?;
            Some((code, EventType::parse(of)?))
        };
        let two = |state: verbale_knowledge::State<'_>| Some((state.iso2.to_owned(), three(state.code)?));
        Self {
            fips: of("fips"),
            cameo: of("cameo"),
            groups: of("group"),
            voters: of("votes"),
            intents: INTENTS.lines().skip(1).filter_map(intent).collect(),
            two: knowledge.states().filter_map(two).filter(|(iso2, _)| !iso2.is_empty()).collect(),
            knowledge,
        }
    }

    /// FIPS 10-4, as GDELT has it for places.
    pub fn fips(&self, code: &str) -> Country {
        if code.is_empty() {
            return Country::None;
        }
        self.fips.get(code).map_or(Country::Unknown, |of| of.map_or(Country::None, Country::Is))
    }

    /// CAMEO's code for a country, as GDELT has it for actors.
    pub fn cameo(&self, code: &str) -> Country {
        if code.is_empty() {
            return Country::None;
        }
        match self.cameo.get(code) {
            Some(of) => of.map_or(Country::None, Country::Is),
            None => self.iso(code),
        }
    }

    /// ISO 3166-1 alpha-3.
    pub fn iso(&self, code: &str) -> Country {
        match three(code) {
            Some(three) if self.knowledge.state(code).is_some() => Country::Is(three),
            _ => Country::Unknown,
        }
    }

    /// ISO 3166-1 alpha-2.
    pub fn iso2(&self, code: &str) -> Country {
        self.two.get(code).map_or(Country::Unknown, |code| Country::Is(*code))
    }

    /// Who votes by an alpha-2 code in the General Assembly on a day; tables of votes go on with codes that are none of
    /// ISO 3166-1 any more.
    pub fn voter(&self, code: &str, day: i32) -> Country {
        match self.voters.get(code) {
            Some(Some(state)) if day >= YUGOSLAVIA => Country::Is(*state),
            Some(_) => Country::None,
            None => self.iso2(code),
        }
    }

    /// An organisation's code, from CAMEO's known group or type.
    pub fn group(&self, code: &str) -> Option<Code> {
        self.groups.get(code).copied().flatten()
    }

    /// An alpha-3 code, PLOVER's code of an organisation, or a name. A territory in brackets behind a state's name,
    /// as in `Denmark (Greenland)`, is the state's.
    pub fn named(&self, text: &str) -> Country {
        let text = text.trim();
        if text.is_empty() || text == "None" {
            return Country::None;
        }
        if let Some(code) = three(text).filter(|_| text.bytes().all(|byte| byte.is_ascii_uppercase())) {
            let known = self.knowledge.state(text).is_some() || matches!(text, "UNO" | "EUR" | "IGO" | "NGO");
            return if known { Country::Is(code) } else { self.cameo(text) };
        }
        let state = |name: &str| {
            let named = |kind: NameKind| matches!(kind, NameKind::Name | NameKind::Former);
            self.knowledge.lookup(&fold(name)).into_iter().find_map(|found| match found.entity {
                Entity::State(id) if named(found.kind) => three(self.knowledge.state_by_id(id).code),
                _ => None,
            })
        };
        let bare = || text.split_once(" (").and_then(|(name, _)| state(name));
        state(text).or_else(bare).map_or(Country::Unknown, Country::Is)
    }

    /// The kind of a CAMEO code; what a host tells of a visit (043) is the visit (042). `None` where the code is not
    /// CAMEO's: then it stands in `given`.
    pub fn kind(&self, code: &str, quad: Option<u8>) -> (Kind, bool) {
        let code = class(code);
        let row = cameo(code);
        let x_of = self.intents.get(code).copied();
        let kind = Kind {
            event_type: row.and_then(|row| row.event_type),
            mode: row.and_then(|row| row.mode).map(|mode| mode.as_str().to_owned()),
            cameo: row.map(|row| row.code.to_owned()),
            given: row.is_none().then(|| code.to_owned()),
            status: if x_of.is_some() { Status::Planned } else { Status::Held },
            x_of,
            contexts: row
                .map(|row| row.contexts.iter().map(|context| context.as_str().to_owned()).collect())
                .unwrap_or_default(),
            quad,
        };
        (kind, row.is_some())
    }
}

/// A code of three letters.
fn three(text: &str) -> Option<Code> {
    text.as_bytes().try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_has_its_own_codes() {
        let codes = Codes::new(Knowledge::embedded());
        assert_eq!(codes.fips("RS"), Country::Is(*b"RUS"));
        assert_eq!(codes.fips("CH"), Country::Is(*b"CHN"));
        assert_eq!(codes.fips("ZZ"), Country::Unknown);
        assert_eq!(codes.cameo("ROM"), Country::Is(*b"ROU"));
        // Europe is no side; the European Union is.
        assert_eq!(codes.cameo("EUR"), Country::None);
        assert_eq!(codes.named("EUR"), Country::Is(*b"EUR"));
        assert_eq!(codes.group("EEC"), Some(*b"EUR"));
        assert_eq!(codes.iso2("AF"), Country::Is(*b"AFG"));
        assert_eq!(codes.named("Russian Federation"), Country::Is(*b"RUS"));
        assert_eq!(codes.named("Denmark (Greenland)"), Country::Is(*b"DNK"));
        assert_eq!(codes.named("Atlantis"), Country::Unknown);
    }

    #[test]
    fn yugoslavia_votes_as_serbia_from_its_membership_on() {
        let codes = Codes::new(Knowledge::embedded());
        let day = |text: &str| super::super::field::iso_day("date", text).unwrap();
        assert_eq!(codes.voter("YU", day("1992-05-01")), Country::None);
        assert_eq!(codes.voter("YU", day("2000-10-31")), Country::None);
        for date in ["2000-11-01", "2004-12-10", "2021-12-06"] {
            assert_eq!(codes.voter("YU", day(date)), Country::Is(*b"SRB"), "{date}");
        }
        assert_eq!(codes.voter("AF", day("1992-05-01")), Country::Is(*b"AFG"));
        assert_eq!(codes.voter("DD", day("1980-05-01")), Country::Unknown);
    }

    #[test]
    fn every_state_in_the_table_is_known() {
        let codes = Codes::new(Knowledge::embedded());
        for line in CODES.lines().skip(1).filter(|line| !line.starts_with("group")) {
            let state = line.split('\t').nth(2).unwrap();
            assert!(state.is_empty() || codes.iso(state) != Country::Unknown, "{line}");
        }
        assert_eq!(codes.intents.len(), INTENTS.lines().count() - 1);
    }

    #[test]
    fn intents_are_planned_and_hosts_tell_of_visits() {
        let codes = Codes::new(Knowledge::embedded());
        let (kind, _) = codes.kind("036", None);
        assert_eq!((kind.event_type, kind.x_of), (Some(EventType::Agree), Some(EventType::Consult)));
        assert_eq!(kind.status, Status::Planned);
        assert_eq!(codes.kind("043", None).0.cameo.as_deref(), Some("042"));
        let (ten, known) = codes.kind("10", None);
        assert!(known && ten.cameo.as_deref() == Some("10") && ten.event_type.is_none());
        assert_eq!(codes.kind("042", None).0.mode.as_deref(), Some("visit"));
        assert!(!codes.kind("42", None).1);
    }
}
