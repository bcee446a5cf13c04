//! A balance for people: the verdict in a sentence, the interval as a bar, the counts, and what they do not say.

use std::fmt::Write as _;

use verbale::measure::{BalanceAnswer, CurveSummary, Reported, Scores, Tilt, Verdict};
use verbale::question::Named;
use verbale_page::Names;

use super::paper::{Paper, Screen};
use super::styled::{Look, Styled};
use super::table::{heading, table};
use super::words;

/// Columns of the bar between its ends; odd, so that zero has one of its own.
const BAR: usize = 49;

/// Everything `verbale balance` says.
pub fn balance_page(screen: &Screen, state: &Named, partners: &[Named], found: &BalanceAnswer) -> String {
    let mut paper = Paper::new(*screen);
    let names: Names =
        (std::iter::once(state).chain(partners)).map(|named| (named.code.as_str(), named.shown())).collect();
    paper.put(0, &Styled::of(&words::question(&names, found), Look::Dim));
    paper.put(0, &Styled::of(&words::verdict(&names, found), Look::Strong));
    paper.blank();
    if let (Some(tilt), [first, second]) = (found.tilt, partners) {
        for line in bar(tilt, f64::from(found.delta), [&second.code, &first.code]) {
            paper.fixed(2, &line);
        }
        paper.blank();
        paper.put(2, &Styled::plain(&figures(found, tilt)));
    }
    paper.blank();
    for line in table(&counts(partners, found), screen.width.saturating_sub(2)) {
        paper.put(2, &line);
    }
    if let Some(baseline) = &found.baseline {
        let ratio = &baseline.log_ratio;
        let words = format!(
            "Against the baseline '{}': log ratio {:+.2} [{:+.2}, {:+.2}]; 0 is as the baseline has it.",
            baseline.name, ratio.mean, ratio.low, ratio.high
        );
        paper.put(2, &Styled::plain(&words));
    }
    for line in climate(partners, found) {
        paper.put(2, &Styled::plain(&line));
    }
    for sentence in unreported(found) {
        paper.put(2, &Styled::plain(&sentence));
    }
    for pair in &found.pairs {
        let tilt = &pair.balance.tilt;
        let words = format!(
            "{} and {}: T {:+.2} [{:+.2}, {:+.2}], {}",
            pair.between[0], pair.between[1], tilt.mean, tilt.low, tilt.high, pair.balance.verdict
        );
        paper.put(2, &Styled::plain(&words));
    }
    paper.blank();
    for sentence in limits(found) {
        paper.put(2, &Styled::of(&sentence, Look::Dim));
    }
    if let Some(curve) = &found.curve_summary {
        ways(&mut paper, screen, curve, partners);
    }
    paper.blank();
    paper.finish()
}

/// The interval on a line from -1 to +1, and the scale below it.
fn bar(tilt: Tilt, delta: f64, ends: [&str; 2]) -> [String; 2] {
    let at = |tilt: f64| ((f64::midpoint(tilt, 1.0) * (BAR - 1) as f64).round() as usize).min(BAR - 1);
    let mut line = vec!['-'; BAR];
    line[at(tilt.low)..=at(tilt.high)].fill('=');
    line[at(-delta)] = ':';
    line[at(delta)] = ':';
    line[BAR / 2] = '|';
    line[at(tilt.mean)] = 'O';
    let line: String = line.into_iter().collect();
    let half = BAR / 2 - 1;
    let pad = " ".repeat(ends[0].chars().count());
    let scale = format!("{pad} -1{:>half$}{:>half$}", "0", "+1", half = half + 1);
    [format!("{} |{line}| {}", ends[0], ends[1]), scale]
}

fn figures(found: &BalanceAnswer, tilt: Tilt) -> String {
    let raw = tilt.raw.map_or_else(|| "none".to_owned(), |raw| format!("{raw:+.2}"));
    let mut words = format!(
        "T {:+.2}, 95 % interval [{:+.2}, {:+.2}] (= in the bar, O its mean); as counted {raw}. P(|T| < {}) is {:.2}.",
        tilt.mean,
        tilt.low,
        tilt.high,
        f64::from(found.delta),
        found.p_within_delta
    );
    if let Some(weighted) = &found.weighted {
        let tilt = &weighted.tilt;
        let _ = write!(
            words,
            " Weighted: {:+.2} [{:+.2}, {:+.2}], {}.",
            tilt.mean, tilt.low, tilt.high, weighted.verdict
        );
        if !weighted.taken_for_sure.is_empty() {
            let imports = weighted.taken_for_sure.join(", ");
            let _ = write!(words, " It takes every coding of {imports} for right.");
        }
    }
    words
}

fn counts(partners: &[Named], found: &BalanceAnswer) -> Vec<Vec<Styled>> {
    let mut rows = vec![heading(&["power", "events", "weighted", "share of events, with interval"])];
    for named in partners {
        let code = &named.code;
        let weighted = found.weighted.as_ref().and_then(|weighted| weighted.counts.get(code));
        let share = found.shares.get(code).map_or_else(String::new, words::percent);
        let cells = [
            format!("{} {}", code, named.name.as_deref().unwrap_or_default()),
            found.counts.get(code).map_or_else(String::new, ToString::to_string),
            weighted.map_or_else(String::new, |weight| format!("{weight:.2}")),
            share,
        ];
        rows.push(cells.iter().map(|cell| Styled::plain(cell)).collect());
    }
    rows
}

/// What would settle it, what was left out, and what the figure does not say.
fn limits(found: &BalanceAnswer) -> Vec<String> {
    let mut sentences = Vec::new();
    if let Some(more) = found.more_needed.filter(|_| found.verdict == Verdict::NotEnoughEvidence) {
        sentences.push(words::settling(more));
    }
    let apart: Vec<String> = found
        .apart
        .iter()
        .filter(|(_, ids)| !ids.is_empty())
        .map(|(reason, ids)| format!("{} {}", ids.len(), words::left_out(*reason)))
        .collect();
    if !apart.is_empty() {
        sentences.push(format!("Not counted: {}.", apart.join("; ")));
    }
    sentences.push(
        "It counts what reports tell of, not what was agreed or meant; what nobody reported is not in it. \
         --explain lists the events with their sentences, --curve counts them in other ways."
            .to_owned(),
    );
    sentences
}

/// Conflict and cooperation with each partner, over events of all types.
fn climate(partners: &[Named], found: &BalanceAnswer) -> Vec<String> {
    let of = |scores: Option<Scores>| {
        scores
            .and_then(|scores| Some((scores.mean?, scores.sum)))
            .map_or_else(|| "no score".to_owned(), |(mean, sum)| format!("{mean:+.1} (sum {sum:+.1})"))
    };
    let line = |named: &Named| {
        let scored = found.scores.get(&named.code).filter(|scored| scored.events > 0)?;
        let percent = |at: usize| 100.0 * f64::from(scored.quads[at]) / f64::from(scored.events);
        Some(format!(
            "{}, {} of all types: Goldstein {}, PLOVER {}; words for {:.0} %, deeds for {:.0} %, words against \
             {:.0} %, deeds against {:.0} %",
            named.code,
            if scored.events == 1 { "1 event".to_owned() } else { format!("{} events", scored.events) },
            of(scored.goldstein),
            of(scored.plover),
            percent(0),
            percent(1),
            percent(2),
            percent(3)
        ))
    };
    partners.iter().filter_map(line).collect()
}

/// Meetings that neither family of sources reported.
fn unreported(found: &BalanceAnswer) -> Vec<String> {
    let Some(unseen) = &found.unseen else { return Vec::new() };
    let [one, other] = &unseen.families;
    let sentence = |(code, reported): (&String, &Reported)| {
        let seen = format!(
            "{code}: {} meetings told by {one}, {} by {other}, {} by both",
            reported.first, reported.second, reported.both
        );
        match (reported.unseen.all, reported.unseen.interval) {
            (Some(all), Some(ends)) => format!(
                "{seen}; about {all:.0} [{:.0}, {:.0}] there were, if the two report independently of each other.",
                ends.low, ends.high
            ),
            _ => format!("{seen}; without overlap nothing is known of those that nobody reported."),
        }
    };
    unseen.partners.iter().map(sentence).collect()
}

/// How far the figure hangs on the way of counting; each way by itself is in JSON.
fn ways(paper: &mut Paper, screen: &Screen, curve: &CurveSummary, partners: &[Named]) {
    paper.blank();
    let title = format!("The same figure under {} ways of counting", curve.ways);
    paper.put(0, &Styled::of(&title, Look::Strong));
    let percent = |share: f64| format!("{:.0} %", 100.0 * share);
    let code = |at: usize| partners.get(at).map_or("", |named| named.code.as_str());
    let words = format!(
        "T from {:+.2} to {:+.2}, median {:+.2}. Of the ways, {} say balanced, {} tilted toward {}, {} toward {}, {} not \
         enough evidence.",
        curve.low,
        curve.high,
        curve.median,
        percent(curve.verdicts.balanced),
        percent(curve.verdicts.tilted[0]),
        code(0),
        percent(curve.verdicts.tilted[1]),
        code(1),
        percent(curve.verdicts.not_enough_evidence)
    );
    paper.put(2, &Styled::plain(&words));
    let mut rows = vec![heading(&["choice", "mean T over all ways that make it so"])];
    for effect in &curve.choices {
        let ways: Vec<String> =
            effect.ways.iter().map(|way| format!("{} {:+.2}", way.way, way.tilt)).collect();
        rows.push([effect.choice.clone(), ways.join(" · ")].iter().map(|cell| Styled::plain(cell)).collect());
    }
    for line in table(&rows, screen.width.saturating_sub(2)) {
        paper.put(2, &line);
    }
    paper.put(2, &Styled::of("--json has each way with its interval.", Look::Dim));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_shows_interval_mean_zero_and_delta() {
        let tilt = Tilt { raw: Some(-1.0), mean: -0.5, low: -1.0, high: 0.71 };
        let [line, scale] = bar(tilt, 0.2, ["RUS", "USA"]);
        assert_eq!(line, "RUS |============O======:====|====:============-------| USA");
        assert_eq!(scale.find('0'), line.find("|====:=="));
        let whole = Tilt { raw: None, mean: 1.0, low: -1.0, high: 1.0 };
        assert!(bar(whole, 0.9, ["A", "B"])[0].ends_with("O| B"));
    }
}
