//! Why an event or claim was coded as it was: rule, dictionary line, and where each field comes from.

use std::fmt::Write as _;

use verbale::knowledge::Knowledge;
use verbale::model::{Claim, Event, Mention, Participant, Record, Span};

use super::card::{card, tells_of};
use super::page::Page;
use super::paper::Paper;
use super::styled::{Look, Styled};
use super::{claim, evidence, words};

/// Writes the card of an event and the reasons for its fields.
pub fn why_event(paper: &mut Paper, page: &Page, knowledge: &Knowledge, record: &Record, event: &Event) {
    card(paper, page, record, event);
    paper.blank();
    paper.put(0, &Styled::of("Why", Look::Strong));
    paper.field("rule", &Styled::plain(&event.rule));
    if let Some(entry) = &event.x_entry {
        paper.field("dictionary", &Styled::plain(entry));
    }
    for (at, span) in event.evidence.iter().enumerate() {
        paper.field(if at == 0 { "words" } else { "" }, &Styled::plain(&located(page, *span)));
    }
    paper.field("date", &Styled::plain(&date(page, record, event)));
    paper.field("place", &Styled::plain(&place(page, event)));
    for topic in &event.topics {
        paper.field("topic", &Styled::plain(&format!("{} from {}", topic.topic, located(page, topic.span))));
    }
    for participant in &event.participants {
        person(paper, page, knowledge, record, participant);
    }
    let whose: Vec<String> =
        record.claims.iter().filter(|claim| tells_of(claim, event)).map(whose_word).collect();
    let word = format!("{}, because {}", words::confirmation(&event.confirmation), whose.join("; "));
    paper.field("word", &Styled::plain(&word));
}

/// Writes a claim with everything that is known of it.
pub fn why_claim(paper: &mut Paper, page: &Page, claim: &Claim) {
    paper.put(0, &claim::line(page, claim));
    let mut spans = vec![(claim.content, Look::About)];
    spans.extend(claim.asserter.iter().map(|asserter| (asserter.span, Look::Who)));
    spans.extend(claim.cue.iter().map(|cue| (cue.span, Look::What)));
    for (at, line) in evidence::sentences(page, &spans).iter().enumerate() {
        paper.field(if at == 0 { "evidence" } else { "" }, line);
    }
    let mut facts = vec![
        ("rule", claim.rule.clone()),
        ("kind", claim.kind.to_string()),
        ("form", claim.mode.to_string()),
    ];
    if let Some(asserter) = &claim.asserter {
        facts.push((
            "asserter",
            format!("{} from {}", words::asserter(asserter), located(page, asserter.span)),
        ));
    }
    if let Some(cue) = &claim.cue {
        facts.push(("verb", located(page, cue.span)));
    }
    if let Some(quote) = &claim.quote {
        let partial = if quote.partial { "less than a sentence" } else { "a whole sentence or more" };
        facts.push(("quote", format!("{partial}, characters {} to {}", quote.span.start, quote.span.end)));
    }
    facts.push(("content", located(page, claim.content)));
    facts.push(("manner", format!("{}, {}, {}", claim.polarity, claim.modality, tense(claim))));
    facts.push(("event", claim.event.clone().unwrap_or_else(|| "none".to_owned())));
    for (label, fact) in facts {
        paper.field(label, &Styled::plain(&fact));
    }
}

fn tense(claim: &Claim) -> String {
    match claim.tense {
        verbale::model::Tense::None => "no finite verb".to_owned(),
        tense => format!("{tense} tense"),
    }
}

/// `“met” (characters 10 to 13)`
fn located(page: &Page, span: Span) -> String {
    let place = if span.in_title { " of the title" } else { "" };
    format!("“{}” (characters {} to {}{place})", page.excerpt(span, 160), span.start, span.end)
}

fn date(page: &Page, record: &Record, event: &Event) -> String {
    let Some(date) = &event.date else {
        return "none: no time expression belongs to it, and no publication date bounds it".to_owned();
    };
    let from = match (date.span, &record.published) {
        (Some(span), _) => format!("from {}", located(page, span)),
        (None, Some(published)) => format!("no time expression belongs to it; published {published}"),
        (None, None) => "no time expression belongs to it".to_owned(),
    };
    format!("{} = {}, method {}, {from}", date.edtf, words::edtf(&date.edtf), date.method)
}

fn place(page: &Page, event: &Event) -> String {
    let Some(place) = &event.place else { return "none: no place belongs to it".to_owned() };
    let mut said = place.name.clone();
    if let Some(country) = &place.country {
        let _ = write!(said, ", {country}");
    }
    if let Some(geonames) = place.geonames {
        let _ = write!(said, ", GeoNames {geonames}");
    }
    if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
        let _ = write!(said, ", at {lat:.2}, {lon:.2}");
    }
    match place.span {
        Some(span) => format!("{said}, from {}", located(page, span)),
        None => format!("{said}, assumed"),
    }
}

/// Where somebody's name, office and side come from.
fn person(paper: &mut Paper, page: &Page, knowledge: &Knowledge, record: &Record, participant: &Participant) {
    let mut said = format!("{} from {}", participant.name, located(page, participant.span));
    let mention = record.mentions.iter().flatten().find(|mention| mention.span.overlaps(participant.span));
    if let Some(earlier) = mention.and_then(|mention| antecedent(record, mention)) {
        let _ = write!(said, ", the same as {}", located(page, earlier.span));
    }
    paper.field("participant", &Styled::plain(&said));
    paper.field("", &Styled::plain(&standing(participant)));
    let Some(key) = &participant.entity else { return };
    let Some(person) = knowledge.person_by_key(key) else {
        paper.field("", &Styled::plain(&format!("known as {key}")));
        return;
    };
    let offices: Vec<String> = person
        .occupancies
        .iter()
        .map(|held| {
            format!(
                "{}, {}, {} to {}",
                held.office,
                held.state,
                held.from.unwrap_or("?"),
                held.to.unwrap_or("…")
            )
        })
        .collect();
    let offices = if offices.is_empty() { "no office known".to_owned() } else { offices.join("; ") };
    paper.field("", &Styled::plain(&format!("known as {key}, {}: {offices}", person.name)));
}

/// The side, and why it is or is not one.
fn standing(participant: &Participant) -> String {
    let office = participant.office.as_deref();
    match (&participant.side, participant.serving, office) {
        (Some(side), Some(_), Some(office)) => format!("speaks for {side} as {office}"),
        (Some(side), None, _) => format!("is {side}, or a body of it"),
        (Some(side), _, None) => format!("speaks for {side}"),
        (None, Some(false), Some(office)) => format!("former {office}: speaks for nobody"),
        (None, Some(false), None) => "no longer in office: speaks for nobody".to_owned(),
        (None, _, Some(office)) => format!("side unknown: nothing says whom “{office}” speaks for"),
        (None, _, None) => "side unknown: no office is told".to_owned(),
    }
}

/// The first mention of the same thing.
fn antecedent<'r>(record: &'r Record, mention: &'r Mention) -> Option<&'r Mention> {
    let mentions = record.mentions.as_deref()?;
    let mut at = mention;
    // Chains are as long as the report at most.
    for _ in 0..mentions.len() {
        let Some(earlier) = &at.coreferent else { break };
        at = mentions.iter().find(|mention| &mention.id == earlier)?;
    }
    (at.id != mention.id).then_some(at)
}

fn whose_word(claim: &Claim) -> String {
    match &claim.asserter {
        Some(asserter) => format!("{} rests on {}", claim.id, words::asserter(asserter)),
        None => format!("{} rests on the outlet", claim.id),
    }
}
