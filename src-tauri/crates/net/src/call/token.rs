//! Where access tokens come from. `identity` signs people in; a client only asks.

use async_trait::async_trait;
use secrecy::{ExposeSecret, SecretString};

use super::ClaimsChallenge;
use crate::NetError;

/// An access token: opaque to everybody but the service that it is for, never decoded, never shown.
#[derive(Debug, Clone)]
pub struct AccessToken(SecretString);

impl AccessToken {
    /// Takes the text that the token endpoint gave.
    #[must_use]
    pub fn new(text: impl Into<SecretString>) -> Self {
        Self(text.into())
    }

    /// The token itself, for the `Authorization` header of the host that it is for.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Why there is no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefusal {
    /// Only a person can go on: to sign in, to consent, to meet a policy.
    #[error("someone has to sign in again")]
    InteractionNeeded {
        /// What the sign-in has to carry, where the token endpoint said so.
        claims: Option<ClaimsChallenge>,
    },
    /// The account is no longer the one that this work began with.
    #[error("another account is signed in")]
    AnotherAccount,
    /// The token endpoint could not be reached.
    #[error("the sign-in service could not be reached")]
    Unreachable(#[source] NetError),
    /// The token endpoint refused: the value of OAuth `error` (RFC 6749 section 5.2).
    #[error("the sign-in service refused ({0})")]
    Rejected(String),
}

/// Gives tokens for one account (or app) in one organisation, renewing them silently.
#[async_trait]
pub trait TokenSource: Send + Sync {
    /// A token that carries `scopes` and, with a `challenge`, one issued anew for it (Continuous Access Evaluation).
    /// Never opens a window.
    ///
    /// # Errors
    /// [`TokenRefusal`], of which [`TokenRefusal::InteractionNeeded`] is the ordinary one.
    async fn token(
        &self,
        scopes: &[&str],
        challenge: Option<&ClaimsChallenge>,
    ) -> Result<AccessToken, TokenRefusal>;

    /// Tells that the service refused this token: a source that keeps tokens forgets it, so that the next call of
    /// [`token`](Self::token) brings another.
    async fn rejected(&self, token: &AccessToken) {
        let _ = token;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_shown() {
        let token = AccessToken::new("eyJcanary".to_owned());
        assert!(!format!("{token:?} {token:#?}").contains("canary"));
        assert_eq!(token.expose(), "eyJcanary");
    }
}
