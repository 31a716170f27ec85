//! People.

mod membership;
mod photo;
mod write;

use http::Method;
use serde_json::{Map, Value};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, in_table};
use super::super::odata::options::Expand;
use super::super::odata::rules::Service;
use super::super::router::{Route, change, get, query};
use super::super::schema::entity;
use super::super::validate::text;
use super::super::{locate, privilege, relations};
use crate::store::Tables;

pub(crate) fn routes() -> Vec<Route> {
    vec![
        get("/users", list),
        change(Method::POST, "/users", write::create),
        get("/users/{user-id}", one),
        change(Method::PATCH, "/users/{user-id}", write::update),
        change(Method::DELETE, "/users/{user-id}", write::delete),
        change(Method::PUT, "/users/{user-id}/manager/$ref", write::set_manager),
        change(Method::DELETE, "/users/{user-id}/manager/$ref", write::remove_manager),
        change(Method::POST, "/users/{user-id}/revokeSignInSessions", write::revoke_sessions),
        query("/users/{user-id}/getMemberObjects", membership::objects),
        query("/users/{user-id}/getMemberGroups", membership::groups),
        query("/users/{user-id}/checkMemberGroups", membership::check),
        query("/users/{user-id}/checkMemberObjects", membership::check),
        get("/users/{user-id}/photo", photo::one),
        get("/users/{user-id}/photo/$value", photo::content),
        get("/users/{user-id}/photos", photo::list),
    ]
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require_member(call, tables)?;
    let at = in_table(call, &tables.users, entity("user"));
    let related = |body: &Map<String, Value>, name: &str| {
        relations::of(call, tables, "user", text(body, "id"), name).map(|items| items.len())
    };
    let expand = |item: &Item<'_>, asked: &Expand| relations::expand(call, tables, item, asked);
    Listing {
        kind: entity("user"),
        set: "users",
        service: Service::Directory,
        len: tables.users.len(),
        at: &at,
        related: &related,
        expand: &expand,
    }
    .answer(call)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let row = locate::row(call, tables, "user", call.key(0))?;
    if call.person().is_some_and(|person| person != row.text("id")) {
        privilege::require_member(call, tables)?;
        // `User.Read` is about oneself.
        if call.caller.permissions.iter().all(|held| {
            ["User.Read", "User.ReadWrite", "openid", "profile", "email", "offline_access"]
                .contains(&held.as_str())
        }) {
            return Err(GraphError::Denied);
        }
    }
    let body = call.seen(Some(row), &call.key(0).value)?;
    let expanded = relations::expanded(call, tables, entity("user"), body)?;
    call.one_expanded("users", entity("user"), body, expanded)
}
