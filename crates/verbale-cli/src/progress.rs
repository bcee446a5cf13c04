//! Progress on stderr: only on a terminal, only while nothing else scrolls there, only for many reports.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// Reports that pass before progress is shown.
const FEW: u64 = 5;

/// Counts reports.
pub struct Progress {
    bar: Option<ProgressBar>,
    done: u64,
}

impl Progress {
    /// Nothing is shown yet.
    pub fn new() -> Self {
        Self { bar: None, done: 0 }
    }

    /// One report more.
    pub fn step(&mut self) {
        self.done += 1;
        let alone = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        if self.bar.is_none() && self.done > FEW && alone {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} reports read, {elapsed}") {
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
