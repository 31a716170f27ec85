//! When apps and their credentials were last used: reports that Entra ID P1 or P2 includes, and the sign-in log.
//!
//! The reports are in Graph's beta and may go away; a request to them never shares a batch with others.
//! <https://learn.microsoft.com/graph/api/reportroot-list-serviceprincipalsigninactivities?view=graph-rest-beta>,
//! <https://learn.microsoft.com/graph/api/reportroot-list-appcredentialsigninactivities?view=graph-rest-beta>,
//! <https://learn.microsoft.com/graph/api/signin-list?view=graph-rest-beta>
//!
//! They need `AuditLog.Read.All` and a role that may read them. Reports are hours behind, the log minutes.

use jiff::Timestamp;

use crate::error::GraphError;
use crate::id::AppId;
use crate::paging::{Page, page};
use crate::path::{Path, literal};
use crate::request::Request;
use crate::resources::{AppCredentialSignInActivity, ServicePrincipalSignInActivity, SignIn};

/// When each app was last used.
#[must_use]
pub fn of_apps() -> Request<Page<ServicePrincipalSignInActivity>> {
    Request::get(Path::new("reports").then("servicePrincipalSignInActivities"), page).in_beta()
}

/// When this app was last used.
#[must_use]
pub fn of_app(app: &AppId) -> Request<Page<ServicePrincipalSignInActivity>> {
    of_apps().query("$filter", format!("appId eq {}", literal(app.as_str())))
}

/// When each credential of each app was last used.
#[must_use]
pub fn of_credentials() -> Request<Page<AppCredentialSignInActivity>> {
    Request::get(Path::new("reports").then("appCredentialSignInActivities"), page).in_beta()
}

/// When each credential of this app was last used.
#[must_use]
pub fn of_credentials_of(app: &AppId) -> Request<Page<AppCredentialSignInActivity>> {
    of_credentials().query("$filter", format!("appId eq {}", literal(app.as_str())))
}

/// The newest sign-ins (at most `limit`, up to 1,000) that this app made by itself since then, newest first, each with the
/// key that it used. The log remembers 7 days without a licence and 30 with one.
#[must_use]
pub fn sign_ins_by_itself(app: &AppId, since: Timestamp, limit: u16) -> Request<Page<SignIn>> {
    let filter = format!(
        "signInEventTypes/any(t: t eq 'servicePrincipal') and appId eq {} and createdDateTime ge {since}",
        literal(app.as_str())
    );
    sign_ins(filter, limit).in_beta()
}

/// The newest sign-ins of people to this app since then, newest first.
#[must_use]
pub fn sign_ins_of_people(app: &AppId, since: Timestamp, limit: u16) -> Request<Page<SignIn>> {
    sign_ins(format!("appId eq {} and createdDateTime ge {since}", literal(app.as_str())), limit)
}

fn sign_ins(filter: String, limit: u16) -> Request<Page<SignIn>> {
    Request::get(Path::new("auditLogs").then("signIns"), page)
        .query("$filter", filter)
        .query("$top", limit.clamp(1, 1000).to_string())
}

/// Whether this refusal means that the organisation has no licence for these reports.
#[must_use]
pub fn needs_licence(error: &GraphError) -> bool {
    error.code().is_some_and(|code| {
        code.as_str().eq_ignore_ascii_case("Authentication_RequestFromNonPremiumTenantOrB2CTenant")
    })
}
