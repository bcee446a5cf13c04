//! Charts and reports as readers and their tools meet them: well-formed, linked, safe, legible.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod charts;
mod colours;
mod made;
mod markup;
mod reports;
