//! Rows of a ledger for people: entries, claims, quotes and documents.

use verbale::ledger::list::{DocumentRow, LedgerClaim, LedgerQuote};
use verbale::ledger::{Cited, Entry, Verdict};

use super::card;
use super::paper::{Paper, Screen};
use super::styled::{Look, Styled};
use super::words;

/// An entry with its tellings and what reviewers said.
pub fn entry_page(screen: &Screen, entry: &Entry) -> String {
    let mut paper = Paper::new(*screen);
    let event = &entry.event;
    paper.put(0, &card::title(event));
    card::facts(&mut paper, event);
    let people = card::people(&paper, event);
    paper.rows("who", &people);
    let told = match (entry.documents, entry.sources) {
        (1, _) => "one document".to_owned(),
        (documents, 1) => format!("{documents} documents, copies of one source"),
        (documents, sources) => {
            let percent = entry.link_score * 100.0;
            format!("{documents} documents, {sources} sources; linked at {percent:.0} %")
        }
    };
    paper.field("told by", &Styled::plain(&told));
    for reason in &entry.link_reasons {
        paper.field("", &Styled::of(reason, Look::Dim));
    }
    for cited in &entry.tellings {
        paper.field("", &source(cited));
        for sentence in &cited.evidence {
            paper.field("", &Styled::plain(&format!("  “{}”", sentence.trim())));
        }
    }
    if let Some(review) = review(entry) {
        paper.field("review", &Styled::of(&review, Look::Strong));
    }
    for conflict in &entry.review.conflicts {
        paper.field("conflict", &Styled::of(conflict, Look::Strong));
    }
    paper.blank();
    paper.finish()
}

/// Outlet, date and address of a telling.
fn source(cited: &Cited) -> Styled {
    let mut line = Styled::plain(cited.outlet.as_deref().unwrap_or("unknown outlet"));
    for more in [&cited.published, &cited.url].into_iter().flatten() {
        line.push(&format!(", {more}"), Look::Plain);
    }
    line.push(&format!("  {}", cited.id), Look::Dim);
    line
}

fn review(entry: &Entry) -> Option<String> {
    let verdict = match entry.review.verdict {
        Verdict::None => None,
        Verdict::Accepted => Some("accepted".to_owned()),
        Verdict::Rejected => Some("rejected".to_owned()),
    };
    let edited =
        (!entry.review.edited.is_empty()).then(|| format!("corrected: {}", entry.review.edited.join(", ")));
    let said: Vec<String> = verdict.into_iter().chain(edited).collect();
    (!said.is_empty()).then(|| said.join("; "))
}

/// One claim: who says what, in which words, where.
pub fn claim_page(screen: &Screen, row: &LedgerClaim) -> String {
    let mut paper = Paper::new(*screen);
    let claim = &row.claim;
    let who = claim.asserter.as_ref().map_or_else(|| "the outlet".to_owned(), words::asserter);
    let mut head = Styled::of(&who, Look::Strong);
    let cue = claim.cue.as_ref().map(|cue| format!(" “{}”", cue.text)).unwrap_or_default();
    head.push(&format!("{cue} · {} · {} · {}", claim.kind, claim.mode, claim.modality), Look::Plain);
    paper.put(0, &head);
    if let Some(words) = &row.content_text {
        paper.field("says", &Styled::plain(words.trim()));
    }
    if let Some(entry) = &row.entry {
        paper.field("event", &Styled::plain(entry));
    }
    paper.field("in", &place(&row.document, row.outlet.as_deref(), row.published.as_deref()));
    paper.blank();
    paper.finish()
}

/// One quote with its speaker.
pub fn quote_page(screen: &Screen, row: &LedgerQuote) -> String {
    let mut paper = Paper::new(*screen);
    paper.put(0, &Styled::plain(&format!("“{}”", row.quote.text)));
    let who = row.asserter.as_ref().map_or_else(|| "nobody named".to_owned(), words::asserter);
    paper.field("by", &Styled::of(&who, Look::Strong));
    paper.field("in", &place(&row.document, row.outlet.as_deref(), row.published.as_deref()));
    paper.blank();
    paper.finish()
}

/// One document, without its text.
pub fn document_page(screen: &Screen, row: &DocumentRow) -> String {
    let mut paper = Paper::new(*screen);
    let mut head = Styled::of(&row.document, Look::Dim);
    head.push(&format!("  {}", row.title.as_deref().unwrap_or(&row.id)), Look::Strong);
    paper.put(0, &head);
    let outlet = row.outlet.as_deref().unwrap_or("unknown outlet");
    let published = row.published.as_deref().unwrap_or("no date");
    let url = row.url.as_deref().map(|url| format!(", {url}")).unwrap_or_default();
    paper.field("from", &Styled::plain(&format!("{outlet}, {published}{url}")));
    let kept = row.retention.as_str();
    let held =
        format!("{} events, {} claims, {} characters, kept: {kept}", row.events, row.claims, row.chars);
    paper.field("holds", &Styled::plain(&held));
    if row.family != row.document {
        paper.field("copy of", &Styled::plain(&row.family));
    }
    if let Some(newer) = &row.superseded_by {
        paper.field("replaced by", &Styled::plain(newer));
    }
    paper.blank();
    paper.finish()
}

fn place(document: &str, outlet: Option<&str>, published: Option<&str>) -> Styled {
    let mut line = Styled::plain(outlet.unwrap_or("unknown outlet"));
    if let Some(published) = published {
        line.push(&format!(", {published}"), Look::Plain);
    }
    line.push(&format!("  {document}"), Look::Dim);
    line
}
