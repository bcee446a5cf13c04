//! Frames read off sentences written for these tests.
#![allow(clippy::expect_used, clippy::panic)]

use std::sync::LazyLock;

use verbale_knowledge::Knowledge;
use verbale_model::Role;
use verbale_model::ontology::{EventType, Mode};
use verbale_nlp::{Language, annotate};

use super::Frames;
use crate::Rules;
use crate::code::told::Told;
use crate::code::{Tellings, tellings};
use crate::resolve::resolve;

static WORLD: LazyLock<(Language, Knowledge, Rules)> = LazyLock::new(|| {
    let language = Language::embedded().expect("the model is built in");
    (language, Knowledge::embedded(), Rules::embedded().expect("the lists are built in"))
});

/// What a sentence tells, most confident first, and the words of each participant by role.
fn read(text: &str) -> Vec<(Told, Vec<String>, Vec<String>)> {
    let (language, knowledge, rules) = &*WORLD;
    let doc = annotate(language, text);
    let resolved = resolve(knowledge, &rules.words, &doc, None);
    let Tellings { mut told, .. } = tellings(&resolved, &rules.lexicon, &rules.frames);
    told.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let words = |told: &Told, role: Role| {
        let of = told.taking.iter().filter(|taking| taking.role == role);
        of.map(|taking| doc.slice(taking.tokens.clone()).to_owned()).collect::<Vec<_>>()
    };
    told.iter().map(|told| (told.clone(), words(told, Role::Actor), words(told, Role::Recipient))).collect()
}

/// The sentence tells an event of this type, by and on participants that contain these words.
fn tells(text: &str, event_type: EventType, actor: &str, recipient: &str) -> Told {
    let all = read(text);
    let has = |found: &[String], wanted: &str| {
        wanted.is_empty() || found.iter().any(|words| words.contains(wanted))
    };
    let fits = |(told, actors, recipients): &&(Told, Vec<String>, Vec<String>)| {
        let either = matches!(event_type, EventType::Agree | EventType::Cooperate) && has(actors, recipient);
        told.event_type == event_type && has(actors, actor) && (either || has(recipients, recipient))
    };
    let shown: Vec<_> =
        all.iter().map(|(told, a, r)| format!("{} {} {a:?} {r:?}", told.event_type, told.rule)).collect();
    all.iter().find(fits).unwrap_or_else(|| panic!("{text}\n{shown:#?}")).0.clone()
}

fn tells_none(text: &str, event_type: EventType) {
    let rules: Vec<_> = read(text)
        .into_iter()
        .filter(|(told, ..)| told.event_type == event_type)
        .map(|(told, ..)| told.rule)
        .collect();
    assert!(rules.is_empty(), "{text}: {rules:?}");
}

#[test]
fn the_lexicon_is_sound() {
    assert!(Frames::embedded().is_ok());
}

#[test]
fn accusing() {
    let told =
        tells("Norway condemned Russia's missile test on Friday.", EventType::Accuse, "Norway", "Russia");
    assert_eq!(told.mode, Some(Mode::Disapprove));
    let told =
        tells("Chile accused Bolivia of violating the border treaty.", EventType::Accuse, "Chile", "Bolivia");
    assert_eq!(told.mode, Some(Mode::Allege));
    let told = tells(
        "German prosecutors have opened an investigation into the ambassador.",
        EventType::Accuse,
        "prosecutors",
        "ambassador",
    );
    assert_eq!(told.mode, Some(Mode::Investigate));
    tells(
        "Kenya summoned the Ethiopian ambassador to complain about the border raid.",
        EventType::Accuse,
        "Kenya",
        "Ethiopian ambassador",
    );
}

#[test]
fn rejecting() {
    tells(
        "Brazil rejected a request from Canada for the extradition of the banker.",
        EventType::Reject,
        "Brazil",
        "Canada",
    );
    let told = tells(
        "The Greek foreign minister refused to meet the Turkish envoy.",
        EventType::Reject,
        "Greek foreign minister",
        "Turkish envoy",
    );
    assert_eq!(told.mode, Some(Mode::Meet));
    let told = tells("Poland will not lift the ban on Belarus.", EventType::Reject, "Poland", "Belarus");
    assert_eq!(told.mode, Some(Mode::Yield));
    tells_none("The mayor refused dessert.", EventType::Agree);
}

#[test]
fn agreeing() {
    let told = tells("Sweden has agreed to provide aid to Moldova.", EventType::Agree, "Sweden", "Moldova");
    assert_eq!(told.x_of, Some(EventType::Aid));
    let told = tells("Sudan said it would release the Kenyan pilots.", EventType::Agree, "Sudan", "pilots");
    assert_eq!(told.x_of, Some(EventType::Retreat));
    tells("Japan is ready to resume talks with South Korea.", EventType::Agree, "Japan", "South Korea");
}

#[test]
fn requesting() {
    let told = tells("France urged Israel to release the prisoners.", EventType::Request, "France", "Israel");
    assert_eq!(told.mode, Some(Mode::Yield));
    tells("India demanded that Pakistan close the camps.", EventType::Request, "India", "Pakistan");
    tells(
        "The foreign minister of Austria said that Iran must open its sites.",
        EventType::Request,
        "Austria",
        "Iran",
    );
}

#[test]
fn threatening() {
    let told = tells(
        "North Korea threatened to attack South Korea.",
        EventType::Threaten,
        "North Korea",
        "South Korea",
    );
    assert_eq!(told.mode, Some(Mode::Violence));
    tells("The United States issued an ultimatum to Sudan.", EventType::Threaten, "United States", "Sudan");
}

#[test]
fn sanctioning() {
    let told = tells(
        "Ireland expelled a Russian diplomat on Monday.",
        EventType::Sanction,
        "Ireland",
        "Russian diplomat",
    );
    assert_eq!(told.mode, Some(Mode::Expel));
    tells("Saudi Arabia recalled its ambassador from Canada.", EventType::Sanction, "Saudi Arabia", "Canada");
    tells("Norway suspended aid to Ethiopia.", EventType::Sanction, "Norway", "Ethiopia");
    tells("Morocco severed ties with Iran.", EventType::Sanction, "Morocco", "Iran");
}

#[test]
fn supporting() {
    tells("China established diplomatic relations with Honduras.", EventType::Support, "China", "Honduras");
    tells("Egypt and Jordan signed an agreement on water.", EventType::Support, "Egypt", "Jordan");
    tells("Malaysia recognized Kosovo in 2008.", EventType::Support, "Malaysia", "Kosovo");
    tells("Finland praised Estonia's decision.", EventType::Support, "Finland", "Estonia");
}

#[test]
fn yielding() {
    let told = tells(
        "Venezuela has released two American prisoners.",
        EventType::Retreat,
        "Venezuela",
        "American prisoners",
    );
    assert_eq!(told.mode, Some(Mode::Release));
    tells(
        "The United Kingdom lifted sanctions on Zimbabwe.",
        EventType::Retreat,
        "United Kingdom",
        "Zimbabwe",
    );
    let told = tells("Russia withdrew its troops from Georgia.", EventType::Retreat, "Russia", "Georgia");
    assert_eq!(told.mode, Some(Mode::Withdraw));
    tells("Ethiopia declared a ceasefire with the rebels.", EventType::Concede, "Ethiopia", "rebels");
}

#[test]
fn helping() {
    tells("Denmark provided $5 million in humanitarian aid to Yemen.", EventType::Aid, "Denmark", "Yemen");
    tells(
        "The Netherlands and Belgium shared intelligence with Spain.",
        EventType::Cooperate,
        "Belgium",
        "Spain",
    );
}

#[test]
fn material_conflict() {
    let told = tells(
        "Turkish police arrested a German journalist in Ankara.",
        EventType::Coerce,
        "Turkish police",
        "German journalist",
    );
    assert_eq!(told.mode, Some(Mode::Arrest));
    tells(
        "The Israeli army shelled a village in southern Lebanon.",
        EventType::Assault,
        "Israeli army",
        "Lebanon",
    );
    tells(
        "Thousands of students protested against the government in Santiago.",
        EventType::Protest,
        "students",
        "government",
    );
    tells("The United States imposed sanctions on Myanmar.", EventType::Coerce, "United States", "Myanmar");
}

#[test]
fn words_are_no_weapons() {
    tells_none("The senator attacked the tax proposal.", EventType::Assault);
    tells_none("The company released its annual report.", EventType::Retreat);
    tells_none("The workers' strike hit the economy.", EventType::Assault);
    tells_none("Denmark denied that it had attacked the ship.", EventType::Assault);
}
