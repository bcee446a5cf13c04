//! Invented meetings, entries and reports that tests start from.

use std::collections::BTreeMap;

use verbale_ledger::{
    Cited, Coverage, Covered, Entry, Passage, Retention, Reviewed, TellingId, Testimony, Told,
};
use verbale_measure::{Asked, Draws, Question, Rules, Unit, answer, network, subjects, trend};
use verbale_model::ontology::EventType;
use verbale_model::{
    Channel, Claim, ClaimKind, ClaimMode, Confirmation, ConfirmationState, Days, Engagement, Event,
    Formality, Modality, Participant, Polarity, Quote, Role, Side, Span, Standing, Status, Tense,
};
use verbale_page::chart::happenings;
use verbale_page::{Answers, Evidence, Group, Names, Report, Shown, behind, report};

/// Words that must never be markup, a formula, or turn a line around.
pub const HOSTILE: &str = "</bdi><script>alert(1)</script>\"'><img src=x onerror=y> =1+1 \u{202e}desrever\u{2066}\u{0}\u{1b}[2J]]> &amp;";

/// A day in 2020 and later.
const START: i32 = 18_262;

/// `number` meetings of Afghanistan with three powers, and some with others.
pub fn meetings(number: usize) -> Vec<Engagement> {
    (0..number).map(meeting).collect()
}

fn meeting(at: usize) -> Engagement {
    let day = START + (at as i32 * 37) % 2000;
    let partner = ["USA", "RUS", "CHN", "IRN"][at % 4];
    let level = Some(1 + (at % 7) as u8);
    let side = |code: &str| Side { code: code.to_owned(), standing: Standing::Serving, level, part: None };
    Engagement {
        id: format!("{at:016x}:e1"),
        source: None,
        event_type: EventType::Consult,
        mode: None,
        of: None,
        status: if at % 23 == 5 { Status::Planned } else { Status::Held },
        days: match at % 11 {
            3 => Days::default(),
            4 => Days { first: Some(day), last: Some(day + 30) },
            _ => Days { first: Some(day), last: Some(day) },
        },
        country: None,
        channel: at.is_multiple_of(5).then_some(Channel::Phone),
        setting: None,
        formality: (at % 6 == 1).then_some(Formality::Informal),
        confirmation: Some(if at.is_multiple_of(2) {
            ConfirmationState::OneSide
        } else {
            ConfirmationState::BothSides
        }),
        sides: vec![side("AFG"), side(partner)],
        confidence: 0.8,
        sources: 1,
        goldstein: None,
        plover: None,
        topics: vec![["trade", "migration", "<b>security</b>"][at % 3].to_owned()],
        rejected: false,
        superseded: false,
    }
}

fn at(start: u32, end: u32) -> Span {
    Span { start, end, in_title: false }
}

/// The evidence of a meeting, in which `words` stand wherever words of others can stand.
pub fn testimony(id: &str, words: &str, retention: Retention) -> Testimony {
    let text = format!("The minister met {words} in Kabul.");
    let end = text.chars().count() as u32;
    let participant = Participant {
        name: words.to_owned(),
        entity: None,
        role: Role::Actor,
        part: None,
        office: Some(format!("envoy {words}")),
        organisation: None,
        side: Some("RUS".to_owned()),
        authority: None,
        nationality: None,
        sector: None,
        serving: Some(true),
        level: Some(4),
        span: at(17, end - 10),
    };
    let event = Event {
        id: id.to_owned(),
        event_type: EventType::Consult,
        mode: None,
        cameo: Some("040".to_owned()),
        contexts: Vec::new(),
        topics: Vec::new(),
        date: None,
        place: None,
        channel: None,
        setting: None,
        formality: None,
        status: Status::Held,
        confirmation: Confirmation { state: ConfirmationState::Unattributed, sides: Vec::new() },
        participants: vec![participant],
        claims: vec!["c1".to_owned()],
        confidence: 0.9,
        rule: "consult/meet".to_owned(),
        x_of: None,
        x_summons: false,
        x_entry: None,
        evidence: vec![at(13, 16)],
    };
    let claim = Claim {
        id: "c1".to_owned(),
        event: Some("e1".to_owned()),
        kind: ClaimKind::Event,
        asserter: None,
        via: None,
        channel: None,
        cue: None,
        content: at(0, end),
        mode: ClaimMode::Quote,
        quote: Some(Quote { text: words.to_owned(), partial: false, span: at(0, end) }),
        polarity: Polarity::Affirmed,
        modality: Modality::Certain,
        tense: Tense::Past,
        narrator: false,
        rule: "quote".to_owned(),
    };
    let cited = Cited {
        id: TellingId::try_from(id.to_owned()).unwrap(),
        outlet: Some(format!("Gazette {words}")),
        published: Some("2025-10-24".to_owned()),
        url: Some(format!("javascript:alert({words})")),
        family: "f".to_owned(),
        evidence: Vec::new(),
    };
    let kept = retention != Retention::Hash;
    let passages = kept.then(|| Passage { span: at(0, end), text }).into_iter().collect();
    let title = kept.then(|| format!("Title {words}"));
    let told =
        Told { cited: cited.clone(), title, retention, event: event.clone(), claims: vec![claim], passages };
    let entry = Entry {
        event,
        from: BTreeMap::new(),
        tellings: vec![cited],
        documents: 1,
        sources: 1,
        link_score: 1.0,
        link_reasons: vec![words.to_owned()],
        differences: vec![words.to_owned()],
        superseded: false,
        review: Reviewed::default(),
    };
    Testimony { entry, told: vec![told] }
}

/// What codes are called in tests; one name is written from right to left.
pub fn names() -> Names {
    [("AFG", "أفغانستان"), ("USA", "United States"), ("RUS", "Russia"), ("CHN", "China")]
        .into_iter()
        .collect()
}

/// The report of so many meetings between some powers, the words of others given.
pub fn page(number: usize, between: &[&str], words: &str, retention: Retention) -> String {
    let events = meetings(number);
    let partners: Vec<String> = between.iter().map(|code| (*code).to_owned()).collect();
    let rules = Rules::named("officials").unwrap();
    let question = Question { state: "AFG", partners: &partners, rules: &rules, window: Days::default() };
    let asked = Asked { curve: true, draws: Draws::new(200, 1).unwrap(), ..Asked::default() };
    let balance = answer(&events, &question, asked);
    let answers = Answers {
        balance: &balance,
        trend: &trend(&events, &question, Unit::Quarter),
        subjects: &subjects(&events, &question, asked.draws),
        network: &network(&events, &question, asked.draws),
        happenings: &happenings(&events, &question),
        rules: &rules,
    };
    let names = names();
    let behind = behind(&names, &events, &question, &answers);
    let shown = |event: &Engagement| Shown {
        id: event.id.clone(),
        evidence: Evidence::Own(Box::new(testimony(&event.id, words, retention))),
    };
    let coverage = Coverage {
        documents: 8,
        events: 9,
        months: vec![
            Covered {
                outlet: Some(words.to_owned()),
                month: Some("2020-03".to_owned()),
                documents: 7,
                superseded: 0,
                tellings: 9,
            },
            Covered { outlet: None, month: None, documents: 1, superseded: 0, tellings: 0 },
        ],
        refused: 1,
        hashes: u32::from(retention == Retention::Hash),
        ..Coverage::default()
    };
    let most = 120;
    let groups = [Group { title: "All".to_owned(), events: events.iter().take(most).map(shown).collect() }];
    report(&Report {
        names: &names,
        answers: Some(answers),
        states: &BTreeMap::new(),
        source: "own",
        groups: &groups,
        behind: &behind,
        unshown: events.len().saturating_sub(most),
        coverage: &coverage,
        imports: &[],
        versions: &[],
        program: ["0.1.0", "2026.11"],
    })
}
