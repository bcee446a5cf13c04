//! CoNLL-U in and out (the format of Universal Dependencies, ten columns).

use std::fmt::Write as _;

use crate::doc::{Doc, DocBuilder, Sent};
use crate::segment::SentKind;
use crate::{Dep, Language};

/// A line of CoNLL-U that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluError {
    /// Line number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for ConlluError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

impl std::error::Error for ConlluError {}

/// One sentence whose tokens are given: the lines to keep and the words to tag.
#[derive(Debug, Clone, Default)]
struct Given {
    comments: Vec<String>,
    /// Identifier, form and MISC column of each token; identifiers with `-` or `.` are kept as they are.
    rows: Vec<(String, String, String)>,
}

/// Writes a document as CoNLL-U; entities stand in MISC as `NER=B-PERSON`.
pub fn write(doc: &Doc) -> String {
    let mut out = String::new();
    let mut entities: Vec<Option<String>> = vec![None; doc.len()];
    for ent in doc.ents() {
        for (at, token) in ent.range().enumerate() {
            let prefix = if at == 0 { 'B' } else { 'I' };
            entities[token] = Some(format!("NER={prefix}-{}", ent.label()));
        }
    }
    for sent in doc.sents() {
        write_sentence(&mut out, doc, sent, &entities);
    }
    out
}

fn write_sentence(out: &mut String, doc: &Doc, sent: Sent<'_>, entities: &[Option<String>]) {
    let first = sent.range().start;
    let _ = writeln!(out, "# sent_id = {}", sent.i() + 1);
    if sent.kind() != SentKind::Body {
        let _ = writeln!(out, "# kind = {:?}", sent.kind());
    }
    let _ = writeln!(out, "# text = {}", sent.text().split_whitespace().collect::<Vec<_>>().join(" "));
    for token in sent.tokens() {
        let head = if token.is_root() { 0 } else { token.head().i() - first + 1 };
        let glued = token
            .next()
            .is_some_and(|next| next.bytes().start == token.bytes().end && sent.range().contains(&next.i()));
        let mut misc: Vec<String> = entities[token.i()].iter().cloned().collect();
        if glued {
            misc.push("SpaceAfter=No".to_owned());
        }
        let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
        let (form, lemma) = (clean(token.text()), clean(token.lemma()));
        let (id, pos, tag, dep) = (token.i() - first + 1, token.pos(), token.tag(), token.dep());
        let _ = writeln!(out, "{id}\t{form}\t{lemma}\t{pos}\t{tag}\t_\t{head}\t{dep}\t_\t{misc}");
    }
    out.push('\n');
    debug_assert!(doc.len() >= first);
}

/// White space inside a field would break the format.
fn clean(text: &str) -> String {
    if text.is_empty() {
        return "_".to_owned();
    }
    text.chars().map(|c| if c.is_whitespace() || c.is_control() { '_' } else { c }).collect()
}

/// Tags the tokens of a CoNLL-U text and writes it back: tokens, sentences and comments are kept,
/// the columns from LEMMA to DEPREL are the model's.
///
/// # Errors
/// [`ConlluError`] names the first line without ten columns.
pub fn retag(language: &Language, text: &str) -> Result<String, ConlluError> {
    let mut out = String::new();
    let mut given = Given::default();
    for (at, line) in text.lines().chain(std::iter::once("")).enumerate() {
        let line = line.trim_end_matches('\r');
        if line.is_empty() {
            tag(language, &given, &mut out);
            given = Given::default();
        } else if line.starts_with('#') {
            given.comments.push(line.to_owned());
        } else {
            let columns: Vec<&str> = line.split('\t').collect();
            let [id, form, .., misc] = columns.as_slice() else {
                return Err(ConlluError {
                    line: at + 1,
                    message: "expected ten columns between tabs".to_owned(),
                });
            };
            if columns.len() != 10 {
                let message = format!("expected ten columns between tabs, found {}", columns.len());
                return Err(ConlluError { line: at + 1, message });
            }
            given.rows.push(((*id).to_owned(), (*form).to_owned(), (*misc).to_owned()));
        }
    }
    Ok(out)
}

fn tag(language: &Language, given: &Given, out: &mut String) {
    if given.rows.is_empty() && given.comments.is_empty() {
        return;
    }
    let is_word = |id: &str| !id.contains(['-', '.']);
    let words: Vec<&str> =
        given.rows.iter().filter(|row| is_word(&row.0)).map(|row| row.1.as_str()).collect();
    let mut tags = language.network().tag(&words).into_iter();
    for comment in &given.comments {
        let _ = writeln!(out, "{comment}");
    }
    for (id, form, misc) in &given.rows {
        match is_word(id).then(|| tags.next()).flatten() {
            Some(tag) => {
                let _ = writeln!(
                    out,
                    "{id}\t{form}\t{}\t{}\t{}\t_\t{}\t{}\t_\t{misc}",
                    clean(&tag.lemma),
                    tag.upos,
                    tag.xpos,
                    tag.head,
                    if tag.head == 0 { Dep::Root } else { tag.dep },
                );
            }
            None => {
                let _ = writeln!(out, "{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}");
            }
        }
    }
    out.push('\n');
}

/// A document over tokens that are given, joined by single spaces: one sentence per list.
pub fn annotate_tokens(language: &Language, sentences: &[Vec<&str>]) -> Doc {
    let text = sentences.iter().map(|words| words.join(" ")).collect::<Vec<_>>().join("\n");
    let mut builder = DocBuilder::new(&text);
    let mut at = 0;
    for (paragraph, words) in sentences.iter().enumerate() {
        let ranges = words
            .iter()
            .map(|word| {
                let range = at..at + word.len();
                at += word.len() + 1;
                range
            })
            .collect();
        builder.sentence(SentKind::Body, paragraph as u32, ranges, language.network().tag(words));
    }
    builder.finish()
}
