//! A claim in a line or two: the words, who says them, with which verb.

use std::fmt::Write as _;

use verbale::model::{Anonymous, Asserter, Claim, ClaimMode};

use super::page::Page;
use super::styled::{Look, Styled};
use super::words;

/// Characters of a claim's content that are shown where they are no quote.
const SHOWN: usize = 220;

/// «Words» — asserter, office, organisation (verb; manner).
pub fn line(page: &Page, claim: &Claim) -> Styled {
    let mut line = Styled::of(&format!("{} ", claim.id), Look::Dim);
    line.push(&content(page, claim), Look::Plain);
    line.push(" — ", Look::Plain);
    line.push(&asserter(claim), Look::Strong);
    let mut aside = Vec::new();
    if let Some(cue) = &claim.cue {
        aside.push(format!("“{}”", cue.text));
    }
    if let Some(via) = &claim.via {
        aside.push(format!("through {}", name(via)));
    }
    aside.extend(words::manner(claim).into_iter().map(str::to_owned));
    if !aside.is_empty() {
        line.push(&format!(" ({})", aside.join("; ")), Look::Dim);
    }
    line
}

/// Quoted words in «», the outlet's or a reported content as it stands.
fn content(page: &Page, claim: &Claim) -> String {
    match &claim.quote {
        Some(quote) if quote.partial => format!("… «{}» …", quote.text),
        Some(quote) => format!("«{}»", quote.text),
        None => page.excerpt(claim.content, SHOWN),
    }
}

fn asserter(claim: &Claim) -> String {
    match &claim.asserter {
        Some(asserter) => name(asserter),
        None => match claim.mode {
            ClaimMode::Caption => "a caption".to_owned(),
            ClaimMode::Headline => "the headline".to_owned(),
            ClaimMode::Quote | ClaimMode::Indirect | ClaimMode::Narration => "the outlet".to_owned(),
        },
    }
}

/// Name, office, organisation and side of somebody who asserts.
pub fn name(asserter: &Asserter) -> String {
    let unnamed = asserter.anonymous.map(|kind| match kind {
        Anonymous::Officials => "unnamed officials",
        Anonymous::Analysts => "unnamed analysts",
        Anonymous::Sources => "unnamed sources",
    });
    let mut parts: Vec<&str> = vec![asserter.name.as_str()];
    // The organisation of somebody without an office is the asserter itself.
    let organisation = asserter.organisation.as_deref().filter(|_| asserter.office.is_some());
    for part in asserter.office.as_deref().into_iter().chain(organisation) {
        if !parts.iter().any(|known| known.to_lowercase().contains(&part.to_lowercase())) {
            parts.push(part);
        }
    }
    let mut said = parts.join(", ");
    let bracket: Vec<&str> = unnamed.into_iter().chain(asserter.side.as_deref()).collect();
    if !bracket.is_empty() {
        let _ = write!(said, " [{}]", bracket.join(", "));
    }
    said
}
