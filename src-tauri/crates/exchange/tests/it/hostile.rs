//! Answers that no honest server gives.

use exchange::{ExchangeError, scopes, service_principals};
use net::NetError;
use net::call::Outcome;
use serde_json::json;

use crate::server::{Server, answer, json as page};
use crate::world::{World, named};

#[tokio::test]
async fn a_redirect_is_never_followed() {
    let server = Server::with([answer(307, &[("Location", "http://127.0.0.1:1/")], b"")]).await;
    let refused = World::default().client(&server.base).invoke(scopes::list()).await;
    assert_eq!(refused, Err(ExchangeError::Redirected { status: 307 }));
}

#[tokio::test]
async fn a_page_instead_of_data_is_named_as_such() {
    let server = Server::with([answer(200, &[], b"\n <html>sign in to the wifi")]).await;
    let refused = World::default().client(&server.base).invoke(scopes::list()).await;
    assert!(matches!(refused, Err(ExchangeError::Network { fault: NetError::WebPage, .. })), "{refused:?}");
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_no_empty_list() {
    for body in ["[1", "\"text\"", "{\"value\":[{\"Name\":7}]}", "\0\0\0\0"] {
        let server = Server::with([answer(200, &[], body.as_bytes())]).await;
        let refused = World::default().client(&server.base).invoke(scopes::list()).await;
        let Err(ExchangeError::Unreadable { outcome: Outcome::Refused, .. }) = refused else {
            panic!("{body}: {refused:?}")
        };
    }
    let server = Server::with([answer(200, &[], b"\0\0")]).await;
    let made = service_principals::create("a", "o", "n");
    let refused = World::default().client(&server.base).invoke(made).await.unwrap_err();
    assert_eq!(refused.outcome(), Outcome::Applied, "it was done; its answer could not be read");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_not_read() {
    let length = (17 * 1024 * 1024).to_string();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n");
    let server = Server::with([crate::server::Answer::Bytes(head.into_bytes())]).await;
    let refused = World::default().client(&server.base).invoke(scopes::list()).await;
    assert!(
        matches!(refused, Err(ExchangeError::Network { fault: NetError::BodyTooLarge { .. }, .. })),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_deep_answer_is_an_error_and_no_crash() {
    let body =
        format!("{{\"value\":[{{\"Name\":\"x\",\"deep\":{}1{}}}]}}", "[".repeat(5000), "]".repeat(5000));
    let server = Server::with([answer(200, &[], body.as_bytes())]).await;
    let refused = World::default().client(&server.base).invoke(scopes::list()).await;
    assert!(matches!(refused, Err(ExchangeError::Unreadable { .. })), "{refused:?}");
}

#[tokio::test]
async fn no_token_shows_anywhere() {
    let server = Server::with([page(400, &json!({"error": {"message": "no"}}))]).await;
    let client = World::default().client(&server.base);
    let error = client.invoke(scopes::get(&named("x"))).await.unwrap_err();
    assert!(!format!("{client:?} {error:?} {error}").contains("canary"), "{client:?} {error:?}");
}
