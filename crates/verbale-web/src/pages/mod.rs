//! Pages for people: a table of them, one file for each, drawn with the parts of `verbale-page`.

mod about;
mod add;
mod asking;
mod balance;
mod compare;
mod coverage;
mod document;
mod event;
mod evidence;
mod form;
mod layout;
mod lists;
mod methods;
mod review;
mod ruling;
mod runs;

use verbale::ledger::LedgerError;

use crate::assets;
use crate::call::{Endpoint, Run, Takes};
use crate::formats::Format;
use crate::problem::Problem;
use crate::query::{Kind, Param, param};

pub use layout::wrong;

/// The pages, group by group.
pub const PAGES: &[&[Endpoint]] = &[
    balance::PAGES,
    evidence::PAGES,
    event::PAGES,
    ruling::PAGES,
    document::PAGES,
    lists::PAGES,
    compare::PAGES,
    review::PAGES,
    runs::PAGES,
    coverage::PAGES,
    methods::PAGES,
    about::PAGES,
    add::PAGES,
    &[page("/assets/{hash}/{name}", "asset", "A file that pages need", &[], Run::Still(assets::file))],
];

/// Asks for the inside of a page alone, for the drawer.
const FRAGMENT: &[Param] = &[param("fragment", Kind::Word(&["1"]), "The inside of the page alone")];
/// What somebody has just ruled.
const RULED: &[Param] = &[param("ruled", Kind::Text, "Id of a review that was just made, to be said above")];
/// Where a ruling leads back to.
const BACK: &[Param] = &[param("back", Kind::Text, "The page from which this one was opened")];

const fn page(
    path: &'static str,
    name: &'static str,
    about: &'static str,
    params: &'static [&'static [Param]],
    run: Run,
) -> Endpoint {
    Endpoint { path, name, about, params, takes: None, formats: Format::HTML, gives: "", run }
}

/// What a form of a page sends.
const fn form(path: &'static str, name: &'static str, about: &'static str, run: Run) -> Endpoint {
    let takes =
        Takes { media: &["application/x-www-form-urlencoded"], schema: "", about: "The fields of the form" };
    Endpoint { path, name, about, params: &[], takes: Some(takes), formats: Format::HTML, gives: "", run }
}

fn asked<T>(found: Result<T, LedgerError>) -> Result<T, Problem> {
    found.map_err(|error| Problem::asking(&error))
}
