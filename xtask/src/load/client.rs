//! A connection to the server that stays open, as those of browsers do: one request after the other.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// The connection.
pub struct Client {
    address: SocketAddr,
    stream: Option<BufReader<TcpStream>>,
}

/// An answer.
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body, packed where the server packed it.
    pub body: Vec<u8>,
}

impl Client {
    /// A client of the server at an address; it connects with the first request.
    pub fn new(address: SocketAddr) -> Self {
        Self { address, stream: None }
    }

    /// Asks for a path as browsers do, which take gzip.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nhost: {}\r\naccept-encoding: gzip\r\n\r\n", self.address))
    }

    /// Asks for a path and takes the answer unpacked.
    pub fn plain(&mut self, path: &str) -> Result<Answer> {
        self.ask(&format!("GET {path} HTTP/1.1\r\nhost: {}\r\n\r\n", self.address))
    }

    /// Sends JSON to a path.
    pub fn post(&mut self, path: &str, body: &str) -> Result<Answer> {
        self.ask(&format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn ask(&mut self, request: &str) -> Result<Answer> {
        let mut stream = if let Some(stream) = self.stream.take() {
            stream
        } else {
            let stream = TcpStream::connect(self.address).context("connecting")?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            BufReader::new(stream)
        };
        stream.get_mut().write_all(request.as_bytes())?;
        let (answer, stays) = read(&mut stream)?;
        // After a failure, or where the server closes it, the next request opens a new one.
        self.stream = stays.then_some(stream);
        Ok(answer)
    }
}

/// Reads an answer, and says whether the connection stays open.
fn read(stream: &mut BufReader<TcpStream>) -> Result<(Answer, bool)> {
    let first = line(stream)?;
    let status = first.split(' ').nth(1).and_then(|word| word.parse().ok());
    let status = status.with_context(|| format!("{first:?} is no beginning of an answer"))?;
    let (mut length, mut chunked, mut stays) = (0, false, true);
    loop {
        let line = line(stream)?.to_ascii_lowercase();
        match line.split_once(':').map(|(name, value)| (name, value.trim())) {
            Some(("content-length", value)) => length = value.parse().context("content-length")?,
            Some(("transfer-encoding", value)) => chunked = value == "chunked",
            Some(("connection", value)) => stays = value != "close",
            Some(_) => {}
            None => break,
        }
    }
    let mut body = Vec::new();
    if chunked {
        loop {
            let size = usize::from_str_radix(line(stream)?.trim(), 16).context("size of a chunk")?;
            let from = body.len();
            body.resize(from + size, 0);
            stream.read_exact(&mut body[from..])?;
            line(stream)?;
            if size == 0 {
                break;
            }
        }
    } else {
        body.resize(length, 0);
        stream.read_exact(&mut body)?;
    }
    Ok((Answer { status, body }, stays))
}

fn line(stream: &mut BufReader<TcpStream>) -> Result<String> {
    let mut line = String::new();
    ensure!(stream.read_line(&mut line)? > 0, "the server closed the connection");
    line.truncate(line.trim_end().len());
    Ok(line)
}
