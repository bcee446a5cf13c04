//! Progress on stderr: only on a terminal, only while nothing else scrolls there, only for much.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Reports that pass before progress is shown.
const FEW: u64 = 5;
/// Rows of a table that pass before progress is shown.
const FEW_ROWS: u64 = 200_000;

/// Counts reports, or rows.
pub struct Progress {
    bar: Option<ProgressBar>,
    done: u64,
    few: u64,
    what: &'static str,
}

impl Progress {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        Self { bar: None, done: 0, few: FEW, what: "reports" }
    }

    /// The same, for rows of a table.
    pub fn of_rows() -> Self {
        Self { bar: None, done: 0, few: FEW_ROWS, what: "rows" }
    }

    /// One report more.
    pub fn step(&mut self) {
        self.advance(1);
    }

    /// So many more.
    pub fn advance(&mut self, more: u64) {
        self.done += more;
        let alone = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        if self.bar.is_none() && self.done > self.few && alone {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) =
                ProgressStyle::with_template(&format!("{{spinner}} {{pos}} {} read, {{elapsed}}", self.what))
            {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    /// Runs something that writes to stderr, out of the way of the bar.
    pub fn aside(&self, talk: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(talk),
            None => talk(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
