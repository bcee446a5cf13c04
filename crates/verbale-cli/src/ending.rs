//! How a run ends: exit codes, and refusals and errors on stderr.

use std::io::{ErrorKind, Write as _};

use anyhow::Result;
use verbale::ingest::Refused;

use crate::show::harmless;

/// A run that came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Everything was done.
    All,
    /// Some inputs were refused.
    Some,
}

impl Done {
    /// The end of a run that refused so many inputs.
    pub fn refusing(inputs: usize) -> Self {
        if inputs == 0 { Self::All } else { Self::Some }
    }
}

/// A command that asks for something there is not: exit code 2.
#[derive(Debug)]
pub struct Usage(pub String);

impl std::fmt::Display for Usage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// An error of wrong usage.
pub fn usage<T>(message: impl Into<String>) -> Result<T> {
    Err(Usage(message.into()).into())
}

/// Says on stderr that an input is left out, and why.
pub fn refuse(refused: &Refused) {
    say(&format!("verbale: {}: {}", refused.input, refused.reason));
}

/// A line on stderr; characters that could move the cursor or reorder the line are spelled out.
pub fn say(message: &str) {
    let lines: Vec<String> = message.lines().map(harmless).collect();
    let _ = writeln!(std::io::stderr().lock(), "{}", lines.join("\n"));
}

/// The exit code of a run; an error is said on stderr, but for a reader that has gone.
pub fn code(ended: Result<Done>) -> u8 {
    let error = match ended {
        Ok(Done::All) => return 0,
        Ok(Done::Some) => return 1,
        Err(error) => error,
    };
    let gone = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
    };
    if error.chain().any(gone) {
        return 0;
    }
    say(&format!("verbale: {error:#}"));
    if error.is::<Usage>() { 2 } else { 1 }
}
