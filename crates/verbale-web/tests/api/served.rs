//! A site over a ledger of its own, asked without a socket.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use serde_json::Value;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt as _;
use verbale::World;
use verbale::ingest::{Options, Reports, Source};
use verbale::keep::{Keeper, versions};
use verbale::ledger::Retention;
use verbale::ledger::store::{Access, Ledger, OpenRun, RunKind};
use verbale_web::{Audit, DEMO_REPORTS, Guard, Ledgers, Limits, Site, router};

/// What came back.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The JSON of an answer that must be one.
    pub fn fine(&self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        self.json()
    }

    /// The detail of a problem that must be one of this status.
    pub fn problem(&self, status: u16) -> String {
        assert_eq!(
            (self.status.as_u16(), self.header("content-type")),
            (status, "application/problem+json"),
            "{}",
            self.text()
        );
        let problem = self.json();
        assert_eq!(problem["status"], status);
        assert!(problem["type"].as_str().unwrap().starts_with("/problems#"));
        problem["detail"].as_str().unwrap().to_owned()
    }
}

/// One part of a form: its name, the name of its file where it is one, its media type, and what it holds.
pub type Part<'p> = (&'p str, Option<&'p str>, &'p str, &'p [u8]);

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("verbale-web-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// How a site is set up.
#[derive(Default)]
pub struct Setting {
    pub read_only: bool,
    pub token: Option<&'static str>,
    pub hosts: Vec<String>,
    pub limits: Limits,
}

/// A site with its router.
pub struct Served {
    runtime: Runtime,
    router: Router,
    folder: Folder,
}

/// A ledger of the example reports, made once.
static EXAMPLES: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let folder = Folder::new();
    let path = folder.0.join("examples.db");
    let world = World::embedded().unwrap();
    let mut ledger = Ledger::open(&path, Access::Create).unwrap();
    let mut run = OpenRun::new(RunKind::Add, "2025-06-03T00:00:00Z", versions("default", &[]));
    let keeper = Keeper::new(&world, Retention::Full);
    let given = |(name, text): &(&str, &str)| Ok(Source::Given((*name).to_owned(), text.as_bytes().to_vec()));
    for report in Reports::new(DEMO_REPORTS.iter().map(given), Options::default()) {
        let coded = keeper.code("examples", keeper.document(report.unwrap()));
        ledger.add(&mut run, &[coded]).unwrap();
    }
    drop(ledger);
    std::fs::read(path).unwrap()
});

impl Served {
    /// A site over the example reports.
    pub fn examples(setting: Setting) -> Self {
        let folder = Folder::new();
        std::fs::write(folder.0.join("ledger.db"), &*EXAMPLES).unwrap();
        Self::over(folder, setting)
    }

    /// A site over a ledger that is made by `fill`.
    pub fn made(fill: impl FnOnce(&mut Ledger)) -> Self {
        let folder = Folder::new();
        fill(&mut Ledger::open(&folder.0.join("ledger.db"), Access::Create).unwrap());
        Self::over(folder, Setting::default())
    }

    fn over(folder: Folder, setting: Setting) -> Self {
        let Setting { read_only, token, hosts, limits } = setting;
        let ledgers = Ledgers::open(&folder.0.join("ledger.db"), read_only).unwrap();
        let audit = Audit::in_file(&folder.0.join("audit.jsonl")).unwrap();
        let (world, guard) = (World::embedded().unwrap(), Guard::new(hosts, token));
        let site = Site::new(ledgers, world, versions("default", &[]), guard, audit, limits).unwrap();
        let site = Arc::new(site);
        let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        Self { runtime, router: router(&site), folder }
    }

    /// The answers of a server that has just begun over the same ledger.
    pub fn anew(&self, paths: &[&str]) -> Vec<Answer> {
        let ledgers = Ledgers::open(&self.path("ledger.db"), false).unwrap();
        let audit = Audit::in_file(&self.path("audit.jsonl")).unwrap();
        let Setting { token, hosts, limits, .. } = Setting::default();
        let (world, guard) = (World::embedded().unwrap(), Guard::new(hosts, token));
        let site = Site::new(ledgers, world, versions("default", &[]), guard, audit, limits).unwrap();
        let router = router(&Arc::new(site));
        let ask = |path: &&str| {
            let request = Request::builder().uri(*path).header("host", "localhost:8080");
            self.answer(&router, request.body(Body::empty()).unwrap())
        };
        paths.iter().map(ask).collect()
    }

    /// The ledger, as another program opens it.
    pub fn ledger(&self) -> Ledger {
        Ledger::open(&self.path("ledger.db"), Access::Write).unwrap()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        Path::new(&self.folder.0).join(name)
    }

    pub fn ask(&self, request: Request<Body>) -> Answer {
        self.answer(&self.router, request)
    }

    fn answer(&self, router: &Router, request: Request<Body>) -> Answer {
        self.runtime.block_on(async {
            let response = router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let body = to_bytes(body, 64 << 20).await.unwrap().to_vec();
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }

    pub fn with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "localhost:8080");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(body.into()).unwrap())
    }

    pub fn get(&self, path: &str) -> Answer {
        self.with("GET", path, &[], "")
    }

    pub fn post(&self, path: &str, media: &str, body: impl Into<Body>) -> Answer {
        self.with("POST", path, &[("content-type", media)], body)
    }

    /// Sends a form of files, as browsers and `curl -F` do.
    pub fn form(&self, path: &str, headers: &[(&str, &str)], parts: &[Part<'_>]) -> Answer {
        let mut body = Vec::new();
        for (name, file, media, content) in parts {
            let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
            let head = format!("--MARK\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n");
            body.extend(head.bytes());
            if !media.is_empty() {
                body.extend(format!("Content-Type: {media}\r\n").bytes());
            }
            body.extend(b"\r\n".iter().chain(*content).chain(b"\r\n"));
        }
        body.extend(b"--MARK--\r\n");
        let mut all = vec![("content-type", "multipart/form-data; boundary=MARK")];
        all.extend(headers);
        self.with("POST", path, &all, body)
    }

    pub fn rule(&self, ruling: &Value) -> Answer {
        self.post("/v1/reviews", "application/json", ruling.to_string())
    }
}
