//! Client assertions: a JWT signed with the application's certificate (RFC 7523; "Microsoft identity platform application
//! authentication certificate credentials").

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::certificate::{self, Certificate};
use super::client::Client;
use super::credentials::{Held, held, is_current};
use super::error::{Code, Refusal};
use super::token::TokenRequest;
use crate::sign_ins::UsedCredential;

/// Checks signature, audience, subject and dates.
pub(crate) fn verify(
    request: &TokenRequest<'_>,
    client: &Client,
    jwt: &str,
) -> Result<UsedCredential, Refusal> {
    let parts: Vec<&str> = jwt.split('.').collect();
    let [header, claims, signature] = parts.as_slice() else { return Err(malformed()) };
    let (header, body) = (decode(header)?, decode(claims)?);
    let signature = URL_SAFE_NO_PAD.decode(signature.trim_end_matches('=')).map_err(|_| malformed())?;
    let signed = &jwt[..jwt.rfind('.').unwrap_or(0)];

    check_names(client, &body)?;
    check_audience(request, &body)?;
    check_dates(request, &body)?;

    let algorithm: &RsaParameters = match header["alg"].as_str() {
        Some("RS256") => &RSA_PKCS1_2048_8192_SHA256,
        Some("PS256") => &RSA_PSS_2048_8192_SHA256,
        _ => return Err(invalid("The algorithm is not supported.", "")),
    };
    let (key, used) = find_key(request, client, &header)?;
    UnparsedPublicKey::new(algorithm, &key.public_key).verify(signed.as_bytes(), &signature).map_err(
        |_| {
            invalid(
                "The provided signature value did not match the expected signature value.",
                &key.sha1_hex(),
            )
        },
    )?;
    Ok(used)
}

/// The certificate that the header names, among those on the registration.
fn find_key(
    request: &TokenRequest<'_>,
    client: &Client,
    header: &Value,
) -> Result<(Certificate, UsedCredential), Refusal> {
    let named: Vec<String> = ["x5t#S256", "x5t", "kid"]
        .iter()
        .filter_map(|name| header[*name].as_str())
        .map(|value| value.trim_end_matches('=').to_owned())
        .collect();
    let shown = named.last().cloned().unwrap_or_default();
    let view = request.tenant.view();
    client.registry(request.tenant).read(|tables| {
        let mut expired = false;
        for Held { owner, credential, .. } in held(tables, client, "keyCredentials", &view) {
            let Some(certificate) = credential["key"].as_str().and_then(certificate::parse) else { continue };
            if !named.iter().any(|name| certificate.is_called(name)) {
                continue;
            }
            if is_current(credential, request.incoming.at) {
                let used = UsedCredential {
                    key_id: credential["keyId"].as_str().unwrap_or_default().to_owned(),
                    thumbprint: Some(certificate.sha1_hex()),
                    owner: owner.to_owned(),
                };
                return Ok((certificate, used));
            }
            expired = true;
        }
        let reason = if expired { "The key used is expired." } else { "The key was not found." };
        Err(invalid(reason, &shown))
    })
}

fn check_names(client: &Client, claims: &Value) -> Result<(), Refusal> {
    for name in ["iss", "sub"] {
        let value = claims[name].as_str().unwrap_or_default();
        if !value.eq_ignore_ascii_case(&client.app_id) {
            return Err(Refusal::new(
                Code::InvalidClient,
                700_021,
                format!(
                    "Client assertion application identifier doesn't match 'client_id' parameter. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials. Expected '{}' in '{name}', found '{value}'.",
                    client.app_id
                ),
            ));
        }
    }
    Ok(())
}

/// The audience is the token endpoint or the issuer, of this tenant, on any host that plays the login host.
fn check_audience(request: &TokenRequest<'_>, claims: &Value) -> Result<(), Refusal> {
    let own = crate::host::login_base(request.tenant, request.incoming);
    let ours = |audience: &str| {
        let path = [own.as_str(), "https://login.microsoftonline.com"]
            .iter()
            .find_map(|base| audience.strip_prefix(base));
        let mut segments = path.unwrap_or_default().trim_start_matches('/').splitn(2, '/');
        let authority = segments
            .next()
            .and_then(|segment| super::authority::Authority::parse(request.tenant, segment).ok());
        let rest = segments.next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase();
        authority.is_some() && matches!(rest.as_str(), "oauth2/v2.0/token" | "oauth2/token" | "v2.0" | "")
    };
    let audience = &claims["aud"];
    let fits = audience.as_str().is_some_and(ours)
        || audience.as_array().is_some_and(|all| all.iter().filter_map(Value::as_str).any(ours));
    if fits {
        return Ok(());
    }
    Err(Refusal::new(
        Code::InvalidClient,
        700_023,
        "Client assertion audience claim does not match Realm issuer. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
    ))
}

fn check_dates(request: &TokenRequest<'_>, claims: &Value) -> Result<(), Refusal> {
    let now = request.incoming.at.as_second();
    let Some(exp) = second(&claims["exp"]) else { return Err(malformed()) };
    let nbf = second(&claims["nbf"]).or_else(|| second(&claims["iat"])).unwrap_or(now);
    if exp > now - 300 && nbf <= now + 300 {
        return Ok(());
    }
    let written =
        |second: i64| jiff::Timestamp::from_second(second).map(|at| at.to_string()).unwrap_or_default();
    Err(Refusal::new(
        Code::InvalidClient,
        700_024,
        format!(
            "Client assertion is not within its valid time range. Current time: {}, assertion valid from {}, expiry time of assertion {}. Review the documentation at https://learn.microsoft.com/entra/identity-platform/certificate-credentials.",
            written(now),
            written(nbf),
            written(exp)
        ),
    ))
}

/// A NumericDate may have a fraction (RFC 7519 2), and MSAL for Python sends one.
fn second(date: &Value) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a float too large for i64 becomes the largest, which is far enough"
    )]
    date.as_i64().or_else(|| date.as_f64().map(|seconds| seconds as i64))
}

fn decode(part: &str) -> Result<Value, Refusal> {
    let bytes = URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).map_err(|_| malformed())?;
    serde_json::from_slice(&bytes).map_err(|_| malformed())
}

fn malformed() -> Refusal {
    Refusal::new(Code::InvalidClient, 50_027, "JWT token is invalid or malformed.")
}

fn invalid(reason: &str, key: &str) -> Refusal {
    Refusal::new(
        Code::InvalidClient,
        700_027,
        format!(
            "The certificate with identifier used to sign the client assertion is not registered on application. [Reason - {reason}, Thumbprint of key used by client: '{key}'] Client assertion contains an invalid signature."
        ),
    )
}
