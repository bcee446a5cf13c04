//! One report on paper: its header, a card per event, the claims that tell of none, the notes.

use std::fmt::Write as _;

use verbale::model::{Record, Report, Severity};

use super::card::card;
use super::claim;
use super::page::Page;
use super::paper::{Paper, Screen};
use super::styled::{Look, Styled};
use super::words;

/// Everything `verbale read` shows of a report.
pub fn report_page(screen: &Screen, report: &Report, record: &Record) -> String {
    let mut paper = Paper::new(*screen);
    let page = Page::new(report);
    header(&mut paper, &page, report, record);
    for event in &record.events {
        paper.blank();
        card(&mut paper, &page, record, event);
    }
    let apart: Vec<_> = record.claims.iter().filter(|claim| claim.event.is_none()).collect();
    if !apart.is_empty() {
        paper.blank();
        paper.put(0, &Styled::of("Claims that tell of no event", Look::Strong));
    }
    for claim in apart {
        paper.put(2, &claim::line(&page, claim));
    }
    notes(&mut paper, &page, record);
    paper.blank();
    paper.finish()
}

fn header(paper: &mut Paper, page: &Page, report: &Report, record: &Record) {
    paper.put(0, &Styled::of(&report.id, Look::Strong));
    let headline = page.headline().map(|span| page.words(span));
    if let Some(title) =
        report.title.as_deref().or(headline.as_deref()).filter(|title| !title.trim().is_empty())
    {
        paper.put(0, &Styled::plain(title.trim()));
    }
    let mut about = match &report.published {
        Some(date) => format!("published {}", words::edtf(date)),
        None => "publication date unknown".to_owned(),
    };
    if let Some(outlet) = &report.outlet {
        let _ = write!(about, ", {outlet}");
    }
    let count = |number: usize, what: &str| match number {
        0 => format!("no {what}"),
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    };
    let _ =
        write!(about, "; {}, {}", count(record.events.len(), "event"), count(record.claims.len(), "claim"));
    paper.put(0, &Styled::of(&about, Look::Dim));
}

fn notes(paper: &mut Paper, page: &Page, record: &Record) {
    if record.diagnostics.is_empty() {
        return;
    }
    paper.blank();
    paper.put(0, &Styled::of("Notes", Look::Strong));
    for note in &record.diagnostics {
        let look = if note.severity == Severity::Info { Look::Dim } else { Look::Plain };
        let mut line = Styled::of(&format!("{}: {}", note.severity, note.message), look);
        if let Some(span) = note.span {
            line.push(&format!(" (“{}”)", page.excerpt(span, 80)), Look::Dim);
        }
        paper.put(2, &line);
    }
}
