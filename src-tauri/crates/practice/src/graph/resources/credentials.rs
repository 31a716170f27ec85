//! Client secrets, of registrations and service principals alike.

use http::Method;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::odata::lexer::is_guid;
use super::super::router::{Route, change};
use super::super::schema::entity;
use super::super::validate::{self, array, edit, text};
use super::super::{locate, privilege};
use super::navigation::kind_of;
use super::policies;
use crate::random;
use crate::store::{Row, StoredSecret, Tables, TakenAway};

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    for (password, forget) in [
        ("/applications/{application-id}/addPassword", "/applications/{application-id}/removePassword"),
        (
            "/servicePrincipals/{servicePrincipal-id}/addPassword",
            "/servicePrincipals/{servicePrincipal-id}/removePassword",
        ),
    ] {
        routes.push(change(Method::POST, password, add_password));
        routes.push(change(Method::POST, forget, remove_password));
    }
    routes
}

/// `addPassword`: the only answer that ever carries the value.
fn add_password(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let kind = kind_of(call.template);
    let id = locate::id(call, tables, kind, call.key(0))?;
    privilege::require_owner(call, tables, &id)?;
    let sent = call.body_or_empty()?;
    if let Some(unknown) = sent.keys().find(|name| *name != "passwordCredential") {
        return Err(GraphError::UnknownProperty(unknown.clone()));
    }
    let wanted = match sent.get("passwordCredential") {
        Some(Value::Object(wanted)) => wanted.clone(),
        None | Some(Value::Null) => Map::new(),
        Some(_) => {
            return Err(GraphError::InvalidValue {
                property: "passwordCredential".into(),
                resource: "PasswordCredential",
            });
        }
    };
    let wanted =
        validate::body(entity("passwordCredential"), "PasswordCredential", &["hint", "secretText"], wanted)?;
    let start = date(&wanted, "startDateTime").unwrap_or(call.now());
    let end = date(&wanted, "endDateTime").unwrap_or_else(|| after_two_years(start));
    if end <= start || end <= call.now() {
        return Err(GraphError::InvalidValue {
            property: "endDateTime".into(),
            resource: "PasswordCredential",
        });
    }
    policies::check_password(tables, kind, &id, call.now(), start, end)?;
    let value = fresh_value();
    let key_id = random::fresh_guid();
    let mut credential = json!({
        "customKeyIdentifier": wanted.get("customKeyIdentifier"),
        "displayName": wanted.get("displayName"),
        "endDateTime": precise(end),
        "hint": &value[..3],
        "keyId": key_id,
        "startDateTime": precise(start),
    });
    let row = row_mut(tables, kind, &id)?;
    edit(row, call.now(), |body| {
        let held = body.entry("passwordCredentials").or_insert_with(|| json!([]));
        if let Some(all) = held.as_array_mut() {
            // Newest first, as Entra keeps them.
            all.insert(0, credential.clone());
        }
    });
    tables.secrets.insert(key_id, StoredSecret { owner: id, value: value.clone(), created: call.now() });
    credential["secretText"] = value.into();
    credential["@odata.context"] =
        format!("{}/$metadata#microsoft.graph.passwordCredential", call.root()).into();
    Ok(GraphResponse::json(http::StatusCode::OK, credential))
}

fn remove_password(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let kind = kind_of(call.template);
    let id = locate::id(call, tables, kind, call.key(0))?;
    privilege::require_owner(call, tables, &id)?;
    let sent = call.body()?;
    let key_id = validate::required(&sent, "keyId", "PasswordCredential")?.to_ascii_lowercase();
    if !is_guid(&key_id) {
        return Err(GraphError::InvalidValue { property: "keyId".into(), resource: "PasswordCredential" });
    }
    let row = row_mut(tables, kind, &id)?;
    let held = array(&row.body, "passwordCredentials").iter().find(|own| own["keyId"] == key_id.as_str());
    let held = held.cloned().ok_or(GraphError::NoSuchCredential)?;
    edit(row, call.now(), |body| {
        if let Some(all) = body.get_mut("passwordCredentials").and_then(Value::as_array_mut) {
            all.retain(|own| own["keyId"] != key_id.as_str());
        }
    });
    take_away(call, tables, &id, "passwordCredentials", held);
    Ok(call.no_content())
}

/// `PATCH passwordCredentials` can only drop entries: values are made by `addPassword`.
///
/// # Errors
/// When an entry is not there already.
pub(crate) fn keep_passwords(
    call: &Call<'_>,
    tables: &mut Tables,
    old: &Map<String, Value>,
    wanted: &Value,
) -> Result<Value> {
    let wanted = wanted.as_array().map_or(&[] as &[Value], Vec::as_slice);
    let held = array(old, "passwordCredentials");
    let kept: Vec<Value> = held
        .iter()
        .filter(|own| wanted.iter().any(|other| other["keyId"] == own["keyId"]))
        .cloned()
        .collect();
    if kept.len() != wanted.len() {
        return Err(GraphError::DirectoryBadRequest(
            "New password credentials must be generated with service actions.".into(),
        ));
    }
    for own in held.iter().filter(|own| !kept.contains(own)) {
        take_away(call, tables, text(old, "id"), "passwordCredentials", own.clone());
    }
    Ok(kept.into())
}

/// How long is remembered what was taken away: longer than any news takes to spread.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(24);

/// Remembers a credential that was taken away, until the token endpoint has heard of it.
pub(super) fn take_away(call: &Call<'_>, tables: &mut Tables, owner: &str, list: &str, credential: Value) {
    let key_id = credential["keyId"].as_str().unwrap_or_default().to_owned();
    let secret = tables.secrets.remove(&key_id);
    tables.certificates_added.remove(&key_id);
    tables.taken_away.retain(|gone| call.now().duration_since(gone.at) < REMEMBERED);
    tables.taken_away.push(TakenAway {
        owner: owner.to_owned(),
        list: list.to_owned(),
        credential,
        secret,
        at: call.now(),
    });
}

/// The row of a registration or an enterprise app.
pub(super) fn row_mut<'t>(tables: &'t mut Tables, kind: &str, id: &str) -> Result<&'t mut Row> {
    let table = if kind == "application" { &mut tables.applications } else { &mut tables.service_principals };
    table.get_mut(id).ok_or_else(|| GraphError::NotFound(id.to_owned()))
}

fn date(body: &Map<String, Value>, property: &str) -> Option<Timestamp> {
    text(body, property).parse().ok()
}

/// The default life of a secret ("application: addPassword").
fn after_two_years(start: Timestamp) -> Timestamp {
    let zoned = start.to_zoned(jiff::tz::TimeZone::UTC);
    zoned.checked_add(2.years()).map_or(start + SignedDuration::from_hours(24 * 730), |end| end.timestamp())
}

/// With seven digits of a second, as Entra writes credentials.
fn precise(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.7fZ").to_string()
}

/// Forty characters with a tilde among the first, the look of Entra's own: three letters or digits, `8Q~`, the rest.
fn fresh_value() -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~";
    let bytes: [u8; 64] = rand::random();
    // 66 letters do not divide 256: bytes above the last multiple are skipped, so each letter is equally likely.
    let mut letters = bytes
        .iter()
        .filter(|byte| **byte < 198)
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
    let plain = |letter: char| if letter.is_ascii_alphanumeric() { letter } else { 'q' };
    let mut value: String = letters.by_ref().take(3).map(plain).collect();
    value.push_str("8Q~");
    value.extend(letters.by_ref().take(34));
    while value.len() < 40 {
        value.push(char::from(LETTERS[usize::from(rand::random::<u8>()) % 62]));
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_look_like_entras_and_never_repeat() {
        let values: std::collections::BTreeSet<String> = (0..200).map(|_| fresh_value()).collect();
        assert_eq!(values.len(), 200);
        assert!(values.iter().all(|value| value.len() == 40
            && &value[3..6] == "8Q~"
            && value[..3].chars().all(char::is_alphanumeric)));
    }

    #[test]
    fn two_years_are_two_calendar_years() {
        let start: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        assert_eq!(precise(after_two_years(start)), "2028-11-20T10:00:00.0000000Z");
    }
}
