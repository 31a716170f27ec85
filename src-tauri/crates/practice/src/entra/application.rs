//! Applications that act by themselves: client credentials (RFC 6749 4.4).

use serde_json::Value;

use super::Protocol;
use super::client::Client;
use super::error::{Code, Refusal};
use super::scope::{Scopes, Wanted};
use super::token::TokenRequest;
use super::{credentials, sign_in_log};

/// `grant_type=client_credentials`.
pub(crate) fn issue(request: &TokenRequest<'_>) -> Result<Value, Refusal> {
    if !request.authority.is_specific() {
        let text = "No tenant-identifying information found in either the request or implied by any provided credentials.";
        return Err(Refusal::new(Code::InvalidRequest, 50_059, text));
    }
    let client = request.client()?;
    if request.form.get("client_secret").is_none()
        && request.form.get("client_assertion").is_none()
        && credentials::basic(&request.incoming.headers).is_none()
    {
        let text = "'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.";
        return Err(Refusal::new(Code::InvalidRequest, 7_000_216, text));
    }
    let answer = issue_to(request, &client);
    if let Err(refusal) = &answer {
        sign_in_log::refused(request, &client, refusal);
    }
    answer
}

fn issue_to(request: &TokenRequest<'_>, client: &Client) -> Result<Value, Refusal> {
    let proof = credentials::required(request, client)?;
    let used = proof.used();
    let wanted = resource(request, &client.app_id)?;
    let understands = super::authorize::understands_challenges(&request.form)?;
    let mint = request.mint(client, proof, understands);
    let view = request.tenant.view();
    let (answer, resource) = request.tenant.read(|tables| {
        // Since March 2026 an application needs a service principal here ("service principal-less authentication").
        let principal = client.service_principal.as_ref().and_then(|id| tables.service_principals.get(id));
        let Some(principal) = principal.filter(|row| view.knows(row)) else {
            return Err(Refusal::new(
                Code::UnauthorizedClient,
                7_000_229,
                format!(
                    "The client application {} is missing service principal in the tenant {}. See instructions here: https://go.microsoft.com/fwlink/?linkid=2225119",
                    client.app_id, request.tenant.tenant_id
                ),
            ));
        };
        let Some(resource) = tables.service_principals.get(&wanted.resource) else {
            return Err(super::scope::resource_not_found(request.tenant, &wanted.called));
        };
        let required = resource.body.get("appRoleAssignmentRequired") == Some(&true.into());
        if required && super::issue::roles_of(tables, principal.text("id"), resource, Some(&view)).is_empty() {
            return Err(Refusal::new(
                Code::InvalidGrant,
                501_051,
                format!(
                    "Application '{}'({}) is not assigned to a role for the application '{}'({}).",
                    client.app_id, client.name, resource.text("appId"), resource.text("displayName")
                ),
            ));
        }
        let token = mint.for_application(tables, principal, resource, &wanted.called, &view)?;
        Ok((request.envelope(&token, resource, ""), sign_in_log::named(resource)))
    })?;
    sign_in_log::application(request, client, used, resource);
    Ok(answer)
}

/// The one resource; v2 wants `<resource>/.default`.
pub(super) fn resource(request: &TokenRequest<'_>, client: &str) -> Result<Wanted, Refusal> {
    let scopes = match (request.protocol, request.form.get("scope"), request.form.get("resource")) {
        (Protocol::V2, Some(scope), _) => {
            let is_default = scope.split_whitespace().all(|one| one.ends_with("/.default"));
            if !is_default {
                return Err(Refusal::new(
                    Code::InvalidScope,
                    1_002_012,
                    format!(
                        "The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI)."
                    ),
                ));
            }
            Scopes::parse(request.tenant, client, scope)?
        }
        (Protocol::V2, None, _) => {
            return Err(Refusal::new(
                Code::InvalidRequest,
                90_014,
                "The required field 'scope' is missing from the credential. Ensure that you have all the necessary parameters for the login request.",
            ));
        }
        (Protocol::V1, _, Some(resource)) => Scopes::of_resource(request.tenant, resource)?,
        (Protocol::V1, _, None) => return Err(Refusal::missing("resource")),
    };
    scopes.single()?.cloned().ok_or_else(|| Refusal::missing("scope"))
}
