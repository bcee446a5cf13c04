//! CONSULT: meetings, talks, visits, calls, mediation and summonses.

mod manner;
mod people;
mod senses;
mod setting;

use verbale_model::ontology::{EventType, Mode};
use verbale_model::{Channel, Status};
use verbale_nlp::{Dep, Token, Upos};

use super::Coding;
use super::circumstances;
use super::modality::{self, Reading};
use super::told::Told;
use super::tree::{arguments, case_of};
use manner::{channel, formality, topics};
use people::{in_turn, people};
use senses::{Evoked, noun_sense, rule, verb_sense};
use setting::{confidence, is_anaphoric, plausible, setting};

/// Reads the consultations off a token, if it evokes any: several where people were met one after
/// the other.
pub fn read(coding: &Coding<'_>, token: Token<'_>) -> Vec<Told> {
    let evoked = match token.pos() {
        Upos::Verb => verb_sense(token),
        // The noun of "held a meeting" speaks for its verb; "a meeting room" is no meeting.
        Upos::Noun | Upos::Propn if !matches!(token.dep(), Dep::Compound | Dep::NmodDesc | Dep::Flat) => {
            noun_sense(token)
        }
        _ => None,
    };
    let Some(evoked) = evoked else { return Vec::new() };
    let args = arguments(token);
    let mut told = Told::new(token.i()..token.i() + 1, EventType::Consult, rule(evoked));
    told.entry = format!("consult: {}", token.lemma());
    apply(&mut told, reading(coding, token));
    people(coding, token, evoked, &args, &mut told);
    in_turn(coding, token, told)
        .into_iter()
        .filter_map(|mut told| settle(coding, token, evoked, &mut told).then_some(told))
        .collect()
}

/// The predicate's reading; "before his talks on Tuesday" lies ahead only while Tuesday does.
fn reading(coding: &Coding<'_>, token: Token<'_>) -> Reading {
    let mut reading = modality::reading(token);
    if reading.status == Status::Planned && case_of(token) == "before" {
        let time = circumstances::time_of(coding.resolved, token).map(|at| &coding.resolved.times[at]);
        let over = time.and_then(|time| time.edtf.as_deref()).zip(coding.resolved.published);
        if over.is_some_and(|(edtf, published)| *edtf <= *published.to_string()) {
            (reading.status, reading.modality) = (Status::Held, verbale_model::Modality::Certain);
        }
    }
    reading
}

/// Copies what the surroundings say onto a telling.
pub fn apply(told: &mut Told, reading: Reading) {
    told.status = reading.status;
    told.polarity = reading.polarity;
    told.modality = reading.modality;
    told.tense = reading.tense;
}

/// Fills in the rest and says whether this is a consultation worth telling.
fn settle(coding: &Coding<'_>, token: Token<'_>, evoked: Evoked, told: &mut Told) -> bool {
    let resolved = coding.resolved;
    told.taking.sort_by_key(|taking| taking.tokens.start);
    told.channel = channel(token, evoked);
    told.formality = formality(token);
    told.place = told.place.or_else(|| circumstances::place_of(resolved, token));
    told.time = told.time.or_else(|| circumstances::time_of(resolved, token));
    topics(coding, token, told);
    told.summons = evoked == Evoked::Summon;
    if evoked == Evoked::Letter {
        told.channel = Some(Channel::Letter);
    }
    told.journey = matches!(evoked, Evoked::Journey | Evoked::Visit);
    if evoked == Evoked::Visit {
        told.mode = Some(Mode::Visit);
    }
    told.anaphoric = is_anaphoric(token) && told.taking.len() < 2;
    setting(coding, token, evoked, told);
    if coding.is_veto(token) || !plausible(coding, token, evoked, told) {
        return false;
    }
    told.confidence = confidence(coding, told);
    true
}
