//! Sources to reports, one after the other: no archive and no table is ever held as a whole.

use std::collections::VecDeque;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use verbale_model::Report;

use super::columns::Columns;
use super::files::{Refused, Source, explain, is_read};
use super::intake::{Flow, Intake, Place};
use super::limits::Limits;
use super::visit;

/// Reports that wait for whoever asks for them.
const WAITING: usize = 4;

/// Stack of the thread that reads: documents may be nested deeply.
const STACK: usize = 64 << 20;

/// How sources are read.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Which column of a table, or field of a dump, is what.
    pub columns: Option<Columns>,
    /// Day on which everything was fetched that does not say so itself, as `YYYY-MM-DD`.
    pub fetched: Option<String>,
}

/// The reports of some sources, in order; each that cannot be read is named and the others follow.
///
/// A thread of its own reads ahead by a few reports. It ends when all is read, or when this is dropped.
pub struct Reports {
    start: Option<Work>,
    items: Option<Receiver<Result<Report, Refused>>>,
    skipped: Arc<AtomicUsize>,
}

/// What the thread is given.
struct Work {
    sources: VecDeque<Result<Source, Refused>>,
    options: Options,
    limits: Limits,
}

impl Reports {
    /// Reports of these sources, read one by one as they are asked for.
    pub fn new(sources: impl IntoIterator<Item = Result<Source, Refused>>, options: Options) -> Self {
        Self::within(sources, options, Limits::default())
    }

    /// The same with limits of one's own.
    pub fn within(
        sources: impl IntoIterator<Item = Result<Source, Refused>>,
        options: Options,
        limits: Limits,
    ) -> Self {
        let work = Work { sources: sources.into_iter().collect(), options, limits };
        Self { start: Some(work), items: None, skipped: Arc::default() }
    }

    /// Files in folders and archives left out so far because their kind is not read.
    pub fn skipped(&self) -> usize {
        self.skipped.load(Ordering::Relaxed)
    }
}

impl Iterator for Reports {
    type Item = Result<Report, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(work) = self.start.take() {
            let (sender, items) = sync_channel(WAITING);
            let skipped = self.skipped.clone();
            let thread = std::thread::Builder::new().name("intake".to_owned()).stack_size(STACK);
            if let Err(error) = thread.spawn(move || work.run(&skipped, &sender)) {
                let reason = format!("no thread can be started to read it: {error}");
                return Some(Err(Refused { input: "all inputs".to_owned(), reason }));
            }
            self.items = Some(items);
        }
        self.items.as_ref()?.recv().ok()
    }
}

impl Work {
    fn run(mut self, skipped: &Arc<AtomicUsize>, sender: &SyncSender<Result<Report, Refused>>) {
        while let Some(source) = self.sources.pop_front() {
            let intake =
                Intake { options: &self.options, limits: self.limits, used: Rc::default(), skipped, sender };
            let flow = match source {
                Err(refused) => match sender.send(Err(refused)) {
                    Ok(()) => Flow::Continue(()),
                    Err(_) => Flow::Break(()),
                },
                Ok(source) => {
                    catch_unwind(AssertUnwindSafe(|| open(&intake, &source))).unwrap_or_else(|_| {
                        let reason = "verbale failed on it; this is a mistake in verbale, please report it with the file";
                        intake.refuse(&place(&source), reason)
                    })
                }
            };
            if flow.is_break() {
                return;
            }
        }
    }
}

fn place(source: &Source) -> Place {
    Place {
        name: source.id(),
        file: source.id(),
        depth: 0,
        direct: !matches!(source, Source::InFolder(_)),
        url: None,
        charset: None,
        fetched: None,
    }
}

fn open(intake: &Intake, source: &Source) -> Flow {
    let place = place(source);
    match source {
        Source::Stdin => {
            let mut named = place.clone();
            named.file = String::new();
            visit::visit(intake, &named, Box::new(std::io::stdin()))
        }
        Source::Fetched(page, day) => {
            let place = Place {
                file: page.url.split(['?', '#']).next().unwrap_or_default().to_owned(),
                url: Some(page.url.clone()),
                charset: page.charset.clone(),
                fetched: Some(day.clone()),
                ..place
            };
            visit::visit(intake, &place, Box::new(std::io::Cursor::new(page.bytes.clone())))
        }
        Source::Given(_, bytes) => {
            visit::visit(intake, &place, Box::new(std::io::Cursor::new(bytes.clone())))
        }
        Source::InFolder(path) if !is_read(path) => intake.skip(),
        Source::File(path) | Source::InFolder(path) => match File::open(path) {
            Ok(file) => visit::file(intake, &place, file),
            Err(error) => intake.refuse(&place, explain(&error)),
        },
    }
}
