//! Sentences of our own, each with the places it names.

use verbale_knowledge::Knowledge;
use verbale_nlp::{Language, annotate};

use super::{PlaceMention, Places};
use crate::resolve::resolve;
use crate::resolve::words::Words;

fn read(texts: &[&str]) -> Vec<Vec<PlaceMention>> {
    let language = Language::embedded().expect("the embedded model opens");
    let knowledge = Knowledge::embedded();
    let words = Words::embedded().expect("the embedded words are read");
    texts
        .iter()
        .map(|text| {
            let doc = annotate(&language, text);
            resolve(&knowledge, &words, &doc, None).places
        })
        .collect()
}

fn check(cases: &[(&str, &[(&str, &str)])]) {
    let texts: Vec<&str> = cases.iter().map(|(text, _)| *text).collect();
    for ((text, expected), places) in cases.iter().zip(read(&texts)) {
        let found: Vec<(&str, &str)> = places
            .iter()
            .map(|place| (place.name.as_str(), place.country.as_deref().unwrap_or("-")))
            .collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn words_beside_a_name_say_where_it_lies() {
    check(&[
        ("The ministers met in Paris, Texas, on Monday.", &[("Paris", "USA"), ("Texas", "USA")]),
        ("The envoys held talks in London, Ontario, last week.", &[("London", "CAN"), ("Ontario", "CAN")]),
        ("Rebels left the town near Tripoli in Lebanon.", &[("Tripoli", "LBN"), ("Lebanon", "LBN")]),
        ("She landed in Tripoli, Libya.", &[("Tripoli", "LBY"), ("Libya", "LBY")]),
        ("The delegation flew to Syria's Aleppo on Friday.", &[("Syria", "SYR"), ("Aleppo", "SYR")]),
        ("They spoke in the Georgian city of Gori.", &[("Gori", "GEO")]),
        ("The governor opened a school in Athens, Georgia.", &[("Athens", "USA"), ("Georgia", "USA")]),
    ]);
}

#[test]
fn the_report_says_which_one_it_means() {
    check(&[
        (
            "Seychelles President Jean Morel welcomed his guest in Victoria on Sunday.",
            &[("Seychelles", "SYC"), ("Victoria", "SYC")],
        ),
        ("Talks began in Washington on Tuesday.", &[("Washington", "USA")]),
        ("The Georgian president returned to Georgia from Russia.", &[("Georgia", "GEO"), ("Russia", "RUS")]),
        (
            "Police in Alabama and Florida chased the car into Georgia.",
            &[("Alabama", "USA"), ("Florida", "USA"), ("Georgia", "USA")],
        ),
    ]);
}

#[test]
fn new_york_is_the_city() {
    let places = read(&["The two ministers spoke in New York on Tuesday."]);
    assert_eq!(places[0].iter().map(|place| place.geonames).collect::<Vec<_>>(), [Some(5_128_581)]);
}

#[test]
fn people_and_organisations_are_no_places() {
    check(&[
        ("Jordan Smith met Chelsea Manning in Oslo.", &[("Oslo", "NOR")]),
        ("Officials of the Bank of China declined to comment.", &[]),
        ("Their visit was nice, and reading helped.", &[]),
    ]);
}

#[test]
fn a_seat_lies_in_the_country_of_its_government() {
    let places = read(&["The two presidents dined at the Kremlin."]);
    assert_eq!(places[0].len(), 1);
    assert_eq!(places[0][0].country.as_deref(), Some("RUS"));
    assert!(places[0][0].capital_or_country && places[0][0].lat.is_none());
}

fn all(text: &str) -> Places {
    let language = Language::embedded().expect("the embedded model opens");
    let knowledge = Knowledge::embedded();
    let words = Words::embedded().expect("the embedded words are read");
    let doc = annotate(&language, text);
    let resolved = resolve(&knowledge, &words, &doc, None);
    Places { standing: resolved.places, inner: resolved.inner_places, peoples: resolved.peoples }
}

fn names(places: &[PlaceMention]) -> Vec<(&str, &str)> {
    places.iter().map(|place| (place.name.as_str(), place.country.as_deref().unwrap_or("-"))).collect()
}

#[test]
fn places_in_names_and_adjectives_stand_apart() {
    let places = all("A Tunisian court asked the Kansas Department of Health for the file on Monday.");
    assert_eq!(names(&places.standing), []);
    assert_eq!(names(&places.inner), [("Kansas", "USA")]);
    assert_eq!(names(&places.peoples), [("Tunisian", "TUN")]);
    assert!(places.peoples[0].lat.is_some_and(|lat| (lat - 34.0).abs() < 1.0));
}

#[test]
fn a_word_for_a_territory_belongs_to_the_name() {
    for (text, name, (lat, lon)) in [
        ("He arrived in Zhejiang Province on Monday.", "Zhejiang Province", (29.2, 120.5)),
        ("She visited Haidian District in Beijing on Monday.", "Haidian District", (40.0, 116.3)),
        ("They met in Guangxi Zhuang Autonomous Region.", "Guangxi Zhuang Autonomous Region", (23.8, 108.3)),
        ("The envoys toured Beijing Municipality.", "Beijing Municipality", (40.0, 116.4)),
        ("The envoys landed in Hangzhou City on Monday.", "Hangzhou City", (30.3, 120.2)),
    ] {
        let places = all(text).standing;
        let place = places.iter().find(|place| place.name == name);
        let place = place.unwrap_or_else(|| panic!("{text}: {:?}", names(&places)));
        assert_eq!(place.country.as_deref(), Some("CHN"), "{text}");
        let near = |found: Option<f32>, right: f32| found.is_some_and(|found| (found - right).abs() < 1.0);
        assert!(near(place.lat, lat) && near(place.lon, lon), "{text}: {:?} {:?}", place.lat, place.lon);
    }
}

#[test]
fn towns_near_each_other_say_which_ones_they_are() {
    // There are many Albanys, and one of them is near Corvallis and Lebanon.
    let places = all("Crews from Albany, Corvallis and Lebanon fought the fire south of Salem.");
    let lon =
        |name: &str| places.standing.iter().find(|place| place.name == name).and_then(|place| place.lon);
    for name in ["Albany", "Corvallis", "Salem"] {
        assert!(lon(name).is_some_and(|lon| (lon + 123.0).abs() < 1.0), "{name}: {:?}", lon(name));
    }
}

#[test]
fn a_list_of_counties_names_counties() {
    let places = all("Snow fell in Clay, Grant and Swift counties in Minnesota on Monday.");
    let found = places.standing.iter().filter(|place| place.country.as_deref() == Some("USA"));
    assert_eq!(found.filter(|place| place.lat.is_some_and(|lat| (lat - 46.0).abs() < 1.5)).count(), 4);
}
