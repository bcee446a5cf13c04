//! AGREE: promises, offers, and cooperation that lies ahead.

use verbale_model::ontology::EventType;
use verbale_model::{Modality, Polarity, Status, Tense};
use verbale_nlp::Token;

use super::content::{content, is_cooperative};
use super::engine::Evoked;
use super::reject;
use crate::code::Coding;
use crate::code::told::Told;

/// "agreed to", "promised", "is willing to": what is agreed to gives the code; promising an act of
/// conflict is a threat, and promising not to act is a concession.
pub fn promise(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) -> Option<()> {
    let content = content(coding, evoked);
    told.x_of = content.map(|content| content.event_type);
    if let Some(content) = content {
        told.cameo = Some(code(content.event_type).to_owned());
        let hostile = !is_cooperative(content.event_type)
            && !content.negated
            && matches!(
                content.event_type,
                EventType::Assault | EventType::Sanction | EventType::Coerce | EventType::Protest
            );
        if hostile && matches!(evoked.token.lemma(), "vow" | "pledge" | "promise" | "prepared" | "ready") {
            super::threaten::threat(coding, evoked, told)?;
        }
    }
    // "vowed to fight poverty", "promised to try": nobody is on the other side.
    let vague =
        content.is_none() && !told.taking.iter().any(|taking| taking.role == verbale_model::Role::Recipient);
    if vague
        && matches!(
            evoked.token.lemma(),
            "vow" | "prepare" | "open" | "propose" | "dedicate" | "undertake" | "commit"
        )
    {
        return None;
    }
    if told.polarity == Polarity::Negated {
        return Some(());
    }
    if told.event_type == EventType::Agree
        && told.status == Status::Held
        && !told.taking.is_empty()
        && content.is_some()
    {
        ahead(told);
    }
    Some(())
}

/// A cooperative act still to come is AGREE, planned, and names the act.
pub fn planned(evoked: &Evoked<'_, '_>, told: &mut Told) {
    if told.event_type != EventType::Agree {
        // A decision to yield is the concession itself.
        if matches!(told.event_type, EventType::Retreat | EventType::Concede) && is_decided(evoked.token) {
            told.event_type = EventType::Concede;
            told.mode = None;
            told.status = Status::Held;
            return;
        }
        told.x_of = Some(told.event_type);
        told.cameo = Some(code(told.event_type).to_owned());
        told.event_type = EventType::Agree;
        told.mode = None;
        told.rule = format!("agree/planned-{}", told.rule.replace('/', "-"));
    }
    ahead(told);
}

fn ahead(told: &mut Told) {
    told.status = Status::Planned;
    told.modality = Modality::Planned;
    if told.tense == Tense::None {
        told.tense = Tense::Future;
    }
}

fn is_decided(token: Token<'_>) -> bool {
    !token.is_root()
        && matches!(token.head().lemma(), "decide" | "announce" | "declare")
        && !reject::has_will(token)
}

/// CAMEO 03: intent to cooperate, by the act intended.
fn code(event_type: EventType) -> &'static str {
    match event_type {
        EventType::Consult => "036",
        EventType::Aid => "033",
        EventType::Cooperate => "031",
        EventType::Support => "032",
        EventType::Concede | EventType::Retreat => "035",
        _ => "030",
    }
}
