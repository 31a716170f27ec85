//! A token, with what it may do and until when, in words.

use async_trait::async_trait;
use blueprint::PermissionKind;
use blueprint::catalogue::{self, MICROSOFT_GRAPH};
use graph::AppId;
use jiff::Timestamp;
use secrecy::SecretString;

use crate::plan::AuthorizeAs;
use crate::{AppTokenError, ProofResult};

/// A token of an app, for its product's form. Not kept anywhere: whoever needs another gets another.
#[derive(Clone)]
pub struct Authorized {
    /// For whom.
    pub how: AuthorizeAs,
    /// The token.
    pub token: SecretString,
    /// Permissions in it, by name.
    pub scopes: Vec<String>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Who signed in.
    pub person: Option<String>,
    /// What was tried with it, by [`PlannedProof::id`](crate::PlannedProof::id).
    pub proofs: Vec<(String, ProofResult)>,
}

impl std::fmt::Debug for Authorized {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Authorized")
            .field("how", &self.how)
            .field("scopes", &self.scopes)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Authorized {
    /// What it may do, a line for each permission.
    #[must_use]
    pub fn meanings(&self) -> Vec<String> {
        let kind = match self.how {
            AuthorizeAs::App => PermissionKind::Application,
            AuthorizeAs::Person => PermissionKind::Delegated,
        };
        let known = |name: &String| catalogue::find(MICROSOFT_GRAPH, name, kind);
        self.scopes
            .iter()
            .map(|name| known(name).map_or_else(|| name.clone(), |one| format!("{} ({name})", one.sentence)))
            .collect()
    }

    /// How long it works, as a sentence.
    #[must_use]
    pub fn life(&self, now: Timestamp) -> String {
        let minutes = self.expires_at.duration_since(now).as_mins();
        match minutes {
            ..=0 => "It has ended. Get another one.".to_owned(),
            1 => "It works for one more minute.".to_owned(),
            2..=119 => format!("It works for {minutes} minutes. Paste it before that."),
            _ => format!("It works for {} hours. Paste it before that.", minutes / 60),
        }
    }
}

/// A token of an app for a person.
#[derive(Clone)]
pub struct PersonToken {
    /// The token.
    pub token: SecretString,
    /// What it was granted.
    pub scopes: Vec<String>,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Who signed in.
    pub person: Option<String>,
}

impl std::fmt::Debug for PersonToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PersonToken").field("scopes", &self.scopes).finish_non_exhaustive()
    }
}

/// Has a person sign in to an app that proves itself with its secret, returning to this computer.
#[async_trait]
pub trait PersonAccess: Send + Sync {
    /// Opens the browser and waits for the answer. Dropping the future ends the wait and closes the port.
    ///
    /// # Errors
    /// [`AppTokenError`].
    async fn sign_in(
        &self,
        tenant: &str,
        app: &AppId,
        secret: SecretString,
    ) -> Result<PersonToken, AppTokenError>;
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    fn authorized(how: AuthorizeAs, scopes: &[&str]) -> Authorized {
        Authorized {
            how,
            token: "canary".into(),
            scopes: scopes.iter().map(|one| (*one).to_owned()).collect(),
            expires_at: Timestamp::from_second(1_800_000_000).unwrap(),
            person: None,
            proofs: Vec::new(),
        }
    }

    #[test]
    fn a_token_says_what_it_may_do_and_is_never_shown() {
        let token = authorized(AuthorizeAs::App, &["Reports.Read.All", "Made.Up"]);
        let meanings = token.meanings();
        assert!(meanings[0].ends_with("(Reports.Read.All)") && meanings[0].len() > 25, "{meanings:?}");
        assert_eq!(meanings[1], "Made.Up");
        assert!(!format!("{token:?}").contains("canary"));
    }

    #[test]
    fn its_life_is_said_in_words() {
        let token = authorized(AuthorizeAs::Person, &[]);
        let before = |minutes| token.life(token.expires_at - SignedDuration::from_mins(minutes));
        assert!(before(0).contains("has ended"));
        assert!(before(1).contains("one more minute"));
        assert!(before(59).contains("59 minutes"));
        assert!(before(180).contains("3 hours"));
    }
}
