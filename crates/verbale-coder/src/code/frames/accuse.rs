//! ACCUSE: complaints made to an envoy who was called in, and "said that X was responsible".

use verbale_model::Role;
use verbale_model::ontology::{EventType, Mode};
use verbale_nlp::{Dep, Token};

use super::engine::Evoked;
use super::parties;
use crate::code::Coding;
use crate::code::told::Told;
use crate::code::tree::{arguments, case_of, subject};

/// "summoned the ambassador to complain": the one who summons complains, to the one summoned.
pub fn complaint(coding: &Coding<'_>, evoked: &Evoked<'_, '_>, told: &mut Told) {
    if told.event_type != EventType::Accuse {
        return;
    }
    if let Some(summons) = summons_above(evoked.token) {
        complain(coding, summons, told);
    }
}

/// "summoned the ambassador in protest"
pub fn in_protest(coding: &Coding<'_>, token: Token<'_>) -> Option<Told> {
    let noun = matches!(token.lemma(), "protest" | "complaint") && case_of(token) == "in" && !token.is_root();
    let summons = noun.then(|| token.head()).filter(|head| head.lemma() == "summon")?;
    let mut told = Told::new(token.i()..token.i() + 1, EventType::Accuse, "accuse/summons");
    told.entry = format!("summon in {}", token.lemma());
    complain(coding, summons, &mut told);
    (told.taking.len() > 1).then_some(told)
}

fn complain(coding: &Coding<'_>, summons: Token<'_>, told: &mut Told) {
    let args = arguments(summons);
    let (Some(agent), Some(patient)) = (args.agent, args.patient) else { return };
    told.taking.clear();
    for taking in parties::named(coding, agent, Role::Actor).into_iter().chain(parties::named(
        coding,
        patient,
        Role::Recipient,
    )) {
        told.take(taking);
    }
    told.taking.sort_by_key(|taking| taking.tokens.start);
    told.mode = Some(Mode::Disapprove);
    told.cameo = Some("114".to_owned());
    "accuse/summons".clone_into(&mut told.rule);
    told.confidence = 1.0;
    told.status = verbale_model::Status::Held;
    told.modality = verbale_model::Modality::Certain;
}

fn summons_above(token: Token<'_>) -> Option<Token<'_>> {
    let below = matches!(token.dep(), Dep::Advcl | Dep::Xcomp | Dep::Obl | Dep::Acl);
    (below && !token.is_root())
        .then(|| token.head())
        .filter(|head| matches!(head.lemma(), "summon" | "call" | "ambassador" | "envoy" | "diplomat"))
        .and_then(|head| {
            if head.lemma() == "summon" {
                Some(head)
            } else {
                Some(head.head()).filter(|verb| verb.lemma() == "summon")
            }
        })
}

/// "said the militants were responsible": who says so accuses.
pub fn blamed(coding: &Coding<'_>, token: Token<'_>) -> Option<Told> {
    let blames = matches!(token.lemma(), "responsible" | "guilty" | "complicit") && token.dep() == Dep::Ccomp;
    let verb = blames.then(|| token.head()).filter(|verb| {
        matches!(verb.lemma(), "say" | "claim" | "allege" | "declare" | "insist" | "believe" | "suspect")
    })?;
    let mut told = Told::new(token.i()..token.i() + 1, EventType::Accuse, "accuse/responsible");
    told.mode = Some(Mode::Allege);
    told.cameo = Some("112".to_owned());
    told.entry = format!("responsible: {}", token.lemma());
    told.confidence = 0.7;
    for taking in parties::named(coding, subject(verb)?, Role::Actor).into_iter().chain(parties::named(
        coding,
        subject(token)?,
        Role::Recipient,
    )) {
        told.take(taking);
    }
    let both = [Role::Actor, Role::Recipient]
        .iter()
        .all(|role| told.taking.iter().any(|taking| taking.role == *role));
    both.then_some(told)
}
