//! `directoryRoles`: the older face of role assignments. A role is listed once somebody holds it or it was activated.

use std::borrow::Cow;

use http::Method;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, no_expand, unrelated};
use super::super::odata::options::Expand;
use super::super::odata::rules::Service;
use super::super::path::Key;
use super::super::privilege::{self, Deed};
use super::super::relations;
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, new_row, required};
use crate::random::{fresh_guid, guid_for};
use crate::store::{Row, Tables};

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/directoryRoles", list),
        change(Method::POST, "/directoryRoles", activate),
        get("/directoryRoles/{directoryRole-id}", one),
        change(Method::POST, "/directoryRoles/{directoryRole-id}/members/$ref", add_member),
        change(
            Method::DELETE,
            "/directoryRoles/{directoryRole-id}/members/{directoryObject-id}/$ref",
            remove_member,
        ),
        get("/directoryRoleTemplates", templates),
        get("/directoryRoleTemplates/{directoryRoleTemplate-id}", template),
    ]
}

/// A built-in role as a directory role of this organisation.
pub(crate) struct Role<'t> {
    definition: &'t Row,
    id: String,
}

impl Role<'_> {
    /// Its object id, which is not the id of its template.
    pub(crate) fn id(&self) -> String {
        self.id.clone()
    }

    fn template(&self) -> &str {
        self.definition.text("id")
    }

    fn body(&self) -> Map<String, Value> {
        let body = json!({
            "id": self.id, "deletedDateTime": null, "description": self.definition.text("description"),
            "displayName": self.definition.text("displayName"), "roleTemplateId": self.template(),
        });
        body.as_object().cloned().unwrap_or_default()
    }
}

fn role<'t>(call: &Call<'_>, definition: &'t Row) -> Role<'t> {
    Role { definition, id: object_id(call, definition.text("id")) }
}

/// The object id under which this organisation knows a role.
fn object_id(call: &Call<'_>, template: &str) -> String {
    guid_for(call.tenant.options.seed, &format!("directoryRole:{template}"))
}

/// Roles that somebody holds, or that were activated.
fn active<'t>(call: &Call<'_>, tables: &'t Tables) -> Vec<Role<'t>> {
    tables
        .role_definitions
        .values()
        .filter(|row| {
            row.body.get("_activated") == Some(&Value::Bool(true))
                || tables.role_assignments.values().any(|own| own.text("roleDefinitionId") == row.text("id"))
        })
        .map(|row| role(call, row))
        .collect()
}

/// The role that a key names.
///
/// # Errors
/// 404 for one that is not active.
pub(crate) fn find<'t>(call: &Call<'_>, tables: &'t Tables, key: &Key) -> Result<Role<'t>> {
    let by_template = key.is("roleTemplateId");
    active(call, tables)
        .into_iter()
        .find(|role| if by_template { role.template() == key.value } else { role.id == key.value })
        .ok_or_else(|| GraphError::NotFound(key.value.clone()))
}

/// The role with this object id, as an item of a mixed list.
pub(crate) fn by_id<'t>(call: &Call<'_>, tables: &Tables, id: &str) -> Option<Item<'t>> {
    active(call, tables).iter().find(|role| role.id == id).map(item)
}

fn item<'t>(role: &Role<'_>) -> Item<'t> {
    Item { kind: entity("directoryRole"), body: Cow::Owned(role.body()) }
}

/// Roles that any of the principals holds now; eligible ones do not show.
pub(crate) fn held_by<'t>(call: &Call<'_>, tables: &Tables, principals: &[String]) -> Vec<Item<'t>> {
    active(call, tables)
        .iter()
        .filter(|role| {
            tables.role_assignments.values().any(|own| {
                own.text("roleDefinitionId") == role.template()
                    && principals.iter().any(|id| own.text("principalId") == id)
            })
        })
        .map(item)
        .collect()
}

/// Object ids of those who hold the role with this object id.
pub(crate) fn members(call: &Call<'_>, tables: &Tables, id: &str) -> Vec<String> {
    let Some(template) = tables.role_definitions.keys().find(|template| object_id(call, template) == id)
    else {
        return Vec::new();
    };
    let own = tables.role_assignments.values().filter(|own| own.text("roleDefinitionId") == template);
    own.map(|own| own.text("principalId").to_owned()).collect()
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let roles = active(call, tables);
    let at = |position: usize| roles.get(position).map(item);
    let expand = |item: &Item<'_>, asked: &Expand| relations::expand(call, tables, item, asked);
    Listing {
        kind: entity("directoryRole"),
        set: "directoryRoles",
        service: Service::Small,
        len: roles.len(),
        at: &at,
        related: &unrelated,
        expand: &expand,
    }
    .answer(call)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let role = find(call, tables, call.key(0))?;
    let body = role.body();
    let expanded = relations::expanded(call, tables, entity("directoryRole"), &body)?;
    call.one_expanded("directoryRoles", entity("directoryRole"), &body, expanded)
}

fn activate(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageRoles)?;
    let sent =
        validate::body(entity("directoryRole"), "DirectoryRole", &["id", "deletedDateTime"], call.body()?)?;
    let template = required(&sent, "roleTemplateId", "DirectoryRole")?;
    let row =
        tables.role_definitions.get_mut(template).ok_or_else(|| GraphError::NotFound(template.to_owned()))?;
    if row.body.insert("_activated".into(), true.into()).is_some() {
        return Err(GraphError::Conflict("roleTemplateId"));
    }
    let body = role(call, row).body();
    Ok(call.created("directoryRoles", entity("directoryRole"), &body))
}

fn add_member(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageRoles)?;
    let template = find(call, tables, call.key(0))?.template().to_owned();
    let target = call.reference()?;
    if relations::object(call, tables, &target).is_none() {
        return Err(GraphError::NotFound(target));
    }
    if tables
        .role_assignments
        .values()
        .any(|own| own.text("roleDefinitionId") == template && own.text("principalId") == target)
    {
        return Err(GraphError::ReferenceAlreadyExists("members"));
    }
    let id = fresh_guid();
    let body =
        json!({ "id": id, "principalId": target, "roleDefinitionId": template, "directoryScopeId": "/" });
    tables.role_assignments.insert(id, new_row(body.as_object().cloned().unwrap_or_default(), call.now()));
    Ok(call.no_content())
}

fn remove_member(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageRoles)?;
    let template = find(call, tables, call.key(0))?.template().to_owned();
    let target = call.key(1).value.clone();
    let before = tables.role_assignments.len();
    tables
        .role_assignments
        .retain(|_, own| own.text("roleDefinitionId") != template || own.text("principalId") != target);
    if tables.role_assignments.len() == before {
        Err(GraphError::NotFound(target))
    } else {
        Ok(call.no_content())
    }
}

fn template_body(row: &Row) -> Map<String, Value> {
    let body = json!({
        "id": row.text("id"), "deletedDateTime": null, "description": row.text("description"), "displayName": row.text("displayName"),
    });
    body.as_object().cloned().unwrap_or_default()
}

fn templates(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let kind = entity("directoryRoleTemplate");
    let at = |position: usize| {
        let (_, row) = tables.role_definitions.get_index(position)?;
        Some(Item { kind, body: Cow::Owned(template_body(row)) })
    };
    Listing {
        kind,
        set: "directoryRoleTemplates",
        service: Service::Small,
        len: tables.role_definitions.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn template(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let id = &call.key(0).value;
    let row = tables.role_definitions.get(id).ok_or_else(|| GraphError::NotFound(id.clone()))?;
    call.one("directoryRoleTemplates", entity("directoryRoleTemplate"), &template_body(row))
}
