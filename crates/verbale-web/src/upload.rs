//! Files and fields of a form sent as `multipart/form-data`, taken apart before work begins.

use axum::body::{Body, Bytes};
use multer::{Constraints, Multipart, SizeLimit, parse_boundary};

use crate::problem::Problem;

/// The media type of such a form.
pub const MEDIA: &str = "multipart/form-data";

/// Parts of one form; a body has a limit of its own.
const PARTS: usize = 2000;
/// Longest name of a file, in characters.
const NAME: usize = 200;

/// What a form sent.
#[derive(Debug, Default)]
pub struct Sent {
    /// Its fields, by name.
    pub fields: Vec<(String, String)>,
    /// Its files, in order.
    pub files: Vec<File>,
}

/// A file of a form.
#[derive(Debug)]
pub struct File {
    /// What it is called, without folders.
    pub name: String,
    /// Its media type as the client says it, in lower case without parameters.
    pub media: Option<String>,
    /// What it holds.
    pub content: Bytes,
}

impl Sent {
    /// Takes a body apart that is there as a whole.
    ///
    /// # Errors
    /// When it is no such form, or has too many parts.
    pub async fn read(said: &str, body: Bytes) -> Result<Self, Problem> {
        let boundary = parse_boundary(said).map_err(|_| {
            wrong("Content-Type names no boundary; let the program that sends the form write it")
        })?;
        let most = SizeLimit::new().whole_stream(body.len() as u64);
        let limits = Constraints::new().size_limit(most);
        let mut parts = Multipart::with_constraints(Body::from(body).into_data_stream(), boundary, limits);
        let mut sent = Self::default();
        while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
            if sent.fields.len() + sent.files.len() == PARTS {
                return Err(Problem::new(
                    "too-large",
                    format!("a form has {PARTS} parts at most; send several"),
                ));
            }
            let name = part.name().unwrap_or_default().to_owned();
            let file = part.file_name().map(bare);
            let media = part.content_type().map(|media| media.essence_str().to_ascii_lowercase());
            let content = part.bytes().await.map_err(|error| broken(&error))?;
            match file {
                // A browser sends this for a choice of files in which none was chosen.
                Some(file) if file.is_empty() && content.is_empty() => {}
                Some(mut file) => {
                    if file.is_empty() {
                        file = format!("file {}", sent.files.len() + 1);
                    }
                    sent.files.push(File { name: file, media, content });
                }
                None => {
                    let text = String::from_utf8(content.into())
                        .map_err(|_| wrong(format!("the field '{name}' is no UTF-8")))?;
                    sent.fields.push((name, text));
                }
            }
        }
        Ok(sent)
    }

    /// The value of a field that is not empty.
    pub fn own(&self, name: &str) -> Option<String> {
        let found = self.fields.iter().find(|(known, value)| known == name && !value.trim().is_empty());
        found.map(|(_, value)| value.trim().to_owned())
    }
}

fn wrong(what: impl Into<String>) -> Problem {
    Problem::new("bad-body", what)
}

fn broken(error: &multer::Error) -> Problem {
    wrong(format!("the form cannot be taken apart: {error}; send it as multipart/form-data"))
}

/// A name without its folders and without what no name holds. It names a report and opens no file; still nobody should
/// have to wonder.
fn bare(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let long = name.chars().count().saturating_sub(NAME);
    // The end tells the kind.
    let name: String = name.trim().chars().skip(long).collect();
    if matches!(name.as_str(), "." | "..") { String::new() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_folders() {
        for (given, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\reports\\talks.html", "talks.html"),
            ("a\u{0}b\r\n.txt", "ab.txt"),
            ("reports/", ""),
            ("..", ""),
            (" talks.txt ", "talks.txt"),
            ("переговоры.txt", "переговоры.txt"),
        ] {
            assert_eq!(bare(given), kept, "{given:?}");
        }
        let long = bare(&format!("{}.html", "a".repeat(400)));
        assert!(long.chars().count() == NAME && long.rsplit('.').next() == Some("html"));
    }
}
