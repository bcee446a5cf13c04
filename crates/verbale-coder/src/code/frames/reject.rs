//! REJECT: refusing to act, turning down what was asked or offered, and cooperation negated.

use verbale_model::ontology::{EventType, Mode};
use verbale_model::{Modality, Polarity, Role, Status};
use verbale_nlp::{Dep, Token};

use super::content::{Content, asked, content, is_cooperative};
use super::engine::Evoked;
use super::slots;
use crate::code::Coding;
use crate::code::told::Told;

/// "refused to meet", "rejected the demand": the mode says what was refused.
pub fn refuse(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) -> Option<()> {
    let content = content(coding, evoked);
    // "failed to win": only failing to come to terms is a refusal.
    if evoked.token.lemma() == "fail" && !content.is_some_and(|content| is_cooperative(content.event_type)) {
        return None;
    }
    if told.polarity == Polarity::Negated {
        return None;
    }
    name(told, content);
    Some(())
}

fn name(told: &mut Told, content: Option<Content>) {
    told.mode = asked(content).or(told.mode);
    told.cameo = match told.mode {
        Some(Mode::Meet) => Some("125".to_owned()),
        Some(Mode::Assist) => Some("121".to_owned()),
        Some(Mode::Yield) => Some("124".to_owned()),
        _ => told.cameo.take(),
    };
}

/// Cooperation that is not, or will not be, done is refused; conflict that is not done is no event.
pub fn negated(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) -> Option<()> {
    let token = evoked.carrier.unwrap_or(evoked.token);
    let willed = has_will(token) || has_auxiliary(token, &["would", "do", "does", "can", "could"]);
    let gives = matches!(
        told.event_type,
        EventType::Agree
            | EventType::Concede
            | EventType::Aid
            | EventType::Support
            | EventType::Retreat
            | EventType::Consult
            | EventType::Cooperate
    );
    let yielding = matches!(told.event_type, EventType::Agree | EventType::Concede);
    let has_actor = told.taking.iter().any(|taking| taking.role == Role::Actor);
    if !gives || !has_actor || !(willed || yielding) {
        return None;
    }
    let content = Content { event_type: told.event_type, mode: told.mode, negated: false };
    let content = told.x_of.map_or(content, |event_type| Content { event_type, ..content });
    told.event_type = EventType::Reject;
    told.cameo = Some("120".to_owned());
    told.mode = None;
    name(told, Some(content));
    told.rule = format!("reject/negated-{}", told.rule.replace('/', "-"));
    told.x_of = None;
    slots::whose_move(coding, evoked, told);
    told.status = Status::Held;
    told.modality = Modality::Certain;
    Some(())
}

/// Whether a verb stands in the future.
pub fn has_will(token: Token<'_>) -> bool {
    has_auxiliary(token, &["will", "'ll", "’ll", "shall", "wo"])
}

fn has_auxiliary(token: Token<'_>, words: &[&str]) -> bool {
    token
        .children()
        .any(|child| child.dep() == Dep::Aux && words.contains(&child.text().to_lowercase().as_str()))
}
