//! Files, folders and standard input: what `INPUT` on the command line stands for.

use std::path::{Path, PathBuf};

use super::kind;
use crate::fetch::Fetched;

/// Names that stand beside reports in a folder and are none.
const BESIDE: &[&str] = &["readme", "license", "licence", "notice", "changelog"];

/// One place that reports come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file that the user named.
    File(PathBuf),
    /// A file in a folder that the user named; when its kind is not read, nobody misses it.
    InFolder(PathBuf),
    /// Standard input.
    Stdin,
    /// A page that was fetched, and the day on which it was.
    Fetched(Box<Fetched>, String),
    /// Bytes that were handed over, and what they are called; the ending of the name may tell their kind.
    Given(String, Vec<u8>),
}

impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::File(path) | Self::InFolder(path) => write!(f, "{}", path.display()),
            Self::Stdin => write!(f, "standard input"),
            Self::Fetched(page, _) => f.write_str(&page.asked),
            Self::Given(name, _) => f.write_str(name),
        }
    }
}

impl Source {
    /// The name of a report that has no other.
    pub fn id(&self) -> String {
        match self {
            Self::File(path) | Self::InFolder(path) => path.to_string_lossy().into_owned(),
            Self::Stdin => "-".to_owned(),
            Self::Fetched(page, _) => page.asked.clone(),
            Self::Given(name, _) => name.clone(),
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
/// name, the files of a folder and of the folders in it in order of their names, or `-`. In a folder, links,
/// hidden files and files named README and the like are left out; other endings are when it is read.
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
    let read = |source: &Result<Source, Refused>| match source {
        Ok(Source::InFolder(path)) => is_read(path),
        _ => true,
    };
    if !found.iter().any(read) {
        return refuse(format!("the folder holds no file ending in .{}", kind::endings()));
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
        } else if kind.is_file() && !stands_beside(&path) {
            found.push(Ok(Source::InFolder(path)));
        }
    }
}

/// Whether the ending of a file in a folder is one that is read.
pub(super) fn is_read(path: &Path) -> bool {
    path.extension().is_some_and(|end| kind::of_ending(&end.to_string_lossy().to_ascii_lowercase()).is_some())
}

/// Whether a file stands beside reports and is none.
pub(super) fn stands_beside(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| BESIDE.iter().any(|name| stem.eq_ignore_ascii_case(name)))
}

/// An error of the file system with what to do about it.
pub(super) fn explain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "it may not be read: check its permissions".to_owned(),
        std::io::ErrorKind::UnexpectedEof => "it is cut short: get the whole file".to_owned(),
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
        let expected: Vec<String> = ["a.TXT", "b/x.jsonl", "c.txt", "d.pdf"]
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
