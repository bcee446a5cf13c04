//! The pages in a browser, as people meet them: by pointer, by keyboard, without script, on a telephone, in the dark, from right to left.
//! Left out without Chromium. `VERBALE_PICTURES=docs cargo test --workspace --test browser pictures` takes the pictures of the documentation.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test says what is wrong by panicking"
)]

mod adding;
mod audited;
mod brushed;
mod chromium;
mod directions;
mod keyboard;
mod page;
mod pictures;
mod pointer;
mod scriptless;
mod site;
mod widths;
