//! Tests of the listings: read back what was written, GDELT's and PLOVER's shapes, filters.

use proptest::prelude::*;
use verbale_model::ontology::{EventType, Mode, Sector};
use verbale_model::{
    Confirmation, ConfirmationState, DateMethod, Event, EventDate, EventPlace, Part, Participant, Precision,
    Role, Span, Status, Topic,
};

use super::*;
use crate::{Cited, Reviewed, TellingId, Verdict};

fn participant(name: &str, side: Option<&str>, role: Role) -> Participant {
    Participant {
        name: name.to_owned(),
        entity: None,
        role,
        part: None,
        office: Some("foreign minister".to_owned()),
        organisation: None,
        side: side.map(str::to_owned),
        authority: None,
        nationality: side.map(str::to_owned),
        sector: Some(Sector::Gov),
        serving: Some(true),
        level: Some(2),
        span: Span { start: 4, end: 9, in_title: false },
    }
}

/// A visit of Estonia's foreign minister to Chile's, on the date.
fn visit(edtf: &str) -> Entry {
    let telling = TellingId { document: "3f9a0c1d2e4b5a67".to_owned(), event: "e1".to_owned() };
    let precision = if edtf.len() == 10 { Precision::Day } else { Precision::None };
    let event = Event {
        id: telling.to_string(),
        event_type: EventType::Consult,
        mode: Some(Mode::Visit),
        cameo: Some("042".to_owned()),
        contexts: Vec::new(),
        topics: Vec::new(),
        date: Some(EventDate { edtf: edtf.to_owned(), precision, method: DateMethod::Stated, span: None }),
        place: None,
        channel: None,
        setting: None,
        formality: None,
        status: Status::Held,
        confirmation: Confirmation { state: ConfirmationState::OneSide, sides: vec!["CHL".to_owned()] },
        participants: vec![
            participant("Liina Tamberg", Some("EST"), Role::Actor),
            participant("Rodrigo Fuenzalida", Some("CHL"), Role::Recipient),
        ],
        claims: Vec::new(),
        confidence: 0.93,
        rule: "consult/meet".to_owned(),
        x_of: None,
        x_summons: false,
        x_entry: None,
        evidence: Vec::new(),
    };
    let cited = Cited {
        id: telling,
        outlet: Some("Gazette".to_owned()),
        published: Some("2025-10-24".to_owned()),
        url: Some("https://example.org/visit".to_owned()),
        family: "3f9a0c1d2e4b5a67".to_owned(),
        evidence: vec!["=visited\nSantiago".to_owned()],
    };
    Entry {
        event,
        from: std::collections::BTreeMap::new(),
        tellings: vec![cited],
        documents: 1,
        sources: 1,
        link_score: 1.0,
        link_reasons: Vec::new(),
        differences: Vec::new(),
        superseded: false,
        review: Reviewed::default(),
    }
}

fn written(format: Format, entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    events(&mut out, format, entries.iter().cloned().map(Ok)).unwrap();
    out
}

fn text(format: Format, entries: &[Entry]) -> String {
    String::from_utf8(written(format, entries)).unwrap()
}

#[test]
fn gdelt_has_61_columns_and_both_directions() {
    let rows = text(Format::Gdelt, &[visit("2025-10-22")]);
    let rows: Vec<Vec<&str>> = rows.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == gdelt::COLUMNS.len()));
    let cell = |row: usize, name: &str| rows[row][gdelt::COLUMNS.iter().position(|of| *of == name).unwrap()];
    let shown = |row| {
        ["Actor1Code", "Actor2Code", "EventCode", "EventRootCode", "QuadClass"].map(|name| cell(row, name))
    };
    assert_eq!(shown(0), ["ESTGOV", "CHLGOV", "042", "04", "1"]);
    assert_eq!(shown(1), ["CHLGOV", "ESTGOV", "043", "04", "1"]);
    assert_eq!(
        ["SQLDATE", "MonthYear", "FractionDate"].map(|n| cell(0, n)),
        ["20251022", "202510", "2025.8000"]
    );
    assert_eq!(
        ["DATEADDED", "GoldsteinScale", "NumMentions"].map(|n| cell(1, n)),
        ["20251024000000", "2.8", "1"]
    );
    assert_eq!(cell(0, "GLOBALEVENTID").len(), 18);
    assert_ne!(cell(0, "GLOBALEVENTID"), cell(1, "GLOBALEVENTID"));
    let undated = text(Format::Gdelt, &[visit("[..2025-10-24]")]);
    assert_eq!(undated.split('\t').nth(1), Some(""));
}

#[test]
fn other_coders_formats_leave_out_what_did_not_happen() {
    let mut denied = visit("2025-10-22");
    denied.event.status = Status::Denied;
    for format in [Format::Gdelt, Format::Plover] {
        assert!(written(format, &[denied.clone()]).is_empty());
    }
    let plover: serde_json::Value =
        serde_json::from_str(&text(Format::Plover, &[visit("2025-10-22")])).unwrap();
    assert_eq!(plover["date_resolved"]["resolved_date"], "2025-10-22");
    assert_eq!((&plover["event_type"], &plover["actor"][0]["country"]), (&"CONSULT".into(), &"EST".into()));
}

#[test]
fn csv_guards_text_and_keeps_codes() {
    let bytes = text(Format::Csv, &[visit("2025-10-22")]);
    let mut csv = csv::Reader::from_reader(bytes.as_bytes());
    let headers = csv.headers().cloned().unwrap();
    let at = |name: &str| headers.iter().position(|of| of == name).unwrap();
    let (evidence, cameo) = (at("evidence"), at("cameo"));
    let row = csv.records().next().unwrap().unwrap();
    assert_eq!((&row[evidence], &row[cameo]), ("'=visited\nSantiago", "042"));
}

#[test]
fn formats_and_filters_say_what_to_write() {
    let said = |error: LedgerError| error.to_string();
    assert!(said("xlsx".parse::<Format>().unwrap_err()).contains("csv, jsonl, parquet, plover or gdelt"));
    assert!(said(Format::Gdelt.check(Listing::Claims).unwrap_err()).contains("csv, jsonl or parquet"));
    let wrong = |filter: Filter, listing| said(filter.check(listing).unwrap_err());
    let filter = Filter { country: vec!["fra".to_owned()], ..Filter::default() };
    assert!(wrong(filter, Listing::Events).contains("perhaps FRA"));
    let filter = Filter { from: Some("22 October".to_owned()), ..Filter::default() };
    assert!(wrong(filter, Listing::Events).contains("YYYY-MM-DD"));
    let filter = Filter { from: Some("2025".into()), to: Some("2024-12".into()), ..Filter::default() };
    assert!(wrong(filter, Listing::Events).contains("ends before"));
    let filter = Filter { partner: vec!["RUS".to_owned()], ..Filter::default() };
    assert!(wrong(filter, Listing::Documents).contains("partner"));
}

#[test]
fn filters_keep_what_may_match() {
    let entry = visit("2025-10-22");
    let window =
        |from: &str, to: &str| Filter { from: Some(from.into()), to: Some(to.into()), ..Filter::default() };
    assert!(window("2025-10", "2025-10").keeps(&entry) && !window("2025-11", "2025-12").keeps(&entry));
    let undated = visit("[..2025-10-24]");
    assert!(Filter::default().keeps(&undated) && !window("2025", "2025").keeps(&undated));
    assert!(Filter { undated: true, ..window("2025", "2025") }.keeps(&undated));
    assert!(!Filter { undated: true, ..window("2026", "2026") }.keeps(&undated));

    let dyad = |country: &str, partner: &str| Filter {
        country: vec![country.into()],
        partner: vec![partner.into()],
        ..Filter::default()
    };
    assert!(dyad("EST", "CHL").keeps(&entry) && dyad("CHL", "EST").keeps(&entry));
    assert!(!dyad("EST", "EST").keeps(&entry) && !dyad("EST", "RUS").keeps(&entry));

    let mut former = entry.clone();
    former.event.participants[0].side = None;
    former.event.participants[0].serving = Some(false);
    assert!(!dyad("EST", "CHL").keeps(&former));
    assert!(Filter { inclusive: true, ..dyad("EST", "CHL") }.keeps(&former));

    let mut rejected = entry;
    rejected.review.verdict = Verdict::Rejected;
    assert!(!Filter::default().keeps(&rejected));
    assert!(Filter { reviewed: Some(ReviewedFilter::Any), ..Filter::default() }.keeps(&rejected));
}

#[test]
fn a_bad_line_is_named_and_the_next_is_read() {
    let good = text(Format::Jsonl, &[visit("2025-10-22")]);
    let read: Vec<_> = read_entries(format!("\u{feff}{good}\nnonsense\n{good}").as_bytes()).collect();
    assert_eq!(read.iter().map(Result::is_ok).collect::<Vec<_>>(), [true, false, true]);
    assert!(read[1].as_ref().unwrap_err().to_string().contains("line 3"));
}

fn any_entry() -> impl Strategy<Value = Entry> {
    let word = "\\PC{0,12}|=1\\+1|a\"b,\r\n\t\u{202e}";
    let part = proptest::option::of(prop_oneof![Just(Part::Host), Just(Part::Visitor)]);
    let who =
        (word, proptest::option::of("[A-Z]{3}"), any::<bool>(), part, proptest::option::of(any::<bool>()));
    let who = who.prop_map(|(name, side, acts, part, serving)| Participant {
        part,
        serving,
        ..participant(&name, side.as_deref(), if acts { Role::Actor } else { Role::Recipient })
    });
    let place = (word, proptest::option::of(-90.0_f32..90.0), any::<Option<u32>>());
    let date = prop_oneof![Just("2025-10-22"), Just("2025-10"), Just("[..2025-10-24]"), Just("XXXX-10-22")];
    let span =
        (0..99_u32, any::<bool>()).prop_map(|(start, in_title)| Span { start, end: start + 3, in_title });
    (
        proptest::collection::vec(who, 0..4),
        proptest::option::of(place),
        proptest::option::of((date, proptest::option::of(span.clone()))),
        (
            0.0_f32..1.0,
            any::<bool>(),
            proptest::collection::vec(word, 0..3),
            proptest::collection::vec(span, 0..3),
        ),
    )
        .prop_map(|(participants, place, date, (confidence, flag, words, spans))| {
            let mut entry = visit("2025-10-22");
            entry.event.participants = participants;
            entry.event.place = place.map(|(name, lat, geonames)| EventPlace {
                name,
                country: None,
                geonames,
                lat,
                lon: lat,
                span: spans.first().copied(),
            });
            entry.event.date = date.map(|(edtf, span)| EventDate {
                edtf: edtf.to_owned(),
                precision: Precision::None,
                method: DateMethod::None,
                span,
            });
            entry.event.topics = words.iter().zip(&spans).map(|(text, span)| topic(text, *span)).collect();
            entry.event.confidence = confidence;
            entry.event.x_summons = flag;
            entry.event.evidence = spans;
            let telling = entry.tellings[0].id.clone();
            entry.from.insert("date".to_owned(), telling);
            entry.link_reasons.clone_from(&words);
            entry.tellings[0].evidence = words;
            entry.superseded = flag;
            entry
        })
}

fn topic(text: &str, span: Span) -> Topic {
    Topic { text: text.to_owned(), topic: "trade".to_owned(), span }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn what_was_written_reads_back(entries in proptest::collection::vec(any_entry(), 0..4)) {
        let lines = written(Format::Jsonl, &entries);
        let read: Vec<Entry> = read_entries(lines.as_slice()).map(Result::unwrap).collect();
        prop_assert_eq!(read, entries);
    }

    #[test]
    fn every_format_takes_every_entry(entries in proptest::collection::vec(any_entry(), 0..4)) {
        for format in Format::ALL {
            prop_assert_eq!(written(format, &entries), written(format, &entries));
        }
        let gdelt = text(Format::Gdelt, &entries);
        prop_assert!(gdelt.split_terminator('\n').all(|line| line.split('\t').count() == 61));
        let csv = written(Format::Csv, &entries);
        let rows: Vec<_> = csv::Reader::from_reader(csv.as_slice()).into_records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), entries.len());
    }
}
