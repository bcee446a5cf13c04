//! Sentences of our own, each with the places it names.

use verbale_knowledge::Knowledge;
use verbale_nlp::{Language, annotate};

use super::PlaceMention;
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
