//! Quotations without a word of speech of their own: they go on with the words of the one quoted before.

use std::ops::Range;

use verbale_nlp::{Sent, SentKind, Upos};

use super::{Attribution, Finder};

impl Finder<'_> {
    /// Lengthens attributions over the quotations that follow in their paragraph, and adds one for each
    /// following paragraph that is quotation alone.
    pub(super) fn continued(&self, found: &mut Vec<Attribution>) {
        let mut added: Vec<Attribution> = Vec::new();
        let mut last: Option<(usize, u32)> = None;
        for sent in self.resolved.doc.sents().filter(|sent| sent.kind() == SentKind::Body) {
            let range = sent.range();
            let own = self.speaker_in(found, &range);
            if let Some(own) = own {
                last = Some((own, sent.paragraph()));
                continue;
            }
            let taken = found.iter().chain(&added).any(|other| {
                other.content.start < range.end
                    && range.start + 1 < other.content.end
                    && !other.quotes.is_empty()
            });
            let quotes = self.all_quote(sent);
            match last {
                Some((at, paragraph)) if !quotes.is_empty() && !taken => {
                    if paragraph == sent.paragraph() {
                        self.lengthen(&mut found[at], &quotes);
                    } else if sent.paragraph() == paragraph + 1 {
                        added.push(self.next_paragraph(&found[at], &quotes));
                        last = Some((at, sent.paragraph()));
                    }
                }
                Some((_, paragraph)) if taken && paragraph != sent.paragraph() && !quotes.is_empty() => {
                    last = last.map(|(at, _)| (at, sent.paragraph()));
                }
                // Somebody else's telling ends the speech.
                _ if quotes.is_empty() && !taken => last = None,
                _ => {}
            }
        }
        found.append(&mut added);
    }

    /// The last attribution of direct speech whose cue stands in a sentence.
    fn speaker_in(&self, found: &[Attribution], range: &Range<usize>) -> Option<usize> {
        let inside = |at: &usize| {
            let attribution = &found[*at];
            let direct = attribution.quotes.iter().any(|quote| self.resolved.quotes[*quote].tokens.len() > 3);
            range.contains(&attribution.cue.start) && direct && attribution.source.is_some()
        };
        (0..found.len()).rfind(inside)
    }

    /// The quotations of a sentence in which nothing else stands.
    fn all_quote(&self, sent: Sent<'_>) -> Vec<usize> {
        let range = sent.range();
        let quotes: Vec<usize> = (0..self.resolved.quotes.len())
            .filter(|at| {
                let outer = &self.resolved.quotes[*at].outer;
                outer.start < range.end && range.start < outer.end
            })
            .collect();
        let quoted = |at: usize| quotes.iter().any(|quote| self.resolved.quotes[*quote].outer.contains(&at));
        let bare = sent.tokens().any(|token| token.pos() != Upos::Punct && !quoted(token.i()));
        if bare { Vec::new() } else { quotes }
    }

    fn lengthen(&self, attribution: &mut Attribution, quotes: &[usize]) {
        for at in quotes {
            let outer = &self.resolved.quotes[*at].outer;
            attribution.content.start = attribution.content.start.min(outer.start);
            attribution.content.end = attribution.content.end.max(outer.end);
            if !attribution.quotes.contains(at) {
                attribution.quotes.push(*at);
            }
        }
    }

    fn next_paragraph(&self, before: &Attribution, quotes: &[usize]) -> Attribution {
        let start = quotes
            .iter()
            .map(|at| self.resolved.quotes[*at].outer.start)
            .min()
            .unwrap_or(before.content.start);
        let end =
            quotes.iter().map(|at| self.resolved.quotes[*at].outer.end).max().unwrap_or(before.content.end);
        Attribution {
            content: start..end,
            content_head: None,
            quotes: quotes.to_vec(),
            rule: "attribution/continued",
            ..before.clone()
        }
    }
}
