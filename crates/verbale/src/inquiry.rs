//! Questions of measure put to a ledger: whose policy, between whom, counted how, and the events behind it.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use verbale_knowledge::Knowledge;
use verbale_ledger::LedgerError;
use verbale_ledger::store::{Ledger, Seen};
use verbale_measure::{
    Asked, BalanceAnswer, Delta, Draws, Head, Held, Network, Question, Rules, Specification, Subjects, Told,
    Trend, Unit, Window, Written, answer, curve, held, network, subjects, trend, unseen_meetings,
};
use verbale_model::{Days, Engagement};

use crate::coverage::{Families, Volume};
use crate::distances::{self, Table};
use crate::kept::{Kept, Picture};
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

/// The events of a state.
enum Events {
    /// As they were read; of an import perhaps those with the partners alone.
    Read(Vec<Engagement>),
    /// As they lie in a picture.
    Kept(Arc<Picture>, Pictured),
}

/// What a question needs of a picture.
struct Pictured {
    /// What is promised is known with topics or without.
    topics: bool,
    /// Events with one of the partners, and their places in the picture; taken out when they are asked for.
    with: OnceLock<(Vec<u32>, Vec<Engagement>)>,
}

/// A question with the events of its state, ready to be answered.
pub struct Inquiry {
    /// Whose policy.
    pub own: Named,
    /// With whom.
    pub partners: Vec<Named>,
    /// Whose codings.
    pub source: Source,
    seen: Events,
    codes: Vec<String>,
    rules: Rules,
    days: Days,
    window: Window,
    delta: Delta,
    /// Codes that nobody knows and that events speak of all the same.
    known: BTreeSet<String>,
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
        Self::of(ledger, knowledge, wanted, seen, None)
    }

    /// Takes the events of the state from what is kept, if they are our own codings.
    ///
    /// # Errors
    /// As [`Inquiry::new`].
    pub fn kept(
        ledger: &Ledger,
        knowledge: &Knowledge,
        wanted: Wanted,
        seen: Reading,
        kept: &Kept,
    ) -> Result<Self, LedgerError> {
        Self::of(ledger, knowledge, wanted, seen, Some(kept))
    }

    /// Asks events that lie outside a ledger, those of the state in a ledger's order; `spoken_of` are the codes that
    /// any events speak of.
    ///
    /// # Errors
    /// [`LedgerError::Asked`] when a date is none.
    pub fn of_events(
        knowledge: &Knowledge,
        wanted: Wanted,
        events: Vec<Engagement>,
        spoken_of: BTreeSet<String>,
    ) -> Result<Self, LedgerError> {
        let put = Self::put(knowledge, wanted, Source::Own)?;
        Ok(Self { known: spoken_of, seen: Events::Read(events), ..put })
    }

    fn of(
        ledger: &Ledger,
        knowledge: &Knowledge,
        wanted: Wanted,
        seen: Reading,
        kept: Option<&Kept>,
    ) -> Result<Self, LedgerError> {
        let source = Source::of(ledger, wanted.source.as_deref())?;
        let mut asked = Self::put(knowledge, wanted, source)?;
        let picture = match kept {
            Some(kept) if asked.source == Source::Own => kept.picture(ledger)?,
            _ => None,
        };
        let Self { own, codes, source, .. } = &asked;
        asked.seen = if let Some(picture) = picture {
            Events::Kept(picture, Pictured { topics: seen.topics, with: OnceLock::new() })
        } else {
            let only: &[String] = if seen.everybody { &[] } else { codes };
            Events::Read(question::engagements(ledger, source, &own.code, only, seen.topics)?)
        };
        let mut known = BTreeSet::new();
        for Named { code, .. } in
            asked.partners.iter().chain([&asked.own]).filter(|named| named.name.is_none())
        {
            if ledger.has_side(code)? {
                known.insert(code.clone());
            }
        }
        Ok(Self { known, ..asked })
    }

    /// A question without events.
    fn put(knowledge: &Knowledge, wanted: Wanted, source: Source) -> Result<Self, LedgerError> {
        let Wanted { state, between, rules, window, delta, .. } = wanted;
        let days =
            question::window(window.from.as_deref(), window.to.as_deref()).map_err(LedgerError::Asked)?;
        let partners: Vec<Named> = between.iter().map(|word| question::state(knowledge, word)).collect();
        Ok(Self {
            own: question::state(knowledge, &state),
            codes: partners.iter().map(|named| named.code.clone()).collect(),
            partners,
            source,
            seen: Events::Read(Vec::new()),
            rules,
            days,
            window,
            delta,
            known: BTreeSet::new(),
        })
    }

    /// The edition of the events that answers rest on, where these are kept and nothing else of the ledger matters:
    /// whether a code that nobody knows is spoken of can change with any event.
    pub fn rests_on(&self) -> Option<u64> {
        let known = self.partners.iter().chain([&self.own]).all(|named| named.name.is_some());
        match &self.seen {
            Events::Kept(picture, of) if known => Some(picture.edition(&self.own.code, of.topics)),
            _ => None,
        }
    }

    /// All that the balance depends on beside the events, in one spelling.
    pub fn about(&self) -> String {
        format!("{} {:?} {}", self.about_partners(), self.codes, f64::from(self.delta))
    }

    /// All that the partners of the state depend on beside its events, in one spelling: not the powers asked about.
    pub fn about_partners(&self) -> String {
        let Window { from, to } = &self.window;
        let topics = matches!(&self.seen, Events::Kept(_, of) if of.topics);
        let (hash, source) = (self.rules.hash(), self.source.name());
        format!("{:?}", (&self.own.code, hash, from, to, source, topics, self.remarks(0)))
    }

    /// The edition of the documents that the volume rests on, where these are kept.
    pub fn written(&self) -> Option<u64> {
        match &self.seen {
            Events::Kept(picture, _) => Some(picture.written(&self.own.code)),
            Events::Read(_) => None,
        }
    }

    /// The events that the question is about, in order: of the state's those with one of the partners, and perhaps
    /// others, too.
    pub fn events(&self) -> &[Engagement] {
        match &self.seen {
            Events::Read(events) => events,
            Events::Kept(picture, of) => &self.pictured(picture, of).1,
        }
    }

    fn pictured<'p>(&self, picture: &Picture, of: &'p Pictured) -> &'p (Vec<u32>, Vec<Engagement>) {
        of.with.get_or_init(|| picture.engagements(&self.own.code, Some(&self.codes), of.topics).unzip())
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
        let mut found = answer(self.events(), &self.question(), asked);
        self.sign(&mut found.head);
        self.remarks(2).into_iter().fold(found, BalanceAnswer::refused)
    }

    /// Whether it lies between two powers, so that there is a curve.
    pub fn is_between_two(&self) -> bool {
        matches!(self.codes.as_slice(), [first, second] if first != second)
    }

    /// The figure under every way of counting.
    pub fn curve(&self) -> Vec<Specification> {
        curve(self.events(), &self.question(), self.delta)
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

    /// Holds a balance against a baseline.
    ///
    /// # Errors
    /// [`LedgerError::Asked`] when there is nothing to hold it against.
    pub fn hold(&self, ledger: &Ledger, found: &mut BalanceAnswer, against: Held) -> Result<(), LedgerError> {
        let everybody;
        let events = if against == Held::Others {
            self.own_only("--baseline others: all other states are known for own codings only")?;
            everybody = ledger.engagements(Seen::default())?;
            &everybody
        } else {
            self.events()
        };
        let baseline = held(events, &self.question(), against, Draws::default());
        found.baseline =
            Some(baseline.map_err(|remark| LedgerError::Asked(format!("--baseline: {remark}")))?);
        Ok(())
    }

    /// Puts beside a balance how many meetings neither of two families of sources reported.
    ///
    /// # Errors
    /// [`LedgerError::Asked`] when no source is of one of them.
    pub fn put_unseen(
        &self,
        ledger: &Ledger,
        knowledge: &Knowledge,
        found: &mut BalanceAnswer,
        families: &Families,
    ) -> Result<(), LedgerError> {
        self.own_only("--families: who told of an event is known for own codings only")?;
        let told = families
            .told(knowledge, &ledger.tellers()?)
            .map_err(|error| LedgerError::Asked(format!("--families: {error}")))?;
        let of = |id: &str| told.get(id).copied().unwrap_or_default();
        found.unseen = Some(unseen_meetings(self.events(), &self.question(), families.names(), of));
        Ok(())
    }

    fn own_only(&self, otherwise: &str) -> Result<(), LedgerError> {
        if self.source == Source::Own { Ok(()) } else { Err(LedgerError::Asked(otherwise.to_owned())) }
    }

    /// The engagement period by period.
    pub fn trend(&self, by: Unit) -> Trend {
        let mut found = trend(self.events(), &self.question(), by);
        self.complete(&mut found.head, 1);
        found
    }

    /// Puts under a trend how much was written of the state, by the outlets of a panel or, where none is named, by
    /// those that have documents in every period; for an inquiry that was made with everybody.
    ///
    /// # Errors
    /// [`LedgerError::Asked`] when an outlet of the panel has no document about the state.
    pub fn put_volume(
        &self,
        ledger: &Ledger,
        found: &mut Trend,
        panel: &[String],
    ) -> Result<(), LedgerError> {
        let (read, documents);
        let told: Box<Told<'_>>;
        let of = match &self.seen {
            Events::Kept(picture, of) => {
                documents = picture.published(&self.own.code);
                let places = &self.pictured(picture, of).0;
                told = Box::new(|at, by| places.get(at).is_some_and(|at| picture.tellers(*at).any(by)));
                "documents"
            }
            Events::Read(events) => {
                read = Volume::of(ledger, &self.source, &self.own.code, events)?;
                documents = read.published();
                told = Box::new(|at, by| events.get(at).is_some_and(|event| read.is_told(event, by)));
                read.of
            }
        };
        let outlets = || -> BTreeSet<&str> { documents.iter().map(|one| one.source).collect() };
        let missing =
            |outlets: BTreeSet<&str>| panel.iter().find(|outlet| !outlets.contains(outlet.as_str()));
        if let Some(outlet) = (!panel.is_empty()).then(outlets).and_then(missing) {
            let named: Vec<&str> = outlets().into_iter().filter(|name| !name.is_empty()).take(8).collect();
            return Err(LedgerError::Asked(format!(
                "--panel: no document about {} is from '{outlet}'; there are {}",
                self.own.shown(),
                if named.is_empty() { "none with an outlet".to_owned() } else { named.join(", ") }
            )));
        }
        let written = Written { of, documents: &documents, told: &*told };
        found.put_volume(self.events(), &self.question(), &written, panel);
        Ok(())
    }

    /// What is talked about with each power; for an inquiry that was made with topics.
    pub fn topics(&self) -> Subjects {
        let mut found = subjects(self.events(), &self.question(), Draws::default());
        self.complete(&mut found.head, 1);
        found
    }

    /// All partners.
    pub fn network(&self) -> Network {
        let mut found = match &self.seen {
            Events::Read(events) => network(events, &self.question(), Draws::default()),
            Events::Kept(picture, of) => {
                let events = picture.engagements(&self.own.code, None, of.topics).map(|(_, event)| event);
                network(events, &self.question(), Draws::default())
            }
        };
        self.complete(&mut found.head, 0);
        found
    }

    /// Says what to expect of each partner, how alike the state votes with it, and how far apart the partners stand: by
    /// a table with its name or, without one, by votes in the General Assembly.
    ///
    /// # Errors
    /// When the ledger cannot be read; [`LedgerError::Asked`] when the table is none of distances.
    pub fn relate(
        &self,
        ledger: &Ledger,
        knowledge: &Knowledge,
        found: &mut Network,
        table: Option<(String, Table)>,
    ) -> Result<(), LedgerError> {
        found.shrink(&knowledge.states().map(|state| state.code.to_owned()).collect::<Vec<_>>());
        let partners = found.partners.iter().map(|partner| partner.code.clone());
        let votes = distances::votes(ledger, &partners.chain([self.own.code.clone()]).collect(), self.days)?;
        found.put_votes(&votes).map_err(LedgerError::Asked)?;
        let (name, table) = if let Some(given) = table {
            given
        } else {
            let rows = votes.distances().map_err(LedgerError::Asked)?;
            ("un-votes".to_owned(), Table { states: votes.states, rows })
        };
        found
            .put_distances(&name, &table.states, &table.rows, Draws::default())
            .map_err(LedgerError::Asked)?;
        if found.multi_vector.is_none() && found.partners.len() > 1 {
            let why = if table.states.is_empty() {
                "import votes in the General Assembly (verbale import un-votes FILE), or give a table (verbale network \
                 --distances FILE)"
                    .to_owned()
            } else {
                format!("{name} has distances of no two of them")
            };
            let remark = format!("how far apart the partners stand (Rao's Q) is not known: {why}");
            found.head.remarks.push(remark);
        }
        Ok(())
    }
}
