//! Tests of single formats: pages, tables, dumps, feeds, mails, PDF files.

use verbale_model::PublishedMethod;

use super::super::{Columns, Limits, Options};
use super::made::{DRAWN, DUMP, FEED, MAIL, PAGE, TABLE, pdf};
use super::{read, within};

#[test]
fn pages_are_read_in_their_encoding() {
    let words = "Министр иностранных дел Норвегии прибыл во вторник в Осло и встретился там с коллегой из Кении, сообщило министерство.";
    for (encoding, declared, words) in [
        (encoding_rs::WINDOWS_1251, "windows-1251", words),
        (
            encoding_rs::SHIFT_JIS,
            "shift_jis",
            "外務大臣は火曜日にオスロを訪問し、ケニアの外務大臣と会談した。会談は二時間続いた。",
        ),
    ] {
        for meta in [format!("<meta charset={declared}>"), String::new()] {
            let page = format!(
                "<!doctype html><html><head>{meta}<title>x</title></head><body><article><p>{words}</p><p>{words}</p></article></body></html>"
            );
            let (bytes, _, lost) = encoding.encode(&page);
            assert!(!lost);
            let (found, refused) = read("a.html", &bytes);
            assert!(found.len() == 1 && found[0].text.contains(words), "{declared} {meta}: {refused:?}");
        }
    }
}

#[test]
fn legacy_text_is_read_with_a_remark_and_broken_text_is_not() {
    let (found, _) = read("a.txt", b"Ministers met in Orl\xe9ans on Tuesday.");
    assert_eq!(found[0].text, "Ministers met in Orléans on Tuesday.");
    assert!(super::super::remarks(&found[0]).iter().any(|remark| remark.message.contains("windows-1252")));
    let (found, refused) = read("a.txt", b"caf\xc3\xa9 \xc3\xa9t\xc3\xa9 Orl\xe9ans");
    assert!(found.is_empty() && refused[0].contains("is not UTF-8"), "{refused:?}");
}

#[test]
fn tables_go_on_after_ragged_rows() {
    let (found, refused) =
        read("a.csv", (TABLE.to_owned() + "short,row\nLast,They left.,2019,x\n").as_bytes());
    assert_eq!(
        found.iter().map(|report| report.text.as_str()).collect::<Vec<_>>(),
        ["Ministers met, in Oslo.", "Envoys left.", "They left."]
    );
    assert_eq!(found[0].title.as_deref(), Some("Talks"));
    assert_eq!(found[0].published.as_deref(), Some("2019-01-04"));
    assert_eq!(found[0].url.as_deref(), Some("https://news.example/1"));
    assert!(found[1].published.is_none() && found[1].remarks[0].contains("someday"));
    assert!(
        refused.len() == 1
            && refused[0].contains("row 4 (line 4) is left out: it has 2 cells and the header 4"),
        "{refused:?}"
    );
}

#[test]
fn tables_are_read_in_utf16_and_with_other_signs_and_columns() {
    let bytes: Vec<u8> = format!("\u{feff}{TABLE}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read("a.csv", &bytes).0.len(), 2);
    let (found, _) = read("a.tsv", b"title\ttext\nTalks\tThey met, there.\n");
    assert_eq!(found[0].text, "They met, there.");
    let table = b"a;b;day\nTalks;They met;4 January 2019\n";
    let columns = |text: &str| Options { columns: Some(Columns::parse(text).unwrap()), ..Options::default() };
    let (found, _) = within("a.csv", table, columns("text=b,title=a,published=day"), Limits::default());
    assert_eq!((found[0].text.as_str(), found[0].published.as_deref()), ("They met", Some("2019-01-04")));
    let (_, refused) = within("a.csv", table, columns("text=c"), Limits::default());
    assert!(refused[0].contains("there is no column 'c'; the columns are a, b, day"), "{refused:?}");
    assert!(read("a.csv", table).1[0].contains("--columns text=NAME"));
}

#[test]
fn dumps_name_what_is_wrong() {
    let (found, refused) = read("a.json", DUMP.as_bytes());
    assert_eq!(found[0].text, "Ministers met.");
    assert_eq!(found[0].outlet.as_deref(), Some("Harbour News"));
    assert_eq!(found.len() + refused.len(), 3);
    assert!(refused[0].contains("report 2 is left out: it has no text"), "{refused:?}");
    for (json, said) in [
        ("3", "a number"),
        ("[]", "empty"),
        ("{", "no JSON"),
        ("[1]", "a number, not an object"),
        ("{\"text\": null}", "null"),
    ] {
        let (_, refused) = read("a.json", json.as_bytes());
        assert!(refused[0].contains(said), "{json}: {refused:?}");
    }
    let (found, _) = read("a.json", br#"{"body": "a\u0000b \ud800", "published": "2019"}"#);
    assert_eq!(found[0].text, "ab \u{fffd}");
}

#[test]
fn feeds_give_their_entries() {
    let (found, refused) = read("a.xml", FEED.as_bytes());
    assert!(refused.is_empty(), "{refused:?}");
    assert_eq!(found[0].text, "Ministers met & spoke.");
    assert_eq!(found[0].outlet.as_deref(), Some("Harbour News"));
    assert_eq!(found[0].published.as_deref(), Some("2019-01-04"));
    assert_eq!(found[0].published_method, Some(PublishedMethod::Metadata));
    assert_eq!(found[1].url.as_deref(), Some("https://news.example/2"));
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Harbour News</title><id>x</id><updated>2019-01-04T10:00:00Z</updated><entry><title>Talks</title><id>y</id><updated>2019-01-04T10:00:00Z</updated><link href=\"https://news.example/3\"/><content type=\"html\">&lt;p&gt;They met.&lt;/p&gt;</content></entry></feed>";
    assert_eq!(read("b", atom.as_bytes()).0[0].text, "They met.");
    let empty = "<rss version=\"2.0\"><channel><title>x</title></channel></rss>";
    assert!(read("c.rss", empty.as_bytes()).1[0].contains("no entries"));
    assert!(read("d.xml", b"<?xml version=\"1.0\"?><note/>").1[0].contains("no feed"));
}

#[test]
fn mails_are_read_and_attachments_are_named() {
    let (found, refused) = read("a.eml", MAIL.as_bytes());
    assert!(found.len() == 1, "{refused:?}");
    assert!(found[0].text.contains("The envoy left Oslo."));
    assert_eq!(found[0].title.as_deref(), Some("Talks in Tromsø"));
    assert_eq!(found[0].byline.as_deref(), Some("Press Office"));
    assert_eq!(found[0].published.as_deref(), Some("2019-01-04"));
    let parts = "From: a@mfa.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nThe caf=E9 talks.\r\n--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=note.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n";
    let (found, _) = read("b.eml", parts.as_bytes());
    assert!(found[0].text.contains("The café talks."));
    assert!(found[0].remarks[0].contains("note.pdf"), "{:?}", found[0].remarks);
    let mailbox = format!(
        "From a@b.example Fri Jan  4 10:00:00 2019\n{MAIL}\nFrom a@b.example Fri Jan  4 10:00:00 2019\n{MAIL}"
    );
    assert_eq!(read("c.mbox", mailbox.replace("\r\n", "\n").as_bytes()).0.len(), 2);
}

#[test]
fn pdf_lines_are_joined_and_pictures_are_refused() {
    let (found, refused) = read("a.pdf", &pdf(DRAWN));
    assert!(found.len() == 1, "{refused:?}");
    assert_eq!(found[0].text, "The minister met the ambassador in Oslo on Tuesday.");
    assert_eq!(found[0].title.as_deref(), Some("Talks in Oslo"));
    assert!(found[0].published.is_none() && found[0].remarks[0].contains("2019-01-04"));
    assert!(read("b.pdf", &pdf("0 0 100 100 re f")).1[0].contains("no text layer"));
    assert!(read("c.pdf", b"%PDF-1.7\n%\xe2\xe3").1[0].contains("broken"));
}

#[test]
fn nothing_is_published_after_its_fetch() {
    let fetched = |day: &str| {
        let options = Options { fetched: Some(day.to_owned()), ..Options::default() };
        within("a.csv", TABLE.as_bytes(), options, Limits::default()).0.remove(0)
    };
    assert_eq!(fetched("2019-02-01").published.as_deref(), Some("2019-01-04"));
    assert_eq!(fetched("2019-01-03").published.as_deref(), Some("2019-01-03"), "another time zone");
    let late = fetched("2018-05-01");
    assert!(late.published.is_none() && late.remarks[0].contains("later than its fetch"));
}

#[test]
fn a_page_is_told_by_its_content() {
    let (found, _) = read("page.txt", PAGE.as_bytes());
    assert!(found[0].text.contains("Ingrid Solheim") && !found[0].text.contains('<'));
}
