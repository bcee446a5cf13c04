//! How people consulted: channel, formality and topics.

use verbale_model::{Channel, Formality};
use verbale_nlp::{Dep, Token, Upos};

use super::senses::{Evoked, noun_sense};
use crate::code::told::Told;
use crate::code::tree::{is_verbal, obliques, support_verb};
use crate::code::{Coding, circumstances};

pub(super) fn channel(token: Token<'_>, evoked: Evoked) -> Option<Channel> {
    let mut near: Vec<Token<'_>> = token.subtree().filter(|t| t.i().abs_diff(token.i()) < 12).collect();
    if let Some(verb) = support_verb(token) {
        near.extend(verb.children().flat_map(|child| child.subtree().take(6).collect::<Vec<_>>()));
    }
    let has = |words: &[&str]| near.iter().any(|t| words.contains(&t.lemma().to_lowercase().as_str()));
    if has(&[
        "video",
        "videoconference",
        "video-conference",
        "videolink",
        "zoom",
        "virtual",
        "virtually",
        "online",
    ]) {
        return Some(Channel::Video);
    }
    if evoked == Evoked::Phone
        || has(&["phone", "telephone", "call"]) && matches!(evoked, Evoked::Meet | Evoked::Discuss)
    {
        return Some(Channel::Phone);
    }
    if has(&["letter"]) && evoked == Evoked::Discuss {
        return Some(Channel::Letter);
    }
    match evoked {
        Evoked::Discuss => None,
        Evoked::Meet
            if matches!(
                token.lemma(),
                "dialogue" | "consultation" | "negotiation" | "discussion" | "conversation"
            ) =>
        {
            None
        }
        _ => Some(Channel::InPerson),
    }
}

/// What the words around a trigger call it: formal or informal.
pub fn formality(token: Token<'_>) -> Option<Formality> {
    let word = |text: &str| match text {
        "informal" | "unofficial" | "private" | "informally" | "privately" | "unofficially"
        | "off-the-record" => Some(Formality::Informal),
        "formal" | "official" | "formally" | "officially" | "state" => Some(Formality::Formal),
        _ => None,
    };
    let near = |child: &Token<'_>| matches!(child.dep(), Dep::Amod | Dep::Advmod | Dep::Compound);
    let own = token.children().filter(near).find_map(|child| word(&child.text().to_lowercase()));
    if own.is_some() {
        return own;
    }
    // "met for informal talks"
    let purpose = token.children().filter(|child| child.dep().is_oblique() && noun_sense(*child).is_some());
    let called = purpose
        .flat_map(|child| child.children().filter(near))
        .find_map(|child| word(&child.text().to_lowercase()));
    if called.is_some() {
        return called;
    }
    let verb = support_verb(token).or_else(|| token.dep().is_subject().then(|| token.head()))?;
    let by_verb = verb
        .children()
        .filter(|child| child.dep() == Dep::Advmod)
        .find_map(|child| word(&child.text().to_lowercase()));
    // "the meeting has been described as informal", "was informal"
    let described = matches!(
        verb.lemma(),
        "describe" | "call" | "term" | "characterise" | "characterize" | "label" | "dub" | "be"
    ) || is_verbal(verb);
    let complement = verb
        .children()
        .filter(|child| {
            child.i() > verb.i() && matches!(child.dep(), Dep::Obl | Dep::Xcomp | Dep::Advcl | Dep::Obj)
        })
        .find_map(|child| word(&child.text().to_lowercase()));
    by_verb
        .or_else(|| complement.filter(|_| described && token.dep().is_subject()))
        .or_else(|| word(&verb.text().to_lowercase()).filter(|_| token.dep().is_subject()))
}

/// Topics from "on", "about", objects of "discuss", and "focused on".
pub(super) fn topics(coding: &Coding<'_>, token: Token<'_>, told: &mut Told) {
    let about: &[&str] = &["on", "about", "regarding", "over", "concerning", "upon", "around"];
    let mut sources: Vec<Token<'_>> = Vec::new();
    let focus = |verb: Token<'_>| {
        matches!(
            verb.lemma(),
            "focus"
                | "center"
                | "centre"
                | "concentrate"
                | "touch"
                | "dwell"
                | "revolve"
                | "turn"
                | "deal"
                | "range"
                | "go"
                | "come"
        )
    };
    if token.pos() == Upos::Verb && matches!(token.lemma(), "discuss" | "negotiate") {
        sources.extend(token.child(Dep::Obj));
    }
    let mut heads = vec![token];
    heads.extend(support_verb(token));
    if token.dep().is_subject() {
        let verb = token.head();
        if focus(verb) {
            heads.push(verb);
        }
        if matches!(
            verb.lemma(),
            "cover"
                | "address"
                | "concern"
                | "include"
                | "review"
                | "explore"
                | "discuss"
                | "examine"
                | "emphasis"
                | "emphasise"
                | "emphasize"
                | "stress"
                | "highlight"
                | "underline"
                | "underscore"
        ) {
            sources.extend(verb.child(Dep::Obj));
        }
    }
    for head in heads {
        for (case, phrase) in obliques(head) {
            let deals = case == "with" && matches!(head.lemma(), "deal" | "concern");
            if (deals || about.contains(&case.as_str())) && coding.resolved.time_at(phrase.i()).is_none() {
                sources.push(phrase);
            }
        }
        // "talks aimed at strengthening relations", "focused on …ing": gerunds.
        for clause in head.children_by(&[Dep::Advcl, Dep::Acl, Dep::Xcomp]) {
            let marked = clause.children().any(|mark| {
                matches!(mark.dep(), Dep::Mark | Dep::Case)
                    && about.contains(&mark.text().to_lowercase().as_str())
            });
            let talks = matches!(clause.lemma(), "talk" | "speak" | "confer" | "consult");
            sources.extend(
                obliques(clause)
                    .into_iter()
                    .filter(|(case, _)| talks && about.contains(&case.as_str()))
                    .map(|(_, phrase)| phrase),
            );
            let discusses = matches!(
                clause.lemma(),
                "discuss" | "review" | "explore" | "consider" | "examine" | "negotiate"
            );
            if marked || discusses {
                sources.extend(if discusses { clause.child(Dep::Obj) } else { Some(clause) });
            }
        }
    }
    for source in sources {
        for topic in circumstances::topics(coding.resolved, coding.lexicon, source) {
            if !told.topics.contains(&topic) {
                told.topics.push(topic);
            }
        }
    }
}
