//! `verbale parse`: tokens, tags, lemmas, trees and entities as CoNLL-U.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use verbale::ingest::{Options, Refused, Reports, Source, decode, sources};
use verbale::model::Report;
use verbale::nlp::{self, Language, conllu};

use crate::ending::{Done, refuse};
use crate::flow::{self, Input, in_order};
use crate::given::Model;

/// Sentences that one thread tags at a time.
const TOGETHER: usize = 64;

const EXAMPLES: &str = "\
Examples:
  verbale parse report.txt
  verbale parse --gold-tokens en_ewt-ud-test.conllu > system.conllu

The columns are those of Universal Dependencies; entities stand in MISC as NER=B-PERSON.";

/// Write the dependency trees of reports as CoNLL-U
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// A file, a folder, or - for standard input
    #[arg(value_name = "INPUT")]
    input: PathBuf,
    /// INPUT is CoNLL-U: keep its tokens and sentences, and fill the columns from LEMMA to DEPREL
    #[arg(long)]
    gold_tokens: bool,
    #[command(flatten)]
    model: Model,
}

/// Parses reports, or the tokens of a CoNLL-U file.
pub fn run(args: &Args) -> Result<Done> {
    let language = Language::embedded()?;
    flow::threads()?;
    if args.gold_tokens { tokens(&language, &args.input) } else { texts(&language, &args.input) }
}

fn texts(language: &Language, input: &Path) -> Result<Done> {
    let work = |report: Report| {
        let id: String = report.id.chars().map(|c| if c.is_control() { '_' } else { c }).collect();
        let doc = nlp::annotate(language, &report.text);
        let trees = conllu::write(&doc).replace(|c: char| c.is_control() && c != '\n' && c != '\t', "_");
        Ok(format!("# newdoc id = {id}\n{trees}"))
    };
    print(Reports::new(sources(input), Options::default()), work)
}

fn tokens(language: &Language, input: &Path) -> Result<Done> {
    let text = match load(input) {
        Ok(text) => text,
        Err(left_out) => {
            refuse(&left_out);
            return Ok(Done::Some);
        }
    };
    let name = input.display().to_string();
    let work = |part: Sentences| {
        conllu::retag(language, part.text).map_err(|mut error| {
            error.line += part.before;
            Refused { input: name.clone(), reason: error.to_string() }
        })
    };
    print(parts(&name, &text).map(Ok), work)
}

fn print<T: Input + Send>(
    inputs: impl Iterator<Item = Result<T, Refused>>,
    work: impl Fn(T) -> Result<String, Refused> + Sync,
) -> Result<Done> {
    let mut out = std::io::stdout().lock();
    let mut refused = 0;
    in_order(inputs, work, |page| {
        match page {
            Ok(page) => out.write_all(page.as_bytes())?,
            Err(left_out) => {
                refused += 1;
                refuse(&left_out);
            }
        }
        Ok(())
    })?;
    Ok(Done::refusing(refused))
}

/// The text of a CoNLL-U file, or of standard input.
fn load(input: &Path) -> Result<String, Refused> {
    let source = if input == Path::new("-") { Source::Stdin } else { Source::File(input.to_owned()) };
    let bytes = match &source {
        Source::Stdin => {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut std::io::stdin().lock(), &mut bytes).map(|_| bytes)
        }
        Source::File(path) | Source::InFolder(path) => std::fs::read(path),
        Source::Fetched(page, _) => Ok(page.bytes.clone()),
        Source::Given(_, bytes) => Ok(bytes.clone()),
    };
    let bytes = bytes.map_err(|error| source.refuse(format!("it cannot be read: {error}")))?;
    let text = decode(bytes).map_err(|error| source.refuse(error.to_string()))?.text;
    if text.trim().is_empty() {
        Err(source.refuse("it is empty: there is nothing to parse"))
    } else {
        Ok(text)
    }
}

/// Some whole sentences of a CoNLL-U file.
#[derive(Debug)]
struct Sentences<'t> {
    name: &'t str,
    text: &'t str,
    /// Lines of the file before them.
    before: usize,
}

impl Input for Sentences<'_> {
    fn name(&self) -> String {
        format!("{}, after line {}", self.name, self.before)
    }

    fn size(&self) -> usize {
        self.text.len()
    }
}

/// A file in parts of whole sentences.
fn parts<'t>(name: &'t str, text: &'t str) -> impl Iterator<Item = Sentences<'t>> {
    let (mut rest, mut before) = (text, 0);
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (mut end, mut lines, mut sentences) = (0, 0, 0);
        for line in rest.split_inclusive('\n') {
            end += line.len();
            lines += 1;
            sentences += usize::from(line.trim().is_empty());
            if sentences == TOGETHER {
                break;
            }
        }
        let part = Sentences { name, text: &rest[..end], before };
        (rest, before) = (&rest[end..], before + lines);
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn parts_are_the_whole() {
        let text = "1\ta\n2\tb\n\n".repeat(150) + "1\tlast";
        let parts: Vec<_> = super::parts("x", &text).collect();
        assert_eq!(parts.iter().map(|part| part.text).collect::<String>(), text);
        assert_eq!(parts.iter().map(|part| part.before).collect::<Vec<_>>(), [0, 192, 384]);
    }
}
