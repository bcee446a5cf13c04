//! Files made for tests: archives, web archives, feeds, mails, a PDF.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

/// A page of an invented ministry.
pub const PAGE: &str = "<!DOCTYPE html><html><head><title>Talks in Oslo</title></head><body><article><h1>Talks in Oslo</h1><p>Foreign Minister Ingrid Solheim met her Kenyan counterpart, Daniel Otieno, in Oslo on Tuesday, the ministry said in a statement after the talks.</p><p>The two ministers agreed to meet twice a year and to set up a commission on fisheries, which begins its work in March.</p></article></body></html>";

/// A feed of two entries.
pub const FEED: &str = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour News</title><link>https://news.example/</link><description>d</description>\
<item><title>Talks in Oslo</title><link>https://news.example/1</link><pubDate>Fri, 04 Jan 2019 10:00:00 +0000</pubDate><description>&lt;p&gt;Ministers met &amp;amp; spoke.&lt;/p&gt;</description></item>\
<item><title>More talks</title><link>https://news.example/2</link><description>Envoys left Oslo.</description></item></channel></rss>";

/// A mail whose page is packed in base64 (`<p>The envoy left Oslo.</p>`).
pub const MAIL: &str = "From: \"Press Office\" <press@mfa.example>\r\nTo: list@mfa.example\r\nSubject: =?utf-8?q?Talks_in_Troms=C3=B8?=\r\nDate: Fri, 04 Jan 2019 10:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+VGhlIGVudm95IGxlZnQgT3Nsby48L3A+\r\n";

/// A table.
pub const TABLE: &str = "headline,body,date,link\nTalks,\"Ministers met, in Oslo.\",2019-01-04,https://news.example/1\nMore,Envoys left.,someday,https://news.example/2\n";

/// A dump.
pub const DUMP: &str = r#"{"articles": [{"title": "Talks", "content": "<p>Ministers met.</p>", "publishedAt": "2019-01-04T10:00:00Z", "source": {"name": "Harbour News"}}, {"title": "none"}, {"text": 5}]}"#;

/// Packed with gzip.
pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Packed with xz.
pub fn xz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A tar archive.
pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A ZIP archive.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in members {
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A record of a web archive.
pub fn record(kind: &str, url: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-01-05T00:10:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n",
        content.len()
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

/// A response with a page in it.
pub fn response(header: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").as_bytes(), body].concat()
}

/// A PDF of one page that draws this, with a table of references that is right.
pub fn pdf(drawn: &str) -> Vec<u8> {
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>\nstream\n{drawn}\nendstream", drawn.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Title(Talks in Oslo)/Author(Press Office)/CreationDate(D:20190104100000Z)>>".to_owned(),
    ];
    let mut out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend_from_slice(format!("{} 0 obj\n{object}\nendobj\n", at + 1).as_bytes());
    }
    let start = out.len();
    out.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        out.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes());
    }
    let trailer = format!(
        "trailer\n<</Size {}/Root 1 0 R/Info 6 0 R>>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    out.extend_from_slice(trailer.as_bytes());
    out
}

/// What a page of two lines draws.
pub const DRAWN: &str =
    "BT /F1 12 Tf 72 700 Td (The minister met the ambas-) Tj 0 -14 Td (sador in Oslo on Tuesday.) Tj ET";
