//! Linking in parts: however documents are dealt out, the entries are those of a ledger that holds them all.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    dead_code,
    missing_docs,
    reason = "a test says what is wrong by panicking, and shares its made documents with another"
)]

#[path = "store/made.rs"]
mod made;

use std::collections::BTreeMap;

use made::{Made, entries, run};
use proptest::prelude::*;
use verbale_ledger::list::{line, order};
use verbale_ledger::panel::engagement;
use verbale_ledger::parts::{
    Edge, Label, Matter, Node, Posting, Sheet, Told, ask, ask_tellings, choose, compare, compare_tellings,
    forest, group, label, link, meet, tell,
};
use verbale_ledger::similar::Sketch;
use verbale_ledger::store::{Addition, Ledger, RunKind, Seen};
use verbale_ledger::{Entry, Telling};

/// Deals rows out by a number, and takes a step in each part.
fn dealt<T, U>(
    parts: u64,
    rows: impl IntoIterator<Item = T>,
    by: impl Fn(&T) -> u64,
    step: impl Fn(Vec<T>) -> Vec<U>,
) -> Vec<U> {
    let mut dealt: BTreeMap<u64, Vec<T>> = BTreeMap::new();
    for row in rows {
        dealt.entry(by(&row) % parts).or_default().push(row);
    }
    // The last part first: nothing may depend on who is done first.
    dealt.into_values().rev().flat_map(step).collect()
}

/// Who is compared, of those who share keys.
fn pairs(parts: u64, postings: Vec<Posting>) -> Vec<verbale_ledger::parts::Chosen> {
    let met = dealt(
        parts,
        postings,
        |one| one.key,
        |mine| {
            let mut found = Vec::new();
            meet(mine, |pairs| found.extend(pairs));
            found
        },
    );
    dealt(parts, met, |pair| pair.later.document + u64::from(pair.later.event), choose)
}

/// Components, found in parts first.
fn labels(parts: u64, edges: &[Edge]) -> Vec<Label> {
    let trees =
        dealt(parts, edges.iter().cloned(), |edge| edge.a.document ^ edge.b.document, |mine| forest(&mine));
    label(&trees)
}

/// The component of the first of each edge; its own where it is in none.
fn component(labels: &BTreeMap<(Matter, Node), Node>, matter: Matter, node: Node) -> u64 {
    labels.get(&(matter, node)).map_or(node.document, |first| first.document)
}

/// Tellings that hang together, and the links between them.
type Component = (Vec<(Node, Told)>, Vec<Edge>);

/// Everything, in so many parts.
fn in_parts(parts: u64, additions: &[Addition]) -> Vec<Entry> {
    let rows: Vec<(Node, &Addition)> = additions
        .iter()
        .map(|one| {
            let document = &one.document;
            (Node::of(&document.id, document.report.published.as_deref()).unwrap(), one)
        })
        .collect();
    let postings = rows.iter().flat_map(|(node, one)| ask(*node, one.sketch())).collect();
    let sketches: BTreeMap<u64, Sketch> = rows
        .iter()
        .map(|(node, one)| (node.document, Sketch::from_bytes(&one.sketch().to_bytes()).unwrap()))
        .collect();
    let by_block = |pair: &verbale_ledger::parts::Chosen| u64::from(pair.later.block().cast_unsigned());
    let edges = dealt(parts, pairs(parts, postings), by_block, |mine| compare(&sketches, &mine));
    let of: BTreeMap<(Matter, Node), Node> =
        labels(parts, &edges).into_iter().map(|one| ((one.matter, one.node), one.component)).collect();
    let groups = dealt(parts, edges, |edge| component(&of, edge.matter, edge.a), |mine| group(&mine));
    let groups: BTreeMap<(Matter, u64), u64> =
        groups.into_iter().map(|one| ((one.matter, one.document), one.group)).collect();
    let told: Vec<(Node, Told)> = rows
        .iter()
        .flat_map(|(node, one)| {
            let of = |matter| groups.get(&(matter, node.document)).copied();
            tell(*node, Sheet::of(one), of(Matter::Family), of(Matter::Story), false)
        })
        .collect();
    let tellings: BTreeMap<Node, Telling> =
        told.iter().map(|(node, one)| (*node, one.clone().parted().0)).collect();
    let postings = tellings.iter().flat_map(|(node, one)| ask_tellings(*node, one)).collect();
    let edges = dealt(parts, pairs(parts, postings), by_block, |mine| compare_tellings(&tellings, &mine));
    let of: BTreeMap<(Matter, Node), Node> =
        labels(parts, &edges).into_iter().map(|one| ((one.matter, one.node), one.component)).collect();
    // A component is linked by itself: nothing of others is there.
    let mut components: BTreeMap<u64, Component> = BTreeMap::new();
    for (node, one) in &told {
        let at = component(&of, Matter::Telling, *node) + u64::from(node.event);
        let at =
            of.get(&(Matter::Telling, *node)).map_or(at, |first| first.document + u64::from(first.event));
        components.entry(at).or_default().0.push((*node, one.clone()));
    }
    for edge in edges.clone() {
        let first = of[&(Matter::Telling, edge.a)];
        components.entry(first.document + u64::from(first.event)).or_default().1.push(edge);
    }
    let apart: Vec<Entry> = components.into_values().flat_map(|(told, edges)| link(told, &edges)).collect();
    // Linking the union is the union of linking each component.
    assert_eq!(lines(apart.clone()), lines(link(told, &edges)));
    apart
}

/// Entries as the ledger lists them.
fn lines(mut entries: Vec<Entry>) -> Vec<String> {
    entries.sort_by_key(order);
    entries.iter().map(|entry| line(entry).unwrap()).collect()
}

/// The entries of a ledger to which these are added in batches of so many.
fn in_a_ledger(additions: &[Addition], batch: usize) -> Vec<Entry> {
    let mut ledger = Ledger::in_memory().unwrap();
    let mut run = run(RunKind::Add, "1");
    for some in additions.chunks(batch) {
        ledger.add(&mut run, some).unwrap();
    }
    let found = entries(&ledger);
    // What measures read from columns was merged of the same tellings.
    let seen: Vec<_> = found.iter().map(engagement).collect();
    assert_eq!(ledger.engagements(Seen::default()).unwrap(), seen);
    found
}

const PEOPLE: [(&str, &str); 5] = [
    ("Anton Vikmanis", "LVA"),
    ("Keita Murano", "JPN"),
    ("Sven Aalto", "FIN"),
    ("Keita Muranno", "JPN"),
    ("Tereza Valdes", "PER"),
];
const OPENINGS: [&str; 4] = [
    "",
    "After a week of talks at home. ",
    "The visit had been put off twice because of storms over the Baltic Sea, officials recalled. ",
    "Harbour fees, pilots and the winter timetable of ferries stood on the agenda of both capitals. ",
];
const DAYS: [(&str, &str); 5] = [
    ("2024-05-14", "2024-05-15"),
    ("2024-05-14", "2024-05-14"),
    ("2024-05-15", "2024-05-16"),
    ("2024-05-22", "2024-05-22"),
    ("2024-06-30", "2024-07"),
];

/// A report, by what is drawn.
fn made((host, visitor, day, opening, outlet): (usize, usize, usize, usize, usize)) -> Addition {
    let (day, published) = DAYS[day];
    Made {
        outlet: ["Gazette", "Courier", "Daily"][outlet],
        published,
        host: PEOPLE[host],
        visitor: PEOPLE[visitor],
        day,
        opening: OPENINGS[opening],
        ..Made::default()
    }
    .addition()
}

/// Different documents, in the order of adding.
fn different(drawn: Vec<(usize, usize, usize, usize, usize)>) -> Vec<Addition> {
    let by_node = drawn
        .into_iter()
        .map(made)
        .map(|one| (Node::of(&one.document.id, one.document.report.published.as_deref()).unwrap(), one));
    by_node.collect::<BTreeMap<_, _>>().into_values().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn parts_give_what_a_ledger_gives_in_any_order_and_batches(
        (drawn, order, batch) in proptest::collection::vec((0..5_usize, 0..5_usize, 0..5_usize, 0..4_usize, 0..3_usize), 1..40)
            .prop_flat_map(|drawn| {
                let order = Just((0..drawn.len()).collect::<Vec<_>>()).prop_shuffle();
                (Just(drawn), order, 1..9_usize)
            })
    ) {
        let additions = different(drawn);
        let shuffled: Vec<Addition> = order.iter().filter_map(|at| additions.get(*at).cloned()).collect();
        let expected = lines(in_a_ledger(&shuffled, batch));
        for parts in [1, 2, 7] {
            prop_assert_eq!(&lines(in_parts(parts, &shuffled)), &expected);
        }
    }
}

#[test]
fn beyond_the_limits_on_keys_parts_give_what_a_ledger_gives_that_adds_all_at_once() {
    let mut drawn = Vec::new();
    for (host, visitor) in [(0, 1), (0, 3), (2, 1)] {
        for day in 0..5 {
            for opening in 0..4 {
                drawn.extend((0..3).map(|outlet| (host, visitor, day, opening, outlet)));
            }
        }
    }
    let mut additions = different(drawn);
    // The same under many outlets: more than a key may hold, and more than one document is compared with.
    for number in 0..120 {
        let (outlet, published) = (format!("Sheet {number}"), ["2024-05-15", "2024-05-16"][number % 2]);
        let opening = ["", OPENINGS[3]][number / 60];
        additions.push(Made { outlet: &outlet, published, opening, ..Made::default() }.addition());
    }
    additions.sort_by_key(|one| Node::of(&one.document.id, one.document.report.published.as_deref()));
    assert!(additions.len() > 250);
    let expected = lines(in_a_ledger(&additions, additions.len()));
    assert_eq!(lines(in_parts(3, &additions)), expected);
}
