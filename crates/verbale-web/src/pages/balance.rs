//! The balance: verdict, curve, timeline, trend, topics and partners of one question; and help to ask one.

use maud::{Markup, html};
use verbale::inquiry::Reading;
use verbale::ledger::store::Ledger;
use verbale::measure::Network;
use verbale_page::chart::Month;
use verbale_page::part::Views;
use verbale_page::safe::line;
use verbale_page::{Figure, Links, Names, part, words};

use super::asking::{Addresses, Answered, QUESTION, asks, names, question, seen, seen_as};
use super::layout::{page as laid, plain};
use super::{RULED, add, asked, page, ruling};
use crate::api::measures;
use crate::call::{Call, Endpoint, Run, encoded};
use crate::problem::Problem;
use crate::query::Param;
use crate::reply::Reply;

const PARAMS: &[&[Param]] =
    &[QUESTION[0], QUESTION[1], QUESTION[2], QUESTION[3], QUESTION[4], QUESTION[5], RULED];

/// The pages of this file.
pub const PAGES: &[Endpoint] = &[
    page("/", "home", "Where to begin", &[], Run::Read(home)),
    page(
        "/balance",
        "balance-page",
        "Whether a state's engagement is balanced, with all that this rests on",
        PARAMS,
        Run::Read(balance),
    ),
];

fn home(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    if let Some(home) = &call.site.home {
        return Ok(Reply::see(home.clone()));
    }
    balance(call, ledger)
}

fn balance(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    if !asked(ledger.has_documents())? && asked(ledger.imports())?.is_empty() {
        return Ok(add::invitation(call));
    }
    if call.query.one("state").is_none() {
        return states(call, ledger);
    }
    if call.query.list("between").is_empty() {
        return powers(call, ledger);
    }
    let asking = Answered::of(call, ledger)?;
    let (found, network) = (asking.balance(call.query.flag("curve"))?, asking.network()?);
    let (trend, subjects, happenings) = (asking.trend()?, asking.subjects()?, asking.happenings()?);
    let links = Addresses::of(call, &asking.inquiry.source);
    let (names, codes) = (&asking.names_with(&network), &found.head.between);
    let heading = format!("{} between {}", asking.inquiry.own.shown(), words::named(names, codes));
    let (tabs, chosen) = (|view| seen_as(call, view), [seen(call)]);
    let views = Views { shown: &chosen, powers: codes, tabs: Some(&tabs) };
    let volume = Month::of(&asked(call.site.kept.months(ledger))?.of);
    let inside = html! {
        (ruling::notice(call, ledger, &format!("/balance?{}", question(call)))?)
        div class="beside" {
            (asks(call, ledger)?)
            div class="answers" data-drawer="" {
                (contents(call, found.curve.is_some()))
                (part::verdict(names, &found, &links))
                (part::curve(names, &found, &links))
                (part::timeline(names, codes, &happenings, &volume, &links))
                (part::trend(names, &trend, &links))
                (part::topics(names, &subjects, &links))
                (part::partners(names, &network, &views, &links))
                (downloads(call, found.baseline.is_some()))
            }
        }
    };
    Ok(laid(call, &heading, &html! { (line(&heading)) }, &inside))
}

/// Links to what stands below, and to the curve where it is not yet there.
fn contents(call: &Call, curve: bool) -> Markup {
    let sections = [
        ("verdict", "Verdict"),
        ("timeline", "Timeline"),
        ("trend", "Trend"),
        ("topics", "Topics"),
        ("partners", "Partners"),
    ];
    let bound = ["from", "to"].iter().any(|end| call.query.one(end).is_some());
    let whole = bound.then(|| format!("/balance?{}", call.query.without(&["from", "to", "ruled"])));
    html! {
        nav class="here" aria-label="On this page" { ul {
            @for (id, name) in sections { li { a href=(format!("#{id}")) { (name) } }
                @if id == "verdict" { li {
                    @if curve { a href="#curve" { "Curve" } }
                    @else { a href=(format!("/balance?{}&curve=true#curve", question(call))) { "Curve: every way of counting" } }
                } }
            }
            @if let Some(whole) = &whole { li { a href=(whole) { "All of the time" } } }
        } }
    }
}

fn downloads(call: &Call, held: bool) -> Markup {
    // A baseline that cannot be had is a remark of the page, and would be a refusal of the API.
    let whole: &[&str] = if held { &["by"] } else { &["by", "baseline"] };
    let query = |left_out: &[&str]| call.query.without(&[left_out, &["ruled", "partners"]].concat());
    let counting = ["delta", "baseline", "curve", "by"];
    html! {
        section id="data" {
            h2 { "The same as data" }
            p { "The address of this page holds the whole question: who opens it sees the same figures. For programs: " }
            ul {
                li { a href=(format!("/v1/balance?{}", query(whole))) { "balance" } " (JSON)" }
                li { a href=(format!("/v1/trend?{}", query(&["delta", "baseline", "curve"]))) { "trend" } ", "
                    a href=(format!("/v1/topics?{}", query(&counting))) { "topics" } ", "
                    a href=(format!("/v1/network?{}", query(&["between", "delta", "baseline", "curve", "by"]))) { "partners" } " (JSON)" }
                li { a href=(format!("/v1/evidence?{}&format=jsonl", query(&counting))) { "every event with its sentences" } " (JSON lines)" }
            }
        }
    }
}

/// The states of the ledger, the busiest first: a choice that is left to whoever asks.
fn states(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    struct States;
    impl Links for States {
        fn event(&self, _: &str) -> Option<String> {
            None
        }
        fn figure(&self, figure: Figure<'_>) -> Option<String> {
            let Figure::Partner(code) = figure else { return None };
            Some(format!("/balance?state={}", encoded(code)))
        }
    }
    let sides = asked(call.site.kept.sides(ledger))?;
    let names = names(&call.site.world.knowledge, sides.keys().map(String::as_str));
    let inside = html! {
        (ruling::notice(call, ledger, "/balance")?)
        div class="beside" {
            (asks(call, ledger)?)
            div class="answers" {
                p { "Whose foreign policy is asked about, and between which powers? Choose a state by the number of its events, or fill in the form." }
                @if sides.is_empty() { p { "No event of this ledger is of a state that is known. " a href="/documents" { "Its documents" } " may say why." } }
                @else { (part::states(&names, &sides, &States)) }
            }
        }
    };
    Ok(plain(call, "Whose policy?", &inside))
}

/// The partners of a state, two of which can be chosen.
fn powers(call: &Call, ledger: &Ledger) -> Result<Reply, Problem> {
    let inquiry = measures::inquiry(call, ledger, Reading { everybody: true, ..Reading::default() })?;
    let found = measures::partners(call, &inquiry)?;
    let mut names = names(&call.site.world.knowledge, found.partners.iter().map(|one| one.code.as_str()));
    names.insert(&inquiry.own.code, inquiry.own.shown());
    let title = format!("{} between which powers?", inquiry.own.shown());
    let links = Addresses::of(call, &inquiry.source);
    let (tabs, chosen) = (|view| seen_as(call, view), [seen(call)]);
    let views = Views { shown: &chosen, powers: &[], tabs: Some(&tabs) };
    let inside = html! {
        (ruling::notice(call, ledger, &format!("/balance?{}", question(call)))?)
        div class="beside" {
            (asks(call, ledger)?)
            div class="answers" data-drawer="" {
                @for remark in inquiry.remarks(0) { p class="remark" { (line(&remark)) } }
                (suggestions(call, &names, &found))
                (part::partners(&names, &found, &views, &links))
            }
        }
    };
    Ok(laid(call, &title, &html! { (line(&title)) }, &inside))
}

/// Pairs of the partners with most events; which of them matter is for whoever asks to say.
fn suggestions(call: &Call, names: &Names, found: &Network) -> Markup {
    let busiest: Vec<&str> = found.partners.iter().take(4).map(|one| one.code.as_str()).collect();
    let pairs = busiest
        .iter()
        .enumerate()
        .flat_map(|(at, one)| busiest[at + 1..].iter().map(move |other| (*one, *other)));
    html! {
        @if busiest.len() > 1 {
            p { "Name them in the form. Between the partners with most events here:" }
            ul { @for (one, other) in pairs {
                li { a href=(format!("/balance?{}&between={}", question(call), encoded(&format!("{one},{other}")))) {
                    (line(names.of(one))) " and " (line(names.of(other)))
                } }
            } }
        } @else {
            p { "Name two powers in the form, as in USA,RUS." }
        }
    }
}
