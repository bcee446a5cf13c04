//! The `OpenAPI` document: the table of endpoints, as programs read it.

use serde_json::{Map, Value, json};

use super::{ENDPOINTS, schema};
use crate::call::{Endpoint, Run};
use crate::formats::Format;
use crate::query::{Kind, Param};

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
        json!({"name": name, "in": "path", "required": true, "description": about, "schema": schema::of("text")})
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
            let words: Vec<&str> = endpoint.formats.iter().map(|format| format.as_str()).collect();
            json!({"type": "string", "enum": words})
        }
        Kind::Text => schema::of("text"),
        Kind::List => schema::of("text[]"),
        Kind::Whole(least, most) => json!({"type": "integer", "minimum": least, "maximum": most}),
        Kind::Share => json!({"type": "number", "minimum": 0, "maximum": 1}),
        Kind::Flag => schema::of("flag"),
        Kind::Word(words) => json!({"type": "string", "enum": words}),
    };
    let mut parameter = json!({"name": param.name, "in": "query", "required": param.needed,
        "description": param.about, "schema": schema});
    if param.kind == Kind::List {
        parameter["style"] = "form".into();
        parameter["explode"] = false.into();
    }
    parameter
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
