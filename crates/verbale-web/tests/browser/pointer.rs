//! A reviewer with a pointer: from the interval bar and from a mark of the timeline to the sentence, a rejection, its undo.

use crate::page::Page;
use crate::site::{self, BALANCE};

#[test]
fn a_mark_opens_its_sentence_and_a_ruling_moves_the_verdict() {
    let Some(mut page) = Page::over(site::examples) else { return };
    page.open(BALANCE);
    let before = page.verdict();
    assert!(before[0].contains("Not enough evidence"), "expected a verdict on one event, got {before:?}");
    assert_eq!(before[1], "1 event", "expected the examples to hold one event that counts");

    for mark in ["#verdict svg.wide a.mark", "#timeline svg.wide a.mark"] {
        page.click(mark);
        page.see(".drawer blockquote", "Viktor Lapin");
        page.see(".drawer blockquote mark.what", "met");
        page.see(".drawer blockquote mark.who", "Abdul Samad Nuristani");
        page.see(".drawer", "The Afghan embassy");
        page.holds(
            "the figures to stay beside the drawer",
            "document.querySelector('p.verdict').checkVisibility()",
        );
        page.click(".drawer .tools button");
        page.gone(".drawer");
    }

    page.click("#timeline svg.wide a.mark");
    page.fill(".drawer form.ruling [name=reviewer]", "A. Tester");
    page.fill(".drawer form.ruling [name=reason]", "no such meeting");
    page.leave(|page| page.click(".drawer button[value=reject]"));
    page.see(".notice", "A. Tester rejected an event");
    let rejected = page.verdict();
    assert_ne!(rejected[2], before[2], "expected other figures once their event is rejected");
    assert_eq!(rejected[1], "0 events", "expected a rejected event not to count");

    page.leave(|page| page.click(".notice form.undo button"));
    assert_eq!(page.verdict(), before, "expected the verdict to be back once the ruling is taken back");

    // The name is remembered, and the log has both.
    page.open("/review?state=AFG&between=USA,RUS");
    page.until(
        "the reviewer's name in the queue",
        "document.querySelector('.queue [name=reviewer]').value === 'A. Tester'",
    );
    page.see(".reviews li", "no such meeting");
    page.see(".reviews li", "(taken back)");
    page.quiet("the pages of a ruling");
}

#[test]
fn the_drawer_goes_on_and_opens_as_a_page() {
    let Some(mut page) = Page::over(site::examples) else { return };
    page.open(BALANCE);
    page.click("#verdict td a[href*='figure=with-RUS']");
    page.see(".drawer .ruling a", "Correct, split or join");
    page.click(".drawer .ruling a");
    page.see(".drawer h2", "Your ruling");
    page.leave(|page| page.click(".drawer .tools a"));
    page.see("h1", "Viktor Lapin");
    page.holds(
        "an event as a page of its own",
        "location.pathname.startsWith('/events/') && !document.querySelector('.drawer')",
    );

    // A server that does not answer is said in the drawer, not only on the console.
    page.open(BALANCE);
    page.browser.call("Network.enable", &serde_json::json!({}));
    let offline =
        serde_json::json!({"offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0});
    page.browser.call("Network.emulateNetworkConditions", &offline);
    page.click("#verdict td a[href*='figure=with-RUS']");
    page.see(".drawer", "The server does not answer");
}
