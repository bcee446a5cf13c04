//! The pictures of the pages in `docs`. Where `VERBALE_PICTURES` names a folder they are written there; else they are only taken.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Transformations};
use serde_json::json;

use crate::page::Page;
use crate::site::{self, BALANCE};

/// No picture has more bytes, so that the documentation opens quickly.
const LARGEST: usize = 120_000;

/// Takes what the window shows.
fn take(page: &mut Page, name: &str) {
    // The pointer is out of the way, and the letters are there.
    let aside = json!({"type": "mouseMoved", "x": 0, "y": 0, "button": "none"});
    page.browser.call("Input.dispatchMouseEvent", &aside);
    page.until("the fonts", "document.fonts.ready.then(() => true)");
    let taken = page.browser.call("Page.captureScreenshot", &json!({"format": "png"}));
    let bytes = BASE64_STANDARD.decode(taken["data"].as_str().unwrap()).unwrap();
    assert!(bytes.starts_with(b"\x89PNG"), "expected a picture of {name}");
    let Some(folder) = std::env::var_os("VERBALE_PICTURES").map(PathBuf::from) else { return };
    let small = reduced(&bytes);
    assert!(
        small.len() < LARGEST,
        "expected {name}.png within {LARGEST} bytes, got {}: show less of the page",
        small.len()
    );
    // A test runs in the folder of its crate; the folder is meant from the root.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::write(root.join(folder).join(format!("{name}.png")), small).unwrap();
}

/// The same picture in its 256 most frequent colours; the others become the one that is nearest.
fn reduced(picture: &[u8]) -> Vec<u8> {
    let mut decoder = Decoder::new(std::io::Cursor::new(picture));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut pixels).unwrap();
    let step = frame.color_type.samples();
    assert!(step >= 3, "expected a picture in colours");
    let colour = |pixel: &[u8]| [pixel[0], pixel[1], pixel[2]];
    let mut counts: BTreeMap<[u8; 3], u32> = BTreeMap::new();
    for pixel in pixels.chunks_exact(step) {
        *counts.entry(colour(pixel)).or_default() += 1;
    }
    let mut common: Vec<[u8; 3]> = counts.keys().copied().collect();
    common.sort_by_key(|one| std::cmp::Reverse(counts[one]));
    common.truncate(256);
    let away = |a: [u8; 3], b: [u8; 3]| (0..3).map(|at| u32::from(a[at].abs_diff(b[at])).pow(2)).sum::<u32>();
    let nearest = |one: &[u8; 3]| (0..common.len()).min_by_key(|at| away(common[*at], *one)).unwrap() as u8;
    let places: BTreeMap<[u8; 3], u8> = counts.keys().map(|one| (*one, nearest(one))).collect();
    let indexed: Vec<u8> = pixels.chunks_exact(step).map(|pixel| places[&colour(pixel)]).collect();
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, frame.width, frame.height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(common.concat());
    encoder.set_compression(Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header().unwrap().write_image_data(&indexed).unwrap();
    out
}

#[test]
fn pictures_for_the_documentation() {
    let Some(mut page) = Page::over(site::examples) else { return };
    page.window(1200, 900);
    page.open(BALANCE);
    take(&mut page, "page-balance");
    page.click("#timeline svg.wide a.mark");
    page.see(".drawer mark.what", "met");
    page.run("scrollTo(0, 0)");
    take(&mut page, "page-drawer");
    for view in ["map", "network"] {
        page.open(&format!("/balance?state=AFG&between=USA,RUS&partners={view}"));
        page.run("document.querySelector('#partners').scrollIntoView()");
        take(&mut page, &format!("page-{view}"));
    }
    for (name, path) in [
        ("page-compare", "/compare?states=AFG,KAZ,NOR&between=USA,RUS"),
        ("page-claims", "/claims"),
        ("page-entities", "/entities"),
        ("page-review", "/review?state=AFG&between=USA,RUS"),
        ("page-coverage", "/coverage"),
        ("page-methods", "/methods"),
        ("page-add", "/add"),
        ("page-events", "/events"),
    ] {
        page.open(path);
        take(&mut page, name);
    }
    let event = site::first(&mut page, "a[href^='/events/']");
    page.open(&event);
    take(&mut page, "page-event");
    page.open("/documents");
    let document = site::first(&mut page, "a[href^='/documents/']");
    page.open(&document);
    take(&mut page, "page-document");
    page.dark(true);
    page.open(BALANCE);
    take(&mut page, "page-dark");
    page.dark(false);
    page.window(400, 900);
    page.open(BALANCE);
    take(&mut page, "page-400");
}
