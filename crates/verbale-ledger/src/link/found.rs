//! Which tellings are compared: those that share most keys, of which a few bytes are kept.

use sha2::{Digest as _, Sha256};

use super::profile::Profile;

/// Tellings compared with a new one: those that share most keys with it, the newest of equals.
pub const COMPARED: usize = 48;

impl Profile<'_> {
    /// The [keys](Self::keys) as the ledger keeps them, each once.
    pub fn short_keys(&self) -> Vec<i64> {
        let mut keys: Vec<i64> = self.keys().iter().map(|key| short(key)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

/// A key as the ledger keeps it: two bytes of the hash of its time, so that keys of one time lie together,
/// and six of the hash of all of it.
fn short(key: &str) -> i64 {
    let hash = |text: &str| {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&Sha256::digest(text.as_bytes())[..8]);
        u64::from_be_bytes(bytes)
    };
    let time = key.rsplit_once('|').map_or("", |parts| parts.1);
    ((hash(time) >> 48 << 48) | (hash(key) >> 16)).cast_signed()
}
