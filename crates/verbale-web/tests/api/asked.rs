//! Every question: what is answered, in each format, and how it is said that something cannot be.

use std::io::Read as _;

use verbale::ledger::panel::engagement;
use verbale::ledger::store::Seen;
use verbale::model::ontology::EventType;

use crate::served::{Served, Setting};

#[test]
fn listings_come_in_every_format() {
    let served = Served::examples(Setting::default());
    let event = served.get("/v1/events").fine()["items"][0]["id"].clone();
    let ruling = serde_json::json!({"action": "edit", "event": event, "edits": ["formality=formal"], "reviewer": "=1+1"});
    served.rule(&ruling).fine();
    crate::made::vote(&served, &["AFG", "USA"]);
    for (path, formats) in [
        ("/v1/events", &["json", "jsonl", "csv", "parquet", "plover", "gdelt"][..]),
        ("/v1/claims", &["json", "jsonl", "csv", "parquet"]),
        ("/v1/quotes", &["json", "jsonl", "csv", "parquet"]),
        ("/v1/documents", &["json", "jsonl", "csv", "parquet"]),
        ("/v1/entities", &["json", "jsonl", "csv", "parquet"]),
        ("/v1/runs", &["json", "jsonl", "csv", "parquet"]),
        ("/v1/reviews", &["json", "jsonl", "csv", "parquet"]),
        ("/v1/imports", &["json", "jsonl", "csv", "parquet"]),
    ] {
        for format in formats {
            let named = served.get(&format!("{path}?format={format}"));
            assert!(named.status.is_success() && !named.body.is_empty(), "{path} {format}");
            let media = named.header("content-type").split(';').next().unwrap().to_owned();
            let asked = served.with("GET", path, &[("accept", &media)], "");
            assert_eq!(asked.body, named.body, "{path} {media}");
            match *format {
                "parquet" => assert!(named.body.starts_with(b"PAR1") && named.body.ends_with(b"PAR1")),
                "jsonl" | "plover" => assert!(
                    named.text().lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok())
                ),
                "csv" => assert!(named.text().lines().count() > 1),
                "gdelt" => assert!(named.text().lines().all(|line| line.split('\t').count() == 61)),
                _ => assert!(!named.fine()["items"].as_array().unwrap().is_empty()),
            }
        }
        let csv = served.get(&format!("{path}?format=xml"));
        assert!(csv.problem(400).contains("json"));
    }
    let reviews = served.get("/v1/reviews?format=csv").text();
    assert!(
        reviews.contains(",'=1+1,,edit,") && reviews.contains(",formality,\"\"\"formal\"\"\","),
        "{reviews}"
    );
    let json = served.get("/v1/coverage").fine();
    let lines = served.with("GET", "/v1/coverage", &[("accept", "application/x-ndjson")], "").text();
    let lines: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(json["months"], serde_json::Value::from(lines));
    let csv = served.with("GET", "/v1/coverage", &[("accept", "text/csv")], "").text();
    assert_eq!(csv.lines().count(), json["months"].as_array().unwrap().len() + 1);
    assert_eq!(csv.lines().next(), Some("outlet,month,documents,superseded,tellings"));
    assert!(served.get("/v1/coverage?format=parquet").body.starts_with(b"PAR1"));
    let none = served.with("GET", "/v1/events", &[("accept", "image/png")], "");
    assert!(none.problem(406).contains("text/csv"));
}

#[test]
fn an_event_opens_its_evidence() {
    let served = Served::examples(Setting::default());
    let events = served.get("/v1/events?country=NER&partner=FRA&inclusive=true").fine();
    let id = events["items"][0]["id"].as_str().unwrap();
    let event = served.get(&format!("/v1/events/{id}")).fine();
    assert!(!event["tellings"][0]["evidence"].as_array().unwrap().is_empty());
    let key = id.split(':').next().unwrap();
    let document = served.get(&format!("/v1/documents/{key}")).fine();
    assert!(document["text"].as_str().unwrap().contains("Niamey"));
    assert_eq!(
        document["record"]["events"].as_array().unwrap().len(),
        document["entries"].as_object().unwrap().len()
    );
    assert_eq!(served.get(&format!("/v1/documents/{}", &key[..8])).fine()["document"], key);
    assert!(served.get("/v1/events/0000000000000000:e1").problem(404).contains("/v1/events"));
    assert!(served.get("/v1/documents/nothing").problem(404).contains("/v1/documents"));
    let entity = served.get("/v1/entities?q=vasseur").fine()["items"][0]["id"].as_str().unwrap().to_owned();
    let path: String = url::form_urlencoded::byte_serialize(entity.as_bytes()).collect();
    let path = path.replace('+', "%20");
    let entity = served.get(&format!("/v1/entities/{path}")).fine();
    assert!(!entity["entries"].as_array().unwrap().is_empty());
    served.get("/v1/entities/nobody").problem(404);
}

#[test]
fn measures_answer_as_the_commands_do() {
    let served = Served::examples(Setting::default());
    let balance = served.get("/v1/balance?state=AFG&between=USA,RUS&curve=true&baseline=equal").fine();
    assert_eq!((&balance["verdict"], &balance["counts"]["RUS"]), (&"not_enough_evidence".into(), &1.into()));
    assert!(balance["curve"].as_array().unwrap().len() >= 32 && balance["baseline"].is_object());
    let named = served.get("/v1/balance?state=Afghanistan&between=United%20States,Russia").fine();
    assert_eq!((&named["state"], &named["tilt"]), (&balance["state"], &balance["tilt"]));
    let evidence = served.get("/v1/evidence?state=AFG&between=USA,RUS&rules=inclusive").fine();
    let rows = evidence["items"].as_array().unwrap();
    let counted: Vec<_> = rows.iter().filter(|row| row["counted"] == true).collect();
    assert!(
        counted.len() == 2 && counted.iter().all(|row| row["event"]["tellings"][0]["evidence"].is_array())
    );
    let apart = served.get("/v1/evidence?state=AFG&between=USA,RUS&counted=false").fine();
    assert_eq!(apart["items"][0]["reason"], "former");
    assert_eq!(served.get("/v1/curve?state=AFG&between=USA,RUS").fine()["curve"], balance["curve"]);
    let compared = served.get("/v1/compare?states=AFG,NER&between=USA,RUS&periods=2024,2025").fine();
    assert_eq!(compared.as_array().unwrap().len(), 4);
    assert_eq!(compared[3]["window"]["from"], "2025");
    assert_eq!(served.get("/v1/trend?state=AFG&between=USA,RUS&by=month").fine()["unit"], "month");
    assert!(served.get("/v1/topics?state=NER&between=FRA,CHN").fine()["topics"].is_array());
    assert!(
        served.get("/v1/network?state=NER").fine()["partners"]
            .as_array()
            .unwrap()
            .iter()
            .any(|one| one["code"] == "CHN")
    );
    let unknown = served.get("/v1/balance?state=ATLANTIS&between=USA,RUS").fine();
    assert!(unknown["remarks"][0].as_str().unwrap().contains("ATLANTIS"));
}

#[test]
fn measures_say_what_they_rest_on() {
    let made = Served::made(|ledger| crate::made::add(ledger, 0..64));
    let trend = |panel: &str| {
        let found = made.get(&format!("/v1/trend?state=AFG&between=USA,RUS&by=month{panel}")).fine();
        let periods = found["periods"].as_array().unwrap().iter();
        let documents: u64 = periods.filter_map(|period| period["documents"].as_u64()).sum();
        (found["panel"].clone(), documents)
    };
    let (panel, all) = trend("");
    let outlets = panel["sources"].as_array().unwrap();
    assert!(panel["of"] == "documents" && outlets.len() > 1 && all > 0, "{panel}");
    let of = |outlet: &serde_json::Value| {
        let (panel, documents) = trend(&format!("&panel={}", outlet.as_str().unwrap().replace(' ', "+")));
        assert_eq!(panel["sources"], serde_json::json!([outlet]));
        documents
    };
    assert_eq!(outlets.iter().map(of).sum::<u64>(), all);
    let families = made.get("/v1/balance?state=AFG&between=USA,RUS&families=Outlet+0,others").fine();
    assert_eq!(families["unseen"]["families"], serde_json::json!(["Outlet 0", "others"]));
    let with = &families["unseen"]["partners"]["USA"];
    assert_eq!(with["seen"], families["counts"]["USA"]);
    assert_eq!((&with["both"], &with["all"]), (&0.into(), &serde_json::Value::Null));
    let network = made.get("/v1/network?state=AFG").fine();
    assert!(network["shrinkage"]["dyads"].as_u64().unwrap() > 100);
    assert!(network["partners"][0]["expected"]["mean"].as_f64().unwrap() > 0.0);
    assert!(network["multi_vector"].is_null() && network["remarks"].to_string().contains("Rao's Q"));
    let [code, other] = [0, 1].map(|at| network["partners"][at]["code"].as_str().unwrap().to_owned());
    crate::made::vote(&made, &["AFG", &code, &other]);
    let network = made.get("/v1/network?state=AFG").fine();
    assert_eq!(network["partners"][0]["votes"]["agreement"], 1.0);
    assert_eq!(network["multi_vector"]["distances"], "un-votes");
}

#[test]
fn what_was_done_and_what_it_rests_on_can_be_asked() {
    let served = Served::examples(Setting::default());
    assert_eq!(served.get("/v1/runs").fine()["items"][0]["kind"], "add");
    let diff = served.get("/v1/diff?before=1&after=1&state=AFG&between=USA,RUS").fine();
    assert!(
        diff["changes"].as_array().unwrap().is_empty() && diff["balance"]["before"]["verdict"].is_string()
    );
    assert!(served.get("/v1/diff?before=1&after=9").problem(404).contains("/v1/runs"));
    let coverage = served.get("/v1/coverage").fine();
    assert_eq!(coverage["documents"], 7);
    let book = served.get("/v1/codebook").fine();
    assert!(book["event_types"].as_array().unwrap().iter().any(|one| one["event_type"] == "CONSULT"));
    assert_eq!(book["rules"][0]["name"], "officials");
    let scores = served.get("/v1/accuracy").fine();
    assert!(scores["scores"].as_array().unwrap().iter().any(|one| one["value"].as_f64().is_some()));
    assert!(served.get("/v1").fine()["endpoints"].as_array().unwrap().len() > 20);
}

#[test]
fn bad_questions_are_named() {
    let served = Served::examples(Setting::default());
    for (path, words) in [
        ("/v1/events?land=AFG", "land"),
        ("/v1/events?country=Afghanistan", "Afghanistan"),
        ("/v1/events?type=MEET", "MEET"),
        ("/v1/events?status=maybe", "maybe"),
        ("/v1/events?reviewed=maybe", "maybe"),
        ("/v1/events?from=yesterday", "yesterday"),
        ("/v1/events?from=2025&to=2024", "2024"),
        ("/v1/events?limit=0", "limit"),
        ("/v1/events?limit=1001", "limit"),
        ("/v1/events?limit=5&limit=6", "limit"),
        ("/v1/events?undated=yes", "undated"),
        ("/v1/balance?between=USA,RUS", "state"),
        ("/v1/balance?state=AFG", "between"),
        ("/v1/balance?state=AFG&between=USA,RUS&rules=none", "none"),
        ("/v1/balance?state=AFG&between=USA,RUS&delta=2", "delta"),
        ("/v1/balance?state=AFG&between=USA,RUS&from=soon", "soon"),
        ("/v1/balance?state=AFG&between=USA,RUS&source=gdelt", "gdelt"),
        ("/v1/balance?state=AFG&between=USA,RUS&baseline=past", "from"),
        ("/v1/balance?state=AFG&between=USA,RUS&families=AFG", "two families"),
        ("/v1/balance?state=AFG&between=USA,RUS&families=CHN,others", "'CHN'"),
        ("/v1/curve?state=AFG&between=USA,RUS,CHN", "between"),
        ("/v1/evidence?state=AFG&between=USA,RUS&partner=FRA", "FRA"),
        ("/v1/trend?state=AFG&between=USA&by=week", "week"),
        ("/v1/trend?state=AFG&between=USA&panel=Times", "Times"),
        ("/v1/diff?before=1", "after"),
    ] {
        let detail = served.get(path).problem(400);
        assert!(detail.contains(words), "{path}: {detail}");
        assert!(!detail.contains("--"), "{path}: {detail}");
    }
    assert!(served.get("/v2/events").problem(404).contains("/v1"));
    let put = served.with("PUT", "/v1/events", &[], "");
    assert!(put.problem(405).contains("GET") && put.header("allow") == "GET, HEAD");
    // A form that is sent with empty fields asks for nothing by them.
    served.get("/v1/events?country=&from=&to=&type=").fine();
}

#[test]
fn an_answer_that_is_known_is_not_sent_again() {
    let served = Served::examples(Setting::default());
    for path in ["/v1/events", "/v1/balance?state=AFG&between=USA,RUS", "/v1/codebook", "/openapi.json", "/"]
    {
        let first = served.get(path);
        let tag = first.header("etag").to_owned();
        assert!(tag.starts_with("W/\""), "{path}");
        let again = served.with("GET", path, &[("if-none-match", &format!("\"other\", {tag}"))], "");
        assert_eq!(
            (again.status.as_u16(), again.body.len(), again.header("etag")),
            (304, 0, tag.as_str()),
            "{path}"
        );
    }
    let tag = served.get("/v1/events").header("etag").to_owned();
    let csv = served.with("GET", "/v1/events?format=csv", &[("if-none-match", &tag)], "");
    assert_eq!(csv.status.as_u16(), 200, "another format is another answer");
    let other = served.with("GET", "/v1/events?country=AFG", &[("if-none-match", &tag)], "");
    assert_eq!(other.status.as_u16(), 200, "another question is another answer");
    // A change by another program, and one by this one, make new answers.
    crate::made::add(&mut served.ledger(), 0..1);
    let changed = served.with("GET", "/v1/events", &[("if-none-match", &tag)], "");
    let tag = changed.header("etag").to_owned();
    assert_eq!(changed.status.as_u16(), 200);
    let id = changed.json()["items"][0]["id"].clone();
    served.rule(&serde_json::json!({"action": "accept", "event": id, "reviewer": "A. Tester"})).fine();
    assert_eq!(served.with("GET", "/v1/events", &[("if-none-match", &tag)], "").status.as_u16(), 200);
}

#[test]
fn answers_are_packed_for_who_can_unpack_them() {
    let served = Served::examples(Setting::default());
    for path in ["/v1/events", "/v1/events?format=csv"] {
        let plain = served.get(path);
        let packed = served.with("GET", path, &[("accept-encoding", "gzip")], "");
        assert_eq!(packed.header("content-encoding"), "gzip");
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(packed.body.as_slice()).read_to_end(&mut text).unwrap();
        assert_eq!(text, plain.body);
    }
    let head = served.with("HEAD", "/v1/codebook", &[], "");
    assert!(head.body.is_empty() && head.header("content-length").parse::<usize>().unwrap() > 1000);
}

#[test]
fn measures_see_what_entries_say() {
    let ledger = Served::examples(Setting::default()).ledger();
    let numbers = ledger.entry_numbers().unwrap();
    let merged: Vec<_> =
        numbers.into_iter().map(|number| engagement(&ledger.entry(number).unwrap())).collect();
    assert!(
        merged.iter().any(|event| event.of.is_some()) && merged.iter().any(|event| !event.topics.is_empty())
    );
    for topics in [true, false] {
        let read = ledger.engagements(Seen { state: None, topics }).unwrap();
        assert_eq!(read.len(), merged.len());
        for (read, merged) in read.iter().zip(&merged) {
            let mut expected = merged.clone();
            if !topics {
                // What is not asked for stays empty; what is requested is asked of agreements alone.
                expected.topics.clear();
                expected.of = merged.of.filter(|_| merged.event_type == EventType::Agree);
            }
            assert_eq!(format!("{read:?}"), format!("{expected:?}"));
        }
    }
    let read = ledger.engagements(Seen { state: Some("AFG"), topics: false }).unwrap();
    assert!(!read.is_empty() && read.iter().all(|event| event.side("AFG").is_some()));
}
