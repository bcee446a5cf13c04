//! Votes in the General Assembly.

use crate::desk::Desk;

const VOTES: &str = "roll_call,date,country_iso2,country,vote
1,2021-12-06,AF,Afghanistan,yes
1,2021-12-06,US,United States,no
1,2021-12-06,RU,Russia,abstain
2,2021-12-07,AF,Afghanistan,absent
2,2021-12-07,US,United States,yes
3,2022-12-07,AF,Afghanistan,A
";

#[test]
fn votes_are_kept_by_roll_call_and_absence_is_no_vote() {
    let desk = Desk::new();
    let said = desk.take("un-votes", "votes.csv", VOTES);
    assert!(said.contains("5 stored of 6 rows, 1 not asked for"), "{said}");
    let all = "SELECT roll_call, date(day * 86400, 'unixepoch'), state, vote FROM votes ORDER BY 1, 3";
    assert_eq!(
        desk.sql(all),
        [
            "1 | 2021-12-06 | AFG | 1",
            "1 | 2021-12-06 | RUS | 0",
            "1 | 2021-12-06 | USA | -1",
            "2 | 2021-12-07 | USA | 1",
            "3 | 2022-12-07 | AFG | 0"
        ]
    );
    let few = Desk::new();
    let ran = few.try_take("un-votes", "votes.csv", VOTES, &["--country", "AFG,USA", "--to", "2021"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(few.sql(all).len(), 3);
    assert_eq!(few.try_take("un-votes", "votes.csv", VOTES, &["--types", "CONSULT"]).code, 2);
}

#[test]
fn voeten_s_numbers_are_votes_and_others_are_named() {
    let desk = Desk::new();
    let table = "rcid,date,country,vote\n3,1946-01-01,USA,1\n3,1946-01-01,Atlantis,1\n3,1946-01-01,CUB,7\n3,1946,FRA,2\n";
    let ran = desk.try_take("un-votes", "votes.csv", table, &["--rejects", &desk.folder.path("rejects")]);
    assert_eq!(ran.code, 1);
    let found = desk.refused();
    assert_eq!(
        found,
        [
            r#"3 "a code or name of a state" "Atlantis""#,
            r#"4 "yes, no, abstain or absent" "7""#,
            r#"5 "a day as YYYY-MM-DD" "1946""#,
        ]
    );
    assert_eq!(desk.sql("SELECT state FROM votes"), ["USA"]);
}
