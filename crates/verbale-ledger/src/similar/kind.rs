//! What documents are alike in, copies or stories: by which keys they are found, how many are compared, what is a group.

use super::{Likeness, Sketch, groups, same_family, same_story, unions};
use crate::candidates::OF_HOT;

/// Reports compared with a new one: those that share most keys with it, the newest of equals.
const COMPARED: usize = 48;

/// Texts compared with a new one: copies share nearly all keys, and stand at the head.
const COMPARED_COPIES: usize = 16;

/// Pairs below this likeness never decide alone that two groups of reports become one (the average
/// likeness of their pairs must reach it), so what hangs together is found without them.
pub const TELLING: f32 = 0.5;

/// What documents are alike in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Copies of one text.
    Family,
    /// Reports about the same happening.
    Story,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Family, Self::Story];

    /// The word as the ledger writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Family => "family",
            Self::Story => "story",
        }
    }

    /// Keys that a document holds.
    pub fn keys(self, sketch: &Sketch) -> Vec<u64> {
        match self {
            Self::Family => sketch.family_keys(),
            Self::Story => sketch.story_keys(),
        }
    }

    /// Keys that others are looked for by; those it holds are among them.
    pub fn probes(self, sketch: &Sketch) -> Vec<u64> {
        match self {
            Self::Family => sketch.family_keys(),
            Self::Story => sketch.story_probes(),
        }
    }

    /// Documents that a hot key leads to.
    pub const fn of_hot(self) -> usize {
        match self {
            Self::Family => OF_HOT,
            Self::Story => 0,
        }
    }

    /// Documents that one is compared with.
    pub const fn compared(self) -> usize {
        match self {
            Self::Family => COMPARED_COPIES,
            Self::Story => COMPARED,
        }
    }

    /// Keys that a document must share with another to be compared with it; two must share what either asks for.
    pub fn least_shared(self, sketch: &Sketch) -> usize {
        match self {
            Self::Family => 1,
            Self::Story => sketch.story_shared(),
        }
    }

    /// Groups of `n` documents. Copies of copies are copies; stories must not chain.
    pub fn groups(self, n: usize, edges: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
        match self {
            Self::Family => unions(n, edges),
            Self::Story => groups(n, edges),
        }
    }

    /// Whether all that hangs together is one group, and must be looked at whole.
    pub const fn whole(self) -> bool {
        matches!(self, Self::Family)
    }

    /// How alike two documents are, if they are.
    pub fn compare(self, a: &Sketch, b: &Sketch) -> Option<Likeness> {
        match self {
            Self::Family => same_family(a, b),
            Self::Story => same_story(a, b),
        }
    }
}
