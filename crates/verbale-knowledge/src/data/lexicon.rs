use crate::lexicon::*;
pub(crate) static LEXICON: OfficeLexicon = OfficeLexicon { heads: &[], domains: &[], bodies: &[], modifiers: &[], honorifics: &[], honorific_offices: &[], suffixes: &[], canonical: &[], plurals: &[], organisation_by_kind: &[], organisation_by_topic: &[], organisation_by_office: &[] };
