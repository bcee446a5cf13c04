//! What is known beside the reports: users' files of knowledge, a naming profile, what is said of all reports at once.

use std::path::{Path, PathBuf};

use verbale_knowledge::{Knowledge, Overlay};
use verbale_model::{Asserter, Record, Report};

use crate::ingest::host;
use crate::{World, WorldError};

/// Why a world could not be made as it was wanted.
#[derive(Debug)]
pub enum GivenError {
    /// The built-in data cannot be read.
    World(WorldError),
    /// A file of knowledge cannot be used: its name, and why.
    File(String, String),
    /// There is no naming profile of this name.
    Names(String),
}

impl std::fmt::Display for GivenError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::World(error) => write!(f, "{error}"),
            Self::File(name, why) => write!(f, "{name}: {why}"),
            Self::Names(name) => write!(
                f,
                "{name}: there is no naming profile of this name; there are as-written and un, and a knowledge file can \
                 add others"
            ),
        }
    }
}

impl std::error::Error for GivenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        if let Self::World(error) = self { Some(error) } else { None }
    }
}

/// The world that is built in with these files of knowledge upon it, later ones before earlier ones, and a naming
/// profile that it must have.
///
/// # Errors
/// When a file cannot be used or there is no such profile.
pub fn world(files: &[PathBuf], names: &str) -> Result<World, GivenError> {
    let mut world = World::embedded().map_err(GivenError::World)?;
    for path in files {
        let overlay = overlay(path)?;
        world.knowledge = world.knowledge.with_overlay(overlay);
    }
    if world.knowledge.has_profile(names) { Ok(world) } else { Err(GivenError::Names(names.to_owned())) }
}

fn overlay(path: &Path) -> Result<Overlay, GivenError> {
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return Err(GivenError::File(name, format!("it cannot be read: {error}"))),
    };
    Overlay::from_toml(&name, &text).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
        GivenError::File(name, format!("the file cannot be used\n{}", lines.join("\n")))
    })
}

/// Completes a report with the publication date and outlet that are given for all of them.
pub fn complete(mut report: Report, published: Option<&str>, outlet: Option<&str>) -> Report {
    report.published = report.published.or_else(|| published.map(str::to_owned));
    report.outlet = report.outlet.or_else(|| outlet.map(str::to_owned));
    // An outlet that nobody names is called by its address.
    if report.outlet.is_none() {
        report.outlet = report.url.as_deref().map(host).filter(|host| !host.is_empty());
    }
    report
}

/// Names everybody in a record as a profile does.
pub fn rename(knowledge: &Knowledge, profile: &str, record: &mut Record) {
    let shown = |entity: Option<&str>, name: &mut String| {
        if let Some(entity) = entity {
            *name = knowledge.display_name(profile, entity, name);
        }
    };
    for participant in record.events.iter_mut().flat_map(|event| &mut event.participants) {
        shown(participant.entity.as_deref(), &mut participant.name);
    }
    let asserter = |asserter: &mut Option<Asserter>| {
        if let Some(asserter) = asserter {
            shown(asserter.entity.as_deref(), &mut asserter.name);
        }
    };
    for claim in &mut record.claims {
        asserter(&mut claim.asserter);
        asserter(&mut claim.via);
    }
}
