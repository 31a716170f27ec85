//! Messages.

use http::Method;
use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::Result;
use super::super::super::http::GraphResponse;
use super::super::super::router::{Route, change, get};
use super::super::super::schema::entity;
use super::super::super::validate::{self, merge, text};
use super::{folders, hide_from_basic, item, item_mut, list, new_id, open, open_mut, owner, touch};
use crate::store::Tables;

const READ_ONLY: [&str; 9] = [
    "id",
    "changeKey",
    "createdDateTime",
    "lastModifiedDateTime",
    "receivedDateTime",
    "sentDateTime",
    "webLink",
    "bodyPreview",
    "conversationId",
];
/// What `Mail.ReadBasic` leaves out.
const HIDDEN: [&str; 3] = ["body", "bodyPreview", "uniqueBody"];

pub(super) fn routes() -> Vec<Route> {
    let mut routes = Vec::new();
    for path in ["/users/{user-id}/messages", "/users/{user-id}/mailFolders/{mailFolder-id}/messages"] {
        routes.push(get(path, all));
        routes.push(change(Method::POST, path, create));
    }
    for path in [
        "/users/{user-id}/messages/{message-id}",
        "/users/{user-id}/mailFolders/{mailFolder-id}/messages/{message-id}",
    ] {
        routes.push(get(path, one));
        routes.push(change(Method::PATCH, path, update));
        routes.push(change(Method::DELETE, path, delete));
    }
    routes
}

/// The last variable part of the path.
fn message_id<'c>(call: &'c Call<'_>) -> &'c str {
    &call.key(call.keys.len() - 1).value
}

fn set(call: &Call<'_>) -> String {
    format!("users('{}')/messages", call.key(0).value)
}

/// Newest first, as Exchange lists mail.
fn all(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mailbox = open(call, tables)?;
    let folder = if call.template.contains("{mailFolder-id}") {
        Some(folders::id(mailbox, &call.key(1).value)?)
    } else {
        None
    };
    let mut messages: Vec<Map<String, Value>> = mailbox
        .messages
        .iter()
        .filter(|own| folder.as_ref().is_none_or(|id| text(own, "parentFolderId") == id))
        .cloned()
        .collect();
    messages.sort_by(|left, right| text(right, "receivedDateTime").cmp(text(left, "receivedDateTime")));
    prepare(call, &mut messages);
    list(call, "message", &set(call), &messages)
}

fn prepare(call: &Call<'_>, messages: &mut [Map<String, Value>]) {
    for message in messages.iter_mut() {
        let key = text(message, "changeKey").to_owned();
        message.insert("@odata.etag".into(), format!("W/\"{key}\"").into());
        as_asked(call, message);
    }
    hide_from_basic(call, "Mail", &HIDDEN, messages);
}

/// `Prefer: outlook.body-content-type="text"` turns HTML bodies into text.
pub(super) fn as_asked(call: &Call<'_>, item: &mut Map<String, Value>) {
    let as_text =
        call.preference("outlook.body-content-type").is_some_and(|kind| kind.eq_ignore_ascii_case("text"));
    if as_text && let Some(body) = item.get_mut("body").filter(|body| body["contentType"] == "html") {
        let plain = plain(body["content"].as_str().unwrap_or_default());
        *body = json!({ "contentType": "text", "content": plain });
    }
}

/// The text of an HTML body, without its tags.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(character),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first 255 characters of the body.
pub(super) fn preview(item: &mut Map<String, Value>) {
    if let Some(content) = item.get("body").and_then(|body| body["content"].as_str()) {
        let text: String = plain(content).chars().take(255).collect();
        item.insert("bodyPreview".into(), text.into());
    }
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let mut found = [item(&open(call, tables)?.messages, message_id(call))?.clone()];
    prepare(call, &mut found);
    call.one(&set(call), entity("message"), &found[0])
}

/// A message with nothing in it, as a draft.
pub(super) fn draft(call: &Call<'_>, folder: &str, sender: &Value) -> Map<String, Value> {
    let id = new_id("AAMk");
    json!({
        "id": id, "createdDateTime": call.now_text(), "receivedDateTime": call.now_text(), "sentDateTime": call.now_text(),
        "categories": [], "hasAttachments": false, "internetMessageId": format!("<{}@practice.example>", &id[4..40]), "subject": "",
        "bodyPreview": "", "importance": "normal", "parentFolderId": folder, "conversationId": new_id("AAQk"),
        "conversationIndex": null, "isDeliveryReceiptRequested": false, "isReadReceiptRequested": false, "isRead": true,
        "isDraft": true, "webLink": format!("https://outlook.office365.com/owa/?ItemID={}", &id[4..40]),
        "inferenceClassification": "focused", "body": { "contentType": "text", "content": "" }, "sender": sender, "from": sender,
        "toRecipients": [], "ccRecipients": [], "bccRecipients": [], "replyTo": [], "flag": { "flagStatus": "notFlagged" },
    })
    .as_object()
    .cloned()
    .unwrap_or_else(Map::new)
}

/// `POST messages` makes a draft.
fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("message"), "Message", &READ_ONLY, call.body()?)?;
    let person = owner(call, tables)?;
    let sender = super::send::recipient(tables, &person);
    let mailbox = open_mut(call, tables)?;
    let named = if call.template.contains("{mailFolder-id}") { call.key(1).value.as_str() } else { "drafts" };
    let folder = folders::id(mailbox, named)?;
    let mut body = draft(call, &folder, &sender);
    merge(&mut body, sent);
    preview(&mut body);
    touch(&mut body, call);
    let response = call.created(&format!("users/{person}/messages"), entity("message"), &body);
    mailbox.messages.push(body);
    Ok(response)
}

fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("message"), "Message", &READ_ONLY, call.body()?)?;
    let mailbox = open_mut(call, tables)?;
    let message = item_mut(&mut mailbox.messages, message_id(call))?;
    merge(message, sent);
    preview(message);
    touch(message, call);
    let mut shown = [message.clone()];
    prepare(call, &mut shown);
    call.one(&set(call), entity("message"), &shown[0])
}

/// Goes to the deleted items first, and from there for good.
fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let mailbox = open_mut(call, tables)?;
    let bin = folders::id(mailbox, "deleteditems")?;
    let id = message_id(call).to_owned();
    let message = item_mut(&mut mailbox.messages, &id)?;
    if text(message, "parentFolderId") == bin {
        mailbox.messages.retain(|own| text(own, "id") != id);
    } else {
        message.insert("parentFolderId".into(), bin.into());
        touch(message, call);
    }
    Ok(call.no_content())
}
