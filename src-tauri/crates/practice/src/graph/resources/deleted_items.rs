//! Deleted objects: kept for 30 days, restored, or gone for good.

use http::Method;
use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::{GraphBody, GraphResponse};
use super::super::listing::{Item, Listing, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::privilege::{self, Deed};
use super::super::router::{Route, change, get};
use super::super::schema::{EntityType, entity};
use super::super::validate::{EVERYTHING, note_change};
use super::service_principals;
use crate::store::{Purged, Row, Table, Tables};

const KINDS: [&str; 4] = ["application", "servicePrincipal", "user", "group"];

pub(crate) fn routes() -> Vec<Route> {
    const ONE: &str = "/directory/deletedItems/{directoryObject-id}";
    vec![
        get("/directory/deletedItems", list),
        get(ONE, one),
        change(Method::DELETE, ONE, purge),
        change(Method::POST, "/directory/deletedItems/{directoryObject-id}/restore", restore),
        change(Method::POST, "/applications/{application-id}/restore", restore),
        change(Method::POST, "/servicePrincipals/{servicePrincipal-id}/restore", restore),
    ]
}

fn table<'t>(tables: &'t Tables, kind: &str) -> &'t Table {
    match kind {
        "application" => &tables.applications,
        "servicePrincipal" => &tables.service_principals,
        "user" => &tables.users,
        _ => &tables.groups,
    }
}

fn table_mut<'t>(tables: &'t mut Tables, kind: &str) -> &'t mut Table {
    match kind {
        "application" => &mut tables.applications,
        "servicePrincipal" => &mut tables.service_principals,
        "user" => &mut tables.users,
        _ => &mut tables.groups,
    }
}

/// Whether the object is deleted and not yet older than 30 days.
fn kept(call: &Call<'_>, row: &Row) -> bool {
    row.deleted.is_some_and(|at| call.now().duration_since(at) < SignedDuration::from_hours(30 * 24))
}

/// `.../deletedItems/microsoft.graph.application`; without a cast Graph does not know what to list.
fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let Some(cast) = call.cast.as_deref().filter(|cast| KINDS.contains(cast)) else {
        return Err(GraphError::DirectoryBadRequest("The type of the deleted items must be given, as in /directory/deletedItems/microsoft.graph.application.".into()));
    };
    let kind = entity(cast);
    let rows = table(tables, cast);
    let at = |position: usize| {
        let (_, row) = rows.get_index(position)?;
        kept(call, row).then_some(Item { kind, body: std::borrow::Cow::Borrowed(&row.body) })
    };
    Listing {
        kind,
        set: "directoryObjects",
        service: Service::Directory,
        len: rows.len(),
        at: &at,
        related: &unrelated,
        expand: &no_expand,
    }
    .answer(call)
}

fn find<'t>(
    call: &Call<'_>,
    tables: &'t Tables,
    id: &str,
) -> Result<(&'static str, &'static EntityType, &'t Row)> {
    KINDS
        .into_iter()
        .find_map(|kind| {
            Some((kind, entity(kind), table(tables, kind).get(id).filter(|row| kept(call, row))?))
        })
        .ok_or_else(|| GraphError::NotFound(id.to_owned()))
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let (_, kind, row) = find(call, tables, &call.key(0).value)?;
    let mut response = call.one("directoryObjects", kind, &row.body)?;
    mark(&mut response, kind);
    Ok(response)
}

fn mark(response: &mut GraphResponse, kind: &EntityType) {
    if let Some(GraphBody::Json(Value::Object(body))) = &mut response.body {
        body.insert("@odata.type".into(), format!("#microsoft.graph.{}", kind.name).into());
    }
}

/// Who may change this kind of deleted object: its owner, or who manages the kind. The token must be for the kind too.
fn permit(call: &Call<'_>, tables: &Tables, kind: &str, id: &str) -> Result<()> {
    let token = |names: &[&str]| {
        if names.iter().any(|name| call.has(name)) || call.has("Directory.AccessAsUser.All") {
            Ok(())
        } else {
            Err(GraphError::Denied)
        }
    };
    match kind {
        "application" | "servicePrincipal" => {
            token(&["Application.ReadWrite.All", "Application.ReadWrite.OwnedBy"])?;
            privilege::require_owner(call, tables, id)
        }
        "user" => {
            token(&["User.ReadWrite.All", "User.DeleteRestore.All"])?;
            privilege::require(call, tables, Deed::UpdateUser)
        }
        _ => {
            token(&["Group.ReadWrite.All"])?;
            privilege::require(call, tables, Deed::ManageGroups)
        }
    }
}

fn purge(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = call.key(0).value.clone();
    let (kind, _, row) = find(call, tables, &id)?;
    let app_id = row.text("appId").to_owned();
    permit(call, tables, kind, &id)?;
    table_mut(tables, kind).shift_remove(&id);
    gone(call, tables, kind, &id);
    if kind == "application" {
        // Its service principal goes with it.
        let instances: Vec<String> = tables
            .service_principals
            .values()
            .filter(|row| row.deleted.is_some() && row.text("appId") == app_id)
            .map(|row| row.text("id").to_owned())
            .collect();
        for id in instances {
            tables.service_principals.shift_remove(&id);
            gone(call, tables, "servicePrincipal", &id);
            service_principals::drop_grants(tables, &id);
        }
    }
    service_principals::drop_grants(tables, &id);
    tables.owners.remove(&id);
    tables.secrets.retain(|_, secret| secret.owner != id);
    Ok(call.no_content())
}

/// Remembers what is gone for good, for clients that track changes.
fn gone(call: &Call<'_>, tables: &mut Tables, kind: &str, id: &str) {
    tables.purged.insert(id.to_owned(), Purged { kind: kind.to_owned(), at: call.now() });
}

fn restore(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = call.key(0).value.clone();
    let (kind, schema, row) = find(call, tables, &id)?;
    let (app_id, deleted) = (row.text("appId").to_owned(), row.deleted);
    check_clash(tables, kind, row)?;
    permit(call, tables, kind, &id)?;
    if kind == "servicePrincipal"
        && tables.application_by_app_id(&app_id).is_none()
        && tables.applications.values().any(|own| own.text("appId") == app_id)
    {
        return Err(GraphError::NoBackingApplication(app_id));
    }
    let bring_back = |row: &mut Row| {
        row.deleted = None;
        row.body.insert("deletedDateTime".into(), Value::Null);
        note_change(row, call.now(), EVERYTHING);
    };
    if let Some(row) = table_mut(tables, kind).get_mut(&id) {
        bring_back(row);
    }
    if kind == "application" {
        // The service principal that was deleted together with it.
        for row in tables
            .service_principals
            .values_mut()
            .filter(|row| row.text("appId") == app_id && row.deleted == deleted)
        {
            bring_back(row);
        }
    }
    let empty = Map::new();
    let body = table(tables, kind).get(&id).map_or(&empty, |row| &row.body);
    let mut response = call.one("directoryObjects", schema, body)?;
    mark(&mut response, schema);
    Ok(response)
}

/// Somebody may have taken the name in the meantime.
fn check_clash(tables: &Tables, kind: &str, row: &Row) -> Result<()> {
    match kind {
        "user" if tables.user(row.text("userPrincipalName")).is_some() => {
            Err(GraphError::Conflict("userPrincipalName"))
        }
        "servicePrincipal" if tables.service_principal_by_app_id(row.text("appId")).is_some() => {
            Err(GraphError::ServicePrincipalNameInUse(row.text("appId").to_owned()))
        }
        _ => Ok(()),
    }
}
