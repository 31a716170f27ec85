//! Tokens that wait to be copied: in memory, until they end or the app does.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::Timestamp;
use secrecy::SecretString;

use crate::{fresh_id, held};

/// Tokens by their names here.
#[derive(Default)]
pub(crate) struct KeptTokens(Mutex<HashMap<String, (SecretString, Timestamp)>>);

impl KeptTokens {
    /// Keeps a token; gives its name. Those that have ended go.
    pub(super) fn keep(&self, token: SecretString, ends: Timestamp, now: Timestamp) -> String {
        let id = fresh_id();
        let mut tokens = held(&self.0);
        tokens.retain(|_, (_, ends)| *ends > now);
        tokens.insert(id.clone(), (token, ends));
        id
    }

    /// A token that has not ended.
    pub(super) fn get(&self, id: &str, now: Timestamp) -> Option<SecretString> {
        held(&self.0).get(id).filter(|(_, ends)| *ends > now).map(|(token, _)| token.clone())
    }

    /// Forgets them all.
    pub(crate) fn clear(&self) {
        held(&self.0).clear();
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_token_is_kept_until_it_ends_and_no_longer() {
        let (tokens, now) = (KeptTokens::default(), Timestamp::UNIX_EPOCH);
        let ends = now + jiff::SignedDuration::from_mins(60);
        let id = tokens.keep("canary".into(), ends, now);
        assert_eq!(
            tokens.get(&id, now).map(|token| token.expose_secret().to_owned()).as_deref(),
            Some("canary")
        );
        assert!(tokens.get(&id, ends).is_none());
        assert!(tokens.get("another", now).is_none());
        tokens.keep("next".into(), ends + jiff::SignedDuration::from_mins(60), ends);
        assert_eq!(held(&tokens.0).len(), 1, "what has ended is not held on to");
    }
}
