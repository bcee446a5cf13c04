//! A question of balance on a page: its form, its answers, and where their marks and numbers lead.

use std::sync::Arc;

use maud::{Markup, html};
use verbale::inquiry::{Inquiry, Reading};
use verbale::knowledge::Knowledge;
use verbale::ledger::LedgerError;
use verbale::ledger::store::Ledger;
use verbale::measure::{BalanceAnswer, Network, Rules, Subjects, Trend};
use verbale::question::Source;
use verbale_page::chart::{Happening, happenings};
use verbale_page::part::View;
use verbale_page::safe::line;
use verbale_page::{Behind, Figure, Figured, Figures, Links, Names, together};

use super::asked;
use crate::answers::Weighed;
use crate::api::measures;
use crate::call::{Call, encoded};
use crate::problem::Problem;
use crate::query::{Kind, Param, param};

/// Everything that a question of balance holds.
pub const QUESTION: &[&[Param]] =
    &[WHO, measures::COUNTING, measures::DELTA, measures::MORE, measures::UNIT, SEEN];

/// Whose policy, and between whom; a page helps to choose where they are left out.
pub const WHO: &[Param] = &[
    param("state", Kind::Text, "Whose policy: an ISO 3166-1 code, or a name"),
    param("between", Kind::List, "Between which powers: two codes or names, or more, as in USA,RUS"),
];

/// How the page shows the answer.
const SEEN: &[Param] = &[param(
    "partners",
    Kind::Word(&["table", "map", "network"]),
    "All partners as bars, on a map, or around the state; bars where it is left out",
)];

/// Parameters that are no part of the question.
const ASIDE: &[&str] = &["fragment", "ruled", "figure", "event", "skip", "back"];

/// A question of a page, whose answers are worked out when they are wanted, and kept one by one.
pub struct Answered<'c> {
    call: &'c Call,
    ledger: &'c Ledger,
    /// The question with its events.
    pub inquiry: Inquiry,
    editions: Option<Vec<u64>>,
}

impl<'c> Answered<'c> {
    /// Asks.
    pub fn of(call: &'c Call, ledger: &'c Ledger) -> Result<Self, Problem> {
        let seen = Reading { topics: true, everybody: true };
        let inquiry = measures::inquiry(call, ledger, seen)?;
        let editions = measures::editions(call, ledger, &[&inquiry])?;
        Ok(Self { call, ledger, inquiry, editions })
    }

    /// The answer that is called so, from the last time where it rests on the same.
    fn answer<T: Weighed>(
        &self,
        what: &str,
        editions: Option<Vec<u64>>,
        work: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<Arc<T>, Problem> {
        self.call.site.answers.of(&format!("{what} {}", question(self.call)), editions, work)
    }

    /// The balance, with its curve where the address wants it, or where its events are asked for.
    pub fn balance(&self, curve: bool) -> Result<Arc<BalanceAnswer>, Problem> {
        let (call, inquiry) = (self.call, &self.inquiry);
        let held = call.query.one("baseline").is_some() || call.query.one("families").is_some();
        if !held && !curve {
            return measures::balanced(call, inquiry);
        }
        let what = if curve { "balance with curve" } else { "balance held" };
        self.answer(what, self.editions.clone(), || {
            let mut balance = Arc::unwrap_or_clone(measures::balanced(call, inquiry)?);
            if curve && inquiry.is_between_two() {
                balance.put_curve(measures::specified(call, inquiry)?.to_vec());
            }
            if let Err(problem) = measures::hold(call, self.ledger, inquiry, &mut balance) {
                balance.head.remarks.push(problem.said().1.to_owned());
            }
            Ok(balance)
        })
    }

    /// The engagement by period.
    pub fn trend(&self) -> Result<Arc<Trend>, Problem> {
        self.answer("trend", measures::with_documents(self.editions.clone(), &self.inquiry), || {
            let mut trend = self.inquiry.trend(measures::unit(self.call)?);
            asked(self.inquiry.put_volume(self.ledger, &mut trend, &self.call.query.list("panel")))?;
            Ok(trend)
        })
    }

    /// What is talked about with whom.
    pub fn subjects(&self) -> Result<Arc<Subjects>, Problem> {
        self.answer("topics", self.editions.clone(), || Ok(self.inquiry.topics()))
    }

    /// All partners.
    pub fn network(&self) -> Result<Arc<Network>, Problem> {
        measures::partners(self.call, &self.inquiry)
    }

    /// The events that count.
    pub fn happenings(&self) -> Result<Arc<Vec<Happening>>, Problem> {
        self.answer("happenings", self.editions.clone(), || {
            Ok(happenings(self.inquiry.events(), &self.inquiry.question()))
        })
    }

    /// What the codes of the question are called.
    pub fn names(&self) -> Names {
        let codes = self.inquiry.partners.iter().map(|named| named.code.as_str());
        let mut names = names(&self.call.site.world.knowledge, codes);
        for named in std::iter::once(&self.inquiry.own).chain(&self.inquiry.partners) {
            names.insert(&named.code, named.shown());
        }
        names
    }

    /// The same, and what the partners are called.
    pub fn names_with(&self, network: &Network) -> Names {
        let partners = network.partners.iter().map(|partner| partner.code.as_str());
        let mut names = names(&self.call.site.world.knowledge, partners);
        for named in std::iter::once(&self.inquiry.own).chain(&self.inquiry.partners) {
            names.insert(&named.code, named.shown());
        }
        names
    }

    /// The figure of a key with its events, if the answers have it.
    pub fn behind(&self, key: &str) -> Result<Option<Behind>, Problem> {
        let found = |figures: Vec<Figured<'_>>| {
            figures.into_iter().find(|figure| figure.key == key).map(Figured::looked_up)
        };
        let (events, question) = (|| self.inquiry.events(), self.inquiry.question());
        let of = |names| Figures { names, events: &events, question };
        // The beginning of a key says whose figure it is.
        let names = self.names();
        Ok(match key.split('-').next().unwrap_or_default() {
            "in" | "undated" => found(of(&names).of_trend(&*self.trend()?)),
            "about" => found(of(&names).of_topics(&*self.subjects()?)),
            "choices" => found(of(&names).of_curve(&*self.balance(true)?)),
            "partner" => {
                let network = self.network()?;
                let names = self.names_with(&network);
                let one = found(of(&names).of_partners(&network));
                one.or_else(|| together(&names, &network).into_iter().find(|pair| pair.key == key))
            }
            _ => found(of(&names).of_balance(&*self.balance(false)?)),
        })
    }
}

/// What codes are called.
pub fn names<'a>(knowledge: &Knowledge, codes: impl Iterator<Item = &'a str>) -> Names {
    codes.filter_map(|code| Some((code, knowledge.state(code)?.name.to_owned()))).collect()
}

/// The question of a call in one spelling, without what else its address holds.
pub fn question(call: &Call) -> String {
    call.query.without(ASIDE)
}

/// The view of all partners that the address wants.
pub fn seen(call: &Call) -> View {
    let wanted = call.query.one("partners").unwrap_or_default();
    View::ALL.into_iter().find(|view| view.name() == wanted).unwrap_or(View::Table)
}

/// Where another view of the partners is: the same question, so that the rest of the page stays.
pub fn seen_as(call: &Call, view: View) -> String {
    let rest = call.query.without(&[ASIDE, &["partners"]].concat());
    let wanted = if view == View::Table { String::new() } else { format!("&partners={}", view.name()) };
    format!("/balance?{rest}{wanted}#partners")
}

/// Where marks and numbers of a question lead.
pub struct Addresses {
    question: String,
    /// The way back from an event, as an address has it.
    back: String,
    own: bool,
}

impl Addresses {
    /// The addresses of a call's question.
    pub fn of(call: &Call, source: &Source) -> Self {
        let question = question(call);
        let back = encoded(&format!("/balance?{question}"));
        Self { question, back, own: *source == Source::Own }
    }
}

impl Links for Addresses {
    fn event(&self, id: &str) -> Option<String> {
        Some(if self.own {
            format!("/events/{}?back={}", encoded(id), self.back)
        } else {
            format!("/evidence?{}&event={}", self.question, encoded(id))
        })
    }

    fn figure(&self, figure: Figure<'_>) -> Option<String> {
        Some(format!("/evidence?{}&figure={}", self.question, figure.key()))
    }
}

/// A choice of a form: name of the parameter, label, and values with their words.
pub fn choice(call: &Call, name: &str, label: &str, values: &[(String, String)]) -> Markup {
    let chosen = call.query.one(name).unwrap_or_default();
    html! {
        label { span { (label) } select name=(name) { @for (value, words) in values {
            option value=(value) selected[value == chosen] { (line(words)) }
        } } }
    }
}

/// A field of a form with what the address says.
pub fn field(call: &Call, name: &str, label: &str, example: &str) -> Markup {
    let given = call.query.list(name).join(",");
    let list = matches!(name, "state" | "country" | "partner").then_some("countries");
    html! {
        label { span { (label) } input name=(name) value=(line(&given)) placeholder=(example) list=[list] autocomplete="off"; }
    }
}

/// Names and codes of all states, to choose from.
pub fn countries(call: &Call) -> Markup {
    html! { datalist id="countries" { @for state in call.site.world.knowledge.states() {
        option value=(state.code) { (state.name) }
    } } }
}

fn pairs(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
}

/// The form that asks a question; what it asks stands in the address.
pub fn asks(call: &Call, ledger: &Ledger) -> Result<Markup, Problem> {
    let rules: Vec<_> = Rules::built_in().map(|name| (name, name)).collect();
    let rules: Vec<_> = pairs(&rules);
    let rules = if call.query.one("rules").is_none() {
        // The default has no place in the address.
        rules
            .into_iter()
            .enumerate()
            .map(|(at, (value, words))| (if at == 0 { String::new() } else { value }, words))
            .collect()
    } else {
        rules
    };
    let baselines =
        [("", "none"), ("equal", "equal shares"), ("past", "its own past"), ("others", "all other states")];
    let units = [("", "year"), ("quarter", "quarter"), ("month", "month")];
    let open = call.query.one("state").is_none() || call.query.list("between").is_empty();
    // Folded where there is an answer, so that a telephone shows that first; a wide screen has room for both.
    Ok(html! { details class="ask" open[open] {
        summary { @if open { "The question" } @else { "Change the question" } }
        form class="asks" method="get" action="/balance" {
            (countries(call))
            @if seen(call) != View::Table { input type="hidden" name="partners" value=(seen(call).name()); }
            (field(call, "state", "Whose policy", "AFG or Afghanistan"))
            (field(call, "between", "Between which powers", "USA,RUS"))
            (field(call, "from", "From", "2021-08 or 2021"))
            (field(call, "to", "To", "2025-12-31"))
            (choice(call, "rules", "How events count", &rules))
            (choice(call, "baseline", "Held against", &pairs(&baselines)))
            (choice(call, "by", "Periods", &pairs(&units)))
            (choice(call, "source", "Whose codings", &sources(ledger)?))
            (field(call, "delta", "A tilt below this is none", "0.2"))
            label class="flag" { input type="checkbox" name="curve" value="true" checked[call.query.flag("curve")];
                span { "Under every way of counting" } }
            button { "Ask" }
        }
    } })
}

/// Whose codings there are: own ones, and those that were imported.
fn sources(ledger: &Ledger) -> Result<Vec<(String, String)>, Problem> {
    let mut found = pairs(&[("", "own, where there are any"), ("own", "own")]);
    for one in asked(ledger.imports())? {
        if !found.iter().any(|(value, _)| *value == one.format) {
            found.push((one.format.clone(), format!("imported: {}", one.format)));
        }
    }
    Ok(found)
}

/// Why an answer is not there, as it is said to people; what is wrong with the ledger is not.
pub fn missing(what: &str, error: LedgerError) -> Problem {
    match error {
        LedgerError::Asked(_) => Problem::missing(what.to_owned()),
        other => Problem::asking(&other),
    }
}
