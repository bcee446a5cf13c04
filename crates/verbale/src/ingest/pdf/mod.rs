//! PDF files with text in them: title, author and text; the layout is put back into paragraphs.

mod layout;

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use pdf_extract::{Document, MediaBox, Object, OutputDev, OutputError, Transform, output_doc};
use verbale_model::Report;

use super::date;
use layout::{Glyph, Page};

/// Longest time for one file. Broken files can keep a reader busy for ever.
const LONGEST: Duration = Duration::from_mins(1);

/// Stack for objects in objects.
const STACK: usize = 64 << 20;

/// Most that one stream may unpack to, in bytes.
const LARGEST_STREAM: u64 = 256 << 20;

/// Most glyphs that are kept of one file.
const MOST_GLYPHS: usize = 20_000_000;

/// Reads a PDF file. The day on which it was made is no publication date: people print pages to PDF
/// years later, and a wrong "today" misdates every event; so it is a remark, and `published` unknown.
///
/// # Errors
/// Why there is no report in it: no text, a password, a broken file.
pub fn read(bytes: Vec<u8>) -> Result<Report, String> {
    let (sender, receiver) = channel();
    // The crate panics on some broken files, and nothing bounds its time: it works on a thread of its own.
    let work = move || {
        let _ = sender.send(extract(&bytes));
    };
    let thread = std::thread::Builder::new().name("pdf".to_owned()).stack_size(STACK).spawn(work);
    thread.map_err(|error| format!("no thread can be started to read it: {error}"))?;
    match receiver.recv_timeout(LONGEST) {
        Ok(read) => read,
        Err(RecvTimeoutError::Timeout) => {
            Err(format!("the PDF takes longer than {} s to read; save its text as .txt", LONGEST.as_secs()))
        }
        Err(RecvTimeoutError::Disconnected) => {
            Err("the PDF is broken or of an unusual kind; save its text as .txt (pdftotext does that)"
                .to_owned())
        }
    }
}

fn extract(bytes: &[u8]) -> Result<Report, String> {
    let broken =
        |error: &dyn std::fmt::Display| format!("the PDF is broken ({error}); save its text as .txt");
    let mut document = Document::load_mem(bytes).map_err(|error| broken(&error))?;
    if document.is_encrypted() && document.decrypt("").is_err() {
        return Err("the PDF is locked with a password; save it without one".to_owned());
    }
    if document.objects.values().any(is_bomb) {
        return Err(format!(
            "the PDF holds a stream of more than {} MB; save its text as .txt",
            LARGEST_STREAM >> 20
        ));
    }
    let mut pages = Pages::default();
    output_doc(&document, &mut pages).map_err(|error| broken(&error))?;
    let text = layout::text(pages.pages);
    if text.trim().is_empty() {
        return Err("the PDF has no text layer: it is a picture of text; give it to a program that recognises text (OCR) first".to_owned());
    }
    let mut report = Report { text, ..Report::default() };
    report.title = about(&document, b"Title").filter(|title| is_title(title));
    report.byline = about(&document, b"Author").filter(|author| !author.starts_with('('));
    let made = about(&document, b"CreationDate")
        .and_then(|made| date::normal(made.trim_start_matches("D:").get(..8)?));
    if let Some(made) = made {
        report.remarks.push(format!(
            "the PDF was made on {made}, which need not be when it was published; give --published if it is"
        ));
    }
    Ok(report)
}

/// Whether a stream that is no picture unpacks to more than memory should hold.
fn is_bomb(object: &Object) -> bool {
    let Object::Stream(stream) = object else { return false };
    let picture = stream.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|name| name == b"Image");
    if picture || stream.content.len() < 128 << 10 {
        return false;
    }
    let unpacked =
        std::io::Read::take(flate2::read::ZlibDecoder::new(stream.content.as_slice()), LARGEST_STREAM + 1);
    let mut unpacked = unpacked;
    let _ = std::io::copy(&mut unpacked, &mut std::io::sink());
    unpacked.limit() == 0
}

/// What a file says of itself.
fn about(document: &Document, key: &[u8]) -> Option<String> {
    let (_, info) = document.dereference(document.trailer.get(b"Info").ok()?).ok()?;
    let (_, value) = document.dereference(info.as_dict().ok()?.get(key).ok()?).ok()?;
    let bytes = value.as_str().ok()?;
    let text = match bytes {
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] | [0xef, 0xbb, 0xbf, ..] => {
            super::decode(bytes.to_vec()).ok()?.text
        }
        // PDFDocEncoding differs from this in signs that titles do not hold.
        _ => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    };
    let text = text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// Whether a title was given by somebody, and not by a program.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let made = ["microsoft word", "untitled", "(anonymous)", "document1", "powerpoint presentation"];
    let file = [".doc", ".docx", ".pdf", ".odt", ".indd", ".rtf", ".tex", ".dvi"];
    !made.iter().any(|start| lower.starts_with(start)) && !file.iter().any(|end| lower.ends_with(end))
}

/// Takes glyphs page by page.
#[derive(Default)]
struct Pages {
    pages: Vec<Page>,
    glyphs: usize,
}

impl OutputDev for Pages {
    fn begin_page(
        &mut self,
        _: u32,
        size: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.pages.push(Page {
            top: size.ury.max(size.lly),
            bottom: size.ury.min(size.lly),
            glyphs: Vec::new(),
        });
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        at: &Transform,
        width: f64,
        _: f64,
        size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let Some(page) = self.pages.last_mut() else { return Ok(()) };
        let (wide, high) = (size * at.m11.hypot(at.m12), size * at.m21.hypot(at.m22));
        // Text that stands on its side is a margin's or a watermark's.
        let upright = at.m12.abs() < 0.3 * at.m11.abs();
        let numbers = [at.m31, at.m32, wide, high, width];
        if upright && self.glyphs < MOST_GLYPHS && numbers.iter().all(|number| number.is_finite()) {
            self.glyphs += 1;
            page.glyphs.push(Glyph {
                x: at.m31,
                y: at.m32,
                end: at.m31 + width * wide,
                size: high,
                text: text.to_owned(),
            });
        }
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
