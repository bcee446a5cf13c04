//! The audit log: a line for each change and each refusal that matters, on standard error or in a file.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde_json::json;

/// Where changes are noted.
#[derive(Debug, Default)]
pub struct Audit {
    file: Option<Mutex<File>>,
}

impl Audit {
    /// Notes changes on standard error.
    pub fn on_stderr() -> Self {
        Self::default()
    }

    /// Notes changes at the end of a file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn in_file(path: &Path) -> std::io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        Ok(Self { file: Some(Mutex::new(file)) })
    }

    /// Notes a change as one line of JSON: when, by whom, what was asked, what came of it.
    pub fn note(&self, at: &str, who: &str, asked: &str, what: &str) {
        let line = json!({"at": at, "by": who, "asked": asked, "what": what});
        let line = verbale::ledger::list::line(&line).unwrap_or_default();
        let Some(file) = &self.file else {
            return log(line.trim_end());
        };
        let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
        // One write, so that lines of several servers do not run into each other.
        if let Err(error) = file.write_all(line.as_bytes()).and_then(|()| file.flush()) {
            log(&format!("verbale: the audit log cannot be written: {error}; {}", line.trim_end()));
        }
    }
}

/// A line on standard error.
pub fn log(line: &str) {
    let shown: String = line.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
    let _ = writeln!(std::io::stderr().lock(), "{shown}");
}

/// The time in UTC, to the millisecond, as reviews and runs note it.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    now.round(jiff::Unit::Millisecond).unwrap_or(now).to_string()
}
