//! `tests/gold/scores.csv`: what each measure reached, and what it must not fall below.
//!
//! A floor is written with its direction: `>=0.90` or `<=0.05`; an empty one asks for nothing.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::Measure;
use super::table::{cells, quoted};

const HEADER: &str = "set,measure,value,floor,n";

/// A row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    set: String,
    measure: String,
    value: String,
    floor: String,
    n: String,
}

/// Prints the measures beside their floors and counts those below; with `write`, keeps the values.
pub fn report(path: &Path, measures: &[Measure], write: bool) -> Result<usize> {
    let mut rows = read(path)?;
    let mut below = 0;
    println!("{:<12} {:<30} {:>10} {:>8} {:>7}", "set", "measure", "value", "floor", "n");
    for measure in measures {
        let kept = rows.iter_mut().find(|row| row.set == measure.set && row.measure == measure.name);
        let floor = kept.as_ref().map(|row| row.floor.clone()).unwrap_or_default();
        let value = shown(measure.value);
        let holds = holds(&value, &floor)?;
        below += usize::from(!holds);
        let mark = if holds { "" } else { "  BELOW" };
        println!("{:<12} {:<30} {value:>10} {floor:>8} {:>7}{mark}", measure.set, measure.name, measure.n);
        let n = measure.n.to_string();
        if let Some(row) = kept {
            (row.value, row.n) = (value, n);
        } else if measure.set != "speed" {
            rows.push(Row { set: measure.set.to_owned(), measure: measure.name.clone(), value, floor, n });
        }
    }
    if write {
        std::fs::write(path, render(&rows)).context("writing tests/gold/scores.csv")?;
    }
    Ok(below)
}

/// Shares with three places, percentages and times with two, large numbers with none.
fn shown(value: f64) -> String {
    match value.abs() {
        size if size < 10.0 => format!("{value:.3}"),
        size if size < 1000.0 => format!("{value:.2}"),
        _ => format!("{value:.0}"),
    }
}

/// Whether a value, as shown, is on the right side of its floor.
fn holds(value: &str, floor: &str) -> Result<bool> {
    let number = |text: &str| text.parse::<f64>().with_context(|| format!("{text:?} is not a number"));
    Ok(match (floor.get(..2), floor.get(2..)) {
        (None, _) => true,
        (Some(">="), Some(bound)) => number(value)? >= number(bound)?,
        (Some("<="), Some(bound)) => number(value)? <= number(bound)?,
        _ => bail!(
            "the floor {floor:?} begins with neither >= nor <=; write one of them in tests/gold/scores.csv"
        ),
    })
}

fn read(path: &Path) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(path).context("reading tests/gold/scores.csv")?;
    let mut rows = Vec::new();
    for (at, row) in cells(&text, ',').into_iter().enumerate() {
        let Ok([set, measure, value, floor, n]) = <[String; 5]>::try_from(row) else {
            bail!("tests/gold/scores.csv:{}: expected five cells: {HEADER}", at + 1);
        };
        if at > 0 {
            rows.push(Row { set, measure, value, floor, n });
        }
    }
    Ok(rows)
}

fn render(rows: &[Row]) -> String {
    let mut out = format!("{HEADER}\n");
    for row in rows {
        let _ = writeln!(out, "{},{},{},{},{}", row.set, quoted(&row.measure), row.value, row.floor, row.n);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_have_a_direction() {
        assert!(holds("0.91", ">=0.90").unwrap());
        assert!(!holds("0.89", ">=0.90").unwrap());
        assert!(holds("0.05", "<=0.05").unwrap());
        assert!(!holds("0.06", "<=0.05").unwrap());
        assert!(holds("0.06", "").unwrap());
        assert!(holds("0.06", "0.05").is_err());
    }

    #[test]
    fn writing_keeps_the_floor() {
        let path = std::env::temp_dir().join(format!("verbale-scores-{}.csv", std::process::id()));
        std::fs::write(&path, format!("{HEADER}\nevents,right,,>=0.45,\n")).unwrap();
        let measures = [Measure::share("events", "right", 4, 10), Measure::share("events", "new", 1, 2)];
        assert_eq!(report(&path, &measures, true).unwrap(), 1);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text, format!("{HEADER}\nevents,right,0.400,>=0.45,10\nevents,new,0.500,,2\n"));
        std::fs::remove_file(path).unwrap();
    }
}
