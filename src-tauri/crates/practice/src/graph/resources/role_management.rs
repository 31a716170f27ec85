//! Role definitions, assignments and eligibility (`roleManagement/directory`).

use std::borrow::Cow;

use http::Method;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, in_table, no_expand, unrelated};
use super::super::odata::options::Expand;
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::projection::{Shape, project};
use super::super::relations;
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::validate::{self, new_row, required, text};
use crate::random;
use crate::store::{Row, Tables};

pub(crate) fn routes() -> Vec<Route> {
    const ASSIGNMENT: &str = "/roleManagement/directory/roleAssignments/{unifiedRoleAssignment-id}";
    vec![
        get("/roleManagement/directory/roleDefinitions", definitions),
        get("/roleManagement/directory/roleDefinitions/{unifiedRoleDefinition-id}", definition),
        get("/roleManagement/directory/roleAssignments", assignments),
        change(Method::POST, "/roleManagement/directory/roleAssignments", assign),
        get(ASSIGNMENT, assignment),
        change(Method::DELETE, ASSIGNMENT, unassign),
        get("/roleManagement/directory/roleEligibilityScheduleInstances", eligible),
        get(
            "/roleManagement/directory/roleEligibilityScheduleInstances/filterByCurrentUser(on='{on}')",
            own_eligible,
        ),
        get("/roleManagement/directory/roleAssignmentScheduleInstances", active),
        get(
            "/roleManagement/directory/roleAssignmentScheduleInstances/filterByCurrentUser(on='{on}')",
            own_active,
        ),
    ]
}

fn definitions(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let at = in_table(call, &tables.role_definitions, entity("unifiedRoleDefinition"));
    Listing {
        kind: entity("unifiedRoleDefinition"),
        set: "roleManagement/directory/roleDefinitions",
        service: Service::Small,
        len: tables.role_definitions.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn definition(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let id = &call.key(0).value;
    let body = call.seen(tables.role_definitions.get(id), id)?;
    call.one("roleManagement/directory/roleDefinitions", entity("unifiedRoleDefinition"), body)
}

/// `$expand=principal`, `roleDefinition` or `directoryScope`.
fn expansion(call: &Call<'_>, tables: &Tables, body: &Map<String, Value>, asked: &Expand) -> Result<Value> {
    let found = match asked.navigation.as_str() {
        "principal" => relations::object(call, tables, text(body, "principalId")),
        "roleDefinition" => tables
            .role_definitions
            .get(text(body, "roleDefinitionId"))
            .map(|row| Item { kind: entity("unifiedRoleDefinition"), body: Cow::Borrowed(&row.body) }),
        "directoryScope" => None,
        other => {
            return Err(GraphError::UnreadableExpand(format!(
                "Could not find a property named '{other}' on type 'microsoft.graph.unifiedRoleAssignment'."
            )));
        }
    };
    Ok(found.map_or(Value::Null, |item| {
        let select: Option<Vec<&str>> = asked
            .select
            .as_ref()
            .map(|names| names.iter().filter_map(|name| Some(item.kind.property(name)?.0)).collect());
        let typed = asked.navigation == "principal";
        Value::Object(project(
            item.kind,
            &item.body,
            Shape { select: select.as_deref(), single: false, typed },
        ))
    }))
}

fn answer(
    call: &Call<'_>,
    tables: &Tables,
    kind: &str,
    set: &str,
    rows: &[Map<String, Value>],
) -> Result<GraphResponse> {
    let kind = entity(kind);
    let at = |position: usize| Some(Item { kind, body: Cow::Borrowed(rows.get(position)?) });
    let expand = |item: &Item<'_>, asked: &Expand| expansion(call, tables, &item.body, asked);
    Listing {
        kind,
        set,
        service: Service::Small,
        len: rows.len(),
        at: &at,
        related: &unrelated,
        expand: &expand,
    }
    .answer(call)
}

fn bodies<'t>(rows: impl Iterator<Item = &'t Row>) -> Vec<Map<String, Value>> {
    rows.map(|row| row.body.clone()).collect()
}

fn assignments(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require_member(call, tables)?;
    let rows = bodies(tables.role_assignments.values());
    answer(call, tables, "unifiedRoleAssignment", "roleManagement/directory/roleAssignments", &rows)
}

fn assignment(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let id = &call.key(0).value;
    let body = call.seen(tables.role_assignments.get(id), id)?;
    let expanded = call.options.expand.iter();
    let expanded = expanded
        .map(|asked| Ok((asked.navigation.clone(), expansion(call, tables, body, asked)?)))
        .collect::<Result<Map<String, Value>>>()?;
    call.one_expanded(
        "roleManagement/directory/roleAssignments",
        entity("unifiedRoleAssignment"),
        body,
        expanded,
    )
}

fn assign(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    const RESOURCE: &str = "UnifiedRoleAssignment";
    privilege::require(call, tables, Deed::ManageRoles)?;
    let mut body = validate::body(entity("unifiedRoleAssignment"), RESOURCE, &["id"], call.body()?)?;
    let principal = required(&body, "principalId", RESOURCE)?.to_owned();
    let role = required(&body, "roleDefinitionId", RESOURCE)?.to_owned();
    if text(&body, "directoryScopeId").is_empty() && text(&body, "appScopeId").is_empty() {
        return Err(GraphError::MissingProperty { property: "directoryScopeId", resource: RESOURCE });
    }
    if relations::object(call, tables, &principal).is_none() {
        return Err(GraphError::NotFound(principal));
    }
    if !tables.role_definitions.contains_key(&role) {
        return Err(GraphError::NotFound(role));
    }
    let exists = tables.role_assignments.values().any(|own| {
        own.text("principalId") == principal
            && own.text("roleDefinitionId") == role
            && own.text("directoryScopeId") == text(&body, "directoryScopeId")
    });
    if exists {
        return Err(GraphError::DirectoryBadRequest(
            "A conflicting object with one or more of the specified property values is present in the directory.".into(),
        ));
    }
    let id = random::fresh_token();
    body.insert("id".into(), id.clone().into());
    let set = "roleManagement/directory/roleAssignments";
    let response = call.created(set, entity("unifiedRoleAssignment"), &body);
    tables.role_assignments.insert(id, new_row(body, call.now()));
    Ok(response)
}

fn unassign(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ManageRoles)?;
    let id = &call.key(0).value;
    let gone = tables.role_assignments.shift_remove(id);
    if gone.is_some() { Ok(call.no_content()) } else { Err(GraphError::NotFound(id.clone())) }
}

const ELIGIBLE: &str = "roleManagement/directory/roleEligibilityScheduleInstances";
const ACTIVE: &str = "roleManagement/directory/roleAssignmentScheduleInstances";

fn eligible(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadRoleEligibility)?;
    let rows = bodies(tables.role_eligibilities.values());
    answer(call, tables, "unifiedRoleEligibilityScheduleInstance", ELIGIBLE, &rows)
}

/// What the signed-in person could activate: everybody may ask that about themselves.
fn own_eligible(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    check_on(call)?;
    let rows =
        bodies(tables.role_eligibilities.values().filter(|row| row.text("principalId") == call.actor()));
    answer(call, tables, "unifiedRoleEligibilityScheduleInstance", ELIGIBLE, &rows)
}

fn active(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require(call, tables, Deed::ReadRoleEligibility)?;
    let rows: Vec<_> = tables.role_assignments.values().map(instance).collect();
    answer(call, tables, "unifiedRoleAssignmentScheduleInstance", ACTIVE, &rows)
}

fn own_active(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    check_on(call)?;
    let own = tables.role_assignments.values().filter(|row| row.text("principalId") == call.actor());
    let rows: Vec<_> = own.map(instance).collect();
    answer(call, tables, "unifiedRoleAssignmentScheduleInstance", ACTIVE, &rows)
}

fn check_on(call: &Call<'_>) -> Result<()> {
    let on = call.arguments.iter().find(|(name, _)| name == "on").map(|(_, value)| value.as_str());
    match on {
        Some("principal") => Ok(()),
        other => Err(GraphError::BadRequest(format!(
            "The value '{}' of the parameter 'on' is not valid.",
            other.unwrap_or_default()
        ))),
    }
}

fn instance(row: &Row) -> Map<String, Value> {
    let body = json!({
        "id": row.text("id"), "principalId": row.text("principalId"), "roleDefinitionId": row.text("roleDefinitionId"),
        "directoryScopeId": row.text("directoryScopeId"), "appScopeId": null, "assignmentType": "Assigned",
        "memberType": "Direct", "startDateTime": null, "endDateTime": null,
        "roleAssignmentOriginId": row.text("id"), "roleAssignmentScheduleId": row.text("id"),
    });
    body.as_object().cloned().unwrap_or_default()
}
