//! Fields that a form sends, and the addresses it leads back to.

use crate::call::Call;
use crate::problem::Problem;

/// The fields of a form.
pub struct Form(Vec<(String, String)>);

impl Form {
    /// Reads the body of a call.
    pub fn read(call: &Call) -> Self {
        let fields = url::form_urlencoded::parse(&call.body).into_owned();
        Self(fields.chain(call.sent.fields.iter().cloned()).collect())
    }

    /// A field that is not empty.
    pub fn one(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, value)| known == name && !value.trim().is_empty());
        found.map(|(_, value)| value.trim())
    }

    /// The same for whoever keeps it.
    pub fn own(&self, name: &str) -> Option<String> {
        self.one(name).map(str::to_owned)
    }

    /// A field that must be there.
    pub fn needed(&self, name: &str, what: &str) -> Result<&str, Problem> {
        self.one(name).ok_or_else(|| Problem::new("bad-body", format!("{name} is empty: {what}")))
    }

    /// All values of a field.
    pub fn all<'f>(&'f self, name: &'f str) -> impl Iterator<Item = &'f str> {
        let values = self.0.iter().filter(move |(known, _)| known == name);
        values.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Where the form leads back to: the page it names, if that is one of this server, or another.
    pub fn back(&self, other: &str) -> String {
        self.one("back").filter(|back| is_local(back)).unwrap_or(other).to_owned()
    }
}

/// Whether an address is a path of this server, and not one that a browser takes for another host.
pub fn is_local(address: &str) -> bool {
    let second = address.as_bytes().get(1);
    address.starts_with('/')
        && !matches!(second, Some(b'/' | b'\\'))
        && !address.contains(|c: char| c.is_control() || c.is_whitespace() || c == '\\')
        && address.is_ascii()
}

/// An address with one parameter more, or another value of it; what stands after # stays away.
pub fn with(address: &str, name: &str, value: &str) -> String {
    let address = address.split('#').next().unwrap_or_default();
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for (known, value) in url::form_urlencoded::parse(query.as_bytes()).filter(|(known, _)| known != name) {
        out.append_pair(&known, &value);
    }
    out.append_pair(name, value);
    format!("{path}?{}", out.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_own_addresses_lead_back() {
        for wrong in ["//x.org/", "/\\x.org", "https://x.org/", "javascript:x", "", "/a\r\nb", "/é"] {
            assert!(!is_local(wrong), "{wrong}");
        }
        assert!(is_local("/balance?state=AFG&between=USA%2CRUS"));
        assert_eq!(with("/a?x=1&ruled=2#e1", "ruled", "3"), "/a?x=1&ruled=3");
    }
}
