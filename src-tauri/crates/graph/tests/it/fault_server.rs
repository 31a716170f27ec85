//! A server that answers as told, byte for byte, and remembers what it was asked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

/// A request as received.
#[derive(Debug, Clone)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Received {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// What to do with one request.
pub(crate) enum Answer {
    /// Exactly these bytes, then the connection is kept.
    Bytes(Vec<u8>),
    /// Exactly these bytes, then the connection is closed.
    Cut(Vec<u8>),
    /// A body without end, in chunks, until the client goes away.
    Endless,
    /// Nothing, for ever.
    Silence,
}

impl Answer {
    pub(crate) fn status(status: u16) -> Self {
        Self::text(status, &[], "")
    }

    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self::text(status, &[("Content-Type", "application/json")], &body.to_string())
    }

    pub(crate) fn text(status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        Self::body(status, headers, body.as_bytes())
    }

    pub(crate) fn body(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Self {
        let mut bytes = format!("HTTP/1.1 {status} Status\r\nContent-Length: {}\r\n", body.len());
        for (name, value) in headers {
            bytes.push_str(&format!("{name}: {value}\r\n"));
        }
        bytes.push_str("\r\n");
        Self::Bytes([bytes.as_bytes(), body].concat())
    }

    /// An error in Graph's form.
    pub(crate) fn refused(status: u16, headers: &[(&str, &str)], code: &str, message: &str) -> Self {
        let body = serde_json::json!({"error": {"code": code, "message": message, "innerError": {"request-id": "r-1"}}});
        Self::text(status, headers, &body.to_string())
    }
}

type Script = dyn Fn(usize, &Received) -> Answer + Send + Sync;

/// Holds answers back until so many requests are under way.
type Gate = Option<Arc<tokio::sync::Barrier>>;

/// The server. It stops with the test's runtime.
pub(crate) struct FaultServer {
    port: u16,
    received: Arc<Mutex<Vec<Received>>>,
    connections: Arc<AtomicUsize>,
    streamed: Arc<AtomicUsize>,
}

impl FaultServer {
    /// Answers the n-th request (from 0) with what `script` says.
    pub(crate) async fn answering(
        script: impl Fn(usize, &Received) -> Answer + Send + Sync + 'static,
    ) -> Self {
        Self::start(Arc::new(script), None).await
    }

    /// Answers only when so many requests wait for an answer at the same time.
    pub(crate) async fn together(
        requests: usize,
        script: impl Fn(&Received) -> Answer + Send + Sync + 'static,
    ) -> Self {
        let gate = Some(Arc::new(tokio::sync::Barrier::new(requests)));
        Self::start(Arc::new(move |_: usize, request: &Received| script(request)), gate).await
    }

    async fn start(script: Arc<Script>, gate: Gate) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            received: Arc::default(),
            connections: Arc::default(),
            streamed: Arc::default(),
        };
        let (received, connections, streamed) =
            (server.received.clone(), server.connections.clone(), server.streamed.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream, script.clone(), gate.clone(), received.clone(), streamed.clone()));
            }
        });
        server
    }

    /// Answers with these, one after the other; a further request is a failure of the test.
    pub(crate) async fn with(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = Mutex::new(answers.into_iter().collect::<std::collections::VecDeque<_>>());
        Self::answering(move |_, _| {
            let next = answers.lock().unwrap().pop_front();
            next.unwrap_or_else(|| Answer::text(418, &[], "one request too many"))
        })
        .await
    }

    pub(crate) fn url(&self) -> Url {
        Url::parse(&format!("http://127.0.0.1:{}", self.port)).unwrap()
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Bytes of an endless body that the client took.
    pub(crate) fn streamed(&self) -> usize {
        self.streamed.load(Ordering::SeqCst)
    }
}

async fn serve(
    mut stream: TcpStream,
    script: Arc<Script>,
    gate: Gate,
    received: Arc<Mutex<Vec<Received>>>,
    streamed: Arc<AtomicUsize>,
) -> Option<()> {
    loop {
        let request = read(&mut stream).await?;
        let number = {
            let mut all = received.lock().unwrap();
            all.push(request.clone());
            all.len() - 1
        };
        if let Some(gate) = &gate {
            gate.wait().await;
        }
        match script(number, &request) {
            Answer::Bytes(bytes) => stream.write_all(&bytes).await.ok()?,
            Answer::Cut(bytes) => {
                stream.write_all(&bytes).await.ok()?;
                return None;
            }
            Answer::Endless => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await.ok()?;
                let chunk = [b"10000\r\n".as_slice(), &[b' '; 0x10000], b"\r\n"].concat();
                loop {
                    stream.write_all(&chunk).await.ok()?;
                    streamed.fetch_add(0x10000, Ordering::SeqCst);
                }
            }
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
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let length = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.map_or(0, |(_, value)| value.parse().unwrap())];
    stream.read_exact(&mut body).await.ok()?;
    Some(Received { method, target, headers, body })
}
