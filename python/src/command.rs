//! The command line inside the wheel: the same program, run in Python's process.

use std::ffi::OsString;

use pyo3::{Python, pyfunction};

/// Runs the command `verbale` with its arguments, the program's name first, and returns its exit code.
#[pyfunction]
pub fn command(py: Python<'_>, args: Vec<OsString>) -> u8 {
    py.detach(|| verbale_cli::run(args))
}
