//! Contacts: the people whom somebody keeps in the own address book ("contact resource type").

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::Method;
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::super::super::call::Call;
use super::super::super::error::Result;
use super::super::super::http::GraphResponse;
use super::super::super::router::{Route, change, get};
use super::super::super::schema::entity;
use super::super::super::validate::{self, merge, text};
use super::{item, item_mut, list, new_id, open, open_mut, owner, touch};
use crate::store::Tables;

const READ_ONLY: [&str; 5] = ["id", "changeKey", "createdDateTime", "lastModifiedDateTime", "parentFolderId"];

pub(super) fn routes() -> Vec<Route> {
    const ALL: &str = "/users/{user-id}/contacts";
    const ONE: &str = "/users/{user-id}/contacts/{contact-id}";
    vec![
        get(ALL, all),
        change(Method::POST, ALL, create),
        get(ONE, one),
        change(Method::PATCH, ONE, update),
        change(Method::DELETE, ONE, delete),
    ]
}

/// Id of the address book of a mailbox: the same for ever, so that nobody has to keep it.
pub(crate) fn folder_of(owner: &str) -> String {
    let part = |salt: &str| Sha256::digest(format!("contacts:{owner}:{salt}"));
    let bytes: Vec<u8> = ["a", "b", "c"].iter().flat_map(|salt| part(salt)).collect();
    format!("AAMk{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// The name by which a contact is filed and shown when none was sent.
pub(crate) fn named(contact: &Map<String, Value>) -> String {
    let parts = ["givenName", "middleName", "surname"].map(|name| text(contact, name));
    let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    if name.is_empty() { text(contact, "companyName").to_owned() } else { name }
}

fn set(call: &Call<'_>) -> String {
    format!("users('{}')/contacts", call.key(0).value)
}

fn tagged(contact: &Map<String, Value>) -> Map<String, Value> {
    let mut contact = contact.clone();
    let key = text(&contact, "changeKey").to_owned();
    contact.insert("@odata.etag".into(), format!("W/\"{key}\"").into());
    contact
}

fn all(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let contacts: Vec<_> = open(call, tables)?.contacts.iter().map(tagged).collect();
    list(call, "contact", &set(call), &contacts)
}

fn one(call: &Call<'_>, tables: &Tables) -> Result<GraphResponse> {
    let contact = tagged(item(&open(call, tables)?.contacts, &call.key(1).value)?);
    call.one(&set(call), entity("contact"), &contact)
}

fn create(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("contact"), "Contact", &READ_ONLY, call.body()?)?;
    let person = owner(call, tables)?;
    let mut body = blank(&new_id("AAMk"), &person, &call.now_text());
    merge(&mut body, sent);
    name(&mut body);
    touch(&mut body, call);
    let response = call.created(&format!("users/{person}/contacts"), entity("contact"), &tagged(&body));
    open_mut(call, tables)?.contacts.push(body);
    Ok(response)
}

/// Unlike the directory, Exchange answers a change with the changed object.
fn update(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let sent = validate::body(entity("contact"), "Contact", &READ_ONLY, call.body()?)?;
    let renamed =
        !sent.contains_key("displayName") && (sent.contains_key("givenName") || sent.contains_key("surname"));
    let contact = item_mut(&mut open_mut(call, tables)?.contacts, &call.key(1).value)?;
    merge(contact, sent);
    if renamed {
        // "Later updates to other properties may cause an automatically generated value to overwrite" it.
        contact.remove("displayName");
    }
    name(contact);
    touch(contact, call);
    let contact = tagged(contact);
    call.one(&set(call), entity("contact"), &contact)
}

fn delete(call: &Call<'_>, tables: &mut Tables) -> Result<GraphResponse> {
    let id = call.key(1).value.clone();
    let contacts = &mut open_mut(call, tables)?.contacts;
    item(contacts, &id)?;
    contacts.retain(|own| text(own, "id") != id);
    Ok(call.no_content())
}

/// A contact of whom nothing is known.
pub(crate) fn blank(id: &str, owner: &str, now: &str) -> Map<String, Value> {
    let empty = ["emailAddresses", "businessPhones", "homePhones", "imAddresses", "children", "categories"];
    let address = ["homeAddress", "businessAddress", "otherAddress"];
    let mut body = json!({
        "id": id, "createdDateTime": now, "lastModifiedDateTime": now, "parentFolderId": folder_of(owner),
    });
    for list in empty {
        body[list] = json!([]);
    }
    for part in address {
        body[part] = json!({});
    }
    body.as_object().cloned().unwrap_or_default()
}

fn name(contact: &mut Map<String, Value>) {
    let made = named(contact);
    for property in ["displayName", "fileAs"] {
        if text(contact, property).is_empty() && !made.is_empty() {
            contact.insert(property.into(), made.clone().into());
        }
    }
}
