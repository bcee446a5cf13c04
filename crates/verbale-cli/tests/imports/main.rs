//! Codings of others come into a ledger, as a user brings them: every format, packed and plain, whole or not at all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

#[path = "../binary/mod.rs"]
mod binary;
mod desk;

mod again;
mod gdelt;
mod icews;
mod killed;
mod mapped;
mod measured;
mod ours;
mod packed;
mod plover;
mod polecat;
mod votes;
