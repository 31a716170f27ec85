//! What of Graph a personal Microsoft account can use: the own person, mail, calendars and contacts.

use http::Method;

use super::error::{GraphError, Result};
use super::permission;
use crate::directories::Kind;
use crate::tenant::Tenant;

/// The own person; mailboxes are told apart by [`permission::in_mailbox`].
const OWN: [&str; 4] = [
    "/users/{user-id}",
    "/users/{user-id}/photo",
    "/users/{user-id}/photo/$value",
    "/users/{user-id}/photos",
];

/// Refuses a personal account what its permission tables call "Not supported".
///
/// # Errors
/// What Graph answers there, which is no clean refusal: 500 `InternalServerError` "Unable to find target address" where
/// something is read (microsoftgraph/msgraph-sdk-java#823, microsoft-graph-docs#13587: `GET /organization`), 405 where
/// something is written (microsoft-graph-docs#3983: `POST /applications`).
pub(super) fn admit(tenant: &Tenant, method: &Method, templates: &[&str]) -> Result<()> {
    let supported = || {
        templates.iter().any(|template| {
            OWN.contains(template) || permission::in_mailbox(template) || *template == "/$batch"
        })
    };
    if tenant.kind != Kind::Personal || supported() {
        return Ok(());
    }
    Err(if method == Method::GET { GraphError::NotForPersonalAccounts } else { GraphError::MethodNotAllowed })
}
