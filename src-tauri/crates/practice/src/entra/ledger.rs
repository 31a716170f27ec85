//! What sign-ins leave behind: codes, refresh tokens, sessions, device codes, pages that wait for somebody.
//!
//! Each is found by the digest of a random value that only the other side holds, so the state file gives nothing away.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::Protocol;
use super::authority::Authority;
use super::client::Platform;
use super::flow::Flow;
use super::scope::Scopes;
use crate::demands::Standing;
use crate::random;

/// Life of an authorization code.
pub(crate) const CODE_LIFE: SignedDuration = SignedDuration::from_mins(10);
/// Life of a device code.
pub(crate) const DEVICE_LIFE: SignedDuration = SignedDuration::from_mins(15);
/// Life of a refresh token ("Refresh tokens in the Microsoft identity platform").
pub(crate) const REFRESH_LIFE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How every refresh token begins, so that whoever looks for leaks can tell one. Clients treat it as opaque.
const REFRESH_MARK: &str = "1.AVQAPracticeRefresh-";
/// Life of a refresh token of a single-page application.
pub(crate) const SPA_REFRESH_LIFE: SignedDuration = SignedDuration::from_hours(24);
/// How long a page may be left open.
const FLOW_LIFE: SignedDuration = SignedDuration::from_hours(1);

/// Who signed in to what.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SignIn {
    /// Id of the directory in which it happened; empty in older files, which had one only.
    #[serde(default)]
    pub(crate) directory: String,
    pub(crate) client: String,
    pub(crate) person: String,
    pub(crate) scopes: Scopes,
    pub(crate) platform: Platform,
    pub(crate) protocol: Protocol,
    pub(crate) nonce: Option<String>,
    /// Whether the client declared that it understands claims challenges (`cp1`).
    pub(crate) understands_challenges: bool,
    pub(crate) at: Timestamp,
}

/// An authorization code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Code {
    pub(crate) sign_in: SignIn,
    pub(crate) redirect_uri: String,
    pub(crate) challenge: Option<Challenge>,
    pub(crate) issued: Timestamp,
    pub(crate) redeemed: bool,
}

/// The PKCE challenge of an authorize request (RFC 7636).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Challenge {
    /// SHA-256 of the verifier, base64url.
    S256(String),
    /// The verifier itself.
    Plain(String),
}

impl Challenge {
    /// Whether `verifier` answers it.
    pub(crate) fn is_met_by(&self, verifier: &str) -> bool {
        match self {
            Self::S256(expected) => digest(verifier) == *expected,
            Self::Plain(expected) => verifier == expected,
        }
    }
}

/// A refresh token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct RefreshToken {
    pub(crate) sign_in: SignIn,
    pub(crate) issued: Timestamp,
}

/// A browser: who is signed in there, the latest last.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) people: Vec<String>,
}

/// A device that waits for a person.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Device {
    pub(crate) user_code: String,
    pub(crate) client: String,
    pub(crate) scopes: Scopes,
    pub(crate) protocol: Protocol,
    pub(crate) understands_challenges: bool,
    pub(crate) issued: Timestamp,
    pub(crate) outcome: Outcome,
    /// Where the device began: the address and, when that names one, the directory.
    #[serde(default)]
    pub(crate) authority: Authority,
    #[serde(default)]
    pub(crate) directory: String,
}

/// What became of a device code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Outcome {
    Pending,
    Declined,
    Approved { person: String },
    Redeemed,
}

/// Everything that sign-ins left behind.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Ledger {
    codes: HashMap<String, Code>,
    refresh_tokens: HashMap<String, RefreshToken>,
    sessions: HashMap<String, Session>,
    devices: HashMap<String, Device>,
    flows: HashMap<String, (Timestamp, Flow)>,
    /// What is wanted of people now, or refused.
    #[serde(default)]
    pub(crate) demands: Vec<Standing>,
}

impl Ledger {
    /// Keeps a code and answers its value.
    pub(crate) fn add_code(&mut self, code: Code) -> String {
        self.codes.retain(|_, old| code.issued.duration_since(old.issued) < CODE_LIFE * 6);
        let value = format!("1.{}", random::fresh_token());
        self.codes.insert(digest(&value), code);
        value
    }

    pub(crate) fn code(&mut self, value: &str) -> Option<&mut Code> {
        self.codes.get_mut(&digest(value))
    }

    /// Keeps a refresh token and answers its value.
    pub(crate) fn add_refresh_token(&mut self, token: RefreshToken) -> String {
        self.refresh_tokens.retain(|_, old| token.issued.duration_since(old.issued) < REFRESH_LIFE * 2);
        let value = format!("{REFRESH_MARK}{}{}", random::fresh_token(), random::fresh_token());
        self.refresh_tokens.insert(digest(&value), token);
        value
    }

    pub(crate) fn refresh_token(&self, value: &str) -> Option<&RefreshToken> {
        self.refresh_tokens.get(&digest(value))
    }

    /// Makes the refresh tokens of a person older than they are.
    pub(crate) fn age_refresh_tokens(&mut self, person: &str, by: SignedDuration) {
        for token in self.refresh_tokens.values_mut().filter(|token| token.sign_in.person == person) {
            token.issued -= by;
        }
    }

    pub(crate) fn session(&self, cookie: &str) -> Option<&Session> {
        self.sessions.get(&digest(cookie))
    }

    /// Signs a person in to a browser; a new browser gets a cookie.
    pub(crate) fn sign_in(&mut self, cookie: Option<&str>, person: &str) -> String {
        let cookie = cookie
            .filter(|cookie| self.session(cookie).is_some())
            .map_or_else(random::fresh_token, str::to_owned);
        let session = self.sessions.entry(digest(&cookie)).or_default();
        session.people.retain(|known| known != person);
        session.people.push(person.to_owned());
        cookie
    }

    /// Signs one person, or everyone, out of a browser.
    pub(crate) fn sign_out(&mut self, cookie: &str, person: Option<&str>) {
        match (person, self.sessions.get_mut(&digest(cookie))) {
            (Some(person), Some(session)) => session.people.retain(|known| known != person),
            _ => {
                self.sessions.remove(&digest(cookie));
            }
        }
    }

    /// Keeps a device and answers its device code.
    pub(crate) fn add_device(&mut self, device: Device) -> String {
        self.devices.retain(|_, old| device.issued.duration_since(old.issued) < DEVICE_LIFE * 4);
        let value = random::fresh_token();
        self.devices.insert(digest(&value), device);
        value
    }

    pub(crate) fn device(&mut self, device_code: &str) -> Option<&mut Device> {
        self.devices.get_mut(&digest(device_code))
    }

    /// The device that shows this code.
    pub(crate) fn device_by_user_code(&mut self, user_code: &str) -> Option<&mut Device> {
        self.devices.values_mut().find(|device| device.user_code.eq_ignore_ascii_case(user_code))
    }

    /// Keeps a flow whose page waits for somebody and answers its id.
    pub(crate) fn add_flow(&mut self, now: Timestamp, flow: Flow) -> String {
        self.flows.retain(|_, (since, _)| now.duration_since(*since) < FLOW_LIFE);
        let value = random::fresh_token();
        self.flows.insert(digest(&value), (now, flow));
        value
    }

    pub(crate) fn flow(&mut self, id: &str) -> Option<&mut Flow> {
        self.flows.get_mut(&digest(id)).map(|(_, flow)| flow)
    }

    /// Ends a flow.
    pub(crate) fn end_flow(&mut self, id: &str) {
        self.flows.remove(&digest(id));
    }
}

/// SHA-256, base64url without padding: also what PKCE's S256 asks for.
pub(crate) fn digest(value: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(value.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636() {
        let challenge = Challenge::S256("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".into());
        assert!(challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!challenge.is_met_by("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"));
        assert!(Challenge::Plain("a".into()).is_met_by("a"));
    }

    #[test]
    fn a_cookie_that_we_did_not_give_is_not_taken_over() {
        let mut ledger = Ledger::default();
        let cookie = ledger.sign_in(Some("chosen by an attacker"), "anna");
        assert_ne!(cookie, "chosen by an attacker");
        assert_eq!(ledger.sign_in(Some(&cookie), "ben"), cookie);
        assert_eq!(ledger.session(&cookie).unwrap().people, ["anna", "ben"]);
        ledger.sign_out(&cookie, Some("anna"));
        assert_eq!(ledger.session(&cookie).unwrap().people, ["ben"]);
    }
}
