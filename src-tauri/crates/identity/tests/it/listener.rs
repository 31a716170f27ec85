//! Attacks 1 to 11, 15, 20 and 22 of the threat model, over raw sockets.

use std::net::{Ipv6Addr, SocketAddr};
use std::time::Duration;

use identity::{IdentityError, Scopes, SignIn, SignInRequest, Tenant};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc::UnboundedReceiver;
use url::Url;

use crate::authority::{self, Behaviour, CLIENT, FakeAuthority, query};
use crate::browsers;
use crate::raw::{answer, answer_yes, exchange, is_closed, listener_of, post, status};

struct Running {
    authority: FakeAuthority,
    sign_in: SignIn,
    authorize: Url,
    address: SocketAddr,
    _browser: UnboundedReceiver<Url>,
}

async fn begin_at(authority: FakeAuthority) -> Running {
    let (browser, mut opened) = browsers::handed_over();
    let request =
        SignInRequest::new(CLIENT.parse().unwrap(), Tenant::Organizations, Scopes::parse("User.Read"));
    let sign_in = SignIn::start(authority.client(), request, browser);
    let authorize = opened.recv().await.unwrap();
    authority.visited(&authorize);
    let address = listener_of(&authorize);
    Running { authority, sign_in, authorize, address, _browser: opened }
}

async fn begin() -> Running {
    begin_at(authority::start(Behaviour::default()).await).await
}

impl Running {
    async fn send(&self, bytes: &[u8]) -> String {
        exchange(self.address, bytes).await
    }

    async fn post(&self, fields: &[(&str, &str)]) -> String {
        self.send(&post(self.address, Some("null"), fields)).await
    }

    async fn get(&self, line: &str) -> String {
        self.send(format!("{line} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.address.port()).as_bytes())
            .await
    }

    /// The proof that the wait was not ended: the true answer still completes the sign-in, with one token request.
    async fn still_completes(self) {
        assert!(self.authority.token_requests().is_empty(), "nothing was exchanged before the true answer");
        assert_eq!(status(&answer_yes(&self.authorize).await), 200);
        self.sign_in.outcome.await.unwrap();
        assert_eq!(self.authority.token_requests().len(), 1);
    }
}

/// 1. Nobody but this computer reaches the listener.
#[tokio::test]
async fn the_port_is_open_on_loopback_only() {
    let running = begin().await;
    let port = running.address.port();
    // A listener on any other address, or on all of them, would make these fail with "address in use".
    for other in ["127.0.0.2", "0.0.0.0"] {
        let taken = std::net::TcpListener::bind((other, port)).is_err();
        assert_eq!(taken, other == "0.0.0.0", "{other}");
    }
    assert!(TcpStream::connect(("127.0.0.2", port)).await.is_err());
    if std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok() {
        assert!(
            TcpStream::connect((Ipv6Addr::LOCALHOST, port)).await.is_ok(),
            "browsers may take localhost for ::1"
        );
    }
    running.still_completes().await;
}

/// 2. The port is closed after success, after cancelling, after dropping, and after the deadline.
#[tokio::test]
async fn the_port_closes_with_the_sign_in() {
    let running = begin().await;
    let address = running.address;
    answer_yes(&running.authorize).await;
    running.sign_in.outcome.await.unwrap();
    assert!(is_closed(address).await, "after success");

    let running = begin().await;
    running.sign_in.handle.cancel();
    assert!(matches!(running.sign_in.outcome.await, Err(IdentityError::Cancelled)));
    assert!(is_closed(running.address).await, "after cancelling");

    let running = begin().await;
    running.authority.clock.forward(5 * 60);
    assert!(matches!(running.sign_in.outcome.await, Err(IdentityError::TimedOut)));
    assert!(is_closed(running.address).await, "after the deadline");

    let running = begin().await;
    drop(running.sign_in);
    tokio::time::timeout(Duration::from_secs(10), async {
        while !is_closed(running.address).await {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("after dropping");
}

/// 3, 4 and 5. Without the right state nothing counts: neither a yes nor a no.
#[tokio::test]
async fn forged_answers_change_nothing() {
    let running = begin().await;
    for fields in [
        &[("code", "FORGED")][..],
        &[("code", "FORGED"), ("state", "wrong")],
        &[("error", "access_denied")],
        &[("error", "access_denied"), ("state", "wrong")],
        &[],
    ] {
        assert_eq!(status(&running.post(fields).await), 400, "{fields:?}");
    }
    assert_eq!(status(&running.get("GET /?code=FORGED").await), 400);
    assert_eq!(status(&running.get("GET /?error=access_denied").await), 400);
    let state = query(&running.authorize, "state");
    let twice = [("code", "C"), ("code", "D"), ("state", state.as_str())];
    assert_eq!(status(&running.post(&twice).await), 400);
    running.still_completes().await;
}

/// 6. The second true answer is gone; the code is exchanged once.
#[tokio::test]
async fn an_answer_counts_once() {
    let running = begin_at(authority::start_gated(Behaviour::default()).await).await;
    assert_eq!(status(&answer_yes(&running.authorize).await), 200);
    // The token endpoint holds the first one, so the listener is certainly past it.
    let second = TcpStream::connect(running.address).await;
    if let Ok(mut stream) = second {
        let state = query(&running.authorize, "state");
        let again = post(running.address, Some("null"), &[("code", "the-code"), ("state", &state)]);
        let _ = stream.write_all(&again).await;
        let page = answer(stream).await;
        assert!([0, 410].contains(&status(&page)), "gone, or the port has closed meanwhile: {page}");
    }
    running.authority.open_gate();
    running.sign_in.outcome.await.unwrap();
    assert_eq!(running.authority.token_requests().len(), 1);
}

/// Two true answers at the same moment: one is taken, the other told so.
#[tokio::test]
async fn of_two_answers_at_once_one_is_taken() {
    let running = begin().await;
    let state = query(&running.authorize, "state");
    let bytes = post(running.address, None, &[("code", "the-code"), ("state", &state)]);
    let (half, rest) = bytes.split_at(bytes.len() - 1);
    let mut streams = Vec::new();
    for _ in 0..4 {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        stream.write_all(half).await.unwrap();
        streams.push(stream);
    }
    for stream in &mut streams {
        stream.write_all(rest).await.unwrap();
    }
    let mut pages = Vec::new();
    for stream in streams {
        pages.push(status(&answer(stream).await));
    }
    running.sign_in.outcome.await.unwrap();
    assert_eq!(pages.iter().filter(|status| **status == 200).count(), 1, "{pages:?}");
    assert!(pages.iter().all(|status| [200, 410, 0].contains(status)), "{pages:?}");
    assert_eq!(running.authority.token_requests().len(), 1);
}

/// 7. Other paths and methods are answered, and nothing else happens.
#[tokio::test]
async fn other_requests_are_turned_away() {
    let running = begin().await;
    for (line, expected) in [
        ("GET /favicon.ico", 404),
        ("GET /callback?code=x", 404),
        ("POST /other", 404),
        ("HEAD /", 405),
        ("OPTIONS /", 405),
        ("TRACE /", 405),
        ("PUT /", 405),
        ("DELETE /", 405),
        ("GET /", 405),
    ] {
        let page = running.get(line).await;
        assert_eq!(status(&page), expected, "{line}");
        assert!(page.contains("connection: close"), "{line}");
    }
    let foreign_host = b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n";
    assert_eq!(status(&running.send(foreign_host).await), 400);
    running.still_completes().await;
}

/// 9 and 10. A page of another site can neither answer nor read an answer.
#[tokio::test]
async fn other_sites_are_kept_out() {
    let running = begin().await;
    let state = query(&running.authorize, "state");
    let fields = [("code", "C"), ("state", state.as_str())];
    let page = running.send(&post(running.address, Some("https://evil.example"), &fields)).await;
    assert_eq!(status(&page), 403);
    for method in ["OPTIONS", "GET", "POST"] {
        let preflight = format!(
            "{method} / HTTP/1.1\r\nHost: localhost:{}\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Private-Network: true\r\n\r\n",
            running.address.port()
        );
        let answer = running.send(preflight.as_bytes()).await;
        assert!(!answer.to_ascii_lowercase().contains("access-control"), "{answer}");
    }
    running.still_completes().await;
}

/// 11. Nothing that came in goes out.
#[tokio::test]
async fn nothing_is_echoed() {
    let running = begin().await;
    let state = query(&running.authorize, "state");
    let hostile = "<script>alert(1)</script>\r\nSet-Cookie: a=b\u{202e}";
    let page = running.post(&[("error", hostile), ("error_description", hostile), ("state", &state)]).await;
    assert_eq!(status(&page), 200, "a no is an answer");
    for part in ["<script>", "alert", "Set-Cookie", "\u{202e}", &state] {
        assert!(!page.contains(part), "{part}");
    }
    assert!(page.contains("content-security-policy: default-src 'none'"));
    let Err(IdentityError::Refused(error)) = running.sign_in.outcome.await else { panic!("a no") };
    assert_eq!(error.error, identity::OAuthError::Unknown);
    assert!(running.authority.token_requests().is_empty());
}

/// 15. Two hundred slow connections, huge headers and endless bodies keep nobody out.
#[tokio::test]
async fn a_flood_does_not_keep_the_browser_out() {
    let running = begin().await;
    let mut slow = Vec::new();
    for _ in 0..200 {
        let mut stream = TcpStream::connect(running.address).await.unwrap();
        let _ = stream.write_all(b"POST / HTTP/1.1\r\nHost: lo").await;
        slow.push(stream);
    }
    let huge = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(1024 * 1024));
    assert!([431, 0].contains(&status(&running.send(huge.as_bytes()).await)));
    let announced = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n";
    assert_eq!(status(&running.send(announced).await), 413);
    let chunked = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n";
    assert_eq!(status(&running.send(chunked).await), 411);
    running.still_completes().await;
    drop(slow);
}

/// A browser that connects ahead of need and says nothing does not block the true answer.
#[tokio::test]
async fn an_idle_connection_stays_open_while_the_answer_arrives() {
    let running = begin().await;
    let idle = TcpStream::connect(running.address).await.unwrap();
    let empty = TcpStream::connect(running.address).await.unwrap();
    drop(empty);
    running.still_completes().await;
    drop(idle);
}

/// 20. Two sign-ins at once: each takes its own answer only.
#[tokio::test]
async fn two_sign_ins_do_not_take_each_others_answers() {
    let one = begin().await;
    let two = begin().await;
    assert_ne!(one.address.port(), two.address.port());
    let state_of_two = query(&two.authorize, "state");
    assert_eq!(status(&one.post(&[("code", "C"), ("state", &state_of_two)]).await), 400);
    two.still_completes().await;
    one.still_completes().await;
}

/// 22. The code is in no address, and the page is not kept.
#[tokio::test]
async fn the_code_is_in_no_address() {
    let running = begin().await;
    assert_eq!(query(&running.authorize, "response_mode"), "form_post");
    let page = answer_yes(&running.authorize).await;
    for header in ["cache-control: no-store", "referrer-policy: no-referrer"] {
        assert!(page.contains(header), "{header}");
    }
    assert!(!page.contains("the-code"));
    running.sign_in.outcome.await.unwrap();
}

/// A service that can only answer in the address: the browser is led on, so that the code leaves its history.
#[tokio::test]
async fn an_answer_in_the_address_is_led_away_from() {
    let behaviour = Behaviour {
        metadata: Box::new(|document| document["response_modes_supported"] = serde_json::json!(["query"])),
        ..Behaviour::default()
    };
    let running = begin_at(authority::start(behaviour).await).await;
    assert_eq!(query(&running.authorize, "response_mode"), "query");
    let state = query(&running.authorize, "state");
    assert_eq!(status(&running.get("GET /?code=FORGED&state=wrong").await), 400);
    let moved = running.get(&format!("GET /?code=the-code&state={state}")).await;
    assert_eq!(status(&moved), 303);
    assert!(moved.contains("location: /arrived\r\n"));
    assert_eq!(status(&running.get("GET /arrived").await), 200);
    running.sign_in.outcome.await.unwrap();
    assert_eq!(running.authority.token_requests()[0]["code"], "the-code");
}
