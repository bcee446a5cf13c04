//! The program `verbale`: the command as a process of its own.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(verbale_cli::run(std::env::args_os()))
}
