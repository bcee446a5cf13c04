//! Rows that wait for the end of their file, sorted by where they lie in the ledger: a window of them in memory, the
//! others in sorted runs in a file without a name.
//!
//! A table grows fastest at its end, and a file of millions of rows touches each page of the ledger once, however its
//! rows are ordered (external merge sort; Knuth, The Art of Computer Programming, volume 3, 5.4).

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::foreign_row::Stored;

/// Rows that are sorted in memory.
const WINDOW: usize = 1 << 18;
/// Bytes of each run that are read at once.
const BUFFER: usize = 64 << 10;

/// Rows that wait.
pub(super) struct Waiting {
    /// Where the file is made.
    folder: PathBuf,
    window: usize,
    rows: Vec<Stored>,
    file: Option<Arc<File>>,
    /// The end of each run in the file.
    runs: Vec<u64>,
}

impl Waiting {
    /// Nothing waits; the file, if there will be one, is made in this folder.
    pub fn new(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), window: WINDOW, rows: Vec::new(), file: None, runs: Vec::new() }
    }

    /// Takes a row.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn push(&mut self, row: Stored) -> io::Result<()> {
        self.rows.push(row);
        if self.rows.len() < self.window { Ok(()) } else { self.spill() }
    }

    /// Writes the window as a run.
    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let file = match &self.file {
            Some(file) => file,
            None => self.file.insert(Arc::new(tempfile::tempfile_in(&self.folder)?)),
        };
        let mut file: &File = file;
        let mut bytes = Vec::with_capacity(BUFFER + 1024);
        let mut end = self.runs.last().copied().unwrap_or_default();
        for row in self.rows.drain(..) {
            row.write(&mut bytes);
            if bytes.len() >= BUFFER {
                file.write_all(&bytes)?;
                end += bytes.len() as u64;
                bytes.clear();
            }
        }
        file.write_all(&bytes)?;
        self.runs.push(end + bytes.len() as u64);
        Ok(())
    }

    fn sort(&mut self) {
        self.rows.sort_by(order);
    }

    /// All rows, in the order in which they lie in the ledger; those of one place by id, then as they came.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn merged(mut self) -> io::Result<Merged> {
        self.sort();
        let mut sources = Vec::with_capacity(self.runs.len() + 1);
        let mut at = 0;
        for end in self.runs {
            let Some(file) = self.file.clone() else { break };
            sources.push(Source::Run(BufReader::with_capacity(BUFFER, Section { file, at, end })));
            at = end;
        }
        sources.push(Source::Rows(self.rows.into_iter()));
        let mut heads = BinaryHeap::with_capacity(sources.len());
        for (from, source) in sources.iter_mut().enumerate() {
            heads.extend(source.next()?.map(|row| Head { row, from }));
        }
        Ok(Merged { sources, heads })
    }
}

fn order(a: &Stored, b: &Stored) -> Ordering {
    a.place_in_file().cmp(&b.place_in_file()).then_with(|| a.id.cmp(&b.id))
}

/// Sorted rows from all runs.
pub(super) struct Merged {
    sources: Vec<Source>,
    heads: BinaryHeap<Head>,
}

impl Merged {
    /// The next row.
    fn next(&mut self) -> io::Result<Option<Stored>> {
        let Some(mut head) = self.heads.peek_mut() else { return Ok(None) };
        let next = match self.sources.get_mut(head.from) {
            Some(source) => source.next()?,
            None => None,
        };
        Ok(Some(match next {
            Some(next) => std::mem::replace(&mut head.row, next),
            None => std::collections::binary_heap::PeekMut::pop(head).row,
        }))
    }

    /// The next row, with all that tell of the same meeting put together.
    fn next_event(&mut self) -> io::Result<Option<Stored>> {
        let Some(mut event) = self.next()? else { return Ok(None) };
        while self.heads.peek().is_some_and(|head| event.is_of(&head.row)) {
            if let Some(same) = self.next()? {
                event.join(&same);
            }
        }
        Ok(Some(event))
    }

    /// So many events, less only at the end.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn next_events(&mut self, most: usize) -> io::Result<Vec<Stored>> {
        let mut events = Vec::with_capacity(most);
        while events.len() < most
            && let Some(event) = self.next_event()?
        {
            events.push(event);
        }
        Ok(events)
    }
}

/// The first row of a source that was not taken yet; the greatest is the one that comes first.
struct Head {
    row: Stored,
    from: usize,
}

impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        order(&other.row, &self.row).then_with(|| other.from.cmp(&self.from))
    }
}

impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Head {}

/// Rows in order.
enum Source {
    Run(BufReader<Section>),
    Rows(std::vec::IntoIter<Stored>),
}

impl Source {
    fn next(&mut self) -> io::Result<Option<Stored>> {
        match self {
            Self::Rows(rows) => Ok(rows.next()),
            Self::Run(run) => {
                let ended = run.fill_buf()?.is_empty();
                if ended { Ok(None) } else { Stored::read(run).map(Some) }
            }
        }
    }
}

/// A stretch of the file.
struct Section {
    file: Arc<File>,
    at: u64,
    end: u64,
}

impl Read for Section {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min((self.end - self.at) as usize);
        let mut file: &File = &self.file;
        file.seek(SeekFrom::Start(self.at))?;
        let read = file.read(&mut buffer[..most])?;
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::super::foreign_row::tests::sample;
    use super::*;

    #[test]
    fn runs_merge_into_what_sorting_in_memory_gives() {
        let codes: [Option<&[u8; 3]>; 4] = [None, Some(b"AFG"), Some(b"RUS"), Some(b"USA")];
        let made = |at: u64| {
            let hash = at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
            let (one, two) = (codes[hash as usize % 2], codes[2 + hash as usize % 2]);
            let n = if hash.is_multiple_of(3) { 1 << 62 | (hash as i64 % 5) } else { at as i64 };
            Stored {
                id: crate::foreign::SourceId::Number(hash as i64 % 7),
                ..sample(one, two, hash as i32 % 11, n)
            }
        };
        let all = |window: usize| {
            let mut waiting = Waiting { window, ..Waiting::new(&std::env::temp_dir()) };
            for at in 0..1000 {
                waiting.push(made(at)).unwrap();
            }
            assert_eq!(waiting.runs.len(), 1000 / window);
            waiting.merged().unwrap().next_events(1000).unwrap()
        };
        let whole = all(2000);
        assert!(whole.is_sorted_by(|a, b| a.place_in_file() < b.place_in_file()));
        assert_eq!(whole.iter().map(|row| row.rows).sum::<u32>(), 1000);
        assert!(whole.len() < 1000);
        for window in [1, 7, 100, 999] {
            assert_eq!(all(window), whole);
        }
    }
}
