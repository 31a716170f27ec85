//! Certificates of registrations and service principals: uploaded with an update, or rolled by the application itself with a
//! proof that it has another one.
//!
//! Source: "Update application", "application: addKey", "application: removeKey", "keyCredential resource type", and the same of
//! servicePrincipal.

use http::{Method, StatusCode};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use super::super::call::{Call, moment};
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::odata::lexer::is_guid;
use super::super::path::Key;
use super::super::router::{Route, change};
use super::super::schema::entity;
use super::super::validate::{self, array, edit, text};
use super::super::{certificate, locate, privilege, proof};
use super::credentials::{row_mut, take_away};
use super::navigation::kind_of;
use super::policies;
use crate::auth::{Caller, Subject};
use crate::random;
use crate::store::{Row, Tables};

const RESOURCE: &str = "KeyCredential";
const ADD: [&str; 2] =
    ["/applications/{application-id}/addKey", "/servicePrincipals/{servicePrincipal-id}/addKey"];
const REMOVE: [&str; 2] =
    ["/applications/{application-id}/removeKey", "/servicePrincipals/{servicePrincipal-id}/removeKey"];

pub(crate) fn routes() -> Vec<Route> {
    let add = ADD.map(|path| change(Method::POST, path, add_key));
    add.into_iter().chain(REMOVE.map(|path| change(Method::POST, path, remove_key))).collect()
}

fn invalid(property: &str) -> GraphError {
    GraphError::InvalidValue { property: property.to_owned(), resource: RESOURCE }
}

/// "An application does not need any specific permission to roll its own keys."
pub(crate) fn rolls_its_own(tables: &Tables, caller: &Caller, template: &str, keys: &[Key]) -> bool {
    let (true, Some(key)) = (ADD.contains(&template) || REMOVE.contains(&template), keys.first()) else {
        return false;
    };
    locate::find(tables, kind_of(template), key).ok().flatten().is_some_and(|row| is_own(caller, row))
}

/// Whether the application that calls is the one that the row is about.
fn is_own(caller: &Caller, row: &Row) -> bool {
    matches!(caller.subject, Subject::Application { .. }) && row.text("appId") == caller.app_id
}

/// The object whose keys are rolled, after all checks of the caller.
fn permitted(call: &Call<'_>, tables: &Tables) -> Result<(&'static str, Row)> {
    let kind = kind_of(call.template);
    let row = locate::row(call, tables, kind, call.key(0))?.clone();
    if !is_own(call.caller, &row) {
        privilege::require_owner(call, tables, row.text("id"))?;
    }
    Ok((kind, row))
}

fn add_key(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let (kind, row) = permitted(call, tables)?;
    let sent = call.body()?;
    proof::verify(call, &row, validate::required(&sent, "proof", RESOURCE)?)?;
    let Some(Value::Object(wanted)) = sent.get("keyCredential") else {
        return Err(GraphError::MissingProperty { property: "keyCredential", resource: RESOURCE });
    };
    let wanted = validate::body(entity("keyCredential"), RESOURCE, &[], wanted.clone())?;
    for property in ["type", "usage", "key"] {
        validate::required(&wanted, property, RESOURCE)?;
    }
    let password = sent.get("passwordCredential").filter(|password| !password.is_null());
    let entry = match (text(&wanted, "type"), text(&wanted, "usage"), password) {
        ("AsymmetricX509Cert", "Verify", None) => new_key(call, tables, row.text("id"), &json!(wanted))?,
        ("X509CertAndPassword", "Sign", Some(password)) if password["secretText"].is_string() => {
            with_private_key(call, &wanted)
        }
        ("X509CertAndPassword", _, None) => {
            return Err(GraphError::MissingProperty { property: "passwordCredential", resource: RESOURCE });
        }
        _ => return Err(invalid("type")),
    };
    let id = row.text("id").to_owned();
    edit(row_mut(tables, kind, &id)?, call.now(), |body| push(body, entry.clone()));
    let mut shown = entry;
    shown["key"] = Value::Null;
    shown["@odata.context"] = format!("{}/$metadata#microsoft.graph.keyCredential", call.root()).into();
    Ok(GraphResponse::json(StatusCode::OK, shown))
}

fn push(body: &mut Map<String, Value>, entry: Value) {
    let held = body.entry("keyCredentials").or_insert_with(|| json!([]));
    if let Some(all) = held.as_array_mut() {
        all.push(entry);
    }
}

/// A key pair with a password. What is in it is not looked at: it lives as long as it says, or two years.
fn with_private_key(call: &Call<'_>, wanted: &Map<String, Value>) -> Value {
    let moment_of = |property: &str| text(wanted, property).parse::<Timestamp>().ok();
    let start = moment_of("startDateTime").unwrap_or(call.now());
    let end = moment_of("endDateTime").unwrap_or(start + SignedDuration::from_hours(24 * 730));
    json!({
        "customKeyIdentifier": wanted.get("customKeyIdentifier"), "displayName": wanted.get("displayName"),
        "endDateTime": moment(end), "key": wanted["key"], "keyId": random::fresh_guid(),
        "startDateTime": moment(start), "type": "X509CertAndPassword", "usage": "Sign",
    })
}

fn remove_key(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let (kind, row) = permitted(call, tables)?;
    let sent = call.body()?;
    proof::verify(call, &row, validate::required(&sent, "proof", RESOURCE)?)?;
    let key_id = validate::required(&sent, "keyId", RESOURCE)?.to_ascii_lowercase();
    if !is_guid(&key_id) {
        return Err(invalid("keyId"));
    }
    let held = array(&row.body, "keyCredentials").iter().find(|own| own["keyId"] == key_id.as_str());
    let held = held.cloned().ok_or(GraphError::NoSuchKey)?;
    let id = row.text("id").to_owned();
    edit(row_mut(tables, kind, &id)?, call.now(), |body| {
        if let Some(all) = body.get_mut("keyCredentials").and_then(Value::as_array_mut) {
            all.retain(|own| own["keyId"] != key_id.as_str());
        }
    });
    take_away(call, tables, &id, "keyCredentials", held);
    Ok(call.no_content())
}

/// `PATCH keyCredentials` replaces all; an entry that is there already may come without its key.
///
/// # Errors
/// When a key is no certificate, has ended, or the policy forbids it; when one that is there comes with another key.
pub(crate) fn replace_keys(
    call: &Call<'_>,
    tables: &mut Tables,
    old: &Map<String, Value>,
    wanted: &Value,
) -> Result<Value> {
    let held = array(old, "keyCredentials");
    let mut keys: Vec<Value> = Vec::new();
    for entry in wanted.as_array().into_iter().flatten() {
        let key_id = entry["keyId"].as_str().map(str::to_ascii_lowercase);
        let known = held.iter().find(|own| key_id.as_deref().is_some_and(|id| own["keyId"] == id));
        keys.push(match (known, entry["key"].as_str()) {
            (Some(known), None) => known.clone(),
            (Some(known), Some(key)) if known["key"] == key => known.clone(),
            (Some(known), Some(_)) => {
                return Err(GraphError::DirectoryBadRequest(format!(
                    "Update to existing credential with KeyId '{}' is not allowed.",
                    known["keyId"].as_str().unwrap_or_default()
                )));
            }
            (None, None) => return Err(invalid("key")),
            (None, Some(_)) => new_key(call, tables, text(old, "id"), entry)?,
        });
    }
    for gone in held.iter().filter(|own| !keys.iter().any(|kept| kept["keyId"] == own["keyId"])) {
        take_away(call, tables, text(old, "id"), "keyCredentials", gone.clone());
    }
    Ok(keys.into())
}

/// A certificate as it is kept: dates, name and thumbprint are its own unless the client says otherwise.
fn new_key(call: &Call<'_>, tables: &mut Tables, owner: &str, entry: &Value) -> Result<Value> {
    let key = entry["key"].as_str().unwrap_or_default();
    let certificate = certificate::read(key).ok_or_else(|| invalid("key"))?;
    let kind = entry["type"].as_str().unwrap_or("AsymmetricX509Cert");
    let usage = entry["usage"].as_str().unwrap_or("Verify");
    if kind != "AsymmetricX509Cert" || !["Verify", "Sign"].contains(&usage) {
        return Err(invalid("type"));
    }
    let date = |property: &str| entry[property].as_str().and_then(|at| at.parse::<Timestamp>().ok());
    let start = date("startDateTime").unwrap_or(certificate.not_before);
    let end = date("endDateTime").unwrap_or(certificate.not_after);
    if end <= call.now() {
        return Err(GraphError::DirectoryBadRequest("Key credential end date is invalid.".into()));
    }
    if end <= start || end > certificate.not_after + SignedDuration::from_secs(1) {
        return Err(invalid("endDateTime"));
    }
    policies::check_key(tables, owner, call.now(), start, end)?;
    let key_id = entry["keyId"].as_str().map_or_else(random::fresh_guid, str::to_ascii_lowercase);
    tables.certificates_added.insert(key_id.clone(), call.now());
    Ok(json!({
        "customKeyIdentifier": entry["customKeyIdentifier"].as_str().map_or(certificate.thumbprint, str::to_owned),
        "displayName": entry.get("displayName").filter(|name| !name.is_null()).cloned().unwrap_or_else(|| certificate.subject.into()),
        "endDateTime": moment(end), "key": key, "keyId": key_id, "startDateTime": moment(start), "type": kind,
        "usage": usage,
    }))
}
