//! Errors by kind: how many of each, and some of them to read. They are shown and never kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many details of a kind are listed.
const DETAILS: usize = 20;
/// Longest example, in characters.
const WIDTH: usize = 220;

/// What went wrong, by kind and by detail of the kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(BTreeMap<String, BTreeMap<String, Vec<String>>>);

impl Errors {
    /// Notes an error: its kind, what of that kind, and the place in the set.
    pub fn add(&mut self, kind: impl Into<String>, detail: impl Into<String>, example: impl Into<String>) {
        self.0.entry(kind.into()).or_default().entry(detail.into()).or_default().push(example.into());
    }

    /// Takes the errors of another list in, after those that are there.
    pub fn extend(&mut self, other: Self) {
        for (kind, details) in other.0 {
            let mine = self.0.entry(kind).or_default();
            for (detail, examples) in details {
                mine.entry(detail).or_default().extend(examples);
            }
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Kinds and details with their counts, most first, and so many examples of each kind, taken evenly.
    pub fn listing(&self, examples: usize) -> String {
        let mut out = String::new();
        let count = |details: &BTreeMap<String, Vec<String>>| details.values().map(Vec::len).sum::<usize>();
        let mut kinds: Vec<_> = self.0.iter().collect();
        kinds.sort_by_key(|(_, details)| std::cmp::Reverse(count(details)));
        for (kind, details) in kinds {
            let _ = writeln!(out, "{:>6}  {kind}", count(details));
            let mut listed: Vec<_> = details.iter().filter(|(detail, _)| !detail.is_empty()).collect();
            listed.sort_by_key(|(_, examples)| std::cmp::Reverse(examples.len()));
            for (detail, examples) in listed.iter().take(DETAILS) {
                let _ = writeln!(out, "          {:>5}  {detail}", examples.len());
            }
            if listed.len() > DETAILS {
                let rest: usize = listed.iter().skip(DETAILS).map(|(_, examples)| examples.len()).sum();
                let _ = writeln!(out, "          {rest:>5}  {} others", listed.len() - DETAILS);
            }
            let all: Vec<(&str, &str)> = details
                .iter()
                .flat_map(|(detail, list)| list.iter().map(|one| (detail.as_str(), one.as_str())))
                .collect();
            for at in spread(all.len(), examples) {
                let (detail, example) = all[at];
                let _ = writeln!(out, "      - [{detail}] {}", line(example));
            }
        }
        out
    }
}

/// So many places, evenly from the first on.
fn spread(length: usize, wanted: usize) -> impl Iterator<Item = usize> {
    let wanted = wanted.min(length);
    (0..wanted).map(move |at| at * length / wanted)
}

/// An example on one line, cut where it is long.
fn line(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_by_count_and_examples_are_spread() {
        let mut errors = Errors::default();
        errors.add("far", "town", "a");
        for example in ["b", "c", "d\ne"] {
            errors.add("not found", "state", example);
        }
        let listing = errors.listing(2);
        let lines: Vec<&str> = listing.lines().map(str::trim).collect();
        assert_eq!(lines[..2], ["3  not found", "3  state"]);
        assert_eq!(lines[2..4], ["- [state] b", "- [state] c"]);
        assert_eq!(spread(10, 3).collect::<Vec<_>>(), [0, 3, 6]);
    }
}
