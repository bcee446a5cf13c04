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
    /// Country and first-level region: two cells of text a row.
    Areas,
    /// [`PlaceRow`]s, each of four cells.
    Places,
    /// Finite-state map: folded name to twice a row of `Places`, or to twice an offset into `Lists` of such rows,
    /// best first, plus one.
    Names,
}

/// How many sections `places.bin` has.
pub const PLACE_SECTIONS: usize = 5;

/// Cells of a row of `PlaceSection::Places`.
pub const PLACE_WIDTH: usize = 4;

/// Cells of a row of `PlaceSection::Areas`.
pub const AREA_WIDTH: usize = 2;

/// A place in 16 bytes. Coordinates keep four decimals; the population keeps three digits at least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceRow {
    /// Offset of its name into the strings, below 2^24.
    pub name: u32,
    /// Row of `Areas`, below 2^13.
    pub area: u32,
    /// Degrees north.
    pub lat: f32,
    /// Degrees east.
    pub lon: f32,
    /// People.
    pub population: u32,
    /// Index into `PlaceKind::ALL`, below 8.
    pub kind: u32,
    /// `GeoNames` id, below 2^24.
    pub geonames: u32,
}

/// Widths of the fields of a [`PlaceRow`], in bits, from the lowest.
const FIELDS: [u32; 8] = [24, 13, 21, 22, 5, 11, 3, 24];

impl PlaceRow {
    /// The cells of this row; none where a field is too large for its place.
    pub fn pack(&self) -> Option<[u32; PLACE_WIDTH]> {
        let exponent = (u32::BITS - self.population.leading_zeros()).saturating_sub(FIELDS[5]);
        let degrees = |value: f32, edge: f64| ((f64::from(value) + edge) * 1e4).round() as u32;
        let fields = [
            self.name,
            self.area,
            degrees(self.lat, 90.0),
            degrees(self.lon, 180.0),
            exponent,
            self.population >> exponent,
            self.kind,
            self.geonames,
        ];
        let mut packed = 0u128;
        for (field, bits) in fields.into_iter().zip(FIELDS).rev() {
            if u64::from(field) >> bits != 0 {
                return None;
            }
            packed = packed << bits | u128::from(field);
        }
        Some([0, 32, 64, 96].map(|shift| (packed >> shift) as u32))
    }

    /// Reads the cells of a row.
    pub fn unpack(cells: [u32; PLACE_WIDTH]) -> Self {
        let mut packed = cells.into_iter().rev().fold(0u128, |packed, cell| packed << 32 | u128::from(cell));
        let [name, area, lat, lon, exponent, mantissa, kind, geonames] = FIELDS.map(|bits| {
            let field = (packed & ((1 << bits) - 1)) as u32;
            packed >>= bits;
            field
        });
        let degrees = |field: u32, edge: f64| (f64::from(field) / 1e4 - edge) as f32;
        Self {
            name,
            area,
            lat: degrees(lat, 90.0),
            lon: degrees(lon, 180.0),
            population: mantissa << exponent.min(21),
            kind,
            geonames,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PlaceRow;

    #[test]
    fn a_place_comes_back_as_it_was() {
        for (lat, lon, population) in [(34.5281, 69.1723, 1999), (-90.0, 180.0, 0), (90.0, -180.0, 12)] {
            let row = PlaceRow { name: 77, area: 8191, lat, lon, population, kind: 5, geonames: 1_138_958 };
            assert_eq!(PlaceRow::unpack(row.pack().unwrap()), row);
        }
        let large =
            PlaceRow { name: 1, area: 1, lat: 1.5, lon: 2.5, population: u32::MAX, kind: 0, geonames: 1 };
        let kept = PlaceRow::unpack(large.pack().unwrap()).population;
        assert!(u32::MAX - kept < u32::MAX / 1000);
        assert_eq!(PlaceRow { area: 8192, ..large }.pack(), None);
    }
}
