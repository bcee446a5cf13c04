//! A page as a person meets it: read, clicked, typed into. Whatever is awaited is named where it does not come.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::chromium::{Chromium, PATIENCE};

/// The middle of an element, once a pointer there would meet it; or why it would not.
const MIDDLE: &str = "(selector) => {
  const found = document.querySelector(selector);
  if (!found) return 'it is not there';
  const drawn = found.closest('svg') ? found.querySelector('circle, polygon, rect') || found : found;
  drawn.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const box = drawn.getBoundingClientRect();
  const at = [box.x + box.width / 2, box.y + box.height / 2];
  if (!box.width && !box.height) return 'it has no size';
  const met = document.elementFromPoint(...at);
  return met && found.contains(met) ? at : 'covered by ' + (met ? met.outerHTML.slice(0, 120) : 'nothing');
}";

/// A browser on a site.
pub struct Page {
    pub browser: Chromium,
    site: String,
}

impl Page {
    /// A browser on a site that is made for it; nothing where there is no browser.
    pub fn over(site: fn() -> String) -> Option<Self> {
        let browser = Chromium::start()?;
        let mut page = Self { browser, site: site() };
        page.window(1600, 1000);
        Some(page)
    }

    /// Makes the window as large as that, as a telephone where it is narrow.
    pub fn window(&mut self, width: u32, height: u32) {
        let mobile = width < 600;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile});
        self.browser.call("Emulation.setDeviceMetricsOverride", &size);
        let wide = format!("document.documentElement.clientWidth === {width}");
        self.until(&format!("a window of {width} pixels"), &wide);
    }

    /// Shows pages to somebody who likes them dark, or light.
    pub fn dark(&mut self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.browser.call("Emulation.setEmulatedMedia", &json!({"features": features}));
        let dark = format!("matchMedia('(prefers-color-scheme: {scheme})').matches");
        self.until("the wanted colours", &dark);
    }

    /// Opens a page of the site.
    pub fn open(&mut self, path: &str) {
        let address = format!("{}{path}", self.site);
        self.leave(|page| {
            page.browser.call("Page.navigate", &json!({"url": address}));
        });
    }

    /// Does what leads to another page, and waits until that one is there.
    pub fn leave(&mut self, act: impl FnOnce(&mut Self)) {
        self.run("window.isLeft = true");
        act(self);
        self.until("another page", "window.isLeft === undefined && document.readyState === 'complete'");
    }

    /// The value of an expression.
    pub fn run(&mut self, expression: &str) -> Value {
        let found = self.evaluate(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
        assert!(found.get("exceptionDetails").is_none(), "{expression}: {}", found["exceptionDetails"]);
        found["result"]["value"].clone()
    }

    fn evaluate(&mut self, expression: &str) -> Result<Value, String> {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        self.browser.ask("Runtime.evaluate", &asked)
    }

    /// Waits until an expression holds; while a page changes it may have no value.
    pub fn until(&mut self, what: &str, expression: &str) {
        let began = Instant::now();
        loop {
            let found = self.evaluate(expression);
            if found.as_ref().is_ok_and(|found| found["result"]["value"] == true) {
                return;
            }
            if began.elapsed() > PATIENCE {
                let shown = self.shown();
                panic!(
                    "expected {what}, which did not come within {PATIENCE:?}: {expression} gives {found:?}.\n{shown}"
                );
            }
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// Says that something must hold at once.
    pub fn holds(&mut self, what: &str, expression: &str) {
        let found = self.run(expression);
        if found != true {
            let shown = self.shown();
            panic!("expected {what}: {expression} gives {found}.\n{shown}");
        }
    }

    /// Where the browser is, and the beginning of what it shows: for messages.
    fn shown(&mut self) -> String {
        let shown =
            self.evaluate("location.href + '\\n' + document.querySelector('body').innerText.slice(0, 1500)");
        shown.map_or_else(
            |error| error,
            |found| format!("The page: {}", found["result"]["value"].as_str().unwrap_or("none")),
        )
    }

    /// Says that the page is no wider than the window; what is cut off or scrolls by itself does not count.
    pub fn fits(&mut self, of: &str, width: u32) {
        let wide = self.run(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
             [...document.body.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5
               && !one.parentElement.closest('.scroll, svg')).slice(0, 5).map((one) => one.outerHTML.slice(0, 160))",
        );
        assert_eq!(wide, json!([]), "expected {of} to fit into {width} pixels; these are wider");
    }

    /// Waits until an element is visible and has these words.
    pub fn see(&mut self, selector: &str, words: &str) {
        let expression = format!(
            "[...document.querySelectorAll({})].some((one) => one.checkVisibility() && one.textContent.includes({}))",
            json!(selector),
            json!(words)
        );
        self.until(&format!("“{words}” in {selector}"), &expression);
    }

    /// Waits until no element is of this kind.
    pub fn gone(&mut self, selector: &str) {
        self.until(
            &format!("{selector} to be gone"),
            &format!("!document.querySelector({})", json!(selector)),
        );
    }

    /// The words of the first element of this kind, once it is there.
    pub fn text(&mut self, selector: &str) -> String {
        let element = format!("document.querySelector({})", json!(selector));
        self.until(&format!("{selector} on the page"), &format!("{element} !== null"));
        self.run(&format!("{element}.textContent")).as_str().unwrap_or_default().to_owned()
    }

    /// The verdict of a balance, how many events it counts, and the figures that follow from them.
    pub fn verdict(&mut self) -> [String; 3] {
        let counted = "#verdict p a[href*='figure=counted']";
        [
            self.text("p.verdict"),
            self.text(counted),
            self.text(&format!("#verdict p:has({})", &counted[11..])),
        ]
    }

    /// Clicks on an element, once a pointer can meet it.
    pub fn click(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let (button, count) = if kind == "mouseMoved" { ("none", 0) } else { ("left", 1) };
            let event = json!({"type": kind, "x": x, "y": y, "button": button, "clickCount": count});
            self.browser.call("Input.dispatchMouseEvent", &event);
        }
    }

    /// Where a pointer meets an element.
    pub fn middle(&mut self, selector: &str) -> (f64, f64) {
        let began = Instant::now();
        loop {
            let at = self.run(&format!("({MIDDLE})({})", json!(selector)));
            if let (Some(x), Some(y)) = (at[0].as_f64(), at[1].as_f64()) {
                return (x, y);
            }
            assert!(
                began.elapsed() < PATIENCE,
                "expected to click on {selector}, but {at}.\n{}",
                self.shown()
            );
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// Presses a key: `Tab`, `Enter`, `Escape` or a letter.
    pub fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            letter => (i32::from(letter.as_bytes()[0].to_ascii_uppercase()), letter),
        };
        for (kind, text) in [("keyDown", text), ("keyUp", "")] {
            let event = json!({"type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code});
            self.browser.call("Input.dispatchKeyEvent", &event);
        }
    }

    /// Goes on with the tabulator until an element has the keyboard.
    pub fn tab_to(&mut self, selector: &str) {
        for _ in 0..200 {
            self.press("Tab");
            if self.run(&format!("document.activeElement.matches({})", json!(selector))) == true {
                return;
            }
        }
        panic!("expected the tabulator to reach {selector}: it does not within 200 steps.\n{}", self.shown());
    }

    /// Types into a field, in place of what is there.
    pub fn fill(&mut self, selector: &str, text: &str) {
        self.click(selector);
        self.run(&format!("document.querySelector({}).select()", json!(selector)));
        self.write(text);
    }

    /// Types where the keyboard is.
    pub fn write(&mut self, text: &str) {
        self.browser.call("Input.insertText", &json!({"text": text}));
    }

    /// Says that no page complained since the last look.
    pub fn quiet(&mut self, of: &str) {
        // What a page says arrives before the answer to this.
        self.run("0");
        assert_eq!(
            self.browser.complaints(),
            Vec::<String>::new(),
            "expected nothing on the console of {of}"
        );
    }
}
