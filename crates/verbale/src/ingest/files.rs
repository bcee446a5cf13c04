//! Files, folders and standard input: what `INPUT` on the command line stands for.

use std::path::{Path, PathBuf};

/// Endings that are read in a folder.
const READ: &[&str] = &["txt", "text", "md", "markdown", "jsonl", "ndjson"];

/// Names that stand beside reports in a folder and are none.
const BESIDE: &[&str] = &["readme", "license", "licence", "notice", "changelog"];

/// One place that reports come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input.
    Stdin,
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Stdin => write!(f, "standard input"),
        }
    }
}

impl Source {
    /// The name of a report that has no other.
    pub fn id(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Stdin => "-".to_owned(),
        }
    }

    /// Whether its ending says that each line is a report.
    pub fn is_jsonl(&self) -> bool {
        match self {
            Self::File(path) => has_ending(path, &["jsonl", "ndjson"]),
            Self::Stdin => false,
        }
    }

    /// An input that is left out.
    pub fn refuse(&self, reason: impl Into<String>) -> Refused {
        Refused { input: self.to_string(), reason: reason.into() }
    }
}

/// An input that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its name.
    pub input: String,
    /// The reason, and what to do.
    pub reason: String,
}

/// The sources that an input stands for, or the reason why it stands for none: a file whatever its
/// name, the readable files of a folder and of the folders in it in order of their names, or `-`.
/// In a folder, links, hidden files, other endings and files named README and the like are left out.
pub fn sources(input: &Path) -> Vec<Result<Source, Refused>> {
    let refuse = |reason: String| vec![Err(Refused { input: input.display().to_string(), reason })];
    if input == Path::new("-") {
        return vec![Ok(Source::Stdin)];
    }
    let is_folder = match std::fs::metadata(input) {
        Ok(about) => about.is_dir(),
        Err(error) => return refuse(explain(&error)),
    };
    if !is_folder {
        return vec![Ok(Source::File(input.to_owned()))];
    }
    let mut found = Vec::new();
    walk(input, &mut found);
    if found.is_empty() {
        return refuse(format!("the folder holds no file ending in .{}", READ.join(", .")));
    }
    found
}

/// Files below a folder in order of their names; a folder that cannot be read is named.
fn walk(folder: &Path, found: &mut Vec<Result<Source, Refused>>) {
    let entries = std::fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = match entries {
        Ok(entries) => entries,
        Err(error) => {
            found.push(Err(Refused { input: folder.display().to_string(), reason: explain(&error) }));
            return;
        }
    };
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        let Ok(kind) = entry.file_type() else { continue };
        if hidden || kind.is_symlink() {
            continue;
        }
        if kind.is_dir() {
            walk(&path, found);
        } else if kind.is_file() && has_ending(&path, READ) && !stands_beside(&path) {
            found.push(Ok(Source::File(path)));
        }
    }
}

fn has_ending(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|end| endings.iter().any(|ending| end.eq_ignore_ascii_case(ending)))
}

fn stands_beside(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| BESIDE.iter().any(|name| stem.eq_ignore_ascii_case(name)))
}

/// An error of the file system with what to do about it.
pub(super) fn explain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read: check its permissions".to_owned(),
        _ => format!("it cannot be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_in_order_and_its_readme_is_not() {
        let folder = std::env::temp_dir().join(format!("verbale-files-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("b")).unwrap();
        for name in ["c.txt", "a.TXT", "b/x.jsonl", "README.md", ".hidden.txt", "d.pdf"] {
            std::fs::write(folder.join(name), "x").unwrap();
        }
        let names: Vec<String> =
            sources(&folder).into_iter().map(|found| found.unwrap().to_string()).collect();
        let expected: Vec<String> = ["a.TXT", "b/x.jsonl", "c.txt"]
            .iter()
            .map(|name| folder.join(name).display().to_string())
            .collect();
        assert_eq!(names, expected);
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_missing_is_named() {
        let refused = sources(Path::new("/no/such")).remove(0).unwrap_err();
        assert_eq!(
            (refused.input.as_str(), refused.reason.as_str()),
            ("/no/such", "there is no such file or folder")
        );
        assert_eq!(sources(Path::new("-")), vec![Ok(Source::Stdin)]);
    }
}
