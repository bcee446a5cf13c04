//! Readings of a name by themselves: how likely each is before the report is heard.

use verbale_knowledge::{Place, PlaceKind, fold};

/// A place with fewer people needs a sign that it is meant.
pub(super) const TOWN: u32 = 100_000;

/// The region a place is or lies in.
pub(super) fn region_of(place: &Place<'_>) -> Option<String> {
    let region = if place.kind == PlaceKind::Region { place.name } else { place.admin1 };
    (!region.is_empty()).then(|| fold(region))
}

/// The reading with the highest score among those allowed; the first of equals.
pub(super) fn top(scores: &[f32], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    (0..scores.len()).filter(|at| allowed(*at)).fold(None, |best: Option<usize>, at| match best {
        Some(best) if scores[best] >= scores[at] => Some(best),
        _ => Some(at),
    })
}

/// Whether a name needs no context: one country, or one reading that dwarfs all others.
pub(super) fn sure(readings: &[Place<'_>]) -> bool {
    let Some(first) = readings.first() else { return false };
    let others = || readings[1..].iter().filter(|place| place.country != first.country);
    match first.kind {
        PlaceKind::Country => {
            !others().any(|place| place.kind == PlaceKind::Region && place.population > 1_000_000)
        }
        PlaceKind::Region | PlaceKind::County | PlaceKind::Capital | PlaceKind::City => {
            others().next().is_none() && (first.population >= TOWN || first.kind != PlaceKind::City)
                || first.population > 500_000
                    && others().all(|place| place.population < first.population / 20)
        }
        PlaceKind::Other => true,
    }
}

/// How likely a place is before anything is known of the report, in powers of ten of people.
pub(super) fn prior(place: &Place<'_>, key: &str) -> f32 {
    let people = (place.population as f32 + 500.0).log10();
    let own = fold(place.name);
    // "In New York" is the city, unless the words beside it say otherwise.
    let city = place.population > 10 * TOWN && own.strip_suffix(" city") == Some(key);
    let kind = match place.kind {
        PlaceKind::Country => people.max(6.5) + 2.0,
        PlaceKind::Capital => people.max(4.5) + 1.0,
        PlaceKind::Region => people - 0.5,
        // A county is seldom named without the word for it.
        PlaceKind::County => people - 1.5,
        PlaceKind::City => people,
        PlaceKind::Other => people.max(7.0),
    };
    match (city, own == key) {
        (true, _) => kind + 1.0,
        (_, true) => kind,
        _ => kind - 0.8,
    }
}
