//! Tab-separated sources, with a finding for every row that cannot be used.

use std::path::{Path, PathBuf};

/// What is wrong in the sources, as `file:line: message`.
#[derive(Debug, Default)]
pub struct Findings(pub Vec<String>);

/// One row of a table.
#[derive(Debug, Clone)]
pub struct Row {
    /// The file, relative to `data/`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    cells: Vec<String>,
}

impl Findings {
    /// Notes something wrong with a row.
    pub fn add(&mut self, row: &Row, message: &str) {
        self.0.push(format!("{}:{}: {message}", row.file, row.line));
    }
}

impl Row {
    /// A cell; empty when unknown.
    pub fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", String::as_str)
    }

    /// A cell, if it holds something.
    pub fn known(&self, index: usize) -> Option<String> {
        Some(self.cell(index)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    /// The values of a cell that holds several.
    pub fn several(&self, index: usize) -> Vec<String> {
        self.cell(index)
            .split('|')
            .map(str::trim)
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
            .collect()
    }
}

/// The rows of a table, whose header must be `columns`; rows with another number of cells are findings.
pub fn rows(data: &Path, file: &str, columns: &[&str], findings: &mut Findings) -> Vec<Row> {
    let text = match std::fs::read_to_string(data.join(file)) {
        Ok(text) => text,
        Err(error) => {
            findings.0.push(format!("{file}:1: cannot be read ({error}); add it"));
            return Vec::new();
        }
    };
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let cells: Vec<String> = line.split('\t').map(|cell| cell.trim().to_owned()).collect();
        let row = Row { file: file.to_owned(), line: at + 1, cells };
        if at == 0 {
            if row.cells != columns {
                findings.add(&row, &format!("the header must be {}, separated by TAB", columns.join(", ")));
            }
        } else if row.cells.len() == columns.len() {
            found.push(row);
        } else if !line.trim().is_empty() {
            findings.add(&row, &format!("{} columns where {} belong", row.cells.len(), columns.len()));
        }
    }
    found
}

/// The files of a folder with an ending, sorted, relative to `data/`.
pub fn files(data: &Path, folder: &str, ending: &str) -> Vec<String> {
    let entries = std::fs::read_dir(data.join(folder)).into_iter().flatten().flatten();
    let paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    let mut names: Vec<String> = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|own| own == ending))
        .filter_map(|path| Some(format!("{folder}/{}", path.file_name()?.to_str()?)))
        .collect();
    names.sort();
    names
}
