//! Reading the embedded files in place: sections, rows, texts and lists.

use fst::Map;

use crate::layout::{MAGIC, NONE};

/// An embedded file. Reading outside its bounds gives empty answers, never a panic.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Blob {
    bytes: &'static [u8],
}

/// One row of `u32` cells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    blob: Blob,
    cells: &'static [u8],
}

/// A finite-state map from folded names to offsets; one that cannot be read holds nothing.
#[derive(Debug)]
pub(crate) struct Index {
    map: Option<Map<&'static [u8]>>,
}

impl Blob {
    /// Takes a file in; a file that is none of ours reads as empty.
    pub(crate) fn new(bytes: &'static [u8]) -> Self {
        Self { bytes: if bytes.starts_with(&MAGIC) { bytes } else { &[] } }
    }

    pub(crate) fn section(self, index: usize) -> &'static [u8] {
        let header = 8 + index * 8;
        let (start, length) = (cell(self.bytes, header), cell(self.bytes, header + 4));
        self.bytes.get(start as usize..(start as usize).saturating_add(length as usize)).unwrap_or_default()
    }

    /// The number of rows of a section.
    pub(crate) fn rows(self, section: usize, width: usize) -> u32 {
        (self.section(section).len() / (width * 4)) as u32
    }

    pub(crate) fn row(self, section: usize, width: usize, index: u32) -> Row {
        let start = index as usize * width * 4;
        Row { blob: self, cells: self.section(section).get(start..start + width * 4).unwrap_or_default() }
    }

    /// The text at an offset of section 0; empty for [`NONE`].
    pub(crate) fn text(self, offset: u32) -> &'static str {
        if offset == NONE {
            return "";
        }
        let strings = self.section(0);
        let start = offset as usize + 2;
        let length = strings
            .get(offset as usize..start)
            .map_or(0, |bytes| usize::from(bytes[0]) | usize::from(bytes[1]) << 8);
        strings
            .get(start..start + length)
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .unwrap_or_default()
    }

    /// The members of the list at an offset of section 1.
    pub(crate) fn list(self, offset: u32) -> impl Iterator<Item = u32> + use<> {
        let lists = self.section(1);
        let start = offset as usize + 4;
        let length = if offset == NONE { 0 } else { cell(lists, offset as usize) as usize };
        lists.get(start..start + length * 4).unwrap_or_default().chunks_exact(4).map(|bytes| cell(bytes, 0))
    }

    /// A finite-state map kept in a section.
    pub(crate) fn index(self, section: usize) -> Index {
        Index { map: Map::new(self.section(section)).ok() }
    }
}

impl Row {
    /// A cell; [`NONE`] when there is no such row.
    pub(crate) fn cell(self, index: usize) -> u32 {
        if self.cells.is_empty() { NONE } else { cell(self.cells, index * 4) }
    }

    /// The text of a cell; empty when unknown.
    pub(crate) fn text(self, index: usize) -> &'static str {
        self.blob.text(self.cell(index))
    }

    /// The text of a cell, if known.
    pub(crate) fn known(self, index: usize) -> Option<&'static str> {
        match self.cell(index) {
            NONE => None,
            offset => Some(self.blob.text(offset)),
        }
    }
}

fn cell(bytes: &[u8], at: usize) -> u32 {
    match bytes.get(at..at.saturating_add(4)) {
        Some(&[a, b, c, d]) => u32::from_le_bytes([a, b, c, d]),
        _ => 0,
    }
}

impl Index {
    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<u32> {
        self.map.as_ref()?.get(key).map(|value| value as u32)
    }

    /// Whether a key starts with these whole words.
    pub(crate) fn has_prefix(&self, words: &str) -> bool {
        let Some(map) = &self.map else { return false };
        let fst = map.as_fst();
        let mut node = fst.root();
        for byte in words.bytes() {
            let Some(at) = node.find_input(byte) else { return false };
            node = fst.node(node.transition(at).addr);
        }
        // The next byte must not go on with the last word.
        node.is_final()
            || node.transitions().any(|next| !(next.inp.is_ascii_alphanumeric() || next.inp >= 0x80))
    }
}
