//! Hashes the rules, code and word lists alike, so that a ledger knows which rules a reading came from.

#![allow(clippy::disallowed_methods, reason = "a build script reads files; the crate itself does not")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Where the rules stand: the crate's own code, and the word lists that it embeds.
const RULES: &[&str] =
    &["src", "../../data/confidence", "../../data/lexicon", "../../data/offices/lexicon.toml"];

fn main() -> std::io::Result<()> {
    let mut files = Vec::new();
    for rules in RULES {
        println!("cargo::rerun-if-changed={rules}");
        walk(Path::new(rules), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        // The path says where in the rules a text stands; its separators must not matter.
        digest.update(file.to_string_lossy().replace('\\', "/").as_bytes());
        digest.update(std::fs::read(&file)?);
    }
    let hex = digest.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    println!("cargo::rustc-env=VERBALE_RULES={hex}");
    Ok(())
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if path.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        walk(&entry?.path(), files)?;
    }
    Ok(())
}
