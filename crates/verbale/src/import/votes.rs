//! Votes in the General Assembly: a table with `roll_call`, `date`, `country_iso2` (or `country`) and `vote`.

use super::Reader;
use super::blocks::Block;
use super::codes::Country;
use super::field::{Wrong, clip, iso_day, wrong};
use super::parsed::{Parsed, Reject};

/// The votes of a block.
pub fn parse(reader: &Reader, block: &Block) -> Parsed {
    let mut parsed = Parsed::default();
    let column = |names: &[&str]| block.header.iter().position(|name| names.contains(&name.as_str()));
    let columns = [
        column(&["roll_call", "rcid"]),
        column(&["date"]),
        column(&["country_iso2", "country_code", "country_iso3", "country"]),
        column(&["vote"]),
    ];
    for (line, cells) in block.records() {
        parsed.rows += 1;
        if let Err(Wrong { reason, expected, got }) = vote(reader, block, &mut parsed, columns, cells) {
            let part = block.part.to_string();
            parsed.rejects.push(Reject { part, line: *line, reason, expected: expected.to_owned(), got });
        }
    }
    parsed
}

fn vote(
    reader: &Reader,
    block: &Block,
    parsed: &mut Parsed,
    columns: [Option<usize>; 4],
    cells: &[String],
) -> Result<(), Wrong> {
    let [Some(roll_call), Some(date), Some(country), Some(vote)] = columns else {
        let expected = "roll_call, date, country_iso2 and vote";
        let got = clip(&block.header.join(", "));
        return Err(Wrong { reason: "the header lacks a column".to_owned(), expected, got });
    };
    if cells.len() != block.header.len() {
        return Err(Wrong {
            reason: format!("the number of columns is not the header's, {}", block.header.len()),
            expected: "as many as the header has",
            got: cells.len().to_string(),
        });
    }
    let Ok(number) = cells[roll_call].parse::<i64>() else {
        return wrong("roll_call", "a whole number", &cells[roll_call]);
    };
    let day = iso_day("date", &cells[date])?;
    let choice = match cells[vote].as_str() {
        "yes" | "Y" | "1" => 1,
        "abstain" | "A" | "2" => 0,
        "no" | "N" | "3" => -1,
        // Absent, or no member: there is nothing to compare.
        "absent" | "X" | "" | "8" | "9" => {
            parsed.filtered += 1;
            return Ok(());
        }
        other => return wrong("vote", "yes, no, abstain or absent", other),
    };
    let given = &cells[country];
    let known = if given.len() == 2 { reader.codes.voter(given, day) } else { reader.codes.named(given) };
    let Country::Is(state) = known else {
        *parsed.unknown.entry(("country", given.clone())).or_default() += 1;
        return wrong("country", "a code or name of a state", given);
    };
    if !reader.filter.days(day, day) || !reader.filter.with([Some(state)]) {
        parsed.filtered += 1;
        return Ok(());
    }
    parsed.batch.votes.push((number, day, state, choice));
    Ok(())
}
