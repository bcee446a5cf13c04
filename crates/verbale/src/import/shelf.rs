//! What rows of a block repeat, each once, with counts of the codes that nobody knows.

use std::borrow::Cow;
use std::collections::HashMap;

use verbale_ledger::foreign::{Actor, Kind, Place, Row};

use super::blocks::Block;
use super::field::Wrong;
use super::filter::Filter;
use super::parsed::{Parsed, Reject, Unknown};

/// Makes a [`Parsed`]; `'t` is the block's text.
pub struct Shelf<'t> {
    pub parsed: Parsed,
    block: &'t Block,
    kinds: Index<'t>,
    actors: Index<'t>,
    places: Index<'t>,
    addresses: Index<'t>,
}

/// Where things stand, by the words that say them; order is that of their first rows, not of the hash.
#[derive(Default)]
struct Index<'t> {
    at: HashMap<Cow<'t, str>, u32>,
    odd: Vec<Option<Unknown>>,
}

impl<'t> Index<'t> {
    fn place<T>(
        &mut self,
        all: &mut Vec<T>,
        key: Cow<'t, str>,
        make: impl FnOnce() -> (T, Option<Unknown>),
    ) -> u32 {
        if let Some(at) = self.at.get(key.as_ref()) {
            return *at;
        }
        let at = all.len() as u32;
        let (new, odd) = make();
        all.push(new);
        self.odd.push(odd);
        self.at.insert(key, at);
        at
    }
}

impl<'t> Shelf<'t> {
    /// Empty; rows are those of this block.
    pub fn new(block: &'t Block) -> Self {
        let parsed = Parsed::default();
        let (kinds, actors) = (Index::default(), Index::default());
        Self { parsed, block, kinds, actors, places: Index::default(), addresses: Index::default() }
    }

    pub fn kind(&mut self, key: Cow<'t, str>, make: impl FnOnce() -> (Kind, Option<Unknown>)) -> u32 {
        self.kinds.place(&mut self.parsed.batch.kinds, key, make)
    }

    pub fn actor(&mut self, key: Cow<'t, str>, make: impl FnOnce() -> (Actor, Option<Unknown>)) -> u32 {
        self.actors.place(&mut self.parsed.batch.actors, key, make)
    }

    pub fn place(&mut self, key: Cow<'t, str>, make: impl FnOnce() -> (Place, Option<Unknown>)) -> u32 {
        self.places.place(&mut self.parsed.batch.places, key, make)
    }

    pub fn address(&mut self, address: Cow<'t, str>) -> Option<u32> {
        if address.is_empty() {
            return None;
        }
        let words = address.clone().into_owned();
        Some(self.addresses.place(&mut self.parsed.batch.addresses, address, || (words, None)))
    }

    /// A row that cannot be read.
    pub fn reject(&mut self, line: u64, wrong: Wrong) {
        let Wrong { reason, expected, got } = wrong;
        let part = self.block.part.to_string();
        self.parsed.rejects.push(Reject { part, line, reason, expected: expected.to_owned(), got });
    }

    /// Takes a row if it is asked for; its line is that of the stream.
    pub fn push(&mut self, filter: &Filter, mut row: Row) {
        let batch = &mut self.parsed.batch;
        let all = || row.actor.into_iter().chain(row.recipient).chain(row.more.iter().map(|(at, _)| *at));
        let event_type = batch.kinds.get(row.kind as usize).and_then(|kind| kind.event_type);
        let states = all().map(|at| batch.actors.get(at as usize).and_then(|actor| actor.state));
        if !filter.days(row.first, row.last) || !filter.of_type(event_type) || !filter.with(states) {
            self.parsed.filtered += 1;
            return;
        }
        let odd_actor = |at: u32| self.actors.odd.get(at as usize).and_then(Option::as_ref);
        let odd_kind = self.kinds.odd.get(row.kind as usize).and_then(Option::as_ref);
        let odd_place = row.place.and_then(|at| self.places.odd.get(at as usize)).and_then(Option::as_ref);
        for odd in all().filter_map(odd_actor).chain(odd_kind).chain(odd_place) {
            match self.parsed.unknown.get_mut(odd) {
                Some(count) => *count += 1,
                None => drop(self.parsed.unknown.insert(odd.clone(), 1)),
            }
        }
        row.line = self.block.number(row.line);
        batch.rows.push(row);
    }

    /// The rows, without what only those pointed at that were left out.
    pub fn finish(mut self) -> Parsed {
        let batch = &mut self.parsed.batch;
        if self.parsed.filtered == 0 {
            return self.parsed;
        }
        let rows = &mut batch.rows;
        keep(&mut batch.kinds, rows, |row, visit| visit(&mut row.kind));
        keep(&mut batch.actors, rows, |row, visit| {
            row.actor.iter_mut().for_each(&mut *visit);
            row.recipient.iter_mut().for_each(&mut *visit);
            row.more.iter_mut().for_each(|(at, _)| visit(at));
        });
        keep(&mut batch.places, rows, |row, visit| row.place.iter_mut().for_each(visit));
        keep(&mut batch.addresses, rows, |row, visit| row.address.iter_mut().for_each(visit));
        self.parsed
    }
}

/// Drops what no row points at and moves the pointers of the others.
fn keep<T>(all: &mut Vec<T>, rows: &mut [Row], each: impl Fn(&mut Row, &mut dyn FnMut(&mut u32))) {
    let mut used = vec![false; all.len()];
    for row in rows.iter_mut() {
        each(row, &mut |at| used[*at as usize] = true);
    }
    let mut next = 0;
    let moved: Vec<u32> = used
        .iter()
        .map(|used| {
            next += u32::from(*used);
            next.wrapping_sub(1)
        })
        .collect();
    let mut at = 0;
    all.retain(|_| {
        at += 1;
        used[at - 1]
    });
    for row in rows {
        each(row, &mut |at| *at = moved[*at as usize]);
    }
}
