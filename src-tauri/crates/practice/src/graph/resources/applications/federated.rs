//! Federated identity credentials: trust in another issuer's tokens instead of a secret.

use http::Method;
use serde_json::{Map, Value};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::router::{Route, change, get};
use super::super::super::schema::entity;
use super::super::super::validate::{self, array, edit, merge, required, text};
use super::super::super::{locate, privilege};
use crate::random;
use crate::store::Tables;

const RESOURCE: &str = "FederatedIdentityCredential";
/// Where an application keeps them.
const HELD_IN: &str = "_federatedIdentityCredentials";
/// One application may have twenty.
const MOST: usize = 20;

pub(super) fn routes() -> Vec<Route> {
    const ALL: &str = "/applications/{application-id}/federatedIdentityCredentials";
    const ONE: &str =
        "/applications/{application-id}/federatedIdentityCredentials/{federatedIdentityCredential-id}";
    vec![
        change(Method::POST, ALL, create),
        get(ONE, one),
        change(Method::PATCH, ONE, update),
        change(Method::DELETE, ONE, delete),
    ]
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "application", call.key(0))?;
    privilege::require_owner(call, tables, &id)?;
    let body = validate::body(entity("federatedIdentityCredential"), RESOURCE, &["id"], call.body()?)?;
    insert(call, tables, &id, body)
}

fn insert(
    call: &Call<'_>,
    tables: &mut Tables,
    id: &str,
    mut body: Map<String, Value>,
) -> Result<GraphResponse> {
    for property in ["name", "issuer", "subject"] {
        required(&body, property, RESOURCE)?;
    }
    check(&body)?;
    let own = held(tables, id);
    if own.len() >= MOST {
        return Err(GraphError::DirectoryBadRequest(format!(
            "The application already has {MOST} federated identity credentials."
        )));
    }
    if own.iter().any(|other| other["name"] == body["name"]) {
        return Err(GraphError::Conflict("name"));
    }
    trusted_already(&own, &body)?;
    body.insert("id".into(), random::fresh_guid().into());
    let response = call.created(
        &format!("applications('{id}')/federatedIdentityCredentials"),
        entity("federatedIdentityCredential"),
        &body,
    );
    store(call, tables, id, |all| all.push(Value::Object(body)));
    Ok(response)
}

/// Lengths, the name's letters, and one audience ("federatedIdentityCredential resource type"; "Workload identity
/// federation considerations": 3 to 120 letters, digits, dashes and underscores, a letter or digit first).
fn check(body: &Map<String, Value>) -> Result<()> {
    let invalid = |property: &str| GraphError::InvalidValue { property: property.into(), resource: RESOURCE };
    for property in ["issuer", "subject", "description"] {
        if text(body, property).chars().count() > 600 {
            return Err(invalid(property));
        }
    }
    let name = text(body, "name");
    let letters = name.chars().all(|letter| letter.is_ascii_alphanumeric() || "-_".contains(letter));
    let begins = name.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    if !(3..=120).contains(&name.chars().count()) || !letters || !begins {
        return Err(invalid("name"));
    }
    match array(body, "audiences") {
        [only] if only.as_str().is_some_and(|text| !text.is_empty() && text.chars().count() <= 600) => Ok(()),
        _ => Err(invalid("audiences")),
    }
}

/// One issuer's subject is trusted once by an application.
fn trusted_already(others: &[Value], body: &Map<String, Value>) -> Result<()> {
    let same = |other: &Value| other["issuer"] == body["issuer"] && other["subject"] == body["subject"];
    if others.iter().any(same) {
        return Err(GraphError::DirectoryBadRequest(
            "FederatedIdentityCredential with same issuer and subject combination already exists on the application.".into(),
        ));
    }
    Ok(())
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "application", call.key(0))?;
    let found = find(tables, &id, call)?;
    let set = format!("applications('{id}')/federatedIdentityCredentials");
    call.one(&set, entity("federatedIdentityCredential"), &found)
}

/// A change, or, by name with `Prefer: create-if-missing`, the upsert.
fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "application", call.key(0))?;
    privilege::require_owner(call, tables, &id)?;
    let mut sent = call.body()?;
    let named = call.key(1).is("name").then(|| call.key(1).value.clone());
    if named.as_deref().is_some_and(|name| sent.get("name").is_some_and(|own| own == name)) {
        sent.remove("name");
    }
    let changes = validate::body(entity("federatedIdentityCredential"), RESOURCE, &["id", "name"], sent)?;
    let old = match (find(tables, &id, call), named) {
        (Err(GraphError::NotFound(_)), Some(name)) if call.prefers("create-if-missing") => {
            let mut body = changes;
            body.insert("name".into(), name.into());
            return insert(call, tables, &id, body);
        }
        (found, _) => found?,
    };
    let own = text(&old, "id").to_owned();
    let mut changed = old;
    merge(&mut changed, changes);
    check(&changed)?;
    let mut others = held(tables, &id);
    others.retain(|other| other["id"] != own.as_str());
    trusted_already(&others, &changed)?;
    store(call, tables, &id, |all| {
        for other in all.iter_mut().filter(|other| other["id"] == own.as_str()) {
            *other = Value::Object(changed.clone());
        }
    });
    Ok(call.no_content())
}

fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "application", call.key(0))?;
    privilege::require_owner(call, tables, &id)?;
    let own = text(&find(tables, &id, call)?, "id").to_owned();
    store(call, tables, &id, |all| all.retain(|other| other["id"] != own.as_str()));
    Ok(call.no_content())
}

fn held(tables: &Tables, id: &str) -> Vec<Value> {
    tables.applications.get(id).map(|row| array(&row.body, HELD_IN).to_vec()).unwrap_or_default()
}

/// By id or, with `(name='...')`, by name.
fn find(tables: &Tables, id: &str, call: &Call<'_>) -> Result<Map<String, Value>> {
    let key = call.key(1);
    let property = if key.is("name") { "name" } else { "id" };
    held(tables, id)
        .into_iter()
        .find(|own| own[property] == key.value.as_str())
        .and_then(|own| own.as_object().cloned())
        .ok_or_else(|| GraphError::NotFound(key.value.clone()))
}

fn store(call: &Call<'_>, tables: &mut Tables, id: &str, change: impl FnOnce(&mut Vec<Value>)) {
    if let Some(row) = tables.applications.get_mut(id) {
        edit(row, call.now(), |body| {
            let held = body.entry(HELD_IN).or_insert_with(|| Value::Array(vec![]));
            if let Some(all) = held.as_array_mut() {
                change(all);
            }
        });
    }
}
