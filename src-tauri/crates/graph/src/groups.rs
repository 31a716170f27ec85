//! Groups and who is in them.

use crate::id::DirectoryObjectId;
use crate::paging::{PAGE_SIZE, Page, page};
use crate::path::{Path, literal};
use crate::reply::json;
use crate::request::Request;
use crate::resources::{DirectoryObject, Group};

const BASIC: &[&str] = &["id", "displayName", "mail", "mailEnabled", "securityEnabled", "groupTypes"];

/// One group by object id.
#[must_use]
pub fn get(id: &DirectoryObjectId) -> Request<Group> {
    Request::get(Path::new("groups").id(id), json).select(BASIC)
}

/// Groups whose name or address begins with this, at most `top`.
#[must_use]
pub fn search(beginning: &str, top: u16) -> Request<Page<Group>> {
    let text = literal(beginning);
    Request::get(Path::new("groups"), page)
        .query("$filter", format!("startsWith(displayName,{text}) or startsWith(mail,{text})"))
        .select(BASIC)
        .query("$top", top.to_string())
}

/// Direct members. Members of a group inside it are not among them.
#[must_use]
pub fn members(id: &DirectoryObjectId) -> Request<Page<DirectoryObject>> {
    Request::get(Path::new("groups").id(id).then("members"), page)
        .select(&["id", "displayName", "userPrincipalName", "mail"])
        .query("$top", PAGE_SIZE)
}

/// Reads one group's name: proves that groups can be read.
#[must_use]
pub fn probe() -> Request<Page<Group>> {
    Request::get(Path::new("groups"), page).select(&["id", "displayName"]).query("$top", "1")
}
