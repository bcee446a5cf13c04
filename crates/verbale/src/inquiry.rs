//! Questions of measure put to a ledger: whose policy, between whom, counted how, and the events behind it.

use std::collections::BTreeMap;

use verbale_knowledge::Knowledge;
use verbale_ledger::LedgerError;
use verbale_ledger::store::{Ledger, Seen};
use verbale_measure::{
    Asked, BalanceAnswer, Delta, Draws, Head, Held, Network, Question, Rules, Subjects, Trend, Unit, Window,
    answer, held, network, subjects, trend,
};
use verbale_model::{Days, Engagement};

use crate::question::{self, Named, Source};

/// What is asked, as somebody wrote it.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// Whose policy: a code or a name.
    pub state: String,
    /// Between whom: codes or names.
    pub between: Vec<String>,
    /// How events count.
    pub rules: Rules,
    /// First and last day, EDTF.
    pub window: Window,
    /// Whose codings; without it own ones, where there are any.
    pub source: Option<String>,
    /// How small a tilt counts as none.
    pub delta: Delta,
}

/// How much of a state's events is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// What they are about, too.
    pub topics: bool,
    /// Events with everybody, and not only those with the powers asked about; of imports these are many.
    pub everybody: bool,
}

/// A question with the events of its state, ready to be answered.
pub struct Inquiry {
    /// Whose policy.
    pub own: Named,
    /// With whom.
    pub partners: Vec<Named>,
    /// Whose codings.
    pub source: Source,
    /// The events of the state.
    pub events: Vec<Engagement>,
    codes: Vec<String>,
    rules: Rules,
    days: Days,
    window: Window,
    delta: Delta,
    /// The codes that events speak of.
    known: BTreeMap<String, u32>,
}

impl Inquiry {
    /// Reads the events of the state, as much of them as is needed.
    ///
    /// # Errors
    /// [`LedgerError::Asked`] when a date is none or the ledger has no such source.
    pub fn new(
        ledger: &Ledger,
        knowledge: &Knowledge,
        wanted: Wanted,
        seen: Reading,
    ) -> Result<Self, LedgerError> {
        let Wanted { state, between, rules, window, source, delta } = wanted;
        let days =
            question::window(window.from.as_deref(), window.to.as_deref()).map_err(LedgerError::Asked)?;
        let own = question::state(knowledge, &state);
        let partners: Vec<Named> = between.iter().map(|word| question::state(knowledge, word)).collect();
        let codes: Vec<String> = partners.iter().map(|named| named.code.clone()).collect();
        let source = Source::of(ledger, source.as_deref())?;
        let only: &[String] = if seen.everybody { &[] } else { &codes };
        let events = question::engagements(ledger, &source, &own.code, only, seen.topics)?;
        // Counting every side of a large ledger takes longer than all else, and is asked only about the unknown.
        let unknown = partners.iter().chain([&own]).any(|named| named.name.is_none());
        let known = if unknown { ledger.sides()? } else { BTreeMap::new() };
        Ok(Self { own, partners, source, events, codes, rules, days, window, delta, known })
    }

    /// The question itself.
    pub fn question(&self) -> Question<'_> {
        Question { state: &self.own.code, partners: &self.codes, rules: &self.rules, window: self.days }
    }

    /// Asks about other days.
    ///
    /// # Errors
    /// When it is no period.
    pub fn within(&mut self, period: &str) -> Result<(), String> {
        self.days = question::window(Some(period), Some(period))?;
        let (from, to) = period.split_once('/').unwrap_or((period, period));
        self.window = Window { from: Some(from.to_owned()), to: Some(to.to_owned()) };
        Ok(())
    }

    /// What is wrong with it, in sentences; it needs so many powers at least.
    pub fn remarks(&self, least: usize) -> Vec<String> {
        question::remarks(&self.own, &self.partners, self.days, &self.known, least)
    }

    /// The balance between the powers, with the figure under every way of counting where that is wanted.
    pub fn balance(&self, curve: bool) -> BalanceAnswer {
        let asked = Asked { delta: self.delta, curve, ..Asked::default() };
        let mut found = answer(&self.events, &self.question(), asked);
        self.sign(&mut found.head);
        self.remarks(2).into_iter().fold(found, BalanceAnswer::refused)
    }

    /// Writes down in an answer's head when and whose codings were counted.
    fn sign(&self, head: &mut Head) {
        head.window.clone_from(&self.window);
        self.source.name().clone_into(&mut head.source);
    }

    /// The same, and what is wrong with the question.
    fn complete(&self, head: &mut Head, least: usize) {
        self.sign(head);
        head.remarks.extend(self.remarks(least));
    }

    /// The balance held against a baseline.
    ///
    /// # Errors
    /// [`LedgerError::Asked`] when there is nothing to hold it against.
    pub fn hold(&self, ledger: &Ledger, found: &mut BalanceAnswer, against: Held) -> Result<(), LedgerError> {
        let asked = |message: String| Err(LedgerError::Asked(format!("baseline: {message}")));
        if against == Held::Others && self.source != Source::Own {
            return asked("all other states are known for own codings only".to_owned());
        }
        let everybody;
        let events = if against == Held::Others {
            everybody = ledger.engagements(Seen::default())?;
            &everybody
        } else {
            &self.events
        };
        match held(events, &self.question(), against, Draws::default()) {
            Ok(baseline) => {
                found.baseline = Some(baseline);
                Ok(())
            }
            Err(remark) => asked(remark),
        }
    }

    /// The engagement period by period.
    pub fn trend(&self, by: Unit) -> Trend {
        let mut found = trend(&self.events, &self.question(), by);
        self.complete(&mut found.head, 1);
        found
    }

    /// What is talked about with each power; for an inquiry that was made with topics.
    pub fn topics(&self) -> Subjects {
        let mut found = subjects(&self.events, &self.question(), Draws::default());
        self.complete(&mut found.head, 1);
        found
    }

    /// All partners.
    pub fn network(&self) -> Network {
        let mut found = network(&self.events, &self.question(), Draws::default());
        self.complete(&mut found.head, 0);
        found
    }
}
