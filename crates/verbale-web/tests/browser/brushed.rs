//! A span of time on the timeline, dragged, chosen by keys and let go of; and the form on a telephone.

use crate::chromium::Chromium;
use crate::{COUNTED, served};

const SAID: &str = "document.querySelector('#timeline [role=status]').textContent";
const LOADED: &str = "document.readyState === 'complete'";

/// A drag from one place of the timeline to another, as parts of its width.
fn drag(browser: &mut Chromium, from: f64, to: f64) {
    browser.run(&format!(
        "(() => {{
          const extent = document.querySelector('#timeline svg.wide .extent');
          const box = extent.getBoundingClientRect();
          const send = (kind, part, target) => target.dispatchEvent(new PointerEvent(kind,
            {{ bubbles: true, button: 0, clientX: box.x + part * box.width, clientY: box.y + 9 }}));
          send('pointerdown', {from}, extent);
          send('pointermove', {to}, document.body);
          send('pointerup', {to}, document.body);
        }})()"
    ));
}

/// A key on the button beside the timeline.
fn press(browser: &mut Chromium, key: &str, shift: bool) {
    browser.run(&format!(
        "document.querySelector('#timeline .span button').dispatchEvent(new KeyboardEvent('keydown',
          {{ key: '{key}', shiftKey: {shift}, bubbles: true, cancelable: true }}))"
    ));
}

#[test]
fn a_span_of_time_is_chosen_and_left_again() {
    let Some(mut browser) = Chromium::start() else {
        eprintln!("left out: there is no chromium on this machine");
        return;
    };
    let address = served();
    let balance = format!("{address}/balance?state=AFG&between=USA,RUS&partners=map");
    browser.size(1600, 1000);
    browser.open(&balance);
    assert_eq!(browser.text(COUNTED), "1 event");

    // The one event is in the middle of what is drawn, and not at its end.
    drag(&mut browser, 0.85, 0.99);
    browser.until(&format!("location.search.includes('from=') && {LOADED}"));
    assert_eq!(browser.text(COUNTED), "0 events");
    assert!(browser.text("location.search").contains("partners=map"), "the view stays");
    browser.run(
        "[...document.querySelectorAll('.here a')].find((a) => a.textContent === 'All of the time').click()",
    );
    browser.until(&format!("!location.search.includes('from=') && {LOADED}"));
    assert_eq!(browser.text(COUNTED), "1 event");

    press(&mut browser, "ArrowRight", true);
    let one = browser.text(SAID);
    press(&mut browser, "ArrowRight", true);
    let two = browser.text(SAID);
    assert!(!one.contains(" to ") && two.contains(" to "), "{one} {two}");
    press(&mut browser, "Escape", false);
    assert_eq!(browser.text("String(document.querySelectorAll('.brush').length)"), "0");
    assert_eq!(browser.text(COUNTED), "1 event");
    press(&mut browser, "ArrowRight", true);
    press(&mut browser, "Enter", false);
    browser.until(&format!("location.search.includes('from=') && {LOADED}"));
    assert_eq!(browser.text("String(new URLSearchParams(location.search).get('from').length)"), "7");

    // The form is beside the answer where there is room, and folded above it on a telephone.
    let seen = "String(document.querySelector('form.asks').checkVisibility())";
    browser.open(&balance);
    assert_eq!(browser.text(seen), "true");
    browser.size(400, 900);
    browser.open(&balance);
    browser.until(&format!("{seen} === 'false' && {LOADED}"));
    assert_eq!(
        browser.text("String(document.querySelector('.verdict').getBoundingClientRect().top < 700)"),
        "true"
    );
    browser.run("document.querySelector('.ask summary').click()");
    assert_eq!(browser.text(seen), "true");
    assert_eq!(browser.complaints(), Vec::<String>::new(), "what the console says");
}
