//! By which name the tenant is called. Refusing other names stops a web page from reaching it through its own domain
//! (DNS rebinding).

use http::header::HOST;
use http::request::Parts;

use crate::serve::Incoming;
use crate::tenant::Tenant;

/// Whether the request names a loopback host or one that we advertise; the port does not matter, fronts have their own.
pub(crate) fn is_ours(tenant: &Tenant, parts: &Parts) -> bool {
    let name = parts.uri.host().or_else(|| parts.headers.get(HOST)?.to_str().ok()).unwrap_or_default();
    let name = without_port(name).to_ascii_lowercase();
    matches!(name.as_str(), "localhost" | "127.0.0.1" | "[::1]")
        || [
            &tenant.options.advertise_login,
            &tenant.options.advertise_graph,
            &tenant.options.advertise_exchange,
        ]
        .into_iter()
        .flatten()
        .any(|url| url.host_str() == Some(name.as_str()))
}

/// The base address under which this request should see the sign-in endpoints: the advertised one, or the name it used.
pub(crate) fn login_base(tenant: &Tenant, incoming: &Incoming) -> String {
    let called = incoming.headers.get(HOST).and_then(|host| host.to_str().ok());
    match (&tenant.options.advertise_login, called) {
        (None, Some(host)) => format!("http://{host}"),
        _ => tenant.login_base(),
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) && !name.is_empty() => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::without_port;

    #[test]
    fn ports_are_cut_off_and_ipv6_survives() {
        assert_eq!(without_port("localhost:80"), "localhost");
        assert_eq!(without_port("localhost"), "localhost");
        assert_eq!(without_port("[::1]:80"), "[::1]");
        assert_eq!(without_port("[::1]"), "[::1]");
    }
}
