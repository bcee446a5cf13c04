//! Text on a chart: where it stands, how much room it takes, where its lines break.

use maud::{Markup, html};

use super::units;
use crate::safe::line;

/// Text at a place.
#[derive(Debug, Clone, Copy)]
pub struct Text {
    x: f64,
    y: f64,
    anchor: &'static str,
    class: &'static str,
}

impl Text {
    /// Text that begins at a place; `y` is its base line.
    pub const fn at(x: f64, y: f64) -> Self {
        Self { x, y, anchor: "start", class: "label" }
    }

    /// Centred there.
    pub const fn middle(mut self) -> Self {
        self.anchor = "middle";
        self
    }

    /// Ending there.
    pub const fn end(mut self) -> Self {
        self.anchor = "end";
        self
    }

    /// With other looks.
    pub const fn class(mut self, class: &'static str) -> Self {
        self.class = class;
        self
    }

    /// Writes it; harmful characters are spelled out.
    pub fn write(self, text: &str) -> Markup {
        html! {
            text x=(units(self.x)) y=(units(self.y)) class=(self.class) text-anchor=(self.anchor) { (line(text)) }
        }
    }
}

/// About how wide a text is in a font without serifs of this size; rather more than less.
pub fn width(text: &str, size: f64) -> f64 {
    let of = |c: char| match c {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | ' ' | '[' | ']' => {
            0.31
        }
        'f' | 't' | 'r' | '-' => 0.38,
        'm' | 'w' | 'M' | 'W' | '%' | '—' | '…' => 0.88,
        c if c.is_ascii_uppercase() => 0.68,
        c if c.is_ascii() => 0.57,
        // Wide scripts: from Hangul on.
        '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{ffdc}' | '\u{20000}'..='\u{3ffff}' => 1.0,
        _ => 0.62,
    };
    text.chars().map(of).sum::<f64>() * size
}

/// The text, shortened until it fits.
pub fn fit(text: &str, room: f64, size: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        short.push(c);
        if width(&short, size) + 0.9 * size > room {
            short.pop();
            break;
        }
    }
    format!("{}…", short.trim_end())
}

/// The text in lines that fit.
pub fn wrap(text: &str, room: f64, size: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(last) if width(last, size) + width(word, size) + 0.3 * size <= room => {
                last.push(' ');
                last.push_str(word);
            }
            _ => lines.push(fit(word, room, size)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fits_its_room() {
        assert_eq!(fit("Russia", 100.0, 12.0), "Russia");
        let short = fit("United Kingdom of Great Britain", 80.0, 12.0);
        assert!(short.ends_with('…') && width(&short, 12.0) <= 80.0, "{short}");
        let lines = wrap("It would be settled by 93 more events", 100.0, 12.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 12.0) <= 100.0));
        assert_eq!(lines.join(" "), "It would be settled by 93 more events");
        assert!(wrap("", 10.0, 12.0).is_empty());
    }
}
