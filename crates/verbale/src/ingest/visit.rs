//! One stream of bytes on its way to the reader of its kind, through whatever it is packed in.

use std::io::{BufRead, BufReader, Cursor, Read, Seek as _, SeekFrom};

use flate2::read::MultiGzDecoder;
use lzma_rust2::XzReader;
use verbale_model::Report;

use super::files::explain;
use super::intake::{Flow, Intake, Place, guarded};
use super::kind::{self, Kind};
use super::limits::{Packed, Unpacked};
use super::{archive, decode, decode_page, feed, html, json, jsonl, mail, pdf, table, warc};

/// Bytes that tell the kind.
const HEAD: usize = 8192;

/// Memory for the dictionary of xz, in KiB.
const XZ_MEMORY: u32 = 256 << 10;

/// Reads a file on the disk; a ZIP archive is read where it lies.
pub fn file(intake: &Intake, place: &Place, mut file: std::fs::File) -> Flow {
    let mut magic = [0; 4];
    let zip =
        file.read(&mut magic).is_ok_and(|read| read == 4) && matches!(&magic, b"PK\x03\x04" | b"PK\x05\x06");
    match file.seek(SeekFrom::Start(0)) {
        Ok(_) if zip => archive::zip(intake, place, BufReader::new(file)),
        Ok(_) => visit(intake, place, Box::new(file)),
        // A pipe: what was read of it goes before the rest.
        Err(_) => visit(intake, place, Box::new(Cursor::new(magic).chain(file))),
    }
}

/// Reads whatever a stream holds.
pub fn visit<'r>(intake: &Intake, place: &Place, mut reader: Box<dyn Read + 'r>) -> Flow {
    let mut head = Vec::with_capacity(HEAD);
    if let Err(error) = (&mut reader).take(HEAD as u64).read_to_end(&mut head) {
        return intake.refuse(place, explain(&error));
    }
    let kind = kind::tell(&head, &place.ending());
    let whole: Box<dyn BufRead + 'r> =
        Box::new(BufReader::with_capacity(64 << 10, Cursor::new(head.clone()).chain(reader)));
    match kind {
        Kind::Gzip => gzip(intake, place, &head, whole),
        Kind::Xz => {
            let (packed, count) = Packed::new(whole);
            let unpacked = XzReader::new_mem_limit(packed, true, XZ_MEMORY);
            inner(intake, place, Unpacked::new(unpacked, count, intake.used.clone(), intake.limits))
        }
        Kind::Tar => archive::tar(intake, place, whole),
        Kind::Warc => warc::plain(intake, place, whole),
        Kind::Jsonl => jsonl::read(intake, place, whole),
        Kind::Table => table::read(intake, place, whole),
        Kind::Mailbox => mail::mailbox(intake, place, whole),
        Kind::Other(what) if !place.direct && kind::of_ending(&place.ending()).is_none() => {
            let _ = what;
            intake.skip()
        }
        Kind::Other(what) => intake.refuse(
            place,
            format!("this is {what}, which is not read; give its text, as .txt, .html or .pdf"),
        ),
        _ => match held(intake, whole) {
            Ok(bytes) => held_kind(intake, place, kind, bytes),
            Err(reason) => intake.refuse(place, reason),
        },
    }
}

/// All bytes of a file that is one report or cannot be read otherwise.
fn held(intake: &Intake, reader: Box<dyn BufRead + '_>) -> Result<Vec<u8>, String> {
    let limit = intake.limits.whole;
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes).map_err(|error| explain(&error))?;
    if bytes.len() as u64 > limit {
        return Err(format!("it is longer than {} MB, the limit for one file; split it", limit >> 20));
    }
    Ok(bytes)
}

fn held_kind(intake: &Intake, place: &Place, kind: Kind, bytes: Vec<u8>) -> Flow {
    match kind {
        Kind::Zip => archive::zip(intake, place, Cursor::new(bytes)),
        Kind::Pdf => intake.one(place, || pdf::read(bytes)),
        Kind::Mail => intake.one(place, || mail::mail(&bytes, place)),
        Kind::Feed => feed::read(intake, place, &bytes),
        Kind::Html => intake.one(place, || page(place, bytes)),
        Kind::Json => match decode(bytes) {
            Ok(decoded) if decoded.text.trim().is_empty() => intake.refuse(place, EMPTY),
            Ok(decoded) => json::read(intake, place, &decoded.text),
            Err(error) => intake.refuse(place, error.to_string()),
        },
        _ => intake.one(place, || text(bytes)),
    }
}

/// What is said of what is empty.
const EMPTY: &str = "it is empty: there is nothing to read";

fn text(bytes: Vec<u8>) -> Result<Report, String> {
    let decoded = decode(bytes).map_err(|error| error.to_string())?;
    if decoded.text.trim().is_empty() {
        return Err(EMPTY.to_owned());
    }
    Ok(Report { remarks: decoded.remark().into_iter().collect(), text: decoded.text, ..Report::default() })
}

fn page(place: &Place, bytes: Vec<u8>) -> Result<Report, String> {
    let decoded = decode_page(bytes, place.charset.as_deref()).map_err(|error| error.to_string())?;
    if decoded.text.trim().is_empty() {
        return Err(EMPTY.to_owned());
    }
    let mut report = html::page(&decoded.text, place.url.as_deref(), place.fetched.as_deref())?;
    report.remarks.extend(decoded.remark());
    Ok(report)
}

/// Gzip: a web archive record by record, anything else as one stream.
fn gzip<'r>(intake: &Intake, place: &Place, head: &[u8], reader: Box<dyn BufRead + 'r>) -> Flow {
    let mut first = [0; 5];
    let begins =
        guarded(|| MultiGzDecoder::new(head).read_exact(&mut first).map_err(|error| error.to_string()));
    if begins.is_ok() && &first == b"WARC/" {
        return warc::gzip(intake, place, reader);
    }
    let (packed, count) = Packed::new(reader);
    let unpacked = MultiGzDecoder::new(packed);
    inner(intake, place, Unpacked::new(unpacked, count, intake.used.clone(), intake.limits))
}

/// What a packed file holds, by its name without the last ending.
fn inner<'r>(intake: &Intake, place: &Place, reader: impl Read + 'r) -> Flow {
    let mut here = place.clone();
    here.depth += u8::from(place.ending() != "tgz" && place.ending() != "txz");
    here.file = match place.ending().as_str() {
        "gz" | "xz" => here.file[..here.file.len() - 3].to_owned(),
        "tgz" | "txz" => "x.tar".to_owned(),
        _ => String::new(),
    };
    // The packing of an archive is part of it and no archive of its own.
    if here.depth > intake.limits.depth + 1 {
        return intake
            .refuse(place, format!("it is packed more than {} times; unpack it", intake.limits.depth));
    }
    visit(intake, &here, Box::new(reader))
}
