//! Columns of the tables that travel between steps: read by name, and written.

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Float32Array, Int32Array, Int64Array, RecordBatch,
    StringArray,
};
use arrow_schema::{DataType, Field, Fields};

use super::meet::{Edge, Pair, Posting};
use super::node::{Matter, Node};
use crate::LedgerError;

/// A table whose columns are asked for by name.
pub(super) struct Table<'b>(pub &'b RecordBatch);

impl<'b> Table<'b> {
    fn column<T: 'static>(&self, name: &str) -> Result<&'b T, LedgerError> {
        let Some(column) = self.0.column_by_name(name) else {
            return Err(LedgerError::Asked(format!("the column '{name}' is missing")));
        };
        column.as_any().downcast_ref::<T>().ok_or_else(|| {
            LedgerError::Asked(format!("the column '{name}' has another type: {}", column.data_type()))
        })
    }

    pub fn rows(&self) -> usize {
        self.0.num_rows()
    }

    pub fn whole(&self, name: &str) -> Result<&'b Int32Array, LedgerError> {
        self.column(name)
    }

    pub fn long(&self, name: &str) -> Result<&'b Int64Array, LedgerError> {
        self.column(name)
    }

    pub fn real(&self, name: &str) -> Result<&'b Float32Array, LedgerError> {
        self.column(name)
    }

    pub fn flag(&self, name: &str) -> Result<&'b BooleanArray, LedgerError> {
        self.column(name)
    }

    pub fn text(&self, name: &str) -> Result<&'b StringArray, LedgerError> {
        self.column(name)
    }

    pub fn bytes(&self, name: &str) -> Result<&'b BinaryArray, LedgerError> {
        self.column(name)
    }

    /// Names of documents or tellings, from `when`, `document` and `event` with something before them.
    pub fn nodes(&self, before: &str) -> Result<Nodes<'b>, LedgerError> {
        Ok(Nodes {
            when: self.whole(&format!("{before}when"))?,
            document: self.long(&format!("{before}document"))?,
            event: self.whole(&format!("{before}event"))?,
        })
    }

    pub fn matters(&self) -> Result<Matters<'b>, LedgerError> {
        Ok(Matters(self.whole("matter")?))
    }

    /// The pairs among the rows: those that have a matter.
    pub fn pairs(&self) -> Result<Vec<Pair>, LedgerError> {
        let (matters, later, earlier) = (self.matters()?, self.nodes("")?, self.nodes("other_")?);
        let (keys, least) = (self.whole("keys")?, self.whole("least")?);
        let pair = |at: usize| -> Result<Pair, LedgerError> {
            Ok(Pair {
                matter: matters.at(at)?,
                later: later.at(at),
                earlier: earlier.at(at),
                keys: keys.value(at).cast_unsigned(),
                least: least.value(at).cast_unsigned(),
            })
        };
        (0..self.rows()).filter(|at| matters.0.is_valid(*at)).map(pair).collect()
    }

    /// The edges among the rows: those that have a matter.
    pub fn edges(&self) -> Result<Vec<Edge>, LedgerError> {
        let (matters, a, b) = (self.matters()?, self.nodes("")?, self.nodes("other_")?);
        let (score, reasons) = (self.real("score")?, self.text("reasons")?);
        let edge = |at: usize| -> Result<Edge, LedgerError> {
            let reasons = reasons.is_valid(at).then(|| reasons.value(at));
            Ok(Edge {
                matter: matters.at(at)?,
                a: a.at(at),
                b: b.at(at),
                score: score.value(at),
                reasons: reasons.map(serde_json::from_str).transpose()?.unwrap_or_default(),
            })
        };
        (0..self.rows()).filter(|at| matters.0.is_valid(*at)).map(edge).collect()
    }
}

/// Columns that name documents or tellings.
pub(super) struct Nodes<'b> {
    when: &'b Int32Array,
    document: &'b Int64Array,
    event: &'b Int32Array,
}

impl Nodes<'_> {
    pub fn at(&self, at: usize) -> Node {
        Node {
            when: self.when.value(at).cast_unsigned(),
            document: self.document.value(at).cast_unsigned(),
            event: self.event.value(at).cast_unsigned(),
        }
    }
}

/// The column that says what is compared.
pub(super) struct Matters<'b>(&'b Int32Array);

impl Matters<'_> {
    fn at(&self, at: usize) -> Result<Matter, LedgerError> {
        let number = self.0.value(at);
        Matter::of(number)
            .ok_or_else(|| LedgerError::Asked(format!("the column 'matter' holds {number}, which is none")))
    }
}

/// A nullable column.
pub(super) fn field(name: &str, of: DataType) -> Field {
    Field::new(name, of, true)
}

/// Fields of a node.
pub(super) fn node_fields(before: &str) -> [Field; 3] {
    [
        field(&format!("{before}when"), DataType::Int32),
        field(&format!("{before}document"), DataType::Int64),
        field(&format!("{before}event"), DataType::Int32),
    ]
}

/// Columns of nodes.
pub(super) fn node_columns(nodes: impl Iterator<Item = Node> + Clone) -> [ArrayRef; 3] {
    [
        wholes(nodes.clone().map(|node| node.when.cast_signed())),
        longs(nodes.clone().map(|node| node.document.cast_signed())),
        wholes(nodes.map(|node| node.event.cast_signed())),
    ]
}

pub(super) fn wholes(values: impl Iterator<Item = i32>) -> ArrayRef {
    Arc::new(Int32Array::from_iter_values(values))
}

pub(super) fn longs(values: impl Iterator<Item = i64>) -> ArrayRef {
    Arc::new(Int64Array::from_iter_values(values))
}

pub(super) fn texts<T: AsRef<str>>(values: impl Iterator<Item = T>) -> ArrayRef {
    Arc::new(StringArray::from_iter_values(values))
}

pub(super) fn posting_fields() -> Vec<Field> {
    let mut fields = vec![field("matter", DataType::Int32), field("key", DataType::Int64)];
    fields.extend(node_fields(""));
    fields.extend([field("holds", DataType::Boolean), field("least", DataType::Int32)]);
    fields
}

pub(super) fn posting_columns(postings: &[Posting]) -> Vec<ArrayRef> {
    let mut columns = vec![
        wholes(postings.iter().map(|one| one.matter.number())),
        longs(postings.iter().map(|one| one.key.cast_signed())),
    ];
    columns.extend(node_columns(postings.iter().map(|one| one.node)));
    columns.push(Arc::new(postings.iter().map(|one| Some(one.holds)).collect::<BooleanArray>()));
    columns.push(wholes(postings.iter().map(|one| one.least.cast_signed())));
    columns
}

pub(super) fn postings(table: &Table<'_>) -> Result<Vec<Posting>, LedgerError> {
    let (matters, keys, nodes) = (table.matters()?, table.long("key")?, table.nodes("")?);
    let (holds, least) = (table.flag("holds")?, table.whole("least")?);
    let posting = |at: usize| -> Result<Posting, LedgerError> {
        Ok(Posting {
            matter: matters.at(at)?,
            key: keys.value(at).cast_unsigned(),
            node: nodes.at(at),
            holds: holds.value(at),
            least: least.value(at).cast_unsigned(),
        })
    };
    (0..table.rows()).map(posting).collect()
}

pub(super) fn pair_fields() -> Vec<Field> {
    let mut fields = vec![field("matter", DataType::Int32)];
    fields.extend(node_fields(""));
    fields.extend(node_fields("other_"));
    fields.extend([field("keys", DataType::Int32), field("least", DataType::Int32)]);
    fields
}

pub(super) fn pair_columns(pairs: &[Pair]) -> Vec<ArrayRef> {
    let mut columns = vec![wholes(pairs.iter().map(|pair| pair.matter.number()))];
    columns.extend(node_columns(pairs.iter().map(|pair| pair.later)));
    columns.extend(node_columns(pairs.iter().map(|pair| pair.earlier)));
    columns.push(wholes(pairs.iter().map(|pair| pair.keys.cast_signed())));
    columns.push(wholes(pairs.iter().map(|pair| pair.least.cast_signed())));
    columns
}

pub(super) fn edge_fields() -> Vec<Field> {
    let mut fields = vec![field("matter", DataType::Int32)];
    fields.extend(node_fields(""));
    fields.extend(node_fields("other_"));
    fields.extend([field("score", DataType::Float32), field("reasons", DataType::Utf8)]);
    fields
}

pub(super) fn edge_columns(edges: &[Edge]) -> Result<Vec<ArrayRef>, LedgerError> {
    let reasons = edges
        .iter()
        .map(|edge| (!edge.reasons.is_empty()).then(|| serde_json::to_string(&edge.reasons)).transpose())
        .collect::<Result<StringArray, _>>()?;
    let mut columns = vec![wholes(edges.iter().map(|edge| edge.matter.number()))];
    columns.extend(node_columns(edges.iter().map(|edge| edge.a)));
    columns.extend(node_columns(edges.iter().map(|edge| edge.b)));
    columns.push(Arc::new(Float32Array::from_iter_values(edges.iter().map(|edge| edge.score))));
    columns.push(Arc::new(reasons));
    Ok(columns)
}

/// A table of these fields and columns.
pub(super) fn table(fields: Fields, columns: Vec<ArrayRef>) -> Result<RecordBatch, LedgerError> {
    let schema = Arc::new(arrow_schema::Schema::new(fields));
    RecordBatch::try_new(schema, columns).map_err(|error| LedgerError::Asked(error.to_string()))
}
