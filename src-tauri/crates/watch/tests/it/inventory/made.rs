//! Apps made to measure, read through a scan of an organisation that holds nothing else.

use practice::Options;
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use watch::inventory::Store;

use super::stage::{ADMIN, Stage};

/// A registration.
#[derive(Clone)]
pub(crate) struct Made {
    number: u32,
    body: Map<String, Value>,
}

pub(crate) fn app(number: u32, name: &str) -> Made {
    let body = json!({
        "id": format!("bbbbbbbb-0000-4000-8000-{number:012}"),
        "appId": format!("aaaaaaaa-0000-4000-8000-{number:012}"),
        "displayName": name,
        "signInAudience": "AzureADMyOrg",
        "createdDateTime": "2026-01-01T00:00:00Z",
        "passwordCredentials": [],
        "keyCredentials": [],
    });
    Made { number, body: body.as_object().unwrap().clone() }
}

pub(crate) fn secret(number: u32, name: &str, end: &str) -> Value {
    json!({
        "keyId": format!("cccccccc-0000-4000-8000-{number:012}"), "displayName": name, "hint": "abc",
        "startDateTime": "2024-01-01T00:00:00Z", "endDateTime": end, "secretText": null, "customKeyIdentifier": null,
    })
}

impl Made {
    pub(crate) fn with(mut self, secret: Value) -> Self {
        self.body["passwordCredentials"].as_array_mut().unwrap().push(secret);
        self
    }

    pub(crate) fn set(mut self, property: &str, value: Value) -> Self {
        self.body.insert(property.to_owned(), value);
        self
    }
}

/// The store and its file, which goes with it.
pub(crate) struct Kept {
    store: Store,
    _folder: TempDir,
}

impl std::ops::Deref for Kept {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// What a scan makes of an organisation with these registrations alone.
pub(crate) async fn stored(apps: &[Made]) -> Kept {
    let stage = Stage::with(Options { applications: 5, ..Options::default() }, ADMIN).await;
    let now = stage.now();
    stage.tenant.tables(|tables| {
        let mut like = tables.applications.values().next().unwrap().clone();
        (like.created, like.changed, like.before, like.deleted) = (now, now, None, None);
        tables.applications.clear();
        tables.service_principals.retain(|_, row| row.text("appOwnerOrganizationId").starts_with("f8cdef31"));
        for made in apps {
            let mut row = like.clone();
            row.body = made.body.clone();
            tables.applications.insert(format!("bbbbbbbb-0000-4000-8000-{:012}", made.number), row);
        }
    });
    stage.sync().await;
    let Stage { store, folder, .. } = stage;
    Kept { store, _folder: folder }
}
