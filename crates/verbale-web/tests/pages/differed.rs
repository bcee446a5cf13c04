//! Runs side by side: what one read otherwise, and what that does to a balance.

use serde_json::json;

use crate::page;
use crate::served::Served;

fn add(served: &Served, text: &str) {
    let report = json!({"text": text, "published": "2025-03-05", "outlet": "Gazette"});
    served.post("/v1/documents", "application/json", report.to_string()).fine();
}

#[test]
fn the_difference_of_two_runs_says_what_it_does_to_a_balance() {
    let served = Served::made(|_| ());
    add(
        &served,
        "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March 2025.",
    );
    add(
        &served,
        "Norwegian Foreign Minister Ada Berg received her Swedish counterpart, Nils Ek, in Oslo on 4 March 2025.",
    );
    let plain = page(&served.get("/diff?before=1&after=2"));
    assert!(plain.contains("name=\"between\"") && !plain.contains("The balance as of both runs"), "{plain}");
    let address = "/diff?before=1&after=2&state=NOR&between=KEN,SWE";
    let moved = served.get(&format!("/v1{address}")).fine()["balance"].clone();
    assert_eq!((&moved["before"]["counts"], &moved["after"]["counts"]), (&json!([1, 0]), &json!([1, 1])));
    let events = moved["events"].as_array().unwrap();
    assert_eq!(events.len(), 1, "{moved}");
    assert_eq!((&events[0]["before"], &events[0]["after"]), (&json!([0, 0]), &json!([0, 1])));
    let shown = page(&served.get(address));
    let event = events[0]["event"].as_str().unwrap();
    let low = format!("{:+.2}", moved["after"]["tilt"]["low"].as_f64().unwrap());
    for words in ["The balance as of both runs", "not enough evidence", "1 event count", low.as_str(), event]
    {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let same = served.get("/v1/diff?before=2&after=2&state=NOR&between=KEN,SWE").fine()["balance"].clone();
    assert_eq!((&same["before"], &same["events"]), (&same["after"], &json!([])));
    let three = served.with("GET", &format!("{address},DNK"), &[("accept", "text/html")], "");
    assert_eq!(three.status.as_u16(), 400);
    assert!(three.text().contains("two powers"), "{}", three.text());
}
