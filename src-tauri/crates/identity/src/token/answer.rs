//! A success of the token endpoint (RFC 6749 section 5.1), believed only when it makes sense.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer};

use crate::error::{AnswerProblem, IdentityError};
use crate::scopes::Scopes;

use super::{AccessToken, TokenSet};

/// Microsoft's longest access tokens live 28 hours
/// (<https://learn.microsoft.com/entra/identity-platform/configurable-token-lifetimes>); twice that is a mistake.
const LONGEST_LIFE: SignedDuration = SignedDuration::from_hours(56);

/// The body, checked.
pub(crate) struct Answer {
    pub(crate) access_token: SecretString,
    pub(crate) refresh_token: Option<SecretString>,
    pub(crate) id_token: Option<SecretString>,
    scope: Option<String>,
    life: SignedDuration,
}

#[derive(Deserialize)]
struct Body {
    #[serde(deserialize_with = "secret")]
    access_token: SecretString,
    token_type: String,
    expires_in: Seconds,
    #[serde(default, deserialize_with = "optional_secret")]
    refresh_token: Option<SecretString>,
    #[serde(default, deserialize_with = "optional_secret")]
    id_token: Option<SecretString>,
    #[serde(default)]
    scope: Option<String>,
}

/// Seconds as a number, or as text, as v1 endpoints write them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(i64),
    Text(String),
}

fn secret<'de, D: Deserializer<'de>>(from: D) -> Result<SecretString, D::Error> {
    String::deserialize(from).map(SecretString::from)
}

fn optional_secret<'de, D: Deserializer<'de>>(from: D) -> Result<Option<SecretString>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.filter(|text| !text.is_empty()).map(SecretString::from))
}

impl Answer {
    pub(crate) fn read(body: &[u8]) -> Result<Self, IdentityError> {
        let body: Body = net::json::parse(body).map_err(|error| match error {
            // A portal's page in place of an answer is worth telling apart.
            net::NetError::WebPage => IdentityError::Net(error),
            _ => IdentityError::Answer(AnswerProblem::Form),
        })?;
        if !body.token_type.eq_ignore_ascii_case("Bearer") {
            return Err(IdentityError::Answer(AnswerProblem::TokenType));
        }
        let token = body.access_token.expose_secret();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(IdentityError::Answer(AnswerProblem::Token));
        }
        let seconds = match body.expires_in {
            Seconds::Number(seconds) => Some(seconds),
            Seconds::Text(text) => text.parse().ok(),
        };
        let life = seconds
            .map(SignedDuration::from_secs)
            .filter(|life| life.is_positive() && *life <= LONGEST_LIFE)
            .ok_or(IdentityError::Answer(AnswerProblem::Lifetime))?;
        Ok(Self {
            access_token: body.access_token,
            refresh_token: body.refresh_token,
            id_token: body.id_token,
            scope: body.scope,
            life,
        })
    }

    /// When the access token ends if it was given at `now`.
    pub(crate) fn expires_at(&self, now: Timestamp) -> Timestamp {
        now.saturating_add(self.life).unwrap_or(now)
    }

    /// The tokens of this answer, which was asked for `requested`. An absent `scope` means all of it (RFC 6749 5.1).
    pub(crate) fn into_tokens(self, requested: Scopes, now: Timestamp) -> TokenSet {
        let expires_at = self.expires_at(now);
        let granted = self.scope.as_deref().map_or_else(|| requested.clone(), Scopes::parse);
        let access = AccessToken::new(self.access_token, expires_at, granted);
        TokenSet { access, refresh: self.refresh_token, requested }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("scope", &self.scope).field("life", &self.life).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(change: impl FnOnce(&mut Value)) -> Result<Answer, IdentityError> {
        let mut body = json!({
            "access_token": "canary", "refresh_token": "canary", "id_token": "canary",
            "token_type": "Bearer", "expires_in": 3599, "scope": "User.Read openid",
        });
        change(&mut body);
        Answer::read(body.to_string().as_bytes())
    }

    #[test]
    fn a_good_answer_becomes_tokens_without_showing_them() {
        let answer = read(|_| {}).unwrap();
        assert!(!format!("{answer:?}").contains("canary"));
        let now = Timestamp::UNIX_EPOCH;
        let tokens = answer.into_tokens(Scopes::parse("User.Read Mail.Read"), now);
        assert_eq!(tokens.access.expires_at().as_second(), 3599);
        assert!(
            !tokens.access.scopes().contains("Mail.Read"),
            "granted is what was said, not what was asked"
        );
        assert!(read(|b| b["expires_in"] = "3599".into()).is_ok(), "v1 writes seconds as text");
        assert!(read(|b| b["refresh_token"] = Value::Null).unwrap().refresh_token.is_none());
        let all = read(|b| b["scope"] = Value::Null).unwrap().into_tokens(Scopes::parse("Mail.Read"), now);
        assert!(all.access.scopes().contains("Mail.Read"));
    }

    /// Attack 18.
    #[test]
    fn an_answer_that_makes_no_sense_is_no_sign_in() {
        use AnswerProblem::{Form, Lifetime, Token, TokenType};
        type Change = fn(&mut Value);
        let cases: [(Change, AnswerProblem); 10] = [
            (|b| b["access_token"] = "".into(), Token),
            (|b| b["access_token"] = "a\r\nHost: evil".into(), Token),
            (|b| b["access_token"] = Value::Null, Form),
            (|b| b["token_type"] = "mac".into(), TokenType),
            (|b| b["expires_in"] = 0.into(), Lifetime),
            (|b| b["expires_in"] = (-1).into(), Lifetime),
            (|b| b["expires_in"] = i64::MAX.into(), Lifetime),
            (|b| b["expires_in"] = "soon".into(), Lifetime),
            (|b| b["expires_in"] = json!(1e40), Form),
            (|b| *b = json!([]), Form),
        ];
        for (at, (change, why)) in cases.into_iter().enumerate() {
            assert!(matches!(read(change), Err(IdentityError::Answer(found)) if found == why), "case {at}");
        }
        assert!(matches!(Answer::read(b""), Err(IdentityError::Answer(Form))));
        assert!(matches!(
            Answer::read(b"<html>Sign in to Wi-Fi"),
            Err(IdentityError::Net(net::NetError::WebPage))
        ));
    }
}
