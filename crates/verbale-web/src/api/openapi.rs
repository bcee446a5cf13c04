//! The `OpenAPI` document: the table of endpoints, as programs read it.

use serde_json::{Map, Value, json};
use verbale::measure::Rules;

use super::{ENDPOINTS, schema};
use crate::call::{Endpoint, Run};
use crate::formats::Format;
use crate::query::{Kind, LONGEST, Param};

/// A day, a month or a year, or nothing.
const DATE: &str = "^([0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$";

/// What stands in a path.
const IN_PATH: &[(&str, &str)] = &[
    ("event", "DOCUMENT:EVENT of any of its tellings, or the beginning of one"),
    ("document", "The key, or its first six digits at least"),
    ("entity", "Its id: a Wikidata id, a code, or a name"),
];

/// The document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for endpoint in ENDPOINTS.iter().copied().flatten() {
        let path = paths.entry(endpoint.path).or_insert_with(|| json!({}));
        path[endpoint.method().to_lowercase()] = operation(endpoint);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "verbale",
            "version": verbale::VERSION,
            "description": "Diplomatic reports as auditable events. Names and values are those of docs/record.md; \
                docs/api.md has examples.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        // A token is needed for any address but the machine's own.
        "security": [{}, {"token": []}],
        "paths": paths,
        "components": {
            "schemas": schema::components(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    })
}

fn operation(endpoint: &Endpoint) -> Value {
    let in_path = in_path(endpoint.path).map(|name| {
        let about = IN_PATH.iter().find(|(known, _)| *known == name).map_or("", |(_, about)| about);
        json!({"name": name, "in": "path", "required": true, "description": about,
            "schema": {"type": "string", "minLength": 1}})
    });
    let params = endpoint.params();
    let parameters: Vec<Value> =
        in_path.chain(params.iter().map(|param| parameter(param, endpoint))).collect();
    let mut content = Map::new();
    for format in endpoint.formats {
        let media = format.media().split(';').next().unwrap_or_default();
        let of = if *format == Format::Json { endpoint.gives } else { "any" };
        content.insert(media.to_owned(), json!({"schema": schema::of(of)}));
    }
    let problem = json!({"application/problem+json": {"schema": schema::of("Problem")}});
    let mut responses = json!({
        "200": {"description": "The answer", "content": content},
        "default": {"description": "A problem: what is wrong and what to do", "content": problem},
    });
    match endpoint.run {
        Run::Still(_) | Run::Read(_) => {
            responses["304"] = json!({"description": "The client has it already"});
        }
        Run::Change(_) => responses["201"] = json!({"description": "Something new", "content": content}),
        Run::Work(_) => {}
    }
    let mut operation = json!({"operationId": endpoint.name, "summary": endpoint.about, "parameters": parameters,
        "responses": responses});
    if let Some(body) = body(endpoint) {
        operation["requestBody"] = body;
    }
    operation
}

/// The names that stand in a path.
fn in_path(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn parameter(param: &Param, endpoint: &Endpoint) -> Value {
    let schema = match param.kind {
        Kind::Text if param.name == "format" => {
            words(param, endpoint.formats.iter().map(|format| format.as_str()))
        }
        Kind::Text => text(param),
        Kind::List => list(param, endpoint),
        Kind::Whole(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Kind::Share => json!({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}),
        Kind::Flag => schema::of("flag"),
        Kind::Word(all) => words(param, all.iter().copied()),
    };
    let mut parameter = json!({"name": param.name, "in": "query", "required": param.needed,
        "description": param.about, "schema": schema});
    if param.kind == Kind::List {
        parameter["style"] = "form".into();
        parameter["explode"] = false.into();
    }
    parameter
}

/// One of some words; or nothing, as forms send it, where it may be left out.
fn words(param: &Param, all: impl Iterator<Item = &'static str>) -> Value {
    let empty = (!param.needed).then_some("");
    json!({"type": "string", "enum": all.chain(empty).collect::<Vec<_>>()})
}

/// A text, as far as its parameter's name tells what is read; an empty one counts as none.
fn text(param: &Param) -> Value {
    match param.name {
        "from" | "to" | "published" => json!({"type": "string", "pattern": DATE, "examples": ["2025-10-24"]}),
        "cursor" => json!({"type": "string", "pattern": "^([0-9a-f]{8}([0-9a-f]{2})+)?$"}),
        "families" => json!({"type": "string", "pattern": "^([^,]+,[^,]+)?$", "examples": ["AFG,others"]}),
        "rules" => words(param, Rules::built_in()),
        _ if param.needed => json!({"type": "string", "minLength": 1, "maxLength": LONGEST}),
        _ => json!({"type": "string", "maxLength": LONGEST}),
    }
}

/// A list: of words that are known, of codes, or of anything that is not blank.
fn list(param: &Param, endpoint: &Endpoint) -> Value {
    let items = match param.name {
        "type" => schema::of("EventType"),
        "status" => schema::of("held|planned|cancelled|denied|hypothetical"),
        // An import takes names of states, too.
        "country" | "partner" if endpoint.path != super::IMPORTS => {
            json!({"type": "string", "pattern": "^[A-Z][A-Z0-9_-]{2,}$"})
        }
        _ => json!({"type": "string", "pattern": r"^[^,]*[^,\s][^,]*$"}),
    };
    let mut list = json!({"type": "array", "items": items});
    if param.needed {
        list["minItems"] = 1.into();
    }
    // These two stand between two powers; elsewhere there may be more.
    if param.name == "between" && matches!(endpoint.name, "curve" | "diff") {
        (list["minItems"], list["maxItems"]) = (2.into(), 2.into());
    }
    list
}

fn body(endpoint: &Endpoint) -> Option<Value> {
    let takes = endpoint.takes?;
    let media = if takes.media.is_empty() { &["application/octet-stream"][..] } else { takes.media };
    let mut content = Map::new();
    for media in media {
        let of = if *media == "application/json" { takes.schema } else { "any" };
        content.insert((*media).to_owned(), json!({"schema": schema::of(of)}));
    }
    Some(json!({"description": takes.about, "required": true, "content": content}))
}
