//! Sources to reports, one after the other: a JSONL file of any length is never held as a whole.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{BufRead, BufReader, Cursor, Read as _};

use verbale_model::Report;

use super::files::{Refused, Source, explain};
use super::{decode, jsonl};

/// Largest input that is one report, in bytes.
const LARGEST: u64 = 256 << 20;

/// Longest line of a JSONL file, in bytes.
const LONGEST_LINE: u64 = 64 << 20;

/// The reports of some sources, in order; each that cannot be read is named and the others follow.
pub struct Reports {
    sources: VecDeque<Result<Source, Refused>>,
    lines: Option<Lines>,
}

impl Reports {
    /// Reports of these sources, read one by one as they are asked for.
    pub fn new(sources: impl IntoIterator<Item = Result<Source, Refused>>) -> Self {
        Self { sources: sources.into_iter().collect(), lines: None }
    }

    fn open(&mut self, source: Source) -> Option<Result<Report, Refused>> {
        match start(&source) {
            Ok(Start::One(report)) => Some(Ok(report)),
            Ok(Start::Lines(reader)) => {
                self.lines = Some(Lines { source, reader, number: 0, any: false });
                None
            }
            Err(reason) => Some(Err(source.refuse(reason))),
        }
    }
}

impl Iterator for Reports {
    type Item = Result<Report, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next() {
                    Some(item) => return Some(item),
                    None => self.lines = None,
                }
            }
            match self.sources.pop_front()? {
                Err(refused) => return Some(Err(refused)),
                Ok(source) => {
                    if let Some(item) = self.open(source) {
                        return Some(item);
                    }
                }
            }
        }
    }
}

enum Start {
    One(Report),
    Lines(Box<dyn BufRead>),
}

fn start(source: &Source) -> Result<Start, String> {
    let mut reader: Box<dyn BufRead> = match source {
        Source::File(path) => Box::new(BufReader::new(File::open(path).map_err(|error| explain(&error))?)),
        Source::Stdin => Box::new(BufReader::new(std::io::stdin())),
    };
    let mut bytes = Vec::new();
    if source.is_jsonl() {
        let first = reader.fill_buf().map_err(|error| explain(&error))?;
        if is_plain(first) {
            return Ok(Start::Lines(reader));
        }
    } else if *source == Source::Stdin {
        (&mut reader).take(LONGEST_LINE).read_until(b'\n', &mut bytes).map_err(|error| explain(&error))?;
        if std::str::from_utf8(&bytes)
            .is_ok_and(|line| jsonl::is_report(line.trim_start_matches('\u{feff}').trim()))
        {
            return Ok(Start::Lines(Box::new(Cursor::new(bytes).chain(reader))));
        }
    }
    let left = LARGEST.saturating_sub(bytes.len() as u64);
    let more = reader.take(left + 1).read_to_end(&mut bytes).map_err(|error| explain(&error))?;
    if more as u64 > left {
        return Err(format!("it is longer than {} MB, the limit for one report; split it", LARGEST >> 20));
    }
    let text = decode(bytes).map_err(|error| error.to_string())?;
    if source.is_jsonl() {
        return Ok(Start::Lines(Box::new(Cursor::new(text.into_bytes()))));
    }
    if text.trim().is_empty() {
        return Err("it is empty: there is nothing to read".to_owned());
    }
    Ok(Start::One(Report { id: source.id(), text, ..Report::default() }))
}

/// Whether the first bytes of a JSONL file can be read line by line, without decoding the whole.
fn is_plain(first: &[u8]) -> bool {
    let first = first.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(first);
    first.is_empty()
        || first.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{') && !first.contains(&0)
}

/// The reports of one JSONL file.
struct Lines {
    source: Source,
    reader: Box<dyn BufRead>,
    number: usize,
    any: bool,
}

impl Iterator for Lines {
    type Item = Result<Report, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let mut line = Vec::new();
            match (&mut self.reader).take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(0) if self.any => return None,
                Ok(0) => {
                    self.any = true;
                    return Some(Err(self.source.refuse("it is empty: there is nothing to read")));
                }
                Ok(_) => self.number += 1,
                Err(error) => {
                    // Whatever follows cannot be trusted to be the next line.
                    (self.any, self.reader) = (true, Box::new(Cursor::new(Vec::new())));
                    return Some(Err(self.source.refuse(format!(
                        "line {}: {}",
                        self.number + 1,
                        explain(&error)
                    ))));
                }
            }
            if line.len() as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
                self.any = true;
                let _ = self.reader.skip_until(b'\n');
                let reason =
                    format!("line {} is left out: it is longer than {} MB", self.number, LONGEST_LINE >> 20);
                return Some(Err(self.source.refuse(reason)));
            }
            let line = line.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(&line);
            if line.iter().all(u8::is_ascii_whitespace) {
                continue;
            }
            self.any = true;
            return Some(self.read(line).map_err(|reason| self.source.refuse(reason)));
        }
    }
}

impl Lines {
    fn read(&self, line: &[u8]) -> Result<Report, String> {
        let text = std::str::from_utf8(line).map_err(|error| {
            format!("line {} is left out: its byte {} is not UTF-8", self.number, error.valid_up_to())
        })?;
        jsonl::line(&self.source.id(), self.number, text.trim())
    }
}
