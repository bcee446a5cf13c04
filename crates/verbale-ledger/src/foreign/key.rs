//! Under which states an event lies in the file.

/// A code of three letters: a state, or an organisation as PLOVER has it. Empty where there is none.
pub type Code = [u8; 3];

/// The states of an event, by which the store finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pair {
    /// At most two, in the order of the alphabet; none is the empty code, which comes first.
    Of(Option<Code>, Option<Code>),
    /// Three or more.
    Many,
}

impl Pair {
    /// Of the states of all participants.
    pub fn new(states: impl IntoIterator<Item = Option<Code>>) -> Self {
        let (mut low, mut high): (Option<Code>, Option<Code>) = (None, None);
        let mut seen = 0;
        for state in states {
            seen += 1;
            let Some(code) = state else { continue };
            match (low, high) {
                (None, None) => high = Some(code),
                (None, Some(one)) if one != code => (low, high) = (Some(one.min(code)), Some(one.max(code))),
                (Some(one), Some(two)) if one != code && two != code => return Self::Many,
                _ => {}
            }
        }
        // Two of one state act on each other; one alone has nobody beside it.
        if low.is_none() && seen > 1 && high.is_some() {
            return Self::Of(None, high);
        }
        Self::Of(low, high)
    }

    /// As the store writes it: `one` and `two`.
    pub fn words(&self) -> (&str, &str) {
        match self {
            Self::Of(one, two) => (word(one.as_ref()), word(two.as_ref())),
            Self::Many => ("+", "+"),
        }
    }
}

fn word(code: Option<&Code>) -> &str {
    code.and_then(|code| std::str::from_utf8(code).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_lie_in_the_order_of_the_alphabet() {
        let pair = |codes: &[&[u8; 3]]| Pair::new(codes.iter().map(|code| Some(**code)));
        assert_eq!(pair(&[b"USA", b"AFG"]).words(), ("AFG", "USA"));
        assert_eq!(pair(&[b"AFG", b"USA", b"USA"]).words(), ("AFG", "USA"));
        assert_eq!(pair(&[b"AFG"]).words(), ("", "AFG"));
        assert_eq!(pair(&[b"AFG", b"AFG"]).words(), ("", "AFG"));
        assert_eq!(pair(&[b"AFG", b"USA", b"RUS"]), Pair::Many);
        assert_eq!(Pair::new([None, Some(*b"AFG")]).words(), ("", "AFG"));
        assert_eq!(Pair::new([None, None]).words(), ("", ""));
    }
}
