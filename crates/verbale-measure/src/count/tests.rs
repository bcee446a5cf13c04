//! What counts and what does not, one circumstance at a time.

use proptest::prelude::*;
use verbale_model::ontology::EventType;
use verbale_model::{ConfirmationState, Formality};

use super::sample::{former, meeting, side};
use super::*;

fn partners() -> Vec<String> {
    ["USA", "RUS"].map(str::to_owned).to_vec()
}

fn with(rules: &Rules, window: Days, event: &Engagement) -> Option<Result<Counted, LeftOut>> {
    judge(event, &Question { state: "AFG", partners: &partners(), rules, window })
}

fn counts(rules: &Rules, event: &Engagement) -> Result<Vec<f64>, Option<LeftOut>> {
    match with(rules, Days::default(), event) {
        None => Err(None),
        Some(Err(reason)) => Err(Some(reason)),
        Some(Ok(counted)) => Ok(counted.n),
    }
}

fn named(name: &str) -> Rules {
    Rules::named(name).unwrap()
}

#[test]
fn an_event_counts_once_for_each_partner() {
    let rules = named("officials");
    assert_eq!(counts(&rules, &meeting(&[side("AFG", 2), side("USA", 2)])), Ok(vec![1.0, 0.0]));
    let three = meeting(&[side("AFG", 2), side("RUS", 3), side("USA", 2)]);
    assert_eq!(counts(&rules, &three), Ok(vec![1.0, 1.0]));
    let shared = Rules { gatherings: Gatherings::Shared, ..rules.clone() };
    assert_eq!(counts(&shared, &three), Ok(vec![0.5, 0.5]));
    let none = Rules { gatherings: Gatherings::None, ..rules.clone() };
    assert_eq!(counts(&none, &three), Err(Some(LeftOut::Gathering)));
    assert_eq!(counts(&rules, &meeting(&[side("RUS", 2), side("USA", 2)])), Err(None));
    assert_eq!(counts(&rules, &meeting(&[side("AFG", 2), side("IRN", 2)])), Err(None));
}

#[test]
fn former_officials_count_where_asked() {
    let event = meeting(&[side("AFG", 2), former("USA")]);
    assert_eq!(counts(&named("officials"), &event), Err(Some(LeftOut::Former)));
    assert_eq!(counts(&named("inclusive"), &event), Ok(vec![1.0, 0.0]));
    let one_of_two = meeting(&[side("AFG", 2), side("RUS", 2), former("USA")]);
    assert_eq!(counts(&named("officials"), &one_of_two), Ok(vec![0.0, 1.0]));
}

#[test]
fn each_circumstance_has_its_reason() {
    let rules = named("officials");
    let base = meeting(&[side("AFG", 2), side("USA", 4)]);
    let strict = Rules { calls: false, letters: false, sources_at_least: 2, ..rules.clone() };
    let sure = Rules { confidence_at_least: Some(0.9), ..rules.clone() };
    let cases = [
        (&rules, Engagement { status: Status::Planned, ..base.clone() }, LeftOut::Planned),
        (&rules, Engagement { status: Status::Denied, ..base.clone() }, LeftOut::NotHeld),
        (&rules, Engagement { rejected: true, ..base.clone() }, LeftOut::Rejected),
        (&rules, Engagement { superseded: true, ..base.clone() }, LeftOut::Superseded),
        (&strict, Engagement { channel: Some(Channel::Phone), ..base.clone() }, LeftOut::Call),
        (&strict, Engagement { channel: Some(Channel::Letter), ..base.clone() }, LeftOut::Letter),
        (&strict, base.clone(), LeftOut::Sources),
        (&sure, base.clone(), LeftOut::Confidence),
        (&named("confirmed"), base.clone(), LeftOut::Confirmation),
        (&named("high-level"), base.clone(), LeftOut::Level),
    ];
    for (rules, event, reason) in cases {
        assert_eq!(counts(rules, &event), Err(Some(reason)));
    }
    let both = Engagement { confirmation: Some(ConfirmationState::BothSides), ..base };
    assert_eq!(counts(&named("confirmed"), &both), Ok(vec![1.0, 0.0]));
}

#[test]
fn a_meeting_agreed_to_counts_as_what_it_will_be() {
    let planned = Rules { planned: true, ..named("officials") };
    let mut event = meeting(&[side("AFG", 2), side("USA", 2)]);
    event.event_type = EventType::Agree;
    event.status = Status::Planned;
    assert_eq!(counts(&planned, &event), Err(None));
    event.of = Some(EventType::Consult);
    assert_eq!(counts(&planned, &event), Ok(vec![1.0, 0.0]));
    assert_eq!(counts(&named("officials"), &event), Err(Some(LeftOut::Planned)));
}

#[test]
fn a_window_takes_what_lies_in_it() {
    let rules = named("officials");
    let window = Days { first: Some(100), last: Some(199) };
    let reason = |first, last| {
        let days = Days { first, last };
        with(&rules, window, &Engagement { days, ..meeting(&[side("AFG", 2), side("USA", 2)]) })
            .map(Result::err)
    };
    assert_eq!(reason(Some(100), Some(130)), Some(None));
    assert_eq!(reason(Some(199), Some(200)), Some(Some(LeftOut::Across)));
    assert_eq!(reason(Some(150), None), Some(Some(LeftOut::Across)));
    assert_eq!(reason(None, Some(150)), Some(Some(LeftOut::Undated)));
    assert_eq!(reason(None, None), Some(Some(LeftOut::Undated)));
    assert_eq!((reason(None, Some(99)), reason(Some(200), Some(200))), (None, None));
}

#[test]
fn weights_follow_the_lower_ranking_side() {
    let rules = named("officials");
    let mut event = meeting(&[side("AFG", 1), side("USA", 3), side("USA", 3)]);
    event.formality = Some(Formality::Informal);
    let counted = with(&rules, Days::default(), &event).unwrap().unwrap();
    assert!((counted.weight - 0.35).abs() < 1e-12);
    assert!((counted.weighs(&rules) - 0.35 * f64::from(0.8_f32)).abs() < 1e-12);
    let sum = count(
        &[event.clone(), event],
        &Question { state: "AFG", partners: &partners(), rules: &rules, window: Days::default() },
    );
    assert_eq!((sum.n, sum.events.len()), (vec![2.0, 0.0], 2));
    assert!((sum.weighted[0] - 0.7 * f64::from(0.8_f32)).abs() < 1e-12);
}

prop_compose! {
    fn any_event()(
        codes in proptest::sample::subsequence(vec!["AFG", "USA", "RUS", "CHN"], 1..4),
        gone in proptest::collection::vec(any::<bool>(), 4),
        status in proptest::sample::select(vec![Status::Held, Status::Planned, Status::Denied]),
        first in proptest::option::of(0..300),
        length in 0..40,
        rejected in any::<bool>(),
    ) -> Engagement {
        let sides: Vec<Side> =
            codes.iter().zip(gone).map(|(code, gone)| if gone { former(code) } else { side(code, 2) }).collect();
        let days = Days { first, last: first.map(|first| first + length) };
        Engagement { status, days, rejected, ..meeting(&sides) }
    }
}

proptest! {
    #[test]
    fn looser_rules_never_count_less(event in any_event()) {
        let (strict, loose) = (counts(&named("officials"), &event), counts(&named("inclusive"), &event));
        if let Ok(strict) = strict {
            let loose = loose.unwrap();
            prop_assert!(strict.iter().zip(&loose).all(|(strict, loose)| strict <= loose));
        }
    }

    #[test]
    fn counting_parts_and_adding_is_counting_the_whole(
        events in proptest::collection::vec(any_event(), 0..30),
        cut in 0usize..30,
    ) {
        let (partners, rules) = (partners(), named("inclusive"));
        let window = Days { first: Some(50), last: Some(250) };
        let question = Question { state: "AFG", partners: &partners, rules: &rules, window };
        let cut = cut.min(events.len());
        let (left, right) = (count(&events[..cut], &question), count(&events[cut..], &question));
        let whole = count(&events, &question);
        for (at, n) in whole.n.iter().enumerate() {
            prop_assert!((left.n[at] + right.n[at] - n).abs() < 1e-9);
        }
        let left_out = |count: &Count| count.left_out.values().map(Vec::len).sum::<usize>();
        prop_assert_eq!(left_out(&left) + left_out(&right), left_out(&whole));
    }
}
