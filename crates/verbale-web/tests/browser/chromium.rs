//! A headless Chromium, told what to do over its debugging protocol: JSON in frames of a web socket.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take, on a machine with much else to do.
pub const PATIENCE: Duration = Duration::from_mins(1);

/// How long it may take to close by itself.
const CLOSING: Duration = Duration::from_secs(5);

/// Nothing but the page: no calls home, no dialogues, the same colours everywhere.
const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--no-first-run",
    "--remote-debugging-port=0",
    "about:blank",
];

/// The program with its folder; both go with it, however the test ends.
struct Program {
    process: Child,
    profile: PathBuf,
}

impl Program {
    /// Starts what is there.
    fn start() -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("verbale-browser-{}-{number}", std::process::id()));
        let start = |name| {
            let mut command = Command::new(name);
            command.args(ARGUMENTS).arg(format!("--user-data-dir={}", profile.display()));
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()
        };
        let process = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(start)?;
        Some(Self { process, profile })
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It was asked to close; what it started goes before it does, and no longer writes.
        let began = Instant::now();
        while began.elapsed() < CLOSING && matches!(self.process.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(25));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// A browser with one page.
pub struct Chromium {
    _program: Program,
    socket: BufReader<TcpStream>,
    calls: u64,
    complaints: Vec<String>,
}

impl Chromium {
    /// Starts it; nothing where there is none.
    pub fn start() -> Option<Self> {
        let Some(program) = Program::start() else {
            eprintln!("left out: no chromium on this machine; install it to test the pages in a browser");
            return None;
        };
        // Chromium writes down where it listens.
        let written = program.profile.join("DevToolsActivePort");
        let port = waited(|| std::fs::read_to_string(&written).ok()?.lines().next()?.parse::<u16>().ok());
        let path = waited(|| page(port));
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        .unwrap();
        let mut socket = BufReader::new(stream);
        let mut line = String::new();
        while line != "\r\n" {
            line.clear();
            assert!(
                socket.read_line(&mut line).unwrap() > 0,
                "the browser ended before it was asked anything"
            );
        }
        let mut browser = Self { _program: program, socket, calls: 0, complaints: Vec::new() };
        for domain in ["Page", "DOM", "Runtime", "Log", "Inspector"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// What the pages had to complain of since the last look: errors, refusals of their own rules, the console.
    pub fn complaints(&mut self) -> Vec<String> {
        std::mem::take(&mut self.complaints)
    }

    /// Calls a method that must succeed.
    pub fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.ask(method, parameters)
            .unwrap_or_else(|error| panic!("the browser refuses {method} {parameters}: {error}"))
    }

    /// Calls a method that may fail, as all do while one page goes and the next comes.
    pub fn ask(&mut self, method: &str, parameters: &Value) -> Result<Value, String> {
        self.calls += 1;
        let text = json!({"id": self.calls, "method": method, "params": parameters}).to_string();
        self.socket.get_mut().write_all(&framed(&text)).unwrap();
        loop {
            let mut told = self.frame();
            if told["id"] == self.calls {
                return match told.get("error") {
                    Some(error) => Err(error["message"].as_str().unwrap_or("no reason").to_owned()),
                    None => Ok(told["result"].take()),
                };
            }
            self.hear(&told);
        }
    }

    fn hear(&mut self, told: &Value) {
        let of = &told["params"];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        self.complaints.push(match told["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" => format!("exception: {}", of["exceptionDetails"]),
            "Runtime.consoleAPICalled" => format!("console.{}: {}", text(&of["type"]), of["args"]),
            "Log.entryAdded" => {
                let entry = &of["entry"];
                format!(
                    "{} of {}: {} {}",
                    entry["level"],
                    entry["source"],
                    text(&entry["text"]),
                    entry["url"]
                )
            }
            "Inspector.targetCrashed" => panic!("the page crashed in the browser"),
            _ => return,
        });
    }

    fn frame(&mut self) -> Value {
        let mut head = [0; 2];
        self.take(&mut head);
        assert_ne!(head[0] & 0x0f, 8, "the browser closed the page");
        let mut long = [0; 8];
        let length = match head[1] & 0x7f {
            126 => {
                self.take(&mut long[6..]);
                u64::from_be_bytes(long)
            }
            127 => {
                self.take(&mut long);
                u64::from_be_bytes(long)
            }
            short => u64::from(short),
        };
        let mut text = vec![0; length as usize];
        self.take(&mut text);
        serde_json::from_slice(&text).unwrap_or(Value::Null)
    }

    fn take(&mut self, bytes: &mut [u8]) {
        let read = self.socket.read_exact(bytes);
        read.unwrap_or_else(|error| panic!("no answer of the browser within {PATIENCE:?}: {error}"));
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let close = json!({"id": 0, "method": "Browser.close"}).to_string();
        let _ = self.socket.get_mut().write_all(&framed(&close));
    }
}

/// A text as one frame. Lengths have 7, 16 or 64 bits; a mask of nothing leaves the text as it is.
fn framed(text: &str) -> Vec<u8> {
    let mut frame = vec![0x81];
    match text.len() {
        short @ 0..=125 => frame.push(0x80 | short as u8),
        long @ 126..=0xffff => {
            frame.push(0xfe);
            frame.extend((long as u16).to_be_bytes());
        }
        longer => {
            frame.push(0xff);
            frame.extend((longer as u64).to_be_bytes());
        }
    }
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    frame
}

/// The path of the page's socket.
fn page(port: u16) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    write!(stream, "GET /json HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").ok()?;
    let mut text = String::new();
    // Some versions leave the connection open: what came is enough, if it is whole.
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        text.clear();
        reader.read_line(&mut text).ok()?;
        if let Some(told) = text.to_ascii_lowercase().strip_prefix("content-length:") {
            length = told.trim().parse().ok()?;
        }
        if text == "\r\n" || text.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let pages: Value = serde_json::from_slice(&body).ok()?;
    let page = pages.as_array()?.iter().find(|one| one["type"] == "page")?;
    let address = page["webSocketDebuggerUrl"].as_str()?;
    Some(format!("/{}", address.splitn(4, '/').nth(3)?))
}

fn waited<T>(mut look: impl FnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(began.elapsed() < PATIENCE, "the browser does not start within {PATIENCE:?}");
        std::thread::sleep(Duration::from_millis(50));
    }
}
