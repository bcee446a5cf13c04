//! The steps as functions of tables, for whoever runs them on many machines.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{Array, ArrayRef, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Fields};

use super::columns::{
    Table, edge_columns, edge_fields, field, longs, node_columns, node_fields, pair_columns, pair_fields,
    posting_columns, posting_fields, postings, table, texts, wholes,
};
use super::meet::{Edge, Pair, ask, choose, compare, meet};
use super::node::Node;
use super::sheet::Told;
use super::{ask_tellings, compare_tellings, counting, forest, group, label, link, tell};
use crate::list::{self, arrow, line};
use crate::similar::Sketch;
use crate::{Entry, LedgerError};

/// Rows of a table that comes out.
const ROWS: usize = 8192;

/// A step: what it takes and what must lie together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Documents to postings: `when`, `document`, `sketch`.
    Ask,
    /// Postings to pairs; those of a key together.
    Meet,
    /// Pairs to those that are compared, with the block that compares them; those of a later one together.
    Choose,
    /// Pairs, and rows with `document` and `sketch` alone, to edges; those of a block together.
    Compare,
    /// Edges to as few as hold the same together.
    Forest,
    /// Edges to components; all together.
    Label,
    /// Edges to families and stories; those of a component together.
    Group,
    /// Documents to tellings: `when`, `document`, `sheet`, `family`, `story`, `superseded`.
    Tell,
    /// Tellings to postings.
    AskTellings,
    /// Pairs, and rows with a node and a `telling` alone, to edges; those of a block together.
    CompareTellings,
    /// Edges, and rows with a node and a `telling` alone, each with its `component`, to entries; those of a component
    /// together.
    Link,
    /// Entries, as `json`, to a row for each state of each.
    Count,
}

impl Step {
    /// All of them, by name.
    pub const ALL: [(&str, Self); 12] = [
        ("ask", Self::Ask),
        ("meet", Self::Meet),
        ("choose", Self::Choose),
        ("compare", Self::Compare),
        ("forest", Self::Forest),
        ("label", Self::Label),
        ("group", Self::Group),
        ("tell", Self::Tell),
        ("ask_tellings", Self::AskTellings),
        ("compare_tellings", Self::CompareTellings),
        ("link", Self::Link),
        ("count", Self::Count),
    ];

    /// The step of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, step)| step)
    }

    /// Takes the tables of a part and gives those that come of it.
    ///
    /// # Errors
    /// When a column is missing or holds something else.
    pub fn run(self, tables: &[RecordBatch]) -> Result<Vec<RecordBatch>, LedgerError> {
        let fields = schema(self);
        match self {
            Self::Ask => each(tables, |one| Ok(vec![table(fields.clone(), ask_all(one)?)?])),
            Self::Meet => {
                let mut found = Vec::new();
                meet(gathered(tables, postings)?, |pairs| {
                    found.extend(pairs.chunks(ROWS * 8).map(|some| table(schema(self), pair_columns(some))));
                });
                found.into_iter().collect()
            }
            Self::Choose => {
                let chosen = choose(gathered(tables, Table::pairs)?);
                let columns = |some: &[Pair]| {
                    let mut columns = pair_columns(some);
                    columns.push(wholes(some.iter().map(|pair| pair.later.block())));
                    table(schema(self), columns)
                };
                chosen.chunks(ROWS).map(columns).collect()
            }
            Self::Compare => {
                let mut sketches = BTreeMap::new();
                for one in tables {
                    sketches_of(&Table(one), &mut sketches)?;
                }
                write_edges(&compare(&sketches, &gathered(tables, Table::pairs)?))
            }
            Self::Forest => write_edges(&forest(&gathered(tables, Table::edges)?)),
            Self::Label => {
                let labels = label(&gathered(tables, Table::edges)?);
                let mut columns = vec![wholes(labels.iter().map(|label| label.matter.number()))];
                columns.extend(node_columns(labels.iter().map(|label| label.node)));
                columns.push(longs(labels.iter().map(|label| named(label.component))));
                Ok(vec![table(fields, columns)?])
            }
            Self::Group => {
                let groups = group(&gathered(tables, Table::edges)?);
                let columns = vec![
                    wholes(groups.iter().map(|group| group.matter.number())),
                    longs(groups.iter().map(|group| group.document.cast_signed())),
                    longs(groups.iter().map(|group| group.group.cast_signed())),
                ];
                Ok(vec![table(fields, columns)?])
            }
            Self::Tell => each(tables, |one| Ok(vec![table(fields.clone(), tell_all(&Table(one))?)?])),
            Self::AskTellings => each(tables, |one| {
                let told = tellings(&Table(one))?;
                let found: Vec<_> = told
                    .into_iter()
                    .flat_map(|(node, told, _)| ask_tellings(node, &told.parted().0))
                    .collect();
                Ok(vec![table(fields.clone(), posting_columns(&found))?])
            }),
            Self::CompareTellings => {
                let mut known = BTreeMap::new();
                for one in tables {
                    known.extend(
                        tellings(&Table(one))?.into_iter().map(|(node, told, _)| (node, told.parted().0)),
                    );
                }
                write_edges(&compare_tellings(&known, &gathered(tables, Table::pairs)?))
            }
            Self::Link => link_all(tables),
            Self::Count => each(tables, |one| Ok(vec![table(fields.clone(), count_all(&Table(one))?)?])),
        }
    }
}

/// The columns that a step gives.
pub fn schema(step: Step) -> Fields {
    match step {
        Step::Ask | Step::AskTellings => posting_fields().into(),
        Step::Meet => pair_fields().into(),
        Step::Choose => pair_fields().into_iter().chain([field("block", DataType::Int32)]).collect(),
        Step::Compare | Step::Forest | Step::CompareTellings => edge_fields().into(),
        Step::Label => [field("matter", DataType::Int32)]
            .into_iter()
            .chain(node_fields(""))
            .chain([field("component", DataType::Int64)])
            .collect(),
        Step::Group => vec![
            field("matter", DataType::Int32),
            field("document", DataType::Int64),
            field("group", DataType::Int64),
        ]
        .into(),
        Step::Tell => node_fields("").into_iter().chain([field("telling", DataType::Utf8)]).collect(),
        Step::Link => {
            let listed = arrow::schema("events", &list::schema::fields(&list::schema::events()));
            listed.fields().iter().cloned().chain([Arc::new(json_field())]).collect()
        }
        Step::Count => {
            let text = |name| field(name, DataType::Utf8);
            let partners = field("partners", DataType::List(Arc::new(field("element", DataType::Utf8))));
            let names = ["state", "month", "first_day", "id"].map(text);
            names.into_iter().chain([partners, text("engagement")]).collect()
        }
    }
}

/// The entry as a line of the ledger's listing.
fn json_field() -> Field {
    field("json", DataType::Utf8)
}

/// A component's name as a number. Two may share one: they are then in one place, and that is all.
fn named(component: Node) -> i64 {
    let event = u64::from(component.event).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (component.document ^ event).cast_signed()
}

/// Takes each table by itself.
fn each(
    tables: &[RecordBatch],
    step: impl Fn(&RecordBatch) -> Result<Vec<RecordBatch>, LedgerError>,
) -> Result<Vec<RecordBatch>, LedgerError> {
    Ok(tables.iter().map(step).collect::<Result<Vec<_>, _>>()?.concat())
}

/// Rows of all tables.
fn gathered<'t, T>(
    tables: &'t [RecordBatch],
    read: impl Fn(&Table<'t>) -> Result<Vec<T>, LedgerError>,
) -> Result<Vec<T>, LedgerError> {
    let mut found = Vec::new();
    for one in tables {
        found.extend(read(&Table(one))?);
    }
    Ok(found)
}

fn write_edges(edges: &[Edge]) -> Result<Vec<RecordBatch>, LedgerError> {
    edges.chunks(ROWS).map(|some| table(schema(Step::Compare), edge_columns(some)?)).collect()
}

fn ask_all(one: &RecordBatch) -> Result<Vec<ArrayRef>, LedgerError> {
    let table = Table(one);
    let (when, documents, sketches) = (table.whole("when")?, table.long("document")?, table.bytes("sketch")?);
    let mut found = Vec::new();
    for at in 0..table.rows() {
        let document = documents.value(at).cast_unsigned();
        let node = Node { when: when.value(at).cast_unsigned(), document, event: 0 };
        found.extend(ask(node, &sketch(node, sketches.value(at))?));
    }
    Ok(posting_columns(&found))
}

fn sketch(node: Node, bytes: &[u8]) -> Result<Sketch, LedgerError> {
    Sketch::from_bytes(bytes).ok_or_else(|| {
        LedgerError::Asked(format!("the column 'sketch' of document {} holds no sketch", node.id()))
    })
}

/// The sketches in the rows that hold one.
fn sketches_of(table: &Table<'_>, found: &mut BTreeMap<u64, Sketch>) -> Result<(), LedgerError> {
    let (nodes, bytes) = (table.nodes("")?, table.bytes("sketch")?);
    for at in (0..table.rows()).filter(|at| bytes.is_valid(*at)) {
        let node = nodes.at(at);
        if let std::collections::btree_map::Entry::Vacant(free) = found.entry(node.document) {
            free.insert(sketch(node, bytes.value(at))?);
        }
    }
    Ok(())
}

fn tell_all(table: &Table<'_>) -> Result<Vec<ArrayRef>, LedgerError> {
    let (when, documents, sheets) = (table.whole("when")?, table.long("document")?, table.text("sheet")?);
    let (families, stories) = (table.long("family")?, table.long("story")?);
    let superseded = table.flag("superseded")?;
    let (mut nodes, mut told) = (Vec::new(), Vec::new());
    for at in 0..table.rows() {
        let document = documents.value(at).cast_unsigned();
        let node = Node { when: when.value(at).cast_unsigned(), document, event: 0 };
        let group = |of: &arrow_array::Int64Array| of.is_valid(at).then(|| of.value(at).cast_unsigned());
        let sheet = serde_json::from_str(sheets.value(at))?;
        let superseded = superseded.is_valid(at) && superseded.value(at);
        for (node, one) in tell(node, sheet, group(families), group(stories), superseded) {
            nodes.push(node);
            told.push(serde_json::to_string(&one)?);
        }
    }
    let mut columns = node_columns(nodes.into_iter()).to_vec();
    columns.push(texts(told.iter()));
    Ok(columns)
}

/// The tellings in the rows that hold one, each with its row.
fn tellings(table: &Table<'_>) -> Result<Vec<(Node, Told, usize)>, LedgerError> {
    let (nodes, told) = (table.nodes("")?, table.text("telling")?);
    let rows = (0..table.rows()).filter(|at| told.is_valid(*at));
    rows.map(|at| Ok((nodes.at(at), serde_json::from_str(told.value(at))?, at))).collect()
}

/// What lies together in one component.
#[derive(Default)]
struct Component {
    told: Vec<(Node, Told)>,
    edges: Vec<Edge>,
}

fn link_all(tables: &[RecordBatch]) -> Result<Vec<RecordBatch>, LedgerError> {
    let mut components: BTreeMap<i64, Component> = BTreeMap::new();
    for one in tables {
        let table = Table(one);
        let (component, matters) = (table.long("component")?, table.whole("matter")?);
        for (node, told, at) in tellings(&table)? {
            components.entry(component.value(at)).or_default().told.push((node, told));
        }
        let of_edges = (0..table.rows()).filter(|at| matters.is_valid(*at));
        for (at, edge) in of_edges.zip(table.edges()?) {
            components.entry(component.value(at)).or_default().edges.push(edge);
        }
    }
    let entries: Vec<Entry> =
        components.into_values().flat_map(|Component { told, edges }| link(told, &edges)).collect();
    entries.chunks(ROWS).map(write_entries).collect()
}

fn write_entries(entries: &[Entry]) -> Result<RecordBatch, LedgerError> {
    let listed = arrow::batch("events", &list::schema::events(), entries)
        .map_err(|error| LedgerError::Asked(error.to_string()))?;
    let mut columns = listed.columns().to_vec();
    let lines = entries.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    columns.push(texts(lines.iter().map(|line| line.trim_end())));
    table(schema(Step::Link), columns)
}

fn count_all(table: &Table<'_>) -> Result<Vec<ArrayRef>, LedgerError> {
    let json = table.text("json")?;
    let mut rows = Vec::new();
    for at in (0..table.rows()).filter(|at| json.is_valid(*at)) {
        let entry: Entry = serde_json::from_str(json.value(at))
            .map_err(|error| LedgerError::Asked(format!("the column 'json' holds no entry: {error}")))?;
        rows.extend(counting(&entry)?);
    }
    let mut partners = ListBuilder::new(StringBuilder::new()).with_field(field("element", DataType::Utf8));
    for row in &rows {
        partners.append_value(row.partners.iter().map(Some));
    }
    Ok(vec![
        texts(rows.iter().map(|row| &row.state)),
        Arc::new(rows.iter().map(|row| row.month.as_deref()).collect::<StringArray>()),
        Arc::new(rows.iter().map(|row| row.first_day.as_deref()).collect::<StringArray>()),
        texts(rows.iter().map(|row| &row.id)),
        Arc::new(partners.finish()),
        texts(rows.iter().map(|row| &row.engagement)),
    ])
}
