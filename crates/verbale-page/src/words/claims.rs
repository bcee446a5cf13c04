//! Who says something, in words.

use std::fmt::Write as _;

use verbale_model::{Anonymous, Asserter, Claim, ClaimMode};

/// Who asserts a claim; the outlet, the headline or a caption where nobody is named.
pub fn asserter_of(claim: &Claim) -> String {
    match &claim.asserter {
        Some(of) => asserter(of),
        None => match claim.mode {
            ClaimMode::Caption => "a caption".to_owned(),
            ClaimMode::Headline => "the headline".to_owned(),
            ClaimMode::Quote | ClaimMode::Indirect | ClaimMode::Narration => "the outlet".to_owned(),
        },
    }
}

/// Name, office, organisation and side of somebody who asserts.
pub fn asserter(asserter: &Asserter) -> String {
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
