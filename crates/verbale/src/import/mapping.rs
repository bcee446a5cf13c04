//! Mapping files: which column of a table is what. A mapping is TOML.
//!
//! ```toml
//! name = "journeys"                                  # begins the ids of its events
//! delimiter = ";"                                    # a comma, unless said otherwise
//! [fields]
//! id = { column = "no" }
//! first = { column = "from" }
//! event_type = { value = "CONSULT" }                 # the same in every row
//! actor_level = { column = "office", values = { president = "1" } }   # another word for what stands there
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What a mapping can fill.
pub const FIELDS: &[&str] = &[
    "id",
    "first",
    "last",
    "event_type",
    "mode",
    "cameo",
    "status",
    "contexts",
    "quad",
    "goldstein",
    "score",
    "mentions",
    "sources",
    "articles",
    "place",
    "place_country",
    "lat",
    "lon",
    "address",
    "actor_name",
    "actor_state",
    "actor_sectors",
    "actor_office",
    "actor_level",
    "actor_serving",
    "recipient_name",
    "recipient_state",
    "recipient_sectors",
    "recipient_office",
    "recipient_level",
    "recipient_serving",
];

/// How a table is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mapping {
    /// Begins the ids of its events.
    pub name: String,
    /// Between the columns.
    pub delimiter: u8,
    /// Fields, by their names.
    pub fields: BTreeMap<String, Field>,
}

/// Where a field comes from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Name of the column.
    #[serde(default)]
    pub column: Option<String>,
    /// The value of every row.
    #[serde(default)]
    pub value: Option<String>,
    /// What to take for a value of the column; a value that is not listed is refused.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    #[serde(default = "comma")]
    delimiter: char,
    fields: BTreeMap<String, Field>,
}

const fn comma() -> char {
    ','
}

impl Mapping {
    /// Reads the mapping in a file.
    ///
    /// # Errors
    /// When the file cannot be read or is no mapping; the message says what is wrong.
    pub fn open(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|error| format!("it cannot be read: {error}"))?;
        Self::parse(&text)
    }

    /// Reads a mapping.
    ///
    /// # Errors
    /// When it is no mapping; the message says what is wrong.
    pub fn parse(text: &str) -> Result<Self, String> {
        let File { name, delimiter, fields } =
            toml::from_str(text).map_err(|error| format!("this is no mapping: {error}"))?;
        let fit = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !fit || ["gdelt", "icews", "polecat", "plover", "un-votes"].contains(&name.as_str()) {
            return Err(format!(
                "'{name}' cannot be the name of a mapping: use small letters, digits and -, and no format's name"
            ));
        }
        if let Some(unknown) = fields.keys().find(|field| !FIELDS.contains(&field.as_str())) {
            return Err(format!("there is no field '{unknown}'; there are {}", FIELDS.join(", ")));
        }
        for (field, from) in &fields {
            if from.column.is_some() == from.value.is_some() {
                return Err(format!("the field '{field}' needs either a column or a value"));
            }
        }
        if let Some(missing) = ["id", "first"].iter().find(|field| !fields.contains_key(**field)) {
            return Err(format!("the field '{missing}' is missing"));
        }
        if !fields.contains_key("event_type") && !fields.contains_key("cameo") {
            return Err("one of the fields 'event_type' and 'cameo' is needed".to_owned());
        }
        let delimiter =
            u8::try_from(delimiter).map_err(|_| format!("'{delimiter}' cannot be a delimiter"))?;
        Ok(Self { name, delimiter, fields })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_mapping_is_one_and_mistakes_are_named() {
        let text = include_str!("../../../../data/imports/us-officials-travel.toml");
        assert_eq!(Mapping::parse(text).unwrap().name, "us-officials-travel");
        let wrong = |from: &str, to: &str| Mapping::parse(&text.replace(from, to)).unwrap_err();
        assert!(wrong("first =", "begin =").contains("no field 'begin'"));
        assert!(wrong("id = {", "last_ = {").contains("last_"));
        assert!(wrong("us-officials-travel\"", "gdelt\"").contains("cannot be the name"));
        assert!(wrong("{ value = \"042\" }", "{ }").contains("either a column or a value"));
        assert!(Mapping::parse("name =").unwrap_err().contains("no mapping"));
    }
}
