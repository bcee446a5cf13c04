//! The participants of several tellings without doubles.

use verbale_model::{Part, Participant};

use super::compare::{Likeness, likeness};
use super::profile::{Kind, Person, Sort};
use crate::Telling;

/// One participant with the telling that knows most of it.
pub(super) struct United {
    /// The participant, gaps filled from the other tellings.
    pub participant: Participant,
    /// Index of the telling that it came from.
    pub from: usize,
}

struct Group {
    of: Vec<(usize, Person, Participant)>,
}

/// Participants of the tellings, which come in the entry's order.
pub(super) fn participants(tellings: &[&Telling], kind: Kind) -> Vec<United> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, telling) in tellings.iter().enumerate() {
        let mut taken = Vec::new();
        for participant in &telling.event.participants {
            let person = Person::of(participant);
            let home = (0..groups.len())
                .filter(|group| !taken.contains(group))
                .filter_map(|group| Some((fits(&groups[group], &person, kind)?, group)))
                .max_by_key(|(likeness, group)| (*likeness, std::cmp::Reverse(*group)));
            let member = (at, person, participant.clone());
            let group = if let Some((_, group)) = home {
                groups[group].of.push(member);
                group
            } else {
                groups.push(Group { of: vec![member] });
                groups.len() - 1
            };
            taken.push(group);
        }
    }
    absorb(&mut groups, kind);
    groups.into_iter().map(|group| group.united(tellings)).collect()
}

/// How a participant agrees with those who are one already: with the likest, and with nobody else's name.
fn fits(group: &Group, person: &Person, kind: Kind) -> Option<Likeness> {
    let mut best = None;
    for (_, known, _) in &group.of {
        if kind.directed && known.role != person.role {
            return None;
        }
        match likeness(known, person) {
            Some(Likeness::Side)
                if known.sort != person.sort && known.sort.max(person.sort) != Sort::Many => {}
            Some(Likeness::Side) if known.sort != Sort::Many || person.sort != Sort::Many => {}
            Some(likeness) => best = best.max(Some(likeness)),
            None if known.sort == Sort::Many || person.sort == Sort::Many => {}
            None => return None,
        }
    }
    best
}

/// A state or a ministry goes where somebody takes part for its side: a person says more.
fn absorb(groups: &mut Vec<Group>, kind: Kind) {
    let personal = |group: &Group| group.of.iter().any(|(_, person, _)| person.sort != Sort::Many);
    let sides: Vec<_> = groups
        .iter()
        .filter(|group| personal(group))
        .flat_map(|group| group.of.iter().map(|(_, person, _)| (person.code.clone(), person.role)))
        .collect();
    groups.retain(|group| {
        let (_, first, _) = &group.of[0];
        let spoken_for = |(code, role): &(Option<String>, _)| {
            code.is_some() && *code == first.code && (!kind.directed || *role == first.role)
        };
        personal(group) || !sides.iter().any(spoken_for)
    });
}

impl Group {
    fn united(self, tellings: &[&Telling]) -> United {
        // The fullest name and office; the earlier telling where they are alike.
        let worth = |(at, person, participant): &(usize, Person, Participant)| {
            let words = person.name.iter().filter(|word| word.chars().count() > 1).count();
            let office = participant.office.as_ref().map_or(0, String::len);
            (person.sort, words, participant.entity.is_some(), office > 0, office, std::cmp::Reverse(*at))
        };
        let mut of: Vec<_> = self.of.iter().collect();
        of.sort_by_key(|one| std::cmp::Reverse(worth(one)));
        let (from, _, participant) = of[0];
        let mut made = participant.clone();
        for (_, person, other) in &of[1..] {
            if person.sort == Sort::Many {
                continue;
            }
            made.entity = made.entity.or_else(|| other.entity.clone());
            if made.office.is_none() {
                made.office.clone_from(&other.office);
                made.level = other.level.or(made.level);
                made.serving = other.serving.or(made.serving);
                made.sector = other.sector.or(made.sector);
            }
            made.organisation = made.organisation.or_else(|| other.organisation.clone());
            made.side = made.side.or_else(|| other.side.clone());
            made.authority = made.authority.or_else(|| other.authority.clone());
            made.nationality = made.nationality.or_else(|| other.nationality.clone());
            made.serving = made.serving.or(other.serving);
            made.level = made.level.or(other.level);
        }
        if let Some((part, role)) = attested(&self.of, tellings) {
            (made.part, made.role) = (Some(part), role);
        }
        United { participant: made, from: *from }
    }
}

/// The part that most families of documents give; one that says more than "principal" goes first.
fn attested(
    of: &[(usize, Person, Participant)],
    tellings: &[&Telling],
) -> Option<(Part, verbale_model::Role)> {
    let mut told: Vec<(Part, verbale_model::Role, Vec<&str>)> = Vec::new();
    for (at, _, participant) in of {
        let Some(part) = participant.part else { continue };
        let family = tellings[*at].source.family.as_str();
        match told.iter_mut().find(|(known, role, _)| (*known, *role) == (part, participant.role)) {
            Some((.., families)) if families.contains(&family) => {}
            Some((.., families)) => families.push(family),
            None => told.push((part, participant.role, vec![family])),
        }
    }
    let mut best: Option<(Part, verbale_model::Role, usize)> = None;
    for (part, role, families) in told {
        let better = best.is_none_or(|(known, _, count)| {
            (part != Part::Principal, families.len()) > (known != Part::Principal, count)
        });
        if better {
            best = Some((part, role, families.len()));
        }
    }
    best.map(|(part, role, _)| (part, role))
}
