//! HTTP responses as web archives keep them: header lines, then a body in its transfer codings.

use std::io::Read as _;

/// One response.
#[derive(Debug, Default)]
pub struct Response {
    /// Status code.
    pub status: u16,
    /// Media type in lower case, without parameters.
    pub media: String,
    /// The encoding it was sent with.
    pub charset: Option<String>,
    /// The body without its codings.
    pub body: Vec<u8>,
}

/// Reads a response (RFC 9112); `largest` bounds its unpacked body.
///
/// # Errors
/// What is wrong with it.
pub fn read(bytes: &[u8], largest: u64) -> Result<Response, String> {
    let (head, body) = split(bytes).ok_or("the response has no end of its headers")?;
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let status =
        lines.next().and_then(|line| line.strip_prefix("HTTP/")?.split_whitespace().nth(1)?.parse().ok());
    let mut response =
        Response { status: status.ok_or("the record holds no HTTP response")?, ..Response::default() };
    let (mut chunked, mut coding) = (false, String::new());
    for (name, value) in lines.filter_map(|line| line.split_once(':')) {
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "content-type" => {
                let lower = value.to_ascii_lowercase();
                lower.split(';').next().unwrap_or_default().trim().clone_into(&mut response.media);
                response.charset = lower.split_once("charset=").map(|(_, name)| {
                    name.trim_matches(['"', '\'', ' '])
                        .split([';', ' ', '"'])
                        .next()
                        .unwrap_or_default()
                        .to_owned()
                });
            }
            "transfer-encoding" => chunked = value.to_ascii_lowercase().contains("chunked"),
            "content-encoding" => coding = value.to_ascii_lowercase(),
            _ => {}
        }
    }
    // Crawlers often undo the codings and leave the header lines.
    let whole = if chunked { unchunked(body).unwrap_or_else(|| body.to_vec()) } else { body.to_vec() };
    response.body = match coding.as_str() {
        "gzip" | "x-gzip" if whole.starts_with(&[0x1f, 0x8b]) => {
            bounded(flate2::read::MultiGzDecoder::new(whole.as_slice()), largest)?
        }
        "deflate" => bounded(flate2::read::ZlibDecoder::new(whole.as_slice()), largest)
            .or_else(|_| bounded(flate2::read::DeflateDecoder::new(whole.as_slice()), largest))
            .unwrap_or(whole),
        "br" | "zstd" if std::str::from_utf8(&whole).is_err() => {
            return Err(format!("the page is packed with {coding}, which is not read"));
        }
        _ => whole,
    };
    Ok(response)
}

fn bounded(reader: impl std::io::Read, largest: u64) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    reader
        .take(largest + 1)
        .read_to_end(&mut out)
        .map_err(|error| format!("its packed body is broken: {error}"))?;
    if out.len() as u64 > largest {
        return Err(format!("its body unpacks to more than {} MB", largest >> 20));
    }
    Ok(out)
}

fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at =
        |mark: &[u8]| bytes.windows(mark.len()).position(|window| window == mark).map(|at| (at, mark.len()));
    let (end, mark) = match (at(b"\r\n\r\n"), at(b"\n\n")) {
        (Some(one), Some(two)) => one.min(two),
        (one, two) => one.or(two)?,
    };
    Some((&bytes[..end], &bytes[end + mark..]))
}

fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(body.len());
    loop {
        let end = body.iter().take(64).position(|byte| *byte == b'\n')?;
        let size = std::str::from_utf8(&body[..end]).ok()?.split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        body = &body[end + 1..];
        if size == 0 {
            return Some(out);
        }
        out.extend_from_slice(body.get(..size)?);
        body = &body[size..];
        body = body.strip_prefix(b"\r\n").or_else(|| body.strip_prefix(b"\n")).unwrap_or(body);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined_and_headers_read() {
        let bytes = b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; charset=\"windows-1251\"\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>a\r\n3\r\nbcd\r\n0\r\n\r\n";
        let response = read(bytes, 1000).unwrap();
        assert_eq!((response.status, response.media.as_str()), (200, "text/html"));
        assert_eq!(response.charset.as_deref(), Some("windows-1251"));
        assert_eq!(response.body, b"<p>abcd");
        let undone = b"HTTP/1.0 200\nTransfer-Encoding: chunked\n\n<p>zzz\n";
        assert_eq!(read(undone, 1000).unwrap().body, b"<p>zzz\n");
        assert!(read(b"nothing", 10).is_err() && read(b"a\r\n\r\nb", 10).is_err());
    }
}
