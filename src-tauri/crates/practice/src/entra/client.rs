//! The application that asks: what is known of it in this tenant.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::authority::Authority;
use super::error::{Code, Refusal};
use super::redirect;
use crate::directories::Kind;
use crate::reference;
use crate::store::{Row, Tables};
use crate::tenant::Tenant;

/// Where a redirect address is registered; it decides how a code may be redeemed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Platform {
    /// A server: must authenticate itself.
    Web,
    /// A page: cross-origin redemption with PKCE, short refresh tokens.
    Spa,
    /// A program on a device: cannot keep a secret.
    Native,
}

/// An application as the sign-in endpoints see it.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub(crate) app_id: String,
    pub(crate) name: String,
    /// Object id of the registration.
    pub(crate) application: Option<String>,
    /// The directory that has the registration, when it is another one behind this listener.
    pub(crate) owner: Option<Arc<Tenant>>,
    /// `signInAudience`.
    pub(crate) audience: String,
    /// Object id of its service principal in this tenant.
    pub(crate) service_principal: Option<String>,
    /// Whether sign-ins to it are switched on.
    pub(crate) enabled: bool,
    /// Whether people need an assignment.
    pub(crate) assignment_required: bool,
    pub(crate) multi_tenant: bool,
    pub(crate) personal_accounts: bool,
    /// May use flows without a redirect address (device code) as a public client.
    pub(crate) public_flows: bool,
    /// Who publishes it, in words.
    pub(crate) publisher: String,
    /// `requiredResourceAccess`.
    pub(crate) required: Value,
    /// Implicit grant settings: access token, id token.
    pub(crate) implicit: (bool, bool),
    redirects: Vec<(Platform, String)>,
}

impl Client {
    /// Looks an application up.
    pub(crate) fn find(tenant: &Tenant, app_id: &str) -> Option<Self> {
        let app_id = app_id.to_ascii_lowercase();
        Self::known(tenant, &app_id, None)
            .or_else(|| Self::known(tenant, &app_id, elsewhere(tenant, &app_id).as_ref()))
    }

    /// What this directory knows of an application, its own or one of another directory. An enterprise app alone is enough
    /// only where nobody has its registration.
    fn known(tenant: &Tenant, app_id: &str, foreign: Option<&(Arc<Tenant>, Row)>) -> Option<Self> {
        let app_id = app_id.to_owned();
        let view = tenant.view();
        tenant.read(|tables| {
            let own = tables.application_by_app_id(&app_id).filter(|row| view.knows(row));
            let application = own.or(foreign.map(|(_, row)| row));
            let principal = tables.service_principal_by_app_id(&app_id).filter(|row| view.knows(row));
            let first_party =
                reference::well_known().iter().find(|app| app.app_id == app_id && app.kind == "client");
            if application.is_none() && principal.is_none() && first_party.is_none() {
                return None;
            }
            let foreign_principal = foreign.is_none()
                && application.is_none()
                && first_party.is_none()
                && principal.is_some_and(|row| row.text("appOwnerOrganizationId") != tenant.tenant_id);
            if foreign_principal && has_owner(tenant, principal) {
                return None;
            }
            let name = first_party.map(|app| app.display_name.clone()).unwrap_or_else(|| {
                application.or(principal).map(|row| row.text("displayName").to_owned()).unwrap_or_default()
            });
            let audience =
                application.or(principal).map_or("AzureADMultipleOrgs", |row| row.text("signInAudience"));
            let flag = |row: Option<&Row>, name: &str| row.and_then(|row| row.body.get(name)?.as_bool());
            let blocked = [application, principal].into_iter().flatten().any(|row| {
                row.body.get("disabledByMicrosoftStatus").is_some_and(|status| status.is_string())
                    || flag(Some(row), "isDisabled") == Some(true)
            });
            Some(Self {
                name,
                application: application.map(|row| row.text("id").to_owned()),
                service_principal: principal.map(|row| row.text("id").to_owned()),
                enabled: flag(principal, "accountEnabled") != Some(false) && !blocked,
                assignment_required: flag(principal, "appRoleAssignmentRequired") == Some(true),
                multi_tenant: audience != "AzureADMyOrg",
                personal_accounts: audience.contains("Personal"),
                public_flows: first_party.is_some()
                    || flag(application, "isFallbackPublicClient") == Some(true),
                owner: foreign.map(|(owner, _)| Arc::clone(owner)),
                audience: audience.to_owned(),
                publisher: match foreign {
                    Some(_) => "unverified".to_owned(),
                    None => publisher(tables, own, first_party.is_some()),
                },
                required: application
                    .and_then(|row| row.body.get("requiredResourceAccess").cloned())
                    .unwrap_or_default(),
                implicit: application.map(implicit).unwrap_or_default(),
                redirects: redirects(&app_id, application, principal),
                app_id,
            })
        })
    }

    /// Looks an application up for a sign-in at this address, or says why it cannot be used there.
    pub(crate) fn at(tenant: &Tenant, authority: Authority, app_id: &str) -> Result<Self, Refusal> {
        let Some(client) = Self::find(tenant, app_id) else {
            return Err(if authority == Authority::Consumers {
                not_for_consumers()
            } else {
                not_found(tenant, app_id)
            });
        };
        if !client.multi_tenant && matches!(authority, Authority::Common | Authority::Organizations) {
            return Err(Refusal::new(
                Code::InvalidRequest,
                50_194,
                format!(
                    "Application '{}'({}) is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such applications created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
                    client.app_id, client.name
                ),
            ));
        }
        if authority == Authority::Consumers && !client.personal_accounts {
            return Err(not_for_consumers());
        }
        if !client.enabled {
            return Err(Refusal::new(
                Code::UnauthorizedClient,
                7_000_112,
                format!("Application '{}'({}) is disabled.", client.app_id, client.name),
            ));
        }
        Ok(client)
    }

    /// The registered address that `sent` matches. Without one sent, the only registered address counts.
    pub(crate) fn redirect(&self, sent: Option<&str>) -> Result<(Platform, String), Refusal> {
        let Some(sent) = sent else {
            return match self.redirects.as_slice() {
                [] => Err(Refusal::new(
                    Code::InvalidRequest,
                    500_113,
                    "No reply address is registered for the application.",
                )),
                [(platform, only), ..] => Ok((*platform, only.clone())),
            };
        };
        let found = self.redirects.iter().find(|(_, registered)| redirect::matches(registered, sent));
        found.map(|(platform, _)| (*platform, sent.to_owned())).ok_or_else(|| {
            Refusal::new(
                Code::InvalidRequest,
                50_011,
                format!(
                    "The redirect URI '{sent}' specified in the request does not match the redirect URIs configured for the application '{}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal. Navigate to https://aka.ms/redirectUriMismatchError to learn more about how to troubleshoot this error.",
                    self.app_id
                ),
            )
        })
    }

    /// The directory whose tables have the registration and its credentials.
    pub(crate) fn registry<'t>(&'t self, here: &'t Tenant) -> &'t Tenant {
        self.owner.as_deref().unwrap_or(here)
    }

    /// All addresses that it may be answered at.
    pub(crate) fn addresses(&self) -> Vec<&str> {
        self.redirects.iter().map(|(_, uri)| uri.as_str()).collect()
    }

    /// Whether it is Microsoft's and pre-authorised instead of consented to.
    pub(crate) fn is_preauthorized(&self) -> bool {
        reference::first_party().contains_key(&self.app_id)
    }
}

/// A registration of another directory that accounts of this one may use.
fn elsewhere(tenant: &Tenant, app_id: &str) -> Option<(Arc<Tenant>, Row)> {
    let directories = tenant.directories();
    let others = directories.into_iter().filter(|other| other.tenant_id != tenant.tenant_id);
    others.filter(|other| other.kind == Kind::Organisation).find_map(|other| {
        let row = other.read(|tables| tables.application_by_app_id(app_id).cloned())?;
        let audience = row.text("signInAudience");
        let fits = match tenant.kind {
            Kind::Personal => audience.contains("Personal"),
            Kind::Organisation => !matches!(audience, "AzureADMyOrg" | "PersonalMicrosoftAccount"),
        };
        fits.then_some((other, row))
    })
}

/// Whether the directory that an enterprise app names as its owner is behind this listener.
fn has_owner(tenant: &Tenant, principal: Option<&Row>) -> bool {
    let owner = principal.map(|row| row.text("appOwnerOrganizationId")).unwrap_or_default();
    tenant.directories().iter().any(|other| other.tenant_id == owner && other.tenant_id != tenant.tenant_id)
}

fn not_for_consumers() -> Refusal {
    Refusal::new(
        Code::UnauthorizedClient,
        700_016,
        "The client does not exist or is not enabled for consumers. If you are the application developer, configure a new application through the App Registrations in the Azure Portal.",
    )
}

/// The text when no such application is known here.
pub(crate) fn not_found(tenant: &Tenant, app_id: &str) -> Refusal {
    Refusal::new(
        Code::UnauthorizedClient,
        700_016,
        format!(
            "Application with identifier '{app_id}' was not found in the directory '{}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
            tenant.name()
        ),
    )
}

/// Addresses of the registration, or of the service principal when the registration lives elsewhere.
fn redirects(app_id: &str, application: Option<&Row>, principal: Option<&Row>) -> Vec<(Platform, String)> {
    if let Some(application) = application {
        let of = |section: &str, platform| {
            let uris =
                application.body.get(section).and_then(|section| section.get("redirectUris")?.as_array());
            let uris = uris.into_iter().flatten().filter_map(Value::as_str);
            uris.map(|uri| (platform, uri.to_owned())).collect::<Vec<_>>()
        };
        let all = [of("spa", Platform::Spa), of("publicClient", Platform::Native), of("web", Platform::Web)];
        return all.concat();
    }
    let first_party = reference::well_known().iter().any(|app| app.app_id == app_id);
    let platform = if first_party { Platform::Native } else { Platform::Web };
    let listed = principal.and_then(|row| row.body.get("replyUrls")?.as_array()).into_iter().flatten();
    listed.filter_map(Value::as_str).map(|uri| (platform, uri.to_owned())).collect()
}

fn implicit(application: &Row) -> (bool, bool) {
    let settings = application.body.get("web").and_then(|web| web.get("implicitGrantSettings"));
    let flag = |name: &str| settings.and_then(|settings| settings.get(name)?.as_bool()).unwrap_or(false);
    (flag("enableAccessTokenIssuance"), flag("enableIdTokenIssuance"))
}

fn publisher(tables: &Tables, application: Option<&Row>, first_party: bool) -> String {
    match (first_party, application) {
        (true, _) => "Microsoft Corporation".to_owned(),
        (false, Some(_)) => tables
            .organization
            .values()
            .next()
            .map(|row| row.text("displayName").to_owned())
            .unwrap_or_default(),
        (false, None) => "unverified".to_owned(),
    }
}
