//! Invented entries and tellings that tests start from.

use verbale_model::ontology::EventType;
use verbale_model::{
    Confirmation, ConfirmationState, DateMethod, Event, EventDate, Participant, Precision, Role, Span, Status,
};

use crate::entry::{Cited, Entry, Reviewed};
use crate::telling::{Source, Telling, TellingId};

/// A participant who speaks for a side, at the `nth` place of a sentence.
pub fn participant(side: &str, nth: u32) -> Participant {
    Participant {
        name: format!("Minister {nth}"),
        entity: None,
        role: Role::Actor,
        part: None,
        office: Some("foreign minister".to_owned()),
        organisation: None,
        side: Some(side.to_owned()),
        authority: None,
        nationality: Some(side.to_owned()),
        sector: None,
        serving: Some(true),
        level: Some(2),
        span: Span { start: 100 + nth * 20, end: 110 + nth * 20, in_title: false },
    }
}

/// Turns somebody into a former official.
pub fn former(who: &mut Participant) {
    who.side = None;
    who.serving = Some(false);
}

/// A held meeting of these sides.
pub fn event(sides: &[&str], date: Option<&str>) -> Event {
    Event {
        id: "e1".to_owned(),
        event_type: EventType::Consult,
        mode: None,
        cameo: Some("040".to_owned()),
        contexts: Vec::new(),
        topics: Vec::new(),
        date: date.map(|edtf| EventDate {
            edtf: edtf.to_owned(),
            precision: Precision::Day,
            method: DateMethod::Stated,
            span: None,
        }),
        place: None,
        channel: None,
        setting: None,
        formality: None,
        status: Status::Held,
        confirmation: Confirmation { state: ConfirmationState::Unattributed, sides: Vec::new() },
        participants: sides.iter().zip(0..).map(|(side, nth)| participant(side, nth)).collect(),
        claims: vec!["c1".to_owned()],
        confidence: 0.9,
        rule: "consult/meet".to_owned(),
        x_of: None,
        x_summons: false,
        x_entry: None,
        evidence: vec![Span { start: 50, end: 53, in_title: false }],
    }
}

/// A telling `DOCUMENT:EVENT` of a text whose hash is the document's name.
pub fn telling(id: &str, event: Event) -> Telling {
    let id = TellingId::try_from(id.to_owned()).unwrap();
    let source = Source { sha256: id.document.clone(), ..Source::default() };
    Telling { event: Event { id: id.event.clone(), ..event }, id, source, claims: Vec::new() }
}

/// The entry of one telling.
pub fn entry_of(telling: &Telling) -> Entry {
    Entry {
        event: Event { id: telling.id.to_string(), ..telling.event.clone() },
        from: std::collections::BTreeMap::new(),
        tellings: vec![Cited {
            id: telling.id.clone(),
            outlet: None,
            published: None,
            url: None,
            family: telling.id.document.clone(),
            evidence: Vec::new(),
        }],
        documents: 1,
        sources: 1,
        link_score: 1.0,
        link_reasons: Vec::new(),
        differences: Vec::new(),
        superseded: false,
        review: Reviewed::default(),
    }
}

/// The entry of one telling of a held meeting.
pub fn entry(id: &str, sides: &[&str], date: Option<&str>) -> Entry {
    entry_of(&telling(id, event(sides, date)))
}
