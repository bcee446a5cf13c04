//! Names of states and people, as sets write them, to what the knowledge and the record call them.

use verbale::World;
use verbale::knowledge::{Entity, fold};

/// Countries that sets name apart from the state they are part of.
const PARTS_OF_BRITAIN: &[&str] = &["England", "Scotland", "Wales", "Northern Ireland"];

/// The code of the state that a name stands for.
pub fn state(world: &World, name: &str) -> Option<String> {
    let name = if PARTS_OF_BRITAIN.contains(&name) { "United Kingdom" } else { name };
    world.knowledge.lookup(&fold(name)).into_iter().find_map(|found| match found.entity {
        Entity::State(id) => Some(world.knowledge.state_by_id(id).code.to_string()),
        _ => None,
    })
}

/// The folded words of a name or office.
pub fn folded(text: &str) -> Vec<String> {
    let splits = |c: char| !c.is_alphanumeric();
    fold(text).split(splits).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Whether two names are of one person: all words of the shorter one stand in the longer.
pub fn same_name(one: &str, other: &str) -> bool {
    let (one, other) = (folded(one), folded(other));
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
}
