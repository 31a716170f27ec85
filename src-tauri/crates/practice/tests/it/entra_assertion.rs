//! Applications that prove themselves with a certificate.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use crate::support::{App, TokenAnswer, World};

/// A key and its self-signed certificate.
struct Certificate {
    pair: KeyPair,
    der: Vec<u8>,
}

impl Certificate {
    fn new() -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let pkcs8 = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).unwrap().as_ref().to_vec();
        let key = rcgen::KeyPair::try_from(pkcs8).unwrap();
        let der = rcgen::CertificateParams::new(vec!["practice".into()])
            .unwrap()
            .self_signed(&key)
            .unwrap()
            .der()
            .to_vec();
        Self { pair, der }
    }

    fn thumbprint(&self, algorithm: &'static aws_lc_rs::digest::Algorithm) -> String {
        URL_SAFE_NO_PAD.encode(aws_lc_rs::digest::digest(algorithm, &self.der))
    }

    /// Puts the certificate on a registration.
    fn upload(&self, world: &World, app: &App, days: i64) {
        let end = world.tenant.clock().now() + jiff::SignedDuration::from_hours(days * 24);
        let entry = json!({"keyId": "k", "key": STANDARD.encode(&self.der), "endDateTime": end.to_string(), "usage": "Verify"});
        app.set(world, "keyCredentials", json!([entry]));
    }

    fn sign(&self, header: &Value, claims: &Value, encoding: &'static dyn RsaEncoding) -> String {
        let mut token = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(encoding, &SystemRandom::new(), token.as_bytes(), &mut signature).unwrap();
        token = format!("{token}.{}", URL_SAFE_NO_PAD.encode(signature));
        token
    }

    /// A usual assertion, as the libraries make it.
    fn assertion(&self, world: &World, app: &App, change: impl FnOnce(&mut Value)) -> String {
        let header =
            json!({"alg": "PS256", "typ": "JWT", "x5t#S256": self.thumbprint(&aws_lc_rs::digest::SHA256)});
        let now = world.tenant.clock().now().as_second();
        let mut claims = json!({
            "aud": world.url(&format!("{}/oauth2/v2.0/token", world.tenant.tenant_id())),
            "iss": app.client, "sub": app.client, "jti": "j1", "nbf": now, "exp": now + 600,
        });
        change(&mut claims);
        self.sign(&header, &claims, &RSA_PSS_SHA256)
    }
}

async fn token(world: &World, app: &App, assertion: &str) -> TokenAnswer {
    world
        .token(&[
            ("grant_type", "client_credentials"),
            ("client_id", &app.client),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", assertion),
            ("scope", "https://graph.microsoft.com/.default"),
        ])
        .await
}

#[tokio::test]
async fn both_algorithms_and_both_thumbprints_work() {
    let world = World::new().await;
    let (app, certificate) = (App::web(&world), Certificate::new());
    certificate.upload(&world, &app, 30);
    let modern = certificate.assertion(&world, &app, |_| {});
    let answer = token(&world, &app, &modern).await.ok();
    assert_eq!(world.claims(answer.text("access_token")).await["appidacr"], "2");
    let sha1 = certificate.thumbprint(&aws_lc_rs::digest::SHA1_FOR_LEGACY_USE_ONLY);
    let claims: Value =
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(modern.split('.').nth(1).unwrap()).unwrap()).unwrap();
    let old =
        certificate.sign(&json!({"alg": "RS256", "typ": "JWT", "x5t": sha1}), &claims, &RSA_PKCS1_SHA256);
    token(&world, &app, &old).await.ok();
    // Libraries keep an assertion and send it again.
    token(&world, &app, &old).await.ok();
}

#[tokio::test]
async fn a_key_that_is_not_on_the_registration_is_refused() {
    let world = World::new().await;
    let (app, certificate, stranger) = (App::web(&world), Certificate::new(), Certificate::new());
    certificate.upload(&world, &app, 30);
    let unknown = stranger.assertion(&world, &app, |_| {});
    let answer = token(&world, &app, &unknown).await;
    answer.refused(401, "invalid_client", 700_027);
    assert!(answer.text("error_description").contains("The key was not found"));
    // The right thumbprint with somebody else's signature.
    let good = certificate.assertion(&world, &app, |_| {});
    let parts: Vec<_> = good.split('.').collect();
    let forged = format!("{}.{}.{}", parts[0], parts[1], unknown.split('.').nth(2).unwrap());
    token(&world, &app, &forged).await.refused(401, "invalid_client", 700_027);
    let none = format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), parts[1]);
    token(&world, &app, &none).await.refused(401, "invalid_client", 700_027);
}

#[tokio::test]
async fn an_expired_certificate_is_refused() {
    let world = World::new().await;
    let (app, certificate) = (App::web(&world), Certificate::new());
    certificate.upload(&world, &app, -1);
    let answer = token(&world, &app, &certificate.assertion(&world, &app, |_| {})).await;
    answer.refused(401, "invalid_client", 700_027);
    assert!(answer.text("error_description").contains("The key used is expired"));
}

#[tokio::test]
async fn the_claims_must_fit() {
    let world = World::new().await;
    let (app, certificate) = (App::web(&world), Certificate::new());
    certificate.upload(&world, &app, 30);
    let now = world.tenant.clock().now().as_second();
    type Change = fn(&mut Value, i64);
    let cases: [(Change, u32); 4] = [
        (|claims, _| claims["aud"] = json!("https://login.elsewhere.example/x/oauth2/v2.0/token"), 700_023),
        (|claims, _| claims["sub"] = json!("somebody else"), 700_021),
        (|claims, now| claims["exp"] = json!(now - 600), 700_024),
        (|claims, now| claims["nbf"] = json!(now + 3_600), 700_024),
    ];
    for (change, number) in cases {
        let assertion = certificate.assertion(&world, &app, |claims| change(claims, now));
        token(&world, &app, &assertion).await.refused(401, "invalid_client", number);
    }
    let fraction = certificate.assertion(&world, &app, |claims| claims["exp"] = json!(now as f64 + 600.5));
    token(&world, &app, &fraction).await.ok();
    token(&world, &app, "rubbish").await.refused(401, "invalid_client", 50_027);
}

#[tokio::test]
async fn the_audience_may_be_written_in_several_ways() {
    let world = World::new().await;
    let (app, certificate) = (App::web(&world), Certificate::new());
    certificate.upload(&world, &app, 30);
    let tenant = world.tenant.tenant_id().to_owned();
    for audience in [
        format!("https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"),
        world.url(&format!("{tenant}/oauth2/token")),
        world.url(&format!("{tenant}/v2.0")),
        world.url("lindqvist-practice.example/oauth2/v2.0/token"),
    ] {
        let assertion = certificate.assertion(&world, &app, |claims| claims["aud"] = json!(audience));
        token(&world, &app, &assertion).await.ok();
    }
}
