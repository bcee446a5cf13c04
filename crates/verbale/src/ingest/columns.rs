//! Which column or field of somebody else's table is what of a report.

use std::collections::BTreeMap;

/// What a report is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Its name.
    Id,
    /// The text.
    Text,
    /// The title beside the text.
    Title,
    /// The day of publication.
    Published,
    /// The address.
    Url,
    /// Who published it.
    Outlet,
    /// Who wrote it.
    Byline,
    /// The language.
    Language,
    /// The day on which it was fetched.
    Fetched,
}

/// Each field with its own name and the names that others use, the likeliest first; compared in lower
/// case, without what stands between words.
const NAMES: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "docid", "documentid", "articleid", "guid", "uuid"]),
    (
        Field::Text,
        &[
            "text",
            "body",
            "maintext",
            "articlebody",
            "fulltext",
            "articletext",
            "bodytext",
            "contenttext",
            "content",
            "contenthtml",
            "contentencoded",
            "plaintext",
            "rawtext",
            "story",
            "description",
            "summary",
            "abstract",
        ],
    ),
    (Field::Title, &["title", "headline", "heading", "subject", "headlinemain"]),
    (
        Field::Published,
        &[
            "published",
            "datepublished",
            "publishedat",
            "datepublish",
            "publisheddate",
            "publicationdate",
            "publishdate",
            "pubdate",
            "publishedon",
            "publishedtime",
            "webpublicationdate",
            "date",
            "datetime",
            "timestamp",
        ],
    ),
    (Field::Url, &["url", "link", "weburl", "sourceurl", "canonicalurl", "permalink", "href", "uri"]),
    (
        Field::Outlet,
        &[
            "outlet",
            "source",
            "publisher",
            "sitename",
            "sourcename",
            "publication",
            "newspaper",
            "site",
            "sourcedomain",
            "domain",
        ],
    ),
    (Field::Byline, &["byline", "author", "authors", "creator", "writer", "reporter"]),
    (Field::Language, &["language", "lang", "languagecode", "inlanguage"]),
    (Field::Fetched, &["fetched", "fetchedat", "datedownload", "downloaddate", "crawldate", "retrieved"]),
];

impl Field {
    /// The field that goes by a name of ours.
    fn named(name: &str) -> Option<Self> {
        NAMES.iter().find(|(_, names)| names[0] == name).map(|(field, _)| *field)
    }
}

/// A name as it is compared.
fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Where each field stands among some names: by what was asked for, else by its usual names.
pub fn places<'n>(columns: Option<&Columns>, names: impl Iterator<Item = &'n str>) -> BTreeMap<Field, usize> {
    let names: Vec<(String, &str)> = names.map(|name| (folded(name), name)).collect();
    let mut found = BTreeMap::new();
    for (field, usual) in NAMES {
        let at = match columns.and_then(|columns| columns.asked.get(field)) {
            Some(asked) => names.iter().position(|(_, name)| name.trim() == asked),
            None => usual.iter().find_map(|usual| names.iter().position(|(name, _)| name == usual)),
        };
        if let Some(at) = at {
            found.insert(*field, at);
        }
    }
    found
}

/// Which column is what, as `text=body,title=headline`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    asked: BTreeMap<Field, String>,
}

impl Columns {
    /// Reads `FIELD=COLUMN,…`; a column's name may hold anything but a comma.
    ///
    /// # Errors
    /// A message that names the part that is wrong and the fields there are.
    pub fn parse(text: &str) -> Result<Self, String> {
        let fields = || NAMES.iter().map(|(_, names)| names[0]).collect::<Vec<_>>().join(", ");
        let mut asked = BTreeMap::new();
        for part in text.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            let Some((field, column)) = part.split_once('=') else {
                return Err(format!(
                    "'{part}' is no FIELD=COLUMN, as in text=body; the fields are {}",
                    fields()
                ));
            };
            let Some(field) = Field::named(&field.trim().to_lowercase()) else {
                return Err(format!("there is no field '{}'; the fields are {}", field.trim(), fields()));
            };
            if column.trim().is_empty() {
                return Err(format!("'{part}' names no column"));
            }
            if asked.insert(field, column.trim().to_owned()).is_some() {
                return Err(format!("'{part}' gives a field its second column"));
            }
        }
        if asked.is_empty() {
            return Err(format!("write it as FIELD=COLUMN, as in text=body; the fields are {}", fields()));
        }
        Ok(Self { asked })
    }

    /// Checks that all columns asked for are among the names of a table.
    ///
    /// # Errors
    /// A message that names the first that is not, and the columns there are.
    pub fn check<'n>(&self, names: impl Iterator<Item = &'n str> + Clone) -> Result<(), String> {
        match self.asked.values().find(|asked| !names.clone().any(|name| name.trim() == asked.as_str())) {
            Some(asked) => Err(format!("there is no column '{asked}'; the columns are {}", listed(names))),
            None => Ok(()),
        }
    }
}

/// Names for a message, not too many.
pub fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.map(str::trim).collect();
    let more = if names.len() > 20 { ", …" } else { "" };
    let names: Vec<String> = names.iter().take(20).map(|name| name.chars().take(40).collect()).collect();
    names.join(", ") + more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_asked_for_by_name() {
        let columns = Columns::parse("text=Body text, title=headline").unwrap();
        let names = ["headline", "Body text", "date", "text"];
        let places = places(Some(&columns), names.into_iter());
        assert_eq!(places[&Field::Text], 1);
        assert_eq!(places[&Field::Title], 0);
        assert_eq!(places[&Field::Published], 2);
        assert!(columns.check(["a", "b"].into_iter()).unwrap_err().contains("the columns are a, b"));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(Columns::parse("body").unwrap_err().contains("no FIELD=COLUMN"));
        assert!(
            Columns::parse("body=text").unwrap_err().contains("no field 'body'; the fields are id, text")
        );
        assert!(Columns::parse("text=a,text=b").unwrap_err().contains("second"));
        assert!(Columns::parse("").is_err() && Columns::parse("text=").is_err());
    }
}
