//! Canonical addresses: one page, one address.

use std::fmt::Write as _;

use url::Url;

/// Parameters that say how a reader came, not what the page is.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "vero_id",
    "_hsenc",
    "_hsmi",
    "_ga",
    "_gl",
    "ref",
    "ref_src",
    "ref_url",
    "referrer",
    "cmpid",
    "cmp",
    "ncid",
    "ocid",
    "icid",
    "smid",
    "smtyp",
    "ftag",
    "xtor",
    "at_medium",
    "at_campaign",
    "partner",
    "spm",
    "share",
    "shared",
    "amp",
    "outputtype",
    "rss",
    "s_cid",
    "wt.mc_id",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "taid",
    "traffic_source",
    "soc_src",
    "soc_trk",
    "__twitter_impression",
    "_amp",
    "is_amp",
    "usqp",
    "amp_js_v",
    "amp_gsa",
];

/// Beginnings of such parameters.
const TRACKING_STARTS: &[&str] = &["utm_", "pk_", "mtm_", "hsa_", "ga_", "itm_", "int_cmp"];

/// First labels of hosts that show the same pages.
const SAME_HOST: &[&str] = &["www", "m", "amp", "mobile", "wap"];

/// Last segments that name the folder itself.
const INDEX: &[&str] =
    &["index.html", "index.htm", "index.php", "index.asp", "index.aspx", "index.jsp", "default.aspx"];

/// The canonical form of an address: scheme `https`, the host without `www.`, `m.` and the like, no port
/// that goes without saying, no user, fragment, tracking parameters, `/amp`, `index.html` or slash at the end; the other
/// parameters sorted, percent-encoding only where RFC 3986 demands it.
///
/// It is a key, not a place to fetch from. What is no address on the web comes back trimmed.
pub fn canonical(url: &str) -> String {
    let trimmed = url.trim();
    let Some(url) = parse(trimmed) else { return trimmed.to_owned() };
    let Some(host) = url.host_str() else { return trimmed.to_owned() };
    let mut out = format!("https://{}", same_host(host.trim_end_matches('.')));
    if let Some(port) = url.port().filter(|port| !matches!(port, 80 | 443)) {
        let _ = write!(out, ":{port}");
    }
    out.push_str(&path(url.path()));
    let mut parameters: Vec<String> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|parameter| !parameter.is_empty() && !tracks(parameter))
        .map(encoded)
        .collect();
    parameters.sort_unstable();
    parameters.dedup();
    if !parameters.is_empty() {
        out.push('?');
        out.push_str(&parameters.join("&"));
    }
    out
}

/// The address, which may come without its scheme.
fn parse(text: &str) -> Option<Url> {
    let web = |url: Url| matches!(url.scheme(), "http" | "https").then_some(url);
    if let Some(rest) = text.strip_prefix("//") {
        return Url::parse(&format!("https://{rest}")).ok();
    }
    match Url::parse(text) {
        Ok(url) if url.has_host() => web(url),
        _ => {
            let host = text.split(['/', '?', '#']).next().unwrap_or_default();
            let named = host.contains('.') && !host.contains(char::is_whitespace) && !host.contains('@');
            named.then(|| Url::parse(&format!("https://{text}")).ok()).flatten()
        }
    }
}

/// The host without the first labels that only say for which device a page is made; at least two stay.
fn same_host(host: &str) -> &str {
    let mut host = host;
    while let Some((label, rest)) = host.split_once('.') {
        if !SAME_HOST.contains(&label) || !rest.contains('.') {
            break;
        }
        host = rest;
    }
    host
}

/// The path without its empty and its meaningless segments.
fn path(path: &str) -> String {
    let mut segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    let meaningless =
        |last: &str| last == "amp" || INDEX.iter().any(|index| last.eq_ignore_ascii_case(index));
    while segments.last().is_some_and(|last| meaningless(last)) {
        segments.pop();
    }
    if segments.len() > 1 && segments[0] == "amp" {
        segments.remove(0);
    }
    segments.iter().fold(String::new(), |out, segment| out + "/" + &encoded(segment))
}

fn tracks(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_STARTS.iter().any(|start| name.starts_with(start))
}

/// Escapes in capitals, and none for characters that need none (RFC 3986, 6.2.2).
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(byte) if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) => {
                out.push(char::from(byte));
            }
            Some(byte) => {
                let _ = write!(out, "%{byte:02X}");
            }
            None => out.push_str("%25"),
        }
        rest = &rest[at + if code.is_some() { 3 } else { 1 }..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_page_has_one_address() {
        let page = "https://gazette.example/world/talks-in-riga?id=7&page=2";
        for variant in [
            "http://www.gazette.example/world/talks-in-riga/?page=2&id=7",
            "HTTPS://M.Gazette.Example:443/world/talks-in-riga?utm_source=x&id=7&page=2#top",
            "http://amp.gazette.example:80/world/talks-in-riga/amp/?id=7&fbclid=Ab&page=2",
            "//gazette.example/world/./talks%2Din%2driga?page=2&gclid=1&id=7",
            " www.gazette.example/world//x/../talks-in-riga/index.html?id=7&page=2 ",
            "https://user:word@gazette.example/amp/world/talks-in-riga?id=7&page=2&id=7",
        ] {
            assert_eq!(canonical(variant), page, "{variant}");
        }
        assert_eq!(canonical("http://gazette.example"), canonical("https://www.gazette.example/index.php"));
    }

    #[test]
    fn other_pages_keep_other_addresses() {
        assert_ne!(canonical("https://a.example/x?id=1"), canonical("https://a.example/x?id=2"));
        assert_ne!(canonical("https://a.example/X"), canonical("https://a.example/x"));
        assert_ne!(canonical("https://a.example/a%2Fb"), canonical("https://a.example/a/b"));
        assert_ne!(canonical("https://a.example:8080/"), canonical("https://a.example/"));
        assert_eq!(canonical("https://www.example/a"), "https://www.example/a");
        assert_eq!(canonical("https://a.example/%e2%82%ac?q=%zz"), "https://a.example/%E2%82%AC?q=%25zz");
    }

    #[test]
    fn what_is_no_address_stays() {
        for text in
            ["", "talks in Riga", "mailto:press@a.example", "ftp://a.example/x", "reports/one.txt", "http://"]
        {
            assert_eq!(canonical(text), text);
        }
        assert_eq!(canonical("https://bücher.example/ä"), "https://xn--bcher-kva.example/%C3%A4");
    }

    proptest! {
        #[test]
        fn a_canonical_address_stays_as_it_is(text in "(https?://)?(www\\.|m\\.)?[a-z]{1,5}\\.[a-z]{2,3}(/[a-z%0-9é.]{0,6}){0,4}(\\?[a-z=&%0-9]{0,12})?(#x)?") {
            let once = canonical(&text);
            prop_assert_eq!(canonical(&once), once);
        }

        #[test]
        fn any_text_has_a_form(text in ".{0,60}") {
            let _ = canonical(&text);
        }
    }
}
