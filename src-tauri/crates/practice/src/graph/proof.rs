//! The proof of possession that `addKey` and `removeKey` want: a JWT signed with a certificate that is there already.
//!
//! Source: "application: addKey" (claims `aud`, `iss`, `nbf`, `exp`), "Generate proof-of-possession tokens for rolling keys".

use aws_lc_rs::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaParameters, UnparsedPublicKey,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::Value;

use super::call::Call;
use super::error::{GraphError, Result};
use super::validate::array;
use crate::entra::certificate;
use crate::store::Row;

/// Whom the proof is for: the directory by its old name.
const AUDIENCE: &str = "00000002-0000-0000-c000-000000000000";
/// How long a proof is good for, in seconds.
const LIFE: i64 = 600;
/// How much clocks may differ, in seconds.
const GRACE: i64 = 300;

/// Checks a proof for an object that has certificates.
///
/// # Errors
/// [`GraphError::ProofRejected`], whatever is wrong with it.
pub(super) fn verify(call: &Call<'_>, row: &Row, jwt: &str) -> Result<()> {
    holds(call.now(), row, jwt).filter(|holds| *holds).map(|_| ()).ok_or(GraphError::ProofRejected)
}

fn holds(now: Timestamp, row: &Row, jwt: &str) -> Option<bool> {
    let parts: Vec<&str> = jwt.split('.').collect();
    let [header, claims, signature] = parts.as_slice() else { return None };
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part.trim_end_matches('=')).ok();
    let header: Value = serde_json::from_slice(&decode(header)?).ok()?;
    let claims: Value = serde_json::from_slice(&decode(claims)?).ok()?;
    let signature = decode(signature)?;
    let algorithm: &RsaParameters = match header["alg"].as_str()? {
        "RS256" => &RSA_PKCS1_2048_8192_SHA256,
        "PS256" => &RSA_PSS_2048_8192_SHA256,
        _ => return None,
    };
    let signed = &jwt.as_bytes()[..jwt.rfind('.')?];
    let (begins, ends) = (claims["nbf"].as_i64()?, claims["exp"].as_i64()?);
    let now_second = now.as_second();
    let claimed = claims["aud"] == AUDIENCE
        && claims["iss"].as_str()?.eq_ignore_ascii_case(row.text("id"))
        && ends > begins
        && ends - begins <= LIFE
        && begins <= now_second + GRACE
        && ends > now_second - GRACE;
    let by = |credential: &Value| {
        let moment =
            |property: &str| credential[property].as_str().and_then(|at| at.parse::<Timestamp>().ok());
        let valid = moment("startDateTime").is_none_or(|start| start <= now)
            && moment("endDateTime").is_none_or(|end| end > now);
        let key = credential["key"].as_str().and_then(certificate::parse);
        valid
            && key.is_some_and(|key| {
                UnparsedPublicKey::new(algorithm, &key.public_key).verify(signed, &signature).is_ok()
            })
    };
    Some(claimed && array(&row.body, "keyCredentials").iter().any(by))
}
