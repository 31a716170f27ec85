//! Attack 17: every way in which an ID token can be false.

use std::sync::LazyLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256, RSA_PSS_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{EncodingKey, Header, encode};
use serde_json::{Value, json};

use super::*;

const TENANT: &str = "11111111-2222-4333-8444-555555555555";
const CLIENT: &str = "aaaaaaaa-2222-4333-8444-555555555555";
const PERSON: &str = "bbbbbbbb-2222-4333-8444-555555555555";
const NOW: i64 = 1_800_000_000;

static KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());
static OTHER_KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());

fn keys(change: impl FnOnce(&mut Value)) -> KeySet {
    let public = KEY.public_key();
    let mut key = json!({
        "kty": "RSA", "use": "sig", "kid": "k1",
        "n": URL_SAFE_NO_PAD.encode(public.modulus().big_endian_without_leading_zero()),
        "e": URL_SAFE_NO_PAD.encode(public.exponent().big_endian_without_leading_zero()),
    });
    change(&mut key);
    serde_json::from_value(json!({ "keys": [key] })).unwrap()
}

fn claims(change: impl FnOnce(&mut Value)) -> Value {
    let mut claims = json!({
        "iss": format!("https://l.example/{TENANT}/v2.0"), "aud": CLIENT, "tid": TENANT, "oid": PERSON,
        "nonce": "n", "exp": NOW + 3600, "nbf": NOW - 10, "name": "Ann", "preferred_username": "ann@contoso.example",
    });
    change(&mut claims);
    claims
}

fn signed_with(key: &KeyPair, header: &Header, claims: &Value) -> String {
    let encode = |part: String| URL_SAFE_NO_PAD.encode(part);
    let signed = format!("{}.{}", encode(serde_json::to_string(header).unwrap()), encode(claims.to_string()));
    let scheme = if header.alg == Algorithm::PS256 { &RSA_PSS_SHA256 } else { &RSA_PKCS1_SHA256 };
    let mut signature = vec![0; key.public_modulus_len()];
    key.sign(scheme, &SystemRandom::new(), signed.as_bytes(), &mut signature).unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn header(kid: Option<&str>) -> Header {
    Header { kid: kid.map(Into::into), ..Header::new(Algorithm::RS256) }
}

fn token(change: impl FnOnce(&mut Value)) -> String {
    signed_with(&KEY, &header(Some("k1")), &claims(change))
}

fn outcome_with(token: &str, keys: &KeySet) -> Result<IdClaims, IdTokenProblem> {
    let document = json!({
        "issuer": "https://l.example/{tenantid}/v2.0", "authorization_endpoint": "https://l.example/a",
        "token_endpoint": "https://l.example/t", "jwks_uri": "https://l.example/k",
    });
    let document: crate::metadata::Document = serde_json::from_value(document).unwrap();
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("cloud.json");
    let base = "https://l.example/";
    std::fs::write(&path, json!({"name": "l", "login": base, "graph": base, "exchange": base}).to_string())
        .unwrap();
    let cloud = crate::cloud::Cloud::from_file(&path).unwrap();
    let metadata = document.check(&cloud, &Tenant::Common).unwrap();
    let expected = Expectation {
        issuer: &metadata.issuer,
        client_id: &CLIENT.parse().unwrap(),
        tenant: &Tenant::parse(TENANT).unwrap(),
        nonce: Some(&Nonce::of("n")),
        now: Timestamp::from_second(NOW).unwrap(),
    };
    check(token, keys, &expected)
}

fn outcome(token: &str) -> Result<IdClaims, IdTokenProblem> {
    outcome_with(token, &keys(|_| {}))
}

#[test]
fn a_true_token_names_the_person() {
    let claims = outcome(&token(|_| {})).unwrap();
    assert_eq!(claims.account.object_id.as_str(), PERSON);
    assert_eq!(claims.account.tenant_id.as_str(), TENANT);
    assert_eq!(claims.name.as_deref(), Some("Ann"));
}

#[test]
fn every_false_claim_is_refused() {
    use IdTokenProblem::{Audience, Expired, Form, Issuer, NoSubject, Nonce, NotYetValid, Tenant};
    type Change = fn(&mut Value);
    let cases: [(Change, IdTokenProblem); 16] = [
        (|c| c["iss"] = "https://evil.example/11111111-2222-4333-8444-555555555555/v2.0".into(), Issuer),
        (|c| c["iss"] = "https://l.example/{tenantid}/v2.0".into(), Issuer),
        (|c| c["tid"] = "99999999-2222-4333-8444-555555555555".into(), Tenant),
        (|c| c["tid"] = "contoso.example".into(), Tenant),
        (|c| c["aud"] = "99999999-2222-4333-8444-555555555555".into(), Audience),
        (|c| c["aud"] = json!([CLIENT, "x"]), Form),
        (|c| c["nonce"] = "m".into(), Nonce),
        (|c| c["nonce"] = Value::Null, Nonce),
        (|c| c["exp"] = (NOW - 301).into(), Expired),
        (|c| c["exp"] = i64::MAX.into(), Form),
        (|c| c["exp"] = Value::Null, Form),
        (|c| c["nbf"] = (NOW + 301).into(), NotYetValid),
        (|c| c["oid"] = Value::Null, NoSubject),
        (|c| c["oid"] = "ann".into(), NoSubject),
        (|c| c["tid"] = Value::Null, Form),
        (|c| c["iss"] = json!(7), Form),
    ];
    for (at, (change, why)) in cases.into_iter().enumerate() {
        assert_eq!(outcome(&token(change)), Err(why), "case {at}");
    }
    assert!(outcome(&token(|c| c["exp"] = (NOW - 299).into())).is_ok(), "clocks may differ by five minutes");
    assert!(outcome(&token(|c| c["nbf"] = (NOW + 299).into())).is_ok());
}

#[test]
fn only_rs256_with_a_published_key_counts() {
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none","kid":"k1"}"#),
        URL_SAFE_NO_PAD.encode(claims(|_| {}).to_string())
    );
    assert_eq!(outcome(&unsigned), Err(IdTokenProblem::Algorithm));
    // The public key as an HMAC secret: the classic confusion of algorithms.
    let hmac = Header { kid: Some("k1".into()), ..Header::new(Algorithm::HS256) };
    let public = KEY.public_key().as_ref().to_vec();
    let confused = encode(&hmac, &claims(|_| {}), &EncodingKey::from_secret(&public)).unwrap();
    assert_eq!(outcome(&confused), Err(IdTokenProblem::Algorithm));
    let pss = Header { kid: Some("k1".into()), ..Header::new(Algorithm::PS256) };
    assert_eq!(outcome(&signed_with(&KEY, &pss, &claims(|_| {}))), Err(IdTokenProblem::Algorithm));
    let critical = Header { crit: Some(vec!["x".into()]), ..header(Some("k1")) };
    assert_eq!(outcome(&signed_with(&KEY, &critical, &claims(|_| {}))), Err(IdTokenProblem::Algorithm));

    assert_eq!(
        outcome(&signed_with(&KEY, &header(Some("k2")), &claims(|_| {}))),
        Err(IdTokenProblem::UnknownKey)
    );
    assert_eq!(outcome(&signed_with(&KEY, &header(None), &claims(|_| {}))), Err(IdTokenProblem::UnknownKey));
    let forged = signed_with(&OTHER_KEY, &header(Some("k1")), &claims(|_| {}));
    assert_eq!(outcome(&forged), Err(IdTokenProblem::Signature));
    let mut changed = token(|_| {});
    let body = URL_SAFE_NO_PAD.encode(claims(|c| c["oid"] = TENANT.into()).to_string());
    let parts: Vec<&str> = changed.split('.').collect();
    changed = format!("{}.{body}.{}", parts[0], parts[2]);
    assert_eq!(outcome(&changed), Err(IdTokenProblem::Signature));
}

#[test]
fn a_key_speaks_only_for_its_own_issuer() {
    let own = keys(|k| k["issuer"] = "https://l.example/{tenantid}/v2.0".into());
    assert!(outcome_with(&token(|_| {}), &own).is_ok());
    let foreign =
        keys(|k| k["issuer"] = "https://l.example/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0".into());
    assert_eq!(outcome_with(&token(|_| {}), &foreign), Err(IdTokenProblem::Issuer));
    let for_encryption = keys(|k| k["use"] = "enc".into());
    assert_eq!(outcome_with(&token(|_| {}), &for_encryption), Err(IdTokenProblem::UnknownKey));
}

#[test]
fn junk_is_refused_without_a_panic() {
    for junk in ["", ".", "..", "a.b.c", "....", "\u{0}", &"x".repeat(100_000)] {
        assert!(outcome(junk).is_err(), "{}", junk.chars().take(10).collect::<String>());
    }
}

/// A personal account is not let in where a work account was asked for, nor the other way round.
#[test]
fn a_personal_account_comes_only_where_one_was_asked_for() {
    const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";
    let issuer = Issuer::any_of("https://l.example/{tenantid}/v2.0");
    let token = token(|c| {
        c["tid"] = PERSONAL.into();
        c["iss"] = format!("https://l.example/{PERSONAL}/v2.0").into();
    });
    let outcome = |tenant: Tenant| {
        let (client_id, nonce) = (CLIENT.parse().unwrap(), Nonce::of("n"));
        let now = Timestamp::from_second(NOW).unwrap();
        let expected =
            Expectation { issuer: &issuer, client_id: &client_id, tenant: &tenant, nonce: Some(&nonce), now };
        check(&token, &keys(|_| {}), &expected).map(|claims| claims.account.tenant_id.to_string())
    };
    use crate::tenant::Tenant::{Common, Consumers, Organizations};
    assert_eq!(outcome(Consumers).as_deref(), Ok(PERSONAL));
    assert_eq!(outcome(Common).as_deref(), Ok(PERSONAL));
    assert_eq!(outcome(Organizations), Err(IdTokenProblem::Tenant));
}
