//! Files plain, gzipped, zipped and in bzip2; those that are cut short, empty or something else.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::desk::Desk;
use crate::gdelt::Row;

fn table(ids: std::ops::Range<u32>) -> String {
    let row = |id| Row {
        id,
        day: ["20240507", "20231224"][id as usize % 2],
        code: "040",
        url: "",
        ..Row::default()
    };
    ids.map(|id| row(id).line(61)).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut out = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::default());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

#[test]
fn however_it_is_packed_a_table_gives_the_same_events() {
    let text = table(0..300);
    let (one, two) = (table(0..100), table(100..300));
    let plain = Desk::new();
    plain.take("gdelt", "made.CSV", &text);
    let expected = plain.events();
    assert_eq!(expected.len(), 300);
    let packed = [
        ("made.CSV.gz", gzip(text.as_bytes())),
        // Two streams one after the other, as parallel packers write them.
        ("parts.CSV.gz", [gzip(one.as_bytes()), gzip(two.as_bytes())].concat()),
        ("made.CSV.bz2", bzip2(text.as_bytes())),
        ("parts.CSV.bz2", [bzip2(one.as_bytes()), bzip2(two.as_bytes())].concat()),
        ("made.CSV.zip", zip(&[("made.CSV", text.as_bytes())])),
        (
            "parts.zip",
            zip(&[("a/1.CSV", one.as_bytes()), ("__MACOSX/._1.CSV", b"junk"), ("a/2.CSV", two.as_bytes())]),
        ),
        // What is inside counts, not the name.
        ("misnamed.CSV", gzip(text.as_bytes())),
    ];
    for (name, bytes) in packed {
        let desk = Desk::new();
        desk.take("gdelt", name, bytes);
        assert_eq!(desk.events(), expected, "{name}");
    }
}

#[test]
fn a_folder_stands_for_its_tables() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.folder.path("tables/2024")).unwrap();
    desk.folder.file("tables/1.CSV", table(0..2));
    desk.folder.file("tables/2024/2.CSV.gz", gzip(table(2..4).as_bytes()));
    desk.folder.file("tables/readme.pdf", "no table");
    let ran = desk.run(&["import", "gdelt", &desk.folder.path("tables")]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(desk.events().len(), 4);
    assert_eq!(desk.sql("SELECT count(*), count(DISTINCT run) FROM imports"), ["2 | 1"]);
}

#[test]
fn a_file_that_breaks_off_gives_nothing_and_the_others_go_on() {
    let text = table(0..3000);
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let broken = [
        ("cut.CSV.gz", half(gzip(text.as_bytes())), "breaks off in the middle; get the whole file"),
        ("cut.CSV.bz2", half(bzip2(text.as_bytes())), "breaks off in the middle; get the whole file"),
        ("cut.CSV.zip", half(zip(&[("made.CSV", text.as_bytes())])), "the ZIP archive is broken"),
        ("empty.CSV", Vec::new(), "it has no rows"),
        ("empty.CSV.gz", gzip(b""), "it has no rows"),
        ("empty.zip", zip(&[]), "it has no rows"),
        ("wide.CSV", "a\tb\n".encode_utf16().flat_map(u16::to_le_bytes).collect(), "it is no text"),
        ("marked.CSV", b"\xff\xfea\0\t\0b\0\n\0".to_vec(), "it is UTF-16; save it as UTF-8"),
        ("prose.CSV", b"Talks were held.\n".to_vec(), "none of its 1 rows can be read as gdelt"),
        ("other.CSV.gz", b"\x1f\x8bis no gzip, though it begins like one".to_vec(), "cannot be read"),
    ];
    for (name, bytes, said) in broken {
        let desk = Desk::new();
        let bad = desk.folder.file(name, bytes);
        let good = desk.folder.file("good.CSV", table(0..2));
        let ran = desk.run(&["import", "gdelt", &bad, &good]);
        assert_eq!(ran.code, 1, "{name}: {}", ran.err);
        assert!(ran.err.contains(said) && ran.err.contains(name), "{name}: {}", ran.err);
        assert_eq!(desk.events().len(), 2, "{name}");
        assert_eq!(desk.sql("SELECT name FROM imports"), [good], "{name}");
        let refused = desk.sql("SELECT input FROM refusals");
        assert_eq!(refused, [bad], "{name}");
    }
    let desk = Desk::new();
    let ran = desk.run(&["import", "gdelt", &desk.folder.path("absent.CSV")]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("there is no such file"), "{}", ran.err);
}
