//! When credentials and applications were used last, on beta only.
//!
//! Source: "List appCredentialSignInActivities", "List servicePrincipalSignInActivities".

use std::borrow::Cow;
use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::super::call::{Call, moment};
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::router::{Route, get};
use super::super::schema::entity;
use super::audit_logs::permit;
use crate::store::{Row, Table, Tables};

/// What v1.0 does not have.
pub(crate) const BETA_ONLY: [&str; 2] =
    ["/reports/appCredentialSignInActivities", "/reports/servicePrincipalSignInActivities"];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get(BETA_ONLY[0], |call, tables| list(call, tables, "appCredentialSignInActivity")),
        get("/reports/appCredentialSignInActivities/{appCredentialSignInActivity-id}", |call, tables| {
            one(call, tables, "appCredentialSignInActivity")
        }),
        get(BETA_ONLY[1], |call, tables| list(call, tables, "servicePrincipalSignInActivity")),
        get(
            "/reports/servicePrincipalSignInActivities/{servicePrincipalSignInActivity-id}",
            |call, tables| one(call, tables, "servicePrincipalSignInActivity"),
        ),
    ]
}

fn set(kind: &str) -> &'static str {
    if kind == "appCredentialSignInActivity" {
        "reports/appCredentialSignInActivities"
    } else {
        "reports/servicePrincipalSignInActivities"
    }
}

fn all(call: &Call<'_>, tables: &Tables, kind: &str) -> Vec<Map<String, Value>> {
    let mut found = if kind == "appCredentialSignInActivity" {
        credentials(call, tables)
    } else {
        applications(call, tables)
    };
    found.sort_by(|left, right| left["id"].as_str().cmp(&right["id"].as_str()));
    found
}

fn list(call: &Call<'_>, tables: &Tables, kind: &str) -> Result<GraphResponse> {
    permit(call, tables)?;
    let rows = all(call, tables, kind);
    let kind = entity(kind);
    let at = |position: usize| Some(Item { kind, body: Cow::Borrowed(rows.get(position)?) });
    Listing {
        kind,
        set: set(&kind.name),
        service: Service::Log,
        len: rows.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn one(call: &Call<'_>, tables: &Tables, kind: &str) -> Result<GraphResponse> {
    permit(call, tables)?;
    let wanted = &call.key(0).value;
    let found = all(call, tables, kind).into_iter().find(|row| row["id"] == wanted.as_str());
    let found = found.ok_or_else(|| GraphError::NotFound(wanted.clone()))?;
    call.one(set(kind), entity(kind), &found)
}

fn behind(call: &Call<'_>) -> SignedDuration {
    SignedDuration::from_millis(i64::try_from(call.view.lag.sign_ins_ms).unwrap_or(i64::MAX))
}

fn activity(at: Option<Timestamp>, id: &str) -> Value {
    at.map_or(Value::Null, |at| json!({ "lastSignInDateTime": moment(at), "lastSignInRequestId": id }))
}

/// One row for each credential that was ever used; what was never used has none.
fn credentials(call: &Call<'_>, tables: &Tables) -> Vec<Map<String, Value>> {
    let behind = behind(call);
    // Looked up once: tens of thousands of credentials among tens of thousands of apps would take minutes.
    let (registrations, principals) =
        (by_app_id(&tables.applications), by_app_id(&tables.service_principals));
    let row = |(key_id, known): (&String, &crate::sign_ins::CredentialUse)| {
        let last = known.last(call.now(), behind)?;
        let on_application = tables.applications.get(&known.owner);
        let holder = on_application.or_else(|| tables.service_principals.get(&known.owner));
        let list = if known.certificate { "keyCredentials" } else { "passwordCredentials" };
        let credential = holder
            .and_then(|row| row.body.get(list)?.as_array())
            .and_then(|all| all.iter().find(|own| own["keyId"] == key_id.as_str()));
        let origin = if on_application.is_some() { "application" } else { "servicePrincipal" };
        let application = on_application
            .or_else(|| registrations.get(known.app_id.as_str()).copied())
            .map(|row| row.text("id"));
        let principal = match on_application {
            Some(_) => principals.get(known.app_id.as_str()).map(|row| row.text("id")),
            None => Some(known.owner.as_str()),
        };
        json!({
            "id": STANDARD.encode(format!("{key_id}|{origin}")), "keyId": key_id,
            "keyType": if known.certificate { "certificate" } else { "clientSecret" },
            "keyUsage": if known.certificate { "verify" } else { "sign" },
            "appId": known.app_id, "appObjectId": application, "servicePrincipalObjectId": principal,
            "resourceId": known.resource, "credentialOrigin": origin,
            "createdDateTime": credential.map(|own| &own["startDateTime"]),
            "expirationDateTime": credential.map(|own| &own["endDateTime"]),
            "signInActivity": activity(Some(last), key_id),
        })
        .as_object()
        .cloned()
    };
    tables.sign_ins.credentials.iter().filter_map(row).collect()
}

/// Objects by client id; soft-deleted ones do not count, and the first of several does.
fn by_app_id(table: &Table) -> HashMap<&str, &Row> {
    table.values().rev().filter(|row| row.deleted.is_none()).map(|row| (row.text("appId"), row)).collect()
}

fn applications(call: &Call<'_>, tables: &Tables) -> Vec<Map<String, Value>> {
    let behind = behind(call);
    let row = |app_id: &String| {
        let (by_itself, for_a_person) = tables.sign_ins.application(app_id, call.now(), behind);
        let last = by_itself.max(for_a_person)?;
        json!({
            "id": STANDARD.encode(app_id), "appId": app_id,
            "lastSignInActivity": activity(Some(last), app_id),
            "applicationAuthenticationClientSignInActivity": activity(by_itself, app_id),
            "delegatedClientSignInActivity": activity(for_a_person, app_id),
            "applicationAuthenticationResourceSignInActivity": null,
            "delegatedResourceSignInActivity": null,
        })
        .as_object()
        .cloned()
    };
    tables.sign_ins.applications.keys().filter_map(row).collect()
}
