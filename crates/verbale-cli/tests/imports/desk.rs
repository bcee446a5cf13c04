//! A ledger under test with the tables that come into it, and what stands in it afterwards.

use std::fmt::Write as _;

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;

use crate::binary::{Folder, Ran, verbale};

/// A ledger and a folder for tables.
pub struct Desk {
    pub folder: Folder,
    /// Path of the ledger.
    pub ledger: String,
}

impl Desk {
    /// Nothing is there yet.
    pub fn new() -> Self {
        let folder = Folder::new();
        let ledger = folder.path("ledger.db");
        Self { folder, ledger }
    }

    /// Runs a command on the ledger.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        verbale(&[arguments, &["-l", &self.ledger]].concat())
    }

    /// Imports a file of this name and these bytes, and demands that all of it is read.
    #[track_caller]
    pub fn take(&self, format: &str, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let ran = self.run(&["import", format, &self.folder.file(name, bytes)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        ran.err
    }

    /// The same with options, and the code and words with which it ends.
    pub fn try_take(&self, format: &str, name: &str, bytes: impl AsRef<[u8]>, options: &[&str]) -> Ran {
        let file = self.folder.file(name, bytes);
        self.run(&[&["import", format, &file], options].concat())
    }

    /// What a command prints with `--json`.
    #[track_caller]
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(&[arguments, &["--json"]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        serde_json::from_str(&ran.out).unwrap()
    }

    /// All events as lines: id, days, type, mode, code, status | who > whom | scores, class, counts | where | address.
    #[track_caller]
    pub fn events(&self) -> Vec<String> {
        self.sql(
            "SELECT id || ' ' || first_day || iif(last_day > first_day, '/' || last_day, '') || ' ' ||
               concat_ws(' ', event_type, mode, cameo, status),
               concat_ws(' ', state, name) ||
                 CASE way WHEN 1 THEN ' > ' WHEN 2 THEN ' < ' ELSE ' = ' END || concat_ws(' ', other_state, other_name),
               concat_ws(' ', goldstein, score, quad, mentions, sources, articles),
               concat_ws(' ', place, country, lat, lon), address
             FROM foreign_listing ORDER BY id, first_day, name",
        )
    }

    /// Rows that a query finds, their cells with bars between them; empty where there is no ledger.
    #[track_caller]
    pub fn sql(&self, query: &str) -> Vec<String> {
        let connection = Connection::open(&self.ledger).unwrap();
        let mut statement = connection.prepare(query).unwrap();
        let width = statement.column_count();
        let rows = statement.query_map([], |row| {
            let mut line = String::new();
            for at in 0..width {
                let bar = if at > 0 { " | " } else { "" };
                let _ = match row.get_ref(at)? {
                    ValueRef::Null => write!(line, "{bar}"),
                    ValueRef::Integer(number) => write!(line, "{bar}{number}"),
                    ValueRef::Real(number) => write!(line, "{bar}{number}"),
                    other => write!(line, "{bar}{}", other.as_str().unwrap()),
                };
            }
            Ok(line)
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// These rows by line, what was expected and what was got.
    #[track_caller]
    pub fn refused(&self) -> Vec<String> {
        let shown = |one: &Value| format!("{} {} {}", one["line"], one["expected"], one["got"]);
        self.rejects().iter().map(shown).collect()
    }

    /// The rows that a refusing import wrote to the folder `rejects`.
    #[track_caller]
    pub fn rejects(&self) -> Vec<Value> {
        let mut found = Vec::new();
        let mut files: Vec<_> = std::fs::read_dir(self.folder.path("rejects"))
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(file).unwrap();
            found.extend(text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()));
        }
        found
    }
}

/// Cells with tabs between them.
pub fn tabbed(cells: &[&str]) -> String {
    cells.join("\t") + "\n"
}
