//! Bytes to text: UTF-8 and UTF-16, and nothing that is no text.

/// Why bytes are no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// Bytes that are no text in any encoding read here.
    Binary {
        /// What the first bytes look like.
        looks_like: &'static str,
    },
    /// Text with mark-up that is not read here.
    Markup {
        /// Which.
        looks_like: &'static str,
    },
    /// UTF-16 with half a character.
    BrokenUtf16,
    /// Bytes that are not UTF-8.
    BrokenUtf8 {
        /// The first such byte, from 0.
        at: usize,
        /// The line it stands in, from 1.
        line: usize,
        /// Whether the bytes would make sense in a Western European code page.
        western: bool,
    },
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Binary { looks_like } => write!(f, "this is {looks_like}, not text; give the text itself"),
            Self::Markup { looks_like } => {
                write!(
                    f,
                    "this is {looks_like}, which is not read yet; save its text as a .txt file and give that"
                )
            }
            Self::BrokenUtf16 => write!(f, "the text is UTF-16 with broken characters; save it as UTF-8"),
            Self::BrokenUtf8 { at, line, western } => {
                let from = if *western {
                    "perhaps iconv -f WINDOWS-1252 -t UTF-8"
                } else {
                    "iconv -t UTF-8 does that"
                };
                write!(f, "byte {at} (line {line}) is not UTF-8; save the text as UTF-8 ({from})")
            }
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a report: UTF-8 with or without a byte-order mark, UTF-16 with one, or without one where
/// its zero bytes give it away. The mark is removed, nothing else is changed.
///
/// # Errors
/// [`DecodeError`] says what the bytes are instead. Broken characters are never replaced, because
/// quotes are literal and offsets must hold in the reader's own copy.
pub fn decode(mut bytes: Vec<u8>) -> Result<String, DecodeError> {
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err(DecodeError::Binary { looks_like: "UTF-32" });
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return utf16(rest, u16::from_be_bytes);
    }
    if let Some(looks_like) = signature(&bytes) {
        return Err(DecodeError::Binary { looks_like });
    }
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return match unmarked_utf16(&bytes) {
            Some(read) => utf16(&bytes, read),
            None => Err(DecodeError::Binary { looks_like: "binary data" }),
        };
    }
    let text = String::from_utf8(bytes).map_err(|error| broken(&error))?;
    match markup(&text) {
        Some(looks_like) => Err(DecodeError::Markup { looks_like }),
        None => Ok(text),
    }
}

fn utf16(bytes: &[u8], read: fn([u8; 2]) -> u16) -> Result<String, DecodeError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(DecodeError::BrokenUtf16);
    }
    char::decode_utf16(pairs.iter().map(|pair| read(*pair)))
        .collect::<Result<String, _>>()
        .map_err(|_| DecodeError::BrokenUtf16)
}

/// The byte order of UTF-16 without a mark: in English text nearly every other byte is zero, and no
/// character is.
fn unmarked_utf16(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let (pairs, rest) = bytes[..bytes.len().min(8192)].as_chunks::<2>();
    if !rest.is_empty() || pairs.len() < 4 || pairs.contains(&[0, 0]) {
        return None;
    }
    let mostly = |zero: usize| {
        pairs.iter().filter(|pair| pair[zero] == 0 && is_text(pair[1 - zero])).count() * 10 > pairs.len() * 7
    };
    if mostly(1) {
        Some(u16::from_le_bytes)
    } else if mostly(0) {
        Some(u16::from_be_bytes)
    } else {
        None
    }
}

/// Whether a byte is printable ASCII or white space.
fn is_text(byte: u8) -> bool {
    byte == b' ' || byte.is_ascii_graphic() || matches!(byte, b'\n' | b'\r' | b'\t')
}

fn broken(error: &std::string::FromUtf8Error) -> DecodeError {
    let (at, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
    let line = bytes[..at].split(|byte| *byte == b'\n').count();
    // Code page 1252 leaves these five bytes undefined.
    let undefined = |byte: &u8| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d);
    let (mut high, mut odd) = (0_usize, 0_usize);
    for byte in bytes.iter().take(1 << 20) {
        high += usize::from(*byte >= 0x80);
        odd += usize::from(undefined(byte) || (*byte < 0x20 && !byte.is_ascii_whitespace()));
    }
    DecodeError::BrokenUtf8 { at, line, western: odd == 0 && high * 4 < bytes.len() }
}

/// Formats that people hand in by mistake.
fn signature(bytes: &[u8]) -> Option<&'static str> {
    const KNOWN: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"7z\xbc\xaf", "a 7-Zip archive"),
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"RIFF", "a sound, film or picture"),
        (b"PAR1", "a Parquet table"),
        (b"\x7fELF", "a program"),
        (b"SQLite format 3", "a SQLite database"),
        (b"\xd0\xcf\x11\xe0", "an old office document"),
    ];
    KNOWN.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

fn markup(text: &str) -> Option<&'static str> {
    let start = text.trim_start().as_bytes();
    let opens = |tag: &[u8]| start.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag));
    if opens(b"<!doctype html") || opens(b"<html") {
        Some("an HTML page")
    } else if opens(b"<?xml") {
        Some("an XML file")
    } else if opens(b"{\\rtf") {
        Some("an RTF document")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(write).collect()
    }

    #[test]
    fn marks_go_and_text_stays() {
        assert_eq!(decode("\u{feff}Kabul\r\n".into()).unwrap(), "Kabul\r\n");
        assert_eq!(decode(units("\u{feff}Ké", u16::to_le_bytes)).unwrap(), "Ké");
        assert_eq!(decode(units("\u{feff}Ké", u16::to_be_bytes)).unwrap(), "Ké");
        assert_eq!(decode(Vec::new()).unwrap(), "");
    }

    #[test]
    fn utf16_without_a_mark_is_recognised() {
        let text = "Ministers met in Tromsø on “Tuesday”.";
        assert_eq!(decode(units(text, u16::to_le_bytes)).unwrap(), text);
        assert_eq!(decode(units(text, u16::to_be_bytes)).unwrap(), text);
    }

    #[test]
    fn what_is_no_text_is_named() {
        let said = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err().to_string();
        assert_eq!(said(b"%PDF-1.7"), "this is a PDF file, not text; give the text itself");
        assert_eq!(said(&[0xff, 0xfe, 0x00]), "the text is UTF-16 with broken characters; save it as UTF-8");
        assert!(said(b"a\0b").contains("binary data"));
        assert!(said(b" <!DOCTYPE html><p>").contains("an HTML page"));
        assert_eq!(decode(b"a < b and <html".to_vec()).unwrap(), "a < b and <html");
    }

    #[test]
    fn broken_utf8_is_located() {
        let error = decode(b"one\ntwo caf\xe9 and more, in the old way\n".to_vec()).unwrap_err();
        assert_eq!(error, DecodeError::BrokenUtf8 { at: 11, line: 2, western: true });
        assert!(error.to_string().contains("WINDOWS-1252"));
    }
}
