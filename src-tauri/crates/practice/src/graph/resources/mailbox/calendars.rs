//! Calendars.

use http::Method;
use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::router::{Route, change, get};
use super::super::super::schema::entity;
use super::super::super::validate::{self, merge, text};
use super::{item, item_mut, list, new_id, open, open_mut, owner, touch};
use crate::store::{Mailbox, Tables};

const READ_ONLY: [&str; 10] = [
    "id",
    "changeKey",
    "canEdit",
    "canShare",
    "canViewPrivateItems",
    "hexColor",
    "isRemovable",
    "isTallyingResponses",
    "owner",
    "allowedOnlineMeetingProviders",
];

pub(super) fn routes() -> Vec<Route> {
    const ONE: &str = "/users/{user-id}/calendars/{calendar-id}";
    vec![
        get("/users/{user-id}/calendars", all),
        change(Method::POST, "/users/{user-id}/calendars", create),
        get("/users/{user-id}/calendar", default),
        get(ONE, one),
        change(Method::PATCH, ONE, update),
        change(Method::DELETE, ONE, delete),
    ]
}

/// Id of the calendar that the path is about: the named one, or else the default one.
pub(super) fn id(mailbox: &Mailbox, named: Option<&str>) -> Result<String> {
    let found = match named {
        Some(id) => item(&mailbox.calendars, id)?,
        None => mailbox
            .calendars
            .iter()
            .find(|own| own.get("isDefaultCalendar") == Some(&Value::Bool(true)))
            .or_else(|| mailbox.calendars.first())
            .ok_or(GraphError::ItemNotFound)?,
    };
    Ok(text(found, "id").to_owned())
}

fn all(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    list(
        call,
        "calendar",
        &format!("users('{}')/calendars", call.key(0).value),
        &open(call, tables)?.calendars,
    )
}

fn default(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    let calendar = item(&mailbox.calendars, &id(mailbox, None)?)?;
    call.one(&format!("users('{}')/calendar", call.key(0).value), entity("calendar"), calendar)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let calendar = item(&open(call, tables)?.calendars, &call.key(1).value)?;
    call.one(&format!("users('{}')/calendars", call.key(0).value), entity("calendar"), calendar)
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("calendar"), "Calendar", &READ_ONLY, call.body()?)?;
    let name = validate::required(&sent, "name", "Calendar")?.to_owned();
    let person = owner(call, tables)?;
    let holder = tables
        .users
        .get(&person)
        .map(|row| json!({ "name": row.text("displayName"), "address": row.text("mail") }));
    let mailbox = open_mut(call, tables)?;
    if mailbox.calendars.iter().any(|own| text(own, "name").eq_ignore_ascii_case(&name)) {
        return Err(GraphError::MailboxBadRequest("A folder with the specified name already exists.".into()));
    }
    let mut body = json!({
        "id": new_id("AAMk"), "color": "auto", "hexColor": "", "isDefaultCalendar": false, "changeKey": &new_id("CQAA")[..24],
        "canShare": true, "canViewPrivateItems": true, "canEdit": true, "isRemovable": true, "isTallyingResponses": false,
        "allowedOnlineMeetingProviders": ["teamsForBusiness"], "defaultOnlineMeetingProvider": "teamsForBusiness", "owner": holder,
    })
    .as_object()
    .cloned()
    .unwrap_or_else(Map::new);
    merge(&mut body, sent);
    let response = call.created(&format!("users/{person}/calendars"), entity("calendar"), &body);
    mailbox.calendars.push(body);
    Ok(response)
}

/// Unlike the directory, Exchange answers a change with the changed object.
fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("calendar"), "Calendar", &READ_ONLY, call.body()?)?;
    let mailbox = open_mut(call, tables)?;
    let calendar = item_mut(&mut mailbox.calendars, &call.key(1).value)?;
    merge(calendar, sent);
    touch(calendar, call);
    call.one(&format!("users('{}')/calendars", call.key(0).value), entity("calendar"), calendar)
}

fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let mailbox = open_mut(call, tables)?;
    let id = call.key(1).value.clone();
    if item(&mailbox.calendars, &id)?.get("isDefaultCalendar") == Some(&Value::Bool(true)) {
        return Err(GraphError::MailboxBadRequest("The default calendar can't be deleted.".into()));
    }
    mailbox.calendars.retain(|own| text(own, "id") != id);
    mailbox.events.retain(|own| text(own, "_calendar") != id);
    Ok(call.no_content())
}
