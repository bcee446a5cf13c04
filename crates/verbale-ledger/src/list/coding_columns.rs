//! The columns of others' codings: what they say in their own codes, and how we read it.

use verbale_model::Role;

use super::rows::Coding;
use super::schema::{Column, Kind, Value, column, fields, known, rows};
use crate::foreign::{Code, ForeignParticipant, Place};

use Kind::{Day, Flag, Real, Rows, Text, Texts, Whole};

/// All of them.
pub(super) fn columns() -> Vec<Column<Coding>> {
    let mut all = kind();
    all.extend(when_and_who());
    all.extend(place());
    all.extend(weight());
    all
}

fn kind() -> Vec<Column<Coding>> {
    vec![
        column("id", Text, "format and the source's own id, `gdelt:410412347`", |c: &Coding| {
            (&c.event.id).into()
        }),
        column("event_type", Text, "PLOVER type; null where PLOVER has none for the code", |c| {
            c.event.kind.event_type.map(verbale_model::ontology::EventType::as_str).into()
        }),
        column("mode", Text, "PLOVER mode, as given or as the crosswalk has it", |c| {
            c.event.kind.mode.as_ref().into()
        }),
        column("x_of", Text, "PLOVER type of what is promised", |c| {
            c.event.kind.x_of.map(verbale_model::ontology::EventType::as_str).into()
        }),
        column("cameo", Text, "CAMEO code from the visitor's side; text, it may begin with 0", |c| {
            c.event.kind.cameo.as_ref().into()
        }),
        column("given", Text, "the code or type as given, where neither knows it", |c| {
            c.event.kind.given.as_ref().into()
        }),
        column("contexts", Texts, "PLOVER contexts", |c| (&c.event.kind.contexts).into()),
        column("quad_class", Whole, "1 to 4, as given", |c| c.event.kind.quad.into()),
        column("status", Text, "held, planned, cancelled, denied or hypothetical", |c| {
            c.event.kind.status.as_str().into()
        }),
    ]
}

fn when_and_who() -> Vec<Column<Coding>> {
    vec![
        column("date_from", Day, "first day", |c: &Coding| Value::Day(c.event.first)),
        column("date_to", Day, "last day", |c| Value::Day(c.event.last)),
        column("sides", Texts, "the states that take part, each once, sorted", |c| {
            let states = c.event.participants.iter().filter_map(|who| who.actor.state);
            let mut states: Vec<String> = states.map(letters).collect();
            states.sort();
            states.dedup();
            Value::Texts(states)
        }),
        column("participants", Rows(|| fields(&participant())), "who took part", |c| {
            rows(&participant(), &c.event.participants)
        }),
    ]
}

fn participant() -> Vec<Column<ForeignParticipant>> {
    vec![
        column("role", Text, "actor or recipient; in a visit the visitor is the actor", |p| {
            if p.role == Role::Actor { "actor" } else { "recipient" }.into()
        }),
        column("side", Text, "whom they stand for, ISO 3166-1 alpha-3, or UNO, EUR, IGO, NGO", |p| {
            p.actor.state.map(letters).as_ref().into()
        }),
        column("name", Text, "name", |p| known(&p.actor.name)),
        column("code", Text, "the source's code, `USAGOV`", |p| known(&p.actor.code)),
        column("country", Text, "the country as given, where it is not the side's own code", |p| {
            known(&p.actor.country)
        }),
        column("sectors", Text, "sectors or types, separated by `;`", |p| known(&p.actor.sectors)),
        column("office", Text, "office", |p| known(&p.actor.office)),
        column("level", Whole, "rank, 1 to 9", |p| p.actor.level.into()),
        column("serving", Flag, "whether they served at the time", |p| p.actor.serving.into()),
    ]
}

fn place() -> Vec<Column<Coding>> {
    fn at(coding: &Coding) -> Option<&Place> {
        coding.event.place.as_deref()
    }
    fn degrees(millionths: i32) -> f64 {
        f64::from(millionths) / 1e6
    }
    vec![
        column("place_name", Text, "where, as given", |c| at(c).map_or(Value::Null, |p| known(&p.name))),
        column(
            "place_country",
            Text,
            "its country, ISO 3166-1 alpha-3, or as given where that is unknown",
            |c| at(c).and_then(|p| p.country.as_ref()).into(),
        ),
        column("place_geonames", Whole, "GeoNames id", |c| {
            at(c).and_then(|p| p.geonames).map_or(Value::Null, Value::Whole)
        }),
        column("place_lat", Real, "degrees north", |c| at(c).and_then(|p| p.lat).map(degrees).into()),
        column("place_lon", Real, "degrees east", |c| at(c).and_then(|p| p.lon).map(degrees).into()),
    ]
}

fn weight() -> Vec<Column<Coding>> {
    vec![
        column("goldstein", Real, "Goldstein's score, as given, -10 to 10", |c: &Coding| {
            c.event.goldstein.into()
        }),
        column("score", Real, "score on another scale, as given", |c| c.event.score.into()),
        column("mentions", Whole, "times it was mentioned", |c| c.event.mentions.into()),
        column("sources", Whole, "sources that mention it", |c| c.event.sources.into()),
        column("articles", Whole, "documents that mention it", |c| c.event.articles.into()),
        column("rows", Whole, "rows that told of it", |c| c.event.rows.into()),
        column("url", Text, "address of a document that tells of it", |c| c.address.as_ref().into()),
        column("import", Whole, "number of the import it came with", |c| Value::Whole(c.event.import)),
        column("file", Text, "the file it came with, as it was named", |c| (&c.file).into()),
    ]
}

fn letters(code: Code) -> String {
    String::from_utf8_lossy(&code).into_owned()
}
