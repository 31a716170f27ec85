//! One HTTP client for all: no redirects, bounded bodies, the platform's trust store, redacted addresses.
//!
//! Everything that leaves this computer goes through [`http::client`], and everything that comes back is read through
//! [`body`] with a limit. What can go wrong is one closed enum, [`NetError`], which tells apart what a person can act
//! on (no network, a proxy that wants a password, an inspecting certificate) and what the caller must know before it
//! repeats a request ([`NetError::is_before_send`]).

pub mod body;
pub mod call;
mod der;
mod error;
pub mod host;
pub mod http;
pub mod json;
mod proxy;
mod request_ids;
pub mod retry;
mod safe_url;
pub mod skew;
mod tls;

pub use error::{NetError, Sent};
pub use request_ids::{RequestIds, request_guid};
pub use safe_url::SafeUrl;
