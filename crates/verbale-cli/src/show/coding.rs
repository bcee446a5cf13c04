//! Codings of others for people: what they say, of whom, when, and where they are from.

use verbale::ledger::foreign::ForeignParticipant;
use verbale::ledger::list::Coding;
use verbale::model::Role;

use super::paper::{Paper, Screen};
use super::styled::{Look, Styled};

/// One coding: type and codes, who and whom, the day, and its source.
pub fn coding_page(screen: &Screen, coding: &Coding) -> String {
    let mut paper = Paper::new(*screen);
    let (event, kind) = (&coding.event, &coding.event.kind);
    let what =
        kind.event_type.map_or_else(|| kind.given.clone().unwrap_or_default(), |of| of.as_str().to_owned());
    let mut head = Styled::of(&event.id, Look::Dim);
    head.push(&format!("  {what}"), Look::Strong);
    let mut facts: Vec<String> = kind.mode.clone().into_iter().collect();
    facts.push(kind.status.as_str().to_owned());
    facts.extend(kind.cameo.as_ref().map(|code| format!("CAMEO {code}")));
    facts.extend(event.goldstein.map(|score| format!("Goldstein {score:+.1}")));
    facts.extend(event.score.map(|score| format!("score {score:+.1}")));
    head.push(&format!(" · {}", facts.join(" · ")), Look::Plain);
    paper.put(0, &head);
    let when = if event.first == event.last {
        event.first.to_string()
    } else {
        format!("{} to {}", event.first, event.last)
    };
    paper.field("when", &Styled::plain(&when));
    if let Some(place) = &event.place {
        let country = place.country.as_deref().map(|code| format!(", {code}")).unwrap_or_default();
        paper.field("where", &Styled::plain(&format!("{}{country}", place.name)));
    }
    for (at, who) in event.participants.iter().enumerate() {
        paper.field(if at == 0 { "who" } else { "" }, &Styled::plain(&participant(who)));
    }
    let mut from = coding.file.clone();
    if let Some(address) = &coding.address {
        from = format!("{address}, in {from}");
    }
    let told: Vec<String> =
        [("mentions", event.mentions), ("sources", event.sources), ("articles", event.articles)]
            .into_iter()
            .filter_map(|(what, number)| Some(format!("{} {what}", number?)))
            .chain((event.rows > 1).then(|| format!("{} rows", event.rows)))
            .collect();
    let told = if told.is_empty() { String::new() } else { format!(" ({})", told.join(", ")) };
    paper.field("from", &Styled::plain(&format!("{from}{told}")));
    paper.blank();
    paper.finish()
}

/// `AFG, the actor: MINISTER OF AFGHANISTAN (AFGGOV), foreign minister, rank 2`
fn participant(who: &ForeignParticipant) -> String {
    let actor = &who.actor;
    let state = actor
        .state
        .map_or_else(|| "nobody known".to_owned(), |code| String::from_utf8_lossy(&code).into_owned());
    let role = if who.role == Role::Actor { "actor" } else { "recipient" };
    let code = if actor.code.is_empty() { String::new() } else { format!(" ({})", actor.code) };
    let mut said = format!("{state}, {role}: {}{code}", actor.name);
    if !actor.office.is_empty() {
        said = format!("{said}, {}", actor.office);
    }
    if actor.serving == Some(false) {
        said.push_str(", former");
    }
    if let Some(level) = actor.level {
        said = format!("{said}, rank {level}");
    }
    said
}
