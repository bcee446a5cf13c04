//! One question and its answer, within limits of time and size.

use std::io::Read;
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use ureq::http::HeaderMap;
use ureq::{Agent, Body, Error, Timeout};
use url::Url;

use super::Limits;
use super::connect::Barred;

/// How many times its packed size a body may unpack to once it is larger than [`UNSUSPICIOUS`]: text packs to a
/// tenth at best, a bomb to a thousandth.
const MOST_RATIO: usize = 200;

/// Bodies up to this size, in bytes, are no bombs however well they pack.
const UNSUSPICIOUS: usize = 1 << 20;

/// The only packing that is asked for.
const GZIP: &str = "gzip";

/// Why there is no answer.
#[derive(Debug)]
pub(super) struct Failure {
    /// Whether nobody was asked: a refused address, or a name that is not known.
    pub(super) barred: bool,
    /// The reason, and what to do.
    pub(super) reason: String,
}

/// The beginning of an answer; its body is still to be read.
pub(super) struct Answer {
    /// Status of HTTP.
    pub(super) status: u16,
    /// Where a redirect leads.
    pub(super) location: Option<String>,
    /// Media type in lower case, without parameters.
    pub(super) content_type: Option<String>,
    /// Encoding of characters that the server states.
    pub(super) charset: Option<String>,
    /// How the body is packed, `None` if it is not.
    packing: Option<String>,
    length: Option<u64>,
    body: Body,
}

/// Asks for an address that was admitted; everything, the body included, is over at `deadline`.
///
/// # Errors
/// [`Failure`] when there is no answer.
pub(super) fn ask(agent: &Agent, limits: &Limits, url: &Url, deadline: Instant) -> Result<Answer, Failure> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Err(Failure { barred: false, reason: too_slow(limits.total) });
    }
    let request = agent.get(url.as_str()).config().timeout_global(Some(left)).build();
    let response = request.call().map_err(|error| failure(&error, limits))?;
    let headers = response.headers();
    let media = header(headers, "content-type").filter(|media| !media.is_empty());
    Ok(Answer {
        status: response.status().as_u16(),
        location: header(headers, "location"),
        content_type: media.as_deref().map(essence),
        charset: media.as_deref().and_then(charset),
        packing: header(headers, "content-encoding").and_then(|packing| packing_of(&packing)),
        length: header(headers, "content-length").and_then(|length| length.parse().ok()),
        body: response.into_body(),
    })
}

impl Answer {
    /// The whole body, unpacked.
    ///
    /// # Errors
    /// The reason, and what to do, when it breaks off, is too large, or is packed in a way that is not known.
    pub(super) fn bytes(self, limits: &Limits) -> Result<Vec<u8>, String> {
        let most = limits.wire_bytes;
        let (stated, packing) = (self.length, self.packing.clone());
        let too_large = || format!("it is larger than {}; save it and add the file", size(most));
        if stated.is_some_and(|stated| stated > most as u64) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        self.reader().take(most as u64 + 1).read_to_end(&mut bytes).map_err(|error| broken(error, limits))?;
        if bytes.len() > most {
            return Err(too_large());
        }
        match packing.as_deref() {
            None => Ok(bytes),
            Some(GZIP) => unpack(&bytes, limits),
            Some(other) => {
                Err(format!("it is packed as {other:?}, which was not asked for; save it and add the file"))
            }
        }
    }

    /// The first bytes of the body, unpacked, `most` of them at most.
    ///
    /// # Errors
    /// The reason when it breaks off, takes too long, or is packed in a way that is not known.
    pub(super) fn beginning(self, most: usize, limits: &Limits) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let packing = self.packing.clone();
        let body = self.reader().take(limits.wire_bytes as u64);
        match packing.as_deref() {
            None => body.take(most as u64).read_to_end(&mut bytes),
            Some(GZIP) => MultiGzDecoder::new(body).take(most as u64).read_to_end(&mut bytes),
            Some(other) => return Err(format!("it is packed as {other:?}")),
        }
        .map_err(|error| broken(error, limits))?;
        Ok(bytes)
    }

    fn reader(self) -> impl Read {
        self.body.into_reader()
    }
}

/// Why a body broke off.
fn broken(error: std::io::Error, limits: &Limits) -> String {
    failure(&Error::from(error), limits).reason
}

/// What gzip packed; stops at the limits, whatever the packed bytes say of themselves.
fn unpack(packed: &[u8], limits: &Limits) -> Result<Vec<u8>, String> {
    let most = limits.bytes.min(packed.len().saturating_mul(MOST_RATIO).max(UNSUSPICIOUS));
    let mut bytes = Vec::new();
    let unpacked = MultiGzDecoder::new(packed).take(most as u64 + 1).read_to_end(&mut bytes);
    unpacked.map_err(|error| format!("what it says to be gzip is damaged ({error}); try again later"))?;
    if bytes.len() > most {
        return Err(format!(
            "{} of gzip unpack to more than {}, as bombs do; save it and add the file if you trust it",
            size(packed.len()),
            size(most)
        ));
    }
    Ok(bytes)
}

fn size(bytes: usize) -> String {
    match bytes {
        0..1024 => format!("{bytes} bytes"),
        1024..1_048_576 => format!("{} kB", bytes >> 10),
        _ => format!("{} MB", bytes >> 20),
    }
}

/// A header's value; of several the first.
fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).trim().to_owned())
}

/// How a body is packed, in one spelling.
fn packing_of(value: &str) -> Option<String> {
    match value.to_ascii_lowercase().as_str() {
        "" | "identity" => None,
        "x-gzip" => Some(GZIP.to_owned()),
        other => Some(other.to_owned()),
    }
}

/// `text/html` of `Text/HTML; charset=UTF-8`.
fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// `utf-8` of `text/html; charset="UTF-8"`.
fn charset(media: &str) -> Option<String> {
    media.split(';').skip(1).find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        let value = value.trim().trim_matches('"').trim().to_ascii_lowercase();
        (key.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then_some(value)
    })
}

fn too_slow(limit: Duration) -> String {
    format!(
        "it took longer than the {} seconds that are granted; try again later, or save the page and add the file",
        limit.as_secs_f32()
    )
}

/// What went wrong in words of our own.
fn failure(error: &Error, limits: &Limits) -> Failure {
    let barred = matches!(error, Error::Other(inner) if inner.is::<Barred>());
    let reason = match error {
        Error::Timeout(Timeout::Connect | Timeout::RecvResponse) => {
            format!("no answer within {} seconds; try again later", limits.first_byte.as_secs_f32())
        }
        Error::Timeout(_) => too_slow(limits.total),
        Error::LargeResponseHeader(..) => format!(
            "its headers are larger than {}; save the page and add the file",
            size(limits.header_bytes)
        ),
        Error::Other(inner) => inner.to_string(),
        Error::Io(error) => format!("the connection failed ({error}); try again later"),
        other => format!("it cannot be understood ({other}); save the page and add the file"),
    };
    Failure { barred, reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    #[test]
    fn media_types_and_their_charset() {
        for (media, essential, stated) in [
            ("text/html", "text/html", None),
            ("Text/HTML; charset=\"UTF-8\"", "text/html", Some("utf-8")),
            ("text/html;boundary=x; Charset = windows-1251 ", "text/html", Some("windows-1251")),
            ("text/html; charset=", "text/html", None),
        ] {
            assert_eq!((essence(media).as_str(), charset(media).as_deref()), (essential, stated), "{media}");
        }
    }

    #[test]
    fn bombs_are_left_packed() {
        let limits = Limits::default();
        let text = b"The ministers met. ".repeat(1000);
        assert_eq!(unpack(&pack(&text), &limits).unwrap(), text);
        let twice = [pack(b"one "), pack(b"two")].concat();
        assert_eq!(unpack(&twice, &limits).unwrap(), b"one two");
        assert!(unpack(&pack(&vec![0; 4 << 20]), &limits).unwrap_err().contains("bombs"));
        let small = Limits { bytes: 1000, ..Limits::default() };
        assert!(unpack(&pack(&text), &small).unwrap_err().contains("1000 bytes"));
        let broken = &pack(&text)[..40];
        assert!(unpack(broken, &limits).unwrap_err().contains("damaged"));
        assert!(unpack(b"<html>", &limits).unwrap_err().contains("damaged"));
        assert!(unpack(b"", &limits).is_err());
    }
}
