//! Streams cut into blocks of whole rows, a few megabytes each.

use std::borrow::Cow;
use std::io::Read;
use std::sync::Arc;

use encoding_rs::WINDOWS_1252;

use super::parts::{ImportError, Part};

/// Bytes of a block, about.
const BLOCK: usize = 2 << 20;
/// Bytes that one line may have.
const LINE: usize = 16 << 20;
/// Rows of a block of a quoted table.
const RECORDS: usize = 4096;

/// How rows are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A row is a line.
    Lines,
    /// The same, under a line with the names of the columns.
    Header,
    /// Fields may be quoted, as RFC 4180 has it, under a line with the names of the columns.
    Quoted(u8),
}

/// Whole rows of a stream.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// The stream: a member of an archive, or nothing.
    pub part: Arc<str>,
    /// Names of the columns, where the format has them.
    pub header: Arc<Vec<String>>,
    /// Lines of the import that went before this stream.
    before: u64,
    /// Line of the stream at which the block begins, from 1.
    first: u64,
    /// The lines.
    lines: Vec<u8>,
    /// The rows of a quoted table, each with its line.
    records: Vec<(u64, Vec<String>)>,
}

impl Block {
    /// What it weighs, in bytes.
    pub fn size(&self) -> usize {
        BLOCK.max(self.lines.len())
    }

    /// Its lines as text, and how many of them are no UTF-8 and were read as Windows-1252.
    pub(super) fn text(&self) -> (Cow<'_, str>, u64) {
        if let Ok(text) = std::str::from_utf8(&self.lines) {
            return (Cow::Borrowed(text), 0);
        }
        let (mut text, mut latin) = (String::with_capacity(self.lines.len()), 0);
        for line in self.lines.split_inclusive(|byte| *byte == b'\n') {
            latin += u64::from(push_text(line, &mut text));
        }
        (Cow::Owned(text), latin)
    }

    /// Lines of a text of this block, each with its number in the stream.
    pub(super) fn numbered<'t>(&self, text: &'t str) -> impl Iterator<Item = (u64, &'t str)> {
        (self.first..).zip(text.lines())
    }

    /// The rows of a quoted table, each with its line in the stream.
    pub(super) fn records(&self) -> &[(u64, Vec<String>)] {
        &self.records
    }

    /// Number of a line in the whole import.
    pub(super) fn number(&self, line: u64) -> u64 {
        self.before + line
    }
}

/// Adds bytes as text; says whether they are no UTF-8.
fn push_text(bytes: &[u8], text: &mut String) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(piece) => text.push_str(piece),
        Err(_) => text.push_str(&WINDOWS_1252.decode_without_bom_handling(bytes).0),
    }
    std::str::from_utf8(bytes).is_err()
}

/// The blocks of a stream.
pub struct Blocks<'r> {
    source: Source<'r>,
    part: Arc<str>,
    header: Arc<Vec<String>>,
    before: u64,
    line: u64,
    shape: Shape,
    done: bool,
}

enum Source<'r> {
    Lines { reader: Box<dyn Read + 'r>, rest: Vec<u8> },
    Quoted(Box<csv::Reader<Box<dyn Read + 'r>>>),
}

impl<'r> Blocks<'r> {
    /// Cuts a stream; `before` lines of the import went before it.
    pub(super) fn new(part: Part<'r>, shape: Shape, before: u64) -> Self {
        let source = match shape {
            Shape::Quoted(delimiter) => Source::Quoted(Box::new(
                csv::ReaderBuilder::new()
                    .delimiter(delimiter)
                    .has_headers(false)
                    .flexible(true)
                    .from_reader(part.reader),
            )),
            _ => Source::Lines { reader: part.reader, rest: Vec::new() },
        };
        let header = Arc::default();
        Self { source, part: part.name.into(), header, before, line: 1, shape, done: false }
    }

    /// Lines of the import up to here.
    pub fn lines(&self) -> u64 {
        self.before + self.line
    }

    fn next_lines(&mut self) -> Result<Option<Block>, ImportError> {
        let Source::Lines { reader, rest } = &mut self.source else { return Ok(None) };
        let mut lines = std::mem::take(rest);
        loop {
            let before = lines.len();
            let read = reader.by_ref().take(BLOCK as u64).read_to_end(&mut lines)?;
            if self.line == 1 && before == 0 {
                check(&lines)?;
            }
            if read == 0 {
                self.done = true;
                break;
            }
            if let Some(at) = lines[before..].iter().rposition(|byte| *byte == b'\n') {
                *rest = lines.split_off(before + at + 1);
                break;
            }
            if lines.len() > LINE {
                let most = LINE >> 20;
                return Err(ImportError(format!("line {} is longer than {most} MB", self.line)));
            }
        }
        if lines.starts_with(b"\xef\xbb\xbf") && self.line == 1 {
            lines.drain(..3);
        }
        if self.shape == Shape::Header && self.line == 1 && !lines.is_empty() {
            let end = lines.iter().position(|byte| *byte == b'\n').map_or(lines.len(), |at| at + 1);
            let head: Vec<u8> = lines.drain(..end).collect();
            let mut text = String::new();
            push_text(&head, &mut text);
            let cell = |cell: &str| cell.trim().trim_matches('"').to_owned();
            self.header = Arc::new(text.split('\t').map(cell).collect());
            self.line += 1;
        }
        let first = self.line;
        self.line += memchr::memchr_iter(b'\n', &lines).count() as u64;
        self.line += u64::from(lines.last().is_some_and(|byte| *byte != b'\n'));
        let empty = lines.is_empty();
        Ok((!empty).then(|| Block { first, lines, ..self.block() }))
    }

    fn next_records(&mut self) -> Result<Option<Block>, ImportError> {
        let Source::Quoted(reader) = &mut self.source else { return Ok(None) };
        let mut records = Vec::new();
        let mut record = csv::ByteRecord::new();
        while records.len() < RECORDS {
            let more = reader.read_byte_record(&mut record);
            if !more.map_err(|error| match error.into_kind() {
                csv::ErrorKind::Io(error) => error.into(),
                other => ImportError(format!("it cannot be read as a table: {other:?}")),
            })? {
                self.done = true;
                break;
            }
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |cell: &[u8]| {
                let mut text = String::new();
                push_text(cell, &mut text);
                text.trim().to_owned()
            };
            let cells: Vec<String> = record.iter().map(cell).collect();
            if self.header.is_empty() {
                let bare = |cell: &String| cell.trim_start_matches('\u{feff}').to_owned();
                self.header = Arc::new(cells.iter().map(bare).collect());
                check(record.get(0).unwrap_or_default())?;
            } else {
                records.push((line, cells));
            }
            self.line = line;
        }
        Ok((!records.is_empty()).then(|| Block { records, ..self.block() }))
    }

    fn block(&self) -> Block {
        let (part, header) = (self.part.clone(), self.header.clone());
        Block { part, header, before: self.before, ..Block::default() }
    }
}

/// Refuses what is no text in an encoding that is read.
fn check(head: &[u8]) -> Result<(), ImportError> {
    let head = &head[..head.len().min(8192)];
    if head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff") {
        return Err(ImportError("it is UTF-16; save it as UTF-8".to_owned()));
    }
    if head.contains(&0) {
        return Err(ImportError(
            "it is no text: expected rows in UTF-8 or ISO-8859-1, got zero bytes".to_owned(),
        ));
    }
    Ok(())
}

impl Iterator for Blocks<'_> {
    type Item = Result<Block, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.done {
            let next = match self.source {
                Source::Lines { .. } => self.next_lines(),
                Source::Quoted(_) => self.next_records(),
            };
            match next {
                Ok(Some(block)) => return Some(Ok(block)),
                Ok(None) => {}
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }
}
