//! What linking needs of a document and of a telling, as they travel between machines.

use serde::{Deserialize, Serialize};
use verbale_model::{Claim, Event};

use crate::store::{Addition, Sentence};
use crate::{Source, Telling, TellingId};

/// What linking needs of a document: who said it when and where, and what was read in it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Key of the document.
    pub document: String,
    /// What the linker knows of it; without family, story and versions, which come of other documents.
    pub source: Source,
    /// The events of its record.
    pub events: Vec<Event>,
    /// The claims of its record.
    pub claims: Vec<Claim>,
    /// The sentences that they rest on, with their words.
    pub sentences: Vec<Sentence>,
}

/// A telling with the sentences that its event rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// Its name.
    pub id: TellingId,
    /// The document that tells.
    pub source: Source,
    /// The event as coded in it.
    pub event: Event,
    /// The claims that tell of the event.
    pub claims: Vec<Claim>,
    /// The sentences.
    pub evidence: Vec<String>,
}

impl Sheet {
    /// What linking needs of a document that was coded.
    pub fn of(addition: &Addition) -> Self {
        let Addition { document, record, sentences, .. } = addition;
        Self {
            document: document.id.clone(),
            source: Source::of(document),
            events: record.events.clone(),
            claims: record.claims.clone(),
            sentences: sentences.clone(),
        }
    }

    /// The tellings of the document, as the ledger would read them; `source` says which family and story it is of.
    pub fn tellings(self, source: &Source) -> Vec<Told> {
        let Self { document, events, claims, mut sentences, .. } = self;
        sentences.sort_by_key(|sentence| (!sentence.span.in_title, sentence.span.start));
        let telling = |event: Event| {
            let of = |claim: &&Claim| claim.event.as_ref() == Some(&event.id);
            let rests =
                |sentence: &&Sentence| event.evidence.iter().any(|span| sentence.span.overlaps(*span));
            Told {
                id: TellingId { document: document.clone(), event: event.id.clone() },
                source: source.clone(),
                claims: claims.iter().filter(of).cloned().collect(),
                evidence: sentences
                    .iter()
                    .filter(rests)
                    .filter_map(|sentence| sentence.text.clone())
                    .filter(|text| !text.is_empty())
                    .collect(),
                event,
            }
        };
        events.into_iter().map(telling).collect()
    }
}

impl Told {
    /// The telling without the sentences, and the sentences.
    pub fn parted(self) -> (Telling, Vec<String>) {
        let Self { id, source, event, claims, evidence } = self;
        (Telling { id, source, event, claims }, evidence)
    }
}
