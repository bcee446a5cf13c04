//! Places as they are compared.

use verbale_model::EventPlace;

use super::name::fold;
use super::states::STATES;

/// Two points nearer than this may be one town and a house in it, in kilometres.
const NEAR: f32 = 50.0;

/// What two places say of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Places {
    /// Two places.
    Apart,
    /// Nothing: one is unknown.
    Open,
    /// One lies in the country that the other names.
    Country,
    /// One town.
    Same,
}

/// Whether a place is no more than its country.
pub(super) fn is_country(place: &EventPlace) -> bool {
    let Some(country) = place.country.as_deref() else { return false };
    place.geonames.is_none_or(|id| STATES.binary_search(&id).is_ok())
        || place.name.eq_ignore_ascii_case(country)
}

/// What two places say of each other; the same whichever comes first.
pub(super) fn places(one: Option<&EventPlace>, other: Option<&EventPlace>) -> Places {
    let (Some(a), Some(b)) = (one, other) else { return Places::Open };
    if a.geonames.is_some() && a.geonames == b.geonames || fold(&a.name) == fold(&b.name) {
        return if is_country(a) { Places::Country } else { Places::Same };
    }
    match (&a.country, &b.country) {
        (Some(x), Some(y)) if x != y => Places::Apart,
        (Some(_), Some(_)) if is_country(a) || is_country(b) => Places::Country,
        (Some(_), Some(_)) => match distance(a, b) {
            Some(far) if far > NEAR => Places::Apart,
            Some(_) => Places::Same,
            // Without coordinates two known towns are two, and a name that nobody knows may be either.
            None if a.geonames.is_some() && b.geonames.is_some() => Places::Apart,
            None => Places::Open,
        },
        _ => Places::Open,
    }
}

/// Kilometres between two points, by the haversine formula.
fn distance(a: &EventPlace, b: &EventPlace) -> Option<f32> {
    let (lat, lon) = (a.lat?.to_radians(), a.lon?.to_radians());
    let (to_lat, to_lon) = (b.lat?.to_radians(), b.lon?.to_radians());
    let (up, along) = (((to_lat - lat) / 2.0).sin(), ((to_lon - lon) / 2.0).sin());
    let half = lat.cos() * to_lat.cos() * along * along + up * up;
    Some(2.0 * 6371.0 * half.clamp(0.0, 1.0).sqrt().asin())
}
