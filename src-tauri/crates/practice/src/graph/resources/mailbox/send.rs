//! Sending mail: into the sender's sent items and the inboxes of recipients in the organisation.

use http::{Method, StatusCode};
use serde_json::{Map, Value, json};

use super::super::super::call::Call;
use super::super::super::error::{GraphError, Result};
use super::super::super::http::GraphResponse;
use super::super::super::router::{Route, change};
use super::super::super::schema::entity;
use super::super::super::validate::{self, array, merge, text};
use super::{folders, item, messages, new_id, open_mut, owner, touch};
use crate::store::Tables;

pub(super) fn routes() -> Vec<Route> {
    vec![
        change(Method::POST, "/users/{user-id}/sendMail", send_mail),
        change(Method::POST, "/users/{user-id}/messages/{message-id}/send", send_draft),
    ]
}

/// A person as sender or recipient.
pub(super) fn recipient(tables: &Tables, person: &str) -> Value {
    let Some(row) = tables.users.get(person) else { return Value::Null };
    let address = if row.text("mail").is_empty() { row.text("userPrincipalName") } else { row.text("mail") };
    json!({ "emailAddress": { "name": row.text("displayName"), "address": address } })
}

fn send_mail(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let person = owner(call, tables)?;
    let mut sent = call.body()?;
    // Both spellings are in use: the parameters are named `Message` and `SaveToSentItems` in the description.
    let mut take = |name: &str| {
        let key = sent.keys().find(|own| own.eq_ignore_ascii_case(name)).cloned();
        key.and_then(|key| sent.remove(&key))
    };
    let Some(Value::Object(mut message)) = take("message") else {
        return Err(GraphError::MailboxBadRequest("The parameter 'Message' is required.".into()));
    };
    let save = take("saveToSentItems").is_none_or(|save| save != false);
    message.retain(|name, _| !name.starts_with("@odata."));
    // Attachments are accepted and counted, not kept.
    let attached = message
        .remove("attachments")
        .is_some_and(|list| list.as_array().is_some_and(|list| !list.is_empty()));
    let message = validate::body(entity("message"), "Message", &["id", "changeKey", "webLink"], message)?;
    let sender = recipient(tables, &person);
    let mut body = messages::draft(call, "", &sender);
    merge(&mut body, message);
    body.insert("hasAttachments".into(), attached.into());
    deliver(call, tables, &person, &body, save)?;
    Ok(GraphResponse::empty(StatusCode::ACCEPTED))
}

fn send_draft(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let person = owner(call, tables)?;
    let mailbox = open_mut(call, tables)?;
    let id = call.key(1).value.clone();
    let message = item(&mailbox.messages, &id)?.clone();
    if message.get("isDraft") != Some(&Value::Bool(true)) {
        return Err(GraphError::MailboxBadRequest("The item has been sent already.".into()));
    }
    deliver(call, tables, &person, &message, true)?;
    open_mut(call, tables)?.messages.retain(|own| text(own, "id") != id);
    Ok(GraphResponse::empty(StatusCode::ACCEPTED))
}

fn deliver(
    call: &Call<'_>,
    tables: &mut Tables,
    person: &str,
    message: &Map<String, Value>,
    save: bool,
) -> Result<()> {
    let addresses: Vec<String> = ["toRecipients", "ccRecipients", "bccRecipients"]
        .iter()
        .flat_map(|list| array(message, list))
        .filter_map(|recipient| recipient["emailAddress"]["address"].as_str())
        .map(str::to_lowercase)
        .collect();
    if addresses.is_empty() {
        return Err(GraphError::MailboxBadRequest("At least one recipient isn't valid.".into()));
    }
    let mut message = message.clone();
    message.insert("isDraft".into(), false.into());
    for date in ["sentDateTime", "receivedDateTime"] {
        message.insert(date.into(), call.now_text().into());
    }
    messages::preview(&mut message);
    if save {
        put(call, tables, person, "sentitems", &message, true);
    }
    // Blind copies do not show to others.
    message.insert("bccRecipients".into(), json!([]));
    let recipients: Vec<String> = tables
        .users
        .values()
        .filter(|row| row.deleted.is_none())
        .filter(|row| {
            ["mail", "userPrincipalName"]
                .iter()
                .any(|name| addresses.contains(&row.text(name).to_lowercase()))
        })
        .map(|row| row.text("id").to_owned())
        .collect();
    for recipient in recipients {
        put(call, tables, &recipient, "inbox", &message, false);
    }
    Ok(())
}

fn put(
    call: &Call<'_>,
    tables: &mut Tables,
    person: &str,
    folder: &str,
    message: &Map<String, Value>,
    read: bool,
) {
    let Some(mailbox) = tables.mailboxes.get_mut(person) else { return };
    let Ok(folder) = folders::id(mailbox, folder) else { return };
    let mut copy = message.clone();
    copy.insert("id".into(), new_id("AAMk").into());
    copy.insert("parentFolderId".into(), folder.into());
    copy.insert("isRead".into(), read.into());
    touch(&mut copy, call);
    mailbox.messages.push(copy);
}
