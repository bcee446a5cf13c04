//! Parts of pages: each a section with its heading, a chart, a sentence and a table; reports and servers
//! compose their pages of them.

mod cite;
mod coverage;
mod evidence;
mod foreign;
mod marked;
mod methods;
mod partners;
mod reader;
mod time;
mod topics;
mod verdict;

use maud::{Markup, html};

use crate::chart::{Chart, Width};
use crate::safe::line;

pub use cite::cite;
pub use coverage::coverage;
pub use evidence::{happening, key, testimony};
pub use foreign::foreign;
pub use methods::methods;
pub use partners::{View, Views, partners, states};
pub use reader::{reader, said};
pub use time::{timeline, trend};
pub use topics::topics;
pub use verdict::{curve, verdict};

/// A number, and a link where its events are shown.
pub fn number(text: &str, to: Option<String>) -> Markup {
    html! {
        @if let Some(to) = to { a href=(to) { (line(text)) } } @else { (line(text)) }
    }
}

/// A chart, once for screens and paper and once for telephones, with its sentence below.
pub fn figure(draw: impl Fn(Width) -> Chart) -> Markup {
    let (wide, narrow) = (draw(Width::Wide), draw(Width::Narrow));
    html! {
        figure {
            (wide.inline("wide"))
            (narrow.inline("narrow"))
            figcaption { (line(&wide.about)) }
        }
    }
}

/// A section of a page.
pub fn section(id: &str, heading: &str, body: &Markup) -> Markup {
    html! {
        section id=(id) { h2 { (line(heading)) } (body) }
    }
}

/// A table that scrolls by itself where it is too wide; `numbers` are the columns that are figures.
pub fn table(caption: &str, head: &[&str], numbers: &[usize], rows: &[Vec<Markup>]) -> Markup {
    let class = |at: usize| numbers.contains(&at).then_some("n");
    html! {
        div class="scroll" role="region" aria-label=(line(caption)) tabindex="0" {
            table {
                caption { (line(caption)) }
                thead { tr { @for (at, name) in head.iter().enumerate() {
                    th scope="col" class=[class(at)] { (line(name)) }
                } } }
                tbody { @for row in rows { tr { @for (at, cell) in row.iter().enumerate() {
                    @if at == 0 { th scope="row" { (cell) } } @else { td class=[class(at)] { (cell) } }
                } } } }
            }
        }
    }
}

/// Something long that is folded away until it is asked for.
pub fn folded(summary: &str, body: &Markup) -> Markup {
    html! { details { summary { (line(summary)) } (body) } }
}

/// `1 event`, `2 events`.
pub fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
