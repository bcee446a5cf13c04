//! How long each stage takes on the reports of `examples/reports`: `cargo bench`.
//!
//! Each bench reads all of them once, so a line's time divided by their number is the time of a report of about 180 words.

#![allow(clippy::expect_used, reason = "a bench that cannot begin has nothing else to do")]

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jiff::civil::Date;
use verbale::World;
use verbale::ingest::{Options, Reports, Source};
use verbale::keep::{Keeper, versions};
use verbale::ledger::Retention;
use verbale::ledger::store::{Addition, Ledger, OpenRun, RunKind, Seen};
use verbale::measure::{Asked, Question, Rules, answer};
use verbale::model::{Days, Report};
use verbale::nlp::segment::{Segment, segment_page};
use verbale::nlp::{Doc, annotate_page};
use verbale_coder::code::frames::Frames;
use verbale_coder::code::lexicon::Lexicon;
use verbale_coder::code::{Tellings, tellings};
use verbale_coder::fuse::fuse;
use verbale_coder::resolve::words::Words;
use verbale_coder::resolve::{Resolved, resolve};
use verbale_coder::spans::Spans;

/// How often the examples go into the ledger that is linked and measured, each time told a week later.
const COPIES: i64 = 40;

static WORLD: LazyLock<World> = LazyLock::new(|| World::embedded().expect("what is built in can be read"));
static REPORTS: LazyLock<Vec<Report>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .expect("the examples are there")
        .map(|file| file.expect("a file").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt" || extension == "jsonl"));
    files.sort();
    let sources = files.into_iter().map(|file| Ok(Source::File(file)));
    Reports::new(sources, Options::default())
        .map(|report| report.expect("the examples can be read"))
        .collect()
});
static PAGES: LazyLock<Vec<(String, Spans)>> = LazyLock::new(|| REPORTS.iter().map(Spans::new).collect());
static DOCS: LazyLock<Vec<Doc>> = LazyLock::new(|| {
    let pages = REPORTS.iter().zip(PAGES.iter());
    pages
        .map(|(report, (text, spans))| annotate_page(&WORLD.language, text, &spans.captions(report)))
        .collect()
});
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::embedded().expect("the lists are built in"));
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::embedded().expect("the lists are built in"));
static FRAMES: LazyLock<Frames> = LazyLock::new(|| Frames::embedded().expect("the lists are built in"));

fn main() {
    divan::main();
}

/// Words of all reports.
fn words() -> ItemsCount {
    ItemsCount::new(REPORTS.iter().map(|report| report.text.split_whitespace().count()).sum::<usize>())
}

#[divan::bench]
fn start() -> World {
    World::embedded().expect("what is built in can be read")
}

fn segments() -> Vec<Vec<Segment>> {
    let pages = REPORTS.iter().zip(PAGES.iter());
    pages.map(|(report, (text, spans))| segment_page(text, &spans.captions(report))).collect()
}

#[divan::bench]
fn segment(bencher: Bencher) {
    bencher.counter(words()).bench(segments);
}

#[divan::bench]
fn network(bencher: Bencher) {
    let segments = segments();
    let sentences: Vec<Vec<Vec<&str>>> = PAGES
        .iter()
        .zip(&segments)
        .map(|((text, _), segments)| {
            let words = |segment: &Segment| segment.tokens.iter().map(|token| &text[token.clone()]).collect();
            segments.iter().map(words).collect()
        })
        .collect();
    let network = WORLD.language.network();
    bencher.counter(words()).bench(|| {
        for sentences in &sentences {
            let sentences: Vec<&[&str]> = sentences.iter().map(Vec::as_slice).collect();
            black_box(network.tag_all(&sentences));
        }
    });
}

fn resolved() -> Vec<Resolved<'static>> {
    let day = |report: &Report| report.published.as_deref().and_then(verbale_coder::published);
    let days: Vec<Option<Date>> = REPORTS.iter().map(day).collect();
    DOCS.iter().zip(days).map(|(doc, day)| resolve(&WORLD.knowledge, &WORDS, doc, day)).collect()
}

#[divan::bench(name = "resolve")]
fn who_when_where(bencher: Bencher) {
    LazyLock::force(&DOCS);
    LazyLock::force(&WORDS);
    bencher.counter(words()).bench(resolved);
}

#[divan::bench(name = "tellings")]
fn told(bencher: Bencher) {
    let resolved = resolved();
    LazyLock::force(&FRAMES);
    bencher.counter(words()).bench(|| -> Vec<Tellings> {
        resolved.iter().map(|resolved| tellings(resolved, &LEXICON, &FRAMES)).collect()
    });
}

#[divan::bench(name = "fuse")]
fn happenings(bencher: Bencher) {
    let resolved = resolved();
    let told: Vec<Tellings> = resolved.iter().map(|one| tellings(one, &LEXICON, &FRAMES)).collect();
    bencher.counter(words()).bench(|| {
        for (resolved, told) in resolved.iter().zip(&told) {
            black_box(fuse(resolved, &told.actors, &told.told));
        }
    });
}

#[divan::bench]
fn code(bencher: Bencher) {
    LazyLock::force(&WORLD);
    bencher.counter(words()).bench(|| {
        REPORTS.iter().for_each(|report| {
            black_box(verbale::code(&WORLD, report));
        });
    });
}

/// The examples again and again, each time with words of its own and a week later.
fn additions() -> Vec<Addition> {
    let keeper = Keeper::new(&WORLD, Retention::Full);
    let later = |report: &Report, weeks: i64| {
        let day = report.published.as_deref().and_then(|day| day.get(..10)?.parse::<Date>().ok());
        let day = day.and_then(|day| day.checked_add(jiff::Span::new().weeks(weeks)).ok());
        let text = format!("{}\n\nThis was report {weeks} of a series.", report.text);
        let published = day.map(|day| day.to_string()).or_else(|| report.published.clone());
        Report { id: format!("{}-{weeks}", report.id), text, published, ..report.clone() }
    };
    let told = (0..COPIES).flat_map(|weeks| REPORTS.iter().map(move |report| later(report, weeks)));
    told.map(|report| keeper.code("bench", keeper.document(report))).collect()
}

fn filled(additions: &[Addition]) -> Ledger {
    let mut ledger = Ledger::in_memory().expect("there is memory");
    let mut run = OpenRun::new(RunKind::Add, "2025-01-01T00:00:00Z", versions("default", &[]));
    ledger.add(&mut run, additions).expect("a ledger in memory takes documents");
    ledger
}

#[divan::bench(name = "store and link", sample_count = 10)]
fn link(bencher: Bencher) {
    let additions = additions();
    bencher.counter(ItemsCount::new(additions.len())).bench(|| filled(&additions));
}

#[divan::bench]
fn balance(bencher: Bencher) {
    let ledger = filled(&additions());
    let events = ledger.engagements(Seen::default()).expect("a ledger in memory can be read");
    let (partners, rules) =
        (["USA", "RUS"].map(str::to_owned), Rules::named("inclusive").expect("rules that are built in"));
    let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
    bencher
        .counter(ItemsCount::new(events.len()))
        .bench(|| answer(&events, &question, Asked { curve: true, ..Asked::default() }));
}
