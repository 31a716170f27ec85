//! App registrations.
//! <https://learn.microsoft.com/graph/api/resources/application>

use reqwest::Method;
use serde::Serialize;
use url::Url;

use crate::id::{AppId, ApplicationId, DirectoryObjectId, UniqueName};
use crate::paging::{PAGE_SIZE, Page, page};
use crate::path::{Path, literal};
use crate::reply::{Reply, Unreadable, json, nothing};
use crate::request::Request;
use crate::resources::{Application, ApplicationPatch, DirectoryObject};
use net::call::Repeat;

/// All that a plan compares: everything but keys.
const DETAIL: &[&str] = &[
    "id",
    "appId",
    "displayName",
    "uniqueName",
    "signInAudience",
    "requiredResourceAccess",
    "passwordCredentials",
    "keyCredentials",
    "web",
    "spa",
    "publicClient",
    "isFallbackPublicClient",
    "tags",
    "notes",
    "createdDateTime",
    "disabledByMicrosoftStatus",
];

/// What a list of all registrations shows and warns about.
const LISTED: &[&str] = &[
    "id",
    "appId",
    "displayName",
    "uniqueName",
    "passwordCredentials",
    "keyCredentials",
    "tags",
    "createdDateTime",
];

/// What an upsert did.
#[derive(Debug, Clone, PartialEq)]
pub enum Upserted {
    /// It was made now, by this request (201).
    Created(Box<Application>),
    /// It existed and was brought to the wanted state (204). Read it with [`by_unique_name`].
    Existed,
}

/// Creates the registration of this name, or brings it to this state: at most one ever exists.
///
/// `patch.display_name` is needed. After an attempt of which no answer came, the repetition says
/// [`Upserted::Existed`] although this run made it.
/// <https://learn.microsoft.com/graph/api/application-upsert>
#[must_use]
pub fn upsert(name: &UniqueName, patch: &ApplicationPatch) -> Request<Upserted> {
    let path = Path::new("applications").key("uniqueName", name);
    Request::new(Method::PATCH, path, Repeat::Safe, upserted)
        .header("Prefer", "create-if-missing")
        .json(patch)
}

fn upserted(reply: &Reply) -> Result<Upserted, Unreadable> {
    match reply.status {
        201 => Ok(Upserted::Created(Box::new(json(reply)?))),
        200 | 204 => Ok(Upserted::Existed),
        other => Err(Unreadable::Status(other)),
    }
}

/// One registration by object id.
#[must_use]
pub fn get(id: &ApplicationId) -> Request<Application> {
    Request::get(Path::new("applications").id(id), json).select(DETAIL)
}

/// One registration by client id.
#[must_use]
pub fn by_app_id(app_id: &AppId) -> Request<Application> {
    Request::get(Path::new("applications").key("appId", app_id), json).select(DETAIL)
}

/// One registration by the name under which it was made.
#[must_use]
pub fn by_unique_name(name: &UniqueName) -> Request<Application> {
    Request::get(Path::new("applications").key("uniqueName", name), json).select(DETAIL)
}

/// All registrations, 999 to a page, with the dates of their secrets and certificates.
#[must_use]
pub fn list() -> Request<Page<Application>> {
    Request::get(Path::new("applications"), page).select(LISTED).query("$top", PAGE_SIZE)
}

/// Registrations with these words in their name.
#[must_use]
pub fn search(words: &str) -> Request<Page<Application>> {
    // Inside the double quotes of $search, a backslash and a double quote are escaped by a backslash.
    let words = words.replace('\\', "\\\\").replace('"', "\\\"");
    Request::get(Path::new("applications"), page)
        .query("$search", format!("\"displayName:{words}\""))
        .select(LISTED)
        .query("$top", "100")
        .header("ConsistencyLevel", "eventual")
}

/// Registrations with this tag.
#[must_use]
pub fn tagged(tag: &str) -> Request<Page<Application>> {
    Request::get(Path::new("applications"), page)
        .query("$filter", format!("tags/any(t:t eq {})", literal(tag)))
        .select(DETAIL)
        .query("$top", PAGE_SIZE)
}

/// Registrations with exactly one of these names (at most 15, the longest `in` list that the directory takes).
#[must_use]
pub fn named(names: &[&str]) -> Request<Page<Application>> {
    let list: Vec<String> = names.iter().take(15).map(|name| literal(name)).collect();
    Request::get(Path::new("applications"), page)
        .query("$filter", format!("displayName in ({})", list.join(",")))
        .select(DETAIL)
        .query("$top", PAGE_SIZE)
}

/// Sets fields.
#[must_use]
pub fn update(id: &ApplicationId, patch: &ApplicationPatch) -> Request<()> {
    Request::new(Method::PATCH, Path::new("applications").id(id), Repeat::Safe, nothing).json(patch)
}

/// Moves it to the recycle bin, from which it can be restored for 30 days; its `uniqueName` stays taken meanwhile.
/// Not found when an earlier attempt did it: that is a success.
#[must_use]
pub fn remove(id: &ApplicationId) -> Request<()> {
    Request::new(Method::DELETE, Path::new("applications").id(id), Repeat::Safe, nothing)
}

/// Who may change it besides administrators.
#[must_use]
pub fn owners(id: &ApplicationId) -> Request<Page<DirectoryObject>> {
    Request::get(Path::new("applications").id(id).then("owners"), page)
        .select(&["id", "displayName", "userPrincipalName", "mail"])
        .query("$top", PAGE_SIZE)
}

#[derive(Serialize)]
struct Reference {
    #[serde(rename = "@odata.id")]
    id: String,
}

/// Adds an owner. Refused as existing when the person is one already. `base` is the address of Graph in this cloud
/// ([`GraphClient::base`](crate::GraphClient::base)), since an owner is named by an address.
#[must_use]
pub fn add_owner(id: &ApplicationId, owner: &DirectoryObjectId, base: &Url) -> Request<()> {
    let base = base.as_str().trim_end_matches('/');
    let reference = Reference { id: format!("{base}/v1.0/directoryObjects/{owner}") };
    let path = Path::new("applications").id(id).then("owners").then("$ref");
    Request::new(Method::POST, path, Repeat::Refused, nothing).json(&reference)
}

/// Removes an owner.
#[must_use]
pub fn remove_owner(id: &ApplicationId, owner: &DirectoryObjectId) -> Request<()> {
    let path = Path::new("applications").id(id).then("owners").id(owner).then("$ref");
    Request::new(Method::DELETE, path, Repeat::Safe, nothing)
}
