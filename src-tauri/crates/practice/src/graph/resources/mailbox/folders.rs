//! Mail folders.

use http::Method;
use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::router::{Route, change, get};
use super::super::super::schema::entity;
use super::super::super::validate::{self, merge, text};
use super::{item, item_mut, list, new_id, open, open_mut, owner};
use crate::store::{Mailbox, Tables};

/// Names that work in place of an id, in any language of the mailbox ("mailFolder resource type").
pub(super) const WELL_KNOWN: [(&str, &str); 7] = [
    ("inbox", "Inbox"),
    ("drafts", "Drafts"),
    ("sentitems", "Sent Items"),
    ("deleteditems", "Deleted Items"),
    ("junkemail", "Junk Email"),
    ("archive", "Archive"),
    ("outbox", "Outbox"),
];
const READ_ONLY: [&str; 4] = ["id", "childFolderCount", "totalItemCount", "unreadItemCount"];

pub(super) fn routes() -> Vec<Route> {
    const ONE: &str = "/users/{user-id}/mailFolders/{mailFolder-id}";
    vec![
        get("/users/{user-id}/mailFolders", all),
        change(Method::POST, "/users/{user-id}/mailFolders", create),
        get(ONE, one),
        change(Method::PATCH, ONE, update),
        change(Method::DELETE, ONE, delete),
        get("/users/{user-id}/mailFolders/{mailFolder-id}/childFolders", children),
    ]
}

/// Id of a folder, given by id or by well-known name.
pub(super) fn id(mailbox: &Mailbox, named: &str) -> Result<String> {
    mailbox
        .folders
        .iter()
        .find(|own| text(own, "id") == named || text(own, "_wellKnown").eq_ignore_ascii_case(named))
        .map(|own| text(own, "id").to_owned())
        .ok_or_else(|| super::not_found(named))
}

/// A folder with its numbers as they are now.
fn counted(mailbox: &Mailbox, folder: &Map<String, Value>) -> Map<String, Value> {
    let mut folder = folder.clone();
    let own = text(&folder, "id").to_owned();
    let inside = mailbox.messages.iter().filter(|message| text(message, "parentFolderId") == own);
    let (total, unread) = inside.fold((0, 0), |(total, unread), message| {
        (total + 1, unread + i32::from(message.get("isRead") == Some(&Value::Bool(false))))
    });
    let below = mailbox.folders.iter().filter(|other| text(other, "parentFolderId") == own).count();
    folder.insert("totalItemCount".into(), total.into());
    folder.insert("unreadItemCount".into(), unread.into());
    folder.insert("childFolderCount".into(), below.into());
    folder
}

fn set(call: &Call<'_>) -> String {
    format!("users('{}')/mailFolders", call.key(0).value)
}

/// The folders right below the root.
fn all(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    let ids: Vec<&str> = mailbox.folders.iter().map(|own| text(own, "id")).collect();
    let top = mailbox.folders.iter().filter(|own| !ids.contains(&text(own, "parentFolderId")));
    let folders: Vec<_> = top.map(|own| counted(mailbox, own)).collect();
    list(call, "mailFolder", &set(call), &folders)
}

fn children(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    let parent = id(mailbox, &call.key(1).value)?;
    let below = mailbox.folders.iter().filter(|own| text(own, "parentFolderId") == parent);
    let folders: Vec<_> = below.map(|own| counted(mailbox, own)).collect();
    list(call, "mailFolder", &set(call), &folders)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    let folder = item(&mailbox.folders, &id(mailbox, &call.key(1).value)?)?;
    call.one(&set(call), entity("mailFolder"), &counted(mailbox, folder))
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("mailFolder"), "MailFolder", &READ_ONLY, call.body()?)?;
    let name = validate::required(&sent, "displayName", "MailFolder")?.to_owned();
    let person = owner(call, tables)?;
    let mailbox = open_mut(call, tables)?;
    if mailbox.folders.iter().any(|own| text(own, "displayName").eq_ignore_ascii_case(&name)) {
        return Err(GraphError::MailboxBadRequest("A folder with the specified name already exists.".into()));
    }
    let root = mailbox.folders.first().map(|own| text(own, "parentFolderId").to_owned());
    let mut body = json!({ "id": new_id("AAMk"), "parentFolderId": root, "childFolderCount": 0, "unreadItemCount": 0, "totalItemCount": 0, "isHidden": false })
        .as_object()
        .cloned()
        .unwrap_or_else(Map::new);
    merge(&mut body, sent);
    let response = call.created(&format!("users/{person}/mailFolders"), entity("mailFolder"), &body);
    mailbox.folders.push(body);
    Ok(response)
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("mailFolder"), "MailFolder", &READ_ONLY, call.body()?)?;
    let mailbox = open_mut(call, tables)?;
    let id = id(mailbox, &call.key(1).value)?;
    merge(item_mut(&mut mailbox.folders, &id)?, sent);
    let folder = counted(mailbox, item(&mailbox.folders, &id)?);
    call.one(&set(call), entity("mailFolder"), &folder)
}

fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let mailbox = open_mut(call, tables)?;
    let id = id(mailbox, &call.key(1).value)?;
    if !text(item(&mailbox.folders, &id)?, "_wellKnown").is_empty() {
        return Err(GraphError::MailboxBadRequest("Distinguished folders cannot be deleted.".into()));
    }
    mailbox.folders.retain(|own| text(own, "id") != id);
    mailbox.messages.retain(|own| text(own, "parentFolderId") != id);
    Ok(call.no_content())
}
