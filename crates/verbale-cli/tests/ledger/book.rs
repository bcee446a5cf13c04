//! A ledger under test: filled by the binary, exported by it, and looked into with SQL.

use std::process::{Child, Command, Stdio};

use rusqlite::Connection;
use serde_json::Value;

use crate::binary::{Folder, Ran, root, with};

/// A ledger in a folder of its own.
pub struct Book {
    pub folder: Folder,
    /// Path of the ledger.
    pub path: String,
}

/// Statements that find what must not be in a ledger, and what that would be.
const WRONG: &[(&str, &str)] = &[
    ("document without coding", "SELECT id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM codings WHERE document = d.n)"),
    (
        "document without its text",
        "SELECT id FROM documents d WHERE retention = 'full' AND NOT EXISTS (SELECT 1 FROM texts WHERE sha256 = d.sha256)",
    ),
    ("text without document", "SELECT sha256 FROM texts t WHERE NOT EXISTS (SELECT 1 FROM documents WHERE sha256 = t.sha256)"),
    ("document twice", "SELECT name FROM documents GROUP BY sha256, title, published, outlet, address HAVING count(*) > 1"),
    (
        "document without company",
        "SELECT id FROM documents d WHERE NOT EXISTS (SELECT 1 FROM documents WHERE n = d.family)
         OR NOT EXISTS (SELECT 1 FROM documents WHERE n = d.story) OR NOT EXISTS (SELECT 1 FROM sketches WHERE document = d.n)",
    ),
    (
        "current telling without entry",
        "SELECT t.n FROM tellings t WHERE current AND NOT EXISTS (SELECT 1 FROM events WHERE n = t.event)",
    ),
    ("old telling in an entry", "SELECT n FROM tellings WHERE NOT current AND event IS NOT NULL"),
    ("entry without telling", "SELECT id FROM events e WHERE NOT EXISTS (SELECT 1 FROM tellings WHERE event = e.n)"),
    (
        "entry that counts other documents",
        "SELECT id FROM events e WHERE documents <> (SELECT count(DISTINCT document) FROM tellings WHERE event = e.n)",
    ),
    ("participant of nothing", "SELECT name FROM participants p WHERE NOT EXISTS (SELECT 1 FROM events WHERE n = p.event)"),
    (
        "claim about no telling",
        "SELECT c.id FROM claims c WHERE telling IS NOT NULL AND NOT EXISTS
         (SELECT 1 FROM tellings t WHERE t.document = c.document AND t.run = c.run AND t.id = c.telling)",
    ),
    ("one-sided link", "SELECT a FROM links l WHERE NOT EXISTS (SELECT 1 FROM links WHERE a = l.b AND b = l.a)"),
    (
        "link of a telling that is gone",
        "SELECT a FROM links WHERE NOT EXISTS (SELECT 1 FROM tellings WHERE n = a AND current)",
    ),
    (
        "one-sided likeness",
        "SELECT a FROM likenesses l WHERE NOT EXISTS (SELECT 1 FROM likenesses WHERE kind = l.kind AND a = l.b AND b = l.a)",
    ),
    (
        "input that counts other documents",
        "SELECT r.n FROM runs r WHERE kind = 'add' AND (SELECT total(stored) FROM inputs WHERE run = r.n)
         < (SELECT count(*) FROM documents WHERE run = r.n)",
    ),
];

impl Book {
    /// One that is not there yet.
    pub fn new() -> Self {
        let folder = Folder::new();
        let path = folder.path("ledger.db");
        Self { folder, path }
    }

    /// One that holds these lines of JSON.
    pub fn of(lines: &str) -> Self {
        let book = Self::new();
        let ran = book.add(&[&book.folder.file("reports.jsonl", lines)]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        book
    }

    /// Runs a command on it.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    /// Runs a command on it with environment variables.
    pub fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        with(&[arguments, &["-l", &self.path]].concat(), b"", environment)
    }

    /// Adds inputs.
    pub fn add(&self, inputs: &[&str]) -> Ran {
        self.run(&[&["add"], inputs].concat())
    }

    /// Starts to add an input, a few documents at a time.
    pub fn start(&self, input: &str) -> Child {
        Command::new(env!("CARGO_BIN_EXE_verbale"))
            .args(["add", input, "-l", &self.path, "--batch", "4"])
            .current_dir(root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Lines of a listing; it must succeed without a word.
    #[track_caller]
    pub fn list(&self, arguments: &[&str]) -> Vec<Value> {
        let ran = self.run(&[arguments, &["-o", "jsonl"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Events, claims and documents, as exported.
    #[track_caller]
    pub fn exports(&self) -> [String; 3] {
        ["events", "claims", "documents"].map(|listing| {
            let ran = self.run(&[listing, "-o", "jsonl"]);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{listing}");
            ran.out
        })
    }

    /// A connection of its own.
    pub fn sql(&self) -> Connection {
        Connection::open(&self.path).unwrap()
    }

    /// Everything that holds in a whole ledger; returns how many documents it has.
    #[track_caller]
    pub fn check(&self) -> usize {
        check(&self.sql())
    }

    /// The same, looked at in a copy: the ledger keeps its write-ahead log as it was left.
    #[track_caller]
    pub fn check_copy(&self) -> usize {
        let copy = self.folder.path("copy.db");
        for end in ["-shm", "-wal", ""] {
            let _ = std::fs::remove_file(format!("{copy}{end}"));
        }
        for end in ["", "-wal"] {
            let from = format!("{}{end}", self.path);
            if std::path::Path::new(&from).exists() {
                std::fs::copy(from, format!("{copy}{end}")).unwrap();
            }
        }
        check(&Connection::open(&copy).unwrap())
    }
}

#[track_caller]
fn check(connection: &Connection) -> usize {
    let words = |statement: &str| -> Vec<String> {
        let mut statement = connection.prepare(statement).unwrap();
        let rows = statement.query_map([], |row| Ok(format!("{:?}", row.get_ref(0)?))).unwrap();
        rows.map(Result::unwrap).collect()
    };
    let whole: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(whole, "ok");
    if words("SELECT name FROM sqlite_schema").is_empty() {
        return 0;
    }
    assert_eq!(words("PRAGMA foreign_key_check"), Vec::<String>::new());
    for (what, statement) in WRONG {
        assert_eq!(words(statement), Vec::<String>::new(), "{what}");
    }
    let documents: u32 =
        connection.query_row("SELECT count(*) FROM documents", [], |row| row.get(0)).unwrap();
    documents as usize
}

/// First difference of two exports, for a message one can read.
#[track_caller]
pub fn same(one: &[String; 3], other: &[String; 3]) {
    for (one, other) in one.iter().zip(other) {
        for (a, b) in one.lines().zip(other.lines()) {
            assert_eq!(a, b);
        }
        assert_eq!(one.lines().count(), other.lines().count());
        assert!(one == other, "line ends differ");
    }
}
