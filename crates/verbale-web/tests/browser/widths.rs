//! Every page on a large screen, on a telephone, and as large as a reader can set it: nothing is wider than the window.

use crate::page::Page;
use crate::site::{self, BALANCE};

/// The last one is what a window of 640 pixels shows at 200 %, and one of 1,280 at 400 % (WCAG 2.2, 1.4.10).
const WIDTHS: [u32; 3] = [1600, 400, 320];

#[test]
fn no_page_is_wider_than_its_window() {
    let Some(mut page) = Page::over(site::examples) else { return };
    for path in site::pages(&mut page) {
        page.open(&path);
        for width in WIDTHS {
            page.window(width, 900);
            page.fits(&path, width);
        }
    }
}

#[test]
fn the_verdict_is_seen_at_every_width() {
    let Some(mut page) = Page::over(site::examples) else { return };
    for width in WIDTHS {
        page.window(width, 900);
        page.open(BALANCE);
        page.see("p.verdict", "Not enough evidence");
        page.holds(
            &format!("the verdict within {width} pixels"),
            "(() => { const box = document.querySelector('p.verdict').getBoundingClientRect();
                return box.left >= 0 && box.right <= innerWidth && box.height > 0; })()",
        );
        let drawing = if width < 576 { "narrow" } else { "wide" };
        page.holds(
            &format!("the {drawing} drawing at {width} pixels, and no other"),
            &format!("[...document.querySelectorAll('svg.chart')].every((one) => one.checkVisibility() === one.classList.contains('{drawing}'))"),
        );
        // The drawer fits as well, and what closes it is at hand.
        page.click(&format!("#verdict svg.{drawing} a.mark"));
        page.see(".drawer mark.what", "met");
        page.fits("the drawer", width);
        let covers = width < 576;
        page.holds(
            "what is behind the drawer to be out of reach where it covers the page, and only there",
            &format!("document.querySelector('main').inert === {covers}"),
        );
        page.click(".drawer .tools button");
        page.gone(".drawer");
        page.holds("the page to be within reach again", "!document.querySelector('main').inert");
    }
    page.window(1600, 1000);
    page.open(BALANCE);
    page.holds(
        "the verdict without scrolling on a large screen",
        "document.querySelector('p.verdict').getBoundingClientRect().bottom < innerHeight",
    );
}
