//! What is secret stays secret.

use std::io::Write;
use std::sync::{Arc, Mutex};

use graph::{Batch, GraphError, credentials, directory};
use secrecy::ExposeSecret;
use serde_json::json;

use crate::fault_server::{Answer, FaultServer};
use crate::world::{World, application, me};

fn add_password() -> graph::Request<graph::resources::NewSecret> {
    credentials::add_password(&application(), "Gatehouse/1f/1", "2027-05-20T00:00:00Z".parse().unwrap())
}

fn made() -> serde_json::Value {
    json!({"keyId": "f0b0b335-1d71-4883-8f98-567911bfdca6", "secretText": "canary-secret", "hint": "can"})
}

#[tokio::test]
async fn a_new_secret_is_read_once_and_shown_nowhere() {
    let server = FaultServer::with([Answer::json(200, &made())]).await;
    let secret = World::default().client(server.url()).send(add_password()).await.unwrap();
    assert_eq!(secret.secret_text.expose_secret(), "canary-secret");
    assert!(!format!("{secret:?}").contains("canary"));
    let sent = &server.received()[0];
    assert_eq!(sent.target, format!("/v1.0/applications/{}/addPassword", application()));
    let wanted = json!({"passwordCredential": {"displayName": "Gatehouse/1f/1", "endDateTime": "2027-05-20T00:00:00Z"}});
    assert_eq!(sent.json(), wanted);
}

#[tokio::test]
async fn a_secret_is_never_asked_for_in_a_batch() {
    let server = FaultServer::with([]).await;
    let mut batch = Batch::new();
    let slot = batch.add(add_password());
    let answers = World::default().client(server.url()).batch(batch).await;
    assert_eq!(answers.take(slot).unwrap_err(), GraphError::Incomplete);
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn errors_and_values_show_neither_token_nor_secret() {
    let half = "{\"keyId\":7,\"secretText\":\"canary-secret\"}";
    let server = FaultServer::with([Answer::text(200, &[], half)]).await;
    let client = World::default().client(server.url());
    let error = client.send(add_password()).await.unwrap_err();
    let shown = format!("{error} {error:?} {client:?} {:?}", add_password());
    assert!(!shown.contains("canary"), "{shown}");
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_at_its_finest_holds_no_token_no_secret_and_no_name() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let server = FaultServer::with([
        Answer::json(200, &made()),
        Answer::status(503),
        Answer::json(200, &me()),
        Answer::text(200, &[], "{\"id\":7,\"secretText\":\"canary-secret\"}"),
    ])
    .await;
    let client = World::default().client(server.url());
    client.send(add_password()).await.unwrap();
    let person = graph::UserRef::new("canary@contoso.example").unwrap();
    client.send(directory::user(&person)).await.unwrap();
    client.send(directory::user(&person)).await.unwrap_err();
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("GET /users/{}"), "the request is named by its shape: {text}");
    assert!(!text.contains("canary"), "{text}");
}
