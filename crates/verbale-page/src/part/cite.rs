//! How to cite a page.

use maud::{Markup, html};

use super::section;
use crate::safe::line;

/// A sentence and an entry for bibliographies; `question` is what the page answers.
pub fn cite(question: &str, coder: &str, data: &str) -> Markup {
    let entry = format!(
        "@software{{verbale,\n  title   = {{verbale: diplomatic reports as auditable events}},\n  author  = {{{{The verbale \
         contributors}}}},\n  version = {{{coder}}},\n  year    = {{2026}},\n  note    = {{{}; data {data}}}\n}}",
        tame(&line(question))
    );
    let body = html! {
        p {
            "The verbale contributors, " em { "verbale: diplomatic reports as auditable events" } ", version " (line(coder))
            ", data " (line(data)) ": “" (line(question)) "”. State the name and hash of the rules with every figure."
        }
        pre tabindex="0" { (entry) }
        p {
            "Event types are PLOVER's (Open Event Data Alliance), codes CAMEO's (Gerner, Schrodt, Yilmaz and Abu-Jabr, 2002)."
        }
    };
    section("cite", "How to cite", &body)
}

/// Words that may stand within braces of BibTeX.
fn tame(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '{' | '}' | '\\' | '%' | '#' | '$' | '&')).collect()
}
