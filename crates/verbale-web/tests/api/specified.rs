//! The `OpenAPI` document: it names what the router has, and answers are what it says.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::served::{Served, Setting};

/// Checks a value against a schema of the document; says where it differs.
fn check(document: &Value, schema: &Value, value: &Value, place: &str, wrong: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let found = document.pointer(reference.trim_start_matches('#'));
        let Some(found) = found else { return wrong.push(format!("{place}: no {reference}")) };
        return check(document, found, value, place, wrong);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let fits = |choice: &&Value| {
            let mut found = Vec::new();
            check(document, choice, value, place, &mut found);
            found.is_empty()
        };
        if choices.iter().filter(fits).count() != 1 {
            wrong.push(format!("{place}: fits not one of the choices: {value}"));
        }
        return;
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        _ => return,
    };
    let is = |kind: &&str| match *kind {
        "null" => value.is_null(),
        "string" => value.is_string(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    };
    if !types.iter().any(is) {
        return wrong.push(format!("{place}: {value} is no {types:?}"));
    }
    if let Some(words) = schema["enum"].as_array().filter(|words| !words.contains(value)) {
        wrong.push(format!("{place}: {value} is none of {words:?}"));
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        check(document, &schema["items"], item, &format!("{place}[{at}]"), wrong);
    }
    let Some(object) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(name) {
            wrong.push(format!("{place}: {name} is missing"));
        }
    }
    let properties = schema["properties"].as_object().filter(|all| !all.is_empty());
    for (name, inner) in object {
        match (properties.and_then(|all| all.get(name)), &schema["additionalProperties"]) {
            (Some(of), _) => check(document, of, inner, &format!("{place}.{name}"), wrong),
            (None, of) if of.is_object() => check(document, of, inner, &format!("{place}.{name}"), wrong),
            (None, _) if properties.is_some() => wrong.push(format!("{place}: {name} is not described")),
            _ => {}
        }
    }
}

#[test]
fn answers_are_what_the_document_says() {
    let served = Served::examples(Setting::default());
    let document = served.get("/openapi.json").fine();
    let event = served.get("/v1/events").fine()["items"][0]["id"].as_str().unwrap().to_owned();
    served.rule(&json!({"action": "edit", "event": event, "edits": ["formality=formal"], "reviewer": "A. Tester"})).fine();
    let key = event.split(':').next().unwrap();
    let asked = [
        ("/v1", "/v1"),
        ("/v1/events", "/v1/events?limit=100"),
        ("/v1/events/{event}", &format!("/v1/events/{event}")),
        ("/v1/claims", "/v1/claims?limit=1000"),
        ("/v1/quotes", "/v1/quotes"),
        ("/v1/documents", "/v1/documents"),
        ("/v1/documents/{document}", &format!("/v1/documents/{key}")),
        ("/v1/entities", "/v1/entities"),
        ("/v1/entities/{entity}", "/v1/entities/Ada"),
        ("/v1/balance", "/v1/balance?state=AFG&between=USA,RUS&curve=true&baseline=equal"),
        ("/v1/balance", "/v1/balance?state=AFG&between=USA,RUS,CHN"),
        ("/v1/curve", "/v1/curve?state=AFG&between=USA,RUS"),
        ("/v1/compare", "/v1/compare?states=AFG,NER&between=USA,RUS"),
        ("/v1/trend", "/v1/trend?state=NER&between=FRA,CHN"),
        ("/v1/topics", "/v1/topics?state=NER&between=FRA,CHN"),
        ("/v1/network", "/v1/network?state=NER"),
        ("/v1/evidence", "/v1/evidence?state=AFG&between=USA,RUS"),
        ("/v1/runs", "/v1/runs"),
        ("/v1/diff", "/v1/diff?before=1&after=1&state=AFG&between=USA,RUS"),
        ("/v1/coverage", "/v1/coverage"),
        ("/v1/codebook", "/v1/codebook"),
        ("/v1/accuracy", "/v1/accuracy"),
        ("/v1/reviews", "/v1/reviews"),
        ("/v1/imports", "/v1/imports"),
        ("/openapi.json", "/openapi.json"),
    ];
    let mut wrong = Vec::new();
    let answer = |path: &str, method: &str| {
        document["paths"][path][method]["responses"]["200"]["content"]["application/json"]["schema"].clone()
    };
    for (path, address) in &asked {
        let schema = answer(path, "get");
        assert!(schema.is_object(), "{path} has no schema");
        let got = served.get(address);
        if got.status.as_u16() != 404 {
            check(&document, &schema, &got.fine(), address, &mut wrong);
        }
    }
    let made = Served::made(|ledger| crate::made::add(ledger, 0..64));
    crate::made::vote(&made, &["AFG", "USA", "IRN"]);
    for (path, address) in [
        ("/v1/balance", "/v1/balance?state=AFG&between=USA,RUS&families=Outlet+0,others"),
        ("/v1/trend", "/v1/trend?state=AFG&between=USA,IRN&by=month"),
        ("/v1/network", "/v1/network?state=AFG"),
        ("/v1/imports", "/v1/imports"),
        ("/v1/runs", "/v1/runs"),
    ] {
        check(&document, &answer(path, "get"), &made.get(address).fine(), address, &mut wrong);
    }
    let added = served.post("/v1/documents", "text/plain", "The talks ended.").fine();
    check(&document, &answer("/v1/documents", "post"), &added, "POST /v1/documents", &mut wrong);
    let coded = served.post("/v1/code", "text/plain", "The talks ended in Oslo.").fine();
    check(&document, &answer("/v1/code", "post"), &coded, "POST /v1/code", &mut wrong);
    let ruled = served.rule(&json!({"action": "accept", "event": event, "reviewer": "A. Tester"})).fine();
    check(&document, &answer("/v1/reviews", "post"), &ruled, "POST /v1/reviews", &mut wrong);
    let problem = served.get("/v1/nothing").json();
    check(&document, &document["components"]["schemas"]["Problem"], &problem, "problem", &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let tested: BTreeSet<&str> = asked.iter().map(|(path, _)| *path).collect();
    let paths = document["paths"].as_object().unwrap();
    let with_get = paths.iter().filter(|(_, item)| item["get"].is_object()).map(|(path, _)| path.as_str());
    assert_eq!(with_get.collect::<BTreeSet<_>>(), tested, "every path is asked here");
}

#[test]
fn every_path_of_the_document_answers_with_every_parameter() {
    let served = Served::examples(Setting::default());
    let document = served.get("/openapi.json").fine();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let mut names = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(
                names.insert(operation["operationId"].clone().to_string()),
                "{path}: operationId is not its own"
            );
            let address = path.replace("{event}", "x").replace("{document}", "x").replace("{entity}", "x");
            let answer = served.with(&method.to_uppercase(), &address, &[], "");
            assert_ne!(answer.status.as_u16(), 405, "{method} {path}");
            assert!(answer.status.as_u16() != 404 || path.contains('{'), "{method} {path}");
            assert!(answer.status.as_u16() < 500, "{method} {path}: {}", answer.text());
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().unwrap();
                assert!(!parameter["description"].as_str().unwrap_or_default().is_empty(), "{path}: {name}");
                if parameter["in"] == "query" {
                    let detail =
                        served.with(&method.to_uppercase(), &format!("{address}?{name}=~"), &[], "").text();
                    assert!(!detail.contains("there is no parameter"), "{path} {name}: {detail}");
                }
            }
        }
    }
    assert_eq!(
        served.get("/v1").fine()["endpoints"].as_array().unwrap().len(),
        names.len(),
        "the index lists what the document describes"
    );
}

#[test]
fn the_demo_has_every_example_report() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/reports");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "README.md")
        .collect();
    found.sort_unstable();
    let listed: Vec<&str> = verbale_web::DEMO_REPORTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(listed, found);
}
