//! What the generated vocabulary must hold.

use verbale_model::ontology::{CAMEO, Context, EventType, Mode, QuadClass, Sector, cameo, scale};

#[test]
fn the_whole_of_plover_is_there() {
    assert_eq!(EventType::ALL.len(), 16);
    assert_eq!(EventType::ALL.iter().map(|t| t.modes().len()).sum::<usize>(), 67);
    assert_eq!((Context::ALL.len(), Sector::ALL.len(), QuadClass::ALL.len(), CAMEO.len()), (37, 25, 4, 312));
}

#[test]
fn scores_follow_type_and_mode() {
    let score = |event_type, mode: Option<Mode>| format!("{}", scale(event_type, mode));
    assert_eq!(score(EventType::Consult, Some(Mode::Visit)), "4");
    assert_eq!(score(EventType::Consult, Some(Mode::Riot)), "2.5");
    assert_eq!(score(EventType::Accuse, None), "-3");
    assert_eq!(
        cameo("042").map(|row| (row.mode, format!("{}", row.goldstein))),
        Some((Some(Mode::Visit), "1.9".into()))
    );
    assert!(cameo("999").is_none());
}

#[test]
fn words_are_read_back() {
    assert!(EventType::ALL.iter().all(|t| EventType::parse(t.as_str()) == Some(*t)));
    assert!(Mode::ALL.iter().all(|mode| Mode::parse(mode.as_str()) == Some(*mode)));
    assert_eq!(EventType::Sanction.quad(), QuadClass::MaterialConflict);
    assert!(EventType::Aid.requires_recipient());
}
