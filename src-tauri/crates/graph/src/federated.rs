//! Federated identity credentials: an app trusts the tokens of an outside service, and needs no secret.
//! <https://learn.microsoft.com/graph/api/resources/federatedidentitycredentials-overview>

use reqwest::Method;
use serde::Serialize;

use crate::id::{ApplicationId, DirectoryObjectId};
use crate::path::Path;
use crate::reply::{json, nothing};
use crate::request::Request;
use crate::resources::FederatedIdentityCredential;
use net::call::Repeat;

/// What may stand in a token that Microsoft takes: the audience of its public cloud.
pub const AUDIENCE: &str = "api://AzureADTokenExchange";

#[derive(Serialize)]
struct Wanted<'a> {
    name: &'a str,
    issuer: &'a str,
    subject: &'a str,
    audiences: [&'a str; 1],
}

/// Has an app trust one subject of one issuer. Refused when the app has one of this name, or of this issuer and subject,
/// or twenty already.
/// <https://learn.microsoft.com/graph/api/application-post-federatedidentitycredentials>
#[must_use]
pub fn add(
    id: &ApplicationId,
    name: &str,
    issuer: &str,
    subject: &str,
    audience: &str,
) -> Request<FederatedIdentityCredential> {
    let path = Path::new("applications").id(id).then("federatedIdentityCredentials");
    let body = Wanted { name, issuer, subject, audiences: [audience] };
    Request::new(Method::POST, path, Repeat::Refused, json).json(&body)
}

/// Ends the trust. Not found when it is gone already.
/// <https://learn.microsoft.com/graph/api/federatedidentitycredential-delete>
#[must_use]
pub fn remove(id: &ApplicationId, credential: &DirectoryObjectId) -> Request<()> {
    let path = Path::new("applications").id(id).then("federatedIdentityCredentials").id(credential);
    Request::new(Method::DELETE, path, Repeat::Safe, nothing)
}
