//! How a practice tenant is started.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

/// Settings of one practice tenant; the flags of the `practice-tenant` binary one to one.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen. Only loopback addresses are accepted; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Decides every id and every random-looking choice of the organisation.
    pub seed: u64,
    /// How many app registrations the organisation has.
    pub applications: usize,
    /// Added to every answer.
    pub latency: Duration,
    /// A faults file, see [`crate::FaultsFile`].
    pub faults: Option<PathBuf>,
    /// Answers every authorize request at once as this person, as a browser with a session would.
    pub sign_in_as: Option<String>,
    /// Base address that discovery documents and issuers print, for use behind a TLS front.
    pub advertise_login: Option<Url>,
    /// Base address that `@odata.nextLink` and `@odata.context` print.
    pub advertise_graph: Option<Url>,
    /// Base address of Exchange Online in audiences.
    pub advertise_exchange: Option<Url>,
    /// Whether the organisation has Microsoft Entra ID P1: without, sign-in logs and reports of sign-ins are refused.
    pub premium: bool,
    /// Whether requests that come too fast are refused, as Microsoft refuses them.
    pub throttled: bool,
    /// A file that keeps the whole tenant across restarts. Its content includes signing keys and pretend secrets.
    pub state: Option<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            applications: 64,
            latency: Duration::ZERO,
            faults: None,
            sign_in_as: None,
            advertise_login: None,
            advertise_graph: None,
            advertise_exchange: None,
            premium: true,
            throttled: true,
            state: None,
        }
    }
}
