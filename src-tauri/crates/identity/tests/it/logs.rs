//! Attack 32: with every log at its loudest, a whole sign-in and renewal leaves nothing secret behind.

use std::io;
use std::sync::{Arc, Mutex};

use identity::{MemoryTokenStore, TokenProvider};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::authority::{self, ANN, Behaviour, CLIENT, TENANT, query, refusal, tokens};
use crate::sign_in::{account, request, run};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

#[tokio::test]
async fn the_loudest_log_holds_no_secret() {
    let log = Log::default();
    let _guard = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish()
        .set_default();
    let authority = authority::start(Behaviour::default()).await;
    let (authorize, outcome) = run(&authority, request()).await;
    let signed_in = outcome.unwrap();
    let id_token_part = "eyJ";
    let provider = TokenProvider::new(
        authority.client(),
        CLIENT.parse().unwrap(),
        account(TENANT, ANN),
        Arc::new(MemoryTokenStore::default()),
    );
    provider.adopt(signed_in.tokens).await.unwrap();
    authority.clock.forward(3600);
    provider.token(&request().scopes, None).await.unwrap();

    let text = log.text();
    assert!(text.contains("token endpoint answered"), "the log is at work");
    let verifier = &authority.token_requests()[0]["code_verifier"];
    let state = query(&authorize, "state");
    let nonce = query(&authorize, "nonce");
    let secrets = [
        "the-code",
        "access-1",
        "refresh-1",
        "access-2",
        "refresh-2",
        verifier,
        &state,
        &nonce,
        "ann@",
        id_token_part,
    ];
    for secret in secrets {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}

#[tokio::test]
async fn a_refusal_is_logged_without_the_person() {
    let log = Log::default();
    let _guard = tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_writer(log.clone())
        .finish()
        .set_default();
    let behaviour = Behaviour {
        token: Some(Box::new(|form| match form["grant_type"].as_str() {
            "refresh_token" => refusal("invalid_grant", "bad_token", 50173),
            _ => axum::response::IntoResponse::into_response(axum::Json(tokens(1, "", None))),
        })),
        ..Behaviour::default()
    };
    let authority = authority::start(behaviour).await;
    let (_, outcome) = run(&authority, request()).await;
    let shown = format!("{:?} {}", outcome, outcome.as_ref().unwrap_err());
    for secret in ["access-1", "refresh-1", "the-code"] {
        assert!(!log.text().contains(secret) && !shown.contains(secret));
    }
}
