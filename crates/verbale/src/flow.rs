//! Work on many inputs with all cores, results in the order of the inputs, memory bounded.

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, channel};

use rayon::{Scope, ThreadPool, ThreadPoolBuilder};
use verbale_model::Report;

use crate::ingest::Refused;

/// Bytes of text that may wait or be in work at once.
const IN_FLIGHT: usize = 48 << 20;

/// Something that text is made from.
pub trait Input {
    /// How it is called in messages.
    fn name(&self) -> String;
    /// What it weighs, in bytes.
    fn size(&self) -> usize;
}

impl Input for Report {
    fn name(&self) -> String {
        self.id.clone()
    }

    fn size(&self) -> usize {
        self.text.len()
    }
}

/// Threads to work with: one per core, or as many as `RAYON_NUM_THREADS` says. Their stacks are large
/// because a sentence of a megabyte has a deep tree.
pub fn threads() -> ThreadPoolBuilder {
    ThreadPoolBuilder::new().stack_size(64 << 20)
}

/// Gives the result of `work` on each input to `take`, in the order of the inputs; one that was
/// refused, or on which `work` panics, is given as refused. A few inputs per thread are in work at
/// once, fewer if they are large. It works on the threads of a pool, or on those of the process.
///
/// # Errors
/// The first of `take`, which ends it.
pub fn in_order<T: Input + Send, R: Send, E>(
    pool: Option<&ThreadPool>,
    inputs: impl Iterator<Item = Result<T, Refused>>,
    work: impl Fn(T) -> Result<R, Refused> + Sync,
    take: impl FnMut(Result<R, Refused>) -> Result<(), E>,
) -> Result<(), E> {
    let work = &work;
    match pool {
        Some(pool) => {
            pool.in_place_scope(|scope| fed(scope, 4 * pool.current_num_threads(), inputs, work, take))
        }
        None => {
            rayon::in_place_scope(|scope| fed(scope, 4 * rayon::current_num_threads(), inputs, work, take))
        }
    }
}

/// Feeds the threads of a scope with so many inputs at once at most.
fn fed<'scope, T: Input + Send + 'scope, R: Send + 'scope, E>(
    scope: &Scope<'scope>,
    most: usize,
    inputs: impl Iterator<Item = Result<T, Refused>>,
    work: &'scope (impl Fn(T) -> Result<R, Refused> + Sync),
    mut take: impl FnMut(Result<R, Refused>) -> Result<(), E>,
) -> Result<(), E> {
    let mut waiting: VecDeque<(usize, Receiver<Result<R, Refused>>)> = VecDeque::new();
    let mut weight = 0;
    let mut next = |waiting: &mut VecDeque<(usize, Receiver<_>)>, weight: &mut usize| {
        let Some((bytes, result)) = waiting.pop_front() else { return Ok(()) };
        *weight -= bytes;
        take(result.recv().unwrap_or_else(|_| Err(failed(String::new()))))
    };
    for input in inputs {
        let bytes = input.as_ref().map_or(0, Input::size);
        while !waiting.is_empty() && (waiting.len() >= most || weight + bytes > IN_FLIGHT) {
            next(&mut waiting, &mut weight)?;
        }
        let (sender, receiver) = channel();
        match input {
            Ok(input) => scope.spawn(move |_| {
                let name = input.name();
                let done = catch_unwind(AssertUnwindSafe(|| work(input)));
                let _ = sender.send(done.unwrap_or_else(|_| Err(failed(name))));
            }),
            Err(refused) => drop(sender.send(Err(refused))),
        }
        waiting.push_back((bytes, receiver));
        weight += bytes;
    }
    while !waiting.is_empty() {
        next(&mut waiting, &mut weight)?;
    }
    Ok(())
}

/// An input on which the work panicked: a mistake of ours that must not stop the others.
fn failed(input: String) -> Refused {
    let reason =
        "verbale failed on it; this is a mistake in verbale, please report it with the text".to_owned();
    Refused { input, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Number(u64, usize);

    impl Input for Number {
        fn name(&self) -> String {
            self.0.to_string()
        }

        fn size(&self) -> usize {
            self.1
        }
    }

    fn run(size: usize) -> Vec<Result<u64, String>> {
        let mut seen = Vec::new();
        let refused = |n: u64| Refused { input: n.to_string(), reason: "no".to_owned() };
        let inputs = (0..40).map(|n| if n == 3 { Err(refused(n)) } else { Ok(Number(n, size)) });
        let work = |n: Number| {
            std::thread::sleep(std::time::Duration::from_micros(500 * (n.0 % 3)));
            assert_ne!(n.0, 7, "on purpose");
            Ok(n.0)
        };
        in_order(None, inputs, work, |result| {
            seen.push(result.map_err(|refused| refused.input));
            Ok::<(), ()>(())
        })
        .unwrap();
        seen
    }

    #[test]
    fn order_is_kept_and_a_failure_stays_where_it_is() {
        let expected: Vec<Result<u64, String>> =
            (0..40).map(|n| if n == 3 || n == 7 { Err(n.to_string()) } else { Ok(n) }).collect();
        assert_eq!(run(1), expected);
        assert_eq!(run(IN_FLIGHT * 2), expected);
    }
}
