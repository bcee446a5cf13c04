//! Work on many inputs with all cores, on the threads of the process.

use anyhow::Result;
pub use verbale::flow::Input;
use verbale::flow::{self, threads as wanted};
use verbale::ingest::Refused;

/// Starts the threads: one per core, or as many as `RAYON_NUM_THREADS` says.
pub fn threads() -> Result<()> {
    Ok(wanted().build_global()?)
}

/// Gives the result of `work` on each input to `take`, in the order of the inputs; see [`flow::in_order`].
pub fn in_order<T: Input + Send, R: Send>(
    inputs: impl Iterator<Item = Result<T, Refused>>,
    work: impl Fn(T) -> Result<R, Refused> + Sync,
    take: impl FnMut(Result<R, Refused>) -> Result<()>,
) -> Result<()> {
    flow::in_order(None, inputs, work, take)
}
