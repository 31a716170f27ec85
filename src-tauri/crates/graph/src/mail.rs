//! Mail: as much as proves that an app can read and send it.

use reqwest::Method;
use serde::Serialize;

use crate::id::UserRef;
use crate::paging::{Page, page};
use crate::path::Path;
use crate::reply::nothing;
use crate::request::Request;
use crate::resources::{MailFolder, Message};
use net::call::Repeat;

/// Whose mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mailbox {
    /// The signed-in person's (delegated permission).
    Mine,
    /// This person's (application permission, or shared with the signed-in person).
    Of(UserRef),
}

impl Mailbox {
    pub(crate) fn path(&self) -> Path {
        match self {
            Self::Mine => Path::new("me"),
            Self::Of(who) => Path::new("users").id(who),
        }
    }
}

/// Reads one mail's id: proves access to the mail without reading what is in it.
#[must_use]
pub fn probe(mailbox: &Mailbox) -> Request<Page<Message>> {
    Request::get(mailbox.path().then("messages"), page).select(&["id"]).query("$top", "1")
}

/// Folders of the mailbox.
#[must_use]
pub fn folders(mailbox: &Mailbox) -> Request<Page<MailFolder>> {
    Request::get(mailbox.path().then("mailFolders"), page)
        .select(&["id", "displayName", "totalItemCount"])
        .query("$top", "100")
}

// The parameters of this action begin with capitals in Graph's metadata, unlike all others.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SendMail<'a> {
    message: Outgoing<'a>,
    save_to_sent_items: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outgoing<'a> {
    subject: &'a str,
    body: Body<'a>,
    to_recipients: [Recipient<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'a> {
    content_type: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Recipient<'a> {
    email_address: Address<'a>,
}

#[derive(Serialize)]
struct Address<'a> {
    address: &'a str,
}

/// Sends one plain-text mail from the mailbox, without a copy among the sent items. Sent once: a second sending would be
/// a second mail.
/// <https://learn.microsoft.com/graph/api/user-sendmail>
#[must_use]
pub fn send(mailbox: &Mailbox, to: &str, subject: &str, text: &str) -> Request<()> {
    let body = SendMail {
        message: Outgoing {
            subject,
            body: Body { content_type: "text", content: text },
            to_recipients: [Recipient { email_address: Address { address: to } }],
        },
        save_to_sent_items: false,
    };
    Request::new(Method::POST, mailbox.path().then("sendMail"), Repeat::Duplicates, nothing).json(&body)
}
