//! Series, comparisons and topics for people, as tables.

use verbale::measure::{BalanceAnswer, Period, Subjects, Trend, Turns};
use verbale::question::Named;

use super::paper::{Paper, Screen};
use super::styled::{Look, Styled};
use super::table::{heading, table};
use super::words;

/// Events of a period beyond which its bar grows no more.
const LONGEST: u32 = 30;

pub(super) fn put(
    paper: &mut Paper,
    screen: &Screen,
    head: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) {
    let mut all = vec![heading(head)];
    all.extend(rows.map(|row| row.iter().map(|cell| Styled::plain(cell)).collect()));
    for line in table(&all, screen.width.saturating_sub(2)) {
        paper.put(2, &line);
    }
}

pub(super) fn begin(screen: &Screen, title: &str) -> Paper {
    let mut paper = Paper::new(*screen);
    paper.put(0, &Styled::of(title, Look::Strong));
    paper
}

/// What `verbale trend` says.
pub fn trend_page(screen: &Screen, state: &Named, partners: &[Named], found: &Trend) -> String {
    let names: Vec<&str> = partners.iter().map(Named::shown).collect();
    let title = format!(
        "{} with {}; rules {} {}",
        state.shown(),
        names.join(", "),
        found.head.rules,
        found.head.rules_hash
    );
    let mut paper = begin(screen, &title);
    let mut head = vec!["period"];
    head.extend(partners.iter().map(|named| named.code.as_str()));
    let volume = found.panel.as_ref().map(|panel| panel.of.as_str());
    head.extend(volume);
    head.extend(["tilt, with interval", "Goldstein", "events"]);
    let rows = found.periods.iter().map(|period| {
        let mut row = vec![period.period.clone()];
        row.extend(
            partners
                .iter()
                .map(|named| period.counts.get(&named.code).map_or_else(String::new, u32::to_string)),
        );
        row.extend(volume.map(|_| period.documents.map_or_else(String::new, |number| number.to_string())));
        row.push(period.tilt.as_ref().map(words::tilt).unwrap_or_default());
        row.push(partners.iter().map(|named| goldstein(period, &named.code)).collect::<Vec<_>>().join(" / "));
        let all: u32 = period.counts.values().sum();
        row.push("#".repeat(all.min(LONGEST) as usize));
        row
    });
    put(&mut paper, screen, &head, rows);
    if found.periods.is_empty() {
        paper.put(2, &Styled::plain("No event is dated to a period."));
    }
    paper.blank();
    for (code, turns) in &found.rates {
        turned(&mut paper, &format!("Events with {code} a period"), turns);
    }
    for (code, turns) in &found.rates_per_document {
        turned(
            &mut paper,
            &format!("Events with {code} for each of the {}", volume.unwrap_or_default()),
            turns,
        );
    }
    if let (Some(turns), [first, _, ..]) = (&found.share, partners) {
        turned(&mut paper, &format!("Share of {}", first.code), turns);
    }
    if let Some(panel) = &found.panel
        && let Some(words) = words::panel(panel)
    {
        let more = if panel.fixed || panel.sources.is_empty() { "" } else { " --panel names a panel." };
        paper.put(2, &Styled::of(&(words + more), Look::Dim));
    }
    let words = "Goldstein is the mean score of all types of event with each, from -10 (conflict) to 10; --json has \
                 intervals, PLOVER's scale and quad classes.";
    paper.put(2, &Styled::of(words, Look::Dim));
    if !found.undated.is_empty() {
        let words = format!("{} events are not dated to one period and stand apart.", found.undated.len());
        paper.put(2, &Styled::of(&words, Look::Dim));
    }
    paper.finish()
}

/// The mean of Goldstein's scores with a partner; a dash where there is none.
fn goldstein(period: &Period, code: &str) -> String {
    let mean = period.scores.get(code).and_then(|scored| scored.goldstein).and_then(|scores| scores.mean);
    mean.map_or_else(|| "-".to_owned(), |mean| format!("{mean:+.1}"))
}

fn turned(paper: &mut Paper, what: &str, turns: &Turns) {
    if turns.breaks.is_empty() {
        paper
            .put(2, &Styled::plain(&format!("{what}: no change is likely (P of none {:.2}).", turns.p_none)));
    }
    for turn in &turns.breaks {
        let words = format!(
            "{what}: from {:.2} to {:.2} with {} (95 %: {} to {}; P exactly then {:.2}, P of no change at all {:.2}).",
            turn.before, turn.after, turn.period, turn.from, turn.to, turn.probability, turns.p_none
        );
        paper.put(2, &Styled::plain(&words));
    }
}

/// What `verbale topics` says.
pub fn topics_page(screen: &Screen, state: &Named, partners: &[Named], found: &Subjects) -> String {
    let title =
        format!("What {} talks about; rules {} {}", state.shown(), found.head.rules, found.head.rules_hash);
    let mut paper = begin(screen, &title);
    let mut head = vec!["topic"];
    for named in partners {
        head.extend([named.code.as_str(), "share, with interval"]);
    }
    head.push("log odds");
    let rows = found.topics.iter().map(|one| {
        let mut row = vec![one.topic.replace('_', " ")];
        for named in partners {
            row.push(one.counts.get(&named.code).map_or_else(String::new, u32::to_string));
            row.push(one.shares.get(&named.code).map(words::percent).unwrap_or_default());
        }
        row.push(one.log_odds.map_or_else(String::new, |odds| format!("{:+.2}", odds.difference)));
        row
    });
    put(&mut paper, screen, &head, rows);
    if found.topics.is_empty() {
        paper.put(2, &Styled::plain("No event that counts names a topic."));
    }
    if let Some(apart) = &found.divergence {
        let words = format!(
            "The profiles of the first two are {:.2} bits apart [{:.2}, {:.2}]; 0 is alike, 1 nothing in common.",
            apart.mean, apart.low, apart.high
        );
        paper.blank();
        paper.put(2, &Styled::plain(&words));
    }
    paper.finish()
}

/// What `verbale compare` says.
pub fn compare_page(screen: &Screen, found: &[BalanceAnswer]) -> String {
    let between = found.first().map(|one| one.head.between.clone()).unwrap_or_default();
    let mut paper = begin(screen, &format!("Balance between {}", between.join(", ")));
    let mut head = vec!["state", "window"];
    head.extend(between.iter().map(String::as_str));
    head.extend(["tilt, with interval", "verdict"]);
    let rows = found.iter().map(|one| {
        let end = |end: &Option<String>| end.clone().unwrap_or_else(|| "..".to_owned());
        let mut row = vec![
            one.head.state.clone(),
            format!("{} to {}", end(&one.head.window.from), end(&one.head.window.to)),
        ];
        row.extend(
            between.iter().map(|code| one.counts.get(code).map_or_else(String::new, ToString::to_string)),
        );
        row.push(one.tilt.as_ref().map(words::tilt).unwrap_or_default());
        let toward = one.toward.as_ref().map(|code| format!(" toward {code}")).unwrap_or_default();
        row.push(format!("{}{toward}", one.verdict));
        row
    });
    put(&mut paper, screen, &head, rows);
    paper.finish()
}
