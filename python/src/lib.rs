//! The extension module `verbale._engine`: what the Python package in `verbale` stands on.
//!
//! Python's side checks what people hand in and dresses what comes out; this side reads, counts and stores, without
//! Python's lock. Values go in and out as Arrow tables or as the JSON of the record.

mod arrow;
mod balance;
mod command;
mod errors;
mod filter;
mod imports;
mod ledger;
mod reports;
mod reviews;
mod spark;
mod threads;
mod world;

/// What the package `verbale` is made of; use that.
#[pyo3::pymodule]
mod _engine {
    #[pymodule_export]
    use super::arrow::schema;
    #[pymodule_export]
    use super::balance::{Question, balance_shares, balance_svg, balance_words, png};
    #[pymodule_export]
    use super::command::command;
    #[pymodule_export]
    use super::imports::Imports;
    #[pymodule_export]
    use super::ledger::Ledger;
    #[pymodule_export]
    use super::reviews::Reviews;
    #[pymodule_export]
    use super::spark::{balance_of, code_of, keep_file, keep_rows, kept_schema, step, step_schema};
    #[pymodule_export]
    use super::world::World;

    #[pymodule_export]
    const VERSION: &str = verbale::VERSION;
    #[pymodule_export]
    const DATA: &str = verbale::knowledge::VERSION;
    #[pymodule_export]
    const SCHEMA_VERSION: u32 = verbale::ledger::list::schema::SCHEMA_VERSION;
}
