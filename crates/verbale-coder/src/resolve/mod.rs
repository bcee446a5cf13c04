//! Mentions to actors: names, offices, sides, coreference, dates and places of one annotated report.
//!
//! ```text
//! names ──▶ offices ──▶ mentions ──▶ actors (coreference) ──▶ Resolved
//! dates ─┘   places ─┘
//! ```
//!
//! The text's own words come first; knowledge fills what the text leaves out, and a disagreement
//! becomes a diagnostic.

pub mod actors;
pub mod back;
mod complements;
pub mod coref;
pub mod dates;
pub mod mentions;
pub mod names;
pub mod offices;
pub mod phrases;
pub mod places;
pub mod quotes;
mod wording;
pub mod words;

use std::ops::Range;

use jiff::civil::Date;
use verbale_knowledge::Knowledge;
use verbale_model::Severity;
use verbale_model::ontology::Sector;
use verbale_nlp::{Doc, Token};

use dates::TimeMention;
use places::PlaceMention;
use quotes::QuoteSpan;
use words::Words;

/// What a mention speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ActorKind {
    /// Somebody with a name.
    Person,
    /// Somebody by office alone: "the Russian ambassador".
    Role,
    /// A state or its government as a whole.
    State,
    /// A ministry, embassy, parliament, army, party or armed group.
    Body,
    /// An international organisation.
    Organisation,
    /// People without a list of members: protesters, troops, "the West".
    Group,
}

/// Who stands behind one or more mentions.
#[derive(Debug, Clone, PartialEq)]
pub struct Actor {
    /// What it is.
    pub kind: ActorKind,
    /// The fullest name the report gives.
    pub name: String,
    /// Entity id, when known.
    pub entity: Option<String>,
    /// Office in the text's words, lower case.
    pub office: Option<String>,
    /// What sort of office: `minister`, `ambassador`, `spokesperson`, …
    pub office_kind: Option<String>,
    /// The organisation of that office.
    pub organisation: Option<String>,
    /// State or organisation spoken for.
    pub side: Option<String>,
    /// Governing authority, where rivals share a state's code.
    pub authority: Option<String>,
    /// Nationality, told or known.
    pub nationality: Option<String>,
    /// PLOVER sector.
    pub sector: Option<Sector>,
    /// In office at the time.
    pub serving: Option<bool>,
    /// 1 to 5, see the record.
    pub level: Option<u8>,
    /// Nobody in particular: analysts, the international community.
    pub generic: bool,
}

impl Actor {
    /// A new actor of which only kind and name are known.
    pub fn new(kind: ActorKind, name: &str) -> Self {
        Self {
            kind,
            name: name.to_owned(),
            entity: None,
            office: None,
            office_kind: None,
            organisation: None,
            side: None,
            authority: None,
            nationality: None,
            sector: None,
            serving: None,
            level: None,
            generic: false,
        }
    }

    /// Somebody with a name or an office of their own.
    pub fn is_personal(&self) -> bool {
        matches!(self.kind, ActorKind::Person | ActorKind::Role)
    }
}

/// One mention of one or several actors ("the two sides" speaks of two).
#[derive(Debug, Clone, PartialEq)]
pub struct Mentioned {
    /// Title, name and modifiers before it: "Afghan Foreign Minister Amir Khan Muttaqi".
    pub tokens: Range<usize>,
    /// The whole noun phrase with apposition: what asserters' spans cover.
    pub phrase: Range<usize>,
    /// The name alone, where there is one.
    pub name: Option<Range<usize>>,
    /// The token that carries the mention in the tree.
    pub head: usize,
    /// What it is.
    pub kind: ActorKind,
    /// Indices into [`Resolved::actors`].
    pub actors: Vec<usize>,
    /// An earlier mention of the same actors, as an index into [`Resolved::mentions`].
    pub antecedent: Option<usize>,
    /// A pronoun, "the two sides", "the minister": it names nobody by itself.
    pub anaphoric: bool,
    /// An adjective of a state ("Russian"): a side, and nobody.
    pub adjectival: bool,
}

/// Something the reader should know about some tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// How much it matters.
    pub severity: Severity,
    /// What, and what to do.
    pub message: String,
    /// Where.
    pub tokens: Range<usize>,
}

/// Everything the coder knows about who, when and where, over one document.
pub struct Resolved<'d> {
    /// The annotated text.
    pub doc: &'d Doc,
    /// Facts.
    pub knowledge: &'d Knowledge,
    /// Publication date.
    pub published: Option<Date>,
    /// Mentions in text order; they do not overlap.
    pub mentions: Vec<Mentioned>,
    /// Who stands behind them.
    pub actors: Vec<Actor>,
    /// Time expressions in text order.
    pub times: Vec<TimeMention>,
    /// Places that something may happen in, in text order.
    pub places: Vec<PlaceMention>,
    /// Places in the names of other things, in text order.
    pub inner_places: Vec<PlaceMention>,
    /// Adjectives and names of peoples, in text order.
    pub peoples: Vec<PlaceMention>,
    /// Quotations in text order.
    pub quotes: Vec<QuoteSpan>,
    /// What the reader should know.
    pub notes: Vec<Note>,
    /// For every token the mention that covers it.
    covering: Vec<Option<u32>>,
}

/// Finds out who, when and where.
pub fn resolve<'d>(
    knowledge: &'d Knowledge,
    words: &Words,
    doc: &'d Doc,
    published: Option<Date>,
) -> Resolved<'d> {
    let names = names::names(knowledge, words, doc);
    let offices = offices::offices(knowledge, words, doc, &names);
    let drafts = mentions::mentions(knowledge, words, doc, &names, offices);
    let coref::Chains { mentions, actors, notes } = coref::chains(knowledge, words, doc, published, &drafts);
    let covering = covering(doc.len(), &mentions);
    let places::Places { standing, inner, peoples } = places::places(knowledge, doc, &mentions, &actors);
    Resolved {
        doc,
        knowledge,
        published,
        times: dates::time_mentions(doc, published),
        places: standing,
        inner_places: inner,
        peoples,
        quotes: quotes::quotes(doc),
        mentions,
        actors,
        notes,
        covering,
    }
}

/// For every token the mention that covers it: by its own words first, then by its apposition.
fn covering(len: usize, mentions: &[Mentioned]) -> Vec<Option<u32>> {
    let mut covering = vec![None; len];
    for (at, mention) in mentions.iter().enumerate() {
        covering[mention.tokens.clone()].fill(Some(at as u32));
    }
    for (at, mention) in mentions.iter().enumerate() {
        for slot in covering[mention.phrase.clone()].iter_mut().filter(|slot| slot.is_none()) {
            *slot = Some(at as u32);
        }
    }
    covering
}

impl Resolved<'_> {
    /// The mention that covers a token, as an index into [`Resolved::mentions`].
    pub fn mention_at(&self, token: Token<'_>) -> Option<usize> {
        self.covering.get(token.i()).copied().flatten().map(|at| at as usize)
    }

    /// The actors behind a mention.
    pub fn actors_of(&self, mention: usize) -> impl Iterator<Item = (usize, &Actor)> {
        self.mentions[mention].actors.iter().map(|&at| (at, &self.actors[at]))
    }

    /// The time expression that covers a token.
    pub fn time_at(&self, token: usize) -> Option<&TimeMention> {
        self.times.iter().find(|time| time.tokens.contains(&token))
    }

    /// The place that covers a token.
    pub fn place_at(&self, token: usize) -> Option<&PlaceMention> {
        self.places.iter().find(|place| place.tokens.contains(&token))
    }
}
