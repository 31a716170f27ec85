//! Certificates of app registrations, and everything else that an app signs in with, as a list.
//!
//! Graph has no call that adds or removes one certificate on behalf of an administrator: `addKey` and `removeKey` ask for
//! a proof signed by a certificate that is there already. So the whole list is read and written back with a change
//! (<https://learn.microsoft.com/graph/applications-how-to-add-certificate>). Whoever does that has to read right before:
//! what somebody else added in between is gone afterwards.

use reqwest::Method;
use serde::Serialize;

use crate::id::{AppId, ApplicationId};
use crate::path::Path;
use crate::reply::{json, nothing};
use crate::request::Request;
use crate::resources::{Application, KeyCredential};
use net::call::Repeat;

/// Secrets and certificates, the latter with their public part. Asking for `keyCredentials` is limited to 150 requests a
/// minute for a whole organisation: where only secrets matter, [`secrets`] is the call.
const CREDENTIALS: &[&str] =
    &["id", "appId", "displayName", "createdDateTime", "passwordCredentials", "keyCredentials"];
const SECRETS: &[&str] = &["id", "appId", "displayName", "createdDateTime", "passwordCredentials"];

/// Secrets and certificates of a registration.
#[must_use]
pub fn all(id: &ApplicationId) -> Request<Application> {
    Request::get(Path::new("applications").id(id), json).select(CREDENTIALS)
}

/// The same by client id.
#[must_use]
pub fn all_by_app_id(app_id: &AppId) -> Request<Application> {
    Request::get(Path::new("applications").key("appId", app_id), json).select(CREDENTIALS)
}

/// Secrets alone.
#[must_use]
pub fn secrets(id: &ApplicationId) -> Request<Application> {
    Request::get(Path::new("applications").id(id), json).select(SECRETS)
}

/// Secrets alone, by client id.
#[must_use]
pub fn secrets_by_app_id(app_id: &AppId) -> Request<Application> {
    Request::get(Path::new("applications").key("appId", app_id), json).select(SECRETS)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Keys<'a> {
    key_credentials: &'a [KeyCredential],
}

/// Makes these the certificates of a registration. Those that are not among them are removed.
///
/// Never repeated by itself: a second sending would write a list that may be old by then. When the error's
/// [`outcome`](crate::GraphError::outcome) may have applied, read again and compare.
#[must_use]
pub fn replace(id: &ApplicationId, keys: &[KeyCredential]) -> Request<()> {
    let path = Path::new("applications").id(id);
    Request::new(Method::PATCH, path, Repeat::Duplicates, nothing).json(&Keys { key_credentials: keys })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_list_without_the_last_certificate_is_an_empty_list_and_is_sent_once() {
        let id = ApplicationId::new("11111111-1111-1111-1111-111111111111").unwrap();
        let request = replace(&id, &[]);
        assert_eq!(request.repeat(), Repeat::Duplicates);
        assert_eq!(request.describe().body, Some(json!({"keyCredentials": []})));
    }

    #[test]
    fn others_go_back_as_they_came() {
        let id = ApplicationId::new("11111111-1111-1111-1111-111111111111").unwrap();
        let held = json!([{
            "keyId": "f0b0b335-1d71-4883-8f98-567911bfdca6", "displayName": "CN=prod", "type": "AsymmetricX509Cert",
            "usage": "Verify", "customKeyIdentifier": "52ED9B5038A47B9E2E2190715CC238359D4F8F73", "key": "MIIB",
            "startDateTime": "2026-01-01T00:00:00Z", "endDateTime": "2027-01-01T00:00:00Z",
        }]);
        let keys: Vec<KeyCredential> = serde_json::from_value(held.clone()).unwrap();
        assert_eq!(replace(&id, &keys).describe().body, Some(json!({ "keyCredentials": held })));
    }
}
