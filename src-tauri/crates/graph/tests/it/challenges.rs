//! 401: once with the claims that are asked for, once with a fresh token, then no more.

use graph::{GraphError, Outcome, TokenRefusal, credentials, directory};

use crate::fault_server::{Answer, FaultServer};
use crate::world::{World, application, me};

/// `{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}`
const CLAIMS: &str =
    "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ==";
const JSON: &str = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;

fn challenge(status: u16, claims: &str) -> Answer {
    let header = format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\"");
    Answer::refused(
        status,
        &[("WWW-Authenticate", &header)],
        "InvalidAuthenticationToken",
        "Continuous access evaluation",
    )
}

fn plain() -> Answer {
    Answer::refused(
        401,
        &[],
        "InvalidAuthenticationToken",
        "Lifetime validation failed, the token is expired.",
    )
}

#[tokio::test]
async fn claims_are_met_silently_once() {
    for status in [401, 403] {
        let server = FaultServer::with([challenge(status, CLAIMS), Answer::json(200, &me())]).await;
        let world = World::default();
        world.client(server.url()).send(directory::me()).await.unwrap();
        assert_eq!(world.challenges(), [None, Some(JSON.to_owned())]);
        assert_eq!(server.received()[1].header("authorization"), Some("Bearer canary-token-2"));
    }
}

#[tokio::test]
async fn a_challenge_without_end_stops_at_a_person() {
    let server = FaultServer::answering(|_, _| challenge(401, CLAIMS)).await;
    let error = World::default().client(server.url()).send(directory::me()).await.unwrap_err();
    let GraphError::NeedsInteraction { claims: Some(claims) } = error else { panic!("{error:?}") };
    assert_eq!(claims.as_json(), JSON);
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn claims_that_cannot_be_met_silently_go_to_a_person_with_the_claims() {
    let server = FaultServer::with([challenge(401, CLAIMS)]).await;
    let world = World::default();
    world.refuse_challenges();
    let error = world.client(server.url()).send(directory::me()).await.unwrap_err();
    assert!(
        matches!(error, GraphError::NeedsInteraction { claims: Some(claims) } if claims.as_json() == JSON)
    );
}

#[tokio::test]
async fn a_malformed_challenge_counts_as_an_ordinary_401() {
    let huge = "A".repeat(40_000);
    for claims in ["%%%", "bm90IGpzb24=", huge.as_str()] {
        let bad = claims.to_owned();
        let server = FaultServer::answering(move |_, _| challenge(401, &bad)).await;
        let world = World::default();
        let error = world.client(server.url()).send(directory::me()).await.unwrap_err();
        assert!(matches!(error, GraphError::Unauthorized(_) | GraphError::Network { .. }), "{error:?}");
        assert!(server.received().len() <= 2);
        assert!(world.challenges().iter().all(Option::is_none));
    }
}

#[tokio::test]
async fn a_refused_token_is_replaced_once() {
    let server = FaultServer::with([plain(), Answer::json(200, &me())]).await;
    let world = World::default();
    world.client(server.url()).send(directory::me()).await.unwrap();
    assert_eq!(world.rejected(), 1);

    let server = FaultServer::answering(|_, _| plain()).await;
    let world = World::default();
    let error = world.client(server.url()).send(directory::me()).await.unwrap_err();
    assert!(matches!(error, GraphError::Unauthorized(_)), "{error:?}");
    assert_eq!((server.received().len(), world.rejected()), (2, 1));
}

#[tokio::test]
async fn an_expired_token_does_not_stop_a_write_that_is_made_once() {
    let secret = serde_json::json!({"keyId": "k", "secretText": "canary-secret"});
    let server = FaultServer::with([plain(), Answer::json(200, &secret)]).await;
    let request = credentials::add_password(&application(), "m", "2027-11-20T00:00:00Z".parse().unwrap());
    World::default().client(server.url()).send(request).await.unwrap();
    assert_eq!(server.received().len(), 2, "a 401 means that nothing was made");
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let server = FaultServer::with([]).await;
    for refusal in [
        TokenRefusal::InteractionNeeded { claims: None },
        TokenRefusal::AnotherAccount,
        TokenRefusal::Rejected("invalid_client".into()),
    ] {
        let world = World::default();
        world.refuse_tokens(refusal);
        let error = world.client(server.url()).send(directory::me()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotSent, "{error:?}");
    }
    assert_eq!(server.connections(), 0);
}
