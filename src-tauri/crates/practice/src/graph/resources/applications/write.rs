//! Creating, upserting, changing and deleting registrations.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::locate;
use super::super::super::privilege::{self, Deed};
use super::super::super::projection::blank_settings;
use super::super::super::schema::entity;
use super::super::super::validate::{self, array, edit, merge, new_row, required};
use super::super::{credentials, groups, keys, owners, service_principals};
use super::rules::{self, READ_ONLY, initial_domain};
use crate::random;
use crate::store::Tables;

const RESOURCE: &str = "Application";

/// `POST /applications`.
pub(super) fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let body = validate::body(entity("application"), RESOURCE, &READ_ONLY, call.body()?)?;
    insert(call, tables, body, None)
}

fn insert(
    call: &Call<'_>,
    tables: &mut Tables,
    changes: Map<String, Value>,
    unique_name: Option<&str>,
) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::CreateApplication)?;
    required(&changes, "displayName", RESOURCE)?;
    if !array(&changes, "passwordCredentials").is_empty() {
        return Err(GraphError::DirectoryBadRequest(
            "New password credentials must be generated with service actions.".into(),
        ));
    }
    let mut body = blank(call, tables);
    if let Some(name) = unique_name {
        body.insert("uniqueName".into(), name.into());
    }
    rules::check(tables, &body, &changes)?;
    privilege::require_quota(call, tables)?;
    let mut changes = changes;
    let owners = groups::bound(&changes, "owners");
    if let Some(wanted) = changes.remove("keyCredentials") {
        changes.insert("keyCredentials".into(), keys::replace_keys(call, tables, &body, &wanted)?);
    }
    merge(&mut body, changes);
    let id = body["id"].as_str().unwrap_or_default().to_owned();
    let response = call.created("applications", entity("application"), &body);
    tables.applications.insert(id.clone(), new_row(body, call.now()));
    owners::own(call, tables, &id);
    if !owners.is_empty() {
        tables.owners.insert(id, owners);
    }
    Ok(response)
}

/// `PATCH /applications/{id}` and, by `uniqueName` or `appId`, the upsert.
pub(super) fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let key = call.key(0);
    let mut sent = call.body()?;
    if key.is("uniqueName") {
        // The name may be repeated in the body, as long as it is the same.
        match sent.remove("uniqueName") {
            Some(name) if name != key.value.as_str() => {
                return Err(GraphError::ReadOnlyProperty("uniqueName".into()));
            }
            _ => {}
        }
    }
    let changes = validate::body(entity("application"), RESOURCE, &READ_ONLY, sent)?;
    let found = if key.is("uniqueName") {
        // An upsert asks the primary, not a replica: otherwise it could not be repeated safely.
        locate::find(tables, "application", key)?.map(|row| row.text("id").to_owned())
    } else {
        Some(locate::id(call, tables, "application", key)?)
    };
    let Some(id) = found else {
        if !call.prefers("create-if-missing") {
            return Err(GraphError::NotFound(key.value.clone()));
        }
        // A soft-deleted registration keeps its name until it is purged.
        if tables.applications.values().any(|row| row.text("uniqueName") == key.value) {
            return Err(GraphError::Conflict("uniqueName"));
        }
        let name = key.value.clone();
        if name.is_empty() || name.chars().count() > 120 {
            return Err(GraphError::InvalidValue { property: "uniqueName".into(), resource: RESOURCE });
        }
        return insert(call, tables, changes, Some(&name));
    };
    change(call, tables, &id, changes)?;
    Ok(GraphResponse::empty(StatusCode::NO_CONTENT))
}

fn change(call: &Call<'_>, tables: &mut Tables, id: &str, mut changes: Map<String, Value>) -> Result<()> {
    privilege::require_owner(call, tables, id)?;
    let Some(old) = tables.applications.get(id).map(|row| row.body.clone()) else {
        return Err(GraphError::NotFound(id.to_owned()));
    };
    rules::check(tables, &old, &changes)?;
    if let Some(wanted) = changes.remove("keyCredentials") {
        changes.insert("keyCredentials".into(), keys::replace_keys(call, tables, &old, &wanted)?);
    }
    if let Some(passwords) = changes.remove("passwordCredentials") {
        changes.insert(
            "passwordCredentials".into(),
            credentials::keep_passwords(call, tables, &old, &passwords)?,
        );
    }
    let app_id = validate::text(&old, "appId").to_owned();
    if let Some(row) = tables.applications.get_mut(id) {
        edit(row, call.now(), |body| {
            with_blank_settings(body);
            merge(body, changes);
        });
    }
    service_principals::mirror(call, tables, &app_id);
    Ok(())
}

/// `DELETE /applications/{id}`: kept for 30 days, with its service principal.
pub(super) fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "application", call.key(0))?;
    privilege::require_owner(call, tables, &id)?;
    let now = call.now();
    let stamp = Value::from(call.now_text());
    let mut app_id = String::new();
    if let Some(row) = tables.applications.get_mut(&id) {
        row.deleted = Some(now);
        row.body.insert("deletedDateTime".into(), stamp.clone());
        app_id = row.text("appId").to_owned();
    }
    for row in tables
        .service_principals
        .values_mut()
        .filter(|row| row.text("appId") == app_id && row.deleted.is_none())
    {
        row.deleted = Some(now);
        row.body.insert("deletedDateTime".into(), stamp.clone());
    }
    Ok(call.no_content())
}

/// A registration with nothing set, as Graph shows one.
fn blank(call: &Call<'_>, tables: &Tables) -> Map<String, Value> {
    let blank = json!({
        "id": random::fresh_guid(),
        "appId": random::fresh_guid(),
        "createdDateTime": call.now_text(),
        "deletedDateTime": null,
        "publisherDomain": initial_domain(tables),
        // The page names AzureADMyOrg as the default; its own examples of a bare POST show this.
        "signInAudience": "AzureADandPersonalMicrosoftAccount",
        "identifierUris": [], "tags": [], "appRoles": [], "addIns": [],
        "keyCredentials": [], "passwordCredentials": [], "requiredResourceAccess": [],
        "isFallbackPublicClient": null,
        "uniqueName": null,
        "_createdBy": call.actor(),
    });
    let mut body = match blank {
        Value::Object(blank) => blank,
        _ => Map::new(),
    };
    with_blank_settings(&mut body);
    body
}

/// A change of a part of the settings needs the rest of them.
fn with_blank_settings(body: &mut Map<String, Value>) {
    for (name, blank) in blank_settings() {
        body.entry(name.as_str()).or_insert_with(|| blank.clone());
    }
}
