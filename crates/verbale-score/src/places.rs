//! LGL and TR-News: whether toponyms are found, with the right country, and within 161 km of the right point.
//!
//! 161 km (100 miles) is the field's measure (Leidner 2007). All toponyms that the set locates count, so one that is not
//! found or not located is wrong. A state as a whole has no point of its own: one set puts it at its capital,
//! another in its middle. So where both sides mean the same entry (the same `GeoNames` id, or the same country as a
//! whole), it is right, as in Mordecai 3; the plain distance is kept beside it, and the difference is told.

use std::path::Path;

use anyhow::{Context as _, Result};
use rayon::prelude::*;
use verbale::World;
use verbale::model::{Mention, MentionKind};

use crate::counts::Counts;
use crate::reading::Reading;
use crate::table::gunzip;
use crate::toponyms::{Article, Place, Toponym, read};
use crate::{Errors, Measure, Scored};

const SET: &str = "places";
const NAMES: [&str; 2] = ["LGL", "TR-News"];
/// 100 miles, in kilometres.
const NEAR: f64 = 161.0;
/// Mean radius of the earth, in kilometres.
const RADIUS: f64 = 6371.0;

/// Counts over articles.
#[derive(Default)]
struct Tally {
    /// Toponyms of the set, whether it locates them or not, and places found.
    found: Counts,
    exact: Counts,
    /// Toponyms with a point.
    located: usize,
    /// Of these, those to which we give a point or a whole country.
    given: usize,
    near: usize,
    /// Right by the plain distance between points.
    near_plain: usize,
    given_plain: usize,
    /// Toponyms with a country.
    with_country: usize,
    found_with_country: usize,
    right_country: usize,
    errors: Errors,
}

impl Tally {
    fn plus(mut self, other: Self) -> Self {
        self.errors.extend(other.errors);
        Self {
            found: self.found.plus(other.found),
            exact: self.exact.plus(other.exact),
            located: self.located + other.located,
            given: self.given + other.given,
            near: self.near + other.near,
            near_plain: self.near_plain + other.near_plain,
            given_plain: self.given_plain + other.given_plain,
            with_country: self.with_country + other.with_country,
            found_with_country: self.found_with_country + other.found_with_country,
            right_country: self.right_country + other.right_country,
            errors: self.errors,
        }
    }

    fn measures(&self, name: &str) -> Vec<Measure> {
        let share = |what: &str, part, whole| Measure::share(SET, format!("{name}: {what}"), part, whole);
        let mut measures = self.found.measures(SET, &format!("{name}: found")).to_vec();
        measures.extend([
            self.exact.measure(SET, &format!("{name}: found exactly")),
            share("country", self.right_country, self.with_country),
            share("country, of those found", self.right_country, self.found_with_country),
            share("within 161 km", self.near, self.located),
            share("within 161 km, of those located", self.near, self.given),
            share("within 161 km, plain distance", self.near_plain, self.located),
            share("within 161 km, plain, of those located", self.near_plain, self.given_plain),
        ]);
        measures
    }
}

/// Scores both sets.
pub fn run(world: &World, paths: &[&Path]) -> Result<Scored> {
    let mut scored = Scored::default();
    for (name, path) in NAMES.iter().zip(paths) {
        let context = || format!("reading {}", path.display());
        let (articles, unknown) = read(world, &gunzip(path).with_context(context)?).with_context(context)?;
        let tallies: Vec<Tally> = articles.par_iter().map(|article| judge(world, article, name)).collect();
        let tally = tallies.into_iter().fold(Tally::default(), Tally::plus);
        scored.measures.extend(tally.measures(name));
        scored.remarks.push(format!(
            "places, {name}: {} of {} toponyms are right as the same country or entry that the plain distance counts as wrong",
            tally.near.saturating_sub(tally.near_plain), tally.located
        ));
        if !unknown.is_empty() {
            scored.remarks.push(format!(
                "places, {name}: the knowledge has no state named {}; its toponyms have no country here",
                unknown.join(", ")
            ));
        }
        scored.errors.extend(tally.errors);
    }
    Ok(scored)
}

fn judge(world: &World, article: &Article, set: &str) -> Tally {
    let reading = Reading::new(world, &article.text, article.published.as_deref());
    let is_place = |mention: &&Mention| {
        matches!(mention.kind, MentionKind::Place | MentionKind::State) && !mention.span.in_title
    };
    let places: Vec<&Mention> = reading.coded.mentions.iter().filter(is_place).collect();
    let mut tally = Tally::default();
    let mut used = vec![false; places.len()];
    for toponym in &article.toponyms {
        let all = (0..places.len()).filter(|at| places[*at].span.overlaps(toponym.span));
        let best = all.max_by_key(|at| fit(places[*at], toponym));
        let mention = best.map(|at| places[at]);
        if let Some(at) = best {
            // A place and a state on the same words are one finding.
            for (other, place) in places.iter().enumerate() {
                used[other] |= place.span.overlaps(places[at].span);
            }
        }
        let exact = mention.is_some_and(|mention| mention.span == toponym.span);
        tally.found = tally.found.plus(Counts::whole(usize::from(mention.is_some()), 0, 1));
        tally.exact = tally.exact.plus(Counts::whole(usize::from(exact), 0, 1));
        located(&mut tally, &reading, toponym, mention, set);
    }
    let mut spurious = 0;
    let mut last = None;
    for (place, _) in places.iter().zip(&used).filter(|(_, used)| !**used) {
        if last.is_some_and(|last| place.span.overlaps(last)) {
            continue;
        }
        last = Some(place.span);
        spurious += 1;
        tally.errors.add(format!("{set}: not in the set"), place.kind.as_str(), reading.around(place.span));
    }
    tally.found.found = spurious + tally.found.hit as usize;
    tally.exact.found = tally.found.found;
    tally
}

/// What speaks for a mention as the one that is meant: the same words, a point, the longer overlap.
fn fit(mention: &Mention, toponym: &Toponym) -> (bool, bool, bool, u32) {
    let overlap = mention.span.end.min(toponym.span.end) - mention.span.start.max(toponym.span.start);
    (mention.span == toponym.span, mention.lat.is_some(), mention.country.is_some(), overlap)
}

/// Country and point of one toponym.
fn located(tally: &mut Tally, reading: &Reading, toponym: &Toponym, mention: Option<&Mention>, set: &str) {
    let words = || reading.around(toponym.span);
    let Some(gold) = &toponym.place else {
        if mention.is_none() {
            tally.errors.add(format!("{set}: not found"), "not in the gazetteer", words());
        }
        return;
    };
    tally.located += 1;
    tally.with_country += usize::from(gold.country.is_some());
    let Some(mention) = mention else {
        tally.errors.add(format!("{set}: not found"), gold.feature.as_str(), words());
        return;
    };
    tally.found_with_country += usize::from(gold.country.is_some());
    let right_country = gold.country.is_some() && mention.country == gold.country;
    tally.right_country += usize::from(right_country);
    let whole = gold.is_country() && mention.lat.is_none() && mention.country.is_some();
    let point = mention.lat.zip(mention.lon).map(|(lat, lon)| (f64::from(lat), f64::from(lon)));
    let away = point.map(|point| distance(point, gold.point));
    let plain = away.is_some_and(|away| away <= NEAR);
    let same = is_same(mention, gold) || (whole && right_country);
    tally.given += usize::from(point.is_some() || whole);
    tally.given_plain += usize::from(point.is_some());
    tally.near += usize::from(plain || same);
    tally.near_plain += usize::from(plain);
    let ours = format!(
        "{} {} [{}]",
        mention.kind,
        mention.country.as_deref().unwrap_or("no country"),
        away.map_or_else(|| "no point".to_owned(), |away| format!("{away:.0} km off"))
    );
    if gold.country.is_some() && !right_country {
        let kind = if mention.country.is_none() { "no country" } else { "wrong country" };
        tally.errors.add(
            format!("{set}: {kind}"),
            gold.feature.as_str(),
            format!("ours: {ours} | {}", words()),
        );
    } else if !plain && !same {
        let kind = if point.is_none() { "not located" } else { "far, right country" };
        tally.errors.add(
            format!("{set}: {kind}"),
            gold.feature.as_str(),
            format!("ours: {ours} | {}", words()),
        );
    }
}

/// Whether both are the same entry of the gazetteer.
fn is_same(mention: &Mention, gold: &Place) -> bool {
    gold.id.is_some() && mention.geonames == gold.id
}

/// The great-circle distance between two points in degrees, in kilometres.
fn distance(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (lat, north) = (one.0.to_radians(), other.0.to_radians());
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let a = half(other.0 - one.0) + lat.cos() * north.cos() * half(other.1 - one.1);
    2.0 * RADIUS * a.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_great_circles() {
        let (kabul, moscow) = ((34.53, 69.17), (55.75, 37.62));
        assert!((distance(kabul, moscow) - 3377.0).abs() < 15.0);
        assert!(distance(kabul, kabul) < 1e-6);
    }
}
