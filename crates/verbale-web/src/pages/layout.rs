//! What all pages share: head, navigation, footer; and the page that says what went wrong.

use maud::{DOCTYPE, Markup, html};
use verbale_page::safe::line;

use crate::assets;
use crate::call::Call;
use crate::formats::Format;
use crate::problem::Problem;
use crate::reply::Reply;

/// Where the navigation leads; a server that only reads leaves the last one out.
const PLACES: &[(&str, &str)] = &[
    ("/balance", "Balance"),
    ("/compare", "Compare"),
    ("/events", "Events"),
    ("/claims", "Claims"),
    ("/quotes", "Quotes"),
    ("/documents", "Documents"),
    ("/entities", "People and bodies"),
    ("/review", "Review"),
    ("/coverage", "Coverage"),
    ("/runs", "Runs"),
    ("/methods", "Methods"),
    ("/about", "About"),
    ("/add", "Add a report"),
];

/// A page, or its inside alone where the drawer asks for that. `heading` is the only one of the first rank.
pub fn page(call: &Call, title: &str, heading: &Markup, inside: &Markup) -> Reply {
    let text = if call.query.one("fragment").is_some() {
        html! { div class="fragment" { h2 { (heading) } (inside) } }.into_string()
    } else {
        let body = html! { h1 { (heading) } (inside) };
        shell(title, call.endpoint.path, call.site.ledgers.read_only(), &body)
    };
    Reply::whole(Format::Html.media(), text.into_bytes())
}

/// A page whose heading is its title.
pub fn plain(call: &Call, title: &str, inside: &Markup) -> Reply {
    page(call, title, &html! { (line(title)) }, inside)
}

/// The page for a request that cannot be answered.
pub fn wrong(problem: &Problem) -> String {
    let (title, detail) = problem.said();
    let inside = html! {
        h1 { (title) }
        p class="remark" { (line(detail)) }
        p { "Go back and change what is named there, or start again with the " a href="/" { "first page" } "." }
    };
    shell(title, "", false, &inside)
}

fn shell(title: &str, path: &str, read_only: bool, body: &Markup) -> String {
    let here = |place: &str| path == place || (path == "/" && place == "/balance");
    let places = PLACES.iter().filter(|(place, _)| !(read_only && *place == "/add"));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (line(title)) " · verbale" }
                link rel="stylesheet" href=(assets::address("style.css"));
                link rel="icon" type="image/svg+xml" href=(assets::address("icon.svg"));
                script src=(assets::address("drawer.js")) defer {}
                script src=(assets::address("brush.js")) defer {}
            }
            body class="site" {
                a class="skip" href="#main" { "To the content" }
                header class="bar" {
                    a class="name" href="/" { "verbale" }
                    nav aria-label="Pages" { ul {
                        @for (place, name) in places {
                            li { a href=(place) aria-current=[here(place).then_some("page")] { (name) } }
                        }
                    } }
                }
                main id="main" { (body) }
                footer { p {
                    "verbale " (verbale::VERSION) ", data " (verbale::knowledge::VERSION)
                    ". A record says what a report says. It does not say that it is true."
                } }
            }
        }
    };
    page.into_string() + "\n"
}
