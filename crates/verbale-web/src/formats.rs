//! Formats of an answer, and which of them a request asks for.

use verbale::ledger::list::Format as Listed;

use crate::problem::Problem;

/// How an answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON value; a page of a listing with its cursor.
    Json,
    /// A format of listings; all rows, unless a limit is asked for.
    Rows(Listed),
    /// A page for people.
    Html,
}

impl Format {
    /// JSON alone.
    pub const JSON: &'static [Self] = &[Self::Json];
    /// What every listing has.
    pub const LISTING: &'static [Self] =
        &[Self::Json, Self::Rows(Listed::Jsonl), Self::Rows(Listed::Csv), Self::Rows(Listed::Parquet)];
    /// What a listing of events has.
    pub const EVENTS: &'static [Self] = &[
        Self::Json,
        Self::Rows(Listed::Jsonl),
        Self::Rows(Listed::Csv),
        Self::Rows(Listed::Parquet),
        Self::Rows(Listed::Plover),
        Self::Rows(Listed::Gdelt),
    ];
    /// Lines of JSON beside JSON.
    pub const LINES: &'static [Self] = &[Self::Json, Self::Rows(Listed::Jsonl)];
    /// A page for people.
    pub const HTML: &'static [Self] = &[Self::Html];

    /// The word for the parameter `format`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Rows(listed) => listed.as_str(),
            Self::Html => "html",
        }
    }

    /// Its media type.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Rows(Listed::Jsonl) => "application/x-ndjson",
            Self::Rows(Listed::Csv) => "text/csv; charset=utf-8",
            Self::Rows(Listed::Parquet) => "application/vnd.apache.parquet",
            Self::Rows(Listed::Plover) => "application/vnd.plover+jsonl",
            Self::Rows(Listed::Gdelt) => "text/tab-separated-values; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// Other names that its media type goes by.
    const fn aliases(self) -> &'static [&'static str] {
        match self {
            Self::Rows(Listed::Jsonl) => &["application/jsonl", "application/x-jsonlines"],
            Self::Rows(Listed::Parquet) => &["application/x-parquet"],
            Self::Rows(Listed::Plover) => &["application/vnd.plover+json"],
            _ => &[],
        }
    }

    /// Whether compressing it again saves anything.
    pub const fn is_packed(self) -> bool {
        matches!(self, Self::Rows(Listed::Parquet))
    }

    /// The one that `format=` names, or that `Accept` likes best, the first of equals.
    ///
    /// # Errors
    /// When there is none.
    pub fn choose(there: &[Self], named: Option<&str>, accept: Option<&str>) -> Result<Self, Problem> {
        let words = || there.iter().map(|one| one.as_str()).collect::<Vec<_>>().join(", ");
        if let Some(named) = named {
            let found = there.iter().find(|one| one.as_str() == named);
            return found
                .copied()
                .ok_or_else(|| Problem::query(format!("format: '{named}': there is {} here", words())));
        }
        let accepted = accept.map_or_else(|| "*/*".to_owned(), str::to_ascii_lowercase);
        let mut best: Option<(u32, Self)> = None;
        for one in there {
            let liking = one.liking(&accepted);
            if liking > best.map_or(0, |(liking, _)| liking) {
                best = Some((liking, *one));
            }
        }
        best.map(|(_, one)| one).ok_or_else(|| {
            let types: Vec<&str> = there.iter().map(|one| one.media()).collect();
            Problem::new(
                "not-acceptable",
                format!(
                    "Accept names nothing that there is here: {}; or write format={}",
                    types.join(", "),
                    words()
                ),
            )
        })
    }

    /// How much a header likes it, in thousandths: by the most specific range that it falls in.
    fn liking(self, accepted: &str) -> u32 {
        let media = self.media().split(';').next().unwrap_or_default();
        let family = format!("{}/*", media.split('/').next().unwrap_or_default());
        let mut found = (0, 0);
        for range in accepted.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default();
            let specific = match name {
                "*/*" => 1,
                name if name == family => 2,
                name if name == media || self.aliases().contains(&name) => 3,
                _ => continue,
            };
            let quality =
                parts.find_map(|part| part.strip_prefix("q=")).map_or(Some(1.0), |q| q.parse().ok());
            let quality: f32 = quality.unwrap_or(0.0);
            if specific > found.0 {
                found = (specific, (quality.clamp(0.0, 1.0) * 1000.0) as u32);
            }
        }
        found.1
    }
}

/// Whether a client takes gzip.
pub fn takes_gzip(accepted: Option<&str>) -> bool {
    let Some(accepted) = accepted else { return false };
    let mut found = None;
    for coding in accepted.to_ascii_lowercase().split(',') {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next().unwrap_or_default();
        let refused = parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.parse() == Ok(0.0_f32)));
        match name {
            "gzip" | "x-gzip" => return !refused,
            "*" => found = Some(!refused),
            _ => {}
        }
    }
    found.unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accept_is_read_with_its_qualities() {
        let choose = |accept: &str| Format::choose(Format::EVENTS, None, Some(accept)).map(Format::as_str);
        assert_eq!(choose("*/*"), Ok("json"));
        assert_eq!(choose("text/csv"), Ok("csv"));
        assert_eq!(choose("text/csv;q=0.5, application/vnd.apache.parquet"), Ok("parquet"));
        assert_eq!(choose("application/jsonl"), Ok("jsonl"));
        assert_eq!(choose("application/vnd.plover+json"), Ok("plover"));
        assert_eq!(choose("text/html,application/xhtml+xml,*/*;q=0.8"), Ok("json"));
        assert_eq!(choose("application/json;q=0, */*;q=0.1"), Ok("jsonl"));
        assert!(choose("image/png").is_err());
        assert_eq!(Format::choose(Format::EVENTS, Some("gdelt"), None).map(Format::as_str), Ok("gdelt"));
        assert!(Format::choose(Format::JSON, Some("csv"), None).is_err());
    }

    #[test]
    fn gzip_is_sent_to_who_takes_it() {
        for (accepted, takes) in [
            ("gzip, deflate, br", true),
            ("br;q=1.0, *;q=0.5", true),
            ("gzip;q=0, *", false),
            ("identity", false),
        ] {
            assert_eq!(takes_gzip(Some(accepted)), takes, "{accepted}");
        }
        assert!(!takes_gzip(None));
    }
}
