//! Rulings of people, as commands and the API give them, on their way into the log of reviews.

use serde::{Deserialize, Serialize};
use verbale_ledger::review::{self, Action, Anchor, Review, Seen};
use verbale_ledger::store::Ledger;
use verbale_ledger::{Entry, LedgerError, Telling};

/// What somebody rules. An event goes by the name of any of its tellings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ruling {
    /// The event is right.
    Accept {
        /// Which.
        event: String,
    },
    /// It is no event, or not what happened.
    Reject {
        /// Which.
        event: String,
    },
    /// Fields of it are others.
    Edit {
        /// Which.
        event: String,
        /// `FIELD=VALUE`, as `date=2025-10-22` or `participants/0/side=AFG`.
        edits: Vec<String>,
    },
    /// Tellings of it are of a happening of their own.
    Split {
        /// Which.
        event: String,
        /// The tellings that go.
        tellings: Vec<String>,
    },
    /// It and another are one happening.
    Join {
        /// One.
        event: String,
        /// The other.
        with: String,
    },
    /// An earlier review does not hold.
    Undo {
        /// Its id; without one the last review that is no undo.
        #[serde(default)]
        review: Option<String>,
    },
}

/// Who rules, when and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub reviewer: String,
    /// When, in UTC: `2025-10-24T09:30:00.125Z`.
    pub at: String,
    /// Why.
    pub reason: Option<String>,
}

/// A review that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Its id.
    pub review: String,
    /// What it says, in words.
    pub what: String,
}

/// Writes a ruling into the log of reviews; one for each field that is corrected.
///
/// # Errors
/// [`LedgerError::Asked`] when it speaks of what is not there, or makes no sense; what was kept before stays.
pub fn rule(ledger: &mut Ledger, by: &By, ruling: &Ruling) -> Result<Vec<Kept>, LedgerError> {
    match ruling {
        Ruling::Accept { event } => verdict(ledger, by, event, true),
        Ruling::Reject { event } => verdict(ledger, by, event, false),
        Ruling::Edit { event, edits } => correct(ledger, by, event, edits),
        Ruling::Split { event, tellings } => part(ledger, by, event, tellings),
        Ruling::Join { event, with } => unite(ledger, by, event, with),
        Ruling::Undo { review } => take_back(ledger, by, review.as_deref()),
    }
}

fn asked<T>(message: impl Into<String>) -> Result<T, LedgerError> {
    Err(LedgerError::Asked(message.into()))
}

/// An event that somebody names, with its tellings.
fn named(ledger: &Ledger, word: &str) -> Result<(Entry, Vec<Telling>), LedgerError> {
    let number = ledger.find_entry(word)?;
    Ok((ledger.entry(number)?, ledger.tellings(number)?))
}

/// The anchor of the telling that a name stands for, or of the entry's first.
fn anchor_at(entry: &Entry, tellings: &[Telling], word: Option<&str>) -> Result<Anchor, LedgerError> {
    let id = word.map_or_else(|| entry.event.id.clone(), str::to_owned);
    match tellings.iter().find(|telling| telling.id.to_string() == id) {
        Some(telling) => Ok(review::anchor(telling)),
        None => asked(format!(
            "{id} is no telling of {}; it has {}",
            entry.event.id,
            tellings.iter().map(|telling| telling.id.to_string()).collect::<Vec<_>>().join(", ")
        )),
    }
}

fn keep(ledger: &mut Ledger, by: &By, action: Action, what: String) -> Result<Kept, LedgerError> {
    let review = Review::new(by.at.clone(), by.reviewer.clone(), by.reason.clone(), action);
    ledger.review(std::slice::from_ref(&review))?;
    Ok(Kept { review: review.id, what })
}

fn verdict(ledger: &mut Ledger, by: &By, event: &str, right: bool) -> Result<Vec<Kept>, LedgerError> {
    let (entry, tellings) = named(ledger, event)?;
    let (target, seen) = (anchor_at(&entry, &tellings, None)?, Seen::of(&entry.event));
    let (action, word) = if right {
        (Action::Accept { target, seen }, "accepted")
    } else {
        (Action::Reject { target, seen }, "rejected")
    };
    Ok(vec![keep(ledger, by, action, format!("{} {word}", entry.event.id))?])
}

fn correct(ledger: &mut Ledger, by: &By, event: &str, edits: &[String]) -> Result<Vec<Kept>, LedgerError> {
    let mut kept = Vec::new();
    for (at, text) in edits.iter().enumerate() {
        // Each correction sees what the ones before it have made of the event.
        let (entry, tellings) = named(ledger, event)?;
        let parsed = review::parse_edit(&entry, text);
        let (path, value, was) = parsed.map_err(|message| {
            let before = if at > 0 { "; the corrections before it were kept" } else { "" };
            LedgerError::Asked(format!("{message}{before}"))
        })?;
        let from = review::telling_of(&entry, &path).map(ToString::to_string);
        let target = anchor_at(&entry, &tellings, from.as_deref())?;
        let what = format!("{} {text} (was {was})", entry.event.id);
        kept.push(keep(ledger, by, Action::Edit { target, path, value, was }, what)?);
    }
    Ok(kept)
}

fn part(ledger: &mut Ledger, by: &By, event: &str, words: &[String]) -> Result<Vec<Kept>, LedgerError> {
    let (entry, tellings) = named(ledger, event)?;
    let targets: Vec<Anchor> =
        words.iter().map(|word| anchor_at(&entry, &tellings, Some(word))).collect::<Result<_, _>>()?;
    let goes = |telling: &&Telling| words.contains(&telling.id.to_string());
    let from: Vec<Anchor> = tellings.iter().filter(|one| !goes(one)).map(review::anchor).collect();
    if from.is_empty() {
        return asked("these are all tellings of the event; leave one at least");
    }
    let what = format!("{} split off {}", words.join(", "), entry.event.id);
    Ok(vec![keep(ledger, by, Action::Split { targets, from }, what)?])
}

fn unite(ledger: &mut Ledger, by: &By, event: &str, with: &str) -> Result<Vec<Kept>, LedgerError> {
    let (one, ones) = named(ledger, event)?;
    let (other, others) = named(ledger, with)?;
    if one.event.id == other.event.id {
        return asked(format!("{event} and {with} are one event already"));
    }
    let (target, with) = (anchor_at(&one, &ones, None)?, anchor_at(&other, &others, None)?);
    let what = format!("{} and {} joined", one.event.id, other.event.id);
    Ok(vec![keep(ledger, by, Action::Join { target, with }, what)?])
}

fn take_back(ledger: &mut Ledger, by: &By, review: Option<&str>) -> Result<Vec<Kept>, LedgerError> {
    let reviews = ledger.reviews()?;
    let id = match review {
        Some(id) if reviews.iter().any(|one| one.id == id) => id.to_owned(),
        Some(id) => return asked(format!("there is no review {id}; `verbale review export` lists them")),
        None => match review::in_force(&reviews).last() {
            Some(last) => last.id.clone(),
            None => return asked("there is no review to take back"),
        },
    };
    let what = format!("{id} taken back");
    Ok(vec![keep(ledger, by, Action::Undo { review: id }, what)?])
}
