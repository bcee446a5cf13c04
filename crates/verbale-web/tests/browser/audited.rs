//! Every page audited: nothing on the console, nothing against its own rules of loading, and no serious finding of axe-core, light or dark.
//! axe-core is no part of the project: `.ci/run browser` fetches it, or `VERBALE_AXE` says where it is.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::page::Page;
use crate::site::{self, BALANCE};

/// Asks axe-core what is wrong: how much, by which rule, what to do, and with which elements.
const FINDINGS: &str = "(rules) => axe.run(document, {
    runOnly: rules.length ? { type: 'rule', values: rules }
      : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    resultTypes: ['violations'] })
  .then((told) => told.violations.map((one) => {
    const said = (node) => node.html.slice(0, 160) + ' [' + node.failureSummary.replace(/\\s+/g, ' ').slice(0, 240) + ']';
    const more = one.nodes.length > 4 ? ' and ' + (one.nodes.length - 4) + ' more' : '';
    return [one.impact, one.id + ': ' + one.help + ': ' + one.nodes.slice(0, 4).map(said).join(' | ') + more];
  }))";

/// Where axe-core is, if it was fetched.
fn axe() -> Option<PathBuf> {
    let fetched = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/axe-core/axe.min.js");
    let path = std::env::var_os("VERBALE_AXE").map_or_else(fetched, PathBuf::from);
    if path.is_file() {
        return Some(path);
    }
    eprintln!("left out: no axe-core at {}; `.ci/run browser` fetches it", path.display());
    None
}

/// Puts axe-core into every page that is opened from now on; the pages' own rules do not allow it, the browser does.
fn bring(page: &mut Page, axe: &Path) {
    let source = std::fs::read_to_string(axe).unwrap();
    page.browser.call("Page.addScriptToEvaluateOnNewDocument", &json!({"source": source}));
}

/// What is serious or critical on a page as it stands; the rest is only told.
fn findings(page: &mut Page, what: &str, rules: &[&str]) -> Vec<String> {
    let found = page.run(&format!("({FINDINGS})({})", json!(rules)));
    let mut serious = Vec::new();
    for one in found.as_array().unwrap() {
        let impact = one[0].as_str().unwrap_or_default();
        let said = format!("{what}: {impact}: {}", one[1].as_str().unwrap());
        if matches!(impact, "serious" | "critical") {
            serious.push(said);
        } else {
            eprintln!("told by axe-core of {said}");
        }
    }
    serious
}

/// What is found on a page: everything in the light, and what colours can spoil in the dark, or little room on a telephone.
fn everywhere(page: &mut Page, what: &str, found: &mut Vec<String>) {
    found.extend(findings(page, what, &[]));
    page.dark(true);
    found.extend(findings(page, &format!("{what}, dark"), &["color-contrast", "link-in-text-block"]));
    page.dark(false);
    page.window(400, 900);
    let narrow = ["nested-interactive", "scrollable-region-focusable", "svg-img-alt", "target-size"];
    found.extend(findings(page, &format!("{what}, 400 pixels"), &narrow));
    page.window(1600, 1000);
}

#[test]
fn every_page_passes_axe() {
    let Some(axe) = axe() else { return };
    let Some(mut page) = Page::over(site::examples) else { return };
    bring(&mut page, &axe);
    let mut found = Vec::new();
    for path in &site::pages(&mut page) {
        page.open(path);
        page.run("for (const one of document.querySelectorAll('details')) one.open = true");
        everywhere(&mut page, path, &mut found);
    }
    for mark in ["#verdict td a[href*='figure=with-RUS']", "#timeline svg.wide a.mark"] {
        page.open(BALANCE);
        page.click(mark);
        page.see(".drawer mark.what", "met");
        everywhere(&mut page, "the drawer", &mut found);
    }
    for path in ["/events/none:e1", "/balance?state=AFG&colour=red"] {
        page.open(path);
        everywhere(&mut page, path, &mut found);
    }
    assert!(found.is_empty(), "expected no serious or critical finding of axe-core:\n{}", found.join("\n"));

    // It does find what is there to find.
    page.open("/add");
    page.run("for (const one of document.querySelectorAll('form.add label')) one.replaceWith(one.querySelector('input, textarea'))");
    let planted = findings(&mut page, "planted", &[]);
    assert!(
        planted.iter().any(|one| one.starts_with("planted: critical: label:")),
        "expected fields without labels to be found: {planted:?}"
    );
}

#[test]
fn every_page_is_quiet() {
    let Some(mut page) = Page::over(site::examples) else { return };
    for path in site::pages(&mut page) {
        page.open(&path);
        page.quiet(&path);
    }
    // The browser does tell of what a page may not do.
    page.run("document.body.setAttribute('style', 'color: red')");
    page.run("setTimeout(() => { throw new Error('planted') })");
    page.until("the planted error to be thrown", "new Promise((done) => setTimeout(() => done(true)))");
    let told = page.browser.complaints().join("\n");
    assert!(
        told.contains("Content Security Policy"),
        "expected the browser to tell of a refused style: {told}"
    );
    assert!(told.contains("planted"), "expected the browser to tell of a planted error: {told}");
}
