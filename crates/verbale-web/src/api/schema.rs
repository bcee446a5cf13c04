//! Schemas of what is answered and sent, from `schemas.txt`, which explains its own notation.

use serde_json::{Map, Value, json};
use verbale::model::ontology::{Context, EventType, Mode, Sector};

const SCHEMAS: &str = include_str!("schemas.txt");

/// A schema, or a group of fields that several have.
struct Block {
    name: &'static str,
    about: &'static str,
    /// Name, type and description; `+` and the name of another block for all of its fields.
    fields: Vec<[&'static str; 3]>,
}

/// All blocks of the file.
fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for line in SCHEMAS.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
        let (head, about) = line.trim_start().split_once("  ").unwrap_or((line.trim_start(), ""));
        match (line.strip_prefix("  "), blocks.last_mut()) {
            (Some(_), Some(block)) => {
                let (name, kind) = head.split_once(' ').unwrap_or((head, "any"));
                block.fields.push([name, kind, about]);
            }
            _ => blocks.push(Block { name: head, about, fields: Vec::new() }),
        }
    }
    blocks
}

/// The fields of a block with those that it takes in.
fn fields_of(blocks: &[Block], name: &str) -> Vec<[&'static str; 3]> {
    let block = blocks.iter().find(|block| block.name == name);
    let fields = block.into_iter().flat_map(|block| &block.fields);
    fields
        .flat_map(|field| if field[0] == "+" { fields_of(blocks, field[1]) } else { vec![*field] })
        .collect()
}

/// Every schema by its name.
pub fn components() -> Map<String, Value> {
    fn words<W: Copy>(all: &[W], word: fn(W) -> &'static str) -> Value {
        json!({"type": "string", "enum": all.iter().copied().map(word).collect::<Vec<_>>()})
    }
    let mut all = Map::new();
    for (name, schema) in [
        ("Any", json!({})),
        ("Bytes", json!({})),
        ("EventType", words(EventType::ALL, EventType::as_str)),
        ("Mode", words(Mode::ALL, Mode::as_str)),
        ("Context", words(Context::ALL, Context::as_str)),
        ("Sector", words(Sector::ALL, Sector::as_str)),
        ("Verdict", of("balanced|tilted|not_enough_evidence")),
    ] {
        all.insert(name.to_owned(), schema);
    }
    let blocks = blocks();
    for block in blocks.iter().filter(|block| block.name.starts_with(char::is_uppercase)) {
        all.insert(block.name.to_owned(), object(block.about, &fields_of(&blocks, block.name)));
    }
    all
}

fn object(about: &str, fields: &[[&str; 3]]) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for [name, kind, about] in fields {
        let bare = name.trim_start_matches('-');
        if bare == *name {
            required.push(bare);
        }
        let mut schema = of(kind);
        // Beside a reference nothing else is read.
        if !about.is_empty() && schema.get("$ref").is_none() {
            schema["description"] = (*about).into();
        }
        properties.insert(bare.to_owned(), schema);
    }
    json!({"type": "object", "description": about, "properties": properties, "required": required})
}

/// The schema of a type.
pub fn of(kind: &str) -> Value {
    if let Some(kind) = kind.strip_prefix("Page:") {
        let next = json!({"type": ["string", "null"], "description": "The cursor of the next page; null at the end"});
        let properties = json!({"items": {"type": "array", "items": of(kind)}, "next": next});
        return json!({"type": "object", "properties": properties, "required": ["items", "next"]});
    }
    if let Some(kind) = kind.strip_suffix('?') {
        return match plain(kind) {
            Some(word) => json!({"type": [word, "null"]}),
            None if kind == "any" => json!({}),
            None => json!({"oneOf": [of(kind), {"type": "null"}]}),
        };
    }
    if let Some(kind) = kind.strip_suffix("[]") {
        return json!({"type": "array", "items": of(kind)});
    }
    if let Some(kind) = kind.strip_suffix("{}") {
        return json!({"type": "object", "additionalProperties": of(kind)});
    }
    match plain(kind) {
        Some(word) => json!({"type": word}),
        None if kind == "any" => json!({}),
        None if kind == "title" || kind.contains('|') => {
            json!({"type": "string", "enum": kind.split('|').collect::<Vec<_>>()})
        }
        None => json!({"$ref": format!("#/components/schemas/{kind}")}),
    }
}

/// The JSON type of a plain one.
fn plain(kind: &str) -> Option<&'static str> {
    match kind {
        "text" => Some("string"),
        "whole" => Some("integer"),
        "number" => Some("number"),
        "flag" => Some("boolean"),
        _ => None,
    }
}
