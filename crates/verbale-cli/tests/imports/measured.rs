//! What came in is counted by the measures.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::gdelt::Row;

#[test]
fn a_visit_and_its_mirror_are_one_event_in_either_order() {
    let visit = Row::default().line(61);
    let host = Row { id: 2, from: "RUS", to: "AFG", code: "043", ..Row::default() }.line(61);
    let other = Row { id: 3, day: "20240601", to: "USA", code: "040", ..Row::default() }.line(61);
    for rows in [[&visit, &host, &other], [&host, &visit, &other]] {
        let desk = Desk::new();
        let table = rows.map(String::as_str).concat();
        desk.take("gdelt", "20240507.export.CSV", &table);
        let found = desk.json(&["balance", "AFG", "--between", "USA,RUS"]);
        assert_eq!(found["counts"], json!({"USA": 1, "RUS": 1}));
        assert_eq!(found["source"], "gdelt");
        let network = desk.json(&["network", "AFG"]);
        let russia =
            &network["partners"].as_array().unwrap().iter().find(|one| one["code"] == "RUS").unwrap();
        assert_eq!((&russia["paid"], &russia["received"]), (&Value::from(1), &Value::from(0)));
        desk.take("gdelt", "20240507.export.CSV", &table);
        assert_eq!(desk.json(&["balance", "AFG", "--between", "USA,RUS"]), found);
        assert_eq!(desk.run(&["import", "remove", "1"]).code, 0);
        let gone = desk.json(&["balance", "AFG", "--between", "USA,RUS"]);
        assert_eq!(gone["counts"], json!({"USA": 0, "RUS": 0}));
    }
}

#[test]
fn a_table_of_journeys_has_a_trend() {
    let desk = Desk::new();
    let mut table = "event_id,visit_type,name,country,locale,remarks,date_start,date_end\n".to_owned();
    for year in 2000..2012 {
        for visit in 0..if year < 2006 { 1 } else { 6 } {
            let id = year * 10 + visit;
            let row = "president,A. President,China,Beijing,Talks.";
            writeln!(table, "{id},{row},{year}-03-0{},{year}-03-09", visit + 1).unwrap();
        }
    }
    table += "99999,secretary,A. Secretary,Russia,Moscow,\"Talks, and a dinner.\",2003-05-01,2003-05-02\n";
    let mapping = ["--mapping", "data/imports/us-officials-travel.toml"];
    let ran = desk.try_take("csv", "journeys.csv", table, &mapping);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let trend = desk.json(&["trend", "USA", "--between", "RUS,CHN"]);
    assert_eq!(trend["periods"].as_array().unwrap().len(), 12);
    assert_eq!(trend["periods"][11]["counts"]["CHN"], 6);
    assert_eq!(trend["rates"]["CHN"]["breaks"][0]["period"], "2006");
    let high = desk.json(&["balance", "USA", "--between", "RUS,CHN", "--to", "2005"]);
    assert_eq!(high["counts"], json!({"RUS": 1, "CHN": 6}));
    assert_eq!(desk.run(&["balance", "USA", "--between", "RUS,CHN", "--source", "icews"]).code, 2);
}
