//! Where marks and numbers lead: to an event, or to all events behind a figure; the caller says how.

use std::fmt::Write as _;

use verbale_measure::{Choices, LeftOut};

/// A number of a page, as a key to the events behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure<'a> {
    /// All events that the verdict counts.
    Counted,
    /// Those of them with one power.
    With(&'a str),
    /// Those that do not count, for this reason.
    Apart(LeftOut),
    /// Those that count under other choices; the same with weights and without.
    Specification(Choices),
    /// Those of a period, with one power or with any.
    Period(&'a str, Option<&'a str>),
    /// Those whose date does not say which period they belong to.
    Undated,
    /// Those about a topic, with one power.
    Topic(&'a str, &'a str),
    /// Those with one of all partners.
    Partner(&'a str),
    /// Those at which two of all partners were.
    Together(&'a str, &'a str),
}

impl Figure<'_> {
    /// The figure as a name of ASCII letters, digits, `-` and `_`, different for each: an anchor of a page, or
    /// part of an address.
    pub fn key(self) -> String {
        match self {
            Self::Counted => "counted".to_owned(),
            Self::With(code) => format!("with-{}", plain(code)),
            Self::Apart(reason) => format!("apart-{}", plain(&format!("{reason:?}"))),
            Self::Specification(choices) => {
                let Choices { former, shared, calls, one_sided, .. } = choices;
                let bits = [former, shared, calls, one_sided].map(|on| if on { "1" } else { "0" });
                format!("choices-{}", bits.concat())
            }
            Self::Period(period, None) => format!("in-{}", plain(period)),
            Self::Period(period, Some(code)) => format!("in-{}-with-{}", plain(period), plain(code)),
            Self::Undated => "undated".to_owned(),
            Self::Topic(topic, code) => format!("about-{}-with-{}", plain(topic), plain(code)),
            Self::Partner(code) => format!("partner-{}", plain(code)),
            Self::Together(one, other) => format!("partner-{}-and-{}", plain(one), plain(other)),
        }
    }
}

/// Letters and digits as they are, all else by number, so that no two texts become one.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "_{byte:02x}");
        }
    }
    out
}

/// Says where things lead. `None` leaves a mark or number without a link.
pub trait Links {
    /// Where an event's evidence stands, by the event's id.
    fn event(&self, id: &str) -> Option<String>;

    /// Where the events behind a figure stand.
    fn figure(&self, figure: Figure<'_>) -> Option<String>;
}

/// No links: a chart that stands alone.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unlinked;

impl Links for Unlinked {
    fn event(&self, _: &str) -> Option<String> {
        None
    }

    fn figure(&self, _: Figure<'_>) -> Option<String> {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_plain_and_different() {
        assert_eq!(Figure::Topic("joint projects", "USA").key(), "about-joint_20projects-with-USA");
        assert_ne!(Figure::Topic("a_b", "X").key(), Figure::Topic("a b", "X").key());
        assert_eq!(Figure::Apart(LeftOut::NotHeld).key(), "apart-NotHeld");
        assert!(
            Figure::With("\"><é")
                .key()
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        );
    }
}
