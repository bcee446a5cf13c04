//! Whole answers: the worked values, several partners, and questions that make no sense.

use super::*;
use crate::count::sample::{former, meeting, side};
use crate::rules::Rules;
use verbale_model::Days;

fn ask(events: &[Engagement], partners: &[&str], rules: &str) -> BalanceAnswer {
    let partners: Vec<String> = partners.iter().map(|code| (*code).to_owned()).collect();
    let rules = Rules::named(rules).unwrap();
    let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
    answer(events, &question, Asked { curve: true, ..Asked::default() })
}

fn with(code: &str) -> Engagement {
    meeting(&[side("AFG", 2), side(code, 2)])
}

#[test]
fn one_official_and_one_former_official() {
    let events = [meeting(&[side("AFG", 2), former("USA")]), with("RUS")];
    let officials = ask(&events, &["USA", "RUS"], "officials");
    let tilt = officials.tilt.unwrap();
    assert_eq!((officials.counts["USA"], officials.counts["RUS"]), (Number(0.0), Number(1.0)));
    assert_eq!((tilt.raw, tilt.mean), (Some(-1.0), -0.5));
    assert!((tilt.low + 1.0).abs() < 0.005 && (tilt.high - 0.71).abs() < 0.005);
    assert_eq!(officials.verdict, Verdict::NotEnoughEvidence);
    assert_eq!(officials.apart[&LeftOut::Former].len(), 1);
    let inclusive = ask(&events, &["USA", "RUS"], "inclusive");
    let tilt = inclusive.tilt.unwrap();
    assert_eq!((inclusive.events.len(), tilt.raw, tilt.mean), (2, Some(0.0), 0.0));
    assert!((tilt.low + 0.88).abs() < 0.005 && (tilt.high - 0.88).abs() < 0.005);
    let more = inclusive.more_needed.unwrap();
    assert!((92..=96).contains(&more.balanced.unwrap()), "{more:?}");
}

#[test]
fn the_weighted_figure_stands_beside_the_unweighted_one() {
    let events: Vec<Engagement> = [with("USA"), with("RUS"), with("RUS")].to_vec();
    let weighted = ask(&events, &["USA", "RUS"], "officials").weighted.unwrap();
    // Level 2 weighs 0.8; the chance of each is 0.8.
    assert!((weighted.counts["RUS"] - 2.0 * 0.8 * f64::from(0.8_f32)).abs() < 1e-9);
    assert!(weighted.tilt.low < -0.9 && weighted.tilt.high > 0.3, "{weighted:?}");
    assert_eq!(weighted.verdict, Verdict::NotEnoughEvidence);
}

#[test]
fn the_curve_counts_in_every_way_and_is_ordered() {
    let events = [meeting(&[side("AFG", 2), former("USA")]), with("RUS")];
    let curve = ask(&events, &["USA", "RUS"], "officials").curve.unwrap();
    assert_eq!(curve.len(), 32, "events without a score have no weight by scale");
    assert!(curve.windows(2).all(|pair| pair[0].tilt.mean <= pair[1].tilt.mean));
    let of = |former: bool, one_sided: bool| {
        let found = curve.iter().find(|one| {
            let choices = one.choices;
            (choices.former, choices.one_sided, choices.weighted) == (former, one_sided, false)
        });
        found.unwrap().n
    };
    assert_eq!((of(false, true), of(true, true), of(true, false)), (Number(1.0), Number(2.0), Number(0.0)));
}

#[test]
fn several_partners_have_pairs_and_one_verdict() {
    let events: Vec<Engagement> = (0..60)
        .map(|_| with("CHN"))
        .chain((0..6).map(|_| with("RUS")))
        .chain((0..5).map(|_| with("USA")))
        .collect();
    let found = ask(&events, &["USA", "RUS", "CHN"], "officials");
    assert_eq!((found.verdict, found.toward.as_deref()), (Verdict::Tilted, Some("CHN")));
    assert_eq!((found.pairs.len(), found.tilt, found.more_needed), (3, None, None));
    let shares: f64 = found.shares.values().map(|share| share.mean).sum();
    assert!((shares - 1.0).abs() < 1e-12);
}

#[test]
fn nothing_is_concluded_from_no_question() {
    let many: Vec<Engagement> = (0..500).map(|_| with("USA")).collect();
    for partners in [&["USA", "USA"][..], &["USA"], &[]] {
        let found = ask(&many, partners, "officials");
        assert_eq!((found.verdict, found.tilt), (Verdict::NotEnoughEvidence, None));
    }
    let none = ask(&[], &["USA", "RUS"], "officials");
    assert_eq!((none.verdict, none.tilt.unwrap().raw), (Verdict::NotEnoughEvidence, None));
    let refused = ask(&many, &["USA", "RUS"], "officials").refused("because".to_owned());
    assert_eq!(
        (refused.verdict, refused.toward, refused.head.remarks.len()),
        (Verdict::NotEnoughEvidence, None, 1)
    );
}

#[test]
fn it_is_written_as_the_record_says() {
    let found = ask(&[with("RUS")], &["USA", "RUS"], "officials");
    let json = serde_json::to_value(&found).unwrap();
    assert_eq!(json["counts"], serde_json::json!({"USA": 0, "RUS": 1}));
    assert_eq!(json["verdict"], "not_enough_evidence");
    assert_eq!(json["apart"], serde_json::json!({"undated": []}));
    let keys =
        ["state", "between", "rules", "window", "weighted", "tilt", "p_within_delta", "delta", "more_needed"];
    assert!(keys.iter().all(|key| json.get(key).is_some()), "{json}");
    assert!(json["tilt"].get("low").is_some() && json["more_needed"].get("balanced").is_some());
    assert!(json["curve"][0].get("rules").is_some() && json["curve"][0].get("n").is_some());
    assert_eq!(serde_json::from_value::<BalanceAnswer>(json).unwrap(), found);
}
