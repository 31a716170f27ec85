//! The way out: the system's proxy, but never for this computer itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use reqwest::Proxy;
use url::Url;

use crate::host::is_loopback;
use crate::http::ProxySource;

/// The proxy rule for `source`, or `None` for a client that connects straight.
///
/// The usual `system proxy` of the HTTP client sends loopback addresses out too unless `NO_PROXY` says otherwise; the
/// practice tenant and a custom cloud on this computer would then be asked of the company's proxy.
pub(crate) fn find(source: &ProxySource) -> Option<Proxy> {
    match source {
        ProxySource::Direct => None,
        ProxySource::Fixed(proxy) => {
            let proxy = proxy.clone();
            Some(Proxy::custom(move |url| (!is_loopback(url)).then(|| proxy.clone())))
        }
        ProxySource::System => {
            let system = Matcher::from_system();
            Some(Proxy::custom(move |url| if is_loopback(url) { None } else { ask(&system, url) }))
        }
    }
}

fn ask(system: &Matcher, url: &Url) -> Option<Url> {
    let found = system.intercept(&url.as_str().parse().ok()?)?;
    let mut proxy = Url::parse(&found.uri().to_string()).ok()?;
    if let Some((user, password)) = credentials(&found) {
        proxy.set_username(&user).ok()?;
        proxy.set_password(Some(&password)).ok()?;
    }
    Some(proxy)
}

fn credentials(found: &Intercept) -> Option<(String, String)> {
    if let Some((user, password)) = found.raw_auth() {
        return Some((user.to_owned(), password.to_owned()));
    }
    let header = found.basic_auth()?.to_str().ok()?;
    let plain = STANDARD.decode(header.strip_prefix("Basic ")?).ok()?;
    let plain = String::from_utf8(plain).ok()?;
    let (user, password) = plain.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_systems_proxy_keeps_its_credentials() {
        let system =
            Matcher::builder().all("http://us%40er:p%3Aw@proxy.example:8080").no("inside.example").build();
        let asked = ask(&system, &Url::parse("https://graph.microsoft.com/").unwrap()).unwrap();
        assert_eq!(asked.host_str(), Some("proxy.example"));
        assert_eq!(asked.username(), "us%40er");
        assert_eq!(asked.password(), Some("p%3Aw"));
        assert_eq!(ask(&system, &Url::parse("https://a.inside.example/").unwrap()), None);
    }
}
