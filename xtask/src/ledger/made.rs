//! Made reports with known truth: who received, called or accused whom, told by several outlets.
//!
//! All is drawn from a fixed seed. States and capitals are real and the officials invented: a name is
//! put together from syllables.

use verbale::knowledge::Knowledge;
use verbale::model::Report;

/// Outlets that tell.
const OUTLETS: [&str; 12] = [
    "Morning Gazette",
    "Evening Courier",
    "The Observer Daily",
    "Harbour Times",
    "National Herald",
    "City Tribune",
    "The Meridian",
    "Continental Post",
    "Northern Star",
    "The Chronicle",
    "Capital Review",
    "World Dispatch",
];

/// Offices with a share of their own.
const OFFICES: [&str; 4] =
    ["Foreign Minister", "Prime Minister", "Deputy Foreign Minister", "Trade Minister"];

const TOPICS: [&str; 8] = [
    "trade and transit",
    "border security",
    "energy supplies",
    "bilateral relations",
    "water sharing",
    "labour migration",
    "air links",
    "regional stability",
];

const SYLLABLES: [&str; 20] = [
    "ba", "ren", "to", "mi", "sal", "ko", "dar", "vi", "lem", "ri", "no", "tas", "el", "ga", "dor", "fi",
    "hal", "us", "pe", "mar",
];

/// Days over which happenings are spread: two years.
const DAYS: u64 = 730;

/// Numbers from a seed: `SplitMix64` (Steele, Lea and Flood 2014).
pub struct Draw(u64);

impl Draw {
    /// Numbers of their own for a purpose.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bd1_e995)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        let at = self.below(of.len() as u64) as usize;
        &of[at]
    }
}

/// A made report and the number of the happening it tells of.
pub struct Made {
    /// The report.
    pub report: Report,
    /// Which happening.
    pub truth: u32,
}

/// A state as reports name it.
struct State {
    name: String,
    capital: String,
}

/// Makes reports, happening after happening; those of one happening stand together.
pub struct Maker {
    states: Vec<State>,
}

impl Maker {
    /// A maker that knows the members of the United Nations.
    pub fn new(knowledge: &Knowledge) -> Self {
        let states = knowledge
            .states()
            .filter(|state| state.status == "un_member" && !state.capital.is_empty())
            .map(|state| State { name: state.name.to_owned(), capital: state.capital.to_owned() })
            .collect();
        Self { states }
    }

    /// `n` reports.
    pub fn reports(&self, n: usize) -> impl Iterator<Item = Made> + '_ {
        (0_u32..).flat_map(|truth| self.happening(truth)).take(n)
    }

    /// The reports of one happening: one to five, a third of them copies of the first.
    fn happening(&self, truth: u32) -> Vec<Made> {
        let mut draw = Draw::new(u64::from(truth) + 1);
        let (host, guest) = (draw.below(60) as usize, draw.below(60) as usize);
        let guest = if host == guest { (guest + 1) % 60 } else { guest };
        let day =
            jiff::civil::date(2023, 1, 1).saturating_add(jiff::Span::new().days(draw.below(DAYS) as i64));
        let kind = draw.below(3);
        let mut facts = Facts {
            host: self.official(host, draw.below(4)),
            guest: self.official(guest, draw.below(4)),
            capital: &self.states[host].capital,
            states: [&self.states[host], &self.states[guest]],
            day,
            kind,
            topic: draw.one::<&str>(&TOPICS),
            form: 0,
        };
        let tellers = 1 + draw.below(5) as usize;
        let first = draw.below(12) as usize;
        (0..tellers)
            .map(|teller| {
                let copy = teller > 0 && draw.below(3) == 0;
                facts.form = if copy { facts.form } else { draw.below(4) };
                let published = day.saturating_add(jiff::Span::new().days(draw.below(2) as i64));
                let outlet = OUTLETS[(first + teller) % OUTLETS.len()];
                let report = Report {
                    id: format!("made-{truth}-{teller}"),
                    text: facts.text(),
                    published: Some(published.to_string()),
                    outlet: Some(outlet.to_owned()),
                    ..Report::default()
                };
                Made { report, truth }
            })
            .collect()
    }

    /// Office and name of one of a state's four officials, the same in every report.
    fn official(&self, state: usize, which: u64) -> (String, String) {
        let mut draw = Draw::new(1_000_003 * (state as u64 + 1) + which);
        let mut word = |syllables: usize| {
            let text: String = (0..syllables).map(|_| *draw.one::<&str>(&SYLLABLES)).collect();
            let mut letters = text.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
        };
        let name = format!("{} {}", word(2), word(3));
        let office = OFFICES[which as usize % OFFICES.len()];
        (format!("{} {office} {name}", self.states[state].name), format!("{office} {name}"))
    }
}

/// What one happening is made of.
struct Facts<'m> {
    host: (String, String),
    guest: (String, String),
    capital: &'m str,
    states: [&'m State; 2],
    day: jiff::civil::Date,
    kind: u64,
    topic: &'m str,
    form: u64,
}

impl Facts<'_> {
    /// About forty words, in one of four wordings for each of three kinds.
    fn text(&self) -> String {
        let Self { capital, topic, .. } = self;
        let (host, guest) = (&self.host.0, &self.guest.0);
        let day = self.day.strftime("%-d %B %Y");
        let [here, there] = self.states.map(|state| state.name.as_str());
        let end = match self.form {
            0 => format!(
                "The two sides discussed {topic}, the foreign ministry of {here} said in a statement."
            ),
            1 => format!(
                "They exchanged views on {topic}. A spokesperson for the ministry gave no further details."
            ),
            2 => {
                format!("The conversation dealt with {topic} and with relations between {here} and {there}.")
            }
            _ => format!(
                "According to the foreign ministry of {there}, {topic} stood at the centre of the exchange."
            ),
        };
        let start = match (self.kind, self.form) {
            (0, 0 | 1) => format!("{host} received {guest} in {capital} on {day}."),
            (0, _) => format!("{guest} met with {host} in {capital} on {day} during a visit to {here}."),
            (1, 0 | 1) => format!("{host} spoke by telephone with {guest} on {day}."),
            (1, _) => format!("{guest} held a phone call with {host} on {day}."),
            (_, 0 | 1) => format!("{host} and {guest} held talks in {capital} on {day}."),
            (_, _) => format!("On {day}, {guest} held talks with {host} in {capital}."),
        };
        format!("{start} {end}")
    }
}
