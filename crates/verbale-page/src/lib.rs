//! What people see in a browser: charts as SVG and PNG, pages as HTML. Pure: no files, no clock, no network.
//!
//! ```text
//! answers, entries ──chart──▶ Chart ──┬─inline──▶ part of a page      ──document──▶ chart.svg ──png──▶ chart.png
//!                  ──part───▶ section ┘                    parts ──report──▶ out.html
//! ```
//!
//! A [`chart`] draws an answer of `verbale-measure`; a [`part`] puts a sentence and a table beside it. Every
//! mark and every number may be a link: [`Links`] says where it leads, an anchor in a report or an address on
//! a server. Nothing that comes from a document is markup: maud escapes it, and [`safe`] spells out what would
//! hide or reorder it. Pages need no script and no style attribute; [`stylesheet`] has all looks.

mod calendar;
pub mod chart;
mod links;
mod names;
pub mod part;
mod png;
mod report;
pub mod safe;
pub mod words;

pub use links::{Figure, Links, Unlinked};
pub use names::Names;
pub use png::png;
pub use report::{
    Anchors, Answers, Behind, Evidence, Figured, Figures, Group, Report, Shown, behind, everywhere, report,
    together,
};

/// The looks of pages and of charts in them.
pub fn stylesheet() -> String {
    format!("{}{}", include_str!("style.css"), chart::style())
}
