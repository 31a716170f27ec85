//! An app from its parts, as Microsoft gave them.

use std::collections::BTreeMap;

use graph::resources::{
    Application, KeyCredential, PasswordCredential, ResourceAccessType, ServicePrincipal,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    App, Credential, CredentialKind, EnterpriseApp, Granted, Known, LastUse, Owner, Platform, Redirect,
    Registration, Requested,
};

/// How far back the absence of a sign-in says something, from when it was looked for: what Microsoft's log remembers with
/// a licence.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is kept of one app.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) app_id: String,
    pub(crate) registration: Option<Application>,
    pub(crate) enterprise_app: Option<ServicePrincipal>,
    pub(crate) federated: Option<Vec<Credential>>,
    pub(crate) owners: Option<Vec<Owner>>,
    pub(crate) grants: Option<Vec<Granted>>,
    pub(crate) activity: Option<Activity>,
}

/// When an app and its credentials were seen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Activity {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last: Option<Timestamp>,
    /// By key id.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) keys: BTreeMap<String, Timestamp>,
}

/// What holds for every app of which nothing of its own is kept: when it was looked for, or why it could not be seen.
#[derive(Debug, Clone)]
pub(crate) struct Backdrop {
    pub(crate) grants: Known<Timestamp>,
    pub(crate) activity: Known<Timestamp>,
    pub(crate) key_activity: Known<Timestamp>,
    pub(crate) owners: Known<Timestamp>,
}

/// When something was last used, from what was seen of it and what holds for all.
pub(crate) fn last_use(own: Option<Timestamp>, backdrop: &Known<Timestamp>) -> Known<LastUse> {
    match (own, backdrop) {
        (Some(at), _) => Known::Seen(LastUse::At { at }),
        (None, Known::Seen(looked)) => {
            let since = looked.checked_sub(REMEMBERED).unwrap_or(*looked);
            Known::Seen(LastUse::NotSince { since })
        }
        (None, Known::Hidden(why)) => Known::Hidden(*why),
        (None, Known::NotLooked) => Known::NotLooked,
    }
}

pub(crate) fn compose(parts: Parts, backdrop: &Backdrop) -> App {
    let activity = parts.activity.unwrap_or_default();
    let key_use = |key: &str| last_use(activity.keys.get(key).copied(), &backdrop.key_activity);
    let mut credentials = Vec::new();
    if let Some(app) = &parts.registration {
        credentials_of(&app.password_credentials, &app.key_credentials, false, &key_use, &mut credentials);
    }
    if let Some(app) = &parts.enterprise_app
        // Azure makes and renews these by itself.
        && app.service_principal_type.as_deref() != Some("ManagedIdentity")
    {
        credentials_of(&app.password_credentials, &app.key_credentials, true, &key_use, &mut credentials);
    }
    credentials.extend(parts.federated.into_iter().flatten());
    let name = [
        parts.registration.as_ref().and_then(|app| app.display_name.clone()),
        parts.enterprise_app.as_ref().and_then(|app| app.display_name.clone()),
    ];
    let grants = match (parts.grants, &backdrop.grants) {
        (Some(grants), _) => Known::Seen(grants),
        (None, Known::Seen(_)) => Known::Seen(Vec::new()),
        (None, Known::Hidden(why)) => Known::Hidden(*why),
        (None, Known::NotLooked) => Known::NotLooked,
    };
    let owners = match (parts.owners, &backdrop.owners) {
        (Some(owners), _) => Known::Seen(owners),
        (None, Known::Hidden(why)) => Known::Hidden(*why),
        (None, _) => Known::NotLooked,
    };
    App {
        app_id: parts.app_id,
        name: name.into_iter().flatten().next().unwrap_or_default(),
        registration: parts.registration.as_ref().map(registration),
        enterprise_app: parts.enterprise_app.as_ref().map(enterprise_app),
        credentials,
        owners,
        grants,
        last_sign_in: last_use(activity.last, &backdrop.activity),
    }
}

fn credentials_of(
    secrets: &[PasswordCredential],
    certificates: &[KeyCredential],
    on_enterprise_app: bool,
    key_use: &dyn Fn(&str) -> Known<LastUse>,
    into: &mut Vec<Credential>,
) {
    // A signing certificate of SAML is three entries: the key to sign with, the same certificate to verify with, and the
    // password of the key, under the key's id. It is one thing that ends.
    let signs = |one: &&KeyCredential| one.usage.as_deref() == Some("Sign");
    let signing: Vec<&KeyCredential> = certificates.iter().filter(signs).collect();
    for secret in secrets {
        let of_a_key = signing.iter().any(|key| key.key_id.as_ref() == Some(&secret.key_id));
        if !of_a_key {
            into.push(Credential {
                key_id: secret.key_id.to_string(),
                kind: CredentialKind::Secret,
                name: plain(secret.display_name.as_deref()),
                hint: secret.hint.clone(),
                identifier: None,
                starts: secret.start_date_time,
                ends: secret.end_date_time,
                on_enterprise_app,
                last_use: key_use(secret.key_id.as_str()),
            });
        }
    }
    for certificate in certificates {
        let is_signing = signs(&certificate);
        let verifies_what_another_signs = !is_signing
            && certificate.custom_key_identifier.is_some()
            && signing.iter().any(|key| key.custom_key_identifier == certificate.custom_key_identifier);
        if verifies_what_another_signs {
            continue;
        }
        let key_id = certificate.key_id.as_ref().map(ToString::to_string).unwrap_or_default();
        into.push(Credential {
            kind: if is_signing { CredentialKind::SigningCertificate } else { CredentialKind::Certificate },
            name: plain(certificate.display_name.as_deref()),
            hint: None,
            identifier: certificate.custom_key_identifier.clone(),
            starts: certificate.start_date_time,
            ends: certificate.end_date_time,
            on_enterprise_app,
            last_use: key_use(&key_id),
            key_id,
        });
    }
}

/// A credential's name without the run and the attempt by which Gatehouse finds again what it made (`name/<run>/<attempt>`).
fn plain(name: Option<&str>) -> String {
    let name = name.unwrap_or_default();
    let mut parts = name.rsplitn(3, '/');
    let is_mark = |attempt: &str, run: &str| {
        !attempt.is_empty()
            && attempt.bytes().all(|byte| byte.is_ascii_digit())
            && run.len() == 32
            && run.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    match (parts.next(), parts.next(), parts.next()) {
        (Some(attempt), Some(run), Some(own)) if is_mark(attempt, run) => own.to_owned(),
        _ => name.to_owned(),
    }
}

fn registration(app: &Application) -> Registration {
    let web = app.web.iter().flat_map(|web| &web.redirect_uris).map(|uri| (Platform::Web, uri));
    let spa = app.spa.iter().flat_map(|spa| &spa.redirect_uris).map(|uri| (Platform::Spa, uri));
    let public =
        app.public_client.iter().flat_map(|client| &client.redirect_uris).map(|uri| (Platform::Public, uri));
    let redirects =
        web.chain(spa).chain(public).map(|(platform, uri)| Redirect { platform, uri: uri.clone() }).collect();
    let requested = app.required_resource_access.iter().flat_map(|api| {
        api.resource_access.iter().map(|access| Requested {
            resource: api.resource_app_id.to_string(),
            id: access.id.clone(),
            application: access.kind == ResourceAccessType::Role,
        })
    });
    Registration {
        object_id: app.id.to_string(),
        audience: app.sign_in_audience.as_ref().map(ToString::to_string),
        created: app.created_date_time,
        redirects,
        requested: requested.collect(),
        disabled_by_microsoft: app
            .disabled_by_microsoft_status
            .as_deref()
            .is_some_and(|status| !status.is_empty() && status != "NotDisabled"),
        tags: app.tags.clone(),
    }
}

fn enterprise_app(app: &ServicePrincipal) -> EnterpriseApp {
    EnterpriseApp {
        object_id: app.id.to_string(),
        kind: app.service_principal_type.clone(),
        owner_organisation: app.app_owner_organization_id.clone(),
        enabled: app.account_enabled,
        tags: app.tags.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BACKDROP: Backdrop = Backdrop {
        grants: Known::NotLooked,
        activity: Known::NotLooked,
        key_activity: Known::NotLooked,
        owners: Known::NotLooked,
    };

    fn enterprise(json: &str) -> App {
        let enterprise_app = Some(serde_json::from_str(json).unwrap());
        compose(Parts { app_id: "a".into(), enterprise_app, ..Parts::default() }, &BACKDROP)
    }

    const SAML: &str = r#"{"id":"s","appId":"a","displayName":"Wiki","servicePrincipalType":"KIND",
        "keyCredentials":[
          {"keyId":"k1","usage":"Sign","type":"X509CertAndPassword","customKeyIdentifier":"T1","endDateTime":"2027-01-01T00:00:00Z"},
          {"keyId":"k2","usage":"Verify","type":"AsymmetricX509Cert","customKeyIdentifier":"T1","endDateTime":"2027-01-01T00:00:00Z"},
          {"keyId":"k3","usage":"Verify","type":"AsymmetricX509Cert","customKeyIdentifier":"T2","endDateTime":"2027-02-01T00:00:00Z"}],
        "passwordCredentials":[{"keyId":"k1","endDateTime":"2027-01-01T00:00:00Z"},{"keyId":"k9"}]}"#;

    #[test]
    fn a_signing_certificate_is_one_thing_that_ends() {
        let app = enterprise(&SAML.replace("KIND", "Application"));
        let seen: Vec<_> = app.credentials.iter().map(|one| (one.key_id.as_str(), one.kind)).collect();
        assert_eq!(
            seen,
            [
                ("k9", CredentialKind::Secret),
                ("k1", CredentialKind::SigningCertificate),
                ("k3", CredentialKind::Certificate)
            ]
        );
        assert!(app.credentials.iter().all(|one| one.on_enterprise_app));
    }

    #[test]
    fn what_azure_renews_by_itself_is_nothing_to_watch() {
        assert!(enterprise(&SAML.replace("KIND", "ManagedIdentity")).credentials.is_empty());
    }

    #[test]
    fn the_absence_of_a_sign_in_says_only_what_the_log_remembers() {
        let looked: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let since: Timestamp = "2026-10-21T12:00:00Z".parse().unwrap();
        assert_eq!(last_use(None, &Known::Seen(looked)), Known::Seen(LastUse::NotSince { since }));
        assert_eq!(last_use(Some(looked), &Known::NotLooked), Known::Seen(LastUse::At { at: looked }));
        assert_eq!(last_use(None, &Known::NotLooked), Known::NotLooked);
    }
}

#[cfg(test)]
mod name_tests {
    use super::plain;

    #[test]
    fn what_gatehouse_made_is_called_what_it_was_called() {
        assert_eq!(plain(Some("wifi/0c5d3ec84752db157a743286d601464c/1")), "wifi");
        assert_eq!(plain(Some("a/b/0c5d3ec84752db157a743286d601464c/12")), "a/b");
        for kept in ["wifi", "a/b/1", "wifi/0c5d3ec84752db157a743286d601464c/x", "/1", ""] {
            assert_eq!(plain(Some(kept)), kept);
        }
        assert_eq!(plain(None), "");
    }
}
