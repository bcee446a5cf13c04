//! The threads that reports are read on: a pool of each size, made once in every process.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::{PyErr, PyResult};
use rayon::ThreadPool;
use verbale::flow;

use crate::errors::VerbaleError;

/// A pool with the process that it belongs to and its size.
type Made = (u32, usize, Arc<ThreadPool>);

/// Few sizes are ever asked for, and a process that was forked makes its own: threads do not outlive a fork.
static POOLS: Mutex<Vec<Made>> = Mutex::new(Vec::new());

/// A pool of so many threads; 0 for one on each core, or as many as `RAYON_NUM_THREADS` says.
pub fn pool(threads: usize) -> PyResult<Arc<ThreadPool>> {
    let process = std::process::id();
    let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, _, pool)) = pools.iter().find(|(of, size, _)| (*of, *size) == (process, threads)) {
        return Ok(Arc::clone(pool));
    }
    let made = flow::threads().num_threads(threads).thread_name(|at| format!("verbale {at}")).build();
    let pool = Arc::new(made.map_err(|error| -> PyErr {
        VerbaleError::new_err(format!("{threads} threads could not be started: {error}"))
    })?);
    pools.push((process, threads, Arc::clone(&pool)));
    Ok(pool)
}
