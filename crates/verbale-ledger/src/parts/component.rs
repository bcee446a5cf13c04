//! What hangs together: components of edges, and the families and stories in them.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;

use super::meet::Edge;
use super::node::{Matter, Node};
use crate::similar::{Company, Kind, TELLING, regroup, unions};

/// The component that somebody is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    /// Of what.
    pub matter: Matter,
    /// Who.
    pub node: Node,
    /// First of the component.
    pub component: Node,
}

/// The family or the story of a document, named after its first document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// Of what.
    pub matter: Matter,
    /// The document.
    pub document: u64,
    /// The first document of the group.
    pub group: u64,
}

/// Whether two belong to one component: a story is never joined by weak likenesses alone.
fn holds(edge: &Edge) -> bool {
    edge.matter != Matter::Story || edge.score >= TELLING
}

/// The component of everybody who is in one with somebody else, in order.
pub fn label(edges: &[Edge]) -> Vec<Label> {
    let mut labels = Vec::new();
    for matter in [Matter::Family, Matter::Story, Matter::Telling] {
        let mine = || edges.iter().filter(|edge| edge.matter == matter && holds(edge));
        let mut nodes: Vec<Node> = mine().flat_map(|edge| [edge.a, edge.b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let place = |node: Node| nodes.binary_search(&node).unwrap_or_default();
        let pairs: Vec<(usize, usize, f32)> =
            mine().map(|edge| (place(edge.a), place(edge.b), edge.score)).collect();
        for group in unions(nodes.len(), &pairs) {
            let component = nodes[group[0]];
            labels.extend(group.iter().map(|at| Label { matter, node: nodes[*at], component }));
        }
    }
    labels
}

/// As few edges as hold the same components together, each with the first of its component; to be put together with
/// those of other parts.
pub fn forest(edges: &[Edge]) -> Vec<Edge> {
    let labels = label(edges).into_iter().filter(|label| label.node != label.component);
    let edge = |label: Label| Edge {
        matter: label.matter,
        a: label.component,
        b: label.node,
        score: 1.0,
        reasons: Vec::new(),
    };
    labels.map(edge).collect()
}

/// The families and stories of documents; wants all edges that begin in a component, of whole components. Documents that
/// are missing are alone.
pub fn group(edges: &[Edge]) -> Vec<Group> {
    let mut groups = Vec::new();
    for kind in Kind::ALL {
        let matter = Matter::from(kind);
        let mut part = Part::new(edges.iter().filter(|edge| edge.matter == matter));
        let all: BTreeSet<i64> = (0..part.nodes.len() as i64).collect();
        let Ok(()) = regroup(kind, &mut part, &all, &all, &mut BTreeSet::new());
        groups.extend(part.nodes.iter().zip(&part.group).map(|(node, first)| Group {
            matter,
            document: node.document,
            group: part.nodes[*first as usize].document,
        }));
    }
    groups
}

/// Documents of some components with their likenesses.
struct Part {
    /// In order; their places are their numbers.
    nodes: Vec<Node>,
    fellows: Vec<Vec<(i64, f32)>>,
    group: Vec<i64>,
    members: BTreeMap<i64, BTreeSet<i64>>,
}

impl Part {
    fn new<'e>(edges: impl Iterator<Item = &'e Edge> + Clone) -> Self {
        let mut nodes: Vec<Node> =
            edges.clone().filter(|edge| holds(edge)).flat_map(|edge| [edge.a, edge.b]).collect();
        nodes.sort_unstable();
        nodes.dedup();
        let count = nodes.len() as i64;
        let mut fellows = vec![Vec::new(); nodes.len()];
        for edge in edges {
            let (Ok(a), Ok(b)) = (nodes.binary_search(&edge.a), nodes.binary_search(&edge.b)) else {
                continue;
            };
            fellows[a].push((b as i64, edge.score));
            fellows[b].push((a as i64, edge.score));
        }
        let members = (0..count).map(|one| (one, BTreeSet::from([one]))).collect();
        Self { nodes, fellows, group: (0..count).collect(), members }
    }
}

impl Company for Part {
    type Order = i64;
    type Error = Infallible;

    fn standing(&mut self, document: i64) -> Result<(i64, i64), Infallible> {
        Ok((document, self.group[document as usize]))
    }

    fn members(&mut self, group: i64) -> Result<Vec<i64>, Infallible> {
        Ok(self.members.get(&group).into_iter().flatten().copied().collect())
    }

    fn fellows(&mut self, document: i64) -> Result<Vec<(i64, f32)>, Infallible> {
        Ok(self.fellows[document as usize].clone())
    }

    fn join(&mut self, document: i64, group: i64) -> Result<(), Infallible> {
        let before = std::mem::replace(&mut self.group[document as usize], group);
        if let Some(members) = self.members.get_mut(&before) {
            members.remove(&document);
        }
        self.members.entry(group).or_default().insert(document);
        Ok(())
    }
}
