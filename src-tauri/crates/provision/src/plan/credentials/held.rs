//! A credential that is there already.

use graph::KeyId;
use graph::resources::{Application, KeyCredential, PasswordCredential};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What a credential is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CredentialSort {
    /// A client secret.
    Secret,
    /// A certificate.
    Certificate,
}

impl CredentialSort {
    /// In the middle of a sentence.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Certificate => "certificate",
        }
    }
}

/// A credential on a registration, as it was when the plan was made. Holds nothing secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldCredential {
    /// Microsoft's id of it.
    pub key_id: KeyId,
    /// What it is.
    pub sort: CredentialSort,
    /// Its name; where it has none, its first characters or its id stand in.
    pub name: String,
    /// When it ends, where Microsoft says.
    pub ends: Option<Timestamp>,
    /// A certificate's entry with its public part: with it, a removal can be undone.
    pub certificate: Option<KeyCredential>,
}

impl HeldCredential {
    /// The credential with this id, if the registration has it.
    pub(crate) fn find(app: &Application, key: &KeyId) -> Option<Self> {
        let secret = app.password_credentials.iter().find(|one| one.key_id == *key).map(Self::secret);
        secret.or_else(|| {
            app.key_credentials
                .iter()
                .find(|one| one.key_id.as_ref() == Some(key))
                .and_then(Self::certificate)
        })
    }

    /// Every credential of a registration.
    pub(crate) fn all(app: &Application) -> Vec<Self> {
        let secrets = app.password_credentials.iter().map(Self::secret);
        secrets.chain(app.key_credentials.iter().filter_map(Self::certificate)).collect()
    }

    fn secret(one: &PasswordCredential) -> Self {
        let hint = one.hint.as_deref().filter(|hint| !hint.is_empty()).map(|hint| format!("{hint}…"));
        let name = one.display_name.clone().filter(|name| !name.is_empty());
        Self {
            key_id: one.key_id.clone(),
            sort: CredentialSort::Secret,
            name: name.or(hint).unwrap_or_else(|| one.key_id.to_string()),
            ends: one.end_date_time,
            certificate: None,
        }
    }

    fn certificate(one: &KeyCredential) -> Option<Self> {
        let key_id = one.key_id.clone()?;
        let name = one.display_name.clone().filter(|name| !name.is_empty());
        Some(Self {
            name: name.unwrap_or_else(|| key_id.to_string()),
            key_id,
            sort: CredentialSort::Certificate,
            ends: one.end_date_time,
            certificate: Some(one.clone()),
        })
    }

    /// Whether it can be used to sign in at this time, as far as its dates tell.
    #[must_use]
    pub fn works_at(&self, now: Timestamp) -> bool {
        self.ends.is_none_or(|end| end > now)
    }

    /// Whether a removal could be undone at this time: a certificate whose public part is known and that has not ended.
    #[must_use]
    pub fn can_come_back(&self, now: Timestamp) -> bool {
        self.works_at(now) && self.certificate.as_ref().is_some_and(|entry| entry.key.is_some())
    }

    /// Its name without what Gatehouse adds to it (`/<run>/<attempt>`).
    #[must_use]
    pub fn short_name(&self) -> &str {
        stem(&self.name)
    }
}

/// The name of one of our credentials without its run and attempt; any other name as it is.
pub(super) fn stem(name: &str) -> &str {
    let mut parts = name.rsplitn(3, '/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(attempt), Some(run), Some(stem))
            if !attempt.is_empty()
                && attempt.bytes().all(|b| b.is_ascii_digit())
                && crate::RunId::parse(run).is_ok()
                && !stem.is_empty() =>
        {
            stem
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::RunId;

    fn app() -> Application {
        serde_json::from_value(json!({
            "id": "a", "appId": "b",
            "passwordCredentials": [
                {"keyId": "s1", "displayName": "prod-1", "endDateTime": "2027-01-01T00:00:00Z"},
                {"keyId": "s2", "displayName": "", "hint": "aBc"},
                {"keyId": "s3"},
            ],
            "keyCredentials": [
                {"keyId": "c1", "displayName": "CN=prod", "key": "MIIB", "endDateTime": "2027-01-01T00:00:00Z"},
                {"keyId": "c2", "endDateTime": "2025-01-01T00:00:00Z"},
            ],
        }))
        .unwrap()
    }

    #[test]
    fn secrets_and_certificates_are_found_by_key_id_and_always_have_a_name() {
        let names: Vec<_> = HeldCredential::all(&app()).into_iter().map(|one| one.name).collect();
        assert_eq!(names, ["prod-1", "aBc…", "s3", "CN=prod", "c2"]);
        let find = |key: &str| HeldCredential::find(&app(), &KeyId::new(key).unwrap());
        assert_eq!(find("c1").map(|one| one.sort), Some(CredentialSort::Certificate));
        assert_eq!(find("s2").map(|one| one.sort), Some(CredentialSort::Secret));
        assert_eq!(find("nothing"), None);
    }

    #[test]
    fn only_a_certificate_that_has_not_ended_can_come_back() {
        let now = "2026-11-20T00:00:00Z".parse().unwrap();
        let back = |one: &HeldCredential| one.can_come_back(now);
        assert_eq!(
            HeldCredential::all(&app()).iter().map(back).collect::<Vec<_>>(),
            [false, false, false, true, false]
        );
    }

    #[test]
    fn our_own_names_are_shortened_and_no_others() {
        let run = RunId::from_random(9);
        assert_eq!(stem(&format!("Totalview/{run}/12")), "Totalview");
        assert_eq!(stem(&format!("A/B/{run}/1")), "A/B");
        for other in ["prod-1", "a/b/1", "/x/1", "", &format!("/{run}/1"), &format!("x/{run}/")] {
            assert_eq!(stem(other), other);
        }
    }
}
