//! Lines in `bench/runs`: what was measured, after which change and on what machine.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use crate::data::root;
use crate::score::processor;

/// Day and name of the last commit, processor and cores: how a line begins.
pub fn stamp() -> String {
    let git = |format: &str| crate::score::git(&[&format!("--format={format}")]);
    format!("{},{},{},{}", git("%cs"), git("%h"), processor(), rayon::current_num_threads())
}

/// Adds a line to a file of `bench/runs`, which begins with `header`.
pub fn note(file: &str, header: &str, line: &str) -> Result<()> {
    let folder = root().join("bench/runs");
    let path = folder.join(file);
    let mut text = std::fs::read_to_string(&path).unwrap_or_else(|_| format!("{header}\n"));
    let _ = writeln!(text, "{line}");
    std::fs::create_dir_all(&folder)?;
    std::fs::write(&path, text).with_context(|| format!("writing bench/runs/{file}"))
}
