//! A web server for tests: one connection after another, on this machine alone, answering as badly as it is told to.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use super::connect::Names;

/// A server; dropping it ends it.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// A server that answers a path, and closes the connection.
    pub(super) fn new(
        mut answer: impl FnMut(&str, &mut TcpStream) -> io::Result<()> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (heads, over) = (Arc::new(Mutex::new(Vec::new())), Arc::new(AtomicBool::new(false)));
        let (told, ended) = (Arc::clone(&heads), Arc::clone(&over));
        let thread = std::thread::spawn(move || {
            while let Ok((mut stream, _)) = listener.accept() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
                stream.set_write_timeout(Some(Duration::from_secs(2))).unwrap();
                let head = head(&stream);
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                told.lock().unwrap().push(head);
                // A client that goes away is what many of these tests are about.
                let _ = answer(&path, &mut stream);
            }
        });
        Self { address, heads, over, thread: Some(thread) }
    }

    /// A server of which pages are known by path, whole answers each; others are not found.
    pub(super) fn of(pages: &[(&str, String)]) -> Self {
        let pages: BTreeMap<String, String> =
            pages.iter().map(|(path, answer)| ((*path).to_owned(), answer.clone())).collect();
        Self::new(move |path, stream| {
            let answer = pages.get(path).cloned().unwrap_or_else(not_found);
            stream.write_all(answer.as_bytes())
        })
    }

    /// What was asked so far: whole heads, as they came.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }

    /// The paths that were asked so far.
    pub(super) fn paths(&self) -> Vec<String> {
        self.heads().iter().map(|head| head.split(' ').nth(1).unwrap_or_default().to_owned()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The lines of a request up to the empty one.
fn head(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).fold(String::new(), |head, line| head + &line + "\n")
}

/// A page.
pub(super) fn page(media: &str, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// A redirect.
pub(super) fn redirect(location: &str) -> String {
    format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n")
}

/// An answer without a body.
pub(super) fn status(status: u16) -> String {
    format!("HTTP/1.1 {status} So\r\nContent-Length: 0\r\n\r\n")
}

pub(super) fn not_found() -> String {
    status(404)
}

/// Names with the answers that are given one after another; the last is given again and again.
pub(super) struct Told {
    answers: BTreeMap<String, Vec<SocketAddr>>,
    lookups: Arc<Mutex<Vec<String>>>,
}

impl Told {
    pub(super) fn new(answers: &[(&str, &[SocketAddr])]) -> Self {
        let answers =
            answers.iter().map(|(name, addresses)| ((*name).to_owned(), addresses.to_vec())).collect();
        Self { answers, lookups: Arc::default() }
    }

    /// The names that are looked up.
    pub(super) fn lookups(&self) -> Arc<Mutex<Vec<String>>> {
        Arc::clone(&self.lookups)
    }
}

impl Names for Told {
    fn addresses(&self, name: &str, _: u16) -> io::Result<Vec<SocketAddr>> {
        let mut lookups = self.lookups.lock().unwrap();
        let before = lookups.iter().filter(|before| *before == name).count();
        lookups.push(name.to_owned());
        let answers = self.answers.get(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(vec![answers[before.min(answers.len() - 1)]])
    }
}
