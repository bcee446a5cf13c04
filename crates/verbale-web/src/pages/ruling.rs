//! Rulings on pages: the forms, what becomes of them, and how one is taken back. All work without script.

use maud::{Markup, html};
use verbale::ledger::review::{Action, Review, in_force};
use verbale::ledger::store::Ledger;
use verbale::ruling::{By, Ruling};
use verbale_page::safe::{line, words as inline};

use super::form::{Form, with};
use super::{asked, form};
use crate::api::reviews::keep;
use crate::audit::now;
use crate::call::{Call, Endpoint, Run, encoded};
use crate::problem::Problem;
use crate::reply::Reply;

/// The forms of this file.
pub const PAGES: &[Endpoint] = &[
    form(
        "/events/{event}/review",
        "rule",
        "Accepts, rejects, corrects, splits or joins an event",
        Run::Change(rule),
    ),
    form("/reviews/undo", "undo", "Takes a review back", Run::Change(undo)),
];

fn rule(call: &Call) -> Result<Reply, Problem> {
    let form = Form::read(call);
    let event = call.named("event").to_owned();
    let home = format!("/events/{}", encoded(&event));
    let ruling = match form.needed("action", "choose what is ruled")? {
        "accept" => Ruling::Accept { event },
        "reject" => Ruling::Reject { event },
        "edit" => Ruling::Edit { event, edits: edits(&form)? },
        "split" => Ruling::Split { event, tellings: form.all("tellings").map(str::to_owned).collect() },
        "join" => {
            let with = form.needed("with", "name the other event by its id")?.to_owned();
            Ruling::Join { event, with }
        }
        other => return Err(Problem::new("bad-body", format!("action: there is no '{other}'"))),
    };
    kept(call, &form, &ruling, &home)
}

fn undo(call: &Call) -> Result<Reply, Problem> {
    let form = Form::read(call);
    let review = form.needed("review", "name the review by its id")?.to_owned();
    kept(call, &form, &Ruling::Undo { review: Some(review) }, "/review")
}

/// Keeps a ruling and sends the browser back to where it came from.
fn kept(call: &Call, form: &Form, ruling: &Ruling, home: &str) -> Result<Reply, Problem> {
    let reviewer = form.needed("reviewer", "say who you are: a review has a name")?.to_owned();
    let by = By { reviewer, at: now(), reason: form.own("reason") };
    let asked = format!("POST {}", call.endpoint.path);
    let (kept, _) = keep(call, by, ruling, &asked)?;
    let back = form.back(home);
    Ok(Reply::see(match kept.last() {
        Some(last) => with(&back, "ruled", &last.review),
        None => back,
    }))
}

/// `FIELD=VALUE` of a chosen field with its value, and of lines that were written.
fn edits(form: &Form) -> Result<Vec<String>, Problem> {
    let mut edits: Vec<String> =
        form.all("edits").flat_map(str::lines).map(|line| line.trim().to_owned()).collect();
    edits.retain(|line| !line.is_empty());
    if let Some(value) = form.one("value") {
        edits.push(format!("{}={value}", form.needed("field", "choose what is corrected")?));
    }
    Ok(edits)
}

/// What a review says, in a few words.
pub fn said(review: &Review) -> String {
    match &review.action {
        Action::Accept { .. } => "accepted an event".to_owned(),
        Action::Reject { .. } => "rejected an event".to_owned(),
        Action::Edit { path, value, .. } => format!("corrected {path} to {value}"),
        Action::Split { .. } => "split tellings off an event".to_owned(),
        Action::Join { .. } => "joined two events".to_owned(),
        Action::Undo { review } => format!("took review {review} back"),
    }
}

/// Says what was just ruled, and offers to take it back; `here` is the page it stands on.
pub fn notice(call: &Call, ledger: &Ledger, here: &str) -> Result<Markup, Problem> {
    let Some(id) = call.query.one("ruled") else { return Ok(html! {}) };
    let reviews = asked(ledger.reviews())?;
    let Some(review) = reviews.iter().find(|one| one.id == id) else { return Ok(html! {}) };
    let holds = in_force(&reviews).iter().any(|one| one.id == id);
    let follow = holds || matches!(review.action, Action::Undo { .. });
    Ok(html! {
        div class="notice" role="status" {
            p { (inline(&review.reviewer)) " " (line(&said(review))) ". "
                @if follow { "The figures follow." } @else { "It has been taken back since." } }
            @if holds && !call.site.ledgers.read_only() { (take_back(review, here)) }
        }
    })
}

/// A form that takes a review back.
pub fn take_back(review: &Review, back: &str) -> Markup {
    html! {
        form method="post" action="/reviews/undo" class="undo" {
            input type="hidden" name="review" value=(review.id);
            input type="hidden" name="back" value=(back);
            label { span { "Your name" } input name="reviewer" required maxlength="200" autocomplete="name" value=(line(&review.reviewer)); }
            button { "Undo" }
        }
    }
}

/// Who rules, and why.
pub fn by(back: &str) -> Markup {
    html! {
        input type="hidden" name="back" value=(back);
        label { span { "Your name" } input name="reviewer" required maxlength="200" autocomplete="name"; }
        label { span { "Why" } input name="reason" maxlength="4000" autocomplete="off"; }
    }
}

/// The first button of a form, which Enter presses: where there are several, none of them is meant by it.
pub fn no_default() -> Markup {
    html! { button disabled hidden {} }
}

/// Accept and reject, for an event of a list.
pub fn verdict(event: &str, back: &str) -> Markup {
    html! {
        form method="post" action=(format!("/events/{}/review", encoded(event))) class="ruling" {
            (no_default())
            (by(back))
            button name="action" value="accept" { "Accept" }
            button name="action" value="reject" { "Reject" }
            a href=(format!("/events/{}?back={}", encoded(event), encoded(back))) { "Correct, split or join" }
        }
    }
}
