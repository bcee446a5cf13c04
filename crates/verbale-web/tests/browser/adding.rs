//! A report that is pasted, chosen or dropped where reports are added, and the record that is read in it.

use std::path::Path;

use serde_json::json;

use crate::page::Page;
use crate::site;

const REPORT: &str = "Norwegian Foreign Minister Ada Berg received her Kenyan counterpart, Joseph Otieno, in Oslo on Monday. \
    “We value this partnership,” Berg said.";

/// Where files are chosen or dropped, and the form around it.
const FIELD: &str = "form[enctype] [type=file]";
const SENDS: &str = "form[enctype] button";

/// An example that stands in a file.
fn file() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/reports/readout-oslo.txt");
    path.canonicalize().unwrap().to_str().unwrap().to_owned()
}

/// Lets it fall on the field for files.
fn drop_file(page: &mut Page) {
    let (x, y) = page.middle(FIELD);
    for kind in ["dragEnter", "dragOver", "drop"] {
        let data = json!({"items": [], "files": [file()], "dragOperationsMask": 1});
        page.browser.call("Input.dispatchDragEvent", &json!({"type": kind, "x": x, "y": y, "data": data}));
    }
}

#[test]
fn a_pasted_report_becomes_a_record() {
    let Some(mut page) = Page::over(site::empty) else { return };
    page.open("/");
    page.see("h1", "An empty ledger");
    page.fill("form.add textarea", REPORT);
    page.fill("form.add [name=outlet]", "Harbour Gazette");
    page.fill("form.add [name=published]", "2025-03-05");
    page.leave(|page| page.click("form.add button:not([type=button])"));
    page.see(".facts", "Harbour Gazette");
    page.see("mark.who", "Ada Berg");
    page.see("mark.what", "received");
    // The day is worked out from the day of publication.
    page.see("main a[href^='/events/']", "3 March 2025");
    page.see(".claims li", "We value this partnership");
    let event = site::first(&mut page, "a[href^='/events/']");
    page.open(&event);
    page.see("main", "Joseph Otieno");
    page.open("/");
    page.see("main a[href='/balance?state=NOR']", "1");
    page.quiet("the way of a report");
}

#[test]
fn a_file_is_dropped_or_chosen() {
    let Some(mut page) = Page::over(site::empty) else { return };
    page.open("/add");
    page.fill("form[enctype] [name=outlet]", "A ministry");
    drop_file(&mut page);
    page.until(
        "the file in its field",
        "document.querySelector('form[enctype] [type=file]').files.length === 1",
    );
    page.leave(|page| page.click(SENDS));
    page.see(".facts", "A ministry");
    page.see("mark.what", "received");
    let dropped = page.run("location.pathname");

    // The same file of the same outlet, chosen: it is known already.
    page.open("/add");
    page.fill("form[enctype] [name=outlet]", "A ministry");
    let root = page.browser.call("DOM.getDocument", &json!({}));
    let asked = json!({"nodeId": root["root"]["nodeId"], "selector": FIELD});
    let field = page.browser.call("DOM.querySelector", &asked);
    let chosen = json!({"nodeId": field["nodeId"], "files": [file()]});
    page.browser.call("DOM.setFileInputFiles", &chosen);
    page.leave(|page| page.click(SENDS));
    page.see("mark.what", "received");
    assert_eq!(page.run("location.pathname"), dropped, "expected the page of the same document");
    page.quiet("a file that is handed in");

    // What is no day is asked for again before anything is sent.
    page.open("/add");
    page.fill("form[enctype] [name=published]", "soon");
    drop_file(&mut page);
    page.click(SENDS);
    page.until(
        "the browser to ask for the day",
        "document.activeElement.matches('form[enctype] [name=published]:invalid')",
    );
}
