//! A key with its certificate, and what it signs: client assertions and proofs of possession.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair as Rsa, KeySize};
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::graph_world::World;

/// A key pair of a test.
pub(crate) struct KeyPair {
    pair: Rsa,
    der: Vec<u8>,
}

impl KeyPair {
    /// A certificate of these years, both from 1 January.
    pub(crate) fn of(from: i32, until: i32) -> Self {
        let pair = Rsa::generate(KeySize::Rsa2048).unwrap();
        let pkcs8 = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap().as_ref().to_vec();
        let key = rcgen::KeyPair::try_from(pkcs8).unwrap();
        let mut parameters = rcgen::CertificateParams::new(vec![]).unwrap();
        parameters.distinguished_name.push(rcgen::DnType::CommonName, "Quay");
        parameters.not_before = rcgen::date_time_ymd(from, 1, 1);
        parameters.not_after = rcgen::date_time_ymd(until, 1, 1);
        let der = parameters.self_signed(&key).unwrap().der().to_vec();
        Self { pair, der }
    }

    /// The certificate as `keyCredentials` takes it.
    pub(crate) fn entry(&self) -> Value {
        json!({ "type": "AsymmetricX509Cert", "usage": "Verify", "key": STANDARD.encode(&self.der) })
    }

    /// SHA-1 of the certificate in upper-case hexadecimal.
    pub(crate) fn thumbprint(&self) -> String {
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &self.der);
        digest.as_ref().iter().map(|byte| format!("{byte:02X}")).collect()
    }

    fn sign(&self, header: &Value, claims: &Value) -> String {
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// A proof of possession for an object; `change` makes it wrong.
    pub(crate) fn proof(&self, world: &World, object: &str, change: impl FnOnce(&mut Value)) -> String {
        let now = world.tenant.clock().now().as_second();
        let mut claims = json!({
            "aud": "00000002-0000-0000-c000-000000000000", "iss": object, "nbf": now, "exp": now + 600,
        });
        change(&mut claims);
        self.sign(&json!({ "alg": "RS256", "typ": "JWT" }), &claims)
    }

    /// Asks for a token of Graph as the application; the status and the body.
    pub(crate) async fn token(&self, world: &World, client: &str) -> (u16, Value) {
        let url = format!("{}/{}/oauth2/v2.0/token", world.base(), world.tenant.tenant_id());
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY, &self.der);
        let header = json!({ "alg": "RS256", "typ": "JWT", "x5t": URL_SAFE_NO_PAD.encode(digest) });
        let now = world.tenant.clock().now().as_second();
        let claims = json!({
            "aud": url, "iss": client, "sub": client, "jti": "j1", "nbf": now, "exp": now + 600,
        });
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", client),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &self.sign(&header, &claims)),
            ("scope", "https://graph.microsoft.com/.default"),
        ];
        world.sign_in(&form).await
    }
}
