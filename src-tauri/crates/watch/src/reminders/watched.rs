//! What is reminded of: a credential with an end.

use std::collections::HashSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{App, CredentialKind};

/// A credential that can end, as much of it as a reminder says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Watched {
    /// The organisation's id.
    pub tenant: String,
    /// The organisation is a pretend one: whoever is reminded must see that nothing real ends.
    #[serde(default)]
    pub practice: bool,
    /// Client id.
    pub app_id: String,
    /// The app's name; may be empty.
    pub app_name: String,
    /// Microsoft's key id.
    pub key_id: String,
    /// What it is.
    pub kind: CredentialKind,
    /// Its name; may be empty.
    pub name: String,
    /// First instant at which it works.
    pub starts: Option<Timestamp>,
    /// Instant at which it stops.
    pub ends: Timestamp,
    /// The set-up that it belongs to.
    pub connection: Option<String>,
}

impl Watched {
    /// Names the credential: `{app id}/{key id}`.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}/{}", self.app_id, self.key_id)
    }

    /// The app's name, or its client id where it has none.
    #[must_use]
    pub fn app(&self) -> &str {
        if self.app_name.trim().is_empty() { &self.app_id } else { &self.app_name }
    }

    /// A title of whatever reminds of it: in a pretend organisation, it says so first.
    #[must_use]
    pub fn titled(&self, title: String) -> String {
        titled(self.practice, title)
    }
}

/// A title that says first where it belongs to a pretend organisation.
#[must_use]
pub fn titled(practice: bool, title: String) -> String {
    if practice { format!("Practice: {title}") } else { title }
}

/// What there is to remind of in an organisation, which may be a pretend one (`practice`). Left out: what never ends, federated trust, and credentials for which
/// `replaced` is true (they were renewed, so that their end is no news). `connection` tells which set-up an app belongs to.
///
/// A signing certificate is listed by Microsoft once for signing and once for checking; it is one thing here.
pub fn watched(
    tenant: &str,
    practice: bool,
    apps: &[App],
    connection: impl Fn(&App) -> Option<String>,
    replaced: impl Fn(&App, &str) -> bool,
) -> Vec<Arc<Watched>> {
    let mut found = Vec::new();
    for app in apps {
        let (of, mut signing) = (connection(app), HashSet::new());
        for credential in &app.credentials {
            let Some(ends) = credential.ends else { continue };
            let twice = credential.kind == CredentialKind::SigningCertificate
                && credential
                    .identifier
                    .as_ref()
                    .is_some_and(|identifier| !signing.insert((identifier.clone(), ends)));
            if twice || credential.kind == CredentialKind::Federated || replaced(app, &credential.key_id) {
                continue;
            }
            found.push(Arc::new(Watched {
                tenant: tenant.to_owned(),
                practice,
                app_id: app.app_id.clone(),
                app_name: app.name.clone(),
                key_id: credential.key_id.clone(),
                kind: credential.kind,
                name: credential.name.clone(),
                starts: credential.starts,
                ends,
                connection: of.clone(),
            }));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Credential, Known};

    fn credential(key_id: &str, kind: CredentialKind, ends: Option<&str>) -> Credential {
        Credential {
            key_id: key_id.into(),
            kind,
            name: "prod-1".into(),
            hint: Some("abc".into()),
            identifier: Some("thumb".into()),
            starts: None,
            ends: ends.map(|text| text.parse().unwrap()),
            on_enterprise_app: false,
            last_use: Known::NotLooked,
        }
    }

    fn app(credentials: Vec<Credential>) -> App {
        App {
            app_id: "a".into(),
            name: String::new(),
            registration: None,
            enterprise_app: None,
            credentials,
            owners: Known::NotLooked,
            grants: Known::NotLooked,
            last_sign_in: Known::NotLooked,
        }
    }

    #[test]
    fn what_never_ends_was_replaced_or_is_listed_twice_is_left_out() {
        let end = Some("2027-05-03T00:00:00Z");
        let app = app(vec![
            credential("1", CredentialKind::Secret, end),
            credential("2", CredentialKind::Secret, None),
            credential("3", CredentialKind::Federated, end),
            credential("4", CredentialKind::SigningCertificate, end),
            credential("5", CredentialKind::SigningCertificate, end),
            credential("6", CredentialKind::Secret, end),
        ]);
        let found = watched("t", false, &[app], |_| Some("c".into()), |_, key| key == "6");
        let keys: Vec<String> = found.iter().map(|own| own.key()).collect();
        assert_eq!(keys, ["a/1", "a/4"]);
        assert_eq!(found[0].app(), "a");
        assert_eq!(found[0].connection.as_deref(), Some("c"));
    }

    #[test]
    fn no_part_of_a_secret_comes_along() {
        let app = app(vec![credential("1", CredentialKind::Secret, Some("2027-05-03T00:00:00Z"))]);
        let text = serde_json::to_string(&watched("t", true, &[app], |_| None, |_, _| false)).unwrap();
        assert!(!text.contains("abc"), "{text}");
    }
}
