//! Words beside a name that say what it is: "Haidian District", "the State of New York", "Clay and Swift counties".

use std::ops::Range;
use std::rc::Rc;

use verbale_knowledge::{Place, PlaceKind, fold};
use verbale_nlp::{Doc, Upos};

use super::covers::Cover;
use super::gazetteer::Gazetteer;
use super::toponyms::{Toponym, capital, unlisted};
use super::words::{INSTITUTION, TERRITORY, TERRITORY_OF, TOWN_OF};

/// "Aleppo Governorate", "Laurel County", "Guangxi Zhuang Autonomous Region": the territory; where it is not listed,
/// the town of that name stands in for its point.
pub(super) fn territory<'k>(
    gazetteer: &mut Gazetteer<'k>,
    doc: &Doc,
    tokens: Range<usize>,
    covers: &[Cover],
) -> Option<Toponym<'k>> {
    if let Some(end) = territory_end(doc, tokens.end) {
        let unit = doc.token(end - 1).text();
        let whole = tokens.start..end;
        let full = gazetteer.readings(&fold(doc.slice(whole.clone()))).places;
        let base = gazetteer.readings(&fold(doc.slice(tokens))).places;
        let of_kind = |kinds: &[PlaceKind]| -> Vec<Place<'k>> {
            full.iter().chain(base.iter()).filter(|place| kinds.contains(&place.kind)).copied().collect()
        };
        let regions = match unit {
            "County" | "Parish" | "City" | "Borough" | "Township" => Vec::new(),
            _ => of_kind(&[PlaceKind::Region]),
        };
        let counties = if unit == "City" { Vec::new() } else { of_kind(&[PlaceKind::County]) };
        let wide = if regions.is_empty() { counties } else { regions };
        let towns = of_kind(&[PlaceKind::City, PlaceKind::Capital]);
        let stand_in = wide.is_empty() && unit != "City" && !towns.is_empty();
        let small = matches!(unit, "County" | "Parish" | "Township");
        let readings = if !wide.is_empty() {
            wide
        } else if small {
            Vec::new()
        } else {
            towns
        };
        return Some(Toponym { stand_in, ..unlisted(doc, whole, readings) });
    }
    // "Aleppo International Airport": marked as one place, longer than what is listed.
    let ent = covers[tokens.start].place.clone()?;
    let end = (tokens.end..ent.end).find(|at| !capital(doc.token(*at))).unwrap_or(ent.end);
    let longer = ent.start == tokens.start && end > tokens.end;
    (longer && doc.token(tokens.end).pos() != Upos::Punct)
        .then(|| unlisted(doc, tokens.start..end, Vec::new()))
}

/// Where the words for a territory end, if such stand behind a name: "Province", "Zhuang Autonomous Region".
fn territory_end(doc: &Doc, start: usize) -> Option<usize> {
    let word = |at: usize| (at < doc.len()).then(|| doc.token(at));
    let unit = |at: usize| word(at).is_some_and(|word| TERRITORY.contains(&word.text()));
    let autonomous = (start..start + 3)
        .take_while(|at| word(*at).is_some_and(capital))
        .find(|at| word(*at).is_some_and(|word| word.text() == "Autonomous"));
    match autonomous {
        Some(at) if unit(at + 1) => Some(at + 2),
        // "Dublin City Council", "Kent County Hospital" are no territories.
        _ if unit(start)
            && !word(start + 1).is_some_and(|next| INSTITUTION.contains(&next.text()) && capital(next)) =>
        {
            Some(start + 1)
        }
        _ => None,
    }
}

/// The readings that "Clay, Grant and Swift counties", "the city of Lagos" leave.
pub(super) fn narrowed<'k>(doc: &Doc, tokens: &Range<usize>, readings: Rc<[Place<'k>]>) -> Rc<[Place<'k>]> {
    let town = before_of(doc, tokens.start).is_some_and(|word| TOWN_OF.contains(&word.as_str()));
    let counties = in_list_of_counties(doc, tokens.end);
    let fits = |place: &&Place<'k>| match place.kind {
        PlaceKind::City | PlaceKind::Capital => town,
        PlaceKind::County => counties,
        _ => false,
    };
    if !(town || counties) || !readings.iter().any(|place| fits(&place)) {
        return readings;
    }
    readings.iter().filter(fits).copied().collect()
}

/// "Clay, Grant and Swift counties": whether only names stand between here and that word.
pub(super) fn in_list_of_counties(doc: &Doc, end: usize) -> bool {
    let limit = (end + 24).min(doc.len());
    (end..limit)
        .map(|at| doc.token(at))
        .find(|token| !(capital(*token) || matches!(token.text(), "," | "and" | "&" | "or")))
        .is_some_and(|token| matches!(token.text(), "counties" | "parishes" | "county"))
}

/// The word before "of" before a name, in small letters: "city" in "the City of Turkey".
fn before_of(doc: &Doc, start: usize) -> Option<String> {
    let of = start >= 2 && doc.token(start - 1).text().eq_ignore_ascii_case("of");
    of.then(|| doc.token(start - 2).text().to_lowercase())
}

/// "Washington state", "New York Gov. Smith", "the State of New York".
pub(super) fn region_told(doc: &Doc, tokens: &Range<usize>) -> bool {
    let end = tokens.end;
    before_of(doc, tokens.start).is_some_and(|word| TERRITORY_OF.contains(&word.as_str()))
        || end < doc.len()
            && matches!(
                doc.token(end).text(),
                "state"
                    | "State"
                    | "Gov."
                    | "governor"
                    | "Governor"
                    | "province"
                    | "Province"
                    | "region"
                    | "lawmakers"
                    | "senator"
                    | "Sen."
            )
}
