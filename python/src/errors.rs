//! Errors on their way to Python: each becomes the exception of `verbale.errors` that says what kind it is.

use pyo3::PyErr;
use verbale::given::GivenError;
use verbale::ledger::LedgerError;

pyo3::import_exception!(verbale.errors, VerbaleError);
pyo3::import_exception!(verbale.errors, InputError);
pyo3::import_exception!(verbale.errors, LedgerBusyError);
pyo3::import_exception!(verbale.errors, LedgerFailure);

/// What was asked for and makes no sense.
pub fn input(message: impl Into<String>) -> PyErr {
    InputError::new_err(message.into())
}

/// What is wrong with the world that was wanted.
pub fn given(error: &GivenError) -> PyErr {
    match error {
        GivenError::World(error) => VerbaleError::new_err(error.to_string()),
        GivenError::File(..) | GivenError::Names(_) => input(error.to_string()),
    }
}

/// What went wrong with a ledger.
pub fn ledger(error: &LedgerError) -> PyErr {
    match error {
        LedgerError::Asked(message) => input(message),
        error if error.is_busy() => LedgerBusyError::new_err(error.to_string()),
        error => LedgerFailure::new_err(error.to_string()),
    }
}
