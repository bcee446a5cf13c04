//! The API in process, over real ledgers: each endpoint, each format, each refusal.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod asked;
mod changed;
mod guarded;
mod kept;
mod made;
mod paged;
mod served;
mod specified;
mod uploaded;
