//! A reviewer with a keyboard alone: to the content, into the drawer and back, rulings by letters.

use crate::page::Page;
use crate::site::{self, BALANCE};

const WITH_RUSSIA: &str = "td a[href*='figure=with-RUS']";

fn focused(page: &mut Page, what: &str, selector: &str) {
    page.until(what, &format!("document.activeElement.matches({})", serde_json::json!(selector)));
}

#[test]
fn everything_is_done_without_a_pointer() {
    let Some(mut page) = Page::over(site::examples) else { return };
    page.open(BALANCE);
    let before = page.verdict();

    // The first stop leads past the navigation, and is seen.
    page.press("Tab");
    focused(&mut page, "the first stop to be the way to the content", "a.skip[href='#main']");
    page.until(
        "the way to the content to be on the screen",
        "document.activeElement.getBoundingClientRect().left >= 0",
    );
    page.press("Enter");
    page.press("Tab");
    focused(&mut page, "the next stop to be in the content", "main *");

    // Into the drawer and back to where the keyboard was.
    page.tab_to(WITH_RUSSIA);
    page.holds(
        "the link with the keyboard to be outlined",
        "getComputedStyle(document.activeElement).outlineStyle !== 'none'",
    );
    page.press("Enter");
    page.see(".drawer mark.what", "met");
    focused(&mut page, "the keyboard in the drawer", ".drawer");
    page.press("Tab");
    focused(&mut page, "the first stop of the drawer to close it", ".drawer button");
    page.press("Escape");
    page.gone(".drawer");
    focused(&mut page, "the keyboard where it was", WITH_RUSSIA);
    page.press("Enter");
    page.press("Tab");
    page.press("Enter");
    page.gone(".drawer");
    focused(&mut page, "the keyboard where it was after “Close”", WITH_RUSSIA);

    // r asks for a name where none is known, and still rejects.
    page.press("Enter");
    page.see(".drawer .one", "Viktor Lapin");
    page.press("j");
    focused(&mut page, "the event at hand to have the keyboard", ".drawer .one.at");
    page.press("r");
    focused(&mut page, "the field for the name", ".drawer [name=reviewer]");
    page.write("A. Tester");
    page.leave(|page| page.press("Enter"));
    page.see(".notice", "A. Tester rejected an event");
    assert_ne!(page.verdict()[2], before[2], "expected other figures once their event is rejected");
    focused(&mut page, "the keyboard at what was ruled", ".notice");
    page.tab_to(".notice form.undo button");
    page.leave(|page| page.press("Enter"));
    assert_eq!(page.verdict(), before, "expected the verdict to be back once the ruling is taken back");

    // The name is known now: a accepts at once.
    page.tab_to(WITH_RUSSIA);
    page.press("Enter");
    page.see(".drawer .one", "Viktor Lapin");
    page.press("j");
    page.leave(|page| page.press("a"));
    page.see(".notice", "A. Tester accepted an event");
    assert_eq!(page.verdict(), before, "expected an accepted event to count as before");
    page.quiet("the pages of a ruling");
}

#[test]
fn the_queue_is_gone_through_by_letters() {
    let Some(mut page) = Page::over(site::examples) else { return };
    page.open("/review?state=AFG&between=USA,RUS");
    for (key, at) in [("j", 0), ("j", 1), ("k", 0)] {
        page.press(key);
        let one = format!("document.querySelectorAll('.queue .one')[{at}] === document.activeElement");
        page.until(&format!("{key} to lead to event {at} of the queue"), &one);
    }
    // Letters that are typed into a field are text.
    page.fill(".queue .one.at [name=reviewer]", "Jara");
    page.press("r");
    page.until("an r in the field, and no ruling", "document.activeElement.value === 'Jarar'");
    let waiting = page.text(".queue .one.at h4");
    page.tab_to(".queue .one.at button[value=accept]");
    page.leave(|page| page.press("Enter"));
    page.see(".notice", "Jarar accepted an event");
    assert!(!page.text(".queue").contains(&waiting), "expected {waiting} to wait no more");
    page.press("j");
    page.leave(|page| page.press("r"));
    page.see(".notice", "Jarar rejected an event");
}
