//! One input on its way to reports: what is given on, what is refused, what all reports get.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::SyncSender;

use verbale_model::Report;

use super::limits::{Limits, Used};
use super::{Options, Refused, date, language};

/// Goes on, or stops because nobody asks for more reports.
pub type Flow = ControlFlow<()>;

/// Where reports come from, for names and for what is done with what cannot be read.
#[derive(Debug, Clone)]
pub struct Place {
    /// How it is called: a path, then `!member` for each archive it lies in.
    pub name: String,
    /// The name that tells its ending, without the endings of what it was packed in.
    pub file: String,
    /// Archives it lies in.
    pub depth: u8,
    /// Whether the user named it, rather than a folder or an archive it lies in.
    pub direct: bool,
    /// Address it was fetched from.
    pub url: Option<String>,
    /// Encoding that the server stated.
    pub charset: Option<String>,
    /// Day on which it was fetched.
    pub fetched: Option<String>,
}

impl Place {
    /// A member of an archive here.
    pub fn member(&self, name: &str) -> Self {
        Self {
            name: format!("{}!{name}", self.name),
            file: name.to_owned(),
            depth: self.depth + 1,
            direct: false,
            ..self.clone()
        }
    }

    /// The ending in lower case, or nothing.
    pub fn ending(&self) -> String {
        let file = self.file.rsplit(['/', '\\']).next().unwrap_or_default();
        file.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_ascii_lowercase())
    }
}

/// Takes reports and refusals of one input.
pub struct Intake<'a> {
    /// What was asked for.
    pub options: &'a Options,
    /// Caps.
    pub limits: Limits,
    /// What this input has used of them.
    pub used: Rc<Used>,
    /// Files left out because their kind is not read.
    pub skipped: &'a Arc<AtomicUsize>,
    /// To the iterator.
    pub sender: &'a SyncSender<Result<Report, Refused>>,
}

impl Intake<'_> {
    /// Gives a report on.
    pub fn report(&self, place: &Place, mut report: Report) -> Flow {
        if report.id.is_empty() {
            report.id.clone_from(&place.name);
        }
        if report.url.is_none() {
            report.url.clone_from(&place.url);
        }
        let fetched = report.fetched.take().or_else(|| place.fetched.clone());
        report.fetched = fetched.or_else(|| self.options.fetched.clone());
        bounded(&mut report);
        if report.language.as_deref().is_none_or(|language| language.trim().is_empty()) {
            report.language = language::detect(&report.text).map(str::to_owned);
        }
        self.send(Ok(report))
    }

    /// Names something that is left out.
    pub fn refuse(&self, place: &Place, reason: impl Into<String>) -> Flow {
        let reason = self.used.reason().unwrap_or_else(|| reason.into());
        self.send(Err(Refused { input: place.name.clone(), reason }))
    }

    /// Counts a file whose kind is not read.
    pub fn skip(&self) -> Flow {
        self.skipped.fetch_add(1, Ordering::Relaxed);
        Flow::Continue(())
    }

    /// Reads one report with a reader that may fail, even by a mistake in it.
    pub fn one(&self, place: &Place, read: impl FnOnce() -> Result<Report, String>) -> Flow {
        match guarded(read) {
            Ok(report) => self.report(place, report),
            Err(reason) => self.refuse(place, reason),
        }
    }

    fn send(&self, item: Result<Report, Refused>) -> Flow {
        match self.sender.send(item) {
            Ok(()) => Flow::Continue(()),
            Err(_) => Flow::Break(()),
        }
    }
}

/// What `read` gives; a panic in it, which is a mistake in a reader, becomes a reason.
pub fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err("its format is broken in a way that the reader cannot deal with; save its text as a .txt file"
            .to_owned())
    })
}

/// A report is not published after it was fetched. One day more is another time zone.
fn bounded(report: &mut Report) {
    let (Some(published), Some(fetched)) = (&report.published, &report.fetched) else { return };
    let both = published.len().min(fetched.len());
    if !date::is_date(fetched) || published.get(..both) <= fetched.get(..both) {
        return;
    }
    if date::next_day(fetched).as_ref() == Some(published) {
        report.published = Some(fetched.clone());
        return;
    }
    report.remarks.push(format!(
        "its publication date, {published}, is later than its fetch on {fetched}, and left out"
    ));
    (report.published, report.published_method) = (None, None);
}
