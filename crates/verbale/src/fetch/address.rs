//! Addresses: which may be asked for at all, before anybody is asked.

use url::{Host, Url};

/// Longest address, in bytes.
const LONGEST: usize = 4096;

/// Whether an input is an address (`https://…`, and those that are refused, such as `ftp://…`) and not a path.
pub fn is_address(input: &str) -> bool {
    let Some((scheme, rest)) = input.trim_start().split_once(':') else { return false };
    let letters = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    // One letter is the drive of a path.
    let is_scheme = scheme.len() > 1 && letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let known =
        ["http", "https", "ftp", "file", "data"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    is_scheme && (rest.starts_with("//") || known && !rest.is_empty())
}

/// An address in one spelling: decimal, octal and hexadecimal numbers for a host as the IPv4 address that they stand
/// for, other scripts in ASCII (UTS 46), without final dot, port of the scheme and fragment.
///
/// # Errors
/// The reason, and what to do, when nothing may be fetched from there whatever it resolves to.
pub(super) fn parse(input: &str, ports: &[u16]) -> Result<Url, String> {
    let input = input.trim();
    if input.len() > LONGEST {
        return Err(format!("the address is longer than {LONGEST} bytes; give the short form of it"));
    }
    if input.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(
            "the address holds spaces, controls or backslashes; write them as %20 and so on".to_owned()
        );
    }
    let url = Url::parse(input)
        .map_err(|error| format!("it is no address ({error}); write it like https://www.example.org/page"))?;
    admit(url, ports)
}

/// Where a redirect leads from `from`, relative addresses included.
///
/// # Errors
/// The reason when the redirect is not followed.
pub(super) fn next(from: &Url, location: &str, ports: &[u16]) -> Result<Url, String> {
    let joined =
        from.join(location).map_err(|error| format!("it redirects to what is no address ({error})"))?;
    if from.scheme() == "https" && joined.scheme() == "http" {
        return Err(format!(
            "it redirects from https to {}, which anybody on the way can change; if you trust it, give that address",
            shown(joined.as_str())
        ));
    }
    parse(joined.as_str(), ports)
        .map_err(|reason| format!("it redirects to {}: {reason}", shown(joined.as_str())))
}

fn admit(mut url: Url, ports: &[u16]) -> Result<Url, String> {
    if !matches!(url.scheme(), "http" | "https") {
        let scheme = url.scheme();
        return Err(format!(
            "{scheme}: addresses are not fetched, only http and https; save it and add the file"
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("the address holds a name or password, which would be sent and stored; leave it out, \
                    or save the page and add the file"
            .to_owned());
    }
    if let Some(Host::Domain(name)) = url.host()
        && name.strip_suffix('.').unwrap_or(name).split('.').any(str::is_empty)
    {
        return Err("it is no address (a part of its host's name is empty); check its spelling".to_owned());
    }
    if let Some(Host::Domain(name)) = url.host()
        && let Some(name) = name.strip_suffix('.').map(str::to_owned)
    {
        url.set_host(Some(&name)).map_err(|error| format!("its host is no name ({error})"))?;
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("the address names no host".to_owned());
    }
    let port = url.port_or_known_default().unwrap_or(0);
    if !ports.contains(&port) {
        let ports: Vec<_> = ports.iter().map(u16::to_string).collect();
        return Err(format!(
            "port {port} is not asked, only {}; save the page and add the file",
            ports.join(" and ")
        ));
    }
    url.set_fragment(None);
    Ok(url)
}

/// An address as messages show it: without the password.
pub(super) fn shown(input: &str) -> String {
    let start = input.find("://").map_or(0, |at| at + 3);
    let end = input[start..].find(['/', '?', '#']).map_or(input.len(), |at| start + at);
    match input[start..end].rfind('@') {
        Some(at) => format!("{}***{}", &input[..start], &input[start + at..]),
        None => input.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PORTS: &[u16] = &[80, 443];

    #[test]
    fn addresses_are_told_from_paths() {
        for input in
            ["https://a.example/", "HTTP://a.example", "ftp://a.example/x", "file:///tmp/x", "file:/tmp/x"]
        {
            assert!(is_address(input), "{input}");
        }
        let paths = [
            "reports",
            "./a:b",
            "C:\\reports",
            "C:/reports",
            "C://x",
            "a.txt",
            "-",
            "",
            "note: one.txt",
            "http",
        ];
        for input in paths {
            assert!(!is_address(input), "{input}");
        }
    }

    #[test]
    fn odd_spellings_of_hosts_become_plain() {
        for (odd, plain) in [
            ("http://2130706433/", "http://127.0.0.1/"),
            ("http://0x7f000001/", "http://127.0.0.1/"),
            ("http://0177.0.0.1/", "http://127.0.0.1/"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
            ("http://127.1/", "http://127.0.0.1/"),
            ("http://127.0.0.1./", "http://127.0.0.1/"),
            ("http://\u{ff11}27.0.0.1/", "http://127.0.0.1/"),
            ("http://%31%32%37.0.0.1/", "http://127.0.0.1/"),
            ("http://[0:0:0:0:0:ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"),
            ("http://News.Example.:80/a#b", "http://news.example/a"),
            ("https://m\u{fc}nchen.example", "https://xn--mnchen-3ya.example/"),
        ] {
            assert_eq!(parse(odd, PORTS).unwrap().as_str(), plain, "{odd}");
        }
    }

    #[test]
    fn what_is_never_asked_is_named() {
        for (input, word) in [
            ("ftp://a.example/x", "ftp:"),
            ("file:///etc/hostname", "file:"),
            ("data:text/plain,x", "data:"),
            ("https://user:secret@a.example/", "password"),
            ("https://user@a.example/", "password"),
            ("https://a.example:8080/", "port 8080"),
            ("https://a.example:22/", "port 22"),
            ("http://a.example/ b", "spaces"),
            ("http:\\\\127.0.0.1\\", "backslashes"),
            ("http://a.example/\u{0}", "controls"),
            ("http://", "no address"),
            ("http://256.0.0.1/", "no address"),
            ("http://..", "no address"),
        ] {
            let reason = parse(input, PORTS).unwrap_err();
            assert!(reason.contains(word) && !reason.contains("secret"), "{input}: {reason}");
        }
        assert!(parse(&format!("http://a.example/{}", "x".repeat(LONGEST)), PORTS).is_err());
    }

    #[test]
    fn redirects_are_joined_and_never_lose_their_cipher() {
        let from = parse("https://a.example/b/c", PORTS).unwrap();
        assert_eq!(next(&from, "../d?e", PORTS).unwrap().as_str(), "https://a.example/d?e");
        assert_eq!(next(&from, "//b.example/", PORTS).unwrap().as_str(), "https://b.example/");
        assert!(next(&from, "http://a.example/", PORTS).unwrap_err().contains("https"));
        assert!(next(&from, "file:///etc/hostname", PORTS).unwrap_err().contains("file:"));
        assert!(next(&from, "https://x:y@b.example/", PORTS).unwrap_err().contains("***@b.example"));
        let plain = parse("http://a.example/", PORTS).unwrap();
        assert_eq!(next(&plain, "https://a.example/", PORTS).unwrap().as_str(), "https://a.example/");
    }

    proptest! {
        #[test]
        fn any_input_is_read(input in ".*", location in ".*") {
            let _ = (is_address(&input), shown(&input), parse(&input, PORTS));
            let from = parse("https://a.example/", PORTS).unwrap();
            let _ = next(&from, &location, PORTS);
        }

        #[test]
        fn one_spelling_is_its_own(host in "[a-z0-9.]{1,12}", path in "[ -~]{0,12}") {
            if let Ok(url) = parse(&format!("http://{host}/{path}"), PORTS) {
                prop_assert_eq!(parse(url.as_str(), PORTS).unwrap(), url);
            }
        }
    }
}
