//! Visits: a journey lends mode, place and date to the meetings made on it, and is an event of its
//! own where it has none; the place then says who is host and who visitor.

use verbale_model::ontology::{EventType, Mode};
use verbale_model::{Channel, Part, Role, Setting, Status};

use super::Coding;
use super::told::{Taking, Told};
use crate::resolve::{Actor, ActorKind};

/// How many sentences after a journey its meetings may be told.
const REACH: usize = 4;

/// Gives every meeting the journey it was made on, and drops journeys that have given.
pub fn lend(coding: &Coding<'_>, told: &mut Vec<Told>) {
    let sentence = |telling: &Told| coding.resolved.doc.token(telling.trigger.start).sent().i();
    let journeys: Vec<usize> = (0..told.len()).filter(|at| is_journey(&told[*at])).collect();
    let mut spent = vec![false; told.len()];
    for at in journeys {
        let journey = told[at].clone();
        let Some(visitor) =
            journey.taking.iter().find(|taking| taking.role == Role::Actor).map(|taking| taking.actor)
        else {
            continue;
        };
        for (other, telling) in told.iter_mut().enumerate() {
            let near = sentence(telling).abs_diff(sentence(&journey)) <= REACH;
            let meeting = other != at
                && telling.event_type == EventType::Consult
                && !is_journey(telling)
                && !telling.anaphoric;
            let remote = matches!(telling.channel, Some(Channel::Phone | Channel::Video | Channel::Letter));
            if !near || !meeting || remote || !telling.actors().any(|actor| actor == visitor) {
                continue;
            }
            if journey.status != telling.status || !same_place(coding, journey.place, telling.place) {
                continue;
            }
            telling.place = telling.place.or(journey.place);
            telling.time = telling.time.or(journey.time);
            telling.journey = true;
            for taking in telling.taking.iter_mut().filter(|taking| taking.actor == visitor) {
                taking.part = coding.actor(visitor).is_personal().then_some(Part::Visitor);
                taking.role = Role::Actor;
            }
            spent[at] = true;
        }
    }
    let mut at = 0;
    told.retain(|_| {
        at += 1;
        !spent[at - 1]
    });
}

fn is_journey(telling: &Told) -> bool {
    matches!(telling.rule.as_str(), "consult/journey" | "consult/visit")
}

fn same_place(coding: &Coding<'_>, one: Option<usize>, other: Option<usize>) -> bool {
    let country = |at: Option<usize>| at.and_then(|at| coding.resolved.places[at].country.clone());
    match (country(one), country(other)) {
        (Some(one), Some(other)) => one == other,
        _ => true,
    }
}

/// Decides mode, parts and CAMEO code of a consultation from place and sides; a cooperative act
/// still to come becomes AGREE.
pub fn settle(coding: &Coding<'_>, told: &mut Told) {
    if told.event_type != EventType::Consult {
        return;
    }
    if is_journey(told) {
        host_of_place(coding, told);
        told.mode = Some(Mode::Visit);
    }
    if told.mode.is_none() || (told.mode == Some(Mode::Visit) && !is_journey(told)) {
        from_place(coding, told);
    }
    for taking in &mut told.taking {
        let actor = coding.actor(taking.actor);
        let personal = actor.is_personal() || (actor.kind == ActorKind::Group && actor.office.is_some());
        if taking.part.is_none() && personal {
            taking.part = Some(Part::Principal);
        } else if !personal {
            taking.part = None;
        }
    }
    told.cameo = Some(
        match (told.mode, told.setting) {
            (_, Some(Setting::ThirdParty)) => "045",
            (Some(Mode::Phone), _) => "041",
            (Some(Mode::Visit), _) => "042",
            (Some(Mode::ThirdParty), _) => "044",
            _ => "040",
        }
        .to_owned(),
    );
    if told.status == Status::Planned {
        told.event_type = EventType::Agree;
        told.x_of = Some(EventType::Consult);
        told.mode = None;
        told.cameo = Some("036".to_owned());
        told.rule = format!("agree/{}", told.rule.replace('/', "-"));
    }
}

/// "Arrived in Beijing": the state whose place was visited is the host.
fn host_of_place(coding: &Coding<'_>, told: &mut Told) {
    if told.taking.iter().any(|taking| taking.role == Role::Recipient) {
        return;
    }
    let Some(place) = told.place.map(|at| &coding.resolved.places[at]) else { return };
    let Some(country) = place.country.clone() else { return };
    let visitor_home = told.actors().any(|at| {
        let actor = coding.actor(at);
        actor.side.as_deref() == Some(&country) || actor.nationality.as_deref() == Some(&country)
    });
    if visitor_home || !place.capital_or_country {
        return;
    }
    let known = coding
        .resolved
        .actors
        .iter()
        .position(|actor| actor.kind == ActorKind::State && actor.side.as_deref() == Some(&country));
    let actor = known.unwrap_or_else(|| {
        let mut state = Actor::new(ActorKind::State, coding.resolved.doc.slice(place.tokens.clone()));
        state.side = Some(country.clone());
        state.nationality = Some(country.clone());
        state.entity = coding
            .resolved
            .knowledge
            .state(&country)
            .map(|state| state.wikidata.to_owned())
            .filter(|id| !id.is_empty());
        state.sector = Some(verbale_model::ontology::Sector::Gov);
        coding.add_actor(state)
    });
    told.take(Taking { actor, tokens: place.tokens.clone(), role: Role::Recipient, part: None });
}

/// Somebody at home and somebody from elsewhere make a visit; nobody at home makes a third place.
/// Envoys who live there visit nobody.
fn from_place(coding: &Coding<'_>, told: &mut Told) {
    if matches!(told.channel, Some(Channel::Phone | Channel::Video | Channel::Letter)) || told.summons {
        return;
    }
    let Some(country) = told.place.and_then(|at| coding.resolved.places[at].country.clone()) else { return };
    let abroad = |at: usize| coding.actor(at).side.is_some_and(|side| side != country);
    if told.journey && told.actors().any(abroad) || told.rule == "consult/host" {
        for taking in
            told.taking.iter().filter(|taking| told.rule != "consult/host" || taking.role == Role::Recipient)
        {
            coding.adopt_side(taking.actor, &country);
        }
    }
    let home =
        |actor: &Actor| actor.side.as_deref().or(actor.nationality.as_deref()).map(|side| side == country);
    let resident = |actor: &Actor| {
        matches!(
            actor.office_kind.as_deref(),
            Some("ambassador" | "embassy" | "charge" | "consul" | "diplomat")
        )
    };
    let actors: Vec<Actor> = told.actors().map(|at| coding.actor(at)).collect();
    let hosts = actors.iter().any(|actor| home(actor) == Some(true));
    let guests = actors.iter().any(|actor| home(actor) == Some(false) && !resident(actor));
    let strangers = actors.iter().filter(|actor| home(actor) == Some(false)).count();
    if hosts && guests {
        if told.mode.is_none() {
            told.mode = Some(Mode::Visit);
        }
        for (taking, actor) in told.taking.iter_mut().zip(&actors) {
            let at_home = home(actor) == Some(true);
            let personal = actor.is_personal();
            taking.role = if at_home { Role::Recipient } else { Role::Actor };
            taking.part = personal.then_some(if at_home { Part::Host } else { Part::Visitor });
        }
    } else if !hosts && strangers >= 2 && strangers == actors.len() && told.mode.is_none() {
        told.mode = Some(Mode::ThirdParty);
        for taking in &mut told.taking {
            taking.part = None;
        }
    }
}
