//! A program run beside this one, with the time and memory that it took.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

/// Between two looks at its memory.
const LOOK: Duration = Duration::from_millis(5);

/// What it took.
#[derive(Debug, Clone, Copy, Default)]
pub struct Took {
    /// Seconds by the clock.
    pub wall: f64,
    /// Seconds of the processor, on all cores; nothing where the system does not tell.
    pub processor: Option<f64>,
    /// Most memory held, in MB; nothing where the system does not tell.
    pub peak: Option<f64>,
}

/// Runs a program to its end; what it prints is returned with what it took.
pub fn run(program: &Path, words: &[&str]) -> Result<(String, Took)> {
    let before = children();
    let began = Instant::now();
    let child = Command::new(program).args(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let child = child.with_context(|| format!("starting {}", program.display()))?;
    let number = child.id();
    let (output, wall, peak) = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| (child.wait_with_output(), began.elapsed().as_secs_f64()));
        let mut peak = None;
        while !waiting.is_finished() {
            peak = crate::score::peak(&number.to_string()).or(peak);
            std::thread::sleep(LOOK);
        }
        waiting.join().map(|(output, wall)| (output, wall, peak))
    })
    .map_err(|_| anyhow::anyhow!("waiting for {} failed", program.display()))?;
    let output = output?;
    if !output.status.success() {
        bail!("verbale {}: {}", words.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    let processor = before.zip(children()).map(|(before, after)| after - before);
    Ok((String::from_utf8(output.stdout)?, Took { wall, processor, peak }))
}

/// Seconds of the processor that programs started here have taken, those that have ended; on Linux.
fn children() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may hold anything; fields are counted behind it, in hundredths of a second.
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(13)? + ticks(14)?) / 100.0)
}
