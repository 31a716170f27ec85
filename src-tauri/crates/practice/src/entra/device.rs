//! Device codes (RFC 8628): a program without a browser, a person with one.

use http::StatusCode;
use serde_json::{Value, json};

use super::authority::Authority;
use super::client::{Client, Platform};
use super::error::{Code, Refusal, json_answer};
use super::flow::{self, Flow, Purpose};
use super::form::Form;
use super::issue::Proof;
use super::ledger::{DEVICE_LIFE, Device, Outcome, SignIn};
use super::scope::Scopes;
use super::token::TokenRequest;
use super::{Protocol, authorize, credentials, pages};
use crate::host;
use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// Letters of a user code: none that look alike, no vowels that make words.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// `POST /{tenant}/oauth2[/v2.0]/devicecode`.
pub(crate) fn begin(
    tenant: &Tenant,
    incoming: &Incoming,
    authority: Authority,
    protocol: Protocol,
) -> Answer {
    match start(tenant, incoming, authority, protocol) {
        Ok(body) => json_answer(StatusCode::OK, &body),
        Err(refusal) => refusal.json(incoming),
    }
}

fn start(
    tenant: &Tenant,
    incoming: &Incoming,
    authority: Authority,
    protocol: Protocol,
) -> Result<Value, Refusal> {
    let form = Form::of_body(incoming);
    let client =
        Client::at(tenant, authority, form.get("client_id").ok_or_else(|| Refusal::missing("client_id"))?)?;
    let scopes = match (protocol, form.get("scope"), form.get("resource")) {
        (Protocol::V2, Some(scope), _) => Scopes::parse(tenant, &client.app_id, scope)?,
        (Protocol::V1, _, Some(resource)) => Scopes::of_resource(tenant, resource)?,
        (Protocol::V2, None, _) => return Err(Refusal::missing("scope")),
        (Protocol::V1, _, None) => return Err(Refusal::missing("resource")),
    };
    let bytes = rand::random::<[u8; 16]>();
    let user_code: String =
        bytes.iter().take(9).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect();
    let device_code = tenant.ledger().add_device(Device {
        user_code: user_code.clone(),
        client: client.app_id,
        scopes,
        protocol,
        understands_challenges: authorize::understands_challenges(&form)?,
        issued: incoming.at,
        outcome: Outcome::Pending,
        authority,
        directory: tenant.tenant_id.clone(),
    });
    let address = format!("{}/devicelogin", host::login_base(tenant, incoming));
    let (seconds, interval) = (DEVICE_LIFE.as_secs(), 5);
    let message = format!(
        "To sign in, use a web browser to open the page {address} and enter the code {user_code} to authenticate."
    );
    Ok(match protocol {
        Protocol::V2 => json!({
            "user_code": user_code, "device_code": device_code, "verification_uri": address,
            "expires_in": seconds, "interval": interval, "message": message,
        }),
        Protocol::V1 => json!({
            "user_code": user_code, "device_code": device_code, "verification_url": address,
            "expires_in": seconds.to_string(), "interval": interval.to_string(), "message": message,
        }),
    })
}

/// The page where the code is typed in.
pub(crate) fn page(tenant: &Tenant, incoming: &Incoming) -> Answer {
    let form = if incoming.method == http::Method::POST { Form::of_body(incoming) } else { Form::default() };
    let Some(typed) = form.get("code").or_else(|| form.get("otc")) else {
        return pages::device(tenant, None);
    };
    let code = typed.trim().replace('-', "");
    let found = {
        let mut ledger = tenant.ledger();
        ledger
            .device_by_user_code(&code)
            .filter(|device| {
                device.outcome == Outcome::Pending && incoming.at.duration_since(device.issued) <= DEVICE_LIFE
            })
            .map(|device| {
                let begun = (device.authority, device.directory.clone());
                (device.user_code.clone(), device.client.clone(), begun)
            })
    };
    let Some((user_code, client, (authority, directory))) = found else {
        return pages::device(
            tenant,
            Some("That code did not work. Check it and try again; codes last 15 minutes."),
        );
    };
    let begun = tenant.find_directory(|own| own.is_called(&directory));
    let tenant = begun.as_deref().unwrap_or(tenant);
    let flow = Flow::new(tenant, Purpose::Device { user_code, client }, authority);
    // Always ask who it is: whoever sent the code may not be whom the person thinks.
    flow::begin(tenant, incoming, flow, Some("select_account"), None)
}

/// What a device asks, in the directory in which the person signs in.
pub(crate) fn scopes(tenant: &Tenant, user_code: &str) -> Option<Scopes> {
    let scopes = tenant.ledger().device_by_user_code(user_code).map(|device| device.scopes.clone())?;
    let moved = scopes.in_directory(tenant).ok()?;
    if let Some(device) = tenant.ledger().device_by_user_code(user_code) {
        device.scopes = moved.clone();
    }
    Some(moved)
}

/// The person agreed.
pub(crate) fn approved(tenant: &Tenant, user_code: &str, client: &Client, person: &str) -> Answer {
    if let Some(device) = tenant.ledger().device_by_user_code(user_code) {
        device.directory.clone_from(&tenant.tenant_id);
        device.outcome = Outcome::Approved { person: person.to_owned() };
    }
    pages::done(
        tenant,
        &format!("You have signed in to {} on your device.", client.name),
        "You may close this window now.",
    )
}

/// The person did not agree.
pub(crate) fn declined(tenant: &Tenant, user_code: &str) -> Answer {
    if let Some(device) = tenant.ledger().device_by_user_code(user_code) {
        device.outcome = Outcome::Declined;
    }
    pages::done(tenant, "Nothing was signed in.", "You may close this window now.")
}

/// `grant_type=urn:ietf:params:oauth:grant-type:device_code`.
pub(crate) fn redeem(request: &TokenRequest<'_>) -> Result<Value, Refusal> {
    let value = request.form.get("device_code").or_else(|| request.form.get("code"));
    let value = value.ok_or_else(|| Refusal::missing("device_code"))?;
    let client = request.client()?;
    let proof = if client.public_flows {
        credentials::forbidden(request, &client).map(|()| Proof::None)?
    } else {
        // A registration that does not allow public client flows is treated as confidential.
        credentials::required(request, &client)?
    };
    let invalid = || {
        let text = "The provided value for the input parameter 'device_code' is not valid. This device code has expired, was used, or was issued to another application.";
        Refusal::new(Code::BadVerification, 70_018, text)
    };
    let device = request
        .tenant
        .ledger()
        .device(value)
        .cloned()
        .filter(|device| device.client == client.app_id)
        .ok_or_else(invalid)?;
    if request.incoming.at.duration_since(device.issued) > DEVICE_LIFE {
        return Err(Refusal::new(
            Code::ExpiredToken,
            70_020,
            "The provided device code has expired. Start the sign-in again.",
        ));
    }
    let person = match device.outcome {
        Outcome::Pending => {
            let text = "OAuth 2.0 device flow error. Authorization is pending. Continue polling.";
            return Err(Refusal::new(Code::AuthorizationPending, 70_016, text));
        }
        Outcome::Declined => {
            let text = "The end user denied the authorization request.";
            return Err(Refusal::new(Code::AuthorizationDeclined, 65_004, text));
        }
        Outcome::Redeemed => return Err(invalid()),
        Outcome::Approved { person } => person,
    };
    let sign_in = SignIn {
        directory: request.tenant.tenant_id.clone(),
        client: client.app_id.clone(),
        person,
        scopes: device.scopes.clone(),
        platform: if client.public_flows { Platform::Native } else { Platform::Web },
        protocol: device.protocol,
        nonce: None,
        understands_challenges: device.understands_challenges,
        at: request.incoming.at,
    };
    let tokens = request.tokens(&client, &sign_in, &device.scopes, proof)?;
    if let Some(device) = request.tenant.ledger().device(value) {
        device.outcome = Outcome::Redeemed;
    }
    Ok(tokens)
}
