//! How the embedded files are laid out; the compiler (`cargo xtask data`) and the reader share it.
//!
//! A file is [`MAGIC`], the number of sections, and for each section its offset and length, all `u32` little endian;
//! then the sections. A row is a fixed number of `u32` cells. A cell that holds text is an offset into the section
//! of strings, where a `u16` length stands before the UTF-8; [`NONE`] means unknown. A list is an offset into the
//! section of lists, where a `u32` length stands before the members.

/// First bytes of every embedded file.
pub const MAGIC: [u8; 4] = *b"VBK1";

/// A cell that holds nothing.
pub const NONE: u32 = u32::MAX;

/// Sections of `knowledge.bin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// Length-prefixed texts.
    Strings,
    /// Length-prefixed runs of `u32`.
    Lists,
    /// code, iso2, name, official, status, capital, seat of government, wikidata; sorted by code.
    States,
    /// id, state, name, from, to, sector (index of the ontology); sorted by id.
    Authorities,
    /// id, code, name, acronym, wikidata, members (list of texts); sorted by id.
    Organisations,
    /// id, name, state, sector, kind; sorted by id.
    Bodies,
    /// id, name, wikidata, first occupancy, number of occupancies; sorted by id.
    People,
    /// office, state or organisation, from, to, whether the end is known (0 or 1).
    Occupancies,
    /// recogniser, recognised, kind, stance, from, to, source; sorted by recognised, then recogniser.
    Recognitions,
    /// Finite-state map: folded name to an offset into `Postings`.
    Names,
    /// `u16` count, then for each reading: entity tag, kind, cased, zero (a byte each), row (`u32`).
    Postings,
    /// Finite-state map: folded last name to an offset into `Lists` of rows of `People`.
    Surnames,
    /// Finite-state map: `profile TAB entity` to an offset into `Strings`.
    Profiles,
}

/// How many sections `knowledge.bin` has.
pub const SECTIONS: usize = 13;

/// Cells of a row, by section.
pub const fn width(section: Section) -> usize {
    match section {
        Section::States => 8,
        Section::Recognitions => 7,
        Section::Authorities | Section::Organisations => 6,
        Section::Bodies | Section::People | Section::Occupancies => 5,
        _ => 1,
    }
}

/// Sections of `places.bin`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceSection {
    /// Length-prefixed texts.
    Strings,
    /// Length-prefixed runs of `u32`.
    Lists,
    /// name, country, admin1, latitude and longitude (bits of an `f32`), population, kind, `GeoNames` id.
    Places,
    /// Finite-state map: folded name to an offset into `Lists` of rows of `Places`, best first.
    Names,
}

/// How many sections `places.bin` has.
pub const PLACE_SECTIONS: usize = 4;

/// Cells of a row of `PlaceSection::Places`.
pub const PLACE_WIDTH: usize = 8;
