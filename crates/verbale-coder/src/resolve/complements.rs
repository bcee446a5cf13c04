//! What stands behind the head of an office: "of X", "for X", "to X", "at X", one more portfolio, the state behind a comma.

use std::ops::Range;

use verbale_knowledge::{Entity, NameKind};

use super::names::Named;
use super::offices::{LONGEST, Office, Reader};
use super::phrases::{self, Stretch};
use super::words::Complement;

impl Reader<'_> {
    /// Reads "of X", "for X", "to X", "at X" behind the head.
    pub(super) fn after(&self, office: &mut Office, title: &mut Vec<String>) {
        let limit = self.doc.token(office.head).sent().range().end.min(office.tokens.start + LONGEST);
        let mut at = office.tokens.end;
        if at + 1 < limit
            && self.doc.token(at).text() == "-"
            && self.doc.token(at + 1).text().eq_ignore_ascii_case("elect")
        {
            office.designate = true;
            office.tokens.end = at + 2;
            at += 2;
        }
        while at + 1 < limit {
            let case = self.doc.token(at).text().to_lowercase();
            let cased = matches!(case.as_str(), "of" | "for" | "to" | "at" | "in" | "on" | "with" | "from");
            let stretch = phrases::stretch(self.doc, self.names, at + 1, limit, office.plural);
            let taken = if cased {
                !stretch.tokens.is_empty()
                    && (self.take_stretch(office, title, &case, &stretch)
                        || (case == "of" && self.take_chain(office, title, &stretch, limit)))
            } else {
                self.take_portfolio(office, title, &stretch) || self.take_country(office, at)
            };
            if !taken {
                break;
            }
            at = office.tokens.end;
        }
    }

    /// "minister of foreign affairs and public service": one more portfolio after one that the head names.
    fn take_portfolio(&self, office: &mut Office, title: &mut Vec<String>, stretch: &Stretch) -> bool {
        let and = office.tokens.end;
        let range = stretch.tokens.clone();
        let is_and = |at: usize| self.doc.token(at).text().eq_ignore_ascii_case("and");
        let listed =
            self.doc.token(and).text() == "," && range.clone().any(is_and) && self.followed_by_of(&range);
        let joined = (is_and(and) || listed) && range.start == and + 1;
        let portfolio = |at: usize| self.words.is_domain(self.doc.token(at));
        let plain = !range.is_empty()
            && range.clone().all(|at| self.name_at(at).is_none())
            && !range.clone().any(|at| self.words.head_at(self.doc, at).is_some_and(|(_, head)| !head.body));
        let named = and >= 1
            && portfolio(and - 1)
            && plain
            && (portfolio(range.start) || self.followed_by_of(&range));
        if !joined || office.body || !named {
            return false;
        }
        office.tokens.end = range.end;
        title.push(self.doc.slice(and..range.end).to_lowercase());
        true
    }

    /// Whether "of" and a state follow a stretch.
    fn followed_by_of(&self, range: &Range<usize>) -> bool {
        let of = |at: usize| at + 1 < self.doc.len() && self.doc.token(at).text().eq_ignore_ascii_case("of");
        let state = |at: usize| self.name_at(at).is_some_and(|named| named.state(self.knowledge).is_some());
        of(range.end) && (state(range.end + 1) || (range.end + 2 < self.doc.len() && state(range.end + 2)))
    }

    /// "Governor of Piura, Peru", "(deputy prime minister Peru)": the state stands behind a comma, or a closing
    /// bracket tells that it belongs to the office.
    fn take_country(&self, office: &mut Office, at: usize) -> bool {
        let comma = self.doc.token(at).text() == ",";
        let Some(named) = self.name_at(at + usize::from(comma)) else { return false };
        let Some(state) = named.state(self.knowledge).filter(|_| !named.is_adjective()) else { return false };
        let after = (named.tokens.end < self.doc.len()).then(|| self.doc.token(named.tokens.end).text());
        let closed = after.is_none_or(|mark| matches!(mark, ")" | "]"))
            || (comma && office.kind == "governor" && matches!(after, Some("," | "." | ";")));
        if office.body
            || !office.states.is_empty()
            || !closed
            || named.tokens.start != at + usize::from(comma)
        {
            return false;
        }
        office.tokens.end = named.tokens.end;
        add_states(office, vec![state.to_owned()]);
        true
    }

    /// "Secretary of the Political Bureau of the People's Party of X": an institution that nothing is known of leads
    /// to one that is.
    fn take_chain(
        &self,
        office: &mut Office,
        title: &mut Vec<String>,
        stretch: &Stretch,
        limit: usize,
    ) -> bool {
        let range = stretch.tokens.clone();
        let capital = self.doc.token(range.start).text().starts_with(char::is_uppercase);
        let of = range.end + 1 < limit && self.doc.token(range.end).text().eq_ignore_ascii_case("of");
        if !capital || !of {
            return false;
        }
        let next = phrases::stretch(self.doc, self.names, range.end + 1, limit, office.plural);
        if next.tokens.is_empty() || !self.take_stretch(office, title, "of", &next) {
            return false;
        }
        let organisation = self.doc.slice(range).to_owned();
        title.push(format!("of {organisation}"));
        office.organisation.get_or_insert(organisation);
        true
    }

    /// What follows one preposition; false when it does not belong to the office.
    fn take_stretch(
        &self,
        office: &mut Office,
        title: &mut Vec<String>,
        case: &str,
        stretch: &Stretch,
    ) -> bool {
        let range = stretch.tokens.clone();
        let within = |named: &&Named| range.start <= named.tokens.start && named.tokens.end <= range.end;
        let names: Vec<&Named> = self.names.iter().filter(within).collect();
        let sides: Vec<String> = names
            .iter()
            .filter(|n| !n.is_adjective() || self.leads_to_office(n.tokens.end, range.end))
            .filter_map(|n| n.state(self.knowledge))
            .map(str::to_owned)
            .collect();
        let listed = names.iter().find_map(|n| {
            n.readings.iter().find_map(|name| match name.entity {
                entity @ (Entity::Body(_) | Entity::Organisation(_)) => Some(entity),
                _ => None,
            })
        });
        let told = self
            .words
            .head_at(self.doc, office.head + 1 - office.head_len)
            .and_then(|(_, head)| head.complement(case));
        // "the foreign ministries of A and B": what an institution is of is its side; "the foreign ministry in
        // Lusaka": so is the state whose capital it sits in.
        let seated = office.body && case == "in" && names.iter().any(|named| named.is(NameKind::Capital));
        let implied = (case == "of" || seated) && !sides.is_empty();
        let Some(role) = told.or(implied.then_some(Complement::Side)) else {
            return false;
        };
        let serves = matches!(
            role,
            Complement::Side | Complement::Body | Complement::Portfolio | Complement::Principal
        );
        if serves && self.take_body(office, range.clone()) {
            return true;
        }
        if serves && listed.is_some() {
            self.take_listed(office, listed);
            office.tokens.end = range.end;
            return true;
        }
        if serves && !sides.is_empty() && !(case == "in" && role == Complement::Portfolio) {
            add_states(office, sides);
            office.definite = true;
            office.tokens.end = range.end;
            return true;
        }
        let domain = phrases::is_domain_phrase(self.words, self.doc, range.clone());
        let tail = match role {
            Complement::Posted => {
                if sides.is_empty() && listed.is_none() && names.is_empty() {
                    return false;
                }
                office.posting = sides.first().cloned();
                "to"
            }
            Complement::About => case,
            Complement::Portfolio if domain || (names.is_empty() && case != "in") => case,
            Complement::Side | Complement::Body if domain && names.is_empty() => case,
            Complement::Region => case,
            _ => return false,
        };
        office.tokens.end = range.end;
        let placed = office.body && matches!(role, Complement::Posted | Complement::Region);
        if !placed && !office.people {
            title.push(tail.to_owned());
            let text = self.doc.slice(range);
            title.push(if names.is_empty() { text.to_lowercase() } else { text.to_owned() });
        }
        true
    }

    /// "the Peruvian President" as the one whom an adviser serves: the adjective gives the side.
    fn leads_to_office(&self, from: usize, end: usize) -> bool {
        (from..end)
            .any(|at| self.words.head_at(self.doc, at).is_some_and(|(_, head)| !head.body && !head.people))
    }

    /// "at the Ministry of Foreign Affairs", "of the Afghan foreign ministry": an institution as complement.
    fn take_body(&self, office: &mut Office, range: Range<usize>) -> bool {
        let head = range.clone().find(|at| {
            self.name_at(*at).is_none()
                && self.words.head_at(self.doc, *at).is_some_and(|(_, head)| head.body)
        });
        let Some(inner) = head.and_then(|head| self.office(head, range.start)).filter(|inner| inner.body)
        else {
            return false;
        };
        office.tokens.end = inner.tokens.end.max(office.tokens.end);
        office.organisation = inner.organisation;
        office.entity = inner.entity.or(office.entity);
        add_states(office, inner.states);
        true
    }

    fn take_listed(&self, office: &mut Office, listed: Option<Entity>) {
        match listed {
            Some(Entity::Body(id)) => {
                let body = self.knowledge.body(id);
                office.organisation = Some(body.name.to_owned());
                add_states(office, body.state.map(str::to_owned).into_iter().collect());
            }
            Some(Entity::Organisation(id)) => {
                office.organisation = Some(self.knowledge.organisation(id).name.to_owned());
            }
            _ => {}
        }
        office.entity = listed;
        office.definite = true;
    }
}

fn add_states(office: &mut Office, states: Vec<String>) {
    for state in states {
        if !office.states.contains(&state) {
            office.states.push(state);
        }
    }
}
