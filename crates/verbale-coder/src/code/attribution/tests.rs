//! Attributions in sentences of our own.

use std::sync::LazyLock;

use verbale_knowledge::Knowledge;
use verbale_model::{Anonymous, Channel};
use verbale_nlp::{Doc, Language, annotate};

use super::{Attribution, Speech, attributions};
use crate::resolve::quotes::quotes;
use crate::resolve::resolve;
use crate::resolve::words::Words;

static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::embedded().expect("embedded model"));
static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::embedded);
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::embedded().expect("embedded words"));

/// One attribution in words: source, cue, content.
fn shown(doc: &Doc, attribution: &Attribution) -> String {
    let source = attribution.source.clone().map_or("-", |span| doc.slice(span));
    format!("{source} | {} | {}", doc.slice(attribution.cue.clone()), doc.slice(attribution.content.clone()))
}

fn read(text: &str) -> (Vec<String>, Vec<Attribution>) {
    let doc = annotate(&LANGUAGE, text);
    let resolved = resolve(&KNOWLEDGE, &WORDS, &doc, None);
    let found = attributions(&resolved);
    (found.iter().map(|attribution| shown(&doc, attribution)).collect(), found)
}

/// Compares rows of text and the attributions that it must give.
fn check(rows: &[(&str, &[&str])]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, expected)| {
            let (found, _) = read(text);
            (found != *expected).then(|| format!("{text}\n  expected {expected:?}\n  found    {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn spans(text: &str) -> Vec<String> {
    let doc = annotate(&LANGUAGE, text);
    quotes(&doc).into_iter().map(|quote| doc.text()[quote.bytes].to_owned()).collect()
}

#[test]
fn the_list_of_speech_reads() {
    assert!(
        Speech::embedded()
            .is_ok_and(|speech| speech.verb("say").is_some_and(|takes| takes.clause && takes.quote))
    );
}

#[test]
fn indirect_speech() {
    check(&[
        ("The ministry said that the talks had ended.", &["The ministry | said | that the talks had ended"]),
        (
            "The envoy has denied that a deal was reached.",
            &["The envoy | has denied | that a deal was reached"],
        ),
        (
            "It was announced by the ministry that the talks had ended.",
            &["the ministry | was announced | that the talks had ended"],
        ),
    ]);
}

#[test]
fn direct_speech() {
    check(&[
        ("“We will come back,” said the minister.", &["the minister | said | “We will come back,”"]),
        ("\"We will come back,\" the minister said.", &["the minister | said | \"We will come back,\""]),
        ("The minister said: “We will come back.”", &["The minister | said | “We will come back.”"]),
        ("“We talked. We will come back,” she said.", &["she | said | “We talked. We will come back,”"]),
        (
            "“We talked,” he said. “We will come back.”",
            &["he | said | “We talked,” he said. “We will come back.”"],
        ),
    ]);
}

#[test]
fn a_following_paragraph_of_quotation_has_the_same_speaker() {
    let (_, found) =
        read("“We talked for a long time,” the minister said.\n\n“We will come back next year.”");
    let rules: Vec<&str> = found.iter().map(|attribution| attribution.rule).collect();
    assert_eq!(rules, ["attribution/quote", "attribution/continued"]);
    assert_eq!(found[0].source, found[1].source);
}

#[test]
fn according_to() {
    check(&[
        (
            "According to the ministry, the talks ended late.",
            &["the ministry | According to | the talks ended late"],
        ),
        (
            "The talks ended late, according to two diplomats.",
            &["two diplomats | according to | The talks ended late"],
        ),
    ]);
    let (found, attributions) =
        read("According to a statement issued by the foreign ministry, the talks ended late.");
    assert_eq!(found, ["the foreign ministry | According to | the talks ended late"]);
    assert_eq!(attributions[0].channel, Some(Channel::Statement));
}

#[test]
fn unnamed_sources() {
    let who = |text: &str| read(text).1.first().and_then(|attribution| attribution.anonymous);
    assert_eq!(who("Officials say the plan is ready."), Some(Anonymous::Officials));
    assert_eq!(who("Analysts believe the plan will fail."), Some(Anonymous::Analysts));
    assert_eq!(who("Sources said the plan would fail."), Some(Anonymous::Sources));
    assert_eq!(who("The minister said the plan would fail."), None);
}

#[test]
fn through_whom_and_where() {
    let (_, found) = read("In a statement, the minister said that the plan had failed.");
    assert_eq!(found[0].channel, Some(Channel::Statement));
    let text = "The minister told the BBC that the plan had failed.";
    let doc = annotate(&LANGUAGE, text);
    let (_, found) = read(text);
    assert_eq!(found[0].via.clone().map(|via| doc.slice(via).to_owned()).as_deref(), Some("the BBC"));
}

#[test]
fn no_attribution() {
    check(&[
        ("The minister did not say when the talks would end.", &[]),
        ("Let us say the talks failed.", &[]),
        ("The so-called “roadmap” was signed in March.", &[]),
        ("The two sides discussed trade.", &[]),
    ]);
}

#[test]
fn judgements() {
    check(&[
        (
            "The meeting has been described as “informal,” and it was short.",
            &["- | has been described as | The meeting has been described as “informal,”"],
        ),
        (
            "Although it has been described as “informal,” it was short.",
            &["- | has been described as | it has been described as “informal,”"],
        ),
        ("The minister called the plan a mistake.", &["The minister | called | the plan a mistake"]),
    ]);
}

#[test]
fn acts_that_did_not_happen_are_no_speech() {
    check(&[
        ("The minister had a chance to condemn the attack.", &[]),
        (
            "The envoy continued to insist that talks would resume.",
            &["The envoy | continued to insist | that talks would resume"],
        ),
        ("Do you support the treaty?", &[]),
    ]);
}

#[test]
fn who_asked_stays_unknown() {
    check(&[
        (
            "Asked about the vote, the envoy replied that the talks had failed.",
            &["- | Asked about | the vote", "the envoy | replied | that the talks had failed"],
        ),
        (
            "The minister was asked whether the talks had failed.",
            &["- | was asked | whether the talks had failed"],
        ),
    ]);
}

#[test]
fn as_somebody_reported() {
    check(&[
        (
            "As reported by the Western Journal, the ship had left.",
            &["the Western Journal | reported | the ship had left"],
        ),
        (
            "The ship had left, as the Times reported on Saturday.",
            &["the Times | reported | The ship had left"],
        ),
    ]);
}

#[test]
fn what_documents_show() {
    check(&[
        (
            "The new poll shows the president far ahead of his opponents.",
            &["The new poll | shows | the president far ahead of his opponents"],
        ),
        ("The guide shows visitors the old town.", &[]),
    ]);
}

#[test]
fn verbs_that_carry_a_noun_of_speech() {
    check(&[
        (
            "The ministry has made clear that it will not sign.",
            &["The ministry | has made clear | that it will not sign"],
        ),
        (
            "The minister made the claim that talks had ended.",
            &["The minister | made the claim | that talks had ended"],
        ),
        ("They discussed the minister's comments on the pact.", &[]),
    ]);
}

#[test]
fn within_a_quotation_only_its_speaker_is_a_source() {
    let (found, _) = read("“The king believes that the treaty is dead,” the envoy said.");
    assert_eq!(found, ["the envoy | said | “The king believes that the treaty is dead,”"]);
}

#[test]
fn quotation_marks_of_every_style() {
    assert_eq!(spans("„Ja“, said one. «Oui», said another. ‘No,’ said a third."), ["Ja", "Oui", "No"]);
    assert_eq!(spans("He said: “She told me ‘never’ twice.”"), ["She told me ‘never’ twice."]);
    assert_eq!(spans("The ministers' plan is 6'2\" tall, and it's old."), Vec::<String>::new());
    assert_eq!(spans("It wants an “independent foreign policy,” he said."), ["independent foreign policy"]);
    assert_eq!(spans("“It is late,” he said."), ["It is late,"]);
}

#[test]
fn quotations_over_paragraphs() {
    assert_eq!(spans("He said: “It is late.\n\n“It is dark.”\n\nThey left."), ["It is late.", "It is dark."]);
}
