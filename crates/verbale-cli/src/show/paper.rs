//! The sheet that cards are written on: width, colour, labels.

use std::io::IsTerminal as _;

use super::harmless;
use super::styled::{Look, Styled};

/// Columns of labels.
const LABEL: usize = 13;

/// What the output can show.
#[derive(Debug, Clone, Copy)]
pub struct Screen {
    /// Columns.
    pub width: usize,
    /// Whether colours and underlines work.
    pub colour: bool,
}

/// What the marks below words mean, where there is no colour.
pub const LEGEND: &str =
    "The marks below the words: ^ what happened, - who, = when, ~ where, . about what.\n\n";

impl Screen {
    /// Standard output: its width if it is a terminal, else 100 columns without colour.
    pub fn of_stdout() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let width = terminal_size::terminal_size()
            .filter(|_| terminal)
            .map_or(100, |(width, _)| usize::from(width.0));
        Self { width: width.clamp(60, 120), colour: terminal && !set("NO_COLOR") && !dumb }
    }
}

/// Text that grows from top to bottom.
pub struct Paper {
    screen: Screen,
    out: String,
}

impl Paper {
    /// An empty sheet.
    pub fn new(screen: Screen) -> Self {
        Self { screen, out: String::new() }
    }

    /// What was written.
    pub fn finish(self) -> String {
        self.out
    }

    /// Columns to the right of labels.
    pub fn columns(&self) -> usize {
        self.screen.width.saturating_sub(LABEL)
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.out.push('\n');
    }

    /// A paragraph from `indent` on.
    pub fn put(&mut self, indent: usize, text: &Styled) {
        for line in text.wrap(self.screen.width.saturating_sub(indent)) {
            self.line(&" ".repeat(indent), &line);
        }
    }

    /// A line whose spaces stay as they are.
    pub fn fixed(&mut self, indent: usize, line: &str) {
        self.out.push_str(&" ".repeat(indent));
        self.out.push_str(&harmless(line));
        self.out.push('\n');
    }

    /// A label and, to its right, a paragraph.
    pub fn field(&mut self, label: &str, text: &Styled) {
        let lines = text.wrap(self.columns());
        self.rows(label, &lines);
    }

    /// A label and, to its right, lines that fit.
    pub fn rows(&mut self, label: &str, lines: &[Styled]) {
        let mut text = Styled::default();
        text.pad(2);
        text.push(label, Look::Dim);
        let label = text;
        let head = if self.screen.colour { label.coloured() } else { label.text() };
        let pad = " ".repeat(LABEL.saturating_sub(label.width()));
        for (at, line) in lines.iter().enumerate() {
            let before = if at == 0 { format!("{head}{pad}") } else { " ".repeat(LABEL) };
            self.line(&before, line);
        }
    }

    fn line(&mut self, before: &str, line: &Styled) {
        if self.screen.colour {
            self.out.push_str(before);
            self.out.push_str(&line.coloured());
        } else {
            self.out.push_str(format!("{before}{}", line.text()).trim_end());
            if let Some(marks) = line.marks() {
                // Without colour the label is plain ASCII, so that its length is its width.
                self.out.push('\n');
                self.out.push_str(&" ".repeat(before.len()));
                self.out.push_str(&marks);
            }
        }
        self.out.push('\n');
    }
}
