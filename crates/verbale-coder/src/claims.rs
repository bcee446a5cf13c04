//! Claims: every attribution of a report, and every telling that the outlet makes in its own voice.

use std::ops::Range;

use verbale_model::{
    Anonymous, Asserter, Claim, ClaimKind, ClaimMode, Confirmation, ConfirmationState, Cue, Modality,
    Polarity, Quote, Status,
};
use verbale_nlp::{SentKind, Token};

use crate::code::Tellings;
use crate::code::attribution::{Attribution, TURN};
use crate::code::modality;
use crate::code::told::Told;
use crate::fuse::Fused;
use crate::narrator;
use crate::resolve::{Actor, Resolved};
use crate::spans::Spans;

/// A claim before it is numbered: where it stands decides its number.
#[derive(Debug, Clone)]
pub struct Made {
    /// The claim, its `id` and `event` still empty.
    pub claim: Claim,
    /// Index of the event it tells of.
    pub event: Option<usize>,
    /// Index of the telling behind it.
    pub telling: Option<usize>,
    /// Its content, in tokens.
    pub content: Range<usize>,
}

/// All claims of a report in text order.
pub fn claims(resolved: &Resolved<'_>, spans: &Spans, tellings: &Tellings, events: &[Fused]) -> Vec<Made> {
    let maker = Maker { resolved, spans, tellings, events };
    let mut made: Vec<Made> = Vec::new();
    let mut spoken = vec![false; tellings.told.len()];
    for attribution in &tellings.attributions {
        let inside = maker.told_in(attribution);
        for at in &inside {
            spoken[*at] = true;
        }
        maker.attributed(attribution, &inside, &mut made);
    }
    for (at, telling) in tellings.told.iter().enumerate() {
        if !spoken[at] {
            made.extend(maker.narrated(at, telling));
        }
    }
    for judgement in narrator::judgements(resolved, &tellings.attributions) {
        made.push(maker.judged(&judgement));
    }
    made.sort_by_key(|made| (made.content.start, made.content.end, made.event));
    made
}

struct Maker<'m> {
    resolved: &'m Resolved<'m>,
    spans: &'m Spans,
    tellings: &'m Tellings,
    events: &'m [Fused],
}

impl Maker<'_> {
    /// The tellings whose trigger lies in the content of an attribution, and of no narrower one.
    fn told_in(&self, attribution: &Attribution) -> Vec<usize> {
        let covers =
            |other: &Attribution, at: usize| other.content.contains(&self.tellings.told[at].trigger.start);
        (0..self.tellings.told.len())
            .filter(|at| covers(attribution, *at))
            .filter(|at| {
                !self
                    .tellings
                    .attributions
                    .iter()
                    .any(|other| other.content.len() < attribution.content.len() && covers(other, *at))
            })
            .collect()
    }

    /// One claim per event told inside, or one without event.
    fn attributed(&self, attribution: &Attribution, inside: &[usize], made: &mut Vec<Made>) {
        let mut events: Vec<(Option<usize>, Option<usize>)> = Vec::new();
        for &at in inside {
            let event = self.event_of(at);
            if event.is_some() && !events.iter().any(|(known, _)| *known == event) {
                events.push((event, Some(at)));
            }
        }
        if events.is_empty() {
            events.push((None, None));
        }
        for (event, telling) in events {
            let told = telling.map(|at| &self.tellings.told[at]);
            let claim = self.attributed_claim(attribution, told);
            made.push(Made { claim, event, telling, content: attribution.content.clone() });
        }
    }

    fn attributed_claim(&self, attribution: &Attribution, told: Option<&Told>) -> Claim {
        let head = attribution.content_head.map(|at| self.resolved.doc.token(at));
        let quote = self.quote(attribution);
        let (polarity, modality, tense) = Self::stance(told, head);
        let denial = self.resolved.doc.span(attribution.cue.clone()).any(|token| {
            matches!(
                token.lemma(),
                "deny" | "denial" | "dispute" | "rebut" | "refute" | "not" | "never" | "n't"
            )
        });
        Claim {
            id: String::new(),
            event: None,
            kind: if narrator::is_relation(self.resolved.doc, attribution.cue.clone()) {
                ClaimKind::Relation
            } else {
                self.kind(told, head, attribution.content.clone())
            },
            asserter: self.asserter(attribution),
            via: attribution.via.clone().map(|range| self.plain_asserter(range)),
            channel: attribution.channel,
            cue: Some(Cue {
                text: self.resolved.doc.slice(attribution.cue.clone()).to_owned(),
                span: self.spans.tokens(self.resolved.doc, attribution.cue.clone()),
            }),
            content: self.spans.tokens(self.resolved.doc, attribution.content.clone()),
            mode: if quote.is_some() { ClaimMode::Quote } else { ClaimMode::Indirect },
            quote,
            polarity: if denial { Polarity::Negated } else { polarity },
            modality: if denial { Modality::Denied } else { modality },
            tense,
            narrator: false,
            rule: attribution.rule.to_owned(),
        }
    }

    /// The outlet tells of an event in its own voice.
    fn narrated(&self, at: usize, telling: &Told) -> Option<Made> {
        let event = self.event_of(at)?;
        let trigger = self.resolved.doc.token(telling.trigger.start);
        let content = self.clause_span(trigger);
        let hedged = telling.modality == Modality::Hedged;
        let claim = Claim {
            id: String::new(),
            event: None,
            kind: ClaimKind::Event,
            asserter: None,
            via: None,
            channel: None,
            cue: None,
            content: self.spans.tokens(self.resolved.doc, content.clone()),
            mode: Self::voice(trigger),
            quote: None,
            polarity: telling.polarity,
            modality: telling.modality,
            tense: telling.tense,
            narrator: hedged,
            rule: telling.rule.clone(),
        };
        Some(Made { claim, event: Some(event), telling: Some(at), content })
    }

    fn judged(&self, judgement: &narrator::Judgement) -> Made {
        let claim = Claim {
            id: String::new(),
            event: None,
            kind: judgement.kind,
            asserter: None,
            via: None,
            channel: None,
            cue: Some(Cue {
                text: self.resolved.doc.slice(judgement.cue.clone()).to_owned(),
                span: self.spans.tokens(self.resolved.doc, judgement.cue.clone()),
            }),
            content: self.spans.tokens(self.resolved.doc, judgement.content.clone()),
            mode: Self::voice(self.resolved.doc.token(judgement.cue.start)),
            quote: None,
            polarity: judgement.polarity,
            modality: judgement.modality,
            tense: modality::tense(self.resolved.doc.token(judgement.cue.start)),
            narrator: judgement.narrator,
            rule: judgement.rule.to_owned(),
        };
        Made { claim, event: None, telling: None, content: judgement.content.clone() }
    }

    fn voice(token: Token<'_>) -> ClaimMode {
        match token.sent().kind() {
            SentKind::Headline => ClaimMode::Headline,
            SentKind::Caption => ClaimMode::Caption,
            _ => ClaimMode::Narration,
        }
    }

    /// The clause around a trigger, without the final stop.
    fn clause_span(&self, trigger: Token<'_>) -> Range<usize> {
        let clause = modality::clause_of(trigger);
        let top = if clause == trigger && !crate::code::tree::is_verbal(trigger) {
            trigger.ancestors().find(|above| crate::code::tree::is_verbal(*above)).unwrap_or(trigger)
        } else {
            clause
        };
        let mut span = top.subtree_span();
        while span.len() > 1
            && self.resolved.doc.token(span.end - 1).text().chars().all(|c| matches!(c, '.' | ',' | ';'))
        {
            span.end -= 1;
        }
        span
    }

    fn event_of(&self, telling: usize) -> Option<usize> {
        self.events.iter().position(|event| event.tellings.contains(&telling))
    }

    fn stance(told: Option<&Told>, head: Option<Token<'_>>) -> (Polarity, Modality, verbale_model::Tense) {
        if let Some(told) = told {
            return (told.polarity, told.modality, told.tense);
        }
        let Some(head) = head else {
            return (Polarity::Affirmed, Modality::Certain, verbale_model::Tense::None);
        };
        let reading = modality::reading(head);
        (reading.polarity, reading.modality, reading.tense)
    }

    fn kind(&self, told: Option<&Told>, head: Option<Token<'_>>, content: Range<usize>) -> ClaimKind {
        if told.is_some() {
            return ClaimKind::Event;
        }
        if narrator::is_relation(self.resolved.doc, content) {
            return ClaimKind::Relation;
        }
        match head {
            Some(head) if head.child(verbale_nlp::Dep::Cop).is_some() => ClaimKind::Attribute,
            _ => ClaimKind::Stance,
        }
    }

    /// The longest quotation in the content, literally; of a transcript the whole turn.
    fn quote(&self, attribution: &Attribution) -> Option<Quote> {
        if attribution.rule == TURN {
            return Some(Quote {
                text: self.resolved.doc.slice(attribution.content.clone()).to_owned(),
                partial: false,
                span: self.spans.tokens(self.resolved.doc, attribution.content.clone()),
            });
        }
        let at =
            attribution.quotes.iter().copied().max_by_key(|at| self.resolved.quotes[*at].tokens.len())?;
        let quote = &self.resolved.quotes[at];
        let doc = self.resolved.doc;
        Some(Quote {
            text: doc.text()[quote.bytes.clone()].to_owned(),
            partial: quote.partial,
            span: self.spans.bytes(quote.bytes.clone()),
        })
    }

    fn asserter(&self, attribution: &Attribution) -> Option<Asserter> {
        let source = attribution.source.clone()?;
        let Some(actor) = attribution.actor.map(|at| &self.tellings.actors[at]) else {
            let mut asserter = self.plain_asserter(source);
            asserter.anonymous = attribution.anonymous;
            return Some(asserter);
        };
        let span = self.spans.tokens(self.resolved.doc, source);
        Some(describe(actor, attribution.anonymous, span))
    }

    fn plain_asserter(&self, range: Range<usize>) -> Asserter {
        let covered = self.resolved.doc.span(range.clone()).find_map(|token| self.resolved.mention_at(token));
        let actor = covered
            .and_then(|at| self.resolved.mentions[at].actors.first())
            .map(|at| &self.tellings.actors[*at]);
        let span = self.spans.tokens(self.resolved.doc, range.clone());
        match actor {
            Some(actor) => describe(actor, None, span),
            None => Asserter {
                name: self.resolved.doc.slice(range).to_owned(),
                entity: None,
                office: None,
                organisation: None,
                side: None,
                anonymous: None,
                span,
            },
        }
    }
}

fn describe(actor: &Actor, anonymous: Option<Anonymous>, span: verbale_model::Span) -> Asserter {
    Asserter {
        name: actor.name.clone(),
        entity: actor.entity.clone(),
        office: actor.office.clone(),
        organisation: actor.organisation.clone(),
        side: actor.side.clone(),
        anonymous,
        span,
    }
}

/// Whose word an event rests on, from its claims and its sides.
pub fn confirmation(event: &Told, actors: &[Actor], claims: &[&Claim]) -> Confirmation {
    let sides: Vec<&String> = event
        .actors()
        .filter_map(|at| actors[at].side.as_ref().or(actors[at].nationality.as_ref()))
        .collect();
    let spoken = |polarity: Polarity| {
        let mut found: Vec<String> = claims
            .iter()
            .filter(|claim| claim.polarity == polarity)
            .filter_map(|claim| claim.asserter.as_ref()?.side.clone())
            .collect();
        found.sort();
        found.dedup();
        found
    };
    let (affirmed, denied) = (spoken(Polarity::Affirmed), spoken(Polarity::Negated));
    let own = |side: &&String| sides.contains(side);
    let mine: Vec<String> = affirmed.iter().filter(own).cloned().collect();
    let against: Vec<String> = denied.iter().filter(own).cloned().collect();
    let narrated =
        claims.iter().any(|claim| claim.asserter.is_none() && claim.polarity == Polarity::Affirmed);
    let told_by_somebody = claims.iter().any(|claim| claim.asserter.is_some());
    let (state, sides) = match (mine.len(), against.len()) {
        (0, 0) if event.status == Status::Denied => (ConfirmationState::Denied, denied),
        (0, 0) if !affirmed.is_empty() || (told_by_somebody && !narrated) => {
            (ConfirmationState::ThirdParty, affirmed)
        }
        (0, 0) => (ConfirmationState::Unattributed, Vec::new()),
        (0, _) if narrated || !affirmed.is_empty() => (ConfirmationState::Conflicting, against),
        (0, _) => (ConfirmationState::Denied, against),
        (_, 0) if mine.len() >= 2 => (ConfirmationState::BothSides, mine),
        (_, 0) => (ConfirmationState::OneSide, mine),
        _ => {
            let mut all = mine;
            all.extend(against);
            all.sort();
            all.dedup();
            (ConfirmationState::Conflicting, all)
        }
    };
    Confirmation { state, sides }
}
