//! The organisation, its domains and its people.

use crate::id::UserRef;
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

/// All people.
#[must_use]
pub fn users() -> Request<Page<User>> {
    Request::get(Path::new("users"), page).select(PERSON).query("$top", PAGE_SIZE)
}
