//! OAuth 2 permission grants: what an application may do for signed-in people.

use http::Method;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Listing, in_table, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, array, edit, new_row, required, text};
use crate::random;
use crate::store::{Row, Tables};

const RESOURCE: &str = "OAuth2PermissionGrant";
/// Characters of the list of scopes ("oAuth2PermissionGrant resource type").
const LONGEST_SCOPE: usize = 3_850;

pub(crate) fn routes() -> Vec<Route> {
    const ONE: &str = "/oauth2PermissionGrants/{oAuth2PermissionGrant-id}";
    vec![
        get("/oauth2PermissionGrants", list),
        change(Method::POST, "/oauth2PermissionGrants", create),
        get(ONE, one),
        change(Method::PATCH, ONE, update),
        change(Method::DELETE, ONE, delete),
    ]
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let at = in_table(call, &tables.oauth2_permission_grants, entity("oAuth2PermissionGrant"));
    Listing {
        kind: entity("oAuth2PermissionGrant"),
        set: "oauth2PermissionGrants",
        service: Service::Directory,
        len: tables.oauth2_permission_grants.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::GrantDelegatedPermission)?;
    let mut sent = call.body()?;
    // Still sent by clients that were written for Azure AD Graph, and ignored since.
    for retired in ["startTime", "expiryTime"] {
        sent.remove(retired);
    }
    let sent = validate::body(entity("oAuth2PermissionGrant"), RESOURCE, &["id"], sent)?;
    let client = known(call, tables, required(&sent, "clientId", RESOURCE)?)?.text("id").to_owned();
    let resource_row = known(call, tables, required(&sent, "resourceId", RESOURCE)?)?;
    let resource = resource_row.text("id").to_owned();
    let consent = required(&sent, "consentType", RESOURCE)?;
    let principal = text(&sent, "principalId");
    let principal_fits = match consent {
        "AllPrincipals" => principal.is_empty(),
        "Principal" => tables.users.get(principal).is_some_and(|row| call.view.knows(row)),
        _ => return Err(invalid("consentType")),
    };
    if !principal_fits {
        return Err(invalid("principalId"));
    }
    let scope = scopes(resource_row, text(&sent, "scope"))?;
    let exists = tables.oauth2_permission_grants.values().any(|row| {
        row.text("clientId") == client
            && row.text("resourceId") == resource
            && row.text("consentType") == consent
            && row.text("principalId") == principal
    });
    if exists {
        return Err(GraphError::GrantAlreadyExists);
    }
    let id = random::fresh_token();
    let body = json!({
        "id": id, "clientId": client, "consentType": consent,
        "principalId": if principal.is_empty() { Value::Null } else { principal.into() },
        "resourceId": resource, "scope": scope,
    });
    let Value::Object(body) = body else { return Err(GraphError::UnreadableBody) };
    let response = call.created("oauth2PermissionGrants", entity("oAuth2PermissionGrant"), &body);
    tables.oauth2_permission_grants.insert(id, new_row(body, call.now()));
    Ok(response)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    call.one("oauth2PermissionGrants", entity("oAuth2PermissionGrant"), find(call, tables)?)
}

/// Replaces the whole list of scopes.
fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::GrantDelegatedPermission)?;
    let mut sent = call.body()?;
    for retired in ["startTime", "expiryTime"] {
        sent.remove(retired);
    }
    if let Some(fixed) = sent
        .keys()
        .find(|name| ["clientId", "consentType", "principalId", "resourceId"].contains(&name.as_str()))
    {
        return Err(GraphError::ImmutableProperty(fixed.clone()));
    }
    let sent = validate::body(entity("oAuth2PermissionGrant"), RESOURCE, &["id"], sent)?;
    let found = find(call, tables)?;
    let resource = tables.service_principals.get(text(found, "resourceId"));
    let scope = match (sent.get("scope").and_then(Value::as_str), resource) {
        (Some(scope), Some(resource)) => scopes(resource, scope)?,
        _ => return Err(invalid("scope")),
    };
    let id = call.key(0).value.clone();
    if let Some(row) = tables.oauth2_permission_grants.get_mut(&id) {
        edit(row, call.now(), |body| {
            body.insert("scope".into(), scope.into());
        });
    }
    Ok(call.no_content())
}

fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::GrantDelegatedPermission)?;
    find(call, tables)?;
    tables.oauth2_permission_grants.shift_remove(&call.key(0).value);
    Ok(call.no_content())
}

fn find<'t>(call: &Call<'_>, tables: &'t Tables) -> Result<&'t Map<String, Value>> {
    let id = &call.key(0).value;
    call.seen(tables.oauth2_permission_grants.get(id), id)
}

/// A service principal by its object id; the client id is not enough.
fn known<'t>(call: &Call<'_>, tables: &'t Tables, id: &str) -> Result<&'t Row> {
    let row = tables.service_principals.get(&id.to_ascii_lowercase());
    row.filter(|row| call.view.knows(row)).ok_or_else(|| GraphError::NotFound(id.to_owned()))
}

/// Each scope must be one that the resource publishes; the list is kept as sent.
fn scopes(resource: &Row, list: &str) -> Result<String> {
    if list.chars().count() > LONGEST_SCOPE {
        return Err(invalid("scope"));
    }
    let published = array(&resource.body, "oauth2PermissionScopes");
    let unknown = list
        .split_ascii_whitespace()
        .find(|scope| !published.is_empty() && !published.iter().any(|own| own["value"] == *scope));
    match unknown {
        Some(_) => Err(invalid("scope")),
        None => Ok(list.split_ascii_whitespace().collect::<Vec<_>>().join(" ")),
    }
}

fn invalid(property: &str) -> GraphError {
    GraphError::InvalidValue { property: property.to_owned(), resource: RESOURCE }
}
