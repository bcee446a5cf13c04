//! `verbale report`: one page with everything: verdict, charts, coverage, every event with its sentences, methods.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use verbale::evidence::{Cited, foreign};
use verbale::inquiry::{Inquiry, Reading};
use verbale::knowledge::Knowledge;
use verbale::ledger::store::{Ledger, Seen};
use verbale::measure::{Held, Unit};
use verbale::question::Source;
use verbale_page::chart::happenings;
use verbale_page::{
    Answers, Behind, Evidence, Group, Names, Report, Shown, behind, everywhere, report, words,
};

use super::chart::save;
use super::{Asking, inquiry, names, read_in};
use crate::ending::{Done, say, usage};
use crate::given::Given;
use crate::ledger::asked;

const EXAMPLES: &str = "\
Examples:
  verbale report AFG --between USA,RUS -l verbale.db -o afghanistan.html
  verbale report AFG --between USA,RUS reports/ --published 2025-10-24 -o afghanistan.html
  verbale report Kazakhstan --between RUS,CHN,USA -l verbale.db --from 2022 --by month -o out.html
  verbale report -l verbale.db -o ledger.html              all that a ledger holds

The page needs no network, no script and no other file. Each number links to its events, and each event shows the
sentences it rests on. Print it from a browser, or send it as it is.";

/// Write a page with the verdict, its charts, and all evidence behind it
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Whose policy: an ISO 3166-1 code, or a name. Without it, the page is of all that the ledger holds
    #[arg(value_name = "STATE")]
    state: Option<String>,
    /// Reports to read: files, folders, archives, or - for standard input. Without them, a ledger is asked
    #[arg(value_name = "INPUT", conflicts_with = "ledger")]
    inputs: Vec<PathBuf>,
    /// Between which powers: two codes or names, or more
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    between: Vec<String>,
    #[command(flatten)]
    asking: Asking,
    #[command(flatten)]
    given: Given,
    /// Hold the figure against equal shares, the state's own past before --from, or all other states
    #[arg(long, value_name = "equal|past|others")]
    baseline: Option<Held>,
    /// How long the periods of the trend are: year, quarter or month
    #[arg(long, value_name = "UNIT", default_value = "year")]
    by: Unit,
    /// Show the evidence of so many events at most; figures count all
    #[arg(long, value_name = "N", default_value_t = 1000)]
    events: usize,
    /// The page: a file that ends with .html, or - for standard output
    #[arg(short, long = "output", value_name = "FILE", value_parser = page)]
    output: PathBuf,
}

fn page(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        _ if text == "-" => Ok(path),
        Some("html" | "htm") => Ok(path),
        Some("svg" | "png") => {
            Err("a report is a page: out.html; charts are `verbale balance … -o chart.svg`".to_owned())
        }
        _ => Err("end the name with .html".to_owned()),
    }
}

/// Asks all questions, gathers the evidence, and writes the page.
pub fn run(args: &Args) -> Result<Done> {
    let wanted = args.asking.counting.of(args.state.as_deref().unwrap_or_default(), &args.between)?;
    let (ledger, refused) = if args.inputs.is_empty() {
        (args.asking.open()?, 0)
    } else {
        read_in(&args.inputs, &args.given, |_| Ok(()))?
    };
    let text = match &args.state {
        None if args.between.is_empty() => whole(args, &ledger)?,
        None => {
            return usage(
                "whose policy? Write the state first: verbale report AFG --between USA,RUS -o out.html",
            );
        }
        Some(_) => {
            let inquiry = inquiry(&ledger, wanted, Reading { topics: true, everybody: true })?;
            if args.between.is_empty() {
                return usage(powers_needed(&inquiry));
            }
            answered(args, &ledger, &inquiry)?
        }
    };
    if args.output.as_os_str() == "-" {
        std::io::stdout().lock().write_all(text.as_bytes())?;
    } else {
        save(&args.output, text.as_bytes())?;
        say(&format!("verbale: wrote {}", args.output.display()));
    }
    Ok(Done::refusing(refused))
}

/// Which powers could be meant: the partners with most events.
fn powers_needed(inquiry: &Inquiry) -> String {
    let found = inquiry.network();
    let busiest: Vec<&str> = found.partners.iter().take(3).map(|one| one.code.as_str()).collect();
    let code = &inquiry.own.code;
    if busiest.len() < 2 {
        return format!(
            "between which powers? Write them as in: verbale report {code} --between USA,RUS -o out.html"
        );
    }
    format!(
        "between which powers? {} has most events here with {}: verbale report {code} --between {} -o out.html",
        inquiry.own.shown(),
        words::list(&busiest),
        busiest[..2].join(",")
    )
}

fn answered(args: &Args, ledger: &Ledger, inquiry: &Inquiry) -> Result<String> {
    let question = inquiry.question();
    let mut balance = inquiry.balance(true);
    if let Some(against) = args.baseline {
        asked(inquiry.hold(ledger, &mut balance, against))?;
    }
    let (mut trend, mut network) = (inquiry.trend(args.by), inquiry.network());
    asked(inquiry.put_volume(ledger, &mut trend, &[]))?;
    asked(inquiry.relate(ledger, &Knowledge::embedded(), &mut network, None))?;
    let answers = Answers {
        balance: &balance,
        trend: &trend,
        subjects: &inquiry.topics(),
        network: &network,
        happenings: &happenings(inquiry.events(), &question),
        rules: question.rules,
    };
    let names = names();
    let behind = behind(&names, inquiry.events(), &question, &answers);
    let order: Vec<&str> = inquiry.events().iter().map(|event| event.id.as_str()).collect();
    let mut groups = vec![("Counted in the verdict".to_owned(), balance.events.clone())];
    for (reason, ids) in &balance.apart {
        groups.push((format!("Not counted: {}", words::left_out(*reason)), ids.clone()));
    }
    groups.push((
        "In other figures: other partners, other ways of counting".to_owned(),
        rest(&groups, &behind, &order),
    ));
    let gathered = Gathered::new(ledger, &inquiry.source, &inquiry.own.code, groups, args.events)?;
    let contents = Contents {
        names: &names,
        answers: Some(answers),
        states: &BTreeMap::new(),
        behind: &behind,
        gathered: &gathered,
    };
    written(ledger, &inquiry.source, &contents)
}

/// Events with a figure that are in no group yet, in the ledger's order.
fn rest(groups: &[(String, Vec<String>)], behind: &[Behind], order: &[&str]) -> Vec<String> {
    let known: BTreeSet<&String> = groups.iter().flat_map(|(_, ids)| ids).collect();
    let wanted: BTreeSet<&str> = behind
        .iter()
        .flat_map(|one| &one.events)
        .filter(|id| !known.contains(id))
        .map(String::as_str)
        .collect();
    order.iter().filter(|id| wanted.contains(*id)).map(|id| (*id).to_owned()).collect()
}

/// The page of all that a ledger holds.
fn whole(args: &Args, ledger: &Ledger) -> Result<String> {
    let events = asked(ledger.engagements(Seen::default()))?;
    let states = asked(ledger.sides())?;
    let names = names();
    let ids = events.iter().map(|event| event.id.clone()).collect();
    let gathered =
        Gathered::new(ledger, &Source::Own, "", vec![("All events".to_owned(), ids)], args.events)?;
    let behind = everywhere(&names, &events);
    let contents =
        Contents { names: &names, answers: None, states: &states, behind: &behind, gathered: &gathered };
    written(ledger, &Source::Own, &contents)
}

/// What a page is of.
struct Contents<'a> {
    names: &'a Names,
    answers: Option<Answers<'a>>,
    states: &'a BTreeMap<String, u32>,
    behind: &'a [Behind],
    gathered: &'a Gathered,
}

/// The page, with what every ledger says of itself.
fn written(ledger: &Ledger, source: &Source, contents: &Contents<'_>) -> Result<String> {
    let versions = asked(ledger.coders())?;
    let Contents { names, answers, states, behind, gathered } = *contents;
    if gathered.unshown > 0 {
        say(&format!(
            "verbale: {} events are counted and not shown with their evidence; --events N shows more",
            gathered.unshown
        ));
    }
    Ok(report(&Report {
        names,
        answers,
        states,
        source: source.name(),
        groups: &gathered.groups,
        behind,
        unshown: gathered.unshown,
        coverage: &asked(ledger.coverage())?,
        imports: &asked(ledger.imports())?,
        versions: &versions,
        program: [verbale::VERSION, verbale::knowledge::VERSION],
    }))
}

/// Events with their evidence, as many as are wanted.
struct Gathered {
    groups: Vec<Group>,
    unshown: usize,
}

impl Gathered {
    fn new(
        ledger: &Ledger,
        source: &Source,
        state: &str,
        groups: Vec<(String, Vec<String>)>,
        most: usize,
    ) -> Result<Self> {
        let mut others = match source {
            Source::Own => BTreeMap::new(),
            Source::Import(format) => asked(foreign(ledger, format, state))?,
        };
        let (mut gathered, mut room) = (Self { groups: Vec::new(), unshown: 0 }, most);
        for (title, ids) in groups {
            gathered.unshown += ids.len().saturating_sub(room);
            let mut events = Vec::new();
            for id in ids.into_iter().take(room) {
                let evidence = match source {
                    Source::Own => {
                        let number = asked(ledger.find_entry(&id))?;
                        Evidence::Own(Box::new(asked(ledger.testimony(number))?))
                    }
                    Source::Import(format) => {
                        let Some(Cited { event, address }) = others.remove(&id) else { continue };
                        Evidence::Foreign(format.clone(), Box::new(event), address)
                    }
                };
                events.push(Shown { id, evidence });
            }
            room -= events.len();
            gathered.groups.push(Group { title, events });
        }
        Ok(gathered)
    }
}
