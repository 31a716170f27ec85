//! Name and password in a form (RFC 6749 4.3): discouraged, but command-line tools still offer it. Any password is right here;
//! admins are refused all the same, as Microsoft's mandatory multifactor authentication does.

use serde_json::Value;

use super::client::Platform;
use super::error::{Code, Refusal};
use super::issue::Proof;
use super::ledger::SignIn;
use super::scope::Scopes;
use super::token::TokenRequest;
use super::{account, authorize, credentials};

/// `grant_type=password`.
pub(crate) fn sign_in(request: &TokenRequest<'_>) -> Result<Value, Refusal> {
    let client = request.client()?;
    let name = request.form.get("username").ok_or_else(|| Refusal::missing("username"))?;
    request.form.get("password").ok_or_else(|| Refusal::missing("password"))?;
    let proof = if client.public_flows {
        credentials::forbidden(request, &client).map(|()| Proof::None)?
    } else {
        credentials::required(request, &client)?
    };
    let directory = request.tenant.name();
    let person = request.tenant.read(|tables| {
        let user = tables.user(name).ok_or_else(|| account::unknown_in(&directory, name))?;
        account::enabled(user)?;
        if !tables.active_roles(user.text("id")).is_empty() {
            return Err(Refusal::new(
                Code::InvalidGrant,
                50_076,
                "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access the resource.",
            )
            .with_suberror("basic_action"));
        }
        Ok(user.text("id").to_owned())
    })?;
    let scopes = request.scopes(&client, &Scopes::default())?;
    let sign_in = SignIn {
        directory: request.tenant.tenant_id.clone(),
        client: client.app_id.clone(),
        person,
        scopes: scopes.clone(),
        platform: if client.public_flows { Platform::Native } else { Platform::Web },
        protocol: request.protocol,
        nonce: None,
        understands_challenges: authorize::understands_challenges(&request.form)?,
        at: request.incoming.at,
    };
    request.tokens(&client, &sign_in, &scopes, proof)
}
