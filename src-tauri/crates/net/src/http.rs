//! The client that every request goes through.

use std::time::Duration;

use reqwest::redirect::Policy;
use url::Url;

use crate::{proxy, tls};

/// How long a connection (name, TCP, proxy, TLS) may take.
pub const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a server may stay silent while an answer is due.
pub const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// What a client is made of. Nothing here can weaken certificate checks.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// Sent as `User-Agent`, for example `Gatehouse/0.1.0`.
    pub user_agent: String,
    /// Certificates (DER) trusted in addition to the platform's own: an authority that an admin installed for a
    /// custom cloud.
    pub extra_roots: Vec<Vec<u8>>,
    /// Where the way out is found.
    pub proxy: ProxySource,
    /// See [`CONNECT_TIMEOUT`].
    pub connect_timeout: Duration,
    /// See [`READ_TIMEOUT`].
    pub read_timeout: Duration,
}

/// Where the address of the proxy comes from. Loopback addresses never go through one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ProxySource {
    /// `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, then the settings of Windows or macOS.
    #[default]
    System,
    /// This proxy.
    Fixed(Url),
    /// Straight out.
    Direct,
}

impl ClientOptions {
    /// The options of the app, with its name and version.
    #[must_use]
    pub fn new(user_agent: impl Into<String>) -> Self {
        Self {
            user_agent: user_agent.into(),
            extra_roots: Vec::new(),
            proxy: ProxySource::System,
            connect_timeout: CONNECT_TIMEOUT,
            read_timeout: READ_TIMEOUT,
        }
    }
}

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The platform's store of trusted certificates could not be read, or an extra root is no certificate.
    #[error("the certificates that this computer trusts could not be read")]
    TrustStore(#[source] rustls::Error),
    /// An option has a form that HTTP does not allow.
    #[error("the HTTP client could not be set up")]
    Options(#[source] reqwest::Error),
}

/// Makes the client. Make one and share it: its connections are kept and used again, which is most of the speed.
///
/// - Redirects are answers like any other: a token is never carried to another host (OWASP ASVS 5.0, 15.3.2).
/// - Certificates are checked against the platform's store, so that a company's inspecting proxy works once its own
///   authority is installed there; there is no switch to skip the check. TLS 1.2 is the least.
/// - Nothing is repeated by itself, not even where HTTP would allow it: who repeats a request must know what it does.
/// - The platform's store is read here, which takes milliseconds: do not call it on the way to the first paint.
///
/// # Errors
/// [`ClientError`] when the trust store cannot be read or an option is malformed.
pub fn client(options: &ClientOptions) -> Result<reqwest::Client, ClientError> {
    let mut builder = reqwest::Client::builder()
        .user_agent(&options.user_agent)
        .redirect(Policy::none())
        .referer(false)
        .retry(reqwest::retry::never())
        .connect_timeout(options.connect_timeout)
        .read_timeout(options.read_timeout)
        .pool_idle_timeout(Duration::from_secs(90))
        .tcp_keepalive(Duration::from_secs(30))
        .tls_backend_preconfigured(tls::config(&options.extra_roots).map_err(ClientError::TrustStore)?);
    builder = match proxy::find(&options.proxy) {
        Some(proxy) => builder.proxy(proxy),
        None => builder.no_proxy(),
    };
    builder.build().map_err(ClientError::Options)
}
