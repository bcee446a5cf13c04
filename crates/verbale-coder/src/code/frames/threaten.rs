//! THREATEN: threats, ultimatums, and conflict that somebody announces.

use verbale_model::Status;
use verbale_model::ontology::{EventType, Mode};
use verbale_nlp::Dep;

use super::content::{Content, content, is_cooperative};
use super::engine::Evoked;
use crate::code::Coding;
use crate::code::told::Told;
use crate::code::tree::is_infinitive;

/// "threatened to cut ties": what is threatened gives mode and code.
pub fn threat(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) -> Option<()> {
    let content = content(coding, evoked);
    // "warned residents to stay indoors" is advice; a warning without a threat in it is weak.
    if matches!(evoked.token.lemma(), "warn" | "caution")
        && content.is_none_or(|content| is_cooperative(content.event_type))
    {
        if evoked.complement().is_some_and(is_infinitive) {
            return None;
        }
        told.confidence -= 0.15;
    }
    let milder = matches!(
        evoked.token.lemma(),
        "vow" | "warn" | "caution" | "pledge" | "promise" | "ready" | "prepared"
    );
    if milder
        && content.is_none_or(|content| is_cooperative(content.event_type))
        && !matches!(evoked.token.lemma(), "warn" | "caution")
    {
        // "vowed to help": a promise.
        let content = content?;
        told.event_type = EventType::Agree;
        told.x_of = Some(content.event_type);
        told.status = Status::Planned;
        return Some(());
    }
    name(told, content);
    Some(())
}

fn name(told: &mut Told, content: Option<Content>) {
    told.event_type = EventType::Threaten;
    let (mode, cameo) = match content.map(|content| (content.event_type, content.mode)) {
        Some((EventType::Assault | EventType::Mobilize, _)) => (Some(Mode::Violence), "138"),
        Some((EventType::Sanction, Some(Mode::Expel))) => (Some(Mode::Expel), "136"),
        Some((EventType::Sanction, _) | (EventType::Retreat, Some(Mode::Withdraw))) => {
            (Some(Mode::Relations), "131")
        }
        Some((EventType::Coerce, Some(Mode::Arrest))) => (Some(Mode::Arrest), "137"),
        Some((EventType::Coerce, Some(Mode::Deport))) => (Some(Mode::Expel), "132"),
        Some((EventType::Coerce, _)) => (Some(Mode::Restrict), "132"),
        Some((EventType::Protest, _)) => (Some(Mode::Restrict), "133"),
        _ => (told.mode.filter(|_| told.rule.starts_with("threaten")), "130"),
    };
    told.mode = mode;
    if told.cameo.as_deref() != Some("139") {
        told.cameo = Some(cameo.to_owned());
    }
}

/// Conflict still to come is a threat when the one who would act says so: "said it would boycott".
pub fn planned(evoked: &Evoked<'_, '_>, told: &mut Told) {
    let material = matches!(
        told.event_type,
        EventType::Sanction
            | EventType::Coerce
            | EventType::Mobilize
            | EventType::Assault
            | EventType::Protest
    );
    if !material {
        return;
    }
    let clause = crate::code::modality::clause_of(evoked.token);
    let own_words = clause.dep() == Dep::Ccomp
        || clause.dep() == Dep::Conj
        || clause.is_root()
        || clause.dep() == Dep::Xcomp;
    if !own_words {
        return;
    }
    let content = Content { event_type: told.event_type, mode: told.mode, negated: false };
    told.rule = format!("threaten/planned-{}", told.rule.replace('/', "-"));
    name(told, Some(content));
    told.status = Status::Held;
    told.confidence -= 0.05;
}
