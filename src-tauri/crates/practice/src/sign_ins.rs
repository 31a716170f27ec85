//! What the tenant remembers of sign-ins: the events of the last 30 days, and the last use of each credential and application.
//!
//! Source: "signIn resource type" and "appCredentialSignInActivity", "servicePrincipalSignInActivity" of Graph beta;
//! "Microsoft Entra data retention" (30 days with a premium licence).

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::random;

/// How long events are kept.
const RETENTION: SignedDuration = SignedDuration::from_hours(30 * 24);
/// More events than any test makes; a tenant that runs for months must not grow for ever.
const MOST_EVENTS: usize = 20_000;
/// Uses closer together than this are one.
const TOGETHER: i64 = 60;
/// How many uses of one credential are remembered, so that the last one that is known by now can be told.
const MOST_USES: usize = 64;

/// Everything that is remembered.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct SignInLog {
    /// Events, oldest first.
    pub events: VecDeque<SignInEvent>,
    /// Uses of secrets and certificates, by key id.
    pub credentials: HashMap<String, CredentialUse>,
    /// Uses of applications, by client id.
    pub applications: HashMap<String, ApplicationUse>,
}

/// Who signed in, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SignInKind {
    /// A person at a page.
    InteractiveUser,
    /// A program for a person, with a refresh token.
    NonInteractiveUser,
    /// An application by itself.
    ServicePrincipal,
}

/// One sign-in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInEvent {
    /// GUID of the event.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who, in kind.
    pub kind: SignInKind,
    /// Client id of the application.
    pub app_id: String,
    /// Its name.
    pub app_name: String,
    /// Object id of its enterprise app; empty when there is none.
    pub service_principal: String,
    /// The person's object id, user principal name and name; `None` for an application by itself.
    pub person: Option<[String; 3]>,
    /// Client id and name of the resource.
    pub resource: [String; 2],
    /// What the application proved itself with.
    pub credential: Option<UsedCredential>,
    /// Number of the refusal; 0 for success.
    pub error: u32,
}

/// A credential that an application proved itself with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UsedCredential {
    /// Its key id.
    pub key_id: String,
    /// SHA-1 of a certificate in upper-case hexadecimal; `None` for a secret.
    pub thumbprint: Option<String>,
    /// Object id of the registration or enterprise app that holds it.
    pub owner: String,
}

/// When a credential was used.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CredentialUse {
    /// Client id of the application.
    pub app_id: String,
    /// Object id of the registration or enterprise app that holds the credential.
    pub owner: String,
    /// Whether it is a certificate.
    pub certificate: bool,
    /// Client id of the resource that was reached last.
    pub resource: String,
    /// When, oldest first.
    pub uses: VecDeque<Timestamp>,
}

impl CredentialUse {
    /// A secret that was used once.
    pub fn at(app_id: &str, owner: &str, at: Timestamp) -> Self {
        Self {
            app_id: app_id.to_owned(),
            owner: owner.to_owned(),
            certificate: false,
            resource: crate::reference::GRAPH.to_owned(),
            uses: [at].into(),
        }
    }

    /// The last use that is known by now, when the log is so much behind.
    pub fn last(&self, now: Timestamp, behind: SignedDuration) -> Option<Timestamp> {
        last(&self.uses, now, behind)
    }
}

/// When an application was used as a client.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ApplicationUse {
    /// By itself, oldest first.
    pub by_itself: VecDeque<Timestamp>,
    /// For a person, oldest first.
    pub for_a_person: VecDeque<Timestamp>,
}

fn last(uses: &VecDeque<Timestamp>, now: Timestamp, behind: SignedDuration) -> Option<Timestamp> {
    uses.iter().rev().find(|at| now.duration_since(**at) >= behind).copied()
}

fn remember(uses: &mut VecDeque<Timestamp>, at: Timestamp) {
    match uses.back_mut() {
        Some(last) if at.as_second().div_euclid(TOGETHER) == last.as_second().div_euclid(TOGETHER) => {
            *last = at;
        }
        _ => uses.push_back(at),
    }
    if uses.len() > MOST_USES {
        uses.pop_front();
    }
}

impl SignInLog {
    /// Keeps an event, and the uses that follow from it when it went well.
    pub(crate) fn record(&mut self, event: SignInEvent) {
        if event.error == 0 {
            if let Some(used) = &event.credential {
                let known = self.credentials.entry(used.key_id.clone()).or_insert_with(|| CredentialUse {
                    uses: VecDeque::new(),
                    ..CredentialUse::at(&event.app_id, &used.owner, event.at)
                });
                known.certificate = used.thumbprint.is_some();
                known.resource.clone_from(&event.resource[0]);
                remember(&mut known.uses, event.at);
            }
            let known = self.applications.entry(event.app_id.clone()).or_default();
            let uses = match event.kind {
                SignInKind::ServicePrincipal => &mut known.by_itself,
                _ => &mut known.for_a_person,
            };
            remember(uses, event.at);
        }
        let now = event.at;
        self.events.push_back(event);
        while self.events.len() > MOST_EVENTS
            || self.events.front().is_some_and(|first| now.duration_since(first.at) > RETENTION)
        {
            self.events.pop_front();
        }
    }

    /// Last uses of an application that are known by now: by itself, for a person.
    pub(crate) fn application(
        &self,
        app_id: &str,
        now: Timestamp,
        behind: SignedDuration,
    ) -> (Option<Timestamp>, Option<Timestamp>) {
        self.applications.get(app_id).map_or((None, None), |known| {
            (last(&known.by_itself, now, behind), last(&known.for_a_person, now, behind))
        })
    }
}

impl SignInEvent {
    /// An event with a fresh id.
    pub(crate) fn new(at: Timestamp, kind: SignInKind, app_id: &str, app_name: &str) -> Self {
        Self {
            id: random::fresh_guid(),
            at,
            kind,
            app_id: app_id.to_owned(),
            app_name: app_name.to_owned(),
            service_principal: String::new(),
            person: None,
            resource: Default::default(),
            credential: None,
            error: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: &str, error: u32) -> SignInEvent {
        let used = UsedCredential { key_id: "k".into(), thumbprint: None, owner: "o".into() };
        let event = SignInEvent::new(at.parse().unwrap(), SignInKind::ServicePrincipal, "a", "App");
        SignInEvent { credential: Some(used), error, ..event }
    }

    #[test]
    fn only_what_went_well_is_a_use_and_a_log_that_is_behind_tells_the_one_before() {
        let mut log = SignInLog::default();
        log.record(event("2026-11-20T10:00:00Z", 0));
        log.record(event("2026-11-20T10:05:00Z", 0));
        log.record(event("2026-11-20T10:05:20Z", 0));
        log.record(event("2026-11-20T10:06:00Z", 7_000_222));
        assert_eq!(log.events.len(), 4);
        let now = "2026-11-20T10:06:10Z".parse().unwrap();
        let last = |seconds| {
            log.credentials["k"].last(now, SignedDuration::from_secs(seconds)).map(|at| at.to_string())
        };
        assert_eq!(last(0).as_deref(), Some("2026-11-20T10:05:20Z"));
        assert_eq!(last(120).as_deref(), Some("2026-11-20T10:00:00Z"));
        assert_eq!(last(3_600), None);
        assert_eq!(log.application("a", now, SignedDuration::ZERO).1, None);
    }

    #[test]
    fn events_are_kept_for_thirty_days_and_uses_for_longer() {
        let mut log = SignInLog::default();
        log.record(event("2026-10-01T10:00:00Z", 0));
        log.record(event("2026-11-20T10:00:00Z", 7_000_215));
        assert_eq!(log.events.len(), 1);
        assert_eq!(log.credentials["k"].uses.len(), 1);
    }
}
