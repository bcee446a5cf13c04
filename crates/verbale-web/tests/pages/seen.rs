//! The partners of a question as bars, on a map and as a network: each an address, with the same figures beside it.

use crate::page;
use crate::served::{Served, Setting};

const BALANCE: &str = "/balance?state=AFG&between=USA,RUS&rules=inclusive";

/// The section of the partners, and what is before it.
fn partners(text: &str) -> (String, String) {
    let (before, rest) = text.split_once("<section id=\"partners\">").expect("the section of the partners");
    (before.to_owned(), rest.split_once("</section>").unwrap().0.to_owned())
}

#[test]
fn each_view_is_an_address_with_the_same_table() {
    let served = Served::examples(Setting::default());
    let (_, bars) = partners(&page(&served.get(BALANCE)));
    let table =
        |text: &str| text.split("<table>").last().unwrap().split("</table>").next().unwrap().to_owned();
    let here = |name: &str| format!(" aria-current=\"true\">{name}</a>");
    assert!(bars.contains(&here("table")) && bars.contains("partners=map#partners"), "{bars}");
    for (name, class) in [("map", "class=\"land\""), ("network", "class=\"spoke\"")] {
        let (before, section) = partners(&page(&served.get(&format!("{BALANCE}&partners={name}"))));
        assert!(section.contains(&here(name)) && section.contains(class), "{name}: {section}");
        assert!(!bars.contains(class));
        let row = |text: &str| text.matches("<tr>").count();
        assert_eq!(row(&table(&section)), row(&table(&bars)), "{name}");
        // The form and the links to evidence keep the view.
        assert!(before.contains(&format!("type=\"hidden\" name=\"partners\" value=\"{name}\"")), "{before}");
        let link =
            section.split("/evidence?").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
        assert!(link.contains(&format!("partners={name}")), "{link}");
        let evidence = page(&served.get(&format!("/evidence?{link}")));
        assert!(evidence.contains(&format!("partners={name}")), "the way back keeps the view");
    }
    let wrong = served.with("GET", &format!("{BALANCE}&partners=globe"), &[("accept", "text/html")], "");
    assert_eq!(wrong.status.as_u16(), 400, "{}", wrong.text());
}

#[test]
fn a_window_can_be_left_again() {
    let served = Served::examples(Setting::default());
    let bound = page(&served.get(&format!("{BALANCE}&from=2025-01&to=2025-12&partners=map")));
    let whole = bound.split("\">All of the time</a>").next().unwrap().rsplit("href=\"").next().unwrap();
    assert!(whole.contains("partners=map") && !whole.contains("from=") && !whole.contains("to="), "{whole}");
    assert!(!page(&served.get(BALANCE)).contains("All of the time"));
    assert!(bound.contains(" data-first=\""), "the timeline says which days it shows");
}

#[test]
fn the_form_is_folded_where_there_is_an_answer() {
    let served = Served::examples(Setting::default());
    let answered = page(&served.get(BALANCE));
    assert!(answered.contains("<details class=\"ask\"><summary>"), "{answered}");
    assert!(page(&served.get("/balance?state=AFG")).contains("<details class=\"ask\" open>"));
}
