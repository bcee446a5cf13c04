//! A headless Chromium, told what to do over its debugging protocol: JSON in frames of a web socket.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_mins(1);

/// Browsers that were started: each has a profile of its own.
static STARTED: AtomicU32 = AtomicU32::new(0);

/// A browser with one page.
pub struct Chromium {
    process: Child,
    profile: PathBuf,
    socket: BufReader<TcpStream>,
    calls: u64,
    complaints: Vec<String>,
}

impl Chromium {
    /// Starts it; nothing where there is none.
    pub fn start() -> Option<Self> {
        let nth = STARTED.fetch_add(1, Ordering::Relaxed);
        let profile = std::env::temp_dir().join(format!("verbale-browser-{}-{nth}", std::process::id()));
        std::fs::create_dir_all(&profile).unwrap();
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--remote-debugging-port=0",
            "about:blank",
        ];
        let start = |name| {
            let mut command = Command::new(name);
            command.args(arguments).arg(format!("--user-data-dir={}", profile.display()));
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()
        };
        let process = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(start)?;
        // Chromium writes down where it listens.
        let written = profile.join("DevToolsActivePort");
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
            assert!(socket.read_line(&mut line).unwrap() > 0, "the browser ended");
        }
        let mut browser = Self { process, profile, socket, calls: 0, complaints: Vec::new() };
        for domain in ["Page", "Runtime", "Log"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        Some(browser)
    }

    /// Makes the window as large as that, as a telephone where it is narrow.
    pub fn size(&mut self, width: u32, height: u32) {
        let mobile = width < 600;
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile});
        self.call("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Opens an address and waits until it is there.
    pub fn open(&mut self, address: &str) {
        self.run("window.left = true");
        self.call("Page.navigate", &json!({"url": address}));
        self.until("window.left === undefined && document.readyState === 'complete'");
    }

    /// Presses a key.
    pub fn key(&mut self, key: &str, text: &str) {
        let code = if key == "Enter" { 13 } else { 0 };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            self.call(
                "Input.dispatchKeyEvent",
                &json!({"type": kind, "key": key, "text": text, "windowsVirtualKeyCode": code}),
            );
        }
    }

    /// The value of an expression.
    pub fn run(&mut self, expression: &str) -> Value {
        let found = self.call("Runtime.evaluate", &json!({"expression": expression, "returnByValue": true}));
        assert!(found.get("exceptionDetails").is_none(), "{expression}: {found}");
        found["result"]["value"].clone()
    }

    /// The same of one that is a text.
    pub fn text(&mut self, expression: &str) -> String {
        let found = self.run(expression);
        found.as_str().unwrap_or_else(|| panic!("{expression}: {found}")).to_owned()
    }

    /// Waits until an expression holds; while a page changes it may have no value.
    pub fn until(&mut self, expression: &str) {
        let began = Instant::now();
        loop {
            let found =
                self.call("Runtime.evaluate", &json!({"expression": expression, "returnByValue": true}));
            if found["result"]["value"] == true {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "{expression}: {found}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What the pages had to complain of: errors and whatever else is on the console.
    pub fn complaints(&mut self) -> Vec<String> {
        std::mem::take(&mut self.complaints)
    }

    fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.calls += 1;
        let text = json!({"id": self.calls, "method": method, "params": parameters}).to_string();
        let mut frame = vec![0x81];
        match text.len() {
            short @ 0..=125 => frame.push(0x80 | short as u8),
            long => {
                frame.push(0xfe);
                frame.extend((long as u16).to_be_bytes());
            }
        }
        // A mask of nothing leaves the text as it is.
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.socket.get_mut().write_all(&frame).unwrap();
        loop {
            let told = self.frame();
            if told["id"] == self.calls {
                return told["result"].clone();
            }
            let kind = told["method"].as_str().unwrap_or_default();
            if matches!(kind, "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" | "Log.entryAdded") {
                self.complaints.push(told.to_string());
            }
        }
    }

    fn frame(&mut self) -> Value {
        let mut head = [0; 2];
        self.socket.read_exact(&mut head).unwrap();
        let mut long = [0; 8];
        let length = match head[1] & 0x7f {
            126 => {
                self.socket.read_exact(&mut long[6..]).unwrap();
                u64::from_be_bytes(long)
            }
            127 => {
                self.socket.read_exact(&mut long).unwrap();
                u64::from_be_bytes(long)
            }
            short => u64::from(short),
        };
        let mut text = vec![0; length as usize];
        self.socket.read_exact(&mut text).unwrap();
        serde_json::from_slice(&text).unwrap_or(Value::Null)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
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
        assert!(began.elapsed() < PATIENCE, "the browser does not start");
        std::thread::sleep(Duration::from_millis(100));
    }
}
