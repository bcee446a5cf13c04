//! Likeness of documents: canonical addresses, near-copies and wire copies, stories.

/// The canonical form of an address: one page, one address.
pub fn canonical(url: &str) -> String {
    url.trim().to_owned()
}
