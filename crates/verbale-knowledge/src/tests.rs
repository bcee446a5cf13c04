//! What the embedded knowledge must know, and what a user's file can do to it.

use crate::entity::{Entity, NameKind, PlaceKind};
use crate::{Knowledge, Overlay, Severity, check, fold};

fn readings(knowledge: &Knowledge, text: &str) -> Vec<(String, NameKind, bool)> {
    let found = knowledge.lookup(&fold(text)).into_iter();
    found.map(|name| (knowledge.key(name.entity).to_owned(), name.kind, name.cased)).collect()
}

#[test]
fn states_are_found_by_every_kind_of_name() {
    let knowledge = Knowledge::embedded();
    for (text, code, kind) in [
        ("Afghanistan", "AFG", NameKind::Name),
        ("the Kremlin", "RUS", NameKind::Metonym),
        ("Kremlin", "RUS", NameKind::Metonym),
        ("Kabul", "AFG", NameKind::Capital),
        ("Georgia", "GEO", NameKind::Name),
        ("Afghans", "AFG", NameKind::Demonym),
        ("Burma", "MMR", NameKind::Former),
    ] {
        let found = readings(&knowledge, text);
        assert!(found.iter().any(|(key, own, _)| key == code && *own == kind), "{text}: {found:?}");
    }
    assert_eq!(knowledge.state("AFG").map(|state| (state.iso2, state.capital)), Some(("AF", "Kabul")));
    assert!(knowledge.state("ZZZ").is_none());
    assert!(knowledge.states().count() >= 230);
}

#[test]
fn us_is_the_country_only_in_capitals() {
    let knowledge = Knowledge::embedded();
    for text in ["U.S.", "US"] {
        let found = readings(&knowledge, text);
        assert!(found.iter().any(|(key, _, cased)| key == "USA" && *cased), "{text}: {found:?}");
        assert!(found.iter().all(|(key, _, cased)| key != "USA" || *cased), "{text}: {found:?}");
    }
}

#[test]
fn prefixes_are_whole_words() {
    let knowledge = Knowledge::embedded();
    for (text, is) in [
        ("United", true),
        ("Unit", false),
        ("the United", true),
        ("Islamic Emirate of", true),
        ("xyzzy", false),
    ] {
        assert_eq!(knowledge.is_prefix(&fold(text)), is, "{text}");
    }
}

#[test]
fn states_authorities_and_recognition_stand_apart() {
    let knowledge = Knowledge::embedded();
    let taliban = readings(&knowledge, "Islamic Emirate of Afghanistan");
    assert!(taliban.iter().any(|(key, ..)| key == "islamic-emirate-afghanistan"), "{taliban:?}");
    let emirate = knowledge.authority_by_slug("islamic-emirate-afghanistan").unwrap();
    assert_eq!((emirate.state, emirate.from), ("AFG", Some("2021-08-15")));
    let russia = knowledge.recognitions("islamic-emirate-afghanistan");
    assert!(russia.iter().any(|act| act.recogniser == "RUS" && act.stance == "recognised"), "{russia:?}");
}

#[test]
fn people_are_found_in_full_and_by_last_name() {
    let knowledge = Knowledge::embedded();
    let ids = knowledge.people(&fold("Sergei Lavrov"));
    assert_eq!(ids.len(), 1);
    let lavrov = knowledge.person(ids[0]);
    assert!(
        lavrov
            .occupancies
            .iter()
            .any(|held| held.state == "RUS" && held.from.is_some_and(|from| from.starts_with("2004")))
    );
    assert!(knowledge.surname("lavrov").contains(&ids[0]));
    let wang = knowledge.people("wang yi");
    assert!(wang.iter().any(|id| knowledge.surname("wang").contains(id)), "{wang:?}");
    assert_eq!(knowledge.person_by_key(lavrov.id).map(|person| person.name), Some(lavrov.name));
}

#[test]
fn an_end_that_nobody_recorded_is_unknown() {
    let knowledge = Knowledge::embedded();
    let all = || knowledge.persons().flat_map(|person| person.occupancies);
    assert!(all().any(|held| held.to.is_none() && !held.to_known));
    assert!(all().any(|held| held.to.is_none() && held.to_known));
    assert!(all().filter(|held| held.to.is_some()).all(|held| held.to_known));
}

#[test]
fn the_best_place_comes_first() {
    let knowledge = Knowledge::embedded();
    let first = |name: &str| {
        knowledge.places(&fold(name)).first().map(|place| (place.country.to_owned(), place.kind))
    };
    assert_eq!(first("Paris"), Some(("FRA".into(), PlaceKind::Capital)));
    assert_eq!(first("Kabul"), Some(("AFG".into(), PlaceKind::Capital)));
    assert_eq!(first("Georgia"), Some(("GEO".into(), PlaceKind::Country)));
    assert_eq!(first("Kiev"), Some(("UKR".into(), PlaceKind::Capital)));
    assert_eq!(first("Odessa"), Some(("UKR".into(), PlaceKind::City)));
    assert_eq!(first("Middle East"), Some((String::new(), PlaceKind::Other)));
    assert!(knowledge.places("paris").iter().any(|place| (place.country, place.admin1) == ("USA", "Texas")));
    assert!(
        knowledge
            .places("georgia")
            .iter()
            .any(|place| (place.country, place.kind) == ("USA", PlaceKind::Region))
    );
    let kabul = knowledge.places("kabul")[0];
    assert_eq!((kabul.geonames, kabul.lat.round(), kabul.lon.round()), (1_138_958, 35.0, 69.0));
}

#[test]
fn naming_profiles_leave_unknown_names_alone() {
    let knowledge = Knowledge::embedded();
    assert_eq!(knowledge.display_name("as-written", "TUR", "Turkey"), "Turkey");
    assert_eq!(knowledge.display_name("un", "TUR", "Turkey"), "Türkiye");
    assert_eq!(knowledge.display_name("un", "XWZ", "Westeros"), "Westeros");
    assert!(
        knowledge.has_profile("un") && knowledge.has_profile("as-written") && !knowledge.has_profile("none")
    );
}

#[test]
fn the_office_lexicon_is_there() {
    let offices = *Knowledge::embedded().offices();
    let minister = offices.heads.iter().find(|head| head.words.contains(&"minister")).unwrap();
    assert_eq!((minister.kind, minister.level), ("minister", 3));
    assert!(minister.complements.contains(&("of", "portfolio")));
    assert!(offices.modifiers.iter().any(|group| group.name == "former" && group.words.contains(&"former")));
    assert!(offices.honorific_offices.contains(&("Gen.", "general")));
}

const FILE: &str = include_str!("../../../examples/knowledge.toml");

#[test]
fn the_example_file_is_sound_and_takes_effect() {
    assert_eq!(check(FILE), []);
    let overlay = Overlay::from_toml("knowledge.toml", FILE).unwrap();
    let knowledge = Knowledge::embedded().with_overlay(overlay);
    assert_eq!(
        knowledge.state("XWZ").map(|state| (state.name, state.capital)),
        Some(("Norlandia", "Halvik"))
    );
    assert_eq!(readings(&knowledge, "Norlandian")[0], ("XWZ".to_owned(), NameKind::Adjective, false));
    let minister = knowledge.people("ada lindqvist");
    assert_eq!(minister.len(), 1);
    assert_eq!(knowledge.person(minister[0]).occupancies[0].office, "Foreign Minister");
    assert_eq!(knowledge.surname("lindqvist"), minister);
    assert_eq!(knowledge.places("halvik")[0].kind, PlaceKind::Capital);
    assert_eq!(knowledge.display_name("house", "AFG", "Afghanistan"), "Afghanistan (de facto authorities)");
    assert!(knowledge.is_prefix("republic of norlandia"));
    // The embedded state keeps what the file does not speak of.
    assert_eq!(knowledge.state("TUR").map(|state| (state.name, state.iso2)), Some(("Türkiye", "TR")));
}

#[test]
fn a_name_can_be_taken_over() {
    let file = "[[name]]\nname = \"Georgia\"\nentity = \"USA\"\nonly = true\n";
    let knowledge = Knowledge::embedded().with_overlay(Overlay::from_toml("f", file).unwrap());
    assert_eq!(readings(&knowledge, "Georgia"), [("USA".to_owned(), NameKind::Alias, false)]);
}

#[test]
fn a_later_office_of_a_known_person_adds_to_the_others() {
    let base = Knowledge::embedded();
    let before = base.person(base.people("sergei lavrov")[0]).occupancies.len();
    let file = "[[person]]\nname = \"Sergei Lavrov\"\noffices = [{ office = \"Envoy\", state = \"RUS\", from = 2026-05 }]\n"
        .replace("2026-05 ", "\"2026-05\" ");
    let knowledge = base.with_overlay(Overlay::from_toml("f", &file).unwrap());
    let ids = knowledge.people("sergei lavrov");
    assert_eq!(ids.len(), 1);
    assert_eq!(knowledge.person(ids[0]).occupancies.len(), before + 1);
}

#[test]
fn errors_name_the_line_and_what_to_do() {
    let broken = "[[state]]\ncode = \"xx\"\ncolour = \"red\"\n\n[[authority]]\nid = \"a\"\nfrom = \"2021-13\"\n\n[[planet]]\nname = \"M\"\n";
    let errors = Overlay::from_toml("my.toml", broken).unwrap_err();
    let told: Vec<String> = errors.iter().map(ToString::to_string).collect();
    for start in [
        "my.toml:1: state xx: `code` must be three capital letters",
        "my.toml:3: state xx: unknown key `colour`",
        "my.toml:7: authority a: `from` is 2021-13, which is no date",
        "my.toml:9: unknown section `planet`",
    ] {
        assert!(told.iter().any(|line| line.starts_with(start)), "{start} is not in {told:#?}");
    }
    assert!(Overlay::from_toml("f", "= 3").is_err());
}

#[test]
fn the_linter_finds_what_was_not_meant() {
    let file = "[[state]]\ncode = \"XWZ\"\nname = \"Norlandia\"\n\n[[state]]\ncode = \"XWZ\"\n\n[[body]]\nid = \"b\"\nname = \"Kremlin\"\nstate = \"QQQ\"\n\n\
        [[person]]\nname = \"A B\"\noffices = [{ office = \"President\", state = \"XWZ\", from = \"2020\" }]\n\n\
        [[person]]\nname = \"C D\"\noffices = [{ office = \"president\", state = \"XWZ\", from = \"2021\", to = \"2022\" }]\n\n\
        [[name]]\nname = \"Nobody\"\nentity = \"nothing\"\n";
    let findings = check(file);
    assert!(findings.iter().all(|finding| finding.severity == Severity::Warning), "{findings:#?}");
    for (line, words) in [
        (5, "state XWZ stands on line 1 already"),
        (8, "\"Kremlin\" already names RUS"),
        (8, "body b: no state has the code QQQ"),
        (19, "C D and A B (line 15) are both president of XWZ"),
        (21, "nothing is known as nothing"),
    ] {
        let found = findings.iter().any(|finding| finding.line == line && finding.message.contains(words));
        assert!(found, "{line}: {words} is not in {findings:#?}");
    }
    assert_eq!(check(""), []);
    assert!(matches!(Knowledge::embedded().entity("AFG"), Some(Entity::State(_))));
}
