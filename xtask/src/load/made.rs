//! A ledger of a given number of events, made fast: a few hundred reports are coded, and stored again and again about
//! other states on other days in other words.
//!
//! Each letter of a copy stands for another one, so that lengths, and with them all spans, stay as they are while no
//! two copies have words in common. They go the way of all reports through `Ledger::add`, likeness and linking included.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::mpsc::sync_channel;

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use rayon::prelude::*;
use serde_json::Value;
use verbale::World;
use verbale::keep::{Keeper, versions};
use verbale::ledger::Retention;
use verbale::ledger::store::{Access, Addition, Ledger, OpenRun, RunKind};
use verbale::model::{Record, Report};

use crate::draw::{Draw, Weighted};
use crate::ledger::Maker;

/// Reports that are coded.
const CODED: usize = 400;
/// Happenings that each of them tells of.
const TOLD: usize = 5;
/// Documents in one transaction.
const BATCH: usize = 512;
/// Days over which copies are spread: fifteen years.
const DAYS: u64 = 5_479;
/// Outlets.
const OUTLETS: u64 = 300;

/// Fields whose text is a piece of the report, and fields that name a state.
const WORDS: [&str; 3] = ["name", "text", "quote"];
const CODES: [&str; 4] = ["side", "nationality", "country", "authority"];

/// States by how much is told of them: the first has a twelfth of all participants, the hundredth a three-hundredth.
pub fn states(world: &World) -> Weighted<String> {
    let members = world.knowledge.states().filter(|state| state.status == "un_member");
    // The order of the alphabet would put neighbours together; this one is as arbitrary and as fixed.
    let mut codes: Vec<String> = members.map(|state| state.code.to_owned()).collect();
    codes.sort_by_key(|code| code.bytes().rev().collect::<Vec<u8>>());
    Weighted::new((0..).zip(codes).map(|(at, code)| (code, 100_000 / (at + 3))))
}

/// Makes a ledger with at least so many events, and says how many it has.
pub fn fill(world: &World, file: &Path, events: usize) -> Result<usize> {
    let keeper = Keeper::new(world, Retention::Full);
    let coded = coded(world, &keeper);
    let states = states(world);
    let mut ledger = Ledger::open(file, Access::Create)?;
    let mut run = OpenRun::new(RunKind::Add, "2025-01-01T00:00:00Z", versions("default", &[]));
    let (sender, receiver) = sync_channel::<Vec<Addition>>(2);
    std::thread::scope(|scope| {
        let (coded, keeper, states) = (&coded, &keeper, &states);
        scope.spawn(move || {
            for batch in 0.. {
                let copies = (batch * BATCH..(batch + 1) * BATCH).into_par_iter();
                let made: Result<Vec<Addition>> =
                    copies.map(|copy| copied(coded, keeper, states, copy)).collect();
                let Ok(made) = made else { return };
                if sender.send(made).is_err() {
                    return;
                }
            }
        });
        let mut told = 0;
        let mut batches = 0;
        // Of copies hardly two happenings are linked: what was told is counted, and the ledger now and then.
        for batch in &receiver {
            told += batch.iter().map(|one| one.record.events.len()).sum::<usize>();
            ledger.add(&mut run, &batch)?;
            batches += 1;
            if batches % 50 == 0 {
                eprintln!("{told} of about {events} events are made");
            }
            if told >= events && ledger.entry_numbers()?.len() >= events {
                break;
            }
        }
        drop(receiver);
        Ok(ledger.entry_numbers()?.len())
    })
}

/// Reports of several happenings each, coded.
fn coded(world: &World, keeper: &Keeper<'_>) -> Vec<Addition> {
    let made = Maker::new(&world.knowledge).reports(CODED * TOLD * 3);
    let mut seen = std::collections::BTreeSet::new();
    let first: Vec<_> = made.into_iter().filter(|made| seen.insert(made.truth)).collect();
    let report = |several: &[crate::ledger::Made]| {
        let texts: Vec<&str> = several.iter().map(|made| made.report.text.as_str()).collect();
        let last = several.iter().filter_map(|made| made.report.published.clone()).max();
        Report { text: texts.join("\n\n"), published: last, ..Report::default() }
    };
    let reports: Vec<Report> = first.chunks(TOLD).take(CODED).map(report).collect();
    reports.into_par_iter().map(|report| keeper.code("made", keeper.document(report))).collect()
}

/// A copy of one of the coded reports about other states, on other days, in other letters.
fn copied(
    coded: &[Addition],
    keeper: &Keeper<'_>,
    states: &Weighted<String>,
    copy: usize,
) -> Result<Addition> {
    let mut draw = Draw::new(copy as u64 + 1);
    let of = &coded[copy % coded.len()];
    let mut change = Change {
        letters: letters(&mut draw),
        days: draw.below(DAYS) as i64 - DAYS as i64,
        codes: BTreeMap::new(),
        states,
        draw: Draw::new(draw.next()),
    };
    let report = Report {
        id: format!("made-{copy}"),
        text: change.words(&of.document.report.text),
        published: of.document.report.published.as_deref().map(|day| change.day(day)),
        outlet: Some(format!("Paper {}", draw.below(OUTLETS))),
        ..Report::default()
    };
    let document = keeper.document(report);
    let mut record = serde_json::to_value(&of.record)?;
    change.all(&mut record, "");
    let mut record: Record = serde_json::from_value(record).context("a changed record")?;
    record.id.clone_from(&document.report.id);
    record.sha256.clone_from(&document.sha256);
    record.published.clone_from(&document.report.published);
    Ok(Addition::new("made", document, record, of.sentences.clone()))
}

/// What a copy changes.
struct Change<'s> {
    /// What stands for each letter.
    letters: [u8; 26],
    days: i64,
    /// What stands for each state.
    codes: BTreeMap<String, String>,
    states: &'s Weighted<String>,
    draw: Draw,
}

/// The letters in another order, vowels among themselves.
fn letters(draw: &mut Draw) -> [u8; 26] {
    let mut to: [u8; 26] = std::array::from_fn(|at| at as u8);
    for group in [b"aeiou".as_slice(), b"bcdfghjklmnpqrstvwxyz"] {
        for at in (1..group.len()).rev() {
            let other = draw.below(at as u64 + 1) as usize;
            to.swap(usize::from(group[at] - b'a'), usize::from(group[other] - b'a'));
        }
    }
    to
}

impl Change<'_> {
    fn words(&self, text: &str) -> String {
        let letter = |letter: char| match letter {
            'a'..='z' => char::from(b'a' + self.letters[usize::from(letter as u8 - b'a')]),
            'A'..='Z' => char::from(b'A' + self.letters[usize::from(letter as u8 - b'A')]),
            other => other,
        };
        text.chars().map(letter).collect()
    }

    fn day(&self, day: &str) -> String {
        let moved = |day: Date| day.saturating_add(jiff::Span::new().days(self.days)).to_string();
        day.parse().map_or_else(|_| day.to_owned(), moved)
    }

    fn code(&mut self, code: &str) -> String {
        if let Some(known) = self.codes.get(code) {
            return known.clone();
        }
        let mut new = self.states.one(&mut self.draw);
        // Two states of a report stay two.
        while self.codes.values().any(|known| known == new) {
            new = self.states.one(&mut self.draw);
        }
        self.codes.insert(code.to_owned(), new.clone());
        new.clone()
    }

    fn all(&mut self, value: &mut Value, key: &str) {
        match value {
            Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| self.all(value, key)),
            Value::Array(several) => several.iter_mut().for_each(|one| self.all(one, key)),
            Value::String(text) if WORDS.contains(&key) => *text = self.words(text),
            Value::String(text) if key == "edtf" => *text = self.day(text),
            Value::String(text) if CODES.contains(&key) => *text = self.code(text),
            _ => {}
        }
    }
}
