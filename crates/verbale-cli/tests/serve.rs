//! `verbale serve` as a process: where it says it is, what it answers, and how it ends.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what is wrong by panicking"
)]

mod binary;

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

use binary::{Folder, verbale};

/// A server that is ended with the test.
struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// `127.0.0.1:PORT`.
    place: String,
}

impl Server {
    fn new(arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_verbale"))
            .arg("serve")
            .args(arguments)
            .current_dir(binary::root())
            .env_remove("VERBALE_TOKEN")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let place = line.trim().strip_prefix("http://").unwrap().trim_end_matches('/').to_owned();
        Self { child, out, place }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.place).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.place).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// Ends it as a service would; gives exit code and what it said.
    fn end(mut self) -> (i32, String, String) {
        let ended = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        assert!(ended.success());
        let code = self.child.wait().unwrap().code().unwrap_or(-1);
        let (mut out, mut err) = (String::new(), String::new());
        self.out.read_to_string(&mut out).unwrap();
        self.child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        (code, out, err)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[cfg(unix)]
fn the_demo_answers_and_ends_when_it_is_told_to() {
    let server = Server::new(&["--demo", "--port", "0"]);
    let answer = server.get("/v1/balance?state=AFG&between=USA,RUS");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(answer.contains("\"verdict\":\"not_enough_evidence\""), "{answer}");
    assert!(server.get("/v1/nothing").starts_with("HTTP/1.1 404"));
    // A client that stays connected does not keep it from ending.
    let _idle = TcpStream::connect(&server.place).unwrap();
    let (code, out, err) = server.end();
    assert_eq!((code, out.as_str()), (0, ""), "{err}");
    assert!(err.contains("Ctrl-C"), "{err}");
}

#[test]
#[cfg(unix)]
fn a_taken_port_and_a_weak_token_are_named() {
    let folder = Folder::new();
    let ledger = folder.path("new.db");
    let server = Server::new(&["-l", &ledger, "--port", "0"]);
    assert!(server.get("/v1/events").ends_with("{\"items\":[],\"next\":null}\n"));
    let port = server.place.rsplit_once(':').unwrap().1.to_owned();
    let second = verbale(&["serve", "-l", &ledger, "--port", &port]);
    assert_eq!(second.code, 2);
    assert!(second.err.contains(&port) && second.err.contains("--port 0"), "{}", second.err);
    let weak = verbale(&["serve", "-l", &ledger, "--address", "0.0.0.0", "--token", "secret"]);
    assert!(weak.code == 2 && weak.err.contains("16"), "{}", weak.err);
    let missing = verbale(&["serve", "-l", &folder.path("missing.db"), "--read-only", "--port", "0"]);
    assert!(missing.code == 2 && missing.err.contains("missing.db"), "{}", missing.err);
}

#[test]
#[cfg(unix)]
fn other_machines_need_the_token_that_is_shown_once() {
    let mut server = Server::new(&["--demo", "--port", "0", "--address", "0.0.0.0"]);
    server.place = server.place.replace("0.0.0.0", "127.0.0.1");
    assert!(server.get("/v1").starts_with("HTTP/1.1 401"));
    let (_, _, err) = server.end();
    let token = err.split("?token=").nth(1).unwrap().split_whitespace().next().unwrap();
    assert_eq!(token.len(), 64);
}
