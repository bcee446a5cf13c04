//! The language model: one joint network that tags, lemmatises, names and parses a sentence.
//!
//! ```text
//! words ──wordpiece──▶ pieces ──encoder──▶ one vector a word ──heads──▶ tags, lemma script, name, arcs
//!                                                             arcs ──tree──▶ one tree
//! ```
//!
//! The encoder is the first layers of `MiniLM` (Wang et al. 2020), fine-tuned; the tree scores are the deep
//! biaffine ones of Dozat & Manning (2017). Weights are 8-bit integers (`training/export.py` writes them).
//! Matrix products are exact integer arithmetic and everything else runs in one fixed order, so the
//! same words give the same tags on every processor and any number of threads.

mod encoder;
mod heads;
mod kernels;
mod lemma;
mod math;
mod names;
mod tree;
mod weights;
mod wordpiece;

use crate::tags::{Dep, EntLabel, Upos, Xpos};
use encoder::Encoder;
use heads::Heads;
pub use weights::ModelError;
use weights::Store;
use wordpiece::{Pieces, WordPiece};

/// Most words that are read together; a longer sentence is read in windows.
const WINDOW_WORDS: usize = 160;
/// Most word pieces that are read together, `[CLS]` and `[SEP]` not counted.
const WINDOW_PIECES: usize = 300;
/// Word pieces that go through the encoder at once when many sentences are tagged.
const BATCH_PIECES: usize = 192;

/// The network with its weights. Immutable, and shared by all threads.
pub struct Network {
    wordpiece: WordPiece,
    encoder: Encoder,
    heads: Heads,
}

/// What the network says of one token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenTags {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Dictionary form.
    pub lemma: String,
    /// The governor's 1-based place in the sentence; 0 for the root.
    pub head: u32,
    /// Relation to the governor.
    pub dep: Dep,
    /// Kind of the named entity the token is in, and whether the entity begins here.
    pub ent: Option<(EntLabel, bool)>,
}

/// Buffers of the two halves of the network.
#[derive(Default)]
struct Scratch {
    encoder: encoder::Scratch,
    heads: heads::Scratch,
}

/// A run of words of one sentence that is read together.
struct Window {
    /// Number of the sentence.
    sentence: usize,
    /// Words of the sentence before the window.
    offset: usize,
    pieces: Pieces,
}

impl Network {
    /// Reads the network from the bytes of a weights file; matrices are borrowed in place.
    ///
    /// # Errors
    /// [`ModelError`] when the bytes are no weights file of this network.
    pub fn from_bytes(bytes: &'static [u8]) -> Result<Self, ModelError> {
        let store = Store::new(bytes)?;
        Ok(Self {
            wordpiece: WordPiece::new(&store)?,
            encoder: Encoder::new(&store)?,
            heads: Heads::new(&store)?,
        })
    }

    /// Tags one sentence: token texts in, one row for each out. Never fails; no words give no rows.
    /// A sentence of more than 160 words is read in windows that are joined into one tree.
    pub fn tag(&self, words: &[&str]) -> Vec<TokenTags> {
        self.tag_all(&[words]).pop().unwrap_or_default()
    }

    /// Tags many sentences, which is faster than one at a time and gives the same rows.
    pub fn tag_all(&self, sentences: &[&[&str]]) -> Vec<Vec<TokenTags>> {
        let mut rows: Vec<Vec<TokenTags>> =
            sentences.iter().map(|words| Vec::with_capacity(words.len())).collect();
        let mut scratch = Scratch::default();
        let mut batch: Vec<Window> = Vec::new();
        let mut pieces = 0;
        for (sentence, words) in sentences.iter().enumerate() {
            for window in self.windows(sentence, words) {
                if pieces + window.pieces.ids.len() > BATCH_PIECES && !batch.is_empty() {
                    self.read(&batch, sentences, &mut rows, &mut scratch);
                    batch.clear();
                    pieces = 0;
                }
                pieces += window.pieces.ids.len();
                batch.push(window);
            }
        }
        if !batch.is_empty() {
            self.read(&batch, sentences, &mut rows, &mut scratch);
        }
        rows
    }

    /// Cuts a sentence into windows, nearly always one.
    fn windows(&self, sentence: usize, words: &[&str]) -> Vec<Window> {
        let mut windows = Vec::new();
        let mut offset = 0;
        while offset < words.len() {
            let pieces = self.wordpiece.window(&words[offset..], offset == 0, WINDOW_WORDS, WINDOW_PIECES);
            let taken = pieces.firsts.len();
            windows.push(Window { sentence, offset, pieces });
            offset += taken;
        }
        windows
    }

    /// Runs the network over a batch of windows and appends their rows.
    fn read(
        &self,
        batch: &[Window],
        sentences: &[&[&str]],
        rows: &mut [Vec<TokenTags>],
        scratch: &mut Scratch,
    ) {
        let pieces: Vec<&Pieces> = batch.iter().map(|window| &window.pieces).collect();
        let words = |window: &Window| {
            &sentences[window.sentence][window.offset..window.offset + window.pieces.firsts.len()]
        };
        let words: Vec<&[&str]> = batch.iter().map(words).collect();
        let vectors = self.encoder.encode(&pieces, &mut scratch.encoder);
        let tags = self.heads.read(self.encoder.isa(), &words, vectors, &self.wordpiece, &mut scratch.heads);
        for (window, tags) in batch.iter().zip(tags) {
            join(&mut rows[window.sentence], tags, window.offset);
        }
    }
}

/// Appends a window's rows to those of its sentence; a later window hangs on the first one's root.
fn join(rows: &mut Vec<TokenTags>, tags: Vec<TokenTags>, offset: usize) {
    let root = rows.iter().position(|row| row.head == 0).map_or(0, |at| at as u32 + 1);
    for mut row in tags {
        if row.head != 0 {
            row.head += offset as u32;
        } else if offset > 0 {
            row.head = root;
            row.dep = Dep::Parataxis;
        }
        rows.push(row);
    }
}

#[cfg(test)]
mod tests;
