//! A person's connection as remembered. Holds no token, and of what was seen in a mailbox nothing but numbers.

use std::collections::HashMap;
use std::sync::Mutex;

use contract::{AppError, GrantedBy, PersonalFeature, PersonalOutcome, PersonalProof};
use identity::{AccountKey, ClientId};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::features;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, held};

/// How long Microsoft keeps a session of a work or school account that nobody uses
/// (<https://learn.microsoft.com/entra/identity-platform/refresh-tokens#token-lifetime>). Each use begins anew. The
/// organisation can ask earlier
/// (<https://learn.microsoft.com/entra/identity/conditional-access/concept-session-lifetime>).
pub(super) const IDLE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stored {
    pub(crate) id: String,
    pub(crate) cloud: identity::CloudId,
    pub(crate) client_id: ClientId,
    pub(crate) key: AccountKey,
    /// What the person calls the product.
    pub(crate) product: String,
    pub(crate) name: String,
    pub(crate) upn: String,
    /// Where mail to the person goes.
    pub(crate) mail: Option<String>,
    /// A data URL.
    pub(crate) picture: Option<String>,
    pub(crate) tenant_name: String,
    pub(crate) guest: bool,
    pub(crate) features: Vec<PersonalFeature>,
    /// Names of the permissions in the last token; none before the first.
    pub(crate) in_token: Option<Vec<String>>,
    /// Who granted what, where somebody could read it.
    pub(crate) grants: Option<Grants>,
    pub(crate) proofs: Vec<PersonalProof>,
    /// Names of permissions that are no longer asked for and may still stand at Microsoft.
    pub(crate) dropped: Vec<String>,
    pub(crate) connected_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
    pub(crate) checked_at: Option<Timestamp>,
    pub(crate) standing: Standing,
    /// What Microsoft wants to see at the next sign-in (a claims challenge as JSON). Not secret.
    pub(crate) claims: Option<String>,
}

/// How the last look ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Standing {
    /// It works.
    Works,
    /// Only the person can go on.
    Reconnect {
        /// What happened, why, what to do.
        error: AppError,
    },
    /// Microsoft was not reached.
    Offline,
}

/// Who granted what, by the names of permissions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Grants {
    pub(crate) by_person: Vec<String>,
    pub(crate) by_admin: Vec<String>,
}

impl Stored {
    /// The name of a connection: one for each person, organisation and app. Connecting again finds it.
    pub(crate) fn id_of(key: &AccountKey, client_id: &ClientId) -> String {
        format!("{}.{}.{client_id}", key.tenant_id, key.object_id)
    }

    /// Whether it is a personal Microsoft account.
    pub(crate) fn personal(&self) -> bool {
        identity::is_personal(&self.key.tenant_id)
    }

    /// What it is for from now on. What was asked for before and is not any more is remembered until it is gone.
    pub(super) fn is_for(&mut self, wanted: &[PersonalFeature]) {
        let wanted = features::chosen(wanted);
        let before = std::mem::replace(&mut self.features, wanted);
        self.dropped.extend(before.into_iter().map(|feature| features::scope(feature).to_owned()));
        self.dropped.sort();
        self.dropped.dedup();
        let kept: Vec<&str> = self.features.iter().map(|feature| features::scope(*feature)).collect();
        self.dropped.retain(|name| !kept.contains(&name.as_str()));
        self.proofs.retain(|proof| self.features.contains(&proof.feature));
    }

    /// A token came: what is in it, and that the session was used.
    pub(super) fn take_in_token(&mut self, names: Vec<String>, now: Timestamp) {
        self.dropped.retain(|dropped| names.iter().any(|name| name.eq_ignore_ascii_case(dropped)));
        self.in_token = Some(names);
        self.last_used_at = Some(now);
        self.checked_at = Some(now);
        self.claims = None;
    }

    /// What was tried just now. What a test message showed stays: it is not sent again by itself.
    pub(super) fn take_in_proofs(&mut self, proofs: &[PersonalProof]) {
        for proof in proofs {
            let sent = |old: &PersonalProof| matches!(old.outcome, PersonalOutcome::Works { .. });
            let untried = matches!(proof.outcome, PersonalOutcome::NotTried { .. });
            match self.proofs.iter_mut().find(|old| old.feature == proof.feature) {
                Some(old) if untried && sent(old) => {}
                Some(old) => *old = without_lines(proof),
                None => self.proofs.push(without_lines(proof)),
            }
        }
        self.proofs.retain(|proof| self.features.contains(&proof.feature));
        self.proofs.sort_by_key(|proof| proof.feature);
    }

    /// Until when it works without signing in again; none when nobody can tell.
    pub(super) fn lasts_until(&self) -> Option<Timestamp> {
        let works = !matches!(self.standing, Standing::Reconnect { .. });
        let used = self.last_used_at.filter(|_| works && !self.personal())?;
        used.checked_add(IDLE).ok()
    }

    /// Who granted the permission of a feature.
    pub(super) fn granted_by(&self, feature: PersonalFeature) -> GrantedBy {
        let name = features::scope(feature);
        let among = |names: &[String]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
        match (&self.grants, &self.in_token) {
            (Some(grants), _) if among(&grants.by_admin) => GrantedBy::Admin,
            (Some(grants), _) if among(&grants.by_person) => GrantedBy::Person,
            (Some(_), _) => GrantedBy::Nobody,
            // Nobody but the person can agree for a personal account.
            (None, Some(names)) if among(names) && self.personal() => GrantedBy::Person,
            (None, Some(names)) if among(names) => GrantedBy::Unknown,
            (None, Some(_)) => GrantedBy::Nobody,
            (None, None) => GrantedBy::Unknown,
        }
    }
}

/// Titles of meetings and names of people are the person's own: they are shown, and not written down.
fn without_lines(proof: &PersonalProof) -> PersonalProof {
    let mut proof = proof.clone();
    if let PersonalOutcome::Works { lines, .. } = &mut proof.outcome {
        lines.clear();
    }
    proof
}

/// What was seen since the app started: that somebody looked, and the lines that are not written down.
#[derive(Default)]
pub(crate) struct Seen(Mutex<HashMap<String, HashMap<PersonalFeature, Vec<String>>>>);

impl Seen {
    /// Somebody looked.
    pub(super) fn note(&self, id: &str, proofs: &[PersonalProof]) {
        let mut all = held(&self.0);
        let lines = all.entry(id.to_owned()).or_default();
        for proof in proofs {
            if let PersonalOutcome::Works { lines: seen, .. } = &proof.outcome {
                lines.insert(proof.feature, seen.clone());
            }
        }
    }

    /// Whether somebody looked.
    pub(super) fn has(&self, id: &str) -> bool {
        held(&self.0).contains_key(id)
    }

    /// The lines of a proof.
    pub(super) fn lines(&self, id: &str, feature: PersonalFeature) -> Vec<String> {
        held(&self.0).get(id).and_then(|lines| lines.get(&feature).cloned()).unwrap_or_default()
    }

    /// Nothing was seen of it.
    pub(super) fn forget(&self, id: &str) {
        held(&self.0).remove(id);
    }
}

impl App {
    /// A connection, as last seen by whichever Gatehouse looked last.
    pub(crate) fn personal_stored(&self, space: &OpenSpace, id: &str) -> Answer<Stored> {
        space.documents.get(Kind::Personal, id).or_explain()?.ok_or_else(|| no_such("connection"))
    }

    /// All connections, newest first.
    pub(crate) fn personal_all(&self, space: &OpenSpace) -> Vec<Stored> {
        let mut all: Vec<Stored> = space.documents.list(Kind::Personal).unwrap_or_default();
        // By when they were made: the order must not jump whenever one is looked at.
        all.sort_by(|one, other| {
            other.connected_at.cmp(&one.connected_at).then_with(|| one.id.cmp(&other.id))
        });
        all
    }

    /// Changes a connection as it is now; none when it was ended in the meantime.
    pub(super) fn amend_personal(
        &self,
        space: &OpenSpace,
        id: &str,
        change: impl FnOnce(&mut Stored),
    ) -> Answer<Option<Stored>> {
        space.documents.amend(Kind::Personal, id, self.now(), change).or_explain()
    }
}
