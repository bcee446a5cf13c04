//! What already covers a token: the names of people and of things that are no places, and what is marked as one.

use std::collections::BTreeSet;
use std::ops::Range;

use verbale_nlp::{Doc, EntLabel};

use crate::resolve::{ActorKind, Mentioned};

/// What covers a token.
pub(super) struct Cover {
    /// In the name of a person of several words.
    pub person: bool,
    /// In the name of a person of one word.
    pub surname: bool,
    /// In a named thing that is no place: its tokens.
    pub thing: Option<Range<usize>>,
    /// In something marked as a place.
    pub place: Option<Range<usize>>,
}

/// What covers every token.
pub(super) fn covers(doc: &Doc, mentions: &[Mentioned]) -> Vec<Cover> {
    let blank = || Cover { person: false, surname: false, thing: None, place: None };
    let mut covers: Vec<Cover> = (0..doc.len()).map(|_| blank()).collect();
    for ent in doc.ents() {
        for cover in &mut covers[ent.range()] {
            match ent.label() {
                EntLabel::Place => cover.place = Some(ent.range()),
                EntLabel::Person => cover.person = ent.range().len() > 1,
                _ => cover.thing = Some(ent.range()),
            }
        }
    }
    let mut surnames: BTreeSet<&str> = BTreeSet::new();
    for mention in mentions {
        let name = mention.name.clone().filter(|name| mention.kind == ActorKind::Person && name.len() > 1);
        surnames.extend(name.map(|name| doc.token(name.end - 1).text()));
        let named = mention.name.clone().filter(|_| mention.kind == ActorKind::Person);
        for cover in named.iter().flat_map(|name| name.start..name.end.min(doc.len())) {
            covers[cover].person |= named.as_ref().is_some_and(|name| name.len() > 1);
            covers[cover].surname = true;
        }
        if mention.kind == ActorKind::Organisation {
            for cover in &mut covers[mention.tokens.clone()] {
                cover.thing.get_or_insert(mention.tokens.clone());
            }
        }
    }
    for (token, cover) in doc.tokens().zip(&mut covers) {
        cover.surname |= surnames.contains(token.text());
    }
    covers
}
