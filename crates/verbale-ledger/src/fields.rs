//! An event's fields by path: `status`, `place/country`, `participants[120-137]/side`.
//!
//! A participant is named by the span of the mention, so that a path outlives a change in their order.

use serde_json::{Value, json};
use verbale_model::{Event, Participant, Span};

/// Fields of a participant that people correct and that codings are compared by.
pub(crate) const OF_PARTICIPANT: [&str; 9] =
    ["side", "office", "nationality", "serving", "role", "part", "name", "entity", "level"];

/// A participant's path: `participants[START-END]`, in a title `participants[title:START-END]`, and
/// `participants[START-END#2]` for the second one with this span.
pub(crate) fn key(participants: &[Participant], at: usize) -> String {
    let span = participants[at].span;
    let nth = participants[..=at].iter().filter(|who| who.span == span).count();
    let title = if span.in_title { "title:" } else { "" };
    let nth = if nth > 1 { format!("#{nth}") } else { String::new() };
    format!("participants[{title}{}-{}{nth}]", span.start, span.end)
}

/// The span and ordinal of a participant's path, and the field after it.
pub(crate) fn participant_path(path: &str) -> Option<(Span, usize, Option<&str>)> {
    let (inside, field) = path.strip_prefix("participants[")?.split_once(']')?;
    let field = if field.is_empty() { None } else { Some(field.strip_prefix('/')?) };
    let (title, inside) = inside.strip_prefix("title:").map_or((false, inside), |inside| (true, inside));
    let (span, nth) = inside.split_once('#').unwrap_or((inside, "1"));
    let (start, end) = span.split_once('-')?;
    let span = Span { start: start.parse().ok()?, end: end.parse().ok()?, in_title: title };
    Some((span, nth.parse().ok()?, field))
}

/// The value of a field that is no participant's; null where there is none.
pub(crate) fn value(event: &Event, path: &str) -> Value {
    let place = event.place.as_ref();
    match path {
        "event_type" => json!(event.event_type),
        "mode" => json!(event.mode),
        "cameo" => json!(event.cameo),
        "contexts" => json!(event.contexts),
        "date" => json!(event.date.as_ref().map(|date| &date.edtf)),
        "place/name" => json!(place.map(|place| &place.name)),
        "place/country" => json!(place.and_then(|place| place.country.as_ref())),
        "channel" => json!(event.channel),
        "setting" => json!(event.setting),
        "formality" => json!(event.formality),
        "status" => json!(event.status),
        "confirmation" => json!(event.confirmation.state),
        "x_of" => json!(event.x_of),
        "x_summons" => json!(event.x_summons),
        "topics" => json!(event.topics.iter().map(|topic| &topic.topic).collect::<Vec<_>>()),
        _ => Value::Null,
    }
}

/// The value of a participant's field.
pub(crate) fn value_of(who: &Participant, field: &str) -> Value {
    match field {
        "side" => json!(who.side),
        "office" => json!(who.office),
        "nationality" => json!(who.nationality),
        "serving" => json!(who.serving),
        "role" => json!(who.role),
        "part" => json!(who.part),
        "name" => json!(who.name),
        "entity" => json!(who.entity),
        "level" => json!(who.level),
        _ => Value::Null,
    }
}

/// A value as people read it.
pub(crate) fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::participant;

    #[test]
    fn a_participants_path_reads_back() {
        let mut people = vec![participant("AFG", 0), participant("USA", 0), participant("RUS", 1)];
        people[2].span.in_title = true;
        let keys: Vec<_> = (0..people.len()).map(|at| key(&people, at)).collect();
        assert_eq!(keys, ["participants[100-110]", "participants[100-110#2]", "participants[title:120-130]"]);
        for (at, (key, nth)) in keys.iter().zip([1, 2, 1]).enumerate() {
            let path = format!("{key}/side");
            assert_eq!(participant_path(&path), Some((people[at].span, nth, Some("side"))));
            assert_eq!(participant_path(key), Some((people[at].span, nth, None)));
        }
        for wrong in
            ["participants/0/side", "participants[1]", "participants[a-b]/side", "participants[1-2]side"]
        {
            assert_eq!(participant_path(wrong), None, "{wrong}");
        }
    }
}
