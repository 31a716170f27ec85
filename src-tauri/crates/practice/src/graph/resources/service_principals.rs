//! Enterprise applications: the instance of an application in this organisation, on which grants hang.

use http::Method;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, in_table};
use super::super::odata::lexer::is_guid;
use super::super::odata::options::Expand;
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, edit, merge, new_row, required, text};
use super::super::{locate, relations};
use super::{credentials, keys, owners};
use crate::auth::Subject;
use crate::random;
use crate::seed;
use crate::store::{Row, Tables};

const RESOURCE: &str = "ServicePrincipal";
const ONE: &str = "/servicePrincipals/{servicePrincipal-id}";
const READ_ONLY: [&str; 11] = [
    "id",
    "appDisplayName",
    "appOwnerOrganizationId",
    "applicationTemplateId",
    "deletedDateTime",
    "disabledByMicrosoftStatus",
    "resourceSpecificApplicationPermissions",
    "signInAudience",
    "verifiedPublisher",
    "createdByAppId",
    "appDescription",
];

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/servicePrincipals", list),
        change(Method::POST, "/servicePrincipals", create),
        get(ONE, one),
        change(Method::PATCH, ONE, update),
        change(Method::DELETE, ONE, delete),
        get("/servicePrincipals/{servicePrincipal-id}/appRoles", published),
        get("/servicePrincipals/{servicePrincipal-id}/oauth2PermissionScopes", published),
    ]
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require_member(call, tables)?;
    let at = in_table(call, &tables.service_principals, entity("servicePrincipal"));
    let related = |body: &Map<String, Value>, name: &str| {
        relations::of(call, tables, "servicePrincipal", text(body, "id"), name).map(|items| items.len())
    };
    let expand = |item: &Item<'_>, asked: &Expand| relations::expand(call, tables, item, asked);
    Listing {
        kind: entity("servicePrincipal"),
        set: "servicePrincipals",
        service: Service::Directory,
        len: tables.service_principals.len(),
        at: &at,
        related: &related,
        expand: &expand,
    }
    .answer(call)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let row = locate::row(call, tables, "servicePrincipal", call.key(0))?;
    let body = call.seen(Some(row), &call.key(0).value)?;
    let expanded = relations::expanded(call, tables, entity("servicePrincipal"), body)?;
    call.one_expanded("servicePrincipals", entity("servicePrincipal"), body, expanded)
}

/// `/appRoles` and `/oauth2PermissionScopes` as paths of their own.
fn published(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let row = locate::row(call, tables, "servicePrincipal", call.key(0))?;
    let property = call.template.rsplit('/').next().unwrap_or_default();
    let value = row.body.get(property).cloned().unwrap_or_else(|| json!([]));
    Ok(call.value(&format!("servicePrincipals('{}')/{property}", row.text("id")), value))
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("servicePrincipal"), RESOURCE, &READ_ONLY, call.body()?)?;
    let app_id = required(&sent, "appId", RESOURCE)?.to_ascii_lowercase();
    if !is_guid(&app_id) {
        return Err(GraphError::InvalidReference("appId"));
    }
    insert(call, tables, &app_id, sent)
}

fn insert(
    call: &Call<'_>,
    tables: &mut Tables,
    app_id: &str,
    mut sent: Map<String, Value>,
) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::CreateServicePrincipal)?;
    sent.remove("appId");
    if tables.service_principal_by_app_id(app_id).is_some() {
        return Err(GraphError::ServicePrincipalNameInUse(app_id.to_owned()));
    }
    let mut row = match tables.application_by_app_id(app_id) {
        // What one replica has not heard of does not exist for it; it says so in one of two ways.
        Some(application) if !call.view.knows(application) => {
            return Err(if call.view.replica == 2 {
                GraphError::BackingApplicationNotLocal
            } else {
                GraphError::NoBackingApplication(app_id.to_owned())
            });
        }
        Some(application) => {
            may_instantiate(call, tables, application)?;
            new_row(instance(call, application), call.now())
        }
        None => {
            let ground = seed::Ground::of_tenant(call.tenant, call.now());
            let mut row = seed::microsoft_service_principal(&ground, app_id)
                .ok_or_else(|| GraphError::NoBackingApplication(app_id.to_owned()))?;
            // A service principal that was purged and comes back is another object.
            row.body.insert("id".into(), random::fresh_guid().into());
            new_row(row.body, call.now())
        }
    };
    privilege::require_quota(call, tables)?;
    row.body.insert("_createdBy".into(), call.actor().into());
    row.body.insert("createdDateTime".into(), call.now_text().into());
    merge(&mut row.body, sent);
    let id = row.text("id").to_owned();
    let response = call.created("servicePrincipals", entity("servicePrincipal"), &row.body);
    tables.service_principals.insert(id.clone(), row);
    owners::own(call, tables, &id);
    Ok(response)
}

/// Without an administrator role, only of one's own registrations; an application limited to its own likewise.
fn may_instantiate(call: &Call<'_>, tables: &Tables, application: &Row) -> Result<()> {
    let broad = match &call.caller.subject {
        Subject::Person { .. } => privilege::manages_applications(call),
        Subject::Application { .. } => {
            call.has("Application.ReadWrite.All") || call.has("Directory.ReadWrite.All")
        }
    };
    if broad { Ok(()) } else { privilege::require_owner(call, tables, application.text("id")) }
}

/// The instance of a registration of this organisation.
fn instance(call: &Call<'_>, application: &Row) -> Map<String, Value> {
    let mut body = Map::new();
    for (name, value) in [
        ("id", Value::from(random::fresh_guid())),
        ("deletedDateTime", Value::Null),
        ("accountEnabled", true.into()),
        ("alternativeNames", json!([])),
        ("appOwnerOrganizationId", call.tenant.tenant_id.clone().into()),
        ("appRoleAssignmentRequired", false.into()),
        ("keyCredentials", json!([])),
        ("passwordCredentials", json!([])),
        ("notificationEmailAddresses", json!([])),
        ("servicePrincipalType", "Application".into()),
        ("tags", json!([])),
        (
            "verifiedPublisher",
            json!({ "displayName": null, "verifiedPublisherId": null, "addedDateTime": null }),
        ),
    ] {
        body.insert(name.to_owned(), value);
    }
    copy(application, &mut body);
    body
}

/// What a service principal shows of its registration.
fn copy(application: &Row, body: &mut Map<String, Value>) {
    let own = |name: &str| application.body.get(name).cloned().unwrap_or(Value::Null);
    let list = |value: Value| if value.is_null() { json!([]) } else { value };
    let api = own("api");
    let mut names = vec![own("appId")];
    names.extend(own("identifierUris").as_array().cloned().unwrap_or_default());
    let mut replies = Vec::new();
    for platform in ["web", "spa", "publicClient"] {
        replies.extend(own(platform)["redirectUris"].as_array().cloned().unwrap_or_default());
    }
    let roles = list(own("appRoles")).as_array().cloned().unwrap_or_default();
    for (name, value) in [
        ("appId", own("appId")),
        ("appDisplayName", own("displayName")),
        ("displayName", own("displayName")),
        ("appDescription", own("description")),
        ("homepage", own("web")["homePageUrl"].clone()),
        ("logoutUrl", own("web")["logoutUrl"].clone()),
        ("info", own("info")),
        ("signInAudience", own("signInAudience")),
        ("replyUrls", replies.into()),
        ("servicePrincipalNames", names.into()),
        ("appRoles", roles.into_iter().map(originating).collect()),
        ("oauth2PermissionScopes", list(api["oauth2PermissionScopes"].clone())),
    ] {
        body.insert(name.to_owned(), value);
    }
}

fn originating(mut role: Value) -> Value {
    role["origin"] = "Application".into();
    role
}

/// Carries a change of a registration over to its service principal.
pub(crate) fn mirror(call: &Call<'_>, tables: &mut Tables, app_id: &str) {
    let Some(application) = tables.application_by_app_id(app_id).cloned() else { return };
    let own = tables
        .service_principals
        .values_mut()
        .find(|row| row.deleted.is_none() && row.text("appId") == app_id);
    if let Some(row) = own {
        edit(row, call.now(), |body| copy(&application, body));
    }
}

/// `PATCH /servicePrincipals/{id}` and, by `appId` with `Prefer: create-if-missing`, the upsert.
fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let key = call.key(0);
    let mut sent = call.body()?;
    if key.is("appId") && sent.get("appId").is_some_and(|own| own == key.value.as_str()) {
        sent.remove("appId");
    }
    let mut read_only = READ_ONLY.to_vec();
    read_only.push("appId");
    let changes = validate::body(entity("servicePrincipal"), RESOURCE, &read_only, sent)?;
    let upsert = key.is("appId") && call.prefers("create-if-missing");
    let found = if upsert {
        locate::find(tables, "servicePrincipal", key)?.map(|row| row.text("id").to_owned())
    } else {
        Some(locate::id(call, tables, "servicePrincipal", key)?)
    };
    let Some(id) = found else { return insert(call, tables, &key.value.to_ascii_lowercase(), changes) };
    privilege::require_owner(call, tables, &id)?;
    let Some(old) = tables.service_principals.get(&id).map(|row| row.body.clone()) else {
        return Err(GraphError::NotFound(id));
    };
    let mut changes = changes;
    if let Some(wanted) = changes.remove("keyCredentials") {
        changes.insert("keyCredentials".into(), keys::replace_keys(call, tables, &old, &wanted)?);
    }
    if let Some(passwords) = changes.remove("passwordCredentials") {
        changes.insert(
            "passwordCredentials".into(),
            credentials::keep_passwords(call, tables, &old, &passwords)?,
        );
    }
    if let Some(row) = tables.service_principals.get_mut(&id) {
        edit(row, call.now(), |body| merge(body, changes));
    }
    Ok(call.no_content())
}

/// Deleted service principals are kept for 30 days; what was granted to them and on them goes at once.
fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = locate::id(call, tables, "servicePrincipal", call.key(0))?;
    privilege::require_owner(call, tables, &id)?;
    if let Some(row) = tables.service_principals.get_mut(&id) {
        row.deleted = Some(call.now());
        row.body.insert("deletedDateTime".into(), call.now_text().into());
    }
    drop_grants(tables, &id);
    Ok(call.no_content())
}

/// Removes all grants that name the object.
pub(crate) fn drop_grants(tables: &mut Tables, id: &str) {
    tables
        .app_role_assignments
        .retain(|_, row| row.text("principalId") != id && row.text("resourceId") != id);
    tables.oauth2_permission_grants.retain(|_, row| {
        ["clientId", "resourceId", "principalId"].iter().all(|property| row.text(property) != id)
    });
}
