//! What every answer says first: whose policy, with whom, under which rules, when, and whose codings were counted.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use verbale_model::Engagement;

use crate::count::Question;
use crate::rules::Rules;

/// First and last day as they were asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The first day, EDTF.
    pub from: Option<String>,
    /// The last day, EDTF.
    pub to: Option<String>,
}

/// The head of an answer; in JSON its fields stand beside those of the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Whose policy.
    pub state: String,
    /// Between whom, or with whom; not given where all partners are asked about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub between: Vec<String>,
    /// Name of the rules.
    pub rules: String,
    /// Hash of what they say.
    pub rules_hash: String,
    /// The days asked about.
    pub window: Window,
    /// Whose coding was counted: `own`, or an import.
    pub source: String,
    /// Sentences about the question (an unknown state, a power named twice, an empty window) and about what a
    /// figure rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub remarks: Vec<String>,
}

impl Head {
    /// Of a question about our own codings, its window not written down yet.
    pub(super) fn of(question: &Question<'_>) -> Self {
        Self {
            state: question.state.to_owned(),
            between: question.partners.to_vec(),
            rules: question.rules.name.clone(),
            rules_hash: question.rules.hash(),
            window: Window::default(),
            source: "own".to_owned(),
            remarks: Vec::new(),
        }
    }

    /// Says and gives which imports weighted figures take for sure, because nobody said how often they are right.
    pub(super) fn remark_on_imports(&mut self, events: &[Engagement], rules: &Rules) -> Vec<String> {
        self.remark_on(events.iter().filter_map(|event| event.source.as_deref()), rules)
    }

    /// The same of the imports that events are of.
    pub(super) fn remark_on<'i>(
        &mut self,
        sources: impl Iterator<Item = &'i str>,
        rules: &Rules,
    ) -> Vec<String> {
        let weights = &rules.weights;
        let known = |import: &&str| weights.imports.contains_key(*import);
        let sure: BTreeSet<&str> = sources.filter(|import| weights.confidence && !known(import)).collect();
        for import in &sure {
            self.remarks.push(format!(
                "{import} comes without a confidence that was measured: weighted figures take its codings for sure, and \
                 their intervals leave out what it codes wrong. Rules of your own can say how often it is right: \
                 [weights.imports] {import} = 0.7"
            ));
        }
        sure.into_iter().map(str::to_owned).collect()
    }
}
