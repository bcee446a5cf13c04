//! Rows of others' codings on their way into the ledger.

use verbale_model::Status;
use verbale_model::ontology::EventType;

use super::key::{Code, Pair};

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Kind {
    /// PLOVER's type; nothing where PLOVER has none for the code, as for CAMEO's statements and appeals.
    pub event_type: Option<EventType>,
    /// PLOVER's mode, as given or as the crosswalk has it.
    pub mode: Option<String>,
    /// CAMEO code: `042`. A meeting of host and visitor is coded from the visitor.
    pub cameo: Option<String>,
    /// The code or type as given, where it is known to neither.
    pub given: Option<String>,
    /// Planned for promises and what is to come, else held; others than held and planned where the source says so.
    pub status: Status,
    /// The type that is promised.
    pub x_of: Option<EventType>,
    /// PLOVER's contexts.
    pub contexts: Vec<String>,
    /// Quad class, as given: 1 verbal and 2 material cooperation, 3 verbal and 4 material conflict.
    pub quad: Option<u8>,
}

/// Who took part, in the words of the source.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Actor {
    /// Whom they stand for: ISO 3166-1 alpha-3, or UNO, EUR, IGO, NGO; nothing where the source's code is unknown
    /// or names none.
    #[serde(serialize_with = "letters")]
    pub state: Option<Code>,
    /// Name.
    pub name: String,
    /// The source's code: `USAGOV`.
    pub code: String,
    /// The country's code or name as given, where it is not the state's own.
    pub country: String,
    /// Sectors or types, separated by `;`.
    pub sectors: String,
    /// Office.
    pub office: String,
    /// Level, from 1 to 9.
    pub level: Option<u8>,
    /// Whether they served at the time.
    pub serving: Option<bool>,
}

// The signature is serde's.
#[allow(clippy::ref_option)]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn letters<S: serde::Serializer>(code: &Option<Code>, to: S) -> Result<S::Ok, S::Error> {
    match code.as_ref().and_then(|code| std::str::from_utf8(code).ok()) {
        Some(text) => to.serialize_some(text),
        None => to.serialize_none(),
    }
}

/// Where it happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// Name.
    pub name: String,
    /// ISO 3166-1 alpha-3, or the code as given where it is unknown.
    pub country: Option<String>,
    /// Latitude in millionths of a degree.
    pub lat: Option<i32>,
    /// Longitude in millionths of a degree.
    pub lon: Option<i32>,
    /// `GeoNames` id.
    pub geonames: Option<i64>,
}

/// An id as the source has it; numbers are kept as numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SourceId {
    /// A number.
    Number(i64),
    /// Any other text.
    Text(Box<str>),
}

impl SourceId {
    /// A number where it is written as one, without signs or zeros ahead.
    pub fn new(text: &str) -> Self {
        match text.parse::<i64>() {
            Ok(number) if number.to_string() == text => Self::Number(number),
            _ => Self::Text(text.into()),
        }
    }
}

/// Who acts on whom; in a visit, who goes to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// The first on the second.
    Forth,
    /// Both are actors.
    Both,
}

/// An event as one row tells it; numbers point into the row's [`Batch`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Row of the file, from 1.
    pub line: u64,
    /// The source's id.
    pub id: SourceId,
    /// First day, counted from 1970-01-01.
    pub first: i32,
    /// Last day.
    pub last: i32,
    /// Kind.
    pub kind: u32,
    /// Actor; visitor in a visit.
    pub actor: Option<u32>,
    /// Recipient; host in a visit.
    pub recipient: Option<u32>,
    /// Further participants, and whether they act.
    pub more: Vec<(u32, bool)>,
    /// Who acts on whom.
    pub way: Way,
    /// What tells one meeting from another: rows of one pair, day and class with the same one are one event.
    pub meeting: Option<u64>,
    /// Goldstein's score as given, in hundredths.
    pub goldstein: Option<i32>,
    /// Another score as given, in hundredths.
    pub score: Option<i32>,
    /// Times it was mentioned.
    pub mentions: Option<u32>,
    /// Sources that mention it.
    pub sources: Option<u32>,
    /// Documents that mention it.
    pub articles: Option<u32>,
    /// Place.
    pub place: Option<u32>,
    /// Address of a document that tells of it.
    pub address: Option<u32>,
}

/// How often a GDELT event was mentioned in one stretch of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The event's id.
    pub id: i64,
    /// Mentions.
    pub mentions: u32,
    /// Sum of the coder's confidence in each, in percent.
    pub confidence: u64,
}

/// Rows with what they point at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Kinds of events.
    pub kinds: Vec<Kind>,
    /// Participants.
    pub actors: Vec<Actor>,
    /// Places.
    pub places: Vec<Place>,
    /// Addresses.
    pub addresses: Vec<String>,
    /// The rows, in the order of the file.
    pub rows: Vec<Row>,
    /// Mentions of GDELT events.
    pub mentions: Vec<Count>,
    /// Votes: roll call, day, state, and 1 for yes, 0 for an abstention, -1 for no.
    pub votes: Vec<(i64, i32, Code, i8)>,
}

impl Batch {
    /// The states of a row's participants.
    pub fn pair(&self, row: &Row) -> Pair {
        let state = |at: u32| self.actors.get(at as usize).and_then(|actor| actor.state);
        let two = row.actor.into_iter().chain(row.recipient).map(state);
        Pair::new(two.chain(row.more.iter().map(|(at, _)| state(*at))))
    }
}
