//! GDELT: its three widths, mirrored rows, mentions, filters, and rows that cannot be read.

use crate::desk::Desk;

/// A row of an event table; fields are those that tests change.
#[derive(Clone)]
pub struct Row<'a> {
    pub id: u32,
    pub day: &'a str,
    /// CAMEO countries.
    pub from: &'a str,
    pub to: &'a str,
    pub code: &'a str,
    pub url: &'a str,
    /// FIPS country of the place.
    pub place: &'a str,
}

impl Default for Row<'_> {
    fn default() -> Self {
        let url = "https://news.example/visit";
        Self { id: 1, day: "20240507", from: "AFG", to: "RUS", code: "042", url, place: "RS" }
    }
}

impl Row<'_> {
    /// As a line of 57 (GDELT 1.0 to March 2013), 58 (since) or 61 (2.0) columns.
    pub fn line(&self, width: usize) -> String {
        let Self { id, day, from, to, code, url, place } = self;
        let mut cells = vec![String::new(); width];
        let mut set = |at: usize, text: &str| text.clone_into(&mut cells[at]);
        set(0, &id.to_string());
        set(1, day);
        set(2, day.get(..6).unwrap_or_default());
        set(3, day.get(..4).unwrap_or_default());
        set(4, "2024.3479");
        for (at, state) in [(5, from), (15, to)] {
            if !state.is_empty() {
                set(at, &format!("{state}GOV"));
                set(at + 1, &format!("{state} MINISTER"));
                set(at + 2, state);
                set(at + 7, "GOV");
            }
        }
        set(25, "1");
        set(26, code);
        set(27, code);
        set(28, code.get(..2).unwrap_or_default());
        set(29, "1");
        set(30, "1.9");
        set(31, "4");
        set(32, "1");
        set(33, "3");
        set(34, "-2.5380710659898");
        // The place of the action: the last eight columns (seven in 1.0) before the day of addition.
        let (geo, added) = if width == 61 { (51, 59) } else { (49, 56) };
        if !place.is_empty() {
            set(geo, "4");
            set(geo + 1, "Old Town, Somewhere");
            set(geo + 2, place);
            set(geo + 3, &format!("{place}48"));
            set(added - 3, "55.7522");
            set(added - 2, "37.6156");
            set(added - 1, "-2960561");
        }
        set(added, &if width == 61 { format!("{day}113000") } else { (*day).to_owned() });
        if width > 57 {
            set(width - 1, url);
        }
        cells.join("\t") + "\n"
    }
}

/// One after the other.
fn lines(rows: &[Row<'_>], width: usize) -> String {
    rows.iter().map(|row| row.line(width)).collect()
}

#[test]
fn a_row_of_every_width_gives_the_same_event() {
    for width in [57, 58, 61] {
        let desk = Desk::new();
        let rows = [
            Row { code: "036", from: "ROM", to: "", ..Row::default() },
            Row { id: 2, code: "010", place: "", ..Row::default() },
        ];
        desk.take("gdelt", "made.export.CSV", lines(&rows, width));
        let url = if width == 57 { "" } else { "https://news.example/visit" };
        assert_eq!(
            desk.events(),
            [
                format!(
                    "gdelt:1 2024-05-07 AGREE 036 planned |  < ROU ROM MINISTER | 1.9 1 4 1 3 | \
                     Old Town, Somewhere RUS 55.7522 37.6156 | {url}"
                ),
                format!(
                    "gdelt:2 2024-05-07 010 held | AFG AFG MINISTER > RUS RUS MINISTER | 1.9 1 4 1 3 |  | {url}"
                ),
            ],
            "{width}"
        );
    }
}

#[test]
fn a_visit_told_by_both_is_one_where_an_address_shows_it() {
    let visit = Row::default();
    let host = Row { id: 2, from: "RUS", to: "AFG", code: "043", ..Row::default() };
    let elsewhere = Row { id: 3, url: "https://other.example/visit", ..Row::default() };
    let later = Row { id: 4, day: "20240508", ..Row::default() };
    for (width, events) in [(57, 4), (58, 3), (61, 3)] {
        for rows in [[&visit, &host, &elsewhere, &later], [&later, &host, &elsewhere, &visit]] {
            let desk = Desk::new();
            let said = desk.take("gdelt", "made.export.CSV", lines(&rows.map(Clone::clone), width));
            let found = desk.events();
            assert_eq!(found.len(), events, "{found:?}");
            assert_eq!(said.contains("1 told of what another row had told"), events == 3, "{said}");
            assert!(
                found[0].starts_with("gdelt:1 2024-05-07 CONSULT visit 042 held | AFG AFG MINISTER > RUS")
            );
        }
    }
}

#[test]
fn mentions_are_counted_by_event() {
    let desk = Desk::new();
    let mention = |id: &str, confidence: &str| {
        let mut cells = [""; 16];
        cells[..6].copy_from_slice(&[
            id,
            "20240507113000",
            "20240507121500",
            "1",
            "news.example",
            "https://news.example/visit",
        ]);
        cells[11] = confidence;
        crate::desk::tabbed(&cells)
    };
    let rows = [("1", "40"), ("2", "100"), ("1", "20")].map(|(id, sure)| mention(id, sure)).concat();
    desk.take("gdelt", "made.mentions.CSV", rows);
    let sums = "SELECT id, mentions, confidence FROM foreign_mentions ORDER BY id";
    assert_eq!(desk.sql(sums), ["1 | 2 | 60", "2 | 1 | 100"]);
    let bad = mention("1", "101") + &mention("7", "50");
    let ran = desk.try_take("gdelt", "bad.mentions.CSV", bad, &[]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.err.contains("line 1: Confidence cannot be read; expected a percentage, got '101'"),
        "{}",
        ran.err
    );
}

#[test]
fn filters_leave_rows_out() {
    let rows = [
        Row::default(),
        Row { id: 2, from: "USA", to: "CHN", ..Row::default() },
        Row { id: 3, day: "20191231", ..Row::default() },
        Row { id: 4, code: "190", ..Row::default() },
    ];
    let table = lines(&rows, 61);
    for (options, ids) in [
        (&["--country", "RUS"][..], "134"),
        (&["--country", "China,Romania"], "2"),
        (&["--types", "CONSULT"], "123"),
        (&["--types", "assault"], "4"),
        (&["--from", "2020"], "124"),
        (&["--to", "2019-12"], "3"),
        (&["--country", "AFG", "--types", "CONSULT", "--from", "2024-05-07", "--to", "2024-05-07"], "1"),
    ] {
        let desk = Desk::new();
        let ran = desk.try_take("gdelt", "made.export.CSV", &table, options);
        assert_eq!(ran.code, 0, "{options:?}: {}", ran.err);
        let found: String = desk.events().iter().map(|line| line[6..7].to_owned()).collect();
        assert_eq!(found, ids, "{options:?}");
        assert!(ran.err.contains(&format!("{} not asked for", 4 - ids.len())), "{}", ran.err);
    }
    let desk = Desk::new();
    for (options, said) in [
        (["--country", "Atlantis"], "--country: there is no state 'Atlantis'; write its code, such as AFG"),
        (["--types", "TALK"], "TALK"),
        (["--from", "yesterday"], "--from: "),
    ] {
        let ran = desk.try_take("gdelt", "made.export.CSV", &table, &options);
        assert_eq!(ran.code, 2, "{options:?}");
        assert!(ran.err.contains(said), "{}", ran.err);
    }
}

#[test]
fn what_cannot_be_read_is_named_with_what_was_expected() {
    let desk = Desk::new();
    let good = Row::default().line(61);
    let latitude = good.replace("55.7522", "155.7522");
    let goldstein = good.replace("\t1.9\t", "\tmuch\t");
    let bad = [
        Row { day: "20241307", ..Row::default() }.line(61),
        Row { code: "4x", ..Row::default() }.line(61),
        good.trim_end().to_owned() + "\tmore\n",
        latitude,
        goldstein,
        good.replacen('1', "one", 1),
    ];
    let table = good + &bad.concat();
    let rejects = desk.folder.path("rejects");
    let ran = desk.try_take("gdelt", "made.export.CSV", table, &["--rejects", &rejects]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("1 stored of 7 rows, 6 refused"), "{}", ran.err);
    assert!(
        ran.err.contains("line 2: SQLDATE cannot be read; expected a day as YYYYMMDD, got '20241307'"),
        "{}",
        ran.err
    );
    let found: Vec<_> = desk
        .rejects()
        .iter()
        .map(|one| {
            format!(
                "{} {}: {}, {}",
                one["line"],
                one["reason"].as_str().unwrap(),
                one["expected"].as_str().unwrap(),
                one["got"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            "2 SQLDATE cannot be read: a day as YYYYMMDD, 20241307",
            "3 EventCode cannot be read: a CAMEO code of two to four digits, 4x",
            "4 the number of columns is wrong: 61 (GDELT 2.0 events), 57 or 58 (1.0), or 16 (mentions), more than 61",
            "5 ActionGeo_Lat cannot be read: degrees, 155.7522",
            "6 GoldsteinScale cannot be read: a number, much",
            "7 GLOBALEVENTID cannot be read: a whole number, one",
        ]
    );
    assert_eq!(desk.events().len(), 1);
}

#[test]
fn unknown_codes_are_kept_and_named_once() {
    let desk = Desk::new();
    let rows = [
        Row { from: "QQQ", ..Row::default() },
        Row { id: 2, from: "QQQ", code: "999", place: "ZZ", day: "20240508", ..Row::default() },
    ];
    let said = desk.take("gdelt", "made.export.CSV", lines(&rows, 61));
    assert!(said.contains("unknown codes, kept as they are: CAMEO country 'QQQ' in 2 rows"), "{said}");
    assert!(
        said.contains("CAMEO code '999' in 1 rows") && said.contains("FIPS country 'ZZ' in 1 rows"),
        "{said}"
    );
    let kept = desk.sql("SELECT country FROM foreign_actors WHERE state IS NULL");
    assert_eq!(kept, ["QQQ"]);
    assert_eq!(desk.sql("SELECT given FROM foreign_kinds WHERE given IS NOT NULL"), ["999"]);
    assert_eq!(desk.sql("SELECT country FROM foreign_places ORDER BY n"), ["RUS", "ZZ"]);
}
