//! Parameters of a query: each is declared with its kind, and what was not declared is refused.

use std::collections::BTreeMap;

use crate::problem::Problem;

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// What it does.
    pub about: &'static str,
    /// Whether it must be there.
    pub needed: bool,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// Texts with commas between them; the parameter may also be there several times.
    List,
    /// A whole number from one to the other.
    Whole(u32, u32),
    /// A number from 0 to 1.
    Share,
    /// true or false.
    Flag,
    /// One of these words.
    Word(&'static [&'static str]),
}

/// A parameter that may be left out.
pub const fn param(name: &'static str, kind: Kind, about: &'static str) -> Param {
    Param { name, kind, about, needed: false }
}

/// A parameter that must be there.
pub const fn needed(name: &'static str, kind: Kind, about: &'static str) -> Param {
    Param { name, kind, about, needed: true }
}

/// Longest value, in bytes.
pub const LONGEST: usize = 4096;

/// The values that were given, by name; none of them is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given(BTreeMap<&'static str, Vec<String>>);

impl Given {
    /// Reads a query; an empty value counts as none, as forms send it.
    ///
    /// # Errors
    /// Names the parameter that is unknown, there twice, missing, or has a value that cannot be used.
    pub fn read(query: &str, declared: &[Param]) -> Result<Self, Problem> {
        let mut given: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let Some(param) = declared.iter().find(|param| param.name == name) else {
                let names: Vec<&str> = declared.iter().map(|param| param.name).collect();
                let there = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                return Err(Problem::query(format!("there is no parameter '{name}' here; there is {there}")));
            };
            if value.len() > LONGEST {
                return Err(Problem::query(format!("{name} is longer than {LONGEST} bytes")));
            }
            let values = given.entry(param.name).or_default();
            if param.kind == Kind::List {
                let words = value.split(',').map(str::trim).filter(|word| !word.is_empty());
                values.extend(words.map(str::to_owned));
            } else if !value.is_empty() {
                values.push(value.into_owned());
                if values.len() > 1 {
                    return Err(Problem::query(format!("{name} is there several times; give it once")));
                }
            }
        }
        given.retain(|_, values| !values.is_empty());
        let given = Self(given);
        for param in declared {
            given.check(param)?;
        }
        Ok(given)
    }

    fn check(&self, param: &Param) -> Result<(), Problem> {
        let name = param.name;
        let Some(value) = self.one(name) else {
            let missing = || Problem::query(format!("{name} is missing: {}", param.about));
            return if param.needed { Err(missing()) } else { Ok(()) };
        };
        let wrong = |what: String| Err(Problem::query(format!("{name}: '{value}': write {what}")));
        match param.kind {
            Kind::Text | Kind::List => Ok(()),
            Kind::Whole(least, most) if !value.parse().is_ok_and(|n: u32| (least..=most).contains(&n)) => {
                wrong(format!("a whole number from {least} to {most}"))
            }
            Kind::Share if !value.parse().is_ok_and(|n: f64| (0.0..=1.0).contains(&n)) => {
                wrong("a number between 0 and 1, such as 0.2".to_owned())
            }
            Kind::Flag if !matches!(value, "true" | "false") => wrong("true or false".to_owned()),
            Kind::Word(words) if !words.contains(&value) => wrong(words.join(", ")),
            _ => Ok(()),
        }
    }

    /// The value of a parameter.
    pub fn one(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.first().map(String::as_str)
    }

    /// The same for whoever keeps it.
    pub fn own(&self, name: &str) -> Option<String> {
        self.one(name).map(str::to_owned)
    }

    /// All values of a list.
    pub fn list(&self, name: &str) -> Vec<String> {
        self.0.get(name).cloned().unwrap_or_default()
    }

    /// The value of a number.
    pub fn whole(&self, name: &str) -> Option<u32> {
        self.one(name)?.parse().ok()
    }

    /// Whether a flag is up.
    pub fn flag(&self, name: &str) -> bool {
        self.one(name) == Some("true")
    }

    /// The query in one spelling, but for some parameters.
    pub fn without(&self, left_out: &[&str]) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        for (name, values) in self.0.iter().filter(|(name, _)| !left_out.contains(name)) {
            // Only lists have several values, and none of them holds a comma.
            out.append_pair(name, &values.join(","));
        }
        out.finish()
    }
}
