//! Writing the embedded files, in the layout that `verbale-knowledge` reads.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use verbale_knowledge::layout::{MAGIC, NONE};

/// Sections 0 and 1 of a file: every text and every list once.
#[derive(Debug, Default)]
pub struct Pool {
    strings: Vec<u8>,
    known: BTreeMap<String, u32>,
    lists: Vec<u8>,
    known_lists: BTreeMap<Vec<u32>, u32>,
}

impl Pool {
    /// The cell of a text.
    pub fn text(&mut self, text: &str) -> u32 {
        if let Some(offset) = self.known.get(text) {
            return *offset;
        }
        let offset = self.strings.len() as u32;
        let length = text.len().min(usize::from(u16::MAX)) as u16;
        self.strings.extend(length.to_le_bytes());
        self.strings.extend(&text.as_bytes()[..usize::from(length)]);
        self.known.insert(text.to_owned(), offset);
        offset
    }

    /// The cell of a text that may be unknown.
    pub fn known(&mut self, text: Option<&str>) -> u32 {
        text.map_or(NONE, |text| self.text(text))
    }

    /// The cell of a list.
    pub fn list(&mut self, members: &[u32]) -> u32 {
        if let Some(offset) = self.known_lists.get(members) {
            return *offset;
        }
        let offset = self.lists.len() as u32;
        self.lists.extend((members.len() as u32).to_le_bytes());
        self.lists.extend(members.iter().flat_map(|member| member.to_le_bytes()));
        self.known_lists.insert(members.to_vec(), offset);
        offset
    }

    /// The two sections.
    pub fn sections(self) -> [Vec<u8>; 2] {
        [self.strings, self.lists]
    }
}

/// Rows of cells, one after the other.
pub fn rows<const N: usize>(rows: impl IntoIterator<Item = [u32; N]>) -> Vec<u8> {
    rows.into_iter().flatten().flat_map(u32::to_le_bytes).collect()
}

/// A finite-state map.
pub fn map(entries: &BTreeMap<String, u32>) -> Result<Vec<u8>> {
    let mut builder = fst::MapBuilder::memory();
    for (key, value) in entries {
        builder.insert(key, u64::from(*value)).with_context(|| key.clone())?;
    }
    Ok(builder.into_inner()?)
}

/// The whole file.
pub fn file(sections: &[Vec<u8>]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend((sections.len() as u32).to_le_bytes());
    let mut offset = 8 + sections.len() * 8;
    for section in sections {
        out.extend((offset as u32).to_le_bytes());
        out.extend((section.len() as u32).to_le_bytes());
        offset += section.len();
    }
    out.extend(sections.iter().flatten());
    out
}
