//! Files of the public sets: gzip, archives packed with xz, rows of comma-separated values with quotes, simple XML.

use std::io::Read as _;
use std::path::Path;

use anyhow::Result;

/// The text of a gzipped file.
///
/// # Errors
/// When the file cannot be read or is not gzipped.
pub fn gunzip(path: &Path) -> Result<String> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_string(&mut text)?;
    Ok(text)
}

/// Names and texts of the files of an archive packed with xz, in its order.
///
/// # Errors
/// When the file cannot be read or is no such archive.
pub fn untar(path: &Path) -> Result<Vec<(String, String)>> {
    let packed = lzma_rust2::XzReader::new(std::io::BufReader::new(std::fs::File::open(path)?), true);
    let mut files = Vec::new();
    for entry in tar::Archive::new(packed).entries()? {
        let mut entry = entry?;
        let name = entry.path()?.to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes)?;
        files.push((name, String::from_utf8_lossy(&bytes).into_owned()));
    }
    Ok(files)
}

/// What stands between two words for the first time.
pub fn between<'t>(text: &'t str, open: &str, close: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(open)?;
    Some(rest.split_once(close)?.0)
}

/// Everything that stands between two words, in order.
pub fn all_between<'t>(text: &'t str, open: &str, close: &str) -> Vec<&'t str> {
    let parts = text.split(open).skip(1);
    parts.filter_map(|part| Some(part.split_once(close)?.0)).collect()
}

/// The characters of XML, entities resolved.
pub fn plain(xml: &str) -> String {
    html_escape::decode_html_entities(xml).into_owned()
}

/// Whether a file has this ending, in whatever case.
pub fn ends_with(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end.eq_ignore_ascii_case(ending))
}

/// The rows of a table whose cells may be quoted, quotes doubled inside them.
pub fn cells(text: &str, separator: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if quoted || cell.is_empty() => quoted = !quoted,
            c if quoted => cell.push(c),
            c if c == separator => row.push(std::mem::take(&mut cell)),
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' => {}
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// A cell as it must be written: quoted when it holds a comma or a quote.
pub fn quoted(cell: &str) -> String {
    if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_xml_are_found() {
        let xml = "<a><b>one &amp; two</b><b>three</b></a>";
        assert_eq!(between(xml, "<b>", "</b>").map(plain).as_deref(), Some("one & two"));
        assert_eq!(all_between(xml, "<b>", "</b>").len(), 2);
        assert_eq!(between(xml, "<c>", "</c>"), None);
    }

    #[test]
    fn quotes_hide_separators_and_are_doubled() {
        let rows = cells("a,\"b, \"\"c\"\"\",d\r\n1,,3", ',');
        assert_eq!(rows, [vec!["a", "b, \"c\"", "d"], vec!["1", "", "3"]]);
        assert_eq!(quoted("b, \"c\""), "\"b, \"\"c\"\"\"");
    }
}
