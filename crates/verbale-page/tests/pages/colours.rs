//! Colours of the stylesheet: text can be read and marks can be seen, light and dark.

use std::collections::BTreeMap;

/// Colours by selector and property: `.chart .label fill`; light ones, and dark ones laid over them.
fn rules() -> [BTreeMap<String, String>; 2] {
    let css = verbale_page::stylesheet();
    let mut light: BTreeMap<String, String> = BTreeMap::new();
    let mut dark = BTreeMap::new();
    let (mut selector, mut media) = (String::new(), String::new());
    let mut word = String::new();
    let mut depth = 0;
    let mut comment = false;
    for line in css.lines() {
        comment |= line.trim_start().starts_with("/*");
        let skip = comment;
        comment &= !line.contains("*/");
        if skip {
            continue;
        }
        for c in line.chars().chain(['\n']) {
            match c {
                '{' => {
                    depth += 1;
                    let name = word.trim().to_owned();
                    if name.starts_with("@media") {
                        media = name;
                    } else {
                        selector = name;
                    }
                    word.clear();
                }
                ';' | '}' => {
                    if let Some((property, value)) = word.trim().split_once(':') {
                        for one in selector.split(',') {
                            let key = format!("{} {}", one.trim(), property.trim());
                            let value = value.trim().to_owned();
                            match media.as_str() {
                                "" => _ = light.insert(key, value),
                                other if other.contains("dark") => _ = dark.insert(key, value),
                                _ => {}
                            }
                        }
                    }
                    word.clear();
                    if c == '}' {
                        depth -= 1;
                        if depth == 0 {
                            media.clear();
                        }
                    }
                }
                c => word.push(c),
            }
        }
    }
    let mut both = light.clone();
    both.extend(dark);
    [light, both]
}

/// WCAG 2.2: relative luminance.
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    assert!(colour.len() == 7 && colour.starts_with('#'), "{colour} is no colour of six digits");
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_can_be_read() {
    for rules in rules() {
        let of = |key: &str| rules.get(key).unwrap_or_else(|| panic!("no {key}")).as_str();
        let mut pairs = Vec::new();
        for text in ["--ink", "--soft", "--link"] {
            for ground in ["--paper", "--panel"] {
                pairs.push((format!(":root {text}"), format!(":root {ground}")));
            }
        }
        for facet in ["what", "who", "when", "where", "about"] {
            pairs.push((format!(":root --{facet}"), format!(":root --{facet}-bg")));
        }
        for text in ["label", "soft", "heading", "subheading"] {
            for ground in ["paper", "band", "land"] {
                pairs.push((format!(".chart .{text} fill"), format!(".chart .{ground} fill")));
            }
        }
        for (text, ground) in pairs {
            let found = contrast(of(&text), of(&ground));
            assert!(found >= 4.5, "{text} on {ground}: {found:.2}");
        }
    }
}

#[test]
fn marks_can_be_seen() {
    for rules in rules() {
        let of = |key: &str| rules.get(key).unwrap_or_else(|| panic!("no {key}")).as_str();
        let paper = of(".chart .paper fill");
        assert!(contrast(paper, of(":root --paper")) < 1.1, "charts stand on the page's own ground");
        let fills = ["one", "two", "three", "four", "mean", "on", "volume", "own"]
            .map(|name| format!(".chart .{name} fill"));
        let strokes = [
            "cap", "raw", "off", "open", "zero", "edge", "break", "one.open", "two.open", "reach", "lines",
            "disputed", "spoke", "tie",
        ];
        let strokes = strokes.map(|name| format!(".chart .{name} stroke"));
        for key in fills.iter().chain(&strokes) {
            assert!(contrast(of(key), paper) >= 3.0, "{key}: {:.2}", contrast(of(key), paper));
        }
        assert!(contrast(of(":root --focus"), of(":root --paper")) >= 3.0);
        // The mean lies on its interval, and the interval on the band.
        assert!(contrast(of(".chart .mean fill"), of(".chart .interval fill")) >= 2.0);
    }
}
