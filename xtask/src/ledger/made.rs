//! Made reports with known truth: who received, called or accused whom, told by several outlets.
//!
//! All is drawn from a fixed seed. States and capitals are real and the officials invented: a name is
//! put together from syllables. What makes linking hard is made often: the same two meet again within days,
//! a minister sees several counterparts on one day of a visit, outlets print an agency's text with words of
//! their own, spell names otherwise, or say only the weekday.

use jiff::civil::Date;
use verbale::knowledge::Knowledge;
use verbale::model::Report;

use crate::draw::Draw;

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

/// Offices, one official each.
const OFFICES: [&str; 5] =
    ["Foreign Minister", "Prime Minister", "Deputy Foreign Minister", "Trade Minister", "Defence Minister"];

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

/// What papers add to an agency's text.
const OWN: [&str; 6] = [
    "The visit had been announced a week earlier.",
    "Trade between the two countries has grown in recent years.",
    "Opposition parties had asked for a debate on the matter.",
    "It was the first exchange of this kind since the summer.",
    "Reporters were not admitted.",
    "A delegation of officials took part.",
];

/// Days over which happenings are spread: two years.
const DAYS: i64 = 730;

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

/// Makes reports, day after day.
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

    /// `n` reports in the order of their publication.
    pub fn reports(&self, n: usize) -> Vec<Made> {
        let mut made: Vec<Made> = Vec::with_capacity(n + 16);
        let (mut truth, mut occasion) = (0, 0);
        while made.len() < n {
            for facts in self.occasion(occasion) {
                made.extend(facts.reports(truth));
                truth += 1;
            }
            occasion += 1;
        }
        made.truncate(n);
        made.sort_by(|a, b| (&a.report.published, &a.report.id).cmp(&(&b.report.published, &b.report.id)));
        made
    }

    /// What hangs together: mostly one happening; sometimes a second one of the same two within days, or a
    /// tour, in which one minister sees others on the same and the next day.
    fn occasion(&self, number: u64) -> Vec<Facts<'_>> {
        let mut draw = Draw::new(number + 1);
        let [host, guest, third] = self.three(&mut draw);
        let offices = [draw.below(5), draw.below(5), draw.below(5)];
        let day = jiff::civil::date(2023, 1, 1).saturating_add(days(draw.below(DAYS as u64) as i64));
        let kind = draw.below(3);
        let first = self.facts(&mut draw, [(host, offices[0]), (guest, offices[1])], day, kind);
        let mut all = vec![first];
        match draw.below(6) {
            0 => {
                let later = day.saturating_add(days(1 + draw.below(9) as i64));
                let kind = draw.below(3);
                all.push(self.facts(&mut draw, [(host, offices[0]), (guest, offices[1])], later, kind));
            }
            1 => {
                let colleague = (offices[0] + 1) % 5;
                all.push(self.facts(&mut draw, [(host, colleague), (guest, offices[1])], day, kind));
                let next = day.saturating_add(days(draw.below(2) as i64));
                all.push(self.facts(&mut draw, [(third, offices[2]), (guest, offices[1])], next, 1));
            }
            _ => {}
        }
        all
    }

    /// Three different states.
    fn three(&self, draw: &mut Draw) -> [usize; 3] {
        let n = self.states.len();
        let one = draw.below(n as u64) as usize;
        let other = (one + 1 + draw.below(n as u64 - 2) as usize) % n;
        let third = (0..3).map(|by| (other + by) % n).find(|third| ![one, other].contains(third));
        [one, other, third.unwrap_or(one)]
    }

    fn facts(&self, draw: &mut Draw, who: [(usize, u64); 2], day: Date, kind: u64) -> Facts<'_> {
        let [host, guest] = who;
        Facts {
            host: self.official(host.0, host.1),
            guest: self.official(guest.0, guest.1),
            capital: &self.states[host.0].capital,
            states: [&self.states[host.0], &self.states[guest.0]],
            day,
            kind,
            topic: draw.one::<&str>(&TOPICS),
            seed: draw.next(),
        }
    }

    /// One of a state's officials, the same in every report.
    fn official(&self, state: usize, which: u64) -> Official {
        let mut draw = Draw::new(1_000_003 * (state as u64 + 1) + which);
        let mut word = |syllables: usize| {
            let text: String = (0..syllables).map(|_| *draw.one::<&str>(&SYLLABLES)).collect();
            let mut letters = text.chars();
            letters
                .next()
                .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
        };
        Official {
            given: word(2),
            surname: word(3),
            office: OFFICES[which as usize % OFFICES.len()],
            state: self.states[state].name.clone(),
        }
    }
}

fn days(n: i64) -> jiff::Span {
    jiff::Span::new().days(n)
}

/// Somebody with an office.
struct Official {
    given: String,
    surname: String,
    office: &'static str,
    state: String,
}

impl Official {
    /// Office, state and name in one of three orders; with another spelling of the surname.
    fn shown(&self, way: u64, respelt: bool) -> String {
        let Self { given, office, state, .. } = self;
        let surname = if respelt { respelt_name(&self.surname) } else { self.surname.clone() };
        match way {
            0 => format!("{state}'s {office} {given} {surname}"),
            1 => format!("{office} {given} {surname} of {state}"),
            _ => format!("{state} {office} {given} {surname}"),
        }
    }
}

/// A name as another desk writes it.
fn respelt_name(name: &str) -> String {
    if name.contains('k') { name.replace('k', "q") } else { name.replace('i', "ee") }
}

/// What one happening is made of.
struct Facts<'m> {
    host: Official,
    guest: Official,
    capital: &'m str,
    states: [&'m State; 2],
    day: Date,
    kind: u64,
    topic: &'m str,
    seed: u64,
}

impl Facts<'_> {
    /// The reports of it: one to five, a third of them copies of the first, some with a paragraph more.
    fn reports(&self, truth: u32) -> Vec<Made> {
        let mut draw = Draw::new(self.seed);
        let tellers = 1 + draw.below(5);
        let first = draw.below(12);
        let mut agency = None;
        let mut made = Vec::new();
        for teller in 0..tellers {
            let published = self.day.saturating_add(days(draw.below(2) as i64));
            let copied = agency.clone().filter(|_| draw.below(3) == 0);
            let text = match copied {
                Some(text) if draw.below(2) == 0 => format!("{text}\n\n{}", draw.one::<&str>(&OWN)),
                Some(text) => text,
                None => self.text(&mut draw, published),
            };
            // What says only the weekday is not reprinted another day.
            agency = agency.or_else(|| Some(text.clone()).filter(|_| text.contains(char::is_numeric)));
            let outlet = OUTLETS[(first + teller) as usize % OUTLETS.len()];
            let report = Report {
                id: format!("made-{truth}-{teller}"),
                text,
                published: Some(published.to_string()),
                outlet: Some(outlet.to_owned()),
                ..Report::default()
            };
            made.push(Made { report, truth });
        }
        made
    }

    /// About forty words.
    fn text(&self, draw: &mut Draw, published: Date) -> String {
        let Self { capital, topic, .. } = self;
        let respelt = draw.below(5) == 0;
        let host = self.host.shown(draw.below(3), respelt);
        let guest = self.guest.shown(draw.below(3), false);
        let on = if draw.below(4) == 0 && published >= self.day {
            self.day.strftime("%A").to_string()
        } else {
            self.day.strftime("%-d %B %Y").to_string()
        };
        let [here, there] = self.states.map(|state| state.name.as_str());
        let start = match (self.kind, draw.below(4)) {
            (0, 0) => format!("{host} received {guest} in {capital} on {on}."),
            (0, 1) => format!("{guest} met with {host} in {capital} on {on} during a visit to {here}."),
            (0, 2) => format!("{host} met {guest} on {on} in {capital}."),
            (0, _) => format!("On {on}, {guest} met {host} in {capital}."),
            (1, 0) => format!("{host} spoke by telephone with {guest} on {on}."),
            (1, 1) => format!("{guest} held a phone call with {host} on {on}."),
            (1, 2) => format!("{host} and {guest} spoke by phone on {on}."),
            (1, _) => format!("On {on}, {host} had a telephone conversation with {guest}."),
            (_, 0) => format!("{host} and {guest} held talks in {capital} on {on}."),
            (_, 1) => format!("On {on}, {guest} held talks with {host} in {capital}."),
            (_, 2) => format!("{guest} had a meeting with {host} in {capital} on {on}."),
            (_, _) => format!("{host} hosted {guest} for talks in {capital} on {on}."),
        };
        let end = match draw.below(6) {
            0 => format!(
                "The two sides discussed {topic}, the foreign ministry of {here} said in a statement."
            ),
            1 => format!("They exchanged views on {topic}. A spokesperson gave no further details."),
            2 => {
                format!("The conversation dealt with {topic} and with relations between {here} and {there}.")
            }
            3 => format!(
                "According to the foreign ministry of {there}, {topic} stood at the centre of the exchange."
            ),
            4 => format!("A statement published afterwards named {topic} as the main subject."),
            _ => format!("Both agreed that {topic} needed more attention, state media reported."),
        };
        format!("{start} {end}")
    }
}
