//! Made documents: a minister receives an envoy, told as a coder would tell it.

use serde_json::json;
use verbale_ledger::store::{Addition, Ledger, OpenRun, RunKind, Sentence, Versions};
use verbale_ledger::{Document, Entry};
use verbale_model::{Record, Report, Span};

/// What a made report says.
pub struct Made<'m> {
    pub outlet: &'m str,
    pub published: &'m str,
    pub host: (&'m str, &'m str),
    pub visitor: (&'m str, &'m str),
    pub day: &'m str,
    pub place: (&'m str, &'m str),
    pub url: Option<&'m str>,
    /// Words before the news, so that texts differ.
    pub opening: &'m str,
}

impl Default for Made<'_> {
    fn default() -> Self {
        Self {
            outlet: "Gazette",
            published: "2024-05-15",
            host: ("Anton Vikmanis", "LVA"),
            visitor: ("Keita Murano", "JPN"),
            day: "2024-05-14",
            place: ("Riga", "LVA"),
            url: None,
            opening: "",
        }
    }
}

impl Made<'_> {
    pub fn text(&self) -> String {
        format!(
            "{}Foreign Minister {} received {} in {} on {}, the ministry said.",
            self.opening, self.host.0, self.visitor.0, self.place.0, self.day
        )
    }

    pub fn report(&self) -> Report {
        Report {
            id: format!("{}.txt", self.outlet),
            text: self.text(),
            published: Some(self.published.to_owned()),
            outlet: Some(self.outlet.to_owned()),
            url: self.url.map(str::to_owned),
            ..Report::default()
        }
    }

    pub fn addition(&self) -> Addition {
        let document = Document::new(self.report(), None);
        let (record, sentences) =
            (self.record(), vec![Sentence { span: self.span(&self.text()), text: Some(self.text()) }]);
        Addition::new("made", document, record, sentences)
    }

    fn span(&self, words: &str) -> Span {
        let text = self.text();
        let at = text.find(words).map_or(0, |byte| text[..byte].chars().count()) as u32;
        Span { start: at, end: at + words.chars().count() as u32, in_title: false }
    }

    /// The record that a coder would give, with one event and one claim.
    pub fn record(&self) -> Record {
        let who = |(name, side): (&str, &str), role: &str, part: &str, office: &str| {
            let span = self.span(name);
            json!({"name": name, "entity": null, "role": role, "part": part, "office": office, "organisation": null,
                "side": side, "nationality": side, "sector": "GOV", "serving": true, "level": 2,
                "start": span.start, "end": span.end})
        };
        let (received, said) = (self.span("received"), self.span("said"));
        let (day, place, ministry) =
            (self.span(self.day), self.span(self.place.0), self.span("the ministry"));
        let event = json!({"id": "e1", "event_type": "CONSULT", "mode": "visit", "cameo": "042",
            "contexts": ["diplomatic"], "topics": [],
            "date": {"edtf": self.day, "precision": "day", "method": "stated", "start": day.start, "end": day.end},
            "place": {"name": self.place.0, "country": self.place.1, "geonames": null, "lat": null, "lon": null,
                "start": place.start, "end": place.end},
            "channel": "in_person", "setting": "bilateral", "formality": null, "status": "held",
            "confirmation": {"state": "one_side", "sides": [self.host.1]},
            "participants": [who(self.host, "recipient", "host", "foreign minister"),
                who(self.visitor, "actor", "visitor", "envoy")],
            "claims": ["c1"], "confidence": 0.9, "rule": "consult/host",
            "evidence": [{"start": received.start, "end": received.end}]});
        let claim = json!({"id": "c1", "event": "e1", "kind": "event",
            "asserter": {"name": "the ministry", "office": null, "organisation": "Ministry", "side": self.host.1,
                "anonymous": null, "start": ministry.start, "end": ministry.end},
            "via": null, "channel": "statement", "cue": {"text": "said", "start": said.start, "end": said.end},
            "content": {"start": 0, "end": received.end}, "mode": "indirect", "quote": null,
            "polarity": "affirmed", "modality": "certain", "tense": "past", "narrator": false, "rule": "told"});
        let host = self.span(self.host.0);
        let mention = json!({"id": "m1", "start": host.start, "end": host.end, "text": self.host.0,
            "kind": "person", "entity": null, "country": null, "geonames": null, "lat": null, "lon": null,
            "timex": null, "coreferent": null});
        let record = json!({"id": "made", "sha256": "", "published": self.published, "events": [event],
            "claims": [claim], "mentions": [mention], "diagnostics": [], "coder": "1", "data": "1"});
        serde_json::from_value(record).expect("a made record is a record")
    }
}

pub fn versions(rules: &str) -> Versions {
    let [coder, data, model] = ["1", "1", "1"].map(str::to_owned);
    Versions { coder, data, rules: rules.to_owned(), model, knowledge: Vec::new() }
}

pub fn run(kind: RunKind, rules: &str) -> OpenRun {
    OpenRun::new(kind, "2024-06-01T00:00:00Z", versions(rules))
}

/// A ledger in memory with these documents, added one by one.
pub fn ledger(made: &[Made<'_>]) -> Ledger {
    let mut ledger = Ledger::in_memory().expect("a ledger in memory opens");
    let mut run = run(RunKind::Add, "1");
    for made in made {
        ledger.add(&mut run, &[made.addition()]).expect("a made document is added");
    }
    ledger
}

pub fn entries(ledger: &Ledger) -> Vec<Entry> {
    let numbers = ledger.entry_numbers().expect("entries are listed");
    numbers.into_iter().map(|number| ledger.entry(number).expect("an entry is read")).collect()
}
