//! The record lines of a case: `event`, `who`, `claim`, `maybe` and what they may say.

/// What a case expects.
#[derive(Debug, Default)]
pub struct Expected {
    pub events: Vec<EventLine>,
    pub claims: Vec<ClaimLine>,
}

/// `event TYPE [mode] | key=value …` with its `who` lines; `maybe` events may be found and need not be.
#[derive(Debug)]
pub struct EventLine {
    pub required: bool,
    pub types: Vec<String>,
    /// Empty when the mode is free.
    pub modes: Vec<String>,
    pub keys: Vec<Key>,
    pub who: Vec<WhoLine>,
    pub raw: String,
}

/// `who NAME | key=value …`.
#[derive(Debug)]
pub struct WhoLine {
    pub name: String,
    pub keys: Vec<Key>,
    pub raw: String,
}

/// `claim [mode] | key=value …` or `not claim …`.
#[derive(Debug)]
pub struct ClaimLine {
    pub wanted: bool,
    pub keys: Vec<Key>,
    pub raw: String,
}

/// `key=a or b`: one of the values must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub name: String,
    pub values: Vec<String>,
}

const EVENT_KEYS: &[&str] = &[
    "status",
    "date",
    "method",
    "precision",
    "place",
    "channel",
    "setting",
    "formality",
    "confirmation",
    "sides",
    "x_of",
    "summons",
    "contexts",
    "topics",
    "participants",
    "cameo",
];
const WHO_KEYS: &[&str] = &[
    "role",
    "part",
    "side",
    "office",
    "organisation",
    "nationality",
    "sector",
    "serving",
    "level",
    "entity",
    "authority",
];
const CLAIM_KEYS: &[&str] = &[
    "asserter",
    "side",
    "office",
    "organisation",
    "anonymous",
    "via",
    "cue",
    "kind",
    "narrator",
    "modality",
    "polarity",
    "tense",
    "channel",
    "partial",
    "quote",
    "content",
    "event",
];

/// Parses the lines of a record block; an error carries the number of its line.
pub fn parse(lines: &[(usize, &str)]) -> Result<Expected, (usize, String)> {
    let mut expected = Expected::default();
    let mut none = false;
    for &(at, line) in lines.iter().filter(|(_, line)| !line.trim().is_empty()) {
        let fail = |what: String| (at, what);
        let line = line.trim();
        let (head, rest) = line.split_once(" | ").unwrap_or((line, ""));
        let (kind, head) = head.split_once(' ').unwrap_or((head, ""));
        match kind {
            "no" if line == "no events" => none = true,
            "event" | "maybe" => {
                let (types, modes) = words(head);
                if types.is_empty() {
                    return Err(fail(format!("no event type in `{line}`")));
                }
                let keys = keys(rest, EVENT_KEYS).map_err(fail)?;
                expected.events.push(EventLine {
                    required: kind == "event",
                    types,
                    modes,
                    keys,
                    who: Vec::new(),
                    raw: line.to_owned(),
                });
            }
            "who" => {
                let keys = keys(rest, WHO_KEYS).map_err(fail)?;
                let event =
                    expected.events.last_mut().ok_or_else(|| fail("`who` before any event".to_owned()))?;
                event.who.push(WhoLine { name: head.trim().to_owned(), keys, raw: line.to_owned() });
            }
            "claim" => expected.claims.push(claim(true, head, rest, line).map_err(fail)?),
            "not" if head.starts_with("claim") => {
                expected
                    .claims
                    .push(claim(false, head.trim_start_matches("claim").trim(), rest, line).map_err(fail)?);
            }
            _ => return Err(fail(format!("cannot read `{line}`"))),
        }
    }
    let required = expected.events.iter().any(|event| event.required);
    match (none, required, expected.events.is_empty()) {
        (true, true, _) => Err((lines[0].0, "`no events` beside an event".to_owned())),
        (false, _, true) => Err((
            lines.first().map_or(0, |line| line.0),
            "no `event`, `maybe` or `no events` line".to_owned(),
        )),
        _ => Ok(expected),
    }
}

fn claim(wanted: bool, mode: &str, rest: &str, raw: &str) -> Result<ClaimLine, String> {
    let mut keys = keys(rest, CLAIM_KEYS)?;
    if !mode.trim().is_empty() {
        keys.insert(0, Key { name: "mode".to_owned(), values: alternatives(mode.trim()) });
    }
    if keys.is_empty() {
        Err(format!("`{raw}` says nothing"))
    } else {
        Ok(ClaimLine { wanted, keys, raw: raw.to_owned() })
    }
}

/// Types are written in capitals, modes are not.
fn words(head: &str) -> (Vec<String>, Vec<String>) {
    let words = head.split_whitespace().filter(|word| *word != "or").map(str::to_owned);
    words.partition(|word| word.chars().all(|c| c.is_ascii_uppercase()))
}

fn keys(rest: &str, known: &[&str]) -> Result<Vec<Key>, String> {
    let parts = rest.split(" | ").map(str::trim).filter(|part| !part.is_empty());
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').ok_or_else(|| format!("`{part}` is not key=value"))?;
            let name = name.trim_end_matches('~');
            if !known.contains(&name) {
                return Err(format!("unknown key `{name}`"));
            }
            Ok(Key { name: name.to_owned(), values: alternatives(value) })
        })
        .collect()
}

/// `a or b`; a value between double quotes is one value.
fn alternatives(value: &str) -> Vec<String> {
    match value.strip_prefix('"').and_then(|value| value.strip_suffix('"')) {
        Some(literal) => vec![literal.to_owned()],
        None => value.split(" or ").map(|value| value.trim().to_owned()).collect(),
    }
}

#[test]
fn lines_are_read() {
    let block = "event CONSULT or AGREE visit or - | sides=KEN,PRT | confirmation=denied or conflicting\nwho Ana | level=2\nmaybe AID\nclaim quote | quote=\"this or that\"\nnot claim | narrator=true";
    let lines: Vec<_> = block.lines().enumerate().collect();
    let expected = parse(&lines).unwrap();
    let event = &expected.events[0];
    assert_eq!(
        (event.types.join(" "), event.modes.join(" ")),
        ("CONSULT AGREE".to_owned(), "visit -".to_owned())
    );
    assert_eq!(event.keys[1].values, ["denied", "conflicting"]);
    assert_eq!((event.who[0].name.as_str(), event.who[0].keys[0].values[0].as_str()), ("Ana", "2"));
    assert!(event.required && !expected.events[1].required);
    assert_eq!(expected.claims[0].keys[1].values, ["this or that"]);
    assert!(!expected.claims[1].wanted);
}

#[test]
fn wrong_lines_are_refused() {
    let wrong = |line: &str| parse(&[(7, line)]).unwrap_err();
    assert_eq!(wrong("event visit"), (7, "no event type in `event visit`".to_owned()));
    assert_eq!(wrong("who Ana"), (7, "`who` before any event".to_owned()));
    assert_eq!(wrong("event AID | when=2024"), (7, "unknown key `when`".to_owned()));
    assert_eq!(wrong("claim | narrator=true").1, "no `event`, `maybe` or `no events` line");
}
