//! A JWT signed with the app's certificate in place of a secret (RFC 7523,
//! <https://learn.microsoft.com/entra/identity-platform/certificate-credentials>).

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::RSA_PSS_SHA256;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use secrecy::SecretString;
use serde_json::json;
use url::Url;

use crate::error::IdentityError;
use crate::ids::ClientId;
use crate::random;

use super::credential::ClientCertificate;

/// `client_assertion_type`.
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// How long an assertion is good for: it is used at once.
const LIFE: SignedDuration = SignedDuration::from_mins(10);

/// Signs with PS256, and names the certificate by its SHA-256 thumbprint: the pair that Microsoft asks for.
pub(super) fn sign(
    certificate: &ClientCertificate,
    client_id: &ClientId,
    audience: &Url,
    now: Timestamp,
) -> Result<SecretString, IdentityError> {
    let header = json!({ "alg": "PS256", "typ": "JWT", "x5t#S256": certificate.thumbprint });
    let claims = json!({
        "aud": audience.as_str(),
        "iss": client_id.as_str(),
        "sub": client_id.as_str(),
        "jti": random::token(),
        "nbf": now.as_second(),
        "exp": now.as_second() + LIFE.as_secs(),
    });
    let encode = |part: &serde_json::Value| URL_SAFE_NO_PAD.encode(part.to_string());
    let signed = format!("{}.{}", encode(&header), encode(&claims));
    let mut signature = vec![0; certificate.key.public_modulus_len()];
    certificate
        .key
        .sign(&RSA_PSS_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature)
        .map_err(|_| IdentityError::Certificate)?;
    Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app_token::ClientCredential;
    use aws_lc_rs::encoding::AsDer as _;
    use aws_lc_rs::rsa::{KeyPair, KeySize};
    use aws_lc_rs::signature::{KeyPair as _, RSA_PSS_2048_8192_SHA256, UnparsedPublicKey};
    use secrecy::{ExposeSecret as _, SecretSlice};
    use serde_json::Value;
    use sha2::Digest as _;

    #[test]
    fn the_assertion_is_signed_dated_and_names_its_certificate() {
        let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let pkcs8 = SecretSlice::from(key.as_der().unwrap().as_ref().to_vec());
        let ClientCredential::Certificate(certificate) =
            ClientCredential::certificate(b"the certificate", &pkcs8).unwrap()
        else {
            panic!("a certificate");
        };
        let client: ClientId = "04b07795-8ddb-461a-bbee-02f9e1bf7b46".parse().unwrap();
        let audience = Url::parse("https://login.example/t/oauth2/v2.0/token").unwrap();
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let jwt = sign(&certificate, &client, &audience, now).unwrap();
        let parts: Vec<&str> = jwt.expose_secret().split('.').collect();
        let read = |part: &str| URL_SAFE_NO_PAD.decode(part).unwrap();
        let header: Value = serde_json::from_slice(&read(parts[0])).unwrap();
        let thumbprint = URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(b"the certificate"));
        assert_eq!(header, json!({"alg": "PS256", "typ": "JWT", "x5t#S256": thumbprint}));
        let claims: Value = serde_json::from_slice(&read(parts[1])).unwrap();
        assert_eq!((&claims["iss"], &claims["aud"]), (&json!(client), &json!(audience.as_str())));
        assert_eq!(
            (claims["nbf"].as_i64(), claims["exp"].as_i64()),
            (Some(1_800_000_000), Some(1_800_000_600))
        );
        let message = format!("{}.{}", parts[0], parts[1]);
        UnparsedPublicKey::new(&RSA_PSS_2048_8192_SHA256, key.public_key().as_ref())
            .verify(message.as_bytes(), &read(parts[2]))
            .unwrap();
    }
}
