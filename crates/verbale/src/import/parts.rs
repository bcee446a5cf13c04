//! Files as streams: plain, gzip, bzip2, or the members of a ZIP archive, told by their first bytes.

use std::fs::File;
use std::io::{BufReader, Read, Seek as _};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use sha2::{Digest as _, Sha256};

use crate::ingest::limits::{Limits, Packed, Unpacked, Used};

/// Endings of files in a folder that are taken; others stand beside them.
const ENDINGS: &[&str] = &["csv", "tsv", "tab", "txt", "json", "jsonl", "gz", "zip", "bz2"];

/// Bytes read at once.
const BUFFER: usize = 256 << 10;

/// Why a file cannot be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError(pub String);

impl std::fmt::Display for ImportError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ImportError {}

impl From<std::io::Error> for ImportError {
    fn from(error: std::io::Error) -> Self {
        Self(match error.kind() {
            std::io::ErrorKind::UnexpectedEof => {
                "it breaks off in the middle; get the whole file and import it again".to_owned()
            }
            std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
            _ => format!("it cannot be read: {error}"),
        })
    }
}

/// A stream of rows.
pub struct Part<'r> {
    /// Name of the member, or nothing for a file that is no archive.
    pub name: String,
    /// Its bytes, unpacked.
    pub reader: Box<dyn Read + 'r>,
}

/// The files that a path stands for: itself, or those in the folder and its folders, in the order of their names.
///
/// # Errors
/// When the folder cannot be read, or holds no table.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, ImportError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let found = within(path)?;
    if found.is_empty() {
        return Err(ImportError("there is no table in this folder".to_owned()));
    }
    Ok(found)
}

/// The tables in a folder and its folders.
fn within(path: &Path) -> Result<Vec<PathBuf>, ImportError> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        if entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        if entry.is_dir() {
            found.extend(within(&entry)?);
        } else if ending(&entry).is_some_and(|ending| ENDINGS.contains(&ending.as_str())) {
            found.push(entry);
        }
    }
    Ok(found)
}

fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_lowercase())
}

/// SHA-256 of a file's bytes, in lower-case hexadecimal.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of(path: &Path) -> Result<String, ImportError> {
    use std::fmt::Write as _;
    let mut file = File::open(path)?;
    let mut digest = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        digest.update(&buffer[..read]);
    }
    let mut out = String::with_capacity(64);
    for byte in digest.finalize() {
        let _ = write!(out, "{byte:02x}");
    }
    Ok(out)
}

/// Gives each stream of a file to `take`; what unpacks to more than 200 times its size is refused.
///
/// # Errors
/// When the file cannot be read or unpacked, and what `take` returns.
pub fn parts(
    path: &Path,
    take: &mut dyn FnMut(Part<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut file = File::open(path)?;
    let mut head = [0; 4];
    let mut filled = 0;
    while filled < head.len() {
        match file.read(&mut head[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    file.rewind()?;
    let file = BufReader::with_capacity(BUFFER, file);
    let (used, limits) = (Rc::new(Used::default()), Limits { total: u64::MAX, ..Limits::default() });
    match head {
        [0x1f, 0x8b, ..] => {
            let (packed, count) = Packed::new(file);
            let inner = flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(BUFFER, packed));
            take(Part { name: String::new(), reader: Box::new(Unpacked::new(inner, count, used, limits)) })
        }
        [b'B', b'Z', b'h', _] => {
            let (packed, count) = Packed::new(file);
            let inner = bzip2::bufread::MultiBzDecoder::new(BufReader::with_capacity(BUFFER, packed));
            take(Part { name: String::new(), reader: Box::new(Unpacked::new(inner, count, used, limits)) })
        }
        [b'P', b'K', 3 | 5, _] => zip(file, &used, limits, take),
        _ => take(Part { name: String::new(), reader: Box::new(file) }),
    }
}

fn zip(
    file: BufReader<File>,
    used: &Rc<Used>,
    limits: Limits,
    take: &mut dyn FnMut(Part<'_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let broken = |error| ImportError(format!("the ZIP archive is broken: {error}"));
    let mut archive = ::zip::ZipArchive::new(file).map_err(broken)?;
    for at in 0..archive.len() {
        used.member(&limits)?;
        let member = archive.by_index(at).map_err(broken)?;
        if member.is_dir() || member.is_symlink() {
            continue;
        }
        let name = String::from_utf8_lossy(member.name_raw()).into_owned();
        if name.split('/').any(|part| part.starts_with('.') || part == "__MACOSX") {
            continue;
        }
        let packed = Rc::new(std::cell::Cell::new(member.compressed_size()));
        take(Part { name, reader: Box::new(Unpacked::new(member, packed, used.clone(), limits)) })?;
    }
    Ok(())
}
