//! Stories: reports about the same happening, told by the rare words and names that they share.

use verbale_model::{Mention, MentionKind};

use super::Likeness;
use super::sketch::Sketch;
use super::words::{Token, hash, mix};

/// Terms kept of one document, the weightiest.
const TERMS: usize = 80;

/// Words of a text that are looked at; what comes later seldom says what it is about.
const READ: usize = 800;

/// Words of the beginning, which in news says most of what happened.
const LEAD: u32 = 60;

/// Factors of the weight of a term.
const IN_TITLE: f32 = 1.8;
const IN_LEAD: f32 = 1.3;
const IN_NAME: f32 = 1.3;

/// Weight of a state as a term, whatever word stands for it: about that of a word in one passage of 60.
const STATE: f32 = 4.0;

/// A document's term: a stemmed word or a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Hash of the term; terms are sorted by it.
    pub word: u32,
    /// Weight; the vector of all weights is 10,000 long.
    pub weight: u16,
    /// Bits: 1 in the title, 2 in the lead, 4 in a person's name, 8 in any name, 16 a state.
    pub marks: u8,
}

/// In the title.
const TITLE: u8 = 1;
/// In the lead.
const START: u8 = 2;
/// In the name of a person.
const PERSON: u8 = 4;
/// In any name.
const NAME: u8 = 8;
/// A state, not a word.
const STATED: u8 = 16;

/// Length of the vector of a document's weights.
const LENGTH: f32 = 10_000.0;

/// The terms of a document, weighted by how often (damped), how rare (`words::rarity`) and where:
/// tf-idf as in Salton and Buckley (1988), with the background's document frequencies.
pub fn terms(title: &[Token], body: &[Token], mentions: &[Mention]) -> Vec<Term> {
    let mut found: Vec<(u64, f32, u8)> = Vec::with_capacity(title.len() + body.len().min(READ));
    let names: Vec<&Mention> = mentions.iter().filter(|mention| names(mention.kind)).collect();
    for (words, in_title) in [(title, true), (body, false)] {
        let mut inside: Vec<&Mention> =
            names.iter().copied().filter(|name| name.span.in_title == in_title).collect();
        inside.sort_by_key(|name| (name.span.start, name.span.end));
        let mut next = 0;
        for (at, word) in words.iter().take(READ).enumerate() {
            while inside.get(next).is_some_and(|name| name.span.end <= word.start) {
                next += 1;
            }
            let name = inside.get(next).filter(|name| name.span.start <= word.start);
            let mut marks = if in_title { TITLE | START } else { 0 };
            marks |= if (at as u32) < LEAD { START } else { 0 };
            marks |= match name.map(|name| name.kind) {
                Some(MentionKind::Person) => NAME | PERSON,
                Some(_) => NAME,
                None => 0,
            };
            if word.rarity > 0.0 {
                found.push((word.stem, word.rarity, marks));
            }
        }
        for state in inside.iter().filter(|name| name.kind == MentionKind::State) {
            let start = in_title || state.span.start < LEAD * 6;
            if let Some(code) = &state.country {
                let marks = STATED | NAME | if start { START } else { 0 };
                found.push((mix(hash(code.as_bytes())), STATE, marks));
            }
        }
    }
    weighted(found)
}

/// The weightiest terms, as a vector of fixed length.
fn weighted(mut found: Vec<(u64, f32, u8)>) -> Vec<Term> {
    found.sort_unstable_by_key(|term| term.0);
    let weigh = |same: &[(u64, f32, u8)]| {
        let (term, rarity, _) = same[0];
        let marks = same.iter().fold(0, |marks, term| marks | term.2);
        let mut weight = rarity * (1.0 + (same.len() as f32).ln());
        for (mark, factor) in [(TITLE, IN_TITLE), (START, IN_LEAD), (NAME, IN_NAME)] {
            weight *= if marks & mark == 0 { 1.0 } else { factor };
        }
        (term as u32, weight, marks)
    };
    let mut weighed: Vec<(u32, f32, u8)> = found.chunk_by(|a, b| a.0 == b.0).map(weigh).collect();
    weighed.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    weighed.truncate(TERMS);
    let length = weighed.iter().map(|term| term.1 * term.1).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    let quantised = |(word, weight, marks): (u32, f32, u8)| Term {
        word,
        weight: (weight / length * LENGTH).round() as u16,
        marks,
    };
    let mut terms: Vec<Term> = weighed.into_iter().map(quantised).collect();
    terms.sort_by_key(|term| term.word);
    terms.dedup_by_key(|term| term.word);
    terms
}

/// Kinds of mention that name somebody or something.
fn names(kind: MentionKind) -> bool {
    matches!(
        kind,
        MentionKind::Person
            | MentionKind::Organisation
            | MentionKind::State
            | MentionKind::Place
            | MentionKind::Group
    )
}

/// What two sketches have in common, as [`same_story`] weighs it.
#[derive(Debug, Clone, Copy)]
pub struct Common {
    /// Cosine of the vectors of terms.
    pub cosine: f32,
    /// Cosine of the terms of titles and leads alone.
    pub lead: f32,
    /// Days between the publications.
    pub days: Option<u32>,
    /// Whether each lead names persons of whom the other document says nothing, and what share of the
    /// persons' weight that is, in the document where it is less.
    pub strangers: f32,
}

/// Compares two sketches.
pub fn common(a: &Sketch, b: &Sketch) -> Common {
    let (mut dot, mut lead, mut lead_a, mut lead_b) = (0.0, 0.0, 0.0, 0.0);
    let square = |term: &Term| f32::from(term.weight) * f32::from(term.weight);
    for term in a.terms.iter().filter(|term| term.marks & START != 0) {
        lead_a += square(term);
    }
    for term in b.terms.iter().filter(|term| term.marks & START != 0) {
        lead_b += square(term);
    }
    for (one, other) in shared(&a.terms, &b.terms) {
        let product = f32::from(one.weight) * f32::from(other.weight);
        dot += product;
        if one.marks & other.marks & START != 0 {
            lead += product;
        }
    }
    Common {
        cosine: dot / (LENGTH * LENGTH),
        lead: lead / (lead_a.sqrt() * lead_b.sqrt()).max(1.0),
        days: a.day.zip(b.day).map(|(a, b)| a.abs_diff(b)),
        strangers: strangers(a, b).min(strangers(b, a)),
    }
}

/// Terms that stand in both, which are sorted.
fn shared<'a>(a: &'a [Term], b: &'a [Term]) -> impl Iterator<Item = (&'a Term, &'a Term)> {
    let mut rest = b;
    a.iter().filter_map(move |one| {
        let skip = rest.partition_point(|other| other.word < one.word);
        rest = &rest[skip..];
        rest.first().filter(|other| other.word == one.word).map(|other| (one, other))
    })
}

/// Whether each of two leads names other persons first, beyond another spelling of one of two names.
pub fn of_others(a: &Sketch, b: &Sketch) -> bool {
    strangers(a, b).min(strangers(b, a)) > RESPELT
}

/// Share of the persons in the lead of `a` that do not stand in `b`, by weight.
fn strangers(a: &Sketch, b: &Sketch) -> f32 {
    let (mut all, mut missing) = (0.0, 0.0);
    for term in a.terms.iter().filter(|term| term.marks & (START | PERSON) == START | PERSON) {
        all += f32::from(term.weight);
        if b.terms.binary_search_by_key(&term.word, |other| other.word).is_err() {
            missing += f32::from(term.weight);
        }
    }
    if all > 0.0 { missing / all } else { 0.0 }
}

/// Terms that become keys together with the time.
const KEYED: usize = 10;

/// Terms of which pairs become keys without it.
const LASTING: usize = 5;

/// Days of a bucket of keys. A document is asked for in the buckets before and after its own, so that
/// documents within so many days always share one.
const BUCKET: i32 = 14;

/// What a document is found by: the weightiest terms with the time, and pairs of them without.
pub fn keys(sketch: &Sketch) -> Vec<u64> {
    keyed(sketch, 0..=0)
}

/// What others are looked for by: a document's keys, and those that it would have a little earlier or later.
pub fn probes(sketch: &Sketch) -> Vec<u64> {
    keyed(sketch, -1..=1)
}

/// Keys that a report about the same happening shares, at the least. A short text must share nearly all of its
/// weight, and so several of its weightiest terms; a longer one may share any.
pub fn least_shared(sketch: &Sketch) -> usize {
    if (sketch.terms.len() as f32) * 2.0 < ENOUGH { KEYED / 2 } else { 1 }
}

/// Keys at these distances in time, in buckets.
fn keyed(sketch: &Sketch, around: std::ops::RangeInclusive<i32>) -> Vec<u64> {
    let mut top: Vec<&Term> = sketch.terms.iter().filter(|term| term.marks & STATED == 0).collect();
    top.sort_by_key(|term| (std::cmp::Reverse(term.weight), term.word));
    top.truncate(KEYED);
    let mut keys = Vec::new();
    for (second, b) in top.iter().enumerate() {
        for a in top[..second].iter().filter(|_| second < LASTING) {
            let (low, high) = (a.word.min(b.word), a.word.max(b.word));
            keys.push(mix((u64::from(low) << 32) | u64::from(high)));
        }
        let Some(day) = sketch.day else { continue };
        for bucket in around.clone().map(|by| day.div_euclid(BUCKET) + by) {
            // The time goes first, so that the keys of documents of one time lie together in the file.
            let key = mix(((u64::from(b.word) << 32) | u64::from(bucket as u32)) ^ 0x5eed);
            keys.push((u64::from(bucket as u16) << 48) | (key >> 16));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Cosine at which two documents of one day are as likely as not to report the same happening.
const EVEN: f32 = 0.14;

/// How steeply the likelihood rises with the cosine.
const STEEP: f32 = 30.0;

/// How much more cosine is asked for with each doubling (in nats) of the weeks between two documents.
const PER_TIME: f32 = 0.01;

/// How much more is asked for when each names other persons first.
const STRANGERS: f32 = 0.03;

/// Less likely pairs have no likeness: they count as 0 when groups are made.
const LEAST: f32 = 0.03;

/// Terms that are enough to judge by.
const ENOUGH: f32 = 60.0;

/// Most that fewer terms ask for more: of very short texts all must be shared.
const SCARCE: f32 = 4.0;

/// How much more cosine is asked of short texts with each week between them: a note on a day's meeting and
/// one on next month's share all their words but the date.
const SHORT_PER_WEEK: f32 = 0.02;

/// How much more is asked of short texts when each names other persons first, beyond the share that a name
/// spelt otherwise makes: persons are most of what a short text says.
const SHORT_STRANGERS: f32 = 0.45;

/// Share of the persons' weight that one name of two, spelt otherwise, may make.
const RESPELT: f32 = 1.0 / 3.0;

/// Whether two documents are likely to report the same happening; the score is how likely.
///
/// The fewer terms, the more of the weight lies on names and phrases that any two reports of the trade
/// share; so with less than sixty terms the cosine must be higher in proportion, and time and other persons
/// count for more.
pub fn same_story(a: &Sketch, b: &Sketch) -> Option<Likeness> {
    let common = common(a, b);
    let weeks = common.days.map_or(0.0, |days| days as f32 / 7.0);
    let terms = (a.terms.len() as f32 * b.terms.len() as f32).sqrt();
    let scarce = (ENOUGH / terms.max(1.0)).clamp(1.0, SCARCE);
    let strange = SHORT_STRANGERS * (common.strangers - RESPELT).max(0.0);
    let even = scarce * (EVEN + PER_TIME * (1.0 + weeks).ln() + STRANGERS * common.strangers)
        + (scarce - 1.0) * (SHORT_PER_WEEK * weeks + strange);
    let score = 1.0 / (1.0 + ((even - common.cosine) * STEEP / scarce).exp());
    let days = common.days.map_or(String::new(), |days| format!(", {days} days apart"));
    (score >= LEAST).then(|| Likeness {
        score,
        reason: format!("{:.0} % of rare words and names in common{days}", common.cosine * 100.0),
    })
}

#[cfg(test)]
mod tests {
    use verbale_model::{Report, Span};

    use super::*;

    fn sketch(day: &str, title: &str, text: &str) -> Sketch {
        let report = Report {
            title: Some(title.to_owned()),
            text: text.to_owned(),
            published: Some(day.to_owned()),
            ..Report::default()
        };
        Sketch::new(&report, &[])
    }

    #[test]
    fn the_same_happening_in_other_words_is_one_story() {
        let a = sketch(
            "2024-05-04",
            "Gotland cable to start in June",
            "Latvian Foreign Minister Baiba Ozola told Lars Holm that the undersea cable to Gotland would begin early.",
        );
        let b = sketch(
            "2024-05-05",
            "Ozola moves cable forward",
            "Construction under the sea to Gotland will start two months sooner, Baiba Ozola said beside Holm in Riga.",
        );
        let other = sketch(
            "2024-05-04",
            "Chad receives envoy",
            "President Idriss Koro received the Emirati minister in Ndjamena to discuss loans and solar panels.",
        );
        assert!(same_story(&a, &b).is_some_and(|likeness| likeness.score > 0.5));
        assert!(same_story(&a, &other).is_none_or(|likeness| likeness.score < 0.1));
        let keys = keys(&b);
        assert!(super::keys(&a).iter().any(|key| keys.binary_search(key).is_ok()));
    }

    #[test]
    fn another_counterpart_on_the_same_day_is_another_story() {
        let told = |guest: &str, land: &str, topic: &str| {
            let text = format!(
                "Latvian Foreign Minister Baiba Ozola received {guest} of {land} in Riga on 4 May 2024. The two \
                 sides discussed {topic}, the foreign ministry said in a statement."
            );
            sketch("2024-05-04", "", &text)
        };
        let a = told("Foreign Minister Lars Holm", "Denmark", "undersea cables");
        let b = told("Trade Minister Teresa Valdez", "Peru", "copper and fisheries");
        assert!(same_story(&a, &b).is_none_or(|likeness| likeness.score < 0.5));
    }

    /// A note of one sentence on who met whom, with its persons found.
    fn note(published: &str, persons: [&str; 2], held: &str) -> Sketch {
        let [host, guest] = persons;
        let text = format!(
            "Foreign Minister {host} held talks with Trade Minister {guest} in Riga on {held}. A statement published \
             afterwards named border security as the main subject."
        );
        let mention = |name: &str| {
            let start = text.find(name).map_or(0, |at| text[..at].chars().count() as u32);
            let span = Span { start, end: start + name.chars().count() as u32, in_title: false };
            Mention {
                id: name.to_owned(),
                span,
                text: name.to_owned(),
                kind: MentionKind::Person,
                entity: None,
                country: None,
                geonames: None,
                lat: None,
                lon: None,
                timex: None,
                coreferent: None,
            }
        };
        let mentions = persons.map(mention);
        let report =
            Report { text: text.clone(), published: Some(published.to_owned()), ..Report::default() };
        Sketch::new(&report, &mentions)
    }

    #[test]
    fn short_notes_weeks_apart_or_about_others_are_no_story_and_no_copies() {
        let first = note("2024-05-04", ["Baiba Ozola", "Lars Holm"], "3 May 2024");
        let again = note("2024-05-04", ["Baiba Ozolla", "Lars Holm"], "3 May 2024");
        let later = note("2024-07-21", ["Baiba Ozola", "Lars Holm"], "20 July 2024");
        let other = note("2024-05-04", ["Baiba Ozola", "Teresa Valdez"], "3 May 2024");
        let likely = |one: &Sketch| same_story(&first, one).is_some_and(|likeness| likeness.score >= 0.5);
        assert!(likely(&again) && !likely(&later) && !likely(&other));
        assert!(!of_others(&first, &again) && of_others(&first, &other));
        assert!(first.family_keys().iter().any(|key| other.family_keys().contains(key)));
        assert!(crate::similar::same_family(&first, &other).is_none());
    }

    #[test]
    fn an_update_of_an_agencys_report_is_the_same_story() {
        let first = sketch(
            "2024-05-04",
            "",
            "RIGA, May 4 (Reuters) - Latvian Foreign Minister Baiba Ozola said on Saturday that work on the undersea \
             cable to Gotland would begin in June.",
        );
        let second = sketch(
            "2024-05-04",
            "",
            "RIGA, May 4 (Reuters) - Latvian Foreign Minister Baiba Ozola said on Saturday that work on the undersea \
             cable to Gotland would begin in June, two months earlier than planned. Her Danish counterpart Lars Holm \
             welcomed the decision. Parliament had approved the funds on Thursday.",
        );
        assert!(same_story(&first, &second).is_some_and(|likeness| likeness.score > 0.5));
    }
}
