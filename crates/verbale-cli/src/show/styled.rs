//! Text in which every character has a look, cut into lines of a width.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;
use verbale_page::safe::is_harmful;

/// How a character is shown. Later ones win where spans overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Look {
    /// As it is.
    #[default]
    Plain,
    /// Of little weight.
    Dim,
    /// Of some weight.
    Strong,
    /// A word of what it was about.
    About,
    /// A word of where.
    Where,
    /// A word of when.
    When,
    /// A word of who.
    Who,
    /// A word that tells of the event.
    What,
}

impl Look {
    /// The terminal's colours (Select Graphic Rendition).
    pub fn colour(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Dim => "\x1b[2m",
            Self::Strong => "\x1b[1m",
            Self::About => "\x1b[4;34m",
            Self::Where => "\x1b[4;35m",
            Self::When => "\x1b[4;32m",
            Self::Who => "\x1b[4;36m",
            Self::What => "\x1b[1;4;33m",
        }
    }

    /// The mark on the line below, where there is no colour.
    pub fn mark(self) -> char {
        match self {
            Self::Plain | Self::Dim | Self::Strong => ' ',
            Self::About => '.',
            Self::Where => '~',
            Self::When => '=',
            Self::Who => '-',
            Self::What => '^',
        }
    }
}

/// Text with looks; harmful characters are spelled out as they come in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Styled(Vec<(char, Look)>);

impl Styled {
    /// Text of one look.
    pub fn of(text: &str, look: Look) -> Self {
        let mut styled = Self::default();
        styled.push(text, look);
        styled
    }

    /// Text as it is.
    pub fn plain(text: &str) -> Self {
        Self::of(text, Look::Plain)
    }

    /// Appends text; any white space becomes a space.
    pub fn push(&mut self, text: &str, look: Look) {
        for c in text.chars() {
            self.push_char(c, look);
        }
    }

    /// Appends a character; white space becomes a space, and runs of it one.
    pub fn push_char(&mut self, c: char, look: Look) {
        if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' {
            if self.0.last().is_none_or(|(last, _)| *last != ' ') {
                self.0.push((' ', look));
            }
        } else if is_harmful(c) {
            let mut spelled = String::new();
            let _ = write!(spelled, "<U+{:04X}>", c as u32);
            self.0.extend(spelled.chars().map(|c| (c, look)));
        } else {
            self.0.push((c, look));
        }
    }

    /// Appends other text.
    pub fn append(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
    }

    /// Appends spaces up to a column.
    pub fn pad(&mut self, column: usize) {
        let missing = column.saturating_sub(self.width());
        self.0.extend(std::iter::repeat_n((' ', Look::Plain), missing));
    }

    /// The text without spaces at its end.
    pub fn trimmed(self) -> Self {
        Self(trim(self.0))
    }

    /// Columns it takes on one line.
    pub fn width(&self) -> usize {
        self.0.iter().map(|(c, _)| c.width().unwrap_or(0)).sum()
    }

    /// Lines of at most `width` columns, broken at spaces, and inside a word only if it is longer than
    /// a line.
    pub fn wrap(&self, width: usize) -> Vec<Self> {
        let width = width.max(8);
        let mut lines = Vec::new();
        let (mut line, mut columns): (Vec<(char, Look)>, usize) = (Vec::new(), 0);
        for word in self.0.split_inclusive(|(c, _)| *c == ' ') {
            let long: usize =
                word.iter().filter(|(c, _)| *c != ' ').map(|(c, _)| c.width().unwrap_or(0)).sum();
            if columns > 0 && columns + long > width {
                lines.push(Self(trim(std::mem::take(&mut line))));
                columns = 0;
            }
            for &(c, look) in word {
                let one = c.width().unwrap_or(0);
                if c != ' ' && columns + one > width {
                    lines.push(Self(std::mem::take(&mut line)));
                    columns = 0;
                }
                line.push((c, look));
                columns += one;
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(Self(trim(line)));
        }
        lines
    }

    /// The line with the terminal's colours.
    pub fn coloured(&self) -> String {
        let mut out = String::new();
        for run in self.0.chunk_by(|a, b| a.1 == b.1) {
            let colour = run[0].1.colour();
            out.push_str(colour);
            out.extend(run.iter().map(|(c, _)| *c));
            if !colour.is_empty() {
                out.push_str("\x1b[0m");
            }
        }
        out
    }

    /// The line without colours.
    pub fn text(&self) -> String {
        self.0.iter().map(|(c, _)| *c).collect()
    }

    /// The marks that stand below the line, if it has any.
    pub fn marks(&self) -> Option<String> {
        let mut out = String::new();
        for (c, look) in &self.0 {
            out.extend(std::iter::repeat_n(look.mark(), c.width().unwrap_or(0)));
        }
        let out = out.trim_end();
        (!out.is_empty()).then(|| out.to_owned())
    }
}

fn trim(mut line: Vec<(char, Look)>) -> Vec<(char, Look)> {
    while line.last().is_some_and(|(c, _)| *c == ' ') {
        line.pop();
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        Styled::plain(text).wrap(width).iter().map(Styled::text).collect()
    }

    #[test]
    fn lines_break_at_spaces_and_fit() {
        assert_eq!(lines("the two sides met", 8), ["the two", "sides", "met"]);
        assert_eq!(lines("antidisestablishment", 8), ["antidise", "stablish", "ment"]);
        assert_eq!(lines("", 8), [""]);
        assert_eq!(lines("北京 北京 北京", 9), ["北京 北京", "北京"]);
    }

    #[test]
    fn marks_stand_below_their_words() {
        let mut styled = Styled::plain("北 ");
        styled.push("met", Look::What);
        styled.push(" him", Look::Plain);
        assert_eq!(styled.marks().as_deref(), Some("   ^^^"));
        assert_eq!(Styled::plain("x").marks(), None);
        assert_eq!(Styled::of("a\u{1b}", Look::Strong).coloured(), "\x1b[1ma<U+001B>\x1b[0m");
    }
}
