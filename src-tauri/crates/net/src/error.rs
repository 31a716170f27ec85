//! What can go wrong between here and a server, told apart as far as somebody can act on it.

use std::error::Error as StdError;
use std::io;

use rustls::{CertificateError, Error as TlsError};

use crate::tls::{Untrusted, is_about_dates};

/// Whether the server may have received, and acted on, a request that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// Not one byte of the request left.
    No,
    /// It may have been carried out. Whoever repeats it must be able to bear its being carried out twice.
    Maybe,
}

/// Why no answer, or no usable answer, came. Addresses, headers and bodies are never part of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NetError {
    /// The name could not be looked up, or no route leads there: most likely no network.
    #[error("no network, or the name could not be looked up")]
    Offline,
    /// The server (or the proxy) cannot be reached or does not accept connections.
    #[error("the server does not accept connections")]
    Connect,
    /// Nothing came in time.
    #[error("no answer in time")]
    Timeout(Sent),
    /// The certificate leads to no authority that this computer trusts, or is for another name: usually a program or
    /// company that inspects the traffic.
    #[error("the server's certificate is not trusted by this computer")]
    TlsUntrusted {
        /// Who issued the certificate, as it says itself (common name or organisation).
        issuer: Option<String>,
    },
    /// The certificate is expired or not yet valid: look at this computer's clock first.
    #[error("the server's certificate is out of date, or this computer's clock is wrong")]
    TlsDates,
    /// The secure connection failed for another reason (for example nothing newer than TLS 1.1).
    #[error("no secure connection could be made")]
    TlsOther,
    /// The proxy wants a user name and password (HTTP 407).
    #[error("the proxy asks for a user name and password")]
    ProxyAuth,
    /// The answer is longer than was allowed for; counted after decompression.
    #[error("the answer is larger than {limit} bytes")]
    BodyTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// A web page came where data was due: a hotel's or company's sign-in page, or an error page of a gateway.
    #[error("a web page came instead of data")]
    WebPage,
    /// What came is not the JSON that was due.
    #[error("the answer is not in the form that was expected")]
    NotJson,
    /// The connection broke.
    #[error("the connection was cut")]
    Reset(Sent),
    /// The request itself could not be built.
    #[error("the request could not be built")]
    Request,
    /// Anything else.
    #[error("the connection failed")]
    Other(Sent),
}

impl NetError {
    /// Whether the request certainly never reached the server, so that repeating it is safe whatever it does.
    #[must_use]
    pub fn is_before_send(&self) -> bool {
        match self {
            Self::Offline
            | Self::Connect
            | Self::TlsUntrusted { .. }
            | Self::TlsDates
            | Self::TlsOther
            | Self::ProxyAuth
            | Self::Request => true,
            Self::Timeout(sent) | Self::Reset(sent) | Self::Other(sent) => *sent == Sent::No,
            Self::BodyTooLarge { .. } | Self::WebPage | Self::NotJson => false,
        }
    }

    /// Whether it goes away by itself. A certificate, a proxy's password or a portal page does not within a call.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Offline | Self::Connect | Self::Timeout(_) | Self::Reset(_) | Self::Other(_))
    }
}

impl From<reqwest::Error> for NetError {
    fn from(error: reqwest::Error) -> Self {
        classify(&error)
    }
}

/// Reads the chain of causes. By type where a type is public; by text in the one place where it is not (the proxy's
/// tunnel), which a test pins.
fn classify(error: &reqwest::Error) -> NetError {
    if error.is_builder() {
        return NetError::Request;
    }
    if error.is_dns() {
        return NetError::Offline;
    }
    let sent = if error.is_connect() { Sent::No } else { Sent::Maybe };
    let causes = Causes::of(error);
    if let Some(tls) = causes.tls {
        return tls;
    }
    if causes.proxy_auth {
        return NetError::ProxyAuth;
    }
    if causes.no_route {
        return NetError::Offline;
    }
    if error.is_timeout() {
        return NetError::Timeout(sent);
    }
    if error.is_connect() {
        return NetError::Connect;
    }
    if causes.never_sent {
        return NetError::Reset(Sent::No);
    }
    if causes.cut { NetError::Reset(Sent::Maybe) } else { NetError::Other(sent) }
}

#[derive(Default)]
struct Causes {
    tls: Option<NetError>,
    proxy_auth: bool,
    no_route: bool,
    never_sent: bool,
    cut: bool,
}

impl Causes {
    fn of(error: &reqwest::Error) -> Self {
        let mut found = Self::default();
        let mut next: Option<&(dyn StdError + 'static)> = error.source();
        while let Some(cause) = next {
            found.note(cause);
            // An `io::Error` made from another error skips that error in `source()`; `get_ref` has it.
            next = match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
                Some(inner) => Some(inner),
                None => cause.source(),
            };
        }
        found
    }

    fn note(&mut self, cause: &(dyn StdError + 'static)) {
        if let Some(error) = cause.downcast_ref::<TlsError>() {
            self.tls = Some(of_tls(error));
        } else if let Some(error) = cause.downcast_ref::<hyper::Error>() {
            // hyper hands a request back as "canceled" only while it still owns the whole of it.
            self.never_sent |= error.is_canceled();
            self.cut |= error.is_incomplete_message() || error.is_closed();
        } else if let Some(error) = cause.downcast_ref::<io::Error>() {
            match error.kind() {
                io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::NetworkDown => {
                    self.no_route = true;
                }
                io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe
                | io::ErrorKind::UnexpectedEof => self.cut = true,
                _ => {}
            }
        } else if cause.to_string() == "tunnel error: proxy authorization required" {
            self.proxy_auth = true;
        }
    }
}

fn of_tls(error: &TlsError) -> NetError {
    match error {
        TlsError::InvalidCertificate(reason) if is_about_dates(reason) => NetError::TlsDates,
        TlsError::InvalidCertificate(CertificateError::Other(other)) => NetError::TlsUntrusted {
            issuer: other.0.downcast_ref::<Untrusted>().and_then(|untrusted| untrusted.issuer.clone()),
        },
        TlsError::InvalidCertificate(_) => NetError::TlsUntrusted { issuer: None },
        _ => NetError::TlsOther,
    }
}
