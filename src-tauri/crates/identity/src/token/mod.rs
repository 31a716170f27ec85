//! Tokens: what the token endpoint gives, how long it is good for, and how it is renewed.

mod answer;
mod challenge;
mod endpoint;
#[cfg(test)]
mod mutated;
mod provider;
mod store;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use crate::scopes::Scopes;

pub(crate) use answer::Answer;
pub use challenge::Challenge;
pub(crate) use endpoint::{post, post_for};
pub use provider::TokenProvider;
pub use store::{MemoryTokenStore, RefreshKey, StoreError, TokenStore};

/// A bearer token for one API. Lives in memory only; cheap to clone.
#[derive(Clone)]
pub struct AccessToken {
    secret: Arc<SecretString>,
    expires_at: Timestamp,
    scopes: Scopes,
    serial: u64,
}

impl AccessToken {
    pub(crate) fn new(secret: SecretString, expires_at: Timestamp, scopes: Scopes) -> Self {
        static SERIAL: AtomicU64 = AtomicU64::new(0);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        Self { secret: Arc::new(secret), expires_at, scopes, serial }
    }

    /// The token itself, for the `Authorization` header of a host that the cloud allows.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.secret.expose_secret()
    }

    /// When it stops being accepted, by its own account.
    #[must_use]
    pub fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// What it was granted, as the token endpoint said. (An access token is opaque to its client; do not look inside.)
    #[must_use]
    pub fn scopes(&self) -> &Scopes {
        &self.scopes
    }

    fn is_same(&self, serial: u64) -> bool {
        self.serial == serial
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessToken")
            .field("expires_at", &self.expires_at)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}

/// What one sign-in or renewal brought.
#[derive(Clone, Debug)]
pub struct TokenSet {
    /// For the API that was asked for.
    pub access: AccessToken,
    /// For the next renewal. Replaces the one before it, which must be deleted: Microsoft does not revoke it
    /// (<https://learn.microsoft.com/entra/identity-platform/refresh-tokens>).
    pub refresh: Option<SecretString>,
    /// What was asked for; what was granted is in `access`.
    pub requested: Scopes,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_secret_shows_in_debug() {
        let access = AccessToken::new("canary".into(), Timestamp::UNIX_EPOCH, Scopes::parse("User.Read"));
        let set = TokenSet { access, refresh: Some("canary".into()), requested: Scopes::none() };
        assert!(!format!("{set:?}").contains("canary"));
        assert!(format!("{set:?}").contains("User.Read"), "what is not secret helps");
    }
}
