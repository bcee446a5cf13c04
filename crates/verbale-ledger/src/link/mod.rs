//! Linking: which tellings are of one happening, and the entry they make.
#![allow(missing_docs)]
use std::collections::{BTreeMap, BTreeSet};

use crate::{Cited, Entry, Reviewed, Telling, TellingId};
pub struct Match {
    pub score: f32,
    pub reasons: Vec<String>,
}
pub enum Ruling {
    Together(TellingId, TellingId),
    Apart(TellingId, TellingId),
}
pub struct Edge {
    pub a: usize,
    pub b: usize,
    pub score: f32,
    pub reasons: Vec<String>,
}
pub struct Cluster {
    pub members: Vec<usize>,
    pub score: f32,
    pub reasons: Vec<String>,
}
fn key(t: &Telling) -> String {
    let sides: BTreeSet<_> = t.event.participants.iter().filter_map(|p| p.side.clone()).collect();
    format!("{}{:?}{:?}", t.event.event_type.as_str(), sides, t.event.date.as_ref().map(|d| &d.edtf))
}
pub fn keys(t: &Telling) -> Vec<String> {
    vec![key(t)]
}
pub fn compare(a: &Telling, b: &Telling) -> Option<Match> {
    (key(a) == key(b) && a.id.document != b.id.document)
        .then(|| Match { score: 0.9, reasons: vec!["same key".to_owned()] })
}
pub fn cluster(t: &[&Telling], edges: &[Edge], _: &[Ruling]) -> Vec<Cluster> {
    let mut of: Vec<usize> = (0..t.len()).collect();
    for e in edges {
        let (a, b) = (of[e.a].min(of[e.b]), of[e.a].max(of[e.b]));
        of.iter_mut().for_each(|x| {
            if *x == b {
                *x = a;
            }
        });
    }
    let mut m: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, x) in of.iter().enumerate() {
        m.entry(*x).or_default().push(i);
    }
    m.into_values().map(|members| Cluster { members, score: 0.9, reasons: vec![] }).collect()
}
pub fn merge(t: &[&Telling], cluster: &Cluster) -> Entry {
    let mut event = t[0].event.clone();
    event.id = t[0].id.to_string();
    Entry {
        event,
        from: BTreeMap::new(),
        tellings: t
            .iter()
            .map(|t| Cited {
                id: t.id.clone(),
                outlet: t.source.outlet.clone(),
                published: t.source.published.clone(),
                url: None,
                family: t.source.family.clone(),
                evidence: vec![],
            })
            .collect(),
        documents: t.len() as u32,
        sources: 1,
        link_score: cluster.score,
        link_reasons: cluster.reasons.clone(),
        superseded: false,
        review: Reviewed::default(),
    }
}
