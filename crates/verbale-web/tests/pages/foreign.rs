//! Text of others stays text: markup, formulae and characters that reorder come out spelled, in a direction of their own.

use serde_json::json;

use crate::served::Served;
use crate::{made, page};

#[test]
fn text_of_others_is_shown_as_text() {
    let served = Served::made(|_| ());
    let bad = "<script>alert(1)</script><img src=x onerror=alert(2)>";
    let report = json!({
        "id": format!("=1+1{bad}"),
        "title": format!("{bad}\u{202e}title"),
        "outlet": format!("\"><svg onload=alert(3)>{bad}"),
        "url": "javascript:alert(4)",
        "published": "2025-03-05",
        "text": format!("Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March 2025.\n\
            “{bad}, we will work together,” Berg said.\n\
            استقبل وزير الخارجية نظيره في أوسلو."),
    });
    let added = served.post("/v1/documents", "application/json", report.to_string()).fine();
    let key = added["documents"][0].as_str().unwrap().to_owned();
    let event = served.get("/v1/events").fine()["items"][0]["id"].as_str().unwrap().to_owned();
    let ruling = json!({"action": "accept", "event": event, "reviewer": bad, "reason": bad});
    served.rule(&ruling).fine();
    let mut shown = 0;
    for path in [
        format!("/documents/{key}"),
        "/documents".to_owned(),
        format!("/events/{event}"),
        "/events".to_owned(),
        "/claims".to_owned(),
        "/quotes".to_owned(),
        "/coverage".to_owned(),
        "/review".to_owned(),
        "/entities".to_owned(),
        "/balance?state=NOR&between=KEN,SWE".to_owned(),
        "/evidence?state=NOR&between=KEN,SWE".to_owned(),
        "/entities?q=%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
    ] {
        let text = page(&served.get(&path));
        assert!(
            !text.contains("<script>") && !text.contains("<img") && !text.contains("<svg onload"),
            "{path}: {text}"
        );
        assert!(!text.contains("href=\"javascript:") && !text.contains('\u{202e}'), "{path}");
        shown += usize::from(text.contains("&lt;script&gt;"));
    }
    assert!(shown > 5, "what was put in is shown on {shown} pages");
    let document = page(&served.get(&format!("/documents/{key}")));
    assert!(document.contains("&lt;U+202E&gt;title"), "what reorders is spelled out");
    assert!(
        document.contains("<p dir=\"auto\">") && document.contains("استقبل"),
        "each paragraph has its own direction"
    );
}

#[test]
fn names_quotes_and_topics_are_shown_as_text_in_charts_too() {
    let bad = "\"><script>alert(1)</script></title></svg><svg onload=alert(2)>\u{202e}";
    let served = Served::made(|ledger| {
        made::add_told_in(ledger, bad);
        made::add(ledger, [8, 16]);
    });
    let event = served.get("/v1/entities?q=script").fine()["items"][0]["id"].clone();
    assert_eq!(event, bad, "the name is there as it was given");
    let events = served.get("/v1/events").fine();
    let event =
        events["items"].as_array().unwrap().iter().find(|one| one["participants"][0]["name"] == bad).unwrap();
    let event = event["id"].as_str().unwrap().to_owned();
    let mut shown = 0;
    for path in [
        format!("/events/{event}"),
        format!("/documents/{}", event.split(':').next().unwrap()),
        "/events".to_owned(),
        "/claims".to_owned(),
        "/quotes".to_owned(),
        "/entities".to_owned(),
        "/coverage".to_owned(),
        "/runs".to_owned(),
        "/review?state=AFG&between=USA,RUS".to_owned(),
        "/balance?state=AFG&between=USA,RUS&curve=true&by=month".to_owned(),
        "/evidence?state=AFG&between=USA,RUS".to_owned(),
        "/compare?states=AFG,USA&between=USA,RUS".to_owned(),
        "/diff?before=1&after=2&state=AFG&between=USA,RUS".to_owned(),
    ] {
        let text = page(&served.get(&path));
        assert!(
            !text.contains("<script>") && !text.contains("<svg onload") && !text.contains('\u{202e}'),
            "{path}: {text}"
        );
        assert_eq!(text.matches("<svg").count(), text.matches("</svg>").count(), "{path}");
        shown += usize::from(text.contains("&lt;script&gt;"));
    }
    assert!(shown > 6, "what was put in is shown on {shown} pages");
    let chart = page(&served.get("/balance?state=AFG&between=USA,RUS"));
    let within = |text: &str| {
        text.split("<svg").skip(1).any(|svg| svg.split("</svg>").next().unwrap().contains("&lt;script&gt;"))
    };
    assert!(within(&chart), "a mark of a chart says who met");
}

#[test]
fn what_is_not_kept_is_said() {
    let served = Served::made(|_| ());
    let text = "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March 2025. The weather was fine.";
    for (retain, word) in [("hash", "No word of this document is kept"), ("excerpts", "the rest is not here")]
    {
        let added =
            served.post(&format!("/v1/documents?retain={retain}&outlet={retain}"), "text/plain", text).fine();
        let shown = page(&served.get(&format!("/documents/{}", added["documents"][0].as_str().unwrap())));
        assert!(shown.contains(word), "{retain}: {shown}");
    }
}
