//! Client secrets of an app registration.

use jiff::Timestamp;
use reqwest::Method;
use serde::Serialize;

use crate::id::{ApplicationId, KeyId};
use crate::path::Path;
use crate::reply::{json, nothing};
use crate::request::Request;
use crate::resources::NewSecret;
use net::call::Repeat;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wanted<'a> {
    display_name: &'a str,
    end_date_time: Timestamp,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AddPassword<'a> {
    password_credential: Wanted<'a>,
}

/// Makes a client secret with this name, good until `end`. Its value is in the answer and nowhere else, ever.
///
/// Sent once: a second sending would make a second secret. When the error's
/// [`outcome`](crate::GraphError::outcome) may have applied, look for the name among the registration's
/// `passwordCredentials` and remove what is there without a stored value. Cannot be part of a batch.
/// <https://learn.microsoft.com/graph/api/application-addpassword>
#[must_use]
pub fn add_password(id: &ApplicationId, name: &str, end: Timestamp) -> Request<NewSecret> {
    let path = Path::new("applications").id(id).then("addPassword");
    let body = AddPassword { password_credential: Wanted { display_name: name, end_date_time: end } };
    Request::new(Method::POST, path, Repeat::Duplicates, json).json(&body).secret()
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RemovePassword<'a> {
    key_id: &'a KeyId,
}

/// Removes a client secret; it stops working for new tokens. Not found when it is gone already or, in
/// the first minutes, has not spread yet: only a read-back without it proves the removal.
#[must_use]
pub fn remove_password(id: &ApplicationId, key: &KeyId) -> Request<()> {
    let path = Path::new("applications").id(id).then("removePassword");
    Request::new(Method::POST, path, Repeat::Safe, nothing).json(&RemovePassword { key_id: key })
}
