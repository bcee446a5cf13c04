//! The facts of an engagement told in five kinds of prose, none of which shares the set's own phrases.

/// Makes a text of facts.
pub type Teller = fn(&Facts<'_>) -> String;

/// The kinds of prose.
pub const KINDS: &[(&str, Teller)] =
    &[("news lead", lead), ("readout", readout), ("passive", passive), ("nominal", nominal), ("list", list)];

/// Who met whom, and where.
#[derive(Debug, PartialEq, Eq)]
pub struct Facts<'t> {
    leader: &'t str,
    place: String,
    people: Vec<Person<'t>>,
}

#[derive(Debug, PartialEq, Eq)]
struct Person<'t> {
    name: &'t str,
    role: &'t str,
}

impl<'t> Facts<'t> {
    /// Takes a text of the set's own form apart; `None` when it has another.
    pub fn read(text: &'t str) -> Option<Self> {
        let (head, rest) = text.split_once(" and met with the following:")?;
        let (leader, place) = head.split_once(" was in ").or_else(|| head.split_once(" travelled to "))?;
        let place = place.rsplit(", ").next()?.replace(" Municipality", "");
        let people = people(rest.split("Others Attending").next()?);
        (!people.is_empty()).then_some(Self { leader, place, people })
    }

    /// Where it was.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Who was met: names and roles.
    pub fn people(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.people.iter().map(|person| (person.name, person.role))
    }

    fn each(&self, tell: impl Fn(&Person<'t>) -> String) -> Vec<String> {
        self.people.iter().map(tell).collect()
    }
}

impl Person<'_> {
    /// "President of Ruritania Jane Doe".
    fn titled(&self) -> String {
        format!("{} {}", self.role, self.name).trim().to_owned()
    }

    /// "Jane Doe, the President of Ruritania,".
    fn in_apposition(&self) -> String {
        if self.role.is_empty() {
            return self.name.to_owned();
        }
        let article = if self.role.contains(" of ") || !self.role.contains(' ') { "the " } else { "" };
        format!("{}, {article}{},", self.name, self.role)
    }
}

/// `NAME (ROLE), NAME (ROLE (of old))`: names with what stands in the outermost brackets after them.
fn people(text: &str) -> Vec<Person<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((name, after)) = rest.split_once(" (") {
        let Some(end) = closing(after) else { break };
        let name = name.trim_matches([' ', ',']);
        if !name.is_empty() {
            found.push(Person { name, role: after[..end].trim() });
        }
        rest = &after[end + 1..];
    }
    found
}

/// Where the bracket closes that opened before the text.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// "A, B and C".
fn join(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn lead(facts: &Facts<'_>) -> String {
    let people = join(&facts.each(Person::titled));
    format!("{} met {people} in {} on Monday, state media reported.", facts.leader, facts.place)
}

fn readout(facts: &Facts<'_>) -> String {
    let people = join(&facts.each(Person::in_apposition));
    format!(
        "On the same day, {} held talks in {} with {}. The two sides exchanged views on issues of common concern.",
        facts.leader,
        facts.place,
        people.trim_end_matches(',')
    )
}

fn passive(facts: &Facts<'_>) -> String {
    let people = join(&facts.each(Person::in_apposition));
    let were = if facts.people.len() > 1 { "were" } else { "was" };
    format!("{people} {were} received by {} in {}.", facts.leader, facts.place)
}

fn nominal(facts: &Facts<'_>) -> String {
    let people = join(&facts.each(Person::titled));
    format!("A meeting between {} and {people} took place in {}.", facts.leader, facts.place)
}

fn list(facts: &Facts<'_>) -> String {
    format!("{}'s meetings in {}: {}.", facts.leader, facts.place, facts.each(Person::titled).join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_told_again() {
        let text = "Ann Other was in North, Strelsau Municipality and met with the following: \
                    Jane Doe (President of Ruritania), John Roe (Envoy (acting)) Others Attending: Max Moe";
        let facts = Facts::read(text).unwrap();
        assert_eq!(facts.place, "Strelsau");
        assert_eq!(
            passive(&facts),
            "Jane Doe, the President of Ruritania, and John Roe, Envoy (acting), were received by Ann Other in Strelsau."
        );
        assert_eq!(
            list(&facts),
            "Ann Other's meetings in Strelsau: President of Ruritania Jane Doe; Envoy (acting) John Roe."
        );
        assert_eq!(Facts::read("Ann Other sent greetings"), None);
    }
}
