//! The last resort: a code that is entered on another device.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::response::IntoResponse;
use identity::device_code::DeviceSignIn;
use identity::{AuthorityProblem, IdentityError, OAuthError, Scopes, Tenant};
use serde_json::json;

use crate::authority::{self, ANN, Behaviour, CLIENT, FakeAuthority, TENANT, refusal, tokens};
use crate::clock::START;
use crate::jws;
use crate::sign_in::account;

async fn start(authority: &FakeAuthority) -> Result<DeviceSignIn, IdentityError> {
    let client = CLIENT.parse().unwrap();
    DeviceSignIn::start(
        authority.client(),
        client,
        Tenant::parse(TENANT).unwrap(),
        Scopes::parse("User.Read"),
    )
    .await
}

#[tokio::test]
async fn the_code_is_waited_for_and_what_it_brings_is_checked() {
    let polls = AtomicUsize::new(0);
    let behaviour = Behaviour {
        token: Some(Box::new(move |form| {
            assert_eq!(form["device_code"], "the-device-code");
            match polls.fetch_add(1, Ordering::SeqCst) {
                0 => refusal("authorization_pending", "", 70016),
                1 => refusal("slow_down", "", 0),
                _ => axum::Json(tokens(1, "User.Read", Some(&foreign_id_token()))).into_response(),
            }
        })),
        ..Behaviour::default()
    };
    let authority = authority::start(behaviour).await;
    let mut sign_in = start(&authority).await.unwrap();
    assert_eq!((sign_in.user_code.as_str(), sign_in.pause()), ("ABCD", Duration::from_secs(5)));
    assert!(!format!("{sign_in:?}").contains("the-device-code"));
    assert!(sign_in.poll().await.unwrap().is_none());
    assert!(sign_in.poll().await.unwrap().is_none());
    assert_eq!(sign_in.pause(), Duration::from_secs(10), "slower when asked to");
    let outcome = sign_in.poll().await;
    // The proof is checked here as everywhere: the right key, but another issuer.
    assert!(matches!(outcome, Err(IdentityError::IdToken(identity::IdTokenProblem::Issuer))), "{outcome:?}");
}

fn foreign_id_token() -> String {
    jws::sign(
        "k1",
        &json!({"iss": "https://elsewhere.example/v2.0", "aud": CLIENT, "tid": TENANT, "oid": ANN, "exp": START + 3600}),
    )
}

#[tokio::test]
async fn an_entered_code_signs_the_person_in_without_a_nonce() {
    let authority = authority::start(Behaviour {
        claims: Box::new(|claims| claims["nonce"] = serde_json::Value::Null),
        ..Behaviour::default()
    })
    .await;
    let mut sign_in = start(&authority).await.unwrap();
    let signed_in = sign_in.poll().await.unwrap().unwrap();
    assert_eq!(signed_in.account, account(TENANT, ANN));
}

#[tokio::test]
async fn a_refused_or_expired_code_ends_it() {
    let declined = Behaviour {
        token: Some(Box::new(|_| refusal("authorization_declined", "", 0))),
        ..Behaviour::default()
    };
    let authority = authority::start(declined).await;
    let mut sign_in = start(&authority).await.unwrap();
    let outcome = sign_in.poll().await;
    assert!(
        matches!(&outcome, Err(IdentityError::Refused(e)) if e.error == OAuthError::AuthorizationDeclined)
    );
    authority.clock.forward(900);
    assert!(matches!(sign_in.poll().await, Err(IdentityError::TimedOut)));
    assert_eq!(authority.token_requests().len(), 1, "nothing is asked for a code that has run out");
}

#[tokio::test]
async fn a_page_of_somebody_else_is_not_shown() {
    for page in ["https://evil.example/device", "http://microsoft.com/devicelogin", "javascript:alert(1)", ""]
    {
        let authority = authority::start(Behaviour { code_page: Some(page), ..Behaviour::default() }).await;
        let outcome = start(&authority).await;
        assert!(matches!(outcome, Err(IdentityError::Authority(AuthorityProblem::Endpoint))), "{page}");
    }
    let authority = authority::start(Behaviour {
        code_page: Some("https://microsoft.com/devicelogin"),
        ..Behaviour::default()
    })
    .await;
    assert!(start(&authority).await.is_ok());
}
