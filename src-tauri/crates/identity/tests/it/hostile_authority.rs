//! Attacks 13 and 16 to 19: a sign-in service that lies.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::{
    AnswerProblem, AuthorityProblem, ClientCredential, IdTokenProblem, IdentityError, SignIn, SignInRequest,
    Tenant, app_token,
};
use net::NetError;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::authority::{self, Behaviour, CLIENT, OTHER_TENANT, TENANT, query, refusal, tokens};
use crate::browsers;
use crate::jws;
use crate::raw::{exchange, listener_of, post};
use crate::sign_in::{request, run};

fn with_metadata(change: fn(&mut Value)) -> Behaviour {
    Behaviour { metadata: Box::new(change), ..Behaviour::default() }
}

fn with_claims(change: fn(&mut Value)) -> Behaviour {
    Behaviour { claims: Box::new(change), ..Behaviour::default() }
}

fn with_token(answer: fn() -> Response) -> Behaviour {
    Behaviour { token: Some(Box::new(move |_| answer())), ..Behaviour::default() }
}

/// 13. Only `plain`, or no PKCE at all: nobody is sent there.
#[tokio::test]
async fn a_service_that_cannot_be_trusted_never_gets_a_browser() {
    for (change, why) in [
        (
            (|d| d["code_challenge_methods_supported"] = json!(["plain"])) as fn(&mut Value),
            AuthorityProblem::Pkce,
        ),
        (|d| d["code_challenge_methods_supported"] = json!([]), AuthorityProblem::Pkce),
        (
            |d| d["authorization_endpoint"] = "https://login.microsoftonline.com/x".into(),
            AuthorityProblem::Endpoint,
        ),
        (|d| d["token_endpoint"] = "https://evil.example/token".into(), AuthorityProblem::Endpoint),
        (
            |d| d["issuer"] = "https://login.microsoftonline.com/{tenantid}/v2.0".into(),
            AuthorityProblem::Issuer,
        ),
    ] {
        let authority = authority::start(with_metadata(change)).await;
        let (browser, mut opened) = browsers::handed_over();
        let outcome = SignIn::start(authority.client(), request(), browser).outcome.await;
        assert!(matches!(outcome, Err(IdentityError::Authority(found)) if found == why), "{outcome:?}");
        assert!(opened.try_recv().is_err());
    }
}

/// 16. `iss` wrong, or missing though promised: the code is not exchanged.
#[tokio::test]
async fn an_answer_of_another_service_is_refused() {
    let promises: fn(&mut Value) = |d| d["authorization_response_iss_parameter_supported"] = json!(true);
    for (behaviour, iss) in [
        (Behaviour::default(), Some("https://evil.example/v2.0")),
        (
            Behaviour::default(),
            Some("https://login.microsoftonline.com/11111111-2222-4333-8444-555555555555/v2.0"),
        ),
        (with_metadata(promises), None),
    ] {
        let authority = authority::start(behaviour).await;
        let (browser, mut opened) = browsers::handed_over();
        let sign_in = SignIn::start(authority.client(), request(), browser);
        let authorize = opened.recv().await.unwrap();
        let (address, state) = (listener_of(&authorize), query(&authorize, "state"));
        let mut fields = vec![("code", "the-code"), ("state", state.as_str())];
        fields.extend(iss.map(|iss| ("iss", iss)));
        exchange(address, &post(address, None, &fields)).await;
        let outcome = sign_in.outcome.await;
        assert!(matches!(outcome, Err(IdentityError::Authority(AuthorityProblem::MixUp))), "{outcome:?}");
        assert!(authority.token_requests().is_empty());
    }
}

/// 16 and 66. An answer of one service does nothing in a sign-in at another.
#[tokio::test]
async fn an_answer_delivered_to_the_wrong_sign_in_is_refused() {
    let (practice, real) =
        (authority::start(Behaviour::default()).await, authority::start(Behaviour::default()).await);
    let (browser, mut opened) = browsers::handed_over();
    let at_practice = SignIn::start(practice.client(), request(), browser.clone());
    let practice_url = opened.recv().await.unwrap();
    let at_real = SignIn::start(real.client(), request(), browser);
    let real_url = opened.recv().await.unwrap();
    let (address, state) = (listener_of(&real_url), query(&practice_url, "state"));
    let page = exchange(address, &post(address, None, &[("code", "practice-code"), ("state", &state)])).await;
    assert!(page.starts_with("HTTP/1.1 400"), "{page}");
    assert!(real.token_requests().is_empty());
    drop((at_practice, at_real));
}

/// 17. A false ID token is no sign-in, whatever else came with it.
#[tokio::test]
async fn a_false_id_token_is_no_sign_in() {
    use IdTokenProblem::{Audience, Expired, Issuer, Nonce, NotYetValid, UnknownKey};
    type Change = fn(&mut Value);
    let cases: [(Change, IdTokenProblem); 5] = [
        (|c| c["aud"] = OTHER_TENANT.into(), Audience),
        (|c| c["nonce"] = "another".into(), Nonce),
        (|c| c["iss"] = format!("https://evil.example/{TENANT}/v2.0").into(), Issuer),
        (|c| c["exp"] = (crate::clock::START - 3600).into(), Expired),
        (|c| c["nbf"] = (crate::clock::START + 3600).into(), NotYetValid),
    ];
    for (change, why) in cases {
        let authority = authority::start(with_claims(change)).await;
        let (_, outcome) = run(&authority, request()).await;
        assert!(
            matches!(outcome, Err(IdentityError::IdToken(found)) if found == why),
            "{why:?}: {outcome:?}"
        );
    }
    // The tenant that was asked for, not the one that came.
    let authority = authority::start(with_claims(|c| c["tid"] = OTHER_TENANT.into())).await;
    let by_id = SignInRequest { tenant: Tenant::parse(TENANT).unwrap(), ..request() };
    let (_, outcome) = run(&authority, by_id).await;
    assert!(matches!(outcome, Err(IdentityError::IdToken(IdTokenProblem::Tenant))), "{outcome:?}");

    let stranger = Behaviour { signing_kid: "k9", ..Behaviour::default() };
    let authority = authority::start(stranger).await;
    let (_, outcome) = run(&authority, request()).await;
    assert!(matches!(outcome, Err(IdentityError::IdToken(UnknownKey))), "{outcome:?}");
    assert_eq!(authority.key_requests(), 2, "looked for once more, and no more than that");
}

#[tokio::test]
async fn a_key_that_was_published_since_is_found() {
    let rolled = Behaviour { kids: ("old", "new"), signing_kid: "new", ..Behaviour::default() };
    let authority = authority::start(rolled).await;
    let (_, outcome) = run(&authority, request()).await;
    outcome.unwrap();
    assert_eq!(authority.key_requests(), 2);
}

#[tokio::test]
async fn a_sign_in_without_an_id_token_proves_nothing() {
    let authority =
        authority::start(with_token(|| axum::Json(tokens(1, "User.Read", None)).into_response())).await;
    let (_, outcome) = run(&authority, request()).await;
    assert!(matches!(outcome, Err(IdentityError::IdToken(IdTokenProblem::Missing))), "{outcome:?}");
}

/// 18. A yes that makes no sense is no sign-in.
#[tokio::test]
async fn a_yes_that_makes_no_sense_is_no_sign_in() {
    use AnswerProblem::{Form, Lifetime, Status, Token};
    fn bent(change: fn(&mut Value)) -> Response {
        let mut body = tokens(1, "User.Read", None);
        change(&mut body);
        axum::Json(body).into_response()
    }
    let cases: [(fn() -> Response, AnswerProblem); 5] = [
        (|| StatusCode::OK.into_response(), Form),
        (|| bent(|b| b["access_token"] = "".into()), Token),
        (|| bent(|b| b["expires_in"] = 4_000_000_000_u32.into()), Lifetime),
        (|| (StatusCode::INTERNAL_SERVER_ERROR, "oops").into_response(), Status(500)),
        (|| (StatusCode::BAD_REQUEST, "{}").into_response(), Status(400)),
    ];
    for (answer, why) in cases {
        let authority = authority::start(with_token(answer)).await;
        let (_, outcome) = run(&authority, request()).await;
        assert!(matches!(outcome, Err(IdentityError::Answer(found)) if found == why), "{why:?}: {outcome:?}");
    }
    let page = || (StatusCode::OK, "<!doctype html><p>Guest network").into_response();
    let authority = authority::start(with_token(page)).await;
    let (_, outcome) = run(&authority, request()).await;
    assert!(matches!(outcome, Err(IdentityError::Net(NetError::WebPage))), "{outcome:?}");
    let huge = || vec![b' '; 2 * 1024 * 1024].into_response();
    let authority = authority::start(with_token(huge)).await;
    let (_, outcome) = run(&authority, request()).await;
    assert!(matches!(outcome, Err(IdentityError::Net(NetError::BodyTooLarge { .. }))), "{outcome:?}");
}

/// 19. A redirect of the token endpoint is not followed, so the code and the secret stay here.
#[tokio::test]
async fn a_redirect_of_the_token_endpoint_is_not_followed() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = elsewhere.local_addr().unwrap();
    for status in [301_u16, 302, 307, 308] {
        let behaviour = Behaviour {
            token: Some(Box::new(move |_| {
                let to = format!("http://{address}/");
                (StatusCode::from_u16(status).unwrap(), [(header::LOCATION, to)]).into_response()
            })),
            ..Behaviour::default()
        };
        let authority = authority::start(behaviour).await;
        let (_, outcome) = run(&authority, request()).await;
        assert!(
            matches!(outcome, Err(IdentityError::Answer(AnswerProblem::Status(found))) if found == status)
        );
    }
    let reached = tokio::select! {
        biased;
        _ = elsewhere.accept() => true,
        () = std::future::ready(()) => false,
    };
    assert!(!reached);
}

#[tokio::test]
async fn a_refusal_carries_microsofts_reason_and_no_name() {
    let authority = authority::start(with_token(|| refusal("invalid_grant", "", 54005))).await;
    let (_, outcome) = run(&authority, request()).await;
    let Err(IdentityError::Refused(error)) = &outcome else { panic!("{outcome:?}") };
    assert_eq!((error.error, error.codes.as_slice()), (identity::OAuthError::InvalidGrant, &[54005][..]));
    assert!(!format!("{outcome:?}").contains("ann@"));
    assert!(identity::explain::error(&outcome.unwrap_err()).what.contains("used before"));
}

#[tokio::test]
async fn a_service_that_asks_to_wait_is_heard() {
    let busy = || {
        let mut answer = refusal("temporarily_unavailable", "", 90055);
        answer.headers_mut().insert(header::RETRY_AFTER, "17".parse().unwrap());
        answer
    };
    let authority = authority::start(with_token(busy)).await;
    let (_, outcome) = run(&authority, request()).await;
    let Err(IdentityError::Refused(error)) = outcome else { panic!("{outcome:?}") };
    assert_eq!(error.retry_after.unwrap().duration().as_secs(), 17);
}

#[tokio::test]
async fn an_app_proves_its_secret_and_tells_its_roles() {
    let behaviour = Behaviour {
        token: Some(Box::new(|form| {
            assert_eq!(form["grant_type"], "client_credentials");
            if form["client_secret"] != "va%lue&~+ ü" {
                return refusal("invalid_client", "", 7_000_215);
            }
            let mut body = tokens(1, "", None);
            body["access_token"] = jws::unsigned(&json!({"roles": ["Mail.Read", "Calendars.Read"]})).into();
            axum::Json(body).into_response()
        })),
        ..Behaviour::default()
    };
    let authority = authority::start(behaviour).await;
    let (client, tenant) = (authority.client(), Tenant::parse(TENANT).unwrap());
    let id = CLIENT.parse().unwrap();
    let scope = client.cloud().graph_scope(".default");
    let right = ClientCredential::secret("va%lue&~+ ü".into()).unwrap();
    let token = app_token(&client, &tenant, &id, &right, &scope).await.unwrap();
    assert_eq!(token.roles, ["Calendars.Read", "Mail.Read"]);
    assert_eq!(token.expires_at.as_second(), crate::clock::START + 3600);
    let wrong = ClientCredential::secret("other".into()).unwrap();
    let error = app_token(&client, &tenant, &id, &wrong, &scope).await.unwrap_err();
    let Some(identity::explain::NextStep::CheckSecret) = identity::explain::error(&error).action else {
        panic!("{error:?}")
    };
    assert!(ClientCredential::secret(OTHER_TENANT.into()).is_err());
    assert_eq!(authority.token_requests().len(), 2);
}
