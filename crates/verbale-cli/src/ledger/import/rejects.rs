//! Files of rows that could not be read: a line of JSON for each, with what was expected and what stood there.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use serde::Serialize;
use verbale::import::Reject;

/// The rows of one input that could not be read.
pub struct Rejects {
    /// Where they go, if anywhere.
    path: Option<PathBuf>,
    file: Option<BufWriter<File>>,
}

#[derive(Serialize)]
struct Line<'r> {
    file: &'r str,
    #[serde(skip_serializing_if = "str::is_empty")]
    member: &'r str,
    line: u64,
    reason: &'r str,
    expected: &'r str,
    got: &'r str,
}

impl Rejects {
    /// Those of an input, which is known by name and hash.
    pub fn new(folder: Option<&Path>, input: &Path, sha256: &str) -> Self {
        let name = input.file_name().unwrap_or_default().to_string_lossy();
        let short = sha256.get(..8).unwrap_or_default();
        let path = folder.map(|folder| folder.join(format!("{name}.{short}.rejects.jsonl")));
        Self { path, file: None }
    }

    /// Takes some; the file is made with the first one.
    pub fn take(&mut self, input: &str, rejects: &[Reject]) -> Result<()> {
        let Some(path) = self.path.as_ref().filter(|_| !rejects.is_empty()) else { return Ok(()) };
        let failed = || format!("{} cannot be written", path.display());
        if self.file.is_none() {
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).with_context(failed)?;
            }
            self.file = Some(BufWriter::new(File::create(path).with_context(failed)?));
        }
        let Some(file) = &mut self.file else { return Ok(()) };
        for Reject { part, line, reason, expected, got } in rejects {
            let line = Line { file: input, member: part, line: *line, reason, expected, got };
            writeln!(file, "{}", serde_json::to_string(&line)?).with_context(failed)?;
        }
        Ok(())
    }

    /// Ends the file; returns its path, if there is one.
    pub fn finish(&mut self) -> Result<Option<String>> {
        let Some(mut file) = self.file.take() else { return Ok(None) };
        file.flush()?;
        Ok(self.path.as_ref().map(|path| path.display().to_string()))
    }
}
