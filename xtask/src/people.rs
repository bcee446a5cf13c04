//! Office-holders of all files to people: one person each, with all offices held.

use std::collections::{BTreeMap, BTreeSet};

use verbale_knowledge::people::{slug, spellings};
use verbale_knowledge::{dates, fold};

use crate::sources::Holder;

/// A person.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: String,
    pub name: String,
    pub aliases: Vec<String>,
    pub wikidata: Option<String>,
    /// The state or organisation of the first office, for the order of names.
    pub state: String,
    pub held: Vec<Holder>,
}

/// Joins rows that speak of the same person: same Wikidata id; or same name (or alias) and state, unless their
/// Wikidata ids differ; or same full name where one row is an organisation's.
pub fn people(holders: &[Holder], canonical: &BTreeMap<String, String>) -> Vec<Person> {
    let mut groups = Groups::over(holders.len());
    join_by(&mut groups, holders, |holder| holder.wikidata.iter().cloned().collect());
    join_by(&mut groups, holders, |holder| {
        let names = std::iter::once(&holder.person).chain(&holder.aliases);
        // A name of one word ("Fahd") is not enough to tell people apart, unless a file says it twice itself.
        names
            .map(|name| fold(name))
            .filter(|name| name.contains(' '))
            .map(|name| format!("{}\t{name}", holder.state))
            .collect()
    });
    join_by(&mut groups, holders, |holder| {
        if fold(&holder.person).contains(' ') {
            Vec::new()
        } else {
            vec![format!("{}\t{}", holder.state, fold(&holder.person))]
        }
    });
    join_across(&mut groups, holders);
    let mut found: Vec<Person> =
        groups.members().into_values().map(|rows| person(&rows, holders, canonical)).collect();
    number(&mut found);
    found.sort_by(|a, b| a.id.cmp(&b.id));
    found
}

/// Union-find over rows; a group never holds two Wikidata ids.
struct Groups {
    parent: Vec<usize>,
    wikidata: Vec<Option<String>>,
}

impl Groups {
    fn over(length: usize) -> Self {
        Self { parent: (0..length).collect(), wikidata: vec![None; length] }
    }

    fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        let differ = matches!((&self.wikidata[a], &self.wikidata[b]), (Some(a), Some(b)) if a != b);
        if a == b || differ {
            return;
        }
        let (low, high) = (a.min(b), a.max(b));
        self.parent[high] = low;
        if self.wikidata[low].is_none() {
            self.wikidata[low] = self.wikidata[high].take();
        }
    }

    fn members(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.parent.len() {
            members.entry(self.root(at)).or_default().push(at);
        }
        members
    }
}

fn join_by(groups: &mut Groups, holders: &[Holder], keys: impl Fn(&Holder) -> Vec<String>) {
    let mut first: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, holder) in holders.iter().enumerate() {
        if groups.wikidata[at].is_none() && groups.parent[at] == at {
            groups.wikidata[at].clone_from(&holder.wikidata);
        }
        for key in keys(holder) {
            first.entry(key).or_default().push(at);
        }
    }
    for rows in first.into_values() {
        // Rows with an id come first, so that those without join the first of them.
        let (with, without): (Vec<usize>, Vec<usize>) =
            rows.into_iter().partition(|at| groups.wikidata[groups.root(*at)].is_some());
        let ordered: Vec<usize> = with.into_iter().chain(without).collect();
        for pair in &ordered[1..] {
            groups.join(ordered[0], *pair);
        }
    }
}

/// The same full name, once for a state and once for an organisation, is one person.
fn join_across(groups: &mut Groups, holders: &[Holder]) {
    let mut by_name: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (at, holder) in holders.iter().enumerate() {
        let name = fold(&holder.person);
        if name.contains(' ') {
            by_name.entry(name).or_default().insert(groups.root(at));
        }
    }
    let organisation = |at: usize| holders[at].state.chars().any(char::is_lowercase);
    for roots in by_name.into_values().filter(|roots| roots.len() == 2) {
        let pair: Vec<usize> = roots.into_iter().collect();
        if organisation(pair[0]) != organisation(pair[1]) {
            groups.join(pair[0], pair[1]);
        }
    }
}

fn person(rows: &[usize], holders: &[Holder], canonical: &BTreeMap<String, String>) -> Person {
    let mut held: Vec<Holder> = rows.iter().map(|at| holders[*at].clone()).collect();
    // Reviewed files have the say over names.
    let spoken = held.iter().find(|holder| holder.reviewed).unwrap_or(&held[0]);
    let (name, state) = (spoken.person.clone(), spoken.state.clone());
    let mut aliases: Vec<String> = Vec::new();
    for other in held.iter().flat_map(|holder| std::iter::once(&holder.person).chain(&holder.aliases)) {
        if fold(other) != fold(&name) && !aliases.iter().any(|known| fold(known) == fold(other)) {
            aliases.push(other.clone());
        }
    }
    let wikidata = held.iter().find_map(|holder| holder.wikidata.clone());
    let reviewed: Vec<Holder> = held.iter().filter(|holder| holder.reviewed).cloned().collect();
    held.retain(|holder| {
        holder.reviewed || !reviewed.iter().any(|known| same_tenure(known, holder, canonical))
    });
    held.sort_by(|a, b| (&a.from, &a.to, &a.office).cmp(&(&b.from, &b.to, &b.office)));
    held.dedup_by(|a, b| a.state == b.state && a.office == b.office && a.from == b.from && a.to == b.to);
    Person { id: String::new(), name, aliases, wikidata, state, held }
}

/// Whether a reviewed row speaks of the same tenure, so that it takes the place of the other.
fn same_tenure(reviewed: &Holder, other: &Holder, canonical: &BTreeMap<String, String>) -> bool {
    let office = |holder: &Holder| {
        let folded = fold(&holder.office);
        // One file says "Acting Minister", another "Minister".
        let bare = ["acting ", "interim ", "caretaker "].iter().find_map(|word| folded.strip_prefix(word));
        let bare = bare.unwrap_or(&folded).to_owned();
        canonical.get(&bare).cloned().unwrap_or(bare)
    };
    let span = |holder: &Holder| (holder.from.clone(), holder.to.clone());
    let ((from, to), (from2, to2)) = (span(reviewed), span(other));
    reviewed.state == other.state
        && office(reviewed) == office(other)
        && dates::overlap((from.as_deref(), to.as_deref()), (from2.as_deref(), to2.as_deref()))
}

/// Gives ids: the Wikidata id, else a slug, with a number where two people share it.
fn number(people: &mut [Person]) {
    let mut used: BTreeMap<String, u32> = BTreeMap::new();
    for person in people {
        let id = person.wikidata.clone().unwrap_or_else(|| slug(&person.state, &person.name));
        let count = used.entry(id.clone()).or_default();
        *count += 1;
        person.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

/// All folded spellings of a person; the first is the name.
pub fn all_spellings(person: &Person) -> Vec<String> {
    let mut found = spellings(&person.name, &person.state);
    for alias in &person.aliases {
        for spelling in spellings(alias, &person.state) {
            if !found.contains(&spelling) {
                found.push(spelling);
            }
        }
    }
    found.retain(|spelling| !spelling.is_empty());
    found
}
