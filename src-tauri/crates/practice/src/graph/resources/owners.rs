//! Owners and members: adding and removing references.

use http::Method;

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::locate;
use super::super::privilege::{self, Deed};
use super::super::relations;
use super::super::router::{Route, change};
use super::navigation::kind_of;
use crate::auth::Subject;
use crate::store::Tables;

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    for (add_to, remove_from) in [
        (
            "/applications/{application-id}/owners/$ref",
            "/applications/{application-id}/owners/{directoryObject-id}/$ref",
        ),
        (
            "/servicePrincipals/{servicePrincipal-id}/owners/$ref",
            "/servicePrincipals/{servicePrincipal-id}/owners/{directoryObject-id}/$ref",
        ),
        ("/groups/{group-id}/owners/$ref", "/groups/{group-id}/owners/{directoryObject-id}/$ref"),
        ("/groups/{group-id}/members/$ref", "/groups/{group-id}/members/{directoryObject-id}/$ref"),
    ] {
        routes.push(change(Method::POST, add_to, add));
        routes.push(change(Method::DELETE, remove_from, remove));
    }
    routes
}

/// Whether the path is about `owners` or `members`.
fn relation(call: &Call<'_>) -> &'static str {
    if call.template.contains("/owners/") { "owners" } else { "members" }
}

fn permit(call: &Call<'_>, tables: &Tables, kind: &str, id: &str) -> Result<()> {
    if kind != "group" {
        return privilege::require_owner(call, tables, id);
    }
    let owns = tables.owners.get(id).is_some_and(|owners| owners.iter().any(|own| own == call.actor()));
    if !owns {
        privilege::require(call, tables, Deed::ManageGroups)?;
    }
    super::groups::check_changeable(tables, id)
}

fn add(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let kind = kind_of(call.template);
    let id = locate::id(call, tables, kind, call.key(0))?;
    permit(call, tables, kind, &id)?;
    let target = call.reference()?;
    let found =
        relations::object(call, tables, &target).ok_or_else(|| GraphError::NotFound(target.clone()))?;
    let relation = relation(call);
    if relation == "owners" && !matches!(found.kind.name.as_str(), "user" | "servicePrincipal") {
        return Err(GraphError::InvalidReferenceUpdate);
    }
    let table = if relation == "owners" { &mut tables.owners } else { &mut tables.members };
    let list = table.entry(id).or_default();
    if list.contains(&target) {
        return Err(GraphError::ReferenceAlreadyExists(relation));
    }
    list.push(target);
    Ok(call.no_content())
}

fn remove(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let kind = kind_of(call.template);
    let id = locate::id(call, tables, kind, call.key(0))?;
    permit(call, tables, kind, &id)?;
    let target = call.key(1).value.clone();
    let relation = relation(call);
    let table = if relation == "owners" { &mut tables.owners } else { &mut tables.members };
    let list = table.entry(id).or_default();
    let before = list.len();
    list.retain(|own| *own != target);
    if list.len() == before {
        return Err(GraphError::NotFound(target));
    }
    Ok(call.no_content())
}

/// Makes a person without an administrator role, or an application limited to its own, the owner of what it creates.
pub(crate) fn own(call: &Call<'_>, tables: &mut Tables, id: &str) {
    let owns = match &call.caller.subject {
        Subject::Person { .. } => !privilege::manages_applications(call),
        Subject::Application { .. } => !call.has("Application.ReadWrite.All"),
    };
    if owns {
        tables.owners.entry(id.to_owned()).or_default().push(call.actor().to_owned());
    }
}
