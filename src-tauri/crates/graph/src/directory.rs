//! The organisation, its domains and its people.

use crate::id::{DirectoryObjectId, UserRef};
use crate::paging::{PAGE_SIZE, Page, page};
use crate::path::{Path, literal};
use crate::reply::json;
use crate::request::Request;
use crate::resources::{Domain, Organization, User};

const PERSON: &[&str] = &["id", "displayName", "userPrincipalName", "mail", "accountEnabled", "userType"];

/// The signed-in person.
#[must_use]
pub fn me() -> Request<User> {
    Request::get(Path::new("me"), json).select(PERSON)
}

/// The organisation: a list of one.
#[must_use]
pub fn organization() -> Request<Page<Organization>> {
    Request::get(Path::new("organization"), page).select(&[
        "id",
        "displayName",
        "verifiedDomains",
        "tenantType",
        "countryLetterCode",
    ])
}

/// Its domains, verified and not.
#[must_use]
pub fn domains() -> Request<Page<Domain>> {
    Request::get(Path::new("domains"), page).select(&[
        "id",
        "isDefault",
        "isInitial",
        "isVerified",
        "authenticationType",
        "supportedServices",
    ])
}

/// One person, by object id or principal name.
#[must_use]
pub fn user(who: &UserRef) -> Request<User> {
    Request::get(Path::new("users").id(who), json).select(PERSON)
}

/// People whose name or address begins with this, at most `top`.
#[must_use]
pub fn find_users(beginning: &str, top: u16) -> Request<Page<User>> {
    let text = literal(beginning);
    let filter = format!(
        "startsWith(displayName,{text}) or startsWith(userPrincipalName,{text}) or startsWith(mail,{text})"
    );
    Request::get(Path::new("users"), page)
        .query("$filter", filter)
        .select(PERSON)
        .query("$top", top.to_string())
}

/// Most ids in one [`users_by_id`]: the longest `in` list that the directory takes.
pub const MANY_USERS: usize = 15;

/// People by object id, at most [`MANY_USERS`]. Those who are not there any more are left out.
#[must_use]
pub fn users_by_id(ids: &[DirectoryObjectId]) -> Request<Page<User>> {
    let ids: Vec<String> = ids.iter().map(|id| literal(id.as_str())).collect();
    Request::get(Path::new("users"), page)
        .query("$filter", format!("id in ({})", ids.join(",")))
        .select(PERSON)
}

/// All people.
#[must_use]
pub fn users() -> Request<Page<User>> {
    Request::get(Path::new("users"), page).select(PERSON).query("$top", PAGE_SIZE)
}
