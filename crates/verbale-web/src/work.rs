//! One call at work: on a thread that may wait, within its time, with its mark, compressed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Response, StatusCode};
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use tokio::sync::oneshot::{self, Sender};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;
use verbale::ledger::LedgerError;
use verbale::ledger::store::Ledger;

use crate::audit::log;
use crate::call::{Call, Run};
use crate::cursor::hex;
use crate::pipe::{Inlet, pipe};
use crate::problem::Problem;
use crate::reply::{Content, Head, Reply, pack, pour};
use crate::site::Site;

/// Stack of a thread that reads reports: a sentence of a megabyte has a deep tree.
const STACK: usize = 64 << 20;

/// What a client said of an answer that it has, and of how it takes a new one.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// Marks of answers that it has: `If-None-Match`.
    pub has: Option<String>,
    /// Whether it takes gzip.
    pub gzip: bool,
}

/// Sets the flag when nobody waits any more: the answer is there, the time is over, or the client has gone.
struct Waiting(Arc<AtomicBool>, bool);

impl Drop for Waiting {
    fn drop(&mut self) {
        if self.1 {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// Runs a call and gives the response.
pub async fn work(call: Call, client: Client) -> Response<Body> {
    let site = call.site.clone();
    let (within, seats) = match call.endpoint.run {
        Run::Still(_) | Run::Read(_) => (site.limits.asking, &site.reading),
        Run::Work(_) | Run::Change(_) => (site.limits.changing, &site.working),
    };
    let began = Instant::now();
    let seat = match seat(&site, &call, seats, within).await {
        Ok(seat) => seat,
        Err(problem) => return problem.response(),
    };
    let mut waiting = Waiting(call.stop.clone(), true);
    let (sender, answer) = oneshot::channel();
    let runtime = Handle::current();
    let name = format!("{} {}", call.endpoint.method(), call.endpoint.path);
    let job = Job { call, client, runtime, sender };
    let thread = std::thread::Builder::new().name("answer".to_owned()).stack_size(STACK);
    if let Err(error) = thread.spawn(move || job.run()) {
        log(&format!("verbale: no thread for {name}: {error}"));
        return Problem::new("busy", "the server has no thread left; try again in a few seconds").response();
    }
    let left = within.saturating_sub(began.elapsed());
    let response = match timeout(left, answer).await {
        Ok(Ok(response)) => {
            waiting.1 = false;
            response
        }
        Ok(Err(_)) => Problem::failed().response(),
        Err(_) => Problem::slow().response(),
    };
    drop(seat);
    response
}

/// A seat among the threads, as soon as one is free.
async fn seat<'s>(
    site: &'s Site,
    call: &Call,
    seats: &'s Semaphore,
    within: Duration,
) -> Result<SemaphorePermit<'s>, Problem> {
    let busy = || Problem::new("busy", "too many others ask at the moment; try again in a few seconds");
    if matches!(call.endpoint.run, Run::Change(_)) && site.ledgers.read_only() {
        return Err(Problem::new(
            "read-only",
            "the server was started with --read-only: nothing can be changed here",
        ));
    }
    match timeout(within, seats.acquire()).await {
        Ok(Ok(seat)) => Ok(seat),
        _ => Err(busy()),
    }
}

/// A call with all that its thread needs.
struct Job {
    call: Call,
    client: Client,
    runtime: Handle,
    sender: Sender<Response<Body>>,
}

impl Job {
    fn run(self) {
        let Self { call, client, runtime, sender } = self;
        let name = format!("{} {}", call.endpoint.method(), call.endpoint.path);
        let mut answer = Answer { call: &call, client: &client, runtime, sender: Some(sender) };
        let done = catch_unwind(AssertUnwindSafe(|| answer.make()));
        let problem = match done {
            Ok(Ok(())) => return,
            Ok(Err(problem)) => problem,
            Err(_) => {
                log(&format!("verbale: {name} failed; this is a mistake in verbale, please report it"));
                Problem::failed()
            }
        };
        answer.send(problem.response());
    }
}

/// An answer in the making.
struct Answer<'c> {
    call: &'c Call,
    client: &'c Client,
    runtime: Handle,
    /// To whoever waits; taken once the response is on its way.
    sender: Option<Sender<Response<Body>>>,
}

/// Either what the ledger said or what a handler made of it.
enum Failed {
    Ledger(LedgerError),
    Handler(Problem),
}

impl From<LedgerError> for Failed {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl Answer<'_> {
    fn send(&mut self, response: Response<Body>) {
        if let Some(sender) = self.sender.take() {
            let _ = sender.send(response);
        }
    }

    fn make(&mut self) -> Result<(), Problem> {
        let call = self.call;
        match call.endpoint.run {
            Run::Still(run) => {
                let tag = self.tag([0, 0]);
                if self.is_known(&tag) {
                    return Ok(());
                }
                let reply = run(call)?;
                self.finish(reply, Some(tag));
                Ok(())
            }
            Run::Work(run) | Run::Change(run) => {
                let reply = run(call)?;
                self.finish(reply, None);
                Ok(())
            }
            Run::Read(run) => {
                // The mark is older than what is read, never newer: at worst the client asks once more.
                let mark = call.site.ledgers.mark().map_err(|error| Problem::asking(&error))?;
                let tag = self.tag(mark);
                if self.is_known(&tag) {
                    return Ok(());
                }
                let site = call.site.clone();
                let read = site.ledgers.read(call.stopper(), |ledger| {
                    let reply = run(call, ledger).map_err(Failed::Handler)?;
                    self.give(ledger, reply, tag)
                });
                read.map_err(|failed| match failed {
                    Failed::Ledger(error) => Problem::asking(&error),
                    Failed::Handler(problem) => problem,
                })
            }
        }
    }

    /// The mark of an answer: of this run of the server, this state of the ledger, this question and format.
    fn tag(&self, mark: [i64; 2]) -> String {
        let call = self.call;
        let mut digest = Sha256::new();
        let question = format!("{mark:?}{:?}{:?}", call.path, call.format);
        for part in [call.site.run.as_str(), call.endpoint.path, question.as_str()] {
            digest.update(part.as_bytes());
            digest.update([0]);
        }
        digest.update(call.query.without(&[]).as_bytes());
        format!("W/\"{}\"", hex(&digest.finalize()[..8]))
    }

    /// Whether the client has this answer; then it is told so.
    fn is_known(&mut self, tag: &str) -> bool {
        let bare = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
        let known = self
            .client
            .has
            .as_ref()
            .is_some_and(|has| has.trim() == "*" || has.split(',').any(|one| bare(one) == bare(tag)));
        if known {
            let mut head = Reply::whole("application/json", Vec::new()).head;
            head.status = StatusCode::NOT_MODIFIED;
            head.tag = Some(tag.to_owned());
            let mut response = head.response(Body::empty());
            response.headers_mut().remove(axum::http::header::CONTENT_TYPE);
            self.send(response);
        }
        known
    }

    /// Sends an answer that is there.
    fn finish(&mut self, reply: Reply, tag: Option<String>) {
        let Reply { mut head, body } = reply;
        head.tag = tag;
        if let Content::Whole(body) = body {
            let (body, packed) = if self.client.gzip { pack(body) } else { (body, false) };
            head.packed = packed;
            self.send(head.response(Body::from(body)));
        }
    }

    /// Sends an answer, and rows while they are read.
    fn give(&mut self, ledger: &Ledger, reply: Reply, tag: String) -> Result<(), Failed> {
        let rows = match reply.body {
            Content::Whole(_) => {
                self.finish(reply, Some(tag));
                return Ok(());
            }
            Content::Rows(rows) => rows,
        };
        let site = self.call.site.clone();
        let Ok(_seat) = site.pouring.try_acquire() else {
            let busy =
                "others are fetching whole listings; try again in a while, or page by page with limit=";
            return Err(Failed::Handler(Problem::new("busy", busy)));
        };
        let limits = site.limits;
        let packed = self.client.gzip && !self.call.format.is_packed();
        let head = Head { tag: Some(tag), packed, ..reply.head };
        let (mut inlet, outlet) = pipe(self.runtime.clone(), limits.unread, limits.pouring);
        self.send(head.response(Body::new(outlet)));
        if let Err(error) = pour(rows, ledger, &mut inlet, packed) {
            break_off(&mut inlet, &error);
        }
        Ok(())
    }
}

/// The status has gone out already: the answer ends without its end, and the log says why.
fn break_off(inlet: &mut Inlet, error: &LedgerError) {
    if !matches!(error, LedgerError::Io(_)) {
        log(&format!("verbale: a listing broke off: {error}"));
    }
    inlet.fail();
}
