//! `cargo xtask load N [--readers 20] [--seconds 60] [--ledger FILE] [--keep FILE] [--write]`: how fast the pages of a
//! ledger of N events are there while many read and somebody adds.
//!
//! The server is the program itself, run as people run it; readers and server share the machine.

mod client;
mod made;
mod pages;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use verbale::World;

use crate::draw::Draw;
use crate::runs;
use client::Client;
use pages::Asking;

/// Where runs are noted, in `bench/runs`.
const RUNS: &str = "load.csv";

/// Mean time that a reader looks at a page, in seconds; times are exponential.
const LOOK: f64 = 1.0;
/// Between two reports that are added.
const BETWEEN: Duration = Duration::from_millis(500);
/// For how long readers read before anything is counted.
const BEFORE: Duration = Duration::from_secs(30);

const HEADER: &str = "day,commit,processor,cores,events,readers,seconds,page,requests,p50 ms,p95 ms,p99 ms,slowest ms,\
                      failed,requests/s,peak memory MB";

/// What is asked of a run.
struct Wanted {
    events: usize,
    readers: u64,
    seconds: u64,
    ledger: Option<PathBuf>,
    keep: Option<PathBuf>,
    write: bool,
}

impl Wanted {
    fn read(words: &[&str]) -> Result<Self> {
        let mut wanted =
            Self { events: 100_000, readers: 20, seconds: 60, ledger: None, keep: None, write: false };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} needs a value"));
            match *word {
                "--write" => wanted.write = true,
                "--readers" => wanted.readers = value()?.parse().context("--readers")?,
                "--seconds" => wanted.seconds = value()?.parse().context("--seconds")?,
                "--ledger" => wanted.ledger = Some(value()?.into()),
                "--keep" => wanted.keep = Some(value()?.into()),
                number => {
                    let number = number.replace('_', "").parse();
                    wanted.events = number.with_context(|| format!("{word:?} is no number of events"))?;
                }
            }
        }
        Ok(wanted)
    }
}

/// Makes a ledger, or copies one that was kept, serves it, and prints a line for each page.
pub fn run(words: &[&str]) -> Result<()> {
    let wanted = Wanted::read(words)?;
    let program = crate::imports::build()?;
    let world = World::embedded()?;
    let folder = std::env::temp_dir().join(format!("verbale-load-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("ledger.db");
    match &wanted.ledger {
        // What is added while it is measured stays out of it.
        Some(kept) => {
            std::fs::copy(kept, &file).with_context(|| format!("copying {}", kept.display()))?;
        }
        None => {
            made::fill(&world, &file, wanted.events)?;
        }
    }
    if let Some(keep) = &wanted.keep {
        std::fs::copy(&file, keep).with_context(|| format!("copying to {}", keep.display()))?;
    }
    let lines = measure(&program, &world, &file, &wanted);
    std::fs::remove_dir_all(&folder)?;
    println!("{HEADER}");
    for line in lines? {
        println!("{line}");
        if wanted.write {
            runs::note(RUNS, HEADER, &line)?;
        }
    }
    Ok(())
}

/// A server that ends with its owner.
struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    fn start(program: &Path, ledger: &Path) -> Result<Self> {
        let mut child = Command::new(program)
            .args(["serve", "--port", "0", "--audit"])
            .arg(ledger.with_extension("audit"))
            .arg("-l")
            .arg(ledger)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let address = line.trim().trim_start_matches("http://").trim_end_matches('/').parse();
        if let Ok(address) = address {
            return Ok(Self { child, address });
        }
        child.kill()?;
        bail!("verbale serve said {line:?} and not where it listens")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has nothing to lose: its ledger goes with it.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Times in milliseconds by page, and how many requests of each failed.
type Times = BTreeMap<&'static str, (Vec<f64>, usize)>;

fn measure(program: &Path, world: &World, ledger: &Path, wanted: &Wanted) -> Result<Vec<String>> {
    let server = Server::start(program, ledger)?;
    let address = server.address;
    let states = made::states(world);
    let asking = Asking::new(&mut Client::new(address), &states)?;
    let times: Mutex<Times> = Mutex::default();
    let began = Instant::now();
    let until = began + BEFORE + Duration::from_secs(wanted.seconds);
    let note = |page: &'static str, at: Instant, well: bool| {
        let took = at.elapsed().as_secs_f64() * 1000.0;
        if at >= began + BEFORE {
            let mut times = times.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let (list, failed) = times.entry(page).or_default();
            list.push(took);
            *failed += usize::from(!well);
        }
    };
    std::thread::scope(|scope| {
        for reader in 0..wanted.readers {
            let (asking, note) = (&asking, &note);
            scope.spawn(move || read(address, reader, until, asking, note));
        }
        scope.spawn(|| write(address, until, &note));
    });
    let peak = crate::score::peak(&server.child.id().to_string()).unwrap_or(f64::NAN);
    let times = times.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let all = times.iter().filter(|(page, _)| !page.starts_with("add"));
    let all = all.fold((Vec::new(), 0), |(mut list, failed), (_, (more, worse))| {
        list.extend(more);
        (list, failed + worse)
    });
    ensure!(!all.0.is_empty(), "nothing was read in {} seconds", wanted.seconds);
    let mut lines = Vec::new();
    for (page, (list, failed)) in times.into_iter().chain([("all pages", all)]) {
        lines.push(line(wanted, asking.events, page, list, failed, peak));
    }
    Ok(lines)
}

/// A reader: opens a page, looks at it, and opens another one.
fn read(
    address: SocketAddr,
    number: u64,
    until: Instant,
    asking: &Asking,
    note: &impl Fn(&'static str, Instant, bool),
) {
    let (mut client, mut draw) = (Client::new(address), Draw::new(number + 1));
    while Instant::now() < until {
        let (page, path) = asking.one(&mut draw);
        let at = Instant::now();
        let answer = client.get(&path);
        note(page, at, answer.is_ok_and(|answer| answer.status < 400));
        let share = (draw.below(1 << 20) + 1) as f64 / f64::from(1 << 20);
        std::thread::sleep(Duration::from_secs_f64(-LOOK * share.ln()));
    }
}

/// The writer: adds a report, of another minister each time, again and again.
fn write(address: SocketAddr, until: Instant, note: &impl Fn(&'static str, Instant, bool)) {
    let mut client = Client::new(address);
    for number in 0_u32.. {
        if Instant::now() >= until {
            return;
        }
        let body = serde_json::json!({
            "id": number.to_string(),
            "published": "2025-04-01",
            "text": format!(
                "Norwegian Foreign Minister Ada Berg{number} received her Kenyan counterpart, Joseph Otieno, in Oslo on \
                 {} March 2025, the Norwegian foreign ministry said.",
                1 + number % 28
            ),
        });
        let at = Instant::now();
        let answer = client.post("/v1/documents", &body.to_string());
        note("add a report", at, answer.is_ok_and(|answer| answer.status < 400));
        std::thread::sleep(BETWEEN);
    }
}

fn line(wanted: &Wanted, events: usize, page: &str, mut list: Vec<f64>, failed: usize, peak: f64) -> String {
    list.sort_by(f64::total_cmp);
    let at = |share: f64| list[((list.len() as f64 * share) as usize).min(list.len() - 1)];
    let mut line = format!("{},{events},{},{},{page}", runs::stamp(), wanted.readers, wanted.seconds);
    let _ = write!(
        line,
        ",{},{:.0},{:.0},{:.0},{:.0},{failed},{:.2},{peak:.0}",
        list.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0),
        list.len() as f64 / wanted.seconds as f64,
    );
    line
}
