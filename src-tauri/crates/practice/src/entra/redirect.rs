//! Which redirect addresses match a registered one ("Redirect URI (reply URL) best practices and limitations").
//!
//! Compared byte by byte, with three exceptions: the port of a loopback address is ignored, an address without a path equals
//! the one with `/`, and `*` as the first label of a registered host stands for one label.

/// Whether `sent` matches `registered`.
pub(crate) fn matches(registered: &str, sent: &str) -> bool {
    if registered == sent {
        return !sent.contains('#');
    }
    let (Some(own), Some(other)) = (Parts::of(registered), Parts::of(sent)) else { return false };
    if sent.contains('#') || !own.scheme.eq_ignore_ascii_case(other.scheme) || own.path() != other.path() {
        return false;
    }
    let same_host = own.host.eq_ignore_ascii_case(other.host) || wildcard(own.host, other.host);
    // `[::1]` is not among them: Entra does not support it.
    let loopback = matches!(own.host.to_ascii_lowercase().as_str(), "localhost" | "127.0.0.1");
    same_host && (loopback || own.port == other.port)
}

fn wildcard(registered: &str, sent: &str) -> bool {
    let (Some(domain), Some((label, rest))) = (registered.strip_prefix("*."), sent.split_once('.')) else {
        return false;
    };
    !label.is_empty() && rest.eq_ignore_ascii_case(domain)
}

/// An address of the web, taken apart without changing a byte.
struct Parts<'a> {
    scheme: &'a str,
    host: &'a str,
    port: Option<&'a str>,
    rest: &'a str,
}

impl<'a> Parts<'a> {
    /// `None` for custom schemes: those match only as a whole.
    fn of(uri: &'a str) -> Option<Self> {
        let (scheme, rest) = uri.split_once("://")?;
        if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") {
            return None;
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        if authority.contains('@') || authority.is_empty() {
            return None;
        }
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        Some(Self { scheme, host, port, rest })
    }

    fn path(&self) -> &str {
        if self.rest.is_empty() { "/" } else { self.rest }
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn loopback_ignores_the_port_and_nothing_else() {
        assert!(matches("http://localhost", "http://localhost"));
        assert!(matches("http://localhost", "http://localhost:51234"));
        assert!(matches("http://localhost", "http://localhost:51234/"));
        assert!(matches("http://localhost/cb", "http://localhost:1/cb"));
        assert!(matches("http://127.0.0.1/cb", "http://127.0.0.1:1/cb"));
        assert!(!matches("http://localhost", "http://127.0.0.1:1"));
        assert!(!matches("http://localhost", "http://[::1]:1"));
        assert!(!matches("http://[::1]", "http://[::1]:1"));
        assert!(!matches("http://localhost", "https://localhost"));
        assert!(!matches("http://localhost", "http://localhost.evil.example"));
        assert!(!matches("http://localhost", "http://localhost:1@evil.example"));
    }

    #[test]
    fn paths_are_compared_with_their_case() {
        assert!(!matches("http://localhost/Callback", "http://localhost:1/callback"));
        assert!(!matches("https://a.example/cb", "https://a.example/cb/"));
        assert!(!matches("https://a.example/cb", "https://a.example/cb?x=1"));
        assert!(!matches("https://a.example/cb", "https://a.example/cb#x"));
        assert!(!matches("https://a.example/cb", "https://a.example:8443/cb"));
        assert!(matches("https://A.example/cb", "https://a.example/cb"));
    }

    #[test]
    fn other_schemes_match_as_a_whole() {
        assert!(matches("urn:ietf:wg:oauth:2.0:oob", "urn:ietf:wg:oauth:2.0:oob"));
        assert!(!matches("msal1://auth", "msal1://auth/"));
    }

    #[test]
    fn a_star_is_one_label() {
        assert!(matches("https://*.a.example/cb", "https://b.a.example/cb"));
        assert!(!matches("https://*.a.example/cb", "https://c.b.a.example/cb"));
        assert!(!matches("https://*.a.example/cb", "https://a.example/cb"));
    }
}
