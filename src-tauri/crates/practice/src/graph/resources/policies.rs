//! Policies of the organisation, and what the app management policies forbid.

use http::Method;
use jiff::{SignedDuration, Span, Timestamp};
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, in_table, no_expand, unrelated};
use super::super::locate;
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::relations::applies_to;
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, array, edit, merge, new_row, required};
use crate::random;
use crate::store::{Row, Tables};

const RESOURCE: &str = "Policy";

/// Policies that grant consent without an administrator, by id ("Manage app consent policies").
const GRANT_POLICIES: [(&str, &str); 6] = [
    ("microsoft-user-default-low", "Default User Low Risk Policy"),
    ("microsoft-user-default-recommended", "Microsoft User Default Recommended Policy"),
    ("microsoft-user-default-legacy", "Default User Consent Policy"),
    ("microsoft-company-admin", "Company Admin Policy"),
    ("microsoft-application-admin", "Application Admin Policy"),
    ("microsoft-all-application-permissions", "All application permissions, for any client app"),
];

pub(crate) fn routes() -> Vec<Route> {
    const ONE: &str = "/policies/appManagementPolicies/{appManagementPolicy-id}";
    const ASSIGNED: &str = "/applications/{application-id}/appManagementPolicies/$ref";
    vec![
        get("/policies/defaultAppManagementPolicy", default_policy),
        change(Method::PATCH, "/policies/defaultAppManagementPolicy", update_default),
        get("/policies/authorizationPolicy", authorization),
        change(Method::PATCH, "/policies/authorizationPolicy", update_authorization),
        get("/policies/adminConsentRequestPolicy", consent_requests),
        get("/policies/permissionGrantPolicies", grant_policies),
        get("/policies/permissionGrantPolicies/{permissionGrantPolicy-id}", grant_policy),
        get("/policies/appManagementPolicies", list),
        change(Method::POST, "/policies/appManagementPolicies", create),
        get(ONE, one),
        change(Method::PATCH, ONE, update),
        change(Method::DELETE, ONE, delete),
        change(Method::POST, ASSIGNED, assign),
        change(
            Method::DELETE,
            "/applications/{application-id}/appManagementPolicies/{appManagementPolicy-id}/$ref",
            unassign,
        ),
    ]
}

fn single(call: &Call<'_>, tables: &Tables, name: &str, kind: &str) -> Result<GraphResponse> {
    let row = tables.policies.get(name).ok_or_else(|| GraphError::NotFound(name.to_owned()))?;
    let body = call.seen(Some(row), name)?;
    call.one(&format!("policies/{name}"), entity(kind), body)
}

fn patch(call: &Call<'_>, tables: &mut Tables, name: &str, kind: &str) -> Result<GraphResponse> {
    let changes = validate::body(entity(kind), RESOURCE, &["id", "deletedDateTime"], call.body()?)?;
    let row = tables.policies.get_mut(name).ok_or_else(|| GraphError::NotFound(name.to_owned()))?;
    edit(row, call.now(), |body| merge(body, changes));
    Ok(call.no_content())
}

fn default_policy(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadPolicies)?;
    single(call, tables, "defaultAppManagementPolicy", "tenantAppManagementPolicy")
}

fn update_default(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WritePolicies)?;
    patch(call, tables, "defaultAppManagementPolicy", "tenantAppManagementPolicy")
}

/// Members may read it ("What are the default user permissions").
fn authorization(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require_member(call, tables)?;
    single(call, tables, "authorizationPolicy", "authorizationPolicy")
}

fn update_authorization(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WriteAuthorizationPolicy)?;
    patch(call, tables, "authorizationPolicy", "authorizationPolicy")
}

fn consent_requests(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadPolicies)?;
    single(call, tables, "adminConsentRequestPolicy", "adminConsentRequestPolicy")
}

fn grant_policy_body((id, name): (&str, &str)) -> Map<String, Value> {
    let body = json!({ "id": id, "displayName": name, "description": null, "deletedDateTime": null });
    body.as_object().cloned().unwrap_or_default()
}

fn grant_policies(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadPolicies)?;
    let kind = entity("permissionGrantPolicy");
    let at = |position: usize| {
        let body = grant_policy_body(*GRANT_POLICIES.get(position)?);
        Some(Item { kind, body: std::borrow::Cow::Owned(body) })
    };
    Listing {
        kind,
        set: "policies/permissionGrantPolicies",
        service: Service::Small,
        len: GRANT_POLICIES.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn grant_policy(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadPolicies)?;
    let id = &call.key(0).value;
    let found = GRANT_POLICIES
        .into_iter()
        .find(|(own, _)| own == id)
        .ok_or_else(|| GraphError::NotFound(id.clone()))?;
    call.one("policies/permissionGrantPolicies", entity("permissionGrantPolicy"), &grant_policy_body(found))
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadPolicies)?;
    let at = in_table(call, &tables.app_management_policies, entity("appManagementPolicy"));
    Listing {
        kind: entity("appManagementPolicy"),
        set: "policies/appManagementPolicies",
        service: Service::Small,
        len: tables.app_management_policies.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WritePolicies)?;
    let mut body =
        validate::body(entity("appManagementPolicy"), RESOURCE, &["id", "deletedDateTime"], call.body()?)?;
    required(&body, "displayName", RESOURCE)?;
    let id = random::fresh_guid();
    body.insert("id".into(), id.clone().into());
    body.entry("isEnabled").or_insert(false.into());
    let response = call.created("policies/appManagementPolicies", entity("appManagementPolicy"), &body);
    tables.app_management_policies.insert(id, new_row(body, call.now()));
    Ok(response)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadPolicies)?;
    let id = &call.key(0).value;
    let body = call.seen(tables.app_management_policies.get(id), id)?;
    call.one("policies/appManagementPolicies", entity("appManagementPolicy"), body)
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WritePolicies)?;
    let changes =
        validate::body(entity("appManagementPolicy"), RESOURCE, &["id", "deletedDateTime"], call.body()?)?;
    let id = &call.key(0).value;
    let row = tables.app_management_policies.get_mut(id).ok_or_else(|| GraphError::NotFound(id.clone()))?;
    edit(row, call.now(), |body| merge(body, changes));
    Ok(call.no_content())
}

fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WritePolicies)?;
    let id = &call.key(0).value;
    let gone = tables.app_management_policies.shift_remove(id);
    if gone.is_some() { Ok(call.no_content()) } else { Err(GraphError::NotFound(id.clone())) }
}

/// Assigns a policy to an application; one application has one at most.
fn assign(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WritePolicies)?;
    let id = locate::id(call, tables, "application", call.key(0))?;
    let policy = call.reference()?;
    if tables.app_management_policies.values().any(|row| applies_to(row, &id)) {
        return Err(GraphError::ReferenceAlreadyExists("appManagementPolicies"));
    }
    let row = tables.app_management_policies.get_mut(&policy).ok_or(GraphError::NotFound(policy))?;
    let assigned = row.body.entry("_appliesTo").or_insert_with(|| json!([]));
    if let Some(ids) = assigned.as_array_mut() {
        ids.push(id.into());
    }
    Ok(call.no_content())
}

fn unassign(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::WritePolicies)?;
    let id = locate::id(call, tables, "application", call.key(0))?;
    let policy = call.key(1).value.clone();
    let row = tables.app_management_policies.get_mut(&policy).filter(|row| applies_to(row, &id));
    let row = row.ok_or(GraphError::ReferenceMissing("appManagementPolicies"))?;
    if let Some(ids) = row.body.get_mut("_appliesTo").and_then(Value::as_array_mut) {
        ids.retain(|own| *own != id.as_str());
    }
    Ok(call.no_content())
}

/// Refuses a client secret that the policy in force forbids.
///
/// # Errors
/// The two refusals of app management policies.
pub(crate) fn check_password(
    tables: &Tables,
    kind: &str,
    id: &str,
    now: Timestamp,
    start: Timestamp,
    end: Timestamp,
) -> Result<()> {
    for restriction in restrictions(tables, kind, id, "passwordCredentials", now) {
        match restriction["restrictionType"].as_str() {
            Some("passwordAddition") => return Err(GraphError::CredentialTypeNotAllowed),
            Some("passwordLifetime") => lifetime(&restriction, start, end)?,
            _ => {}
        }
    }
    Ok(())
}

/// Refuses a certificate that lives longer than the policy in force allows.
///
/// # Errors
/// [`GraphError::CredentialLifetimeTooLong`].
pub(crate) fn check_key(
    tables: &Tables,
    id: &str,
    now: Timestamp,
    start: Timestamp,
    end: Timestamp,
) -> Result<()> {
    let kind = if tables.service_principals.contains_key(id) { "servicePrincipal" } else { "application" };
    restrictions(tables, kind, id, "keyCredentials", now)
        .iter()
        .filter(|restriction| restriction["restrictionType"] == "asymmetricKeyLifetime")
        .try_for_each(|restriction| lifetime(restriction, start, end))
}

fn lifetime(restriction: &Value, start: Timestamp, end: Timestamp) -> Result<()> {
    let Some(span) = restriction["maxLifetime"].as_str().and_then(|text| text.parse::<Span>().ok()) else {
        return Ok(());
    };
    let zoned = start.to_zoned(jiff::tz::TimeZone::UTC);
    let Ok(latest) = zoned.checked_add(span) else { return Ok(()) };
    // A client that adds exactly the maximum to its own clock is within it.
    if end <= latest.timestamp() + SignedDuration::from_mins(5) {
        Ok(())
    } else {
        Err(GraphError::CredentialLifetimeTooLong)
    }
}

/// What the policy in force says: the one assigned to the application, or else the organisation's.
fn restrictions(tables: &Tables, kind: &str, id: &str, credentials: &str, now: Timestamp) -> Vec<Value> {
    let enabled = |row: &&Row| row.body.get("isEnabled") == Some(&Value::Bool(true));
    let own = tables.app_management_policies.values().find(|row| applies_to(row, id) && enabled(row));
    let (policy, part) = match own {
        Some(row) => (Some(row), "restrictions"),
        None => (
            tables.policies.get("defaultAppManagementPolicy").filter(enabled),
            if kind == "application" { "applicationRestrictions" } else { "servicePrincipalRestrictions" },
        ),
    };
    let table = if kind == "application" { &tables.applications } else { &tables.service_principals };
    // A certificate may come with the request that creates its application.
    let created = table.get(id).map_or(now, |row| row.created);
    let Some(part) = policy.and_then(|row| row.body.get(part)).and_then(Value::as_object) else {
        return Vec::new();
    };
    array(part, credentials)
        .iter()
        .filter(|restriction| restriction["state"] != "disabled")
        .filter(|restriction| {
            let since = restriction["restrictForAppsCreatedAfterDateTime"]
                .as_str()
                .and_then(|at| at.parse::<Timestamp>().ok());
            since.is_none_or(|since| created >= since)
        })
        .cloned()
        .collect()
}
