//! The table of sets: where each lies in the folder of public sets, and who scores it.

use std::path::Path;

use anyhow::Result;
use verbale::World;

use crate::{
    Scored, attribution, confidence, dates, duplicates, engagements, entities, events, extraction, parser,
    places,
};

/// A set and its scorer.
pub struct Set {
    /// Its name on the command line and in the table of scores.
    pub name: &'static str,
    /// Its files, from the folder of public sets; all are needed.
    pub files: &'static [&'static str],
    run: fn(&World, &[&Path]) -> Result<Scored>,
}

const PLV: &str = "gold/events/plv.tsv";
const ENGAGEMENTS: &str = "gold/engagements/engagements-2003-2010.csv";

/// All sets.
pub const SETS: &[Set] = &[
    Set { name: "parser", files: &["train/ud/en_ewt-ud-test.conllu.gz"], run: parser::run },
    Set {
        name: "entities",
        files: &["gold/entities/worldwide-newswire-half.tar.xz", "gold/entities/re3d.tar.xz"],
        run: entities::run,
    },
    Set {
        name: "dates",
        files: &["gold/dates/tempeval3-train.tar.xz", "gold/dates/recognizers-english.tar.xz"],
        run: dates::run,
    },
    Set {
        name: "places",
        files: &["gold/places/lgl.xml.gz", "gold/places/tr-news.xml.gz"],
        run: places::run,
    },
    Set { name: "attribution", files: &["gold/attribution/polnear-train-dev.tar.xz"], run: attribution::run },
    Set { name: "events", files: &[PLV], run: events::run },
    Set { name: "engagements", files: &[ENGAGEMENTS], run: engagements::run },
    Set { name: "confidence", files: &[PLV, ENGAGEMENTS], run: confidence::run },
    Set {
        name: "extraction",
        files: &["gold/extraction/html.tar.xz", "gold/extraction/ground-truth.json"],
        run: extraction::run,
    },
    Set { name: "duplicates", files: &["gold/duplicates/news-cluster-half.tar.xz"], run: duplicates::run },
];

impl Set {
    /// The first of its files that the folder of public sets does not hold.
    pub fn missing(&self, gold: &Path) -> Option<&'static str> {
        self.files.iter().copied().find(|file| !gold.join(file).is_file())
    }

    /// Scores it.
    ///
    /// # Errors
    /// When a file cannot be read or has not the form of the set; the message names it.
    pub fn score(&self, world: &World, gold: &Path) -> Result<Scored> {
        let paths: Vec<_> = self.files.iter().map(|file| gold.join(file)).collect();
        (self.run)(world, &paths.iter().map(std::path::PathBuf::as_path).collect::<Vec<_>>())
    }
}
