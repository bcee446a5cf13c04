//! One event as a card: what, when, where, about what, on whose word, who, the evidence, what is missing.

use verbale::model::ontology::{EventType, Mode};
use verbale::model::{Channel, Claim, DateMethod, Event, Record, Status};

use super::page::Page;
use super::paper::Paper;
use super::styled::{Look, Styled};
use super::table::{heading, table};
use super::{claim, evidence, words};

/// Writes the card of an event.
pub fn card(paper: &mut Paper, page: &Page, record: &Record, event: &Event) {
    paper.put(0, &title(event));
    facts(paper, event);
    paper.rows("who", &people(paper, event));
    for (at, line) in evidence::sentences(page, &evidence::spans(event)).iter().enumerate() {
        paper.field(if at == 0 { "evidence" } else { "" }, line);
    }
    for (at, told) in record.claims.iter().filter(|claim| tells_of(claim, event)).enumerate() {
        paper.field(if at == 0 { "claims" } else { "" }, &claim::line(page, told));
    }
    for (at, missing) in missing(record, event).iter().enumerate() {
        paper.field(if at == 0 { "missing" } else { "" }, &Styled::plain(missing));
    }
}

/// Whether a claim tells of an event.
pub fn tells_of(claim: &Claim, event: &Event) -> bool {
    claim.event.as_deref() == Some(&event.id)
}

/// `e1  CONSULT · visit · held`
pub(super) fn title(event: &Event) -> Styled {
    let mut title = Styled::of(&event.id, Look::Dim);
    title.pad(title.width() + 2);
    title.push(event.event_type.as_str(), Look::Strong);
    if let Some(of) = event.x_of {
        title.push(&format!(" to {of}"), Look::Strong);
    }
    let mode = event.mode.map(Mode::as_str);
    let summons = event.x_summons.then_some("envoy called in");
    for word in mode.into_iter().chain(summons).chain([event.status.as_str()]) {
        title.push(&format!(" · {word}"), Look::Plain);
    }
    if let Some(cameo) = &event.cameo {
        title.push(&format!(" · CAMEO {cameo}"), Look::Dim);
    }
    title.push(&format!(" · confidence {:.0} %", event.confidence * 100.0), Look::Dim);
    title
}

/// What is known of an event, apart from who took part.
pub(super) fn facts(paper: &mut Paper, event: &Event) {
    if let Some(date) = &event.date {
        paper.field("when", &Styled::plain(&words::date(date)));
    }
    if let Some(place) = &event.place {
        let country = place.country.as_deref().filter(|country| *country != place.name);
        let country = country.map(|country| format!(", {country}")).unwrap_or_default();
        paper.field("where", &Styled::plain(&format!("{}{country}", place.name)));
    }
    let topics: Vec<&str> = event.topics.iter().map(|topic| topic.text.as_str()).collect();
    let contexts: Vec<&str> = event.contexts.iter().map(|context| context.as_str()).collect();
    if !topics.is_empty() || !contexts.is_empty() {
        let mut about = Styled::plain(&topics.join("; "));
        if !contexts.is_empty() {
            let before = if topics.is_empty() { "" } else { " " };
            about.push(&format!("{before}[{}]", contexts.join(", ").replace('_', " ")), Look::Dim);
        }
        paper.field("about", &about);
    }
    let mut how: Vec<String> =
        event.channel.map(|channel| words::channel(channel).to_owned()).into_iter().collect();
    how.extend(event.setting.map(|setting| words::setting(setting).to_owned()));
    how.extend(event.formality.map(|formality| format!("called {formality}")));
    if !how.is_empty() {
        paper.field("how", &Styled::plain(&how.join("; ")));
    }
    paper.field("word", &Styled::plain(&words::confirmation(&event.confirmation)));
}

/// The participants as a table.
pub(super) fn people(paper: &Paper, event: &Event) -> Vec<Styled> {
    let mut rows = vec![heading(&["name", "office", "side", "part"])];
    for participant in &event.participants {
        let part = participant.part.map_or(participant.role.as_str(), |part| part.as_str());
        let cells = [participant.name.as_str(), words::office(participant), &words::side(participant), part];
        rows.push(cells.iter().map(|cell| Styled::plain(cell)).collect());
    }
    if event.participants.is_empty() {
        return vec![Styled::plain("nobody is named")];
    }
    table(&rows, paper.columns())
}

/// What a reader would ask for and the report does not give, and what may help.
fn missing(record: &Record, event: &Event) -> Vec<String> {
    let mut said = Vec::new();
    match &event.date {
        None if record.published.is_none() => {
            said.push("date: the report tells none; --published would bound it".to_owned());
        }
        None => said.push("date: the report tells none".to_owned()),
        Some(date) if date.edtf.contains("XXXX") => said.push("year: unknown, give --published".to_owned()),
        Some(date) if date.method == DateMethod::None => {
            said.push("date: the report tells none; publication bounds it".to_owned());
        }
        Some(_) => {}
    }
    let consult = event.event_type == EventType::Consult;
    let apart =
        matches!(event.channel, Some(Channel::Phone | Channel::Video | Channel::Letter | Channel::Statement));
    if consult && event.place.is_none() && !apart && event.status != Status::Denied {
        said.push("place: not told".to_owned());
    }
    for participant in &event.participants {
        if participant.side.is_none() && participant.serving != Some(false) {
            said.push(format!("side of {}: not told", participant.name));
        }
    }
    if consult && event.participants.len() == 1 {
        said.push("the other side: not told".to_owned());
    }
    said
}
