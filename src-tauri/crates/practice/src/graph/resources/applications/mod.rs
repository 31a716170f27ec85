//! App registrations.

mod federated;
mod rules;
mod write;

use http::Method;
use serde_json::{Map, Value};

use super::super::call::Call;
use super::super::error::Result;
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, in_table};
use super::super::odata::options::Expand;
use super::super::odata::rules::Service;
use super::super::router::{Route, change, get};
use super::super::schema::entity;
use super::super::{locate, privilege, relations};
use crate::auth::Subject;
use crate::store::Tables;

pub(crate) use self::rules::initial_domain;

pub(crate) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/applications", list),
        change(Method::POST, "/applications", write::create),
        get("/applications/{application-id}", one),
        change(Method::PATCH, "/applications/{application-id}", write::update),
        change(Method::DELETE, "/applications/{application-id}", write::delete),
    ];
    routes.extend(federated::routes());
    routes
}

fn list(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    privilege::require_member(call, tables)?;
    let all = in_table(call, &tables.applications, entity("application"));
    // `Application.ReadWrite.OwnedBy` lists all registrations too ("List applications", Permissions).
    let related = |body: &Map<String, Value>, name: &str| {
        let id = body.get("id").and_then(Value::as_str)?;
        relations::of(call, tables, "application", id, name).map(|items| items.len())
    };
    let expand = |item: &Item<'_>, asked: &Expand| relations::expand(call, tables, item, asked);
    Listing {
        kind: entity("application"),
        set: "applications",
        service: Service::Directory,
        len: tables.applications.len(),
        at: &all,
        related: &related,
        expand: &expand,
    }
    .answer(call)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let row = locate::row(call, tables, "application", call.key(0))?;
    // Guests may read the registrations they own, nothing else.
    if matches!(call.caller.subject, Subject::Person { .. })
        && !tables
            .owners
            .get(row.text("id"))
            .is_some_and(|owners| owners.iter().any(|own| own == call.actor()))
    {
        privilege::require_member(call, tables)?;
    }
    let body = call.seen(Some(row), &call.key(0).value)?;
    let expanded = relations::expanded(call, tables, entity("application"), body)?;
    call.one_expanded("applications", entity("application"), body, expanded)
}
