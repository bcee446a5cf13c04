//! The entry that a cluster makes: each field from the telling that knows it best.

use std::collections::{BTreeMap, BTreeSet};

use verbale_model::{DateMethod, Event, Precision, Status};

use super::cluster::{Cluster, order};
use super::confirm::{confirm, is_town};
use super::profile::Profile;
use super::unite::participants;
use super::when::When;
use crate::{Cited, Entry, Reviewed, Telling, TellingId};

/// No merged entry is surer than this: sources that err together are not independent.
const SUREST: f32 = 0.99;

/// One entry from the tellings of a cluster; independent of the order of its members. The evidence texts of
/// [`Cited`] are left empty. A cluster without members makes an entry of the first telling.
///
/// # Panics
///
/// Never for a list with at least one telling.
pub fn merge(tellings: &[&Telling], cluster: &Cluster) -> Entry {
    let mut mine: Vec<&Telling> =
        cluster.members.iter().filter_map(|at| tellings.get(*at).copied()).collect();
    if mine.is_empty() {
        mine.extend(tellings.first());
    }
    mine.sort_by(|a, b| order(a, b));
    let mut from = BTreeMap::new();
    let mut event = fields(&mine, &mut from);
    unite(&mine, &mut event, &mut from);
    let sides: BTreeSet<String> = event
        .participants
        .iter()
        .filter_map(|one| one.side.clone().or_else(|| one.nationality.clone()))
        .collect();
    let mut differences = Vec::new();
    if mine.len() > 1 {
        (event.confirmation, differences) = confirm(&mine, &sides);
        if event.confirmation.state == verbale_model::ConfirmationState::Denied {
            event.status = Status::Denied;
        }
    }
    event.confidence = confidence(&mine);
    Entry {
        event,
        from,
        tellings: mine.iter().map(|telling| cite(telling)).collect(),
        documents: count(mine.iter().map(|telling| telling.id.document.as_str())),
        sources: sources(&mine),
        link_score: cluster.score,
        link_reasons: cluster.reasons.clone(),
        differences,
        superseded: mine.iter().all(|telling| telling.source.superseded),
        review: Reviewed::default(),
    }
}

/// The event of the first telling, with each single-valued field from the best one.
fn fields(mine: &[&Telling], from: &mut BTreeMap<String, TellingId>) -> Event {
    let first = mine[0];
    let mut event = first.event.clone();
    event.id = first.id.to_string();
    let mut pick = |path: &str, has: &dyn Fn(&Telling) -> bool, worth: &dyn Fn(&Telling) -> Vec<i32>| {
        let with = mine.iter().copied().filter(|telling| has(telling));
        // The first of the best.
        let best = with.reduce(|best, other| if worth(other) > worth(best) { other } else { best })?;
        from.insert(path.to_owned(), best.id.clone());
        Some(best)
    };
    let settled = |telling: &Telling| -i32::from(rank(telling.event.status));
    if let Some(best) = pick("status", &|_| true, &|telling| vec![settled(telling)]) {
        event.status = best.event.status;
        // A meeting that was held is CONSULT, though it was first told as an agreement to meet.
        event.event_type = best.event.event_type;
        event.x_of = best.event.x_of;
        event.rule.clone_from(&best.event.rule);
        event.x_entry.clone_from(&best.event.x_entry);
        event.mode = best.event.mode;
        event.cameo.clone_from(&best.event.cameo);
    }
    let same = |telling: &Telling| i32::from(telling.event.event_type == event.event_type);
    let decided =
        |telling: &Telling| i32::from(telling.event.cameo.as_deref().is_some_and(|code| code != "040"));
    if let Some(best) = pick("mode", &|one| one.event.mode.is_some() && same(one) == 1, &|one| {
        vec![decided(one), settled(one)]
    }) {
        event.mode = best.event.mode;
        event.cameo = best.event.cameo.clone().or(event.cameo);
    }
    if let Some(best) = pick("date", &|one| one.event.date.is_some(), &date_worth) {
        event.date.clone_from(&best.event.date);
    }
    if let Some(best) = pick("place", &|one| one.event.place.is_some(), &|one| {
        let known = one.event.place.as_ref().is_some_and(|place| place.geonames.is_some());
        vec![i32::from(is_town(one)), i32::from(known), settled(one)]
    }) {
        event.place.clone_from(&best.event.place);
    }
    let nothing = |_: &Telling| vec![0];
    event.channel =
        pick("channel", &|one| one.event.channel.is_some(), &nothing).and_then(|one| one.event.channel);
    event.setting =
        pick("setting", &|one| one.event.setting.is_some(), &nothing).and_then(|one| one.event.setting);
    event.formality =
        pick("formality", &|one| one.event.formality.is_some(), &nothing).and_then(|one| one.event.formality);
    event.x_summons = mine.iter().any(|one| one.event.x_summons);
    event
}

/// What goes together from all tellings: participants, contexts, topics, claims.
fn unite(mine: &[&Telling], event: &mut Event, from: &mut BTreeMap<String, TellingId>) {
    let united = participants(mine, Profile::of(mine[0]).kind);
    event.participants = Vec::with_capacity(united.len());
    for (at, one) in united.into_iter().enumerate() {
        from.insert(format!("participants/{at}"), mine[one.from].id.clone());
        event.participants.push(one.participant);
    }
    let contexts: BTreeSet<_> = mine.iter().flat_map(|one| one.event.contexts.iter().copied()).collect();
    event.contexts = contexts.into_iter().collect();
    event.topics = Vec::new();
    event.claims = Vec::new();
    for telling in mine {
        for topic in &telling.event.topics {
            if !event.topics.iter().any(|known| known.topic == topic.topic) {
                from.insert(format!("topics/{}", event.topics.len()), telling.id.clone());
                event.topics.push(topic.clone());
            }
        }
        let document = &telling.id.document;
        event.claims.extend(telling.event.claims.iter().map(|claim| format!("{document}:{claim}")));
    }
    from.insert("evidence".to_owned(), mine[0].id.clone());
}

/// What is surer comes first: held, denied, cancelled, planned, hypothetical.
fn rank(status: Status) -> u8 {
    match status {
        Status::Held => 0,
        Status::Denied => 1,
        Status::Cancelled => 2,
        Status::Planned => 3,
        Status::Hypothetical => 4,
    }
}

/// The most exact date; one written out before one worked out; what was held before what was planned.
fn date_worth(telling: &Telling) -> Vec<i32> {
    let Some(date) = &telling.event.date else { return Vec::new() };
    let when = When::of(telling);
    let known = i32::from(date.precision != Precision::None);
    let yearless = i32::from(date.edtf.starts_with("XXXX"));
    let method = match date.method {
        DateMethod::Stated => 0,
        DateMethod::YearInferred => 1,
        DateMethod::Relative => 2,
        DateMethod::Publication => 3,
        DateMethod::None => 4,
    };
    vec![known, -yearless, -when.width(), -i32::from(rank(telling.event.status)), -method]
}

/// One minus the chance that every family errs. Copies err together, so a family counts once, by its
/// surest telling; and families never make it surer than [`SUREST`], since they may have one origin.
fn confidence(mine: &[&Telling]) -> f32 {
    let mut families: BTreeMap<&str, f32> = BTreeMap::new();
    for telling in mine {
        let best = families.entry(family(telling)).or_default();
        *best = best.max(telling.event.confidence.clamp(0.0, 1.0));
    }
    let surest = families.values().copied().fold(0.0, f32::max);
    let doubt: f32 = families.values().map(|sure| 1.0 - sure).product();
    let sure = (1.0 - doubt).min(SUREST).max(surest);
    (sure * 100.0).round() / 100.0
}

/// Families of documents, superseded ones left out; those count where there are no others.
fn sources(mine: &[&Telling]) -> u32 {
    let current = count(mine.iter().filter(|one| !one.source.superseded).map(|one| family(one)));
    if current == 0 { count(mine.iter().map(|one| family(one))) } else { current }
}

fn family(telling: &Telling) -> &str {
    if telling.source.family.is_empty() { &telling.id.document } else { &telling.source.family }
}

fn count<'a>(names: impl Iterator<Item = &'a str>) -> u32 {
    u32::try_from(names.collect::<BTreeSet<_>>().len()).unwrap_or(u32::MAX)
}

fn cite(telling: &Telling) -> Cited {
    Cited {
        id: telling.id.clone(),
        outlet: telling.source.outlet.clone(),
        published: telling.source.published.clone(),
        url: telling.source.url.clone(),
        family: telling.source.family.clone(),
        evidence: Vec::new(),
    }
}
