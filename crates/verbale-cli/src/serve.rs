//! `verbale serve`: the page and the HTTP API over a ledger, until it is told to end.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use verbale_web::{Audit, DEMO_HOME, Guard, Ledgers, Limits, Site, demo, new_token, serve};

use crate::ending::{Done, say, usage};
use crate::given::{Given, MODEL, Model};
use crate::ledger::{asked, now};

/// Where a token may stand, so that it is in no list of commands.
const TOKEN: &str = "VERBALE_TOKEN";

const EXAMPLES: &str = "\
Examples:
  verbale serve -l verbale.db                      then open http://127.0.0.1:8080/
  verbale serve --demo --port 0                    the example reports, in memory, on any free port
  verbale serve -l verbale.db --read-only --audit audit.jsonl
  VERBALE_TOKEN=… verbale serve -l verbale.db --address 0.0.0.0 --host ledger.example.org
  curl -s http://127.0.0.1:8080/v1/events?country=AFG\\&limit=5

The address is written to standard output, on one line. Any address but this machine's own needs a token: yours, or
one that is made and shown once. There is no encryption: put a proxy that has it before the server, and name the host
that it goes by with --host. docs/page.md describes the pages, docs/api.md the API.";

/// Serve a ledger as a page and an HTTP API
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The ledger, a file of its own; made if it is not there
    #[arg(short, long, value_name = "LEDGER", default_value = "verbale.db")]
    ledger: PathBuf,
    /// The example reports, in memory, instead of a ledger
    #[arg(long, conflicts_with = "ledger")]
    demo: bool,
    /// The port to listen on; 0 for any that is free
    #[arg(long, value_name = "PORT", default_value_t = 8080)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    address: IpAddr,
    /// A name that the server goes by, beside localhost and addresses; may be given several times
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Who shows this may ask; better given in the environment, where other users do not see it
    #[arg(long, value_name = "TOKEN")]
    token: Option<String>,
    /// Let nothing be changed
    #[arg(long)]
    read_only: bool,
    /// Note every change here, as lines of JSON, instead of on standard error
    #[arg(long, value_name = "FILE")]
    audit: Option<PathBuf>,
    /// A file that adds to what verbale knows, or overrides it; see `verbale knowledge check`
    #[arg(long, value_name = "FILE")]
    knowledge: Vec<PathBuf>,
}

/// Serves until the process is told to end.
pub fn run(args: &Args) -> Result<Done> {
    let (token, shown) = args.token()?;
    let given = Given {
        published: None,
        outlet: None,
        knowledge: args.knowledge.clone(),
        names: "as-written".to_owned(),
        model: Model { model: MODEL.to_owned() },
    };
    let (world, versions) = (given.world()?, given.versions()?);
    let ledgers = if args.demo {
        Ledgers::memory(asked(demo(&world, versions.clone(), &now()))?, args.read_only)
    } else {
        let new = !args.ledger.exists();
        let ledgers = asked(Ledgers::open(&args.ledger, args.read_only))?;
        if new {
            say(&format!("verbale: {} is a new ledger", args.ledger.display()));
        }
        ledgers
    };
    let audit = match &args.audit {
        Some(path) => {
            Audit::in_file(path).with_context(|| format!("--audit {} cannot be written", path.display()))?
        }
        None => Audit::on_stderr(),
    };
    let guard = Guard::new(args.host.clone(), token.as_deref());
    let mut site = Site::new(ledgers, world, versions, guard, audit, Limits::default())
        .context("the system has no random numbers")?;
    site.home = args.demo.then(|| DEMO_HOME.to_owned());
    let served = serve(site, args.address, args.port, |serving| {
        let address = serving.address;
        if shown {
            let token = token.as_deref().unwrap_or_default();
            say(&format!("verbale: the token is {token}; in a browser open http://{address}/?token={token}"));
        }
        say("verbale: serving; Ctrl-C ends it");
        let mut out = std::io::stdout().lock();
        // Nobody may be reading, which is no reason not to serve.
        let _ = writeln!(out, "http://{address}/").and_then(|()| out.flush());
    });
    match served {
        Err(verbale_web::ServeError::Listen(message)) => usage(message),
        other => {
            other?;
            Ok(Done::All)
        }
    }
}

impl Args {
    /// The token, and whether it is to be shown because it was made here.
    fn token(&self) -> Result<(Option<String>, bool)> {
        let given =
            self.token.clone().or_else(|| std::env::var(TOKEN).ok()).filter(|token| !token.is_empty());
        match given {
            Some(token) if token.len() < 16 || !token.bytes().all(|byte| byte.is_ascii_graphic()) => usage(
                "the token is too easy to guess: take 16 letters, digits or signs at least, without spaces",
            ),
            Some(token) => Ok((Some(token), false)),
            None if self.address.is_loopback() => Ok((None, false)),
            None => Ok((Some(new_token().context("the system has no random numbers")?), true)),
        }
    }
}
