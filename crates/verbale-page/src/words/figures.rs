//! What figures say, in sentences: the question, the verdict, what would settle it, what was left out.

use verbale_measure::{
    BalanceAnswer, Estimate, Head, LeftOut, MoreNeeded, MultiVector, Panel, Tilt, Verdict, Window,
};

use crate::names::Names;

/// `A, B and C`.
pub fn list(names: &[&str]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The days that were asked about.
pub fn window(window: &Window) -> String {
    match (&window.from, &window.to) {
        (None, None) => "all dates".to_owned(),
        (Some(from), None) => format!("from {from}"),
        (None, Some(to)) => format!("to {to}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    }
}

/// The names of codes: `A, B and C`.
pub fn named(names: &Names, codes: &[String]) -> String {
    list(&codes.iter().map(|code| names.of(code)).collect::<Vec<_>>())
}

/// Which days were asked about, and how events were counted.
pub fn counted(head: &Head) -> String {
    format!("{}; rules {} {}", window(&head.window), head.rules, head.rules_hash)
}

/// `+0.12`; no sign where it is 0.
pub fn signed(number: f64) -> String {
    let text = format!("{number:+.2}");
    if matches!(text.as_str(), "+0.00" | "-0.00") { "0.00".to_owned() } else { text }
}

/// `+0.12 [-0.30, +0.51]`
pub fn tilt(tilt: &Tilt) -> String {
    format!("{} [{}, {}]", signed(tilt.mean), signed(tilt.low), signed(tilt.high))
}

/// `25 % [0, 85]`
pub fn percent(share: &Estimate) -> String {
    format!("{:.0} % [{:.0}, {:.0}]", 100.0 * share.mean, 100.0 * share.low, 100.0 * share.high)
}

/// The question that a balance answers.
pub fn question(names: &Names, found: &BalanceAnswer) -> String {
    format!(
        "{} between {}; {}",
        names.of(&found.head.state),
        named(names, &found.head.between),
        counted(&found.head)
    )
}

/// The verdict in a sentence.
pub fn verdict(names: &Names, found: &BalanceAnswer) -> String {
    let (state, between) = (names.of(&found.head.state), named(names, &found.head.between));
    match found.verdict {
        Verdict::Balanced => format!("The engagement of {state} with {between} is balanced."),
        Verdict::Tilted => {
            let toward = found.toward.as_ref().map_or("one", |code| names.of(code));
            format!("The engagement of {state} with {between} is tilted toward {toward}.")
        }
        Verdict::NotEnoughEvidence => {
            format!(
                "Not enough evidence to call the engagement of {state} with {between} balanced, or tilted."
            )
        }
    }
}

/// How many further events would settle it.
pub fn settling(more: MoreNeeded) -> String {
    let number = |n: Option<u32>| n.map_or_else(|| "no number of".to_owned(), |n| n.to_string());
    format!(
        "It would be settled by {} more events if they split evenly (balanced), or by {} more that are all with the \
         power in the lead (tilted).",
        number(more.balanced),
        number(more.tilted)
    )
}

/// Whose documents stand under a trend; nothing for codings, which are those of one import.
pub fn panel(panel: &Panel) -> Option<String> {
    let words = match (panel.sources.len(), panel.fixed) {
        _ if panel.of != "documents" => return None,
        (0, _) => "No document speaks of the state in these periods.".to_owned(),
        (many, true) => format!("The documents are those of {many} outlets that have some in every period."),
        (many, false) => format!(
            "No outlet has documents in every period: those of all {many} are counted, and new ones look like \
             behaviour."
        ),
    };
    Some(words)
}

/// How far apart partners stand.
pub fn vectors(apart: &MultiVector) -> String {
    let raw = apart.rao_q.raw.map_or_else(|| "none".to_owned(), |raw| format!("{raw:.3}"));
    let left_out = if apart.left_out.is_empty() {
        String::new()
    } else {
        format!(", without {} partners of which too little is known", apart.left_out.len())
    };
    format!(
        "Multi-vector (Rao's Q): {:.3} [{:.3}, {:.3}], as counted {raw}; distances by {} between {} partners with {:.0} % \
         of the events{left_out}.",
        apart.rao_q.mean,
        apart.rao_q.low,
        apart.rao_q.high,
        apart.distances,
        apart.partners,
        100.0 * apart.covered
    )
}

/// What events of this kind are that do not count.
pub fn left_out(reason: LeftOut) -> &'static str {
    match reason {
        LeftOut::Undated => "without a date in the window",
        LeftOut::Across => "whose date reaches over an edge of the window",
        LeftOut::Former => "with former officials alone on one side (the rules inclusive count them)",
        LeftOut::Planned => "still to come",
        LeftOut::NotHeld => "called off, denied or only spoken of",
        LeftOut::Call => "calls",
        LeftOut::Letter => "letters",
        LeftOut::Gathering => "gatherings of three sides or more",
        LeftOut::Confirmation => "on nobody's word that the rules accept",
        LeftOut::Sources => "told by too few sources",
        LeftOut::Level => "of a lower or unknown rank",
        LeftOut::Confidence => "of too low a confidence",
        LeftOut::Rejected => "rejected in review",
        LeftOut::Superseded => "told by superseded versions of documents alone",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_has_no_sign() {
        assert_eq!((signed(-0.001), signed(0.25)), ("0.00".to_owned(), "+0.25".to_owned()));
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
    }
}
