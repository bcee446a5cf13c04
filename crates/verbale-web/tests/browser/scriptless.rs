//! The pages where no script runs: links in place of the drawer, forms for rulings and reports.

use serde_json::json;

use crate::page::Page;
use crate::site::{self, BALANCE};

#[test]
fn links_and_forms_do_without_script() {
    let Some(mut page) = Page::over(site::examples) else { return };
    page.browser.call("Emulation.setScriptExecutionDisabled", &json!({"value": true}));
    page.open(BALANCE);
    let before = page.verdict();
    assert!(before[0].contains("Not enough evidence"), "expected a verdict without script, got {before:?}");

    // A mark is a link to the same evidence.
    page.leave(|page| page.click("#timeline svg.wide a.mark"));
    page.see("h1", "Viktor Lapin");
    page.see("blockquote mark.what", "met");
    page.open(BALANCE);
    page.leave(|page| page.click("#verdict td a[href*='figure=with-RUS']"));
    page.holds(
        "a page of evidence in place of the drawer",
        "location.pathname === '/evidence' && !document.querySelector('.drawer')",
    );
    page.see("blockquote", "Viktor Lapin");
    page.fill("form.ruling [name=reviewer]", "B. Tester");
    // Enter in a field is neither a yes nor a no.
    page.press("Enter");
    page.leave(|page| page.click("form.ruling button[value=reject]"));
    page.see(".notice", "B. Tester rejected an event");
    page.open(BALANCE);
    assert_eq!(page.verdict()[1], "0 events", "expected a rejected event not to count");

    page.open("/review");
    page.holds("one ruling, and not one for Enter", "document.querySelectorAll('.reviews li').length === 1");
    page.leave(|page| page.click(".reviews form.undo button"));
    page.open(BALANCE);
    assert_eq!(page.verdict(), before, "expected the verdict to be back once the ruling is taken back");

    // A field without a name is asked for by the browser itself.
    page.open("/evidence?state=AFG&between=USA,RUS&figure=with-RUS");
    page.click("form.ruling button[value=reject]");
    page.until(
        "the browser to ask for the name",
        "document.activeElement.matches('form.ruling [name=reviewer]:invalid')",
    );

    page.open("/add");
    page.holds(
        "a field for files that needs no script",
        "document.querySelector('form[enctype] [type=file]').checkVisibility()",
    );
    page.fill(
        "form.add textarea",
        "Kenyan President Peter Kiprono met his Ugandan counterpart, Moses Okello, in Kampala on 4 May 2025.",
    );
    page.leave(|page| page.click("form.add button:not([type=button])"));
    page.see("mark.who", "Moses Okello");
    page.quiet("the pages without script");
}
