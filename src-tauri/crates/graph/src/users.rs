//! Accounts that products sign in with: making, licensing, removing.
//! <https://learn.microsoft.com/graph/api/user-post-users>

use net::call::Repeat;
use reqwest::Method;
use secrecy::SecretString;
use serde::Serialize;

use crate::id::UserRef;
use crate::path::Path;
use crate::reply::{json, nothing};
use crate::request::Request;
use crate::resources::Account;

const DETAIL: &[&str] = &[
    "id",
    "displayName",
    "userPrincipalName",
    "mail",
    "accountEnabled",
    "userType",
    "usageLocation",
    "employeeId",
    "onPremisesSyncEnabled",
    "createdDateTime",
    "assignedLicenses",
    "assignedPlans",
];

/// One account with what decides whether a product can sign in with it.
#[must_use]
pub fn account(who: &UserRef) -> Request<Account> {
    Request::get(Path::new("users").id(who), json).select(DETAIL)
}

/// An account to make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewAccount {
    /// Whether it can sign in.
    pub account_enabled: bool,
    /// Name.
    pub display_name: String,
    /// First part of its mail address.
    pub mail_nickname: String,
    /// Name to sign in with, on a verified domain.
    pub user_principal_name: String,
    /// Where it is used (ISO 3166-1 alpha-2).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage_location: Option<String>,
    /// A number of at most 16 characters, by which it is found again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub employee_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WithPassword<'a> {
    #[serde(flatten)]
    account: &'a NewAccount,
    password_profile: PasswordProfile,
    password_policies: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PasswordProfile {
    password: &'static str,
    force_change_password_next_sign_in: bool,
}

/// What stands for the password in a request that is shown.
const HIDDEN: &str = "(made here and kept safely; never shown)";

/// Makes an account whose password does not end and need not be changed at the first sign-in: a product signs in with
/// it, and cannot answer. Refused as existing when the name is taken. Without a password it can be shown and not sent.
#[must_use]
pub fn create(account: &NewAccount, password: Option<SecretString>) -> Request<Account> {
    let profile = PasswordProfile { password: HIDDEN, force_change_password_next_sign_in: false };
    let body =
        WithPassword { account, password_profile: profile, password_policies: "DisablePasswordExpiration" };
    Request::new(Method::POST, Path::new("users"), Repeat::Refused, json)
        .json(&body)
        .filling("/passwordProfile/password", password)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    usage_location: Option<&'a str>,
}

/// Sets where an account is used, or takes it away.
#[must_use]
pub fn set_usage_location(who: &UserRef, country: Option<&str>) -> Request<()> {
    Request::new(Method::PATCH, Path::new("users").id(who), Repeat::Safe, nothing)
        .json(&Location { usage_location: country })
}

/// Moves an account to the recycle bin, from which it can be restored for 30 days.
#[must_use]
pub fn remove(who: &UserRef) -> Request<()> {
    Request::new(Method::DELETE, Path::new("users").id(who), Repeat::Safe, nothing)
}
