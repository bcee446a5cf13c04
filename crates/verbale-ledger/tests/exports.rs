//! Exports as files: what `tests/exports/check.py` reads with other tools, and columns as `docs/exports.md` lists them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test says what is wrong by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use verbale_ledger::Entry;
use verbale_ledger::list::{self, DocumentRow, Format, GDELT_COLUMNS, LedgerClaim, schema};

/// Folder for `check.py`: `python tests/exports/check.py target/tmp/exports`.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Invented officials of real offices, with what is awkward to write: formulas, line ends, no date, no place.
fn entry(number: usize) -> Entry {
    let day = 1 + number % 28;
    let dates = [
        format!(r#"{{"edtf": "2025-03-{day:02}", "precision": "day", "method": "stated", "start": 3, "end": 9}}"#),
        r#"{"edtf": "2025-03", "precision": "month", "method": "stated", "start": 0, "end": 5, "in": "title"}"#.to_owned(),
        r#"{"edtf": "[..2025-04-02]", "precision": "none", "method": "none"}"#.to_owned(),
        "null".to_owned(),
    ];
    let places = [
        r#"{"name": "Santiago", "country": "CHL", "geonames": 3871336, "lat": -33.4569, "lon": -70.6483, "start": 40, "end": 48}"#,
        "null",
        r#"{"name": "=Oslo", "country": null, "geonames": null, "lat": null, "lon": null}"#,
    ];
    let words = ["paid a visit,\nhe said", "=met \\\"informally\\\"", "@gov: - talks", "rencontré à Genève"];
    let (date, place, word) = (&dates[number % 4], places[number % 3], words[number % words.len()]);
    let telling = format!("{number:016x}:e1");
    let json = format!(
        r#"{{"id": "{telling}", "event_type": "CONSULT", "mode": "visit", "cameo": "042", "contexts": ["diplomatic"],
        "topics": [{{"text": "copper exports", "topic": "copper_exports", "start": 50, "end": 64}}], "date": {date},
        "place": {place}, "channel": "in_person", "setting": "bilateral", "formality": null, "status": "held",
        "confirmation": {{"state": "one_side", "sides": ["CHL"]}},
        "participants": [{{"name": "Liina Tamberg", "entity": null, "role": "actor", "part": "visitor",
          "office": "foreign minister", "organisation": "Ministry of Foreign Affairs", "side": "EST",
          "nationality": "EST", "sector": "GOV", "serving": true, "level": 2, "start": 4, "end": 17}},
         {{"name": "+Chile", "entity": "Q298", "role": "recipient", "part": null, "office": null, "organisation": null,
          "side": "CHL", "nationality": null, "sector": null, "serving": null, "level": null, "start": 22, "end": 27}}],
        "claims": ["{number:016x}:c1"], "confidence": 0.93, "rule": "consult/visit", "evidence": [{{"start": 18, "end": 21}}],
        "from": {{"date": "{telling}", "participants/0": "{telling}"}},
        "tellings": [{{"id": "{telling}", "outlet": "Gazette", "published": "2025-04-02", "url": null,
          "family": "{number:016x}", "evidence": ["{word}"]}}],
        "documents": 1, "sources": 1, "link_score": 1.0, "link_reasons": [], "differences": [], "superseded": false,
        "review": {{"verdict": "none", "edited": ["date"], "conflicts": []}}}}"#
    );
    let json = json.replace('\n', " ").replace("visit, he", "visit,\\nhe");
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn claim(number: usize) -> LedgerClaim {
    let speaker = r#"{"name": "Rodrigo Fuenzalida", "office": "foreign minister", "organisation": null, "side": "CHL",
        "anonymous": null, "start": 0, "end": 18}"#;
    let quote = r#"{"text": "-a frank talk", "partial": true, "start": 30, "end": 42}"#;
    let (asserter, quote) = if number.is_multiple_of(2) { (speaker, quote) } else { ("null", "null") };
    let json = format!(
        r#"{{"document": "{number:016x}", "outlet": "Gazette", "published": "2025-04", "url": null, "entry": null,
        "content_text": "=they spoke", "id": "c1", "event": "e1", "kind": "event", "asserter": {asserter}, "via": null,
        "channel": null, "cue": null, "content": {{"start": 20, "end": 44}}, "mode": "quote", "quote": {quote},
        "polarity": "affirmed", "modality": "certain", "tense": "past", "narrator": false, "rule": "said"}}"#
    );
    serde_json::from_str(&json).unwrap()
}

fn document(number: usize) -> DocumentRow {
    DocumentRow {
        document: format!("{number:016x}"),
        id: format!("reports/{number}.txt"),
        published: Some(["2025-04-02", "2025-04", "2025"][number % 3].to_owned()),
        outlet: number.is_multiple_of(2).then(|| "Gazette".to_owned()),
        chars: number as u32,
        ..DocumentRow::default()
    }
}

#[test]
fn made_entries_are_written_for_other_tools() {
    // More than one row group.
    const ROWS: usize = 8200;
    let (folder, entries) = (folder(), (0..ROWS).map(entry).collect::<Vec<_>>());
    for format in Format::ALL {
        let path = |listing: &str| folder.join(format!("{listing}.{}", format.as_str()));
        let write = || {
            let mut out = Vec::new();
            assert!(list::events(&mut out, format, entries.iter().cloned().map(Ok)).unwrap() >= ROWS as u64);
            out
        };
        let bytes = write();
        assert!(bytes == write(), "{format:?}: the same rows give the same bytes");
        fs::write(path("events"), bytes).unwrap();
        if format.check(list::Listing::Claims).is_err() {
            continue;
        }
        let (mut claims, mut quotes, mut documents) = (Vec::new(), Vec::new(), Vec::new());
        list::claims(&mut claims, format, (0..20).map(claim).map(Ok)).unwrap();
        assert_eq!(list::quotes(&mut quotes, format, (0..20).map(claim).map(Ok)).unwrap(), 10);
        list::documents(&mut documents, format, (0..20).map(document).map(Ok)).unwrap();
        fs::write(path("claims"), claims).unwrap();
        fs::write(path("quotes"), quotes).unwrap();
        fs::write(path("documents"), documents).unwrap();
    }
}

/// The tables of the page, each between `<!-- NAME -->` and `<!-- /NAME -->`.
#[test]
fn the_page_lists_the_columns_that_there_are() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/exports.md")).unwrap();
    let gdelt = GDELT_COLUMNS.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ") + "\n";
    let tables = [
        ("events.parquet", schema::markdown(&schema::fields(&schema::events()))),
        ("events.csv", schema::markdown(&schema::fields(&schema::events_flat()))),
        ("claims", schema::markdown(&schema::fields(&schema::claims()))),
        ("quotes", schema::markdown(&schema::fields(&schema::quotes()))),
        ("documents", schema::markdown(&schema::fields(&schema::documents()))),
        ("mentions", schema::markdown(&schema::fields(&schema::mentions()))),
        ("records", schema::markdown(&schema::fields(&schema::records()))),
        ("entities", schema::markdown(&schema::fields(&schema::entities()))),
        ("runs", schema::markdown(&schema::fields(&schema::runs()))),
        ("coverage", schema::markdown(&schema::fields(&schema::coverage()))),
        ("imports", schema::markdown(&schema::fields(&schema::imports()))),
        ("codings", schema::markdown(&schema::fields(&schema::codings()))),
        ("reviews", schema::markdown(&schema::fields(&schema::reviews()))),
        ("gdelt", gdelt),
    ];
    let mut expected = page.clone();
    for (name, table) in tables {
        let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) =
            expected.split_once(&open).unwrap_or_else(|| panic!("docs/exports.md has no {open}"));
        let (_, after) = rest.split_once(&close).unwrap_or_else(|| panic!("docs/exports.md has no {close}"));
        expected = format!("{before}{open}{table}{close}{after}");
    }
    let mended = folder().join("exports.md");
    fs::write(&mended, &expected).unwrap();
    assert!(
        page == expected,
        "docs/exports.md does not list the columns: take {} in its place",
        mended.display()
    );
}
