//! Charts that stand alone: well-formed, inside their frame, the same twice, and as pictures.

use verbale_measure::{Asked, Draws, Question, Rules, Unit, answer, network, subjects, trend};
use verbale_model::Days;
use verbale_page::chart::{self, Chart, Heading, Width, happenings, stack, timeline};
use verbale_page::{Unlinked, png};

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
        let moved = node.ancestors().find_map(|up| up.attribute("transform"));
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
