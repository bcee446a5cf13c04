//! What several commands are given: publication date, knowledge files, naming profile, model.

use std::path::PathBuf;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use verbale::World;
use verbale::ingest::{host, is_date};
use verbale::keep::versions;
use verbale::knowledge::{Knowledge, Overlay};
use verbale::ledger::store::Versions;
use verbale::model::{Asserter, Record, Report};

use crate::ending::usage;

/// The only language model there is.
pub const MODEL: &str = "default";

/// The choice of a language model.
#[derive(clap::Args)]
pub struct Model {
    /// The language model
    #[arg(long, value_name = "NAME", default_value = MODEL, hide_default_value = true)]
    #[arg(value_parser = PossibleValuesParser::new([MODEL]))]
    pub model: String,
}

/// What is known beside the reports.
#[derive(clap::Args)]
pub struct Given {
    /// When the reports were published, for those that do not say: YYYY-MM-DD, YYYY-MM or YYYY
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<String>,
    /// Who published the reports, for those that do not say
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// A file that adds to what verbale knows, or overrides it; see `verbale knowledge check`
    #[arg(long, value_name = "FILE")]
    pub knowledge: Vec<PathBuf>,
    /// How to name what has several names: as-written, un, or a profile of a knowledge file
    #[arg(long, value_name = "PROFILE", default_value = "as-written")]
    pub names: String,
    #[command(flatten)]
    pub model: Model,
}

/// A publication date on the command line.
pub fn date(text: &str) -> Result<String, String> {
    if is_date(text) {
        Ok(text.to_owned())
    } else {
        Err("write the date as YYYY-MM-DD, YYYY-MM or YYYY".to_owned())
    }
}

impl Given {
    /// The world these reports are read in: what is built in, and the user's files upon it.
    pub fn world(&self) -> Result<World> {
        let mut world = World::embedded()?;
        for path in &self.knowledge {
            let overlay = overlay(path)?;
            world.knowledge = world.knowledge.with_overlay(overlay);
        }
        if world.knowledge.has_profile(&self.names) {
            return Ok(world);
        }
        usage(format!(
            "--names {}: there is no naming profile of this name; there are as-written and un, and a knowledge file can add others",
            self.names
        ))
    }

    /// The versions that readings in this world depend on.
    pub fn versions(&self) -> Result<Versions> {
        let file = |path: &PathBuf| Ok((path.display().to_string(), std::fs::read_to_string(path)?));
        let files = self.knowledge.iter().map(file).collect::<Result<Vec<_>>>()?;
        Ok(versions(&self.model.model, &files))
    }

    /// Completes a report with what was given for all of them.
    pub fn complete(&self, mut report: Report) -> Report {
        if report.published.is_none() {
            report.published.clone_from(&self.published);
        }
        if report.outlet.is_none() {
            report.outlet.clone_from(&self.outlet);
        }
        // An outlet that nobody names is called by its address.
        if report.outlet.is_none() {
            report.outlet = report.url.as_deref().map(host).filter(|host| !host.is_empty());
        }
        report
    }

    /// Codes a report and names everybody as the profile does.
    pub fn read(&self, world: &World, report: &Report) -> Record {
        let mut record = verbale::read(world, report);
        rename(&world.knowledge, &self.names, &mut record);
        record
    }
}

fn overlay(path: &PathBuf) -> Result<Overlay> {
    let name = path.display().to_string();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => return usage(format!("--knowledge {name}: it cannot be read: {error}")),
    };
    match Overlay::from_toml(&name, &text) {
        Ok(overlay) => Ok(overlay),
        Err(errors) => {
            let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
            usage(format!("--knowledge {name}: the file cannot be used\n{}", lines.join("\n")))
        }
    }
}

fn rename(knowledge: &Knowledge, profile: &str, record: &mut Record) {
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
