//! Filters: which rows of a listing are kept.

use verbale_model::ontology::EventType;
use verbale_model::{Participant, Precision, Standing, Status};

use super::Listing;
use super::rows::{DocumentRow, LedgerClaim};
use crate::panel::whose;
use crate::period::{Period, bounds};
use crate::{Entry, LedgerError, Verdict};

/// What reviewers said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewedFilter {
    /// Anything or nothing, rejected entries too.
    Any,
    /// Nothing: neither verdict nor correction.
    None,
    /// Right.
    Accepted,
    /// Not what happened.
    Rejected,
    /// Corrected.
    Edited,
    /// Something that a person must settle.
    Conflict,
}

impl std::str::FromStr for ReviewedFilter {
    type Err = LedgerError;

    fn from_str(text: &str) -> Result<Self, LedgerError> {
        Ok(match text {
            "any" => Self::Any,
            "none" => Self::None,
            "accepted" => Self::Accepted,
            "rejected" => Self::Rejected,
            "edited" => Self::Edited,
            "conflict" => Self::Conflict,
            _ => {
                let words = "any, none, accepted, rejected, edited or conflict";
                return asked(format!("'{text}' is no state of review: write {words}"));
            }
        })
    }
}

/// Which rows to keep; an empty list, or nothing, asks for nothing. The default keeps all entries but
/// those that reviewers rejected and those that only superseded versions of documents tell of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Somebody took part for one of these sides. For claims: the asserter's side; for documents: whose
    /// own voice it is.
    pub country: Vec<String>,
    /// Somebody else took part for one of these.
    pub partner: Vec<String>,
    /// Of one of these types.
    pub event_type: Vec<EventType>,
    /// Not over before this date: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. For claims and documents the
    /// publication date counts.
    pub from: Option<String>,
    /// Not begun after this date.
    pub to: Option<String>,
    /// Told by one of these outlets; capital letters do not matter.
    pub outlet: Vec<String>,
    /// With one of these statuses.
    pub status: Vec<Status>,
    /// What reviewers said; nothing for all that they did not reject.
    pub reviewed: Option<ReviewedFilter>,
    /// Former officials count for their nationality.
    pub inclusive: bool,
    /// In a window of dates, keep what has no date too.
    pub undated: bool,
    /// Keep what only superseded versions of documents tell of.
    pub superseded: bool,
}

impl Filter {
    /// Checks codes and dates, and that the listing knows what is asked for.
    ///
    /// # Errors
    ///
    /// Names the value that cannot be used and what to write instead.
    pub fn check(&self, listing: Listing) -> Result<(), LedgerError> {
        for code in self.country.iter().chain(&self.partner) {
            check_code(code)?;
        }
        if let (Some(from), Some(to)) = (day(self.from.as_deref())?, day(self.to.as_deref())?)
            && from.first > to.last
        {
            let (from, to) =
                (self.from.as_deref().unwrap_or_default(), self.to.as_deref().unwrap_or_default());
            return asked(format!("the window from {from} to {to} ends before it begins: swap the two"));
        }
        if listing == Listing::Documents && self.asks_for_events() {
            return asked(
                "documents are filtered by country, dates and outlet; partner, type, status and review \
                          belong to events"
                    .to_owned(),
            );
        }
        Ok(())
    }

    /// Whether it asks for what only entries have.
    pub fn asks_for_events(&self) -> bool {
        !self.partner.is_empty()
            || !self.event_type.is_empty()
            || !self.status.is_empty()
            || self.reviewed.is_some()
    }

    /// Whether to list this entry.
    pub fn keeps(&self, entry: &Entry) -> bool {
        let date = entry.event.date.as_ref();
        let dated = date.filter(|date| date.precision != Precision::None);
        let bounds = |edtf: Option<&str>| edtf.and_then(bounds);
        self.in_window(
            bounds(dated.map(|date| date.edtf.as_str())),
            bounds(date.map(|date| date.edtf.as_str())),
        ) && (self.superseded || !entry.superseded)
            && self.keeps_sides(entry)
            && (self.outlet.is_empty()
                || entry.tellings.iter().any(|told| self.keeps_outlet(told.outlet.as_ref())))
            && self.keeps_kind(entry)
    }

    /// Whether to list this claim; `entry` is the one that it tells of. Country, dates and outlet are those
    /// of the claim and its document, all else those of the entry.
    pub fn keeps_claim(&self, row: &LedgerClaim, entry: Option<&Entry>) -> bool {
        let side = row.claim.asserter.as_ref().and_then(|asserter| asserter.side.as_ref());
        let partner = |entry: &Entry| {
            let mut participants = entry.event.participants.iter();
            self.partner.is_empty() || participants.any(|of| self.speaks_for(of, &self.partner))
        };
        let published = row.published.as_deref().and_then(bounds);
        self.in_window(published, published)
            && (self.country.is_empty() || side.is_some_and(|side| self.country.contains(side)))
            && self.keeps_outlet(row.outlet.as_ref())
            && (!self.asks_for_events()
                || entry.is_some_and(|entry| partner(entry) && self.keeps_kind(entry)))
    }

    /// Whether to list this document.
    pub fn keeps_document(&self, row: &DocumentRow) -> bool {
        let published = row.published.as_deref().and_then(bounds);
        self.in_window(published, published)
            && (self.country.is_empty() || row.side.as_ref().is_some_and(|side| self.country.contains(side)))
            && self.keeps_outlet(row.outlet.as_ref())
    }

    /// Type, status and review.
    fn keeps_kind(&self, entry: &Entry) -> bool {
        let review = &entry.review;
        let reviewed = match self.reviewed {
            None => review.verdict != Verdict::Rejected,
            Some(ReviewedFilter::Any) => true,
            Some(ReviewedFilter::None) => review.verdict == Verdict::None && review.edited.is_empty(),
            Some(ReviewedFilter::Accepted) => review.verdict == Verdict::Accepted,
            Some(ReviewedFilter::Rejected) => review.verdict == Verdict::Rejected,
            Some(ReviewedFilter::Edited) => !review.edited.is_empty(),
            Some(ReviewedFilter::Conflict) => !review.conflicts.is_empty(),
        };
        reviewed
            && (self.event_type.is_empty() || self.event_type.contains(&entry.event.event_type))
            && (self.status.is_empty() || self.status.contains(&entry.event.status))
    }

    fn keeps_outlet(&self, outlet: Option<&String>) -> bool {
        let is =
            |wanted: &String| outlet.is_some_and(|outlet| outlet.to_lowercase() == wanted.to_lowercase());
        self.outlet.is_empty() || self.outlet.iter().any(is)
    }

    /// One participant for `country` and another for `partner`.
    fn keeps_sides(&self, entry: &Entry) -> bool {
        let speaks = |of: &Participant, codes: &[String]| codes.is_empty() || self.speaks_for(of, codes);
        match (self.country.is_empty(), self.partner.is_empty()) {
            (true, true) => true,
            (false, true) | (true, false) => entry
                .event
                .participants
                .iter()
                .any(|of| speaks(of, &self.country) && speaks(of, &self.partner)),
            (false, false) => {
                let all = || entry.event.participants.iter().enumerate();
                all().any(|(at, one)| {
                    self.speaks_for(one, &self.country)
                        && all()
                            .any(|(other_at, other)| other_at != at && self.speaks_for(other, &self.partner))
                })
            }
        }
    }

    fn speaks_for(&self, participant: &Participant, codes: &[String]) -> bool {
        let Participant { side, nationality, serving, .. } = participant;
        whose(side.as_deref(), nationality.as_deref(), *serving).is_some_and(|(code, standing)| {
            (standing == Standing::Serving || self.inclusive) && codes.iter().any(|of| of == code)
        })
    }

    /// Whether a date lies in the window: `dated` for what has one, `bound` for what at least is bounded.
    fn in_window(&self, dated: Option<Period>, bound: Option<Period>) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let bounds = |edtf: &Option<String>| edtf.as_deref().and_then(bounds);
        let window = Period {
            first: bounds(&self.from).and_then(|b| b.first),
            last: bounds(&self.to).and_then(|b| b.last),
        };
        match dated {
            Some(date) => date.overlaps(window),
            None => self.undated && bound.is_none_or(|bound| bound.overlaps(window)),
        }
    }
}

/// A code has the shape of a state's (three capital letters) or of a user's own.
fn check_code(code: &str) -> Result<(), LedgerError> {
    let of_code = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '_' | '-');
    if code.len() >= 3 && code.starts_with(|c: char| c.is_ascii_uppercase()) && code.chars().all(of_code) {
        return Ok(());
    }
    let upper = code.trim().to_ascii_uppercase();
    let near = if upper != code && check_code(&upper).is_ok() {
        format!("; perhaps {upper}")
    } else {
        String::new()
    };
    asked(format!(
        "'{code}' is no code of a side: write three capital letters as in ISO 3166-1 (FRA, RUS), or a code of your \
         own in capital letters{near}"
    ))
}

/// A date of day, month or year.
fn day(date: Option<&str>) -> Result<Option<Period>, LedgerError> {
    let Some(date) = date else { return Ok(None) };
    let is_plain = date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    match bounds(date).filter(|_| is_plain) {
        Some(bounds) => Ok(Some(bounds)),
        None => asked(format!("'{date}' is no date: write YYYY-MM-DD, YYYY-MM or YYYY")),
    }
}

fn asked<T>(message: String) -> Result<T, LedgerError> {
    Err(LedgerError::Asked(message))
}

/// The word for a verdict.
pub(super) const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::None => "none",
        Verdict::Accepted => "accepted",
        Verdict::Rejected => "rejected",
    }
}
