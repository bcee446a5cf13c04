//! Connections: a name is looked up once, its addresses are checked, and what was checked is connected to.

use std::io;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{Connector, NextTimeout, RustlsConnector, TcpConnector};
use ureq::{Agent, Error, Timeout};

use super::Limits;
use super::ranges::refusal;

/// Most addresses of one name that are tried.
const MOST: usize = 8;

/// Who knows the addresses of names.
pub(super) trait Names: Send + Sync + 'static {
    /// All addresses of a name.
    ///
    /// # Errors
    /// When the name is not known, or nobody can be asked.
    fn addresses(&self, name: &str, port: u16) -> io::Result<Vec<SocketAddr>>;
}

/// The operating system's resolver.
pub(super) struct SystemNames;

impl Names for SystemNames {
    fn addresses(&self, name: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        Ok((name, port).to_socket_addrs()?.collect())
    }
}

/// A connection that was refused before it was made, and why.
#[derive(Debug)]
pub(super) struct Barred(String);

impl std::fmt::Display for Barred {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Barred {}

/// The only way from a name to a socket. The client asks it once for each connection and connects to what it
/// returns, so that a name cannot lead elsewhere between check and connection (DNS rebinding).
pub(super) struct Checked {
    names: Arc<dyn Names>,
    /// Sockets of test servers, which have no public address.
    #[cfg(test)]
    opened: Vec<SocketAddr>,
}

impl Checked {
    pub(super) fn new(names: impl Names) -> Self {
        Self {
            names: Arc::new(names),
            #[cfg(test)]
            opened: Vec::new(),
        }
    }

    #[cfg(test)]
    pub(super) fn opened(names: impl Names, opened: Vec<SocketAddr>) -> Self {
        Self { names: Arc::new(names), opened }
    }

    #[cfg_attr(not(test), expect(clippy::unused_self, reason = "tests open some addresses"))]
    fn refusal(&self, address: SocketAddr) -> Option<&'static str> {
        #[cfg(test)]
        if self.opened.contains(&address) {
            return None;
        }
        refusal(address.ip())
    }

    /// Addresses of a name; the lookup cannot be broken off, so it is left behind when its time is over.
    fn look_up(&self, name: &str, port: u16, timeout: Duration) -> Result<Vec<SocketAddr>, Error> {
        let (send, receive) = mpsc::sync_channel(1);
        let (names, asked) = (Arc::clone(&self.names), name.to_owned());
        std::thread::Builder::new().spawn(move || send.send(names.addresses(&asked, port)).ok())?;
        match receive.recv_timeout(timeout) {
            Ok(Ok(addresses)) if !addresses.is_empty() => Ok(addresses),
            Ok(_) => {
                let reason = format!("no address is known for {name}; check its spelling and the network");
                Err(barred(reason))
            }
            Err(_) => Err(Error::Timeout(Timeout::Resolve)),
        }
    }
}

fn barred(reason: String) -> Error {
    Error::Other(Box::new(Barred(reason)))
}

impl std::fmt::Debug for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Checked")
    }
}

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &Uri,
        _: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default();
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        let found = match literal {
            Ok(address) => vec![SocketAddr::new(address, port)],
            Err(_) => self.look_up(host, port, *timeout.after)?,
        };
        let mut checked = self.empty();
        for address in found {
            // One bad address among good ones is a name that is not to be trusted.
            if let Some(what) = self.refusal(address) {
                let (ip, asked) =
                    (address.ip(), "only the public internet is asked; save the page and add the file");
                return Err(barred(if literal.is_ok() {
                    format!("{ip} is {what}, and {asked}")
                } else {
                    format!("{host} leads to {ip}, which is {what}, and {asked}")
                }));
            }
            if checked.len() < MOST {
                checked.push(address);
            }
        }
        Ok(checked)
    }
}

/// The HTTP client: no proxy, no cookies, no redirects of its own, no connection kept, certificates checked against
/// Mozilla's roots.
pub(super) fn agent(limits: &Limits, names: Checked) -> Agent {
    let config = Agent::config_builder()
        // The builder reads HTTP_PROXY and the like: a proxy would choose the address in our place.
        .proxy(None)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_idle_connections(0)
        .max_response_header_size(limits.header_bytes)
        .user_agent(user_agent())
        .accept("text/html, application/xhtml+xml, application/xml, text/plain, application/pdf, application/json")
        .accept_encoding("gzip")
        .timeout_global(Some(limits.total))
        .timeout_connect(Some(limits.first_byte))
        .timeout_recv_response(Some(limits.first_byte))
        .build();
    // Without the default chain's steps for proxies.
    let connector = ().chain(TcpConnector::default()).chain(RustlsConnector::default());
    Agent::with_parts(config, connector, names)
}

/// Who asks.
pub(super) fn user_agent() -> String {
    format!("{}/{}", super::robots::TOKEN, crate::VERSION)
}
