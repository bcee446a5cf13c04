//! A body that a thread writes while the client reads it; who does not read for too long is let go.

use std::io::{Error, ErrorKind, Result, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::Bytes;
use hyper::body::{Body, Frame};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::timeout;

/// Bytes that are sent at once.
const PIECE: usize = 64 << 10;
/// Pieces that wait for the client.
const WAITING: usize = 4;

/// The end that the thread writes to.
pub struct Inlet {
    sender: Sender<Result<Bytes>>,
    piece: Vec<u8>,
    runtime: Handle,
    patience: Duration,
    /// When the answer as a whole has taken too long.
    late: Instant,
}

/// The end that is sent to the client.
pub struct Outlet(Receiver<Result<Bytes>>);

/// Both ends; the writer waits no longer than this for the reader, and writes no longer than that.
pub fn pipe(runtime: Handle, patience: Duration, within: Duration) -> (Inlet, Outlet) {
    let (sender, receiver) = channel(WAITING);
    let late = Instant::now() + within;
    (Inlet { sender, piece: Vec::with_capacity(PIECE), runtime, patience, late }, Outlet(receiver))
}

impl Inlet {
    fn send(&self, piece: Result<Bytes>) -> Result<()> {
        if Instant::now() > self.late {
            return Err(Error::new(ErrorKind::TimedOut, "the answer takes too long"));
        }
        // Here a thread waits that may wait: none of the runtime's own.
        match self.runtime.block_on(async { timeout(self.patience, self.sender.send(piece)).await }) {
            Ok(Ok(())) => Ok(()),
            _ => Err(Error::new(ErrorKind::BrokenPipe, "nobody reads the answer")),
        }
    }

    /// Breaks the answer off, so that the client does not take it for a whole one.
    pub fn fail(&mut self) {
        let _ = self.send(Err(Error::other("the answer broke off")));
    }
}

impl Write for Inlet {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.send(Ok(piece.into()))
    }
}

impl Body for Outlet {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>>>> {
        self.0.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
