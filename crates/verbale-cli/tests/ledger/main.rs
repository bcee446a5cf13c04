//! The commands that work on a ledger, as a user runs them: what they store, lose, refuse and list.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

#[path = "../binary/mod.rs"]
mod binary;
mod book;
mod made;

mod again;
mod killed;
mod listed;
mod recoded;
mod refused;
mod removed;
mod retained;
mod together;
