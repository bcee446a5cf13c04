//! A span of time on the timeline, dragged, chosen by keys and let go of; and the form on a telephone.

use serde_json::json;

use crate::page::Page;
use crate::site;

const MAP: &str = "/balance?state=AFG&between=USA,RUS&partners=map";
const SAID: &str = "#timeline [role=status]";

/// A drag from one place of the timeline to another, as parts of its width.
fn drag(page: &mut Page, from: f64, to: f64) {
    page.run(&format!(
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
fn press(page: &mut Page, key: &str, shift: bool) {
    page.run(&format!(
        "document.querySelector('#timeline .span button').dispatchEvent(new KeyboardEvent('keydown',
          {{ key: '{key}', shiftKey: {shift}, bubbles: true, cancelable: true }}))"
    ));
}

#[test]
fn a_span_of_time_is_chosen_and_left_again() {
    let Some(mut page) = Page::over(site::examples) else { return };
    page.open(MAP);
    assert_eq!(page.verdict()[1], "1 event", "expected the examples to hold one event that counts");

    // The one event is in the middle of what is drawn, and not at its end.
    page.leave(|page| drag(page, 0.85, 0.99));
    page.holds(
        "a span in the address, and the view kept",
        "location.search.includes('from=') && location.search.includes('partners=map')",
    );
    assert_eq!(page.verdict()[1], "0 events", "expected no event in the span");
    page.leave(|page| {
        page.run("[...document.querySelectorAll('.here a')].find((a) => a.textContent === 'All of the time').click()");
    });
    assert_eq!(page.verdict()[1], "1 event", "expected all of the time again");

    press(&mut page, "ArrowRight", true);
    let one = page.text(SAID);
    press(&mut page, "ArrowRight", true);
    let two = page.text(SAID);
    assert!(
        !one.contains(" to ") && two.contains(" to "),
        "expected a month and then a span, got {one} and {two}"
    );
    press(&mut page, "Escape", false);
    page.gone(".brush");
    press(&mut page, "ArrowRight", true);
    page.leave(|page| press(page, "Enter", false));
    page.holds("a month in the address", "new URLSearchParams(location.search).get('from').length === 7");
    page.quiet("the timeline");
}

#[test]
fn the_form_is_beside_the_answer_where_there_is_room() {
    let Some(mut page) = Page::over(site::examples) else { return };
    page.open(MAP);
    page.holds("the form beside the answer", "document.querySelector('form.asks').checkVisibility()");
    page.window(400, 900);
    page.open(MAP);
    page.until("the form folded", "!document.querySelector('form.asks').checkVisibility()");
    assert_eq!(
        page.run("document.querySelector('.verdict').getBoundingClientRect().top < 700"),
        json!(true),
        "expected the verdict on the first screen of a telephone"
    );
    page.click(".ask summary");
    page.until("the form unfolded", "document.querySelector('form.asks').checkVisibility()");
}
