//! Who signed in: the ID token, and everything that must be true of it (OpenID Connect Core section 3.1.3.7).
//!
//! Microsoft lets a public client skip this, since the token comes straight from the token endpoint. It is done all the
//! same: the practice tenant makes a second sign-in service, and a token of one must never count at the other.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::Deserialize;
use subtle::ConstantTimeEq as _;

use crate::error::IdTokenProblem;
use crate::ids::{AccountKey, ClientId, Guid};
use crate::jwks::{KeySet, SigningKey};
use crate::metadata::Issuer;
use crate::tenant::Tenant;
use crate::transaction::Nonce;

/// How far the clocks may differ.
const SKEW: SignedDuration = SignedDuration::from_mins(5);

/// What an ID token says about the person, after every check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdClaims {
    /// Who, and in which organisation.
    pub account: AccountKey,
    /// The user name to show; may change, so never a key.
    pub preferred_username: Option<String>,
    /// The name to show.
    pub name: Option<String>,
    /// For the next sign-in of the same person.
    pub login_hint: Option<String>,
}

/// What the token is held against.
pub(crate) struct Expectation<'a> {
    pub(crate) issuer: &'a Issuer,
    pub(crate) client_id: &'a ClientId,
    pub(crate) tenant: &'a Tenant,
    /// None for a sign-in that did not go through a browser of this computer.
    pub(crate) nonce: Option<&'a Nonce>,
    pub(crate) now: Timestamp,
}

#[derive(Deserialize)]
struct Payload {
    tid: String,
    #[serde(default)]
    oid: Option<String>,
    #[serde(default)]
    nonce: Option<String>,
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    iss: String,
    aud: String,
    #[serde(default)]
    preferred_username: Option<String>,
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    login_hint: Option<String>,
}

/// The id of the key that `token` names.
pub(crate) fn key_id(token: &str) -> Result<String, IdTokenProblem> {
    let header = decode_header(token).map_err(|error| match error.kind() {
        // `none` and everything else that the library does not know as an algorithm.
        jsonwebtoken::errors::ErrorKind::Json(_) => IdTokenProblem::Algorithm,
        _ => IdTokenProblem::Form,
    })?;
    if header.alg != Algorithm::RS256 || header.crit.is_some() {
        return Err(IdTokenProblem::Algorithm);
    }
    header.kid.ok_or(IdTokenProblem::UnknownKey)
}

/// Checks `token` with the key that it names.
pub(crate) fn check(
    token: &str,
    keys: &KeySet,
    expected: &Expectation<'_>,
) -> Result<IdClaims, IdTokenProblem> {
    let key = keys.find(&key_id(token)?).ok_or(IdTokenProblem::UnknownKey)?;
    let payload = signed(token, &key)?;
    let tenant_id: Guid = payload.tid.parse().map_err(|_| IdTokenProblem::Tenant)?;
    if !expected.tenant.admits(&tenant_id) {
        return Err(IdTokenProblem::Tenant);
    }
    let issuer = expected.issuer.of(&tenant_id);
    let key_speaks_for_it =
        key.issuer.is_none_or(|form| form.replace("{tenantid}", tenant_id.as_str()) == issuer);
    if payload.iss != issuer || !key_speaks_for_it {
        return Err(IdTokenProblem::Issuer);
    }
    if !bool::from(payload.aud.as_bytes().ct_eq(expected.client_id.as_str().as_bytes())) {
        return Err(IdTokenProblem::Audience);
    }
    if let Some(expected) = expected.nonce
        && !payload.nonce.is_some_and(|nonce| expected.matches(&nonce))
    {
        return Err(IdTokenProblem::Nonce);
    }
    check_dates(&payload.exp, payload.nbf.as_ref(), expected.now)?;
    let object_id = payload.oid.and_then(|oid| oid.parse().ok()).ok_or(IdTokenProblem::NoSubject)?;
    Ok(IdClaims {
        account: AccountKey { tenant_id, object_id },
        preferred_username: payload.preferred_username,
        name: payload.name,
        login_hint: payload.login_hint,
    })
}

/// The signature alone; every claim is checked above, against the time that was passed in.
fn signed(token: &str, key: &SigningKey) -> Result<Payload, IdTokenProblem> {
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_exp = false;
    validation.validate_aud = false;
    validation.required_spec_claims.clear();
    let data = decode::<Payload>(token, &key.key, &validation).map_err(|error| match error.kind() {
        jsonwebtoken::errors::ErrorKind::InvalidSignature
        | jsonwebtoken::errors::ErrorKind::InvalidKeyFormat => IdTokenProblem::Signature,
        _ => IdTokenProblem::Form,
    })?;
    Ok(data.claims)
}

fn check_dates(exp: &i64, nbf: Option<&i64>, now: Timestamp) -> Result<(), IdTokenProblem> {
    let at = |seconds: &i64| Timestamp::from_second(*seconds).map_err(|_| IdTokenProblem::Form);
    if at(exp)?.duration_since(now) <= -SKEW {
        return Err(IdTokenProblem::Expired);
    }
    if let Some(nbf) = nbf
        && at(nbf)?.duration_since(now) > SKEW
    {
        return Err(IdTokenProblem::NotYetValid);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
