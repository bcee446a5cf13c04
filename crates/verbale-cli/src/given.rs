//! What several commands are given: publication date, knowledge files, naming profile, model.

use std::path::PathBuf;

use anyhow::Result;
use clap::builder::PossibleValuesParser;
use verbale::World;
use verbale::given::{self, GivenError, rename};
use verbale::ingest::is_date;
use verbale::keep::versions;
use verbale::ledger::store::Versions;
use verbale::model::{Record, Report};

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
        match given::world(&self.knowledge, &self.names) {
            Ok(world) => Ok(world),
            Err(GivenError::World(error)) => Err(error.into()),
            Err(error @ GivenError::File(..)) => usage(format!("--knowledge {error}")),
            Err(error @ GivenError::Names(_)) => usage(format!("--names {error}")),
        }
    }

    /// The versions that readings in this world depend on.
    pub fn versions(&self) -> Result<Versions> {
        let file = |path: &PathBuf| Ok((path.display().to_string(), std::fs::read_to_string(path)?));
        let files = self.knowledge.iter().map(file).collect::<Result<Vec<_>>>()?;
        Ok(versions(&self.model.model, &files))
    }

    /// Completes a report with what was given for all of them.
    pub fn complete(&self, report: Report) -> Report {
        given::complete(report, self.published.as_deref(), self.outlet.as_deref())
    }

    /// Codes a report and names everybody as the profile does.
    pub fn read(&self, world: &World, report: &Report) -> Record {
        let mut record = verbale::read(world, report);
        rename(&world.knowledge, &self.names, &mut record);
        record
    }
}
