//! Fetching from servers that mean no good.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::time::{Duration, Instant};

use super::connect::Checked;
use super::server::{Server, Told, not_found, page, redirect, status};
use super::{Fetched, Guard, Limits, fetch};

/// Limits that make tests short; the port of this server is asked too.
fn limits(server: &Server) -> Limits {
    Limits {
        ports: vec![80, 443, server.address.port()],
        wire_bytes: 100_000,
        total: Duration::from_millis(1500),
        first_byte: Duration::from_millis(800),
        pause: Duration::ZERO,
        ..Limits::default()
    }
}

/// A guard to which this server is `news.example` and counts as public.
fn guard(server: &Server) -> Guard {
    let names = Told::new(&[("news.example", &[server.address])]);
    Guard::with(limits(server), Checked::opened(names, vec![server.address]))
}

fn address(server: &Server, path: &str) -> String {
    format!("http://news.example:{}{path}", server.address.port())
}

fn get(server: &Server, path: &str) -> Result<Fetched, String> {
    fetch(&mut guard(server), &address(server, path)).map_err(|refused| refused.reason)
}

/// What is said of a page that this server should not have given.
fn refused(server: &Server, path: &str) -> String {
    let start = Instant::now();
    let reason = get(server, path).map(|fetched| fetched.bytes.len()).expect_err("it was fetched");
    assert!(start.elapsed() < Duration::from_secs(5), "{path} took {:?}", start.elapsed());
    reason
}

/// A server of one page, given by its whole answer.
fn one(answer: &str) -> Server {
    Server::of(&[("/page", answer.to_owned())])
}

#[track_caller]
fn says(reason: &str, words: &str) {
    assert!(reason.contains(words), "{words:?} is not said: {reason}");
}

#[test]
fn a_page_comes_as_it_is_and_no_more_is_told_than_needed() {
    let server = Server::of(&[
        ("/page?id=1", redirect("/there#part")),
        ("/there", page("Text/HTML; charset=\"Windows-1251\"", "<p>The ministers met.</p>")),
    ]);
    let fetched = get(&server, "/page?id=1#top").unwrap();
    let there = address(&server, "/there");
    assert_eq!((&fetched.url, fetched.asked), (&there, address(&server, "/page?id=1#top")));
    assert_eq!(fetched.redirects, [there]);
    assert_eq!(fetched.content_type.as_deref(), Some("text/html"));
    assert_eq!(fetched.charset.as_deref(), Some("windows-1251"));
    assert_eq!(fetched.bytes, b"<p>The ministers met.</p>");
    assert_eq!(server.paths(), ["/robots.txt", "/page?id=1", "/there"]);
    for head in server.heads() {
        let head = head.to_lowercase();
        says(&head, &format!("user-agent: verbale/{}\n", crate::VERSION));
        says(&head, &format!("host: news.example:{}\n", server.address.port()));
        for header in ["cookie", "referer", "authorization", "origin", "from:"] {
            assert!(!head.contains(header), "{head}");
        }
    }
}

#[test]
fn cookies_are_not_kept() {
    let answer = page("text/plain", "one").replace("\r\n\r\n", "\r\nSet-Cookie: id=1; Path=/\r\n\r\n");
    let server = one(&answer);
    let mut guard = guard(&server);
    for _ in 0..2 {
        fetch(&mut guard, &address(&server, "/page")).unwrap();
    }
    assert!(server.heads().iter().all(|head| !head.to_lowercase().contains("cookie")));
    assert_eq!(server.paths(), ["/robots.txt", "/page", "/page"], "robots.txt is asked for once");
}

#[test]
fn private_addresses_are_not_connected_to() {
    let inner = Server::of(&[("/page", page("text/plain", "secret"))]);
    let port = inner.address.port();
    for host in ["127.0.0.1", "[::ffff:127.0.0.1]", "[::1]", "2130706433", "0x7f.1", "127.0.0.1.", "0"] {
        let asked = format!("http://{host}:{port}/page");
        let guarded = Told::new(&[]);
        let mut guard = Guard::with(limits(&inner), Checked::new(guarded));
        let refused = fetch(&mut guard, &asked).unwrap_err();
        assert_eq!(refused.input, asked);
        says(&refused.reason, "only the public internet");
    }
    assert!(inner.heads().is_empty());
}

#[test]
fn redirects_are_checked_before_anybody_is_connected_to() {
    let inner = Server::of(&[("/page", page("text/plain", "secret"))]);
    for (there, words) in [
        (format!("http://127.0.0.1:{}/page", inner.address.port()), "loopback"),
        (format!("http://[::ffff:7f00:1]:{}/page", inner.address.port()), "IPv4"),
        (format!("http://inner.example:{}/page", inner.address.port()), "inner.example leads to 127.0.0.1"),
        ("http://169.254.169.254/latest/meta-data/".to_owned(), "metadata"),
        ("http://[fd00:ec2::254]/".to_owned(), "metadata"),
        ("//10.0.0.1/".to_owned(), "private"),
        ("http://news.example:22/".to_owned(), "port 22"),
        ("ftp://news.example/".to_owned(), "ftp:"),
        ("file:///etc/hostname".to_owned(), "file:"),
        ("http://name:word@news.example/".to_owned(), "***@news.example"),
        ("http://unknown.example/".to_owned(), "no address is known"),
    ] {
        let server = one(&redirect(&there));
        let mut limits = limits(&server);
        limits.ports.push(inner.address.port());
        let names = Told::new(&[("news.example", &[server.address]), ("inner.example", &[inner.address])]);
        let mut guard = Guard::with(limits, Checked::opened(names, vec![server.address]));
        let refused = fetch(&mut guard, &address(&server, "/page")).unwrap_err();
        says(&refused.reason, words);
        assert!(!refused.reason.contains("word@"), "{}", refused.reason);
    }
    assert!(inner.heads().is_empty());
}

#[test]
fn redirects_have_an_end() {
    let server = one(&redirect("/page"));
    says(&refused(&server, "/page"), "more than 5 times");
    assert_eq!(server.paths().iter().filter(|path| *path == "/page").count(), 6);
}

#[test]
fn a_name_is_looked_up_once_for_each_connection_and_what_was_checked_is_used() {
    let server = one(&page("text/plain", "text"));
    let inner = Server::of(&[("/page", page("text/plain", "secret"))]);
    // The same port, so that nothing but the check stands between the client and the inner address.
    let private = SocketAddr::from(([127, 0, 0, 2], server.address.port()));
    let names = Told::new(&[("news.example", &[server.address, server.address, private])]);
    let lookups = names.lookups();
    let mut guard = Guard::with(limits(&server), Checked::opened(names, vec![server.address]));
    assert_eq!(fetch(&mut guard, &address(&server, "/page")).unwrap().bytes, b"text");
    assert_eq!(lookups.lock().unwrap().len(), 2, "robots.txt and page");
    let refused = fetch(&mut guard, &address(&server, "/page")).unwrap_err();
    says(&refused.reason, "news.example leads to 127.0.0.2, which is a loopback address");
    assert_eq!(server.heads().len(), 2);
    assert!(inner.heads().is_empty());
}

#[test]
fn drips_end_at_the_deadline() {
    let body = Server::new(|path, stream| {
        if path == "/robots.txt" {
            return stream.write_all(not_found().as_bytes());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 90\r\n\r\n")?;
        drip(stream)
    });
    says(&refused(&body, "/page"), "longer than the 1.5 seconds");
    let headers = Server::new(|path, stream| {
        if path == "/robots.txt" {
            return stream.write_all(not_found().as_bytes());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nX: ")?;
        drip(stream)
    });
    says(&refused(&headers, "/page"), "no answer within 0.8 seconds");
    let robots = Server::new(|_, stream| drip(stream));
    says(&refused(&robots, "/page"), "robots.txt could not be read");
}

/// One byte in a tenth of a second, for up to nine seconds.
fn drip(stream: &mut std::net::TcpStream) -> std::io::Result<()> {
    for _ in 0..90 {
        stream.write_all(b"x")?;
        std::thread::sleep(Duration::from_millis(100));
    }
    Ok(())
}

#[test]
fn silence_ends_at_the_deadline() {
    let server = Server::new(|path, stream| {
        if path == "/page" {
            std::thread::sleep(Duration::from_millis(1200));
        }
        stream.write_all(not_found().as_bytes())
    });
    says(&refused(&server, "/page"), "no answer within 0.8 seconds");
}

#[test]
fn packed_pages_are_unpacked_and_bombs_are_not() {
    let packed = |bytes: &[u8]| {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    };
    let (text, bomb) = (packed(b"The ministers met."), packed(&vec![b' '; 16 << 20]));
    let server = Server::new(move |path, stream| {
        let body = match path {
            "/page" => &text,
            "/bomb" => &bomb,
            "/cut" => &text[..text.len() - 9],
            _ => return stream.write_all(not_found().as_bytes()),
        };
        let length = body.len();
        let head = format!("Content-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: {length}");
        stream.write_all(format!("HTTP/1.1 200 OK\r\n{head}\r\n\r\n").as_bytes())?;
        stream.write_all(body)
    });
    assert_eq!(get(&server, "/page").unwrap().bytes, b"The ministers met.");
    says(&refused(&server, "/bomb"), "bombs");
    says(&refused(&server, "/cut"), "damaged");
    assert!(server.heads().iter().all(|head| head.to_lowercase().contains("accept-encoding: gzip\n")));
    let other = one(&page("text/plain\r\nContent-Encoding: br", "x"));
    says(&refused(&other, "/page"), "packed as \"br\"");
}

#[test]
fn lengths_that_lie_hold_nobody_up() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n";
    let too_long = one(&format!("{head}Content-Length: 500\r\n\r\nshort"));
    says(&refused(&too_long, "/page"), "try again later");
    let too_short = one(&format!("{head}Content-Length: 5\r\n\r\nshort and more"));
    assert_eq!(get(&too_short, "/page").unwrap().bytes, b"short");
    let none = one(&format!("{head}\r\nup to the end"));
    assert_eq!(get(&none, "/page").unwrap().bytes, b"up to the end");
    let cut = one(&format!("{head}Transfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nff\r\nand"));
    refused(&cut, "/page");
    for length in ["-1", "5, 6", "99999999999999999999999", "x"] {
        refused(&one(&format!("{head}Content-Length: {length}\r\n\r\nshort")), "/page");
    }
    let left_open = Server::new(|path, stream| {
        if path == "/robots.txt" {
            return stream.write_all(not_found().as_bytes());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort")?;
        std::thread::sleep(Duration::from_secs(2));
        Ok(())
    });
    says(&refused(&left_open, "/page"), "longer than");
}

#[test]
fn large_bodies_are_given_up() {
    let stated = one("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999999999\r\n\r\nx");
    says(&refused(&stated, "/page"), "larger than 97 kB");
    let endless = Server::new(|path, stream| {
        if path == "/robots.txt" {
            return stream.write_all(not_found().as_bytes());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")?;
        (0..10_000).try_for_each(|_| stream.write_all(&[b'x'; 4096]))
    });
    says(&refused(&endless, "/page"), "larger than 97 kB");
}

#[test]
fn endless_headers_are_given_up() {
    let server = Server::new(|path, stream| {
        if path == "/robots.txt" {
            return stream.write_all(not_found().as_bytes());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\n")?;
        (0..100_000).try_for_each(|at| write!(stream, "X-{at}: {}\r\n", "y".repeat(100)))
    });
    refused(&server, "/page");
    let long = format!("HTTP/1.1 200 OK\r\nX: {}\r\nContent-Length: 1\r\n\r\nx", "y".repeat(80_000));
    says(&refused(&one(&long), "/page"), "headers are larger than 64 kB");
    let informed = Server::new(|path, stream| {
        if path == "/robots.txt" {
            return stream.write_all(not_found().as_bytes());
        }
        (0..100_000).try_for_each(|_| stream.write_all(b"HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n"))
    });
    refused(&informed, "/page");
}

#[test]
fn only_reports_are_fetched() {
    for media in ["image/png", "application/zip", "application/octet-stream", "video/mp4", "text/javascript"]
    {
        says(&refused(&one(&page(media, "x")), "/page"), media);
    }
    for media in ["application/xhtml+xml", "application/rss+xml; charset=utf-8", "application/pdf", ""] {
        assert_eq!(get(&one(&page(media, "x")), "/page").unwrap().bytes, b"x", "{media}");
    }
    for code in [204, 206, 304, 403, 404, 500] {
        says(&refused(&one(&status(code)), "/page"), &format!("answers {code}"));
    }
    refused(&one("not HTTP at all\r\n\r\n"), "/page");
    refused(&one(""), "/page");
}

#[test]
fn robots_are_heeded() {
    let ok = || ("/page", page("text/plain", "x"));
    let rules = |rules: &str| ("/robots.txt", page("text/plain", rules));
    let server = Server::of(&[rules("User-agent: verbale\nDisallow: /page\nAllow: /page/open"), ok()]);
    says(&refused(&server, "/page"), "Disallow: /page");
    assert_eq!(server.paths(), ["/robots.txt"]);
    assert!(get(&Server::of(&[rules("User-agent: *\nDisallow: /other"), ok()]), "/page").is_ok());
    for code in [400, 401, 403, 404, 410] {
        assert!(get(&Server::of(&[("/robots.txt", status(code)), ok()]), "/page").is_ok(), "{code}");
    }
    for code in [500, 503] {
        let server = Server::of(&[("/robots.txt", status(code)), ok()]);
        says(
            &refused(&server, "/page"),
            &format!(
                "robots.txt could not be read, and so nothing of it is fetched (the server answers {code})"
            ),
        );
    }
    let led = Server::of(&[
        ("/robots.txt", redirect("/r")),
        ("/r", page("x/y", "User-agent: *\nDisallow: /")),
        ok(),
    ]);
    says(&refused(&led, "/page"), "Disallow: /)");
    let led = Server::of(&[("/robots.txt", redirect("http://169.254.169.254/robots.txt")), ok()]);
    says(&refused(&led, "/page"), "metadata");
    let led = Server::of(&[("/robots.txt", redirect("/robots.txt")), ok()]);
    says(&refused(&led, "/page"), "redirects too often");
    let hidden = Server::of(&[rules("User-agent: *\nDisallow: /hidden"), ("/page", redirect("/hidden"))]);
    says(&refused(&hidden, "/page"), "/hidden: the site's robots.txt asks");
    assert_eq!(hidden.paths(), ["/robots.txt", "/page"]);
}

#[test]
fn hosts_are_asked_at_their_pace() {
    let server = Server::of(&[
        ("/robots.txt", page("text/plain", "User-agent: *\nCrawl-delay: 0.5")),
        ("/page", page("text/plain", "x")),
    ]);
    let mut guard = guard(&server);
    let start = Instant::now();
    for _ in 0..3 {
        fetch(&mut guard, &address(&server, "/page")).unwrap();
    }
    assert!(start.elapsed() >= Duration::from_secs(1), "two pauses of half a second: {:?}", start.elapsed());
}

#[test]
fn a_cipher_is_begun_for_the_name_that_was_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let server = listener.local_addr().unwrap();
    let hello = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut hello = [0; 4096];
        let length = std::io::Read::read(&mut stream, &mut hello).unwrap();
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\nno cipher at all");
        hello[..length].to_vec()
    });
    let limits = Limits { ports: vec![server.port()], pause: Duration::ZERO, ..Limits::default() };
    let names = Told::new(&[("news.example", &[server])]);
    let mut guard = Guard::with(limits, Checked::opened(names, vec![server]));
    let refused = fetch(&mut guard, &format!("https://news.example:{}/", server.port())).unwrap_err();
    says(&refused.reason, "robots.txt could not be read");
    let hello = hello.join().unwrap();
    assert_eq!(hello[0], 22, "a handshake of TLS");
    assert!(hello.windows(12).any(|bytes| bytes == b"news.example"));
}

/// The environment can be set for another process only: this test starts itself there.
#[test]
fn proxies_of_the_environment_are_not_used() {
    let proxy = TcpListener::bind("127.0.0.1:0").unwrap();
    proxy.set_nonblocking(true).unwrap();
    let there = format!("http://{}", proxy.local_addr().unwrap());
    let mut tests = std::process::Command::new(std::env::current_exe().unwrap());
    tests.args(["--exact", "fetch::tests::a_page_comes_as_it_is_and_no_more_is_told_than_needed"]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY", "all_proxy"] {
        tests.env(name, &there);
    }
    let output = tests.env_remove("NO_PROXY").env_remove("no_proxy").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{said}");
    assert!(proxy.accept().is_err(), "the proxy was asked");
}
