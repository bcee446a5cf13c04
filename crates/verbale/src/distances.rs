//! How far states stand apart: from votes in the General Assembly, or from a table that the user gives.

use std::collections::{BTreeMap, BTreeSet};

use verbale_knowledge::Knowledge;
use verbale_ledger::LedgerError;
use verbale_ledger::store::Ledger;
use verbale_measure::{Distances, Vote, VotesOf};
use verbale_model::Days;

use crate::question::state;

/// Distances between states.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Codes of the states.
    pub states: Vec<String>,
    /// Row by row; nothing where a pair is not in the table.
    pub rows: Distances,
}

/// The votes of states that a ledger holds, as measures take them.
///
/// # Errors
/// When the ledger cannot be read.
pub fn votes(ledger: &Ledger, states: &BTreeSet<String>, window: Days) -> Result<VotesOf, LedgerError> {
    let found = ledger.votes(states, window)?;
    let vote = |vote: i8| match vote {
        1 => Vote::Yes,
        0 => Vote::Abstain,
        _ => Vote::No,
    };
    let votes = found.votes.into_iter().map(|row| row.into_iter().map(|cell| cell.map(vote)).collect());
    Ok(VotesOf { states: found.states, votes: votes.collect() })
}

/// Reads a table as CSV with the columns `a`, `b` and `distance`, one line for each pair, in either order. States are
/// codes or names; codes of nobody that verbale knows must be among `known`, those that events speak of.
///
/// # Errors
/// Names the line and what is wrong with it.
pub fn table(text: &str, knowledge: &Knowledge, known: &BTreeMap<String, u32>) -> Result<Table, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|error| error.to_string())?.clone();
    let column = |name: &str| {
        let found =
            head.iter().position(|cell| cell.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name));
        found.ok_or_else(|| {
            let columns = head.iter().collect::<Vec<_>>().join(", ");
            format!("there is no column '{name}': write a,b,distance in the first line (it has {columns})")
        })
    };
    let [a, b, distance] = [column("a")?, column("b")?, column("distance")?];
    let mut pairs: BTreeMap<[String; 2], f64> = BTreeMap::new();
    for (line, row) in (2..).zip(reader.records()) {
        let row = row.map_err(|error| format!("line {line}: {error}"))?;
        let code = |at: usize| {
            let word = row.get(at).unwrap_or_default();
            let named = state(knowledge, word);
            if named.name.is_some() || known.contains_key(&named.code) {
                return Ok(named.code);
            }
            Err(format!(
                "line {line}: '{word}' is no state that verbale knows: write a name or an ISO 3166-1 code"
            ))
        };
        let (one, two) = (code(a)?, code(b)?);
        let cell = row.get(distance).unwrap_or_default();
        let apart = cell.parse().ok().filter(|apart: &f64| apart.is_finite() && *apart >= 0.0);
        let Some(apart) = apart else {
            return Err(format!(
                "line {line}: the distance of {one} and {two} is '{cell}': write a number from 0 on"
            ));
        };
        if one == two && apart > 0.0 {
            return Err(format!("line {line}: {one} is not at 0 from itself: leave the line out"));
        }
        let pair = if one < two { [one, two] } else { [two, one] };
        if let Some(other) = pairs.insert(pair.clone(), apart).filter(|other| (other - apart).abs() > 1e-9) {
            let [one, two] = pair;
            return Err(format!(
                "line {line}: {one} and {two} were {other} apart above, and are {apart} here"
            ));
        }
    }
    if pairs.is_empty() {
        return Err("the table holds no distances: write lines such as FRA,DEU,0.1".to_owned());
    }
    let states: BTreeSet<String> = pairs.keys().flatten().cloned().collect();
    let states: Vec<String> = states.into_iter().collect();
    let cell = |one: &String, two: &String| {
        let pair = if one < two { [one.clone(), two.clone()] } else { [two.clone(), one.clone()] };
        if one == two { Some(0.0) } else { pairs.get(&pair).copied() }
    };
    let rows = states.iter().map(|one| states.iter().map(|two| cell(one, two)).collect()).collect();
    Ok(Table { states, rows })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Table, String> {
        let known = BTreeMap::from([("XXA".to_owned(), 1)]);
        table(text, &Knowledge::embedded(), &known)
    }

    #[test]
    fn a_table_is_read_by_code_and_by_name() {
        let found = read("b,a,distance\nFRA,Germany,0.25\nXXA,fra,1\nDEU,FRA,0.25\n").unwrap();
        assert_eq!(found.states, ["DEU", "FRA", "XXA"]);
        assert_eq!(found.rows[0], [Some(0.0), Some(0.25), None]);
        assert_eq!(found.rows[2], [None, Some(1.0), Some(0.0)]);
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        for (text, words) in [
            ("a,b\nFRA,DEU\n", "no column 'distance'"),
            ("a,b,distance\n", "no distances"),
            ("a,b,distance\nFRA,DEU,1\nFRA,XYZ,1\n", "line 3: 'XYZ' is no state"),
            ("a,b,distance\nFRA,DEU,-0.5\n", "line 2: the distance of FRA and DEU is '-0.5'"),
            ("a,b,distance\nFRA,DEU,near\n", "'near'"),
            ("a,b,distance\nFRA,DEU,NaN\n", "'NaN'"),
            ("a,b,distance\nFRA,FRA,1\n", "not at 0 from itself"),
            ("a,b,distance\nFRA,DEU,1\nDEU,FRA,2\n", "were 1 apart above, and are 2 here"),
            ("a,b,distance\nFRA,DEU\n", "line 2"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }
}
