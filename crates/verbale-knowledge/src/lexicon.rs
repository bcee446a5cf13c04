//! The words offices are made of, as `data/offices/lexicon.toml` has them. Its comments say what each part means.

use verbale_model::ontology::Sector;

/// The office lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfficeLexicon {
    /// Heads: president, minister, envoy.
    pub heads: &'static [Head],
    /// Portfolios with their canonical names.
    pub domains: &'static [Domain],
    /// Nouns of institutions: ministry, embassy.
    pub bodies: &'static [Institution],
    /// Words before a head, by what they change: `former`, `acting`, `deputy`, …
    pub modifiers: &'static [Group],
    /// Words before a name that are no office: `plain`, `courtesy`, `academic`, …
    pub honorifics: &'static [Group],
    /// Short forms before a name that stand for an office: `Gen.` for general.
    pub honorific_offices: &'static [Pair],
    /// Words after a name.
    pub suffixes: &'static [&'static str],
    /// Other spellings of an office, to the one used in records.
    pub canonical: &'static [Pair],
    /// Plurals whose singular no rule gives.
    pub plurals: &'static [Pair],
    /// The organisation that an office of a kind implies; `{topic}` stands for the portfolio.
    pub organisation_by_kind: &'static [Pair],
    /// The organisation that a portfolio implies.
    pub organisation_by_topic: &'static [Pair],
    /// The organisation that an office implies, by `CODE:office`.
    pub organisation_by_office: &'static [Pair],
}

/// A text and what it stands for.
pub type Pair = (&'static str, &'static str);

/// Words of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    /// What the group is called.
    pub name: &'static str,
    /// Its words.
    pub words: &'static [&'static str],
}

/// A head of an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// What it is called.
    pub words: &'static [&'static str],
    /// What sort of office it is.
    pub kind: &'static str,
    /// 1 heads of state and government to 9 private; `data/offices/lexicon.toml` has the scale.
    pub level: u8,
    /// Sector of somebody who serves in it.
    pub sector: Sector,
    /// The portfolio it names already; empty when it names none.
    pub topic: &'static str,
    /// Whether it may stand directly before a name.
    pub title: bool,
    /// Whether it names many people at once.
    pub group: bool,
    /// Whether its holder speaks for a state or organisation.
    pub serves: bool,
    /// Level of a deputy.
    pub deputy_level: u8,
    /// What a complement says, by preposition: `("of", "side")`.
    pub complements: &'static [Pair],
}

/// A portfolio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Domain {
    /// Canonical name.
    pub topic: &'static str,
    /// As it stands in offices.
    pub words: &'static [&'static str],
}

/// A noun of institutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Institution {
    /// What it is called.
    pub words: &'static [&'static str],
    /// What sort of body it is.
    pub kind: &'static str,
    /// Level of somebody who speaks for it.
    pub level: u8,
    /// Sector.
    pub sector: Sector,
    /// Its portfolio; empty when it names none.
    pub topic: &'static str,
    /// Its proper name; empty when it has none.
    pub named: &'static str,
    /// What a complement says, by preposition.
    pub complements: &'static [Pair],
}
