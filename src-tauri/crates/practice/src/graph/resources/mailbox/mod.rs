//! Mailboxes: calendars, mail and settings, for people and for applications.

mod calendars;
pub(crate) mod contacts;
mod events;
mod extended;
mod folders;
mod messages;
mod recurrence;
mod send;
mod settings;
mod time_zone;

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::super::call::Call;
use super::super::error::{GraphError, Result};
use super::super::http::GraphResponse;
use super::super::listing::{Item, Listing, no_expand, unrelated};
use super::super::odata::rules::Service;
use super::super::router::Route;
use super::super::schema::entity;
use super::super::validate::text;
use crate::store::{Mailbox, Tables};

pub(crate) fn routes() -> Vec<Route> {
    [
        calendars::routes(),
        contacts::routes(),
        events::routes(),
        folders::routes(),
        messages::routes(),
        send::routes(),
        settings::routes(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Object id of the person whose mailbox the path names, after checking that the caller may open it.
///
/// # Errors
/// 404 for somebody who is not there or has no mailbox, 403 for a mailbox that was not shared with the caller.
fn owner(call: &Call<'_>, tables: &Tables) -> Result<String> {
    let named = &call.key(0).value;
    let user = tables.user(named).filter(|row| call.view.knows(row));
    let user = user.ok_or_else(|| GraphError::InvalidMailboxUser(named.clone()))?;
    let id = user.text("id").to_owned();
    // A delegated token opens the own mailbox; others only where their owner shared them.
    let shared = || {
        let with = user.body.get("_mailboxSharedWith").and_then(Value::as_array);
        with.is_some_and(|ids| ids.iter().any(|own| own == call.actor()))
    };
    if call.person().is_some_and(|person| person != id) {
        // "Calendars.ReadWrite" is about one's own; those that others share need a permission of their own.
        let calendar = call.template.contains("/calendar") || call.template.contains("/events");
        let writes = call.request.method != http::Method::GET;
        let enough = !calendar
            || call.has("Calendars.ReadWrite.Shared")
            || (!writes && call.has("Calendars.Read.Shared"));
        if !shared() || !enough {
            return Err(GraphError::MailboxDenied);
        }
    }
    if tables.mailboxes.contains_key(&id) { Ok(id) } else { Err(GraphError::NoMailbox) }
}

/// The mailbox that the path names.
fn open<'t>(call: &Call<'_>, tables: &'t Tables) -> Result<&'t Mailbox> {
    tables.mailboxes.get(&owner(call, tables)?).ok_or(GraphError::NoMailbox)
}

/// The same, to change it.
fn open_mut<'t>(call: &Call<'_>, tables: &'t mut Tables) -> Result<&'t mut Mailbox> {
    let id = owner(call, tables)?;
    tables.mailboxes.get_mut(&id).ok_or(GraphError::NoMailbox)
}

/// A list of things in a mailbox.
fn list(call: &Call<'_>, kind: &str, set: &str, items: &[Map<String, Value>]) -> Result<GraphResponse> {
    let kind = entity(kind);
    let at = |position: usize| Some(Item { kind, body: Cow::Borrowed(items.get(position)?) });
    Listing {
        kind,
        set,
        service: Service::Mailbox,
        len: items.len(),
        at: &at,
        related: &unrelated,
        expand: &|item, asked| {
            if item.kind.name == "event" {
                extended::expand(&item.body, asked)
            } else {
                no_expand(item, asked)
            }
        },
    }
    .answer(call)
}

/// One thing in a mailbox by its id.
fn item<'m>(items: &'m [Map<String, Value>], id: &str) -> Result<&'m Map<String, Value>> {
    items.iter().find(|own| text(own, "id") == id).ok_or_else(|| not_found(id))
}

/// The same, to change it.
fn item_mut<'m>(items: &'m mut [Map<String, Value>], id: &str) -> Result<&'m mut Map<String, Value>> {
    items.iter_mut().find(|own| text(own, "id") == id).ok_or_else(|| not_found(id))
}

/// Exchange tells an id that cannot be one from one that is not there.
fn not_found(id: &str) -> GraphError {
    if id.len() > 20 && !id.contains(' ') { GraphError::ItemNotFound } else { GraphError::MalformedItemId }
}

/// An id as Exchange makes it.
fn new_id(prefix: &str) -> String {
    let bytes: [u8; 96] = {
        let mut bytes = [0; 96];
        for chunk in bytes.chunks_exact_mut(32) {
            chunk.copy_from_slice(&rand::random::<[u8; 32]>());
        }
        bytes
    };
    format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// Marks that something was changed.
fn touch(body: &mut Map<String, Value>, call: &Call<'_>) {
    body.insert("changeKey".into(), new_id("CQAA")[..24].into());
    body.insert("lastModifiedDateTime".into(), call.now_text().into());
}

/// What a reader with a `ReadBasic` permission does not get to see.
fn hide_from_basic(call: &Call<'_>, area: &str, hidden: &[&str], items: &mut [Map<String, Value>]) {
    let full = [format!("{area}.Read"), format!("{area}.ReadWrite")];
    if full.iter().any(|permission| call.has(permission) || call.has(&format!("{permission}.Shared"))) {
        return;
    }
    for item in items {
        for name in hidden {
            item.remove(*name);
        }
    }
}

/// The mailbox that a first licence brings: a calendar and the usual folders.
pub(crate) fn new_mailbox(user: &Map<String, Value>) -> Mailbox {
    let owner = json!({ "name": text(user, "displayName"), "address": text(user, "userPrincipalName") });
    let root = new_id("AAMk");
    let object = |value: Value| value.as_object().cloned().unwrap_or_default();
    Mailbox {
        calendars: vec![object(json!({
            "id": new_id("AAMk"), "name": "Calendar", "color": "auto", "hexColor": "", "isDefaultCalendar": true,
            "changeKey": &new_id("CQAA")[..24], "canShare": true, "canViewPrivateItems": true, "canEdit": true,
            "isRemovable": false, "isTallyingResponses": true, "owner": owner,
            "allowedOnlineMeetingProviders": ["teamsForBusiness"], "defaultOnlineMeetingProvider": "teamsForBusiness",
        }))],
        events: vec![],
        folders: folders::WELL_KNOWN
            .iter()
            .map(|(well_known, name)| {
                object(json!({
                    "id": new_id("AAMk"), "displayName": name, "parentFolderId": root, "childFolderCount": 0,
                    "unreadItemCount": 0, "totalItemCount": 0, "isHidden": false, "_wellKnown": well_known,
                }))
            })
            .collect(),
        messages: vec![],
        contacts: vec![],
    }
}
