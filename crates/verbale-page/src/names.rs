//! Names of states and organisations by their codes.

use std::collections::BTreeMap;

/// What the codes of a page are called; a code without a name stands for itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names(BTreeMap<String, String>);

impl Names {
    /// The name of a code, or the code.
    pub fn of<'a>(&'a self, code: &'a str) -> &'a str {
        self.0.get(code).map_or(code, String::as_str)
    }

    /// `Russia (RUS)`, or the code alone.
    pub fn with_code(&self, code: &str) -> String {
        match self.0.get(code) {
            Some(name) if name != code => format!("{name} ({code})"),
            _ => code.to_owned(),
        }
    }

    /// The same with one name more.
    pub fn insert(&mut self, code: &str, name: &str) {
        self.0.insert(code.to_owned(), name.to_owned());
    }
}

impl<C: Into<String>, N: Into<String>> FromIterator<(C, N)> for Names {
    fn from_iter<T: IntoIterator<Item = (C, N)>>(pairs: T) -> Self {
        Self(pairs.into_iter().map(|(code, name)| (code.into(), name.into())).collect())
    }
}
