//! A claim in a line or two: the words, who says them, with which verb.

use verbale::model::Claim;

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
    line.push(&words::asserter_of(claim), Look::Strong);
    let mut aside = Vec::new();
    if let Some(cue) = &claim.cue {
        aside.push(format!("“{}”", cue.text));
    }
    if let Some(via) = &claim.via {
        aside.push(format!("through {}", words::asserter(via)));
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
