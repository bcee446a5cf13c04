//! Where and through whom somebody speaks: statements, posts, telephones, outlets, spokespeople.

use verbale_model::Channel;
use verbale_nlp::{Dep, Token};

use super::{Attribution, Finder, source};
use crate::code::tree::case_of;

impl Finder<'_> {
    /// Where and through whom: "in a statement", "by telephone", "told the BBC", "through a spokesman".
    pub(super) fn circumstances(&self, verb: Token<'_>, attribution: &mut Attribution) {
        let outside = |token: &Token<'_>| {
            !attribution.content.contains(&token.i()) || attribution.content.contains(&verb.i())
        };
        let mut via = None;
        let mut channel = attribution.channel;
        if matches!(verb.lemma(), "tweet" | "post" | "blog") {
            channel = channel.or(Some(Channel::Statement));
        }
        for child in verb.children().filter(outside) {
            let case = case_of(child);
            let direct = matches!(child.dep(), Dep::Obj | Dep::Iobj);
            if !(direct || child.dep().is_oblique())
                || attribution.source.as_ref().is_some_and(|source| source.contains(&child.i()))
            {
                continue;
            }
            let spoken = child.subtree().find(|part| self.speech.is_phone(part.lemma()));
            if channel.is_none()
                && matches!(case.as_str(), "in" | "on" | "via" | "by" | "over" | "through" | "during")
            {
                if self.speech.is_statement(child.lemma()) || is_platform(child) {
                    channel = Some(Channel::Statement);
                } else if spoken.is_some() {
                    channel = Some(Channel::Phone);
                } else if self.speech.is_letter(child.lemma()) {
                    channel = Some(Channel::Letter);
                }
            }
            let spokesman = matches!(case.as_str(), "through" | "via") && child.pos().is_nominal();
            let listener = direct || matches!(case.as_str(), "to" | "with" | "in" | "on");
            if spokesman && channel != Some(Channel::Statement) {
                via = via.or(Some(source::phrase(self.resolved, child, verb.i())));
            } else if listener {
                let inner = child
                    .children()
                    .filter(|inner| matches!(inner.dep(), Dep::Nmod))
                    .find_map(|inner| source::outlet(self.resolved, self.speech, inner, verb.i()));
                let own = source::outlet(self.resolved, self.speech, child, verb.i());
                via = via.or(own.filter(|_| !is_newsman(child))).or(inner
                    .filter(|_| matches!(child.lemma(), "interview" | "comment" | "remark" | "statement")));
            }
        }
        attribution.via = via;
        attribution.channel = channel;
    }
}

/// "Reporters", "a news conference": the press at large, and no outlet.
fn is_newsman(token: Token<'_>) -> bool {
    matches!(token.lemma(), "reporter" | "journalist" | "conference" | "briefing" | "correspondent")
}

fn is_platform(token: Token<'_>) -> bool {
    matches!(
        token.text().to_lowercase().as_str(),
        "twitter" | "x" | "facebook" | "telegram" | "weibo" | "instagram" | "website" | "media"
    )
}
