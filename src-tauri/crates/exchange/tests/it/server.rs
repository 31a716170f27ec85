//! A server that answers as told, and remembers what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A request as received.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) line: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Value,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(have, _)| have.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// What to do with one request.
pub(crate) enum Answer {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The connection is closed without an answer.
    Cut,
    /// No answer, ever.
    Silence,
}

pub(crate) fn answer(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Answer {
    let mut head = format!("HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n", body.len());
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    Answer::Bytes([head.as_bytes(), b"\r\n", body].concat())
}

pub(crate) fn json(status: u16, body: &Value) -> Answer {
    answer(status, &[("Content-Type", "application/json")], body.to_string().as_bytes())
}

/// A cmdlet's complaint.
pub(crate) fn complaint(status: u16, exception: &str) -> Answer {
    let message = format!("Ex6F9304|Microsoft.Exchange.Configuration.Tasks.{exception}|canary words");
    json(status, &serde_json::json!({"error": {"code": "NotFound", "details": [{"message": message}]}}))
}

/// The server. It stops with the test's runtime.
pub(crate) struct Server {
    pub(crate) base: Url,
    received: Arc<Mutex<Vec<Received>>>,
}

impl Server {
    /// Answers with these, one after the other; a further request is a failure of the test.
    pub(crate) async fn with(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::with_links(|_| answers).await
    }

    /// The same, for answers that hold the server's own address.
    pub(crate) async fn with_links<A: IntoIterator<Item = Answer>>(answers: impl FnOnce(&Url) -> A) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let answers: VecDeque<Answer> = answers(&base).into_iter().collect();
        let (answers, received) = (Arc::new(Mutex::new(answers)), Arc::new(Mutex::new(Vec::new())));
        let server = Self { base, received: received.clone() };
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answers.clone(), received.clone()));
            }
        });
        server
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    answers: Arc<Mutex<VecDeque<Answer>>>,
    received: Arc<Mutex<Vec<Received>>>,
) -> Option<()> {
    loop {
        let request = read(&mut stream).await?;
        received.lock().unwrap().push(request);
        let next = answers.lock().unwrap().pop_front();
        match next.unwrap_or_else(|| answer(418, &[], b"one request too many")) {
            Answer::Bytes(bytes) => stream.write_all(&bytes).await.ok()?,
            Answer::Cut => return None,
            Answer::Silence => std::future::pending::<()>().await,
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.lines();
    let line = lines.next()?.to_owned();
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    Some(Received { line, headers, body: serde_json::from_slice(&body).unwrap() })
}
