//! Files that pages need, embedded, each under an address that changes with its content.

use sha2::{Digest, Sha256};

use crate::call::Call;
use crate::cursor::hex;
use crate::problem::Problem;
use crate::reply::Reply;

/// Name, media type and content.
const FILES: &[(&str, &str, &str)] =
    &[("style.css", "text/css; charset=utf-8", include_str!("../assets/style.css"))];

/// The address of a file, with digits of its hash.
pub fn address(name: &str) -> String {
    let file = FILES.iter().find(|(known, ..)| *known == name);
    let digits = file.map(|(_, _, text)| hex(&Sha256::digest(text.as_bytes())[..6])).unwrap_or_default();
    format!("/assets/{digits}/{name}")
}

/// A file. Under its own address it never changes; under that of another version it is what it is now.
pub fn file(call: &Call) -> Result<Reply, Problem> {
    let name = call.named("name");
    match FILES.iter().find(|(known, ..)| *known == name) {
        Some((name, media, text)) => {
            let reply = Reply::whole(media, text.as_bytes().to_vec());
            let current = address(name) == format!("/assets/{}/{name}", call.named("hash"));
            Ok(if current { reply.immutable() } else { reply })
        }
        None => Err(Problem::missing(format!("there is no file {name} here"))),
    }
}
