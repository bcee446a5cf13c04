//! The server itself: it listens, gives each connection its limits, and ends without cutting anybody off.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::runtime;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{sleep, timeout};

use crate::audit::log;
use crate::router::router;
use crate::site::Site;

/// Time for the head of a request.
const HEAD_TIME: Duration = Duration::from_secs(15);
/// Bytes of the head of a request.
const HEAD_BYTES: usize = 64 << 10;
/// Connections at once; others wait.
const CONNECTIONS: usize = 512;
/// Time that requests in work have when the server ends.
const GRACE: Duration = Duration::from_secs(10);

/// Why no server runs.
#[derive(Debug)]
pub enum ServeError {
    /// Nothing can be listened to there; the message says what to do.
    Listen(String),
    /// The system gave no thread or socket.
    System(std::io::Error),
}

impl std::fmt::Display for ServeError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Listen(message) => f.write_str(message),
            Self::System(error) => write!(f, "the server cannot run: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Where a server listens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Serving {
    /// The address, with the port that the system chose where 0 was asked for.
    pub address: SocketAddr,
}

/// Listens and answers until the process is told to end (SIGINT, SIGTERM); `ready` is told where.
///
/// # Errors
/// When the port is taken or not allowed.
pub fn serve(site: Site, address: IpAddr, port: u16, ready: impl FnOnce(Serving)) -> Result<(), ServeError> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().build().map_err(ServeError::System)?;
    let ended = runtime.block_on(async {
        let listener = listen(address, port).await?;
        let address = listener.local_addr().map_err(ServeError::System)?;
        let signals = signals().map_err(ServeError::System)?;
        ready(Serving { address });
        let site = Arc::new(site);
        looked_through(Arc::clone(&site));
        until(site, listener, signals).await;
        Ok(())
    });
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended
}

/// Looks the ledger through before anybody asks, so that the first question need not wait for that.
fn looked_through(site: Arc<Site>) {
    let look = move || {
        let looked = site.ledgers.read(|| false, |ledger| site.kept.picture(ledger).map(drop));
        if let Err(error) = looked {
            log(&format!("verbale: the ledger was not looked through: {error}"));
        }
    };
    if let Err(error) = std::thread::Builder::new().name("picture".to_owned()).spawn(look) {
        log(&format!("verbale: no thread to look the ledger through: {error}"));
    }
}

async fn listen(address: IpAddr, port: u16) -> Result<TcpListener, ServeError> {
    TcpListener::bind((address, port)).await.map_err(|error| {
        let place = SocketAddr::new(address, port);
        ServeError::Listen(match error.kind() {
            std::io::ErrorKind::AddrInUse => format!(
                "{place} is taken, perhaps by another verbale serve; end that one, or take another port with \
                 --port {}, or any free one with --port 0",
                port.saturating_add(1)
            ),
            std::io::ErrorKind::PermissionDenied => {
                format!("{place} is not allowed for this user; take a port from 1024 on, such as --port 8080")
            }
            std::io::ErrorKind::AddrNotAvailable => {
                format!("{address} is no address of this machine; take 127.0.0.1, or 0.0.0.0 for all of its addresses")
            }
            _ => format!("{place} cannot be listened to: {error}"),
        })
    })
}

/// Something arrives when the process is told to end.
fn signals() -> std::io::Result<mpsc::Receiver<()>> {
    let (sender, receiver) = mpsc::channel(2);
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        for kind in [SignalKind::interrupt(), SignalKind::terminate()] {
            let mut signal = signal(kind)?;
            let sender = sender.clone();
            tokio::spawn(async move {
                while signal.recv().await.is_some() {
                    let _ = sender.send(()).await;
                }
            });
        }
    }
    #[cfg(not(unix))]
    tokio::spawn(async move {
        while tokio::signal::ctrl_c().await.is_ok() {
            let _ = sender.send(()).await;
        }
    });
    Ok(receiver)
}

/// Answers until something arrives; who is being answered by then has some time left.
async fn until(site: Arc<Site>, listener: TcpListener, mut signals: mpsc::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    either(accept(&site, listener, &graceful), signals.recv()).await;
    log("verbale: ending; what is being answered has some seconds left");
    let second = async { signals.recv().await };
    let _ = timeout(GRACE, either(graceful.shutdown(), second)).await;
}

/// Ends with the first of two.
async fn either<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) {
    let (mut one, mut other) = (std::pin::pin!(one), std::pin::pin!(other));
    std::future::poll_fn(|context| {
        if one.as_mut().poll(context).is_ready() || other.as_mut().poll(context).is_ready() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
}

/// Takes connections one after the other, so many at once.
async fn accept(site: &Arc<Site>, listener: TcpListener, graceful: &GracefulShutdown) {
    let router = router(site);
    let seats = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(seat) = seats.clone().acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                // Out of file handles, most likely: others will be given back.
                log(&format!("verbale: a connection was not taken: {error}"));
                sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let watcher = graceful.watcher();
        tokio::spawn(async move {
            let connection = Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(TokioIo::new(stream), service);
            // Whoever breaks a connection off knows that he did.
            let _ = watcher.watch(connection).await;
            drop(seat);
        });
    }
}
