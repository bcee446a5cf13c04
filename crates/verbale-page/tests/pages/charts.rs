//! Charts that stand alone: well-formed, inside their frame, the same twice, and as pictures.

use verbale_measure::{Asked, Draws, Question, Rules, Unit, answer, network, subjects, trend};
use verbale_model::{Days, Side, Standing};
use verbale_page::chart::{self, Chart, Heading, Width, happenings, stack, timeline};
use verbale_page::part::{self, View, Views};
use verbale_page::{Figure, Links, Unlinked, png, together};

use crate::made::{HOSTILE, meetings, names};

/// All charts of so many meetings.
fn charts(number: usize, between: &[&str], width: Width) -> Vec<Chart> {
    let events = meetings(number);
    let partners: Vec<String> = between.iter().map(|code| (*code).to_owned()).collect();
    let rules = Rules::named("officials").unwrap();
    let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
    let draws = Draws::new(200, 1).unwrap();
    let balance = answer(&events, &question, Asked { curve: true, draws, ..Asked::default() });
    let names = names();
    let mut charts = vec![
        chart::of_balance(width, &names, &balance, &Unlinked),
        chart::of_comparison(width, &names, std::slice::from_ref(&balance), &Unlinked),
        timeline(width, &names, &partners, &happenings(&events, &question), &[], &Unlinked),
        chart::trend(width, &names, &trend(&events, &question, Unit::Month), &Unlinked),
        chart::matrix(width, &names, &subjects(&events, &question, draws), &Unlinked),
        chart::partners(width, &names, &network(&events, &question, draws), &Unlinked),
        chart::map(width, &names, &network(&events, &question, draws), &partners, &Unlinked),
        chart::network(width, &names, &network(&events, &question, draws), &partners, &Unlinked),
    ];
    charts.extend(
        balance.curve.map(|curve| chart::curve(width, &curve, ["Russia", HOSTILE], balance.delta, &Unlinked)),
    );
    charts
}

/// Every coordinate of every mark lies in the frame.
fn check_frame(svg: &str) {
    let tree = roxmltree::Document::parse(svg).unwrap_or_else(|error| panic!("{error}\n{svg}"));
    let root = tree.root_element();
    let size = |name: &str| root.attribute(name).unwrap().parse::<f64>().unwrap();
    let (width, height) = (size("width"), size("height"));
    let number = |node: &roxmltree::Node<'_, '_>, name: &str| {
        node.attribute(name).map(|text| text.parse::<f64>().unwrap())
    };
    let shift = |node: &roxmltree::Node<'_, '_>| {
        let moved = node.ancestors().filter_map(|up| up.attribute("transform"));
        let moved = moved.filter(|moved| moved.starts_with("translate")).last();
        moved.map_or((0.0, 0.0), |text| {
            let inner = text.trim_start_matches("translate(").trim_end_matches(')');
            let (x, y) = inner.split_once(' ').unwrap();
            (x.parse::<f64>().unwrap(), y.parse::<f64>().unwrap())
        })
    };
    for node in root.descendants().filter(roxmltree::Node::is_element) {
        let (right, down) = shift(&node);
        for name in ["x", "x1", "x2", "cx"] {
            let x = number(&node, name).map_or(0.0, |x| x + right);
            assert!((-0.1..=width + 0.1).contains(&x), "{name}={x} of {width} in {svg}");
        }
        for name in ["y", "y1", "y2", "cy"] {
            let y = number(&node, name).map_or(0.0, |y| y + down);
            assert!((-0.1..=height + 0.1).contains(&y), "{name}={y} of {height} in {svg}");
        }
        for name in ["width", "height", "r"] {
            assert!(number(&node, name).unwrap_or(0.0) >= 0.0);
        }
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf\""));
}

#[test]
fn charts_of_any_number_of_events_are_well_formed_and_fit() {
    for number in [0, 1, 3, 500] {
        for between in [&["USA", "RUS"][..], &["USA", "RUS", "CHN"], &["USA"]] {
            for width in [Width::Wide, Width::Narrow] {
                let charts = charts(number, between, width);
                for chart in &charts {
                    let svg = chart.document(&Heading {
                        title: HOSTILE,
                        question: "q",
                        notes: &[HOSTILE.to_owned()],
                    });
                    check_frame(&svg);
                    let tree = roxmltree::Document::parse(&svg).unwrap();
                    let first = |name: &str| {
                        tree.descendants()
                            .find(|node| node.has_tag_name(("http://www.w3.org/2000/svg", name)))
                    };
                    assert!(first("script").is_none() && first("img").is_none());
                    assert!(first("title").unwrap().text().unwrap().contains("<script>"));
                    assert!(first("desc").unwrap().text().is_some_and(|text| text.len() > 20), "{svg}");
                    assert!(!svg.contains('\u{202e}') && svg.contains("&lt;U+202E&gt;"));
                }
                let heading = Heading::default();
                assert_eq!(stack(&charts, &heading), stack(&charts, &heading));
            }
        }
    }
}

#[test]
fn pictures_are_drawn_and_the_same_twice() {
    let svg = stack(
        &charts(40, &["USA", "RUS"], Width::Wide),
        &Heading { title: "Kabul — أفغانستان", ..Heading::default() },
    );
    let picture = png(&svg).unwrap();
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 20_000, "{}", picture.len());
    assert_eq!(picture, png(&svg).unwrap());
}

/// Figures by their keys.
struct Keys;

impl Links for Keys {
    fn event(&self, _: &str) -> Option<String> {
        None
    }

    fn figure(&self, figure: Figure<'_>) -> Option<String> {
        Some(format!("#{}", figure.key()))
    }
}

#[test]
fn every_partner_has_its_mark_in_each_view() {
    let mut events = meetings(40);
    // A gathering of three, one of which is no state and stands on no map.
    let side =
        |code: &str| Side { code: code.to_owned(), standing: Standing::Serving, level: Some(3), part: None };
    events[0].sides = ["AFG", "RUS", "MLT", "x-union"].map(side).to_vec();
    let partners = ["USA".to_owned(), "RUS".to_owned()];
    let rules = Rules::named("inclusive").unwrap();
    let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
    let found = network(&events, &question, Draws::new(200, 1).unwrap());
    let codes: Vec<&str> = found.partners.iter().map(|one| one.code.as_str()).collect();
    assert!(
        ["USA", "RUS", "CHN", "IRN", "MLT", "x-union"].iter().all(|code| codes.contains(code)),
        "{codes:?}"
    );
    let apart: Vec<&str> = chart::unplaced(&found).iter().map(|one| one.code.as_str()).collect();
    assert_eq!(apart, ["x-union"]);
    let names = names();
    for view in View::ALL {
        let views =
            Views { shown: &[view], powers: &partners, tabs: Some(&|view| format!("?{}", view.name())) };
        let text = part::partners(&names, &found, &views, &Keys).into_string();
        let drawn = text.split("<svg class=\"chart wide\"").nth(1).unwrap();
        let drawn =
            drawn.split("</figure>").next().unwrap().split("<svg class=\"chart narrow\"").next().unwrap();
        for code in &codes {
            let link = format!("href=\"#{}\"", Figure::Partner(code).key());
            let shown = drawn.contains(&link);
            assert_eq!(shown, view != View::Map || !apart.contains(code), "{code} in {}", view.name());
            assert!(text.replace(drawn, "").contains(&link), "{code} beside {}", view.name());
        }
        assert!(text.contains(&format!("href=\"?{}\" aria-current=\"true\"", view.name())), "{text}");
        assert_eq!(text.matches("aria-current").count(), 1);
    }
    let pairs = chart::together(&found);
    let key = Figure::Together("RUS", "MLT").key();
    let behind = together(&names, &found);
    let pair = behind.iter().find(|one| one.key == key).unwrap();
    assert_eq!((pairs.len(), pair.events.as_slice()), (3, [events[0].id.clone()].as_slice()));
    let drawn = chart::network(Width::Wide, &names, &found, &partners, &Keys).inline("wide").into_string();
    assert!(drawn.contains(&format!("href=\"#{key}\"")), "{drawn}");
}
