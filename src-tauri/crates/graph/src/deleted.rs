//! The recycle bin of the directory: objects can be restored for 30 days.
//! <https://learn.microsoft.com/graph/api/resources/directory>

use reqwest::Method;

use crate::id::DirectoryObjectId;
use crate::paging::{PAGE_SIZE, Page, page};
use crate::path::Path;
use crate::reply::nothing;
use crate::request::Request;
use crate::resources::DeletedItem;
use net::call::Repeat;

/// Deleted app registrations.
#[must_use]
pub fn applications() -> Request<Page<DeletedItem>> {
    Request::get(Path::new("directory").then("deletedItems").then("microsoft.graph.application"), page)
        .select(&["id", "appId", "displayName", "uniqueName", "deletedDateTime"])
        .query("$top", PAGE_SIZE)
}

/// Deleted people and accounts.
#[must_use]
pub fn users() -> Request<Page<DeletedItem>> {
    Request::get(Path::new("directory").then("deletedItems").then("microsoft.graph.user"), page)
        .select(&["id", "displayName", "deletedDateTime"])
        .query("$top", PAGE_SIZE)
}

/// Puts it back, with its grants and secrets. A second time it is not found: read it to know.
#[must_use]
pub fn restore(id: &DirectoryObjectId) -> Request<()> {
    let path = Path::new("directory").then("deletedItems").id(id).then("restore");
    Request::new(Method::POST, path, Repeat::Refused, nothing)
}

/// Deletes it for ever and frees its `uniqueName`.
#[must_use]
pub fn purge(id: &DirectoryObjectId) -> Request<()> {
    Request::new(Method::DELETE, Path::new("directory").then("deletedItems").id(id), Repeat::Safe, nothing)
}
