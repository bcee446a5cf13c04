//! Likeness of documents: canonical addresses, near-copies and wire copies, stories.
#![allow(missing_docs)]
use verbale_model::{Mention, Report};
pub fn canonical(url: &str) -> String {
    url.trim().to_owned()
}
#[derive(Clone, Debug)]
pub struct Sketch(u64);
pub struct Likeness {
    pub score: f32,
    pub reason: String,
}
impl Sketch {
    pub fn new(report: &Report, _: &[Mention]) -> Self {
        Self(report.text.bytes().fold(7, |a: u64, b| a.wrapping_mul(31).wrapping_add(u64::from(b))))
    }
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.to_le_bytes().to_vec()
    }
    pub fn from_bytes(b: &[u8]) -> Option<Self> {
        Some(Self(u64::from_le_bytes(b.try_into().ok()?)))
    }
    pub fn family_keys(&self) -> Vec<u64> {
        vec![self.0]
    }
    pub fn story_keys(&self) -> Vec<u64> {
        vec![self.0]
    }
}
pub fn same_family(a: &Sketch, b: &Sketch) -> Option<Likeness> {
    (a.0 == b.0).then(|| Likeness { score: 1.0, reason: "same".to_owned() })
}
pub fn same_story(a: &Sketch, b: &Sketch) -> Option<Likeness> {
    same_family(a, b)
}
pub fn groups(n: usize, _: &[(usize, usize, f32)]) -> Vec<Vec<usize>> {
    vec![(0..n).collect()]
}
