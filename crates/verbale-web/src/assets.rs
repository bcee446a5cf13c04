//! Files that pages need, embedded, each under an address that changes with its content.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::call::Call;
use crate::cursor::hex;
use crate::problem::Problem;
use crate::reply::Reply;

/// A file.
struct File {
    name: &'static str,
    media: &'static str,
    text: String,
    /// Digits of the hash of its text.
    digits: String,
}

static FILES: LazyLock<[File; 4]> = LazyLock::new(|| {
    let style = format!("{}{}", verbale_page::stylesheet(), include_str!("../assets/site.css"));
    [
        ("style.css", "text/css; charset=utf-8", style),
        ("drawer.js", "text/javascript; charset=utf-8", include_str!("../assets/drawer.js").to_owned()),
        ("brush.js", "text/javascript; charset=utf-8", include_str!("../assets/brush.js").to_owned()),
        ("icon.svg", "image/svg+xml", include_str!("../assets/icon.svg").to_owned()),
    ]
    .map(|(name, media, text)| {
        let digits = hex(&Sha256::digest(text.as_bytes())[..6]);
        File { name, media, text, digits }
    })
});

/// The address of a file, with digits of its hash.
pub fn address(name: &str) -> String {
    let digits = FILES.iter().find(|file| file.name == name).map_or("", |file| &file.digits);
    format!("/assets/{digits}/{name}")
}

/// A file. Under its own address it never changes; under that of another version it is what it is now.
pub fn file(call: &Call) -> Result<Reply, Problem> {
    let name = call.named("name");
    match FILES.iter().find(|file| file.name == name) {
        Some(file) => {
            let reply = Reply::whole(file.media, file.text.clone().into_bytes());
            Ok(if file.digits == call.named("hash") { reply.immutable() } else { reply })
        }
        None => Err(Problem::missing(format!("there is no file {name} here"))),
    }
}
