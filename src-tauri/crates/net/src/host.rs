//! Which addresses never leave this computer.

use url::{Host, Url};

/// Whether `url` points at this computer by name or number: `localhost`, `127.0.0.0/8` or `[::1]`.
///
/// Names that merely *resolve* to a loopback address do not count (RFC 8252 section 7.3 speaks of literals, and
/// RFC 6761 section 6.3 reserves `localhost` alone).
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether two addresses share scheme, host and port, so that what may be sent to one may be sent to the other.
#[must_use]
pub fn same_origin(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host() == other.host()
        && one.port_or_known_default() == other.port_or_known_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn loopback_is_meant_literally() {
        for yes in [
            "http://localhost:1/",
            "http://LOCALHOST",
            "http://127.0.0.1",
            "http://127.9.9.9:8",
            "http://[::1]",
        ] {
            assert!(is_loopback(&url(yes)), "{yes}");
        }
        for no in
            ["http://localhost.evil.example", "http://10.0.0.1", "http://127.0.0.1.nip.example", "data:x"]
        {
            assert!(!is_loopback(&url(no)), "{no}");
        }
    }

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        assert!(same_origin(&url("https://a.example/x"), &url("https://A.example:443/y?z")));
        for other in [
            "http://a.example",
            "https://a.example:8443",
            "https://b.example",
            "https://a.example.evil.example",
        ] {
            assert!(!same_origin(&url("https://a.example"), &url(other)), "{other}");
        }
    }
}
