//! Company: what hangs together with some documents is grouped anew, wherever likenesses are kept.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::kind::{Kind, TELLING};

/// Documents that are grouped anew at a time, those that hang together with the seed most closely, and the rest
/// of the groups they are in: what hangs together loosely may be most of a large ledger.
const REGROUPED: usize = 256;

/// Where documents and their likenesses of one kind are kept.
pub trait Company {
    /// What documents are ordered by, whenever they came: publication date and key.
    type Order: Ord;
    /// What can go wrong.
    type Error;

    /// Where a document stands in that order, and the group it is in.
    ///
    /// # Errors
    /// When it cannot be read.
    fn standing(&mut self, document: i64) -> Result<(Self::Order, i64), Self::Error>;

    /// All documents of a group.
    ///
    /// # Errors
    /// When they cannot be read.
    fn members(&mut self, group: i64) -> Result<Vec<i64>, Self::Error>;

    /// The documents that one is like, and how much.
    ///
    /// # Errors
    /// When they cannot be read.
    fn fellows(&mut self, document: i64) -> Result<Vec<(i64, f32)>, Self::Error>;

    /// Puts a document into a group, which bears the number of its first document.
    ///
    /// # Errors
    /// When it cannot be written.
    fn join(&mut self, document: i64, group: i64) -> Result<(), Self::Error>;
}

/// Groups everything that hangs together with the seeds anew; whoever has other fellows than before,
/// the new ones apart, is disturbed.
///
/// # Errors
/// Those of the company.
pub fn regroup<C: Company>(
    kind: Kind,
    company: &mut C,
    seeds: &BTreeSet<i64>,
    new: &BTreeSet<i64>,
    disturbed: &mut BTreeSet<i64>,
) -> Result<(), C::Error> {
    let mut left = seeds.clone();
    while let Some(seed) = left.pop_first() {
        let (members, edges) = component(kind, company, seed)?;
        for member in &members {
            left.remove(&member.document);
        }
        let groups = kind.groups(members.len(), &edges);
        let mut new_group = BTreeMap::new();
        for group in groups {
            let Some(first) = group.iter().min().and_then(|at| members.get(*at)) else { continue };
            for at in &group {
                if let Some(member) = members.get(*at) {
                    new_group.insert(member.document, first.document);
                }
            }
        }
        disturbed.extend(moved(&members, &new_group, new));
        for member in &members {
            let group = new_group.get(&member.document).copied().unwrap_or(member.document);
            if group != member.group {
                // Links are looked for by the group's name, too.
                disturbed.insert(member.document);
                company.join(member.document, group)?;
            }
        }
    }
    Ok(())
}

/// A document of a component, with the group it was in.
struct Member {
    document: i64,
    group: i64,
}

/// Pairs of places in a list of members, with their scores.
type Edges = Vec<(usize, usize, f32)>;

/// The documents that hang together with one through strong likenesses, in an order that does not depend on
/// when they were added, and the likenesses among them; of stories the closest [`REGROUPED`], with all of
/// every group that is touched.
fn component<C: Company>(kind: Kind, company: &mut C, seed: i64) -> Result<(Vec<Member>, Edges), C::Error> {
    let mut found = BTreeMap::new();
    let mut pairs = Vec::new();
    let mut open = BinaryHeap::from([(u32::MAX, seed)]);
    let mut seen = BTreeSet::new();
    while let Some((closeness, document)) = open.pop() {
        if !kind.whole() && found.len() >= REGROUPED && closeness < u32::MAX {
            break;
        }
        if !seen.insert(document) {
            continue;
        }
        let (order, group) = company.standing(document)?;
        found.insert(order, Member { document, group });
        open.extend(company.members(group)?.into_iter().map(|fellow| (u32::MAX, fellow)));
        for (fellow, score) in company.fellows(document)? {
            if document < fellow {
                pairs.push((document, fellow, score));
            }
            if score >= TELLING && !seen.contains(&fellow) {
                // Scores are positive, and then their bits are in the order of their values.
                open.push((score.to_bits(), fellow));
            }
        }
    }
    let members: Vec<Member> = found.into_values().collect();
    let places: BTreeMap<i64, usize> =
        members.iter().enumerate().map(|(at, member)| (member.document, at)).collect();
    let place = |document: i64| places.get(&document).copied();
    let mut edges: Edges = pairs
        .into_iter()
        .filter_map(|(a, b, score)| Some((place(a)?, place(b)?, score)))
        .map(|(a, b, score)| (a.min(b), a.max(b), score))
        .collect();
    edges.sort_by_key(|(a, b, _)| (*a, *b));
    Ok((members, edges))
}

/// The documents that were there before and now have other fellows among those that were there.
fn moved(members: &[Member], new_group: &BTreeMap<i64, i64>, new: &BTreeSet<i64>) -> Vec<i64> {
    let mut became: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let mut came: BTreeMap<i64, BTreeSet<i64>> = BTreeMap::new();
    let old = || members.iter().filter(|member| !new.contains(&member.document));
    for member in old() {
        let group = new_group.get(&member.document).copied().unwrap_or(member.document);
        became.entry(member.group).or_default().insert(group);
        came.entry(group).or_default().insert(member.group);
    }
    let split = |member: &Member| became.get(&member.group).is_some_and(|groups| groups.len() > 1);
    let joined = |member: &Member| {
        new_group.get(&member.document).and_then(|group| came.get(group)).is_some_and(|from| from.len() > 1)
    };
    old().filter(|member| split(member) || joined(member)).map(|member| member.document).collect()
}
