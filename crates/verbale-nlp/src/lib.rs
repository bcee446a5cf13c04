//! Text to [`Doc`]: sentences, tokens, tags, lemmas, dependency trees and named entities.
//!
//! ```text
//! text ──segment──▶ sentences of tokens ──network──▶ tags, trees, entities ──▶ Doc
//! ```
//!
//! This crate knows language and no politics. [`annotate`] never fails and never panics: any text
//! gives a `Doc`, and the same text gives the same `Doc` on every machine and any number of threads.

pub mod conllu;
mod doc;
pub mod network;
pub mod segment;
mod tags;

use std::ops::Range;

pub use doc::{Children, Doc, DocBuilder, Ent, Sent, Subtree, Token, TokenRow};
pub use network::{ModelError, Network};
pub use segment::SentKind;
pub use tags::{Dep, EntLabel, Upos, Xpos};

/// The weights of the default model, as trained by `training/`; a hash of them names the model.
pub static WEIGHTS: &[u8] = include_bytes!("../models/default.safetensors");

/// The language model, loaded once and shared by all threads.
pub struct Language {
    network: Network,
}

impl Language {
    /// Loads the model that is built into the binary.
    ///
    /// # Errors
    /// [`ModelError`] when the embedded weights do not fit this version of the network.
    pub fn embedded() -> Result<Self, ModelError> {
        Ok(Self { network: Network::from_bytes(WEIGHTS)? })
    }

    /// The network itself, for callers that bring their own tokens.
    pub fn network(&self) -> &Network {
        &self.network
    }
}

/// Longest sentence, in tokens: text without any stop is cut here, so that time stays linear.
const LONGEST_SENTENCE: usize = 300;

/// Reads a text into a [`Doc`].
pub fn annotate(language: &Language, text: &str) -> Doc {
    annotate_page(language, text, &[])
}

/// Reads a text into a [`Doc`] where the captions are known, as byte ranges in order: the only way to make
/// one from raw text.
pub fn annotate_page(language: &Language, text: &str, captions: &[Range<usize>]) -> Doc {
    let segments = segment::segment_page(text, captions);
    let sentences: Vec<(&segment::Segment, &[Range<usize>])> = segments
        .iter()
        .flat_map(|segment| segment.tokens.chunks(LONGEST_SENTENCE).map(move |tokens| (segment, tokens)))
        .collect();
    let words: Vec<Vec<&str>> = sentences
        .iter()
        .map(|(_, tokens)| tokens.iter().map(|range| &text[range.clone()]).collect())
        .collect();
    let words: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    let mut builder = DocBuilder::new(text);
    for ((segment, tokens), tags) in sentences.iter().zip(language.network.tag_all(&words)) {
        builder.sentence(segment.kind, segment.paragraph, tokens.to_vec(), tags);
    }
    builder.finish()
}
