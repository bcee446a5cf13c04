//! Forms without script: rulings and reports, and a server that only reads.

use crate::served::{Served, Setting};
use crate::{page, send, verdict};

const BALANCE: &str = "/balance?state=AFG&between=USA%2CRUS";

/// The first event that counts.
fn counted(served: &Served) -> String {
    served.get("/v1/balance?state=AFG&between=USA,RUS").fine()["events"][0].as_str().unwrap().to_owned()
}

#[test]
fn a_rejection_moves_the_verdict_and_is_taken_back() {
    let served = Served::examples(Setting::default());
    let before = page(&served.get(BALANCE));
    let action = format!("/events/{}/review", counted(&served));
    let fields =
        [("action", "reject"), ("reviewer", "A. Tester"), ("reason", "no such meeting"), ("back", BALANCE)];
    let answer = send(&served, &action, &fields);
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    let back = answer.header("location").to_owned();
    assert!(back.starts_with("/balance?state=AFG&between=USA%2CRUS&ruled="), "{back}");
    let after = page(&served.get(&back));
    assert!(
        after.contains("A. Tester")
            && after.contains("rejected an event")
            && after.contains("action=\"/reviews/undo\"")
    );
    let counts =
        |text: &str| text.split("Counted: ").nth(1).unwrap().split("</a>").next().unwrap().to_owned();
    assert_ne!((verdict(&before), counts(&before)), (verdict(&after), counts(&after)));
    let review = back.split("ruled=").nth(1).unwrap();
    let undone =
        send(&served, "/reviews/undo", &[("review", review), ("reviewer", "A. Tester"), ("back", BALANCE)]);
    assert_eq!(undone.status.as_u16(), 303, "{}", undone.text());
    let again = page(&served.get(BALANCE));
    assert_eq!((verdict(&before), counts(&before)), (verdict(&again), counts(&again)));
    assert!(page(&served.get(&back)).contains("taken back since"));
}

#[test]
fn events_are_corrected_joined_and_split() {
    let served = Served::examples(Setting::default());
    let event = counted(&served);
    let (home, action) = (format!("/events/{event}"), format!("/events/{event}/review"));
    let by = ("reviewer", "A. Tester");
    let done = send(&served, &action, &[("action", "edit"), ("field", "status"), ("value", "denied"), by]);
    assert_eq!(done.status.as_u16(), 303, "{}", done.text());
    assert!(page(&served.get(&home)).contains("corrected: status"));
    let other = served.get("/v1/events?country=NER").fine()["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(send(&served, &action, &[("action", "join"), ("with", &other), by]).status.as_u16(), 303);
    let joined = page(&served.get(&home));
    assert!(joined.contains("value=\"split\"") && joined.contains("corrected status"));
    let split = send(&served, &action, &[("action", "split"), ("tellings", &other), by]);
    assert_eq!(split.status.as_u16(), 303, "{}", split.text());
    for (fields, status) in [
        (vec![("action", "accept")], 400),
        (vec![("action", "delete"), by], 400),
        (vec![("action", "edit"), by], 400),
        (vec![("action", "edit"), ("field", "status"), ("value", "red"), by], 422),
    ] {
        let answer = send(&served, &action, &fields);
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (status, "text/html; charset=utf-8"),
            "{fields:?}"
        );
    }
    // No page of others is gone back to.
    let away = send(&served, &action, &[("action", "accept"), by, ("back", "//example.org/")]);
    assert!(away.header("location").starts_with("/events/"), "{}", away.header("location"));
}

#[test]
fn an_empty_ledger_asks_for_a_report_and_reads_it() {
    let served = Served::made(|_| ());
    let empty = page(&served.get("/"));
    assert!(empty.contains("action=\"/add\"") && empty.contains("<textarea"));
    let text = "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on 3 March 2025.";
    let fields =
        [("text", text), ("title", "Talks"), ("outlet", "Gazette"), ("published", "2025-03-05"), ("url", "")];
    let answer = send(&served, "/add", &fields);
    assert_eq!(answer.status.as_u16(), 303, "{}", answer.text());
    let record = page(&served.get(answer.header("location")));
    assert!(
        record.contains("Ada Berg") && record.contains("CONSULT") && record.contains("Gazette"),
        "{record}"
    );
    assert_eq!(
        send(&served, "/add", &fields).header("location"),
        answer.header("location"),
        "the same again adds nothing"
    );
    assert_eq!(send(&served, "/add", &[("text", text), ("published", "soon")]).status.as_u16(), 400);
    assert_eq!(send(&served, "/add", &[("text", " ")]).status.as_u16(), 400);
    assert!(page(&served.get("/")).contains("/balance?state=NOR"));
}

#[test]
fn a_server_that_reads_shows_no_form_and_refuses_them() {
    let served = Served::examples(Setting { read_only: true, ..Setting::default() });
    let event = counted(&served);
    for path in
        ["/", BALANCE, "/review", "/add", &format!("/events/{event}"), "/evidence?state=AFG&between=USA,RUS"]
    {
        assert!(!page(&served.get(path)).contains("method=\"post\""), "{path}");
    }
    for path in [&format!("/events/{event}/review"), "/reviews/undo", "/add"] {
        let answer = send(&served, path, &[("action", "reject"), ("reviewer", "A"), ("text", "x")]);
        assert_eq!(answer.status.as_u16(), 403, "{path}");
    }
}

#[test]
fn forms_of_other_sites_are_refused() {
    let served = Served::examples(Setting::default());
    let headers = [("content-type", "application/x-www-form-urlencoded"), ("origin", "https://example.org")];
    let answer = served.with(
        "POST",
        &format!("/events/{}/review", counted(&served)),
        &headers,
        "action=reject&reviewer=A",
    );
    assert_eq!(answer.status.as_u16(), 403);
}
