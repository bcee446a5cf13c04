//! Bytes to text: Unicode first, then the encoding that is declared, then the one that is likely.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, WINDOWS_1252};

/// Text, and how its encoding was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without its byte-order mark, otherwise unchanged.
    pub text: String,
    /// Name of the encoding where it was guessed from the bytes.
    pub guessed: Option<&'static str>,
}

impl Decoded {
    /// What people should know of a guess.
    pub fn remark(&self) -> Option<String> {
        self.guessed.map(|name| {
            format!("the text is not UTF-8 and was read as {name}, which is a guess; if letters look wrong, save it as UTF-8")
        })
    }
}

/// Why bytes are no report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeError {
    /// Bytes that are no text in any encoding read here.
    Binary {
        /// What the first bytes look like.
        looks_like: &'static str,
    },
    /// UTF-16 with half a character.
    BrokenUtf16,
    /// UTF-8 with broken characters in it, or bytes in no encoding that could be told.
    BrokenUtf8 {
        /// The first such byte, from 0.
        at: usize,
        /// The line it stands in, from 1.
        line: usize,
    },
}

impl std::fmt::Display for DecodeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Binary { looks_like } => write!(f, "this is {looks_like}, not text; give the text itself"),
            Self::BrokenUtf16 => write!(f, "the text is UTF-16 with broken characters; save it as UTF-8"),
            Self::BrokenUtf8 { at, line } => {
                write!(
                    f,
                    "byte {at} (line {line}) is not UTF-8; save the text as UTF-8 (iconv -t UTF-8 does that)"
                )
            }
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a text: UTF-8 with or without a byte-order mark, UTF-16 with one, or without one where its
/// zero bytes give it away, else an older encoding that its letters suggest. The mark is removed,
/// nothing else is changed.
///
/// # Errors
/// [`DecodeError`] says what the bytes are instead. Broken characters are never replaced, because
/// quotes are literal and offsets must hold in the reader's own copy.
pub fn decode(mut bytes: Vec<u8>) -> Result<Decoded, DecodeError> {
    let sure = |text| Ok(Decoded { text, guessed: None });
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err(DecodeError::Binary { looks_like: "UTF-32" });
    }
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe]) {
        return sure(utf16(rest, u16::from_le_bytes)?);
    }
    if let Some(rest) = bytes.strip_prefix(&[0xfe, 0xff]) {
        return sure(utf16(rest, u16::from_be_bytes)?);
    }
    if bytes.starts_with(&[0xef, 0xbb, 0xbf]) {
        bytes.drain(..3);
    }
    if bytes.iter().take(8192).any(|byte| *byte == 0) {
        return match unmarked_utf16(&bytes) {
            Some(read) => sure(utf16(&bytes, read)?),
            None => Err(DecodeError::Binary { looks_like: "binary data" }),
        };
    }
    match String::from_utf8(bytes) {
        Ok(text) => sure(text),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            older(error.as_bytes(), at)
        }
    }
}

/// Decodes a page: byte-order mark, then the encoding it was sent with, then the one it declares, then
/// what [`decode`] makes of it (WHATWG Encoding Standard, "decode"; HTML, "determining the character
/// encoding"). A browser replaces broken characters; so does this where the encoding is declared.
///
/// # Errors
/// As [`decode`].
pub fn decode_page(bytes: Vec<u8>, sent: Option<&str>) -> Result<Decoded, DecodeError> {
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let named = |label: &str| Encoding::for_label(label.trim_matches(['"', '\'', ' ']).as_bytes());
    let declared = || meta(&bytes[..bytes.len().min(4096)]).as_deref().and_then(named);
    let encoding = marked.or_else(|| sent.and_then(named)).or_else(declared);
    match encoding {
        // Pages that say UTF-8 and are older are many.
        Some(encoding) if encoding == encoding_rs::UTF_8 => {
            decode(bytes.clone()).or_else(|error| match error {
                DecodeError::BrokenUtf8 { .. } => {
                    Ok(Decoded { text: String::from_utf8_lossy(&bytes).into_owned(), guessed: None })
                }
                other => Err(other),
            })
        }
        Some(encoding) => {
            Ok(Decoded { text: encoding.decode_with_bom_removal(&bytes).0.into_owned(), guessed: None })
        }
        None => decode(bytes),
    }
}

/// The encoding that a page declares in its first bytes.
fn meta(head: &[u8]) -> Option<String> {
    let head: String = head.iter().map(|byte| char::from(*byte).to_ascii_lowercase()).collect();
    let at = head.find("charset=").map(|at| at + 8).or_else(|| {
        let xml = head.get(..head.find("?>")?)?;
        xml.find("encoding=").map(|at| at + 9)
    })?;
    let name = head[at..].trim_start_matches(['"', '\'', ' ']);
    Some(name.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:".contains(*c)).collect())
}

/// Text from before Unicode, unless it is UTF-8 with a few broken characters.
fn older(bytes: &[u8], at: usize) -> Result<Decoded, DecodeError> {
    let line = bytes[..at].split(|byte| *byte == b'\n').count();
    let broken = Err(DecodeError::BrokenUtf8 { at, line });
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad
        || bytes.iter().any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c | 0x1b))
    {
        return broken;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) else {
        return broken;
    };
    // What no code page defines comes out as a control: then it was no text of this encoding.
    if text.chars().any(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        return broken;
    }
    // Western letters are rare between others; many of them are bytes that are no text at all.
    let odd = text.chars().filter(|c| !c.is_ascii()).count();
    if encoding == WINDOWS_1252 && odd * 4 > text.chars().count() && text.len() > 40 {
        return broken;
    }
    Ok(Decoded { text: text.into_owned(), guessed: Some(encoding.name()) })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str, write: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(write).collect()
    }

    fn text(bytes: Vec<u8>) -> String {
        decode(bytes).unwrap().text
    }

    #[test]
    fn marks_go_and_text_stays() {
        assert_eq!(text("\u{feff}Kabul\r\n".into()), "Kabul\r\n");
        assert_eq!(text(units("\u{feff}Ké", u16::to_le_bytes)), "Ké");
        assert_eq!(text(units("\u{feff}Ké", u16::to_be_bytes)), "Ké");
        assert_eq!(text(Vec::new()), "");
    }

    #[test]
    fn utf16_without_a_mark_is_recognised() {
        let words = "Ministers met in Tromsø on “Tuesday”.";
        assert_eq!(text(units(words, u16::to_le_bytes)), words);
        assert_eq!(text(units(words, u16::to_be_bytes)), words);
    }

    #[test]
    fn what_is_no_text_is_named() {
        let said = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err().to_string();
        assert_eq!(said(&[0xff, 0xfe, 0x00]), "the text is UTF-16 with broken characters; save it as UTF-8");
        assert!(said(b"a\0b").contains("binary data"));
    }

    #[test]
    fn older_encodings_are_guessed_and_broken_utf8_is_located() {
        let old = decode(b"one\ntwo caf\xe9 and more, in the old way\n".to_vec()).unwrap();
        assert_eq!(
            (old.text.as_str(), old.guessed),
            ("one\ntwo café and more, in the old way\n", Some("windows-1252"))
        );
        let words = "Министр иностранных дел прибыл в Осло и встретился с коллегой.";
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(words);
        assert_eq!(text(bytes.into_owned()), words);
        let error = decode(b"\xc3\xa9t\xc3\xa9 one\ntwo caf\xe9\n".to_vec()).unwrap_err();
        assert_eq!(error, DecodeError::BrokenUtf8 { at: 17, line: 2 });
    }

    #[test]
    fn a_page_says_its_encoding() {
        let words = "<meta charset=\"shift_jis\"><p>外務大臣はオスロを訪問した。";
        let (bytes, _, _) = encoding_rs::SHIFT_JIS.encode(words);
        assert_eq!(decode_page(bytes.to_vec(), None).unwrap().text, words);
        let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("<p>Осло");
        assert_eq!(decode_page(bytes.into_owned(), Some("windows-1251")).unwrap().text, "<p>Осло");
    }
}
