//! The listener on this computer that receives the browser's answer (RFC 8252 section 7.3).
//!
//! It exists while one sign-in runs, on loopback addresses only, and believes one request: see [`verdict`].

#[cfg(test)]
mod mutated;
mod reply;
mod request;
mod verdict;

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time::{sleep, timeout};
use tokio_util::task::AbortOnDropHandle;

use reply::Reply;
use request::ReadError;
use verdict::Verdict;
pub(crate) use verdict::{Callback, Expected};

/// How many connections are served at once. The newcomer displaces the oldest, so that nobody can keep the browser out
/// by holding connections open.
const AT_ONCE: usize = 8;
/// How long an answer may take to leave, and the rest of a refused request to arrive.
const FAREWELL: Duration = Duration::from_millis(700);
/// How much of a refused request is read before the connection is dropped.
const DRAIN_LIMIT: usize = 256 * 1024;

/// A bound port. Nothing is accepted before [`Listener::serve`].
#[derive(Debug)]
pub(crate) struct Listener {
    v4: TcpListener,
    v6: Option<TcpListener>,
    port: u16,
}

impl Listener {
    /// Takes a free port on 127.0.0.1 and keeps it, and the same port on `[::1]` where there is IPv6: browsers may take
    /// `localhost` for either. A port whose other half belongs to another program is given back.
    pub(crate) async fn bind() -> io::Result<Self> {
        const TRIES: usize = 16;
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for _ in 0..TRIES {
            let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
            let port = v4.local_addr()?.port();
            match TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await {
                Ok(v6) => return Ok(Self { v4, v6: Some(v6), port }),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
                Err(_) => return Ok(Self { v4, v6: None, port }),
            }
        }
        Err(last)
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// Starts to answer. The port is closed when the [`Serving`] is dropped.
    pub(crate) fn serve(self, expected: Expected) -> Serving {
        let (accepted, callback) = oneshot::channel();
        let shared =
            Arc::new(Shared { expected, accepted: Mutex::new(Some(accepted)), farewell: Notify::new() });
        let task = AbortOnDropHandle::new(tokio::spawn(accept(self, Arc::clone(&shared))));
        Serving { callback, shared, task }
    }
}

/// A listener at work.
#[derive(Debug)]
pub(crate) struct Serving {
    callback: oneshot::Receiver<Callback>,
    shared: Arc<Shared>,
    task: AbortOnDropHandle<()>,
}

impl Serving {
    /// The one answer. Never ends by itself for anything less.
    pub(crate) async fn callback(&mut self) -> Callback {
        match (&mut self.callback).await {
            Ok(callback) => callback,
            // The sender lives in `shared` until it is used.
            Err(_) => std::future::pending().await,
        }
    }

    /// Lets the last page leave, then closes the port.
    pub(crate) async fn close(self) {
        let _ = timeout(FAREWELL, self.shared.farewell.notified()).await;
        self.task.abort();
        let _ = self.task.await;
    }
}

#[derive(Debug)]
struct Shared {
    expected: Expected,
    /// Taken by the first right answer.
    accepted: Mutex<Option<oneshot::Sender<Callback>>>,
    /// The page that the person will see has left.
    farewell: Notify,
}

async fn accept(listener: Listener, shared: Arc<Shared>) {
    let mut connections = JoinSet::new();
    let mut oldest_first: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.v4.accept() => accepted,
            accepted = accept_v6(listener.v6.as_ref()) => accepted,
            Some(_) = connections.join_next() => {
                oldest_first.retain(|connection| !connection.is_finished());
                continue;
            }
        };
        let Ok((stream, _)) = accepted else {
            // Out of file handles: give others time to close theirs.
            sleep(Duration::from_millis(50)).await;
            continue;
        };
        if oldest_first.len() >= AT_ONCE
            && let Some(oldest) = oldest_first.pop_front()
        {
            oldest.abort();
        }
        oldest_first.push_back(connections.spawn(converse(stream, Arc::clone(&shared))));
    }
}

async fn accept_v6(listener: Option<&TcpListener>) -> io::Result<(TcpStream, std::net::SocketAddr)> {
    match listener {
        Some(listener) => listener.accept().await,
        None => std::future::pending().await,
    }
}

/// One request, one answer, end of connection.
async fn converse(mut stream: TcpStream, shared: Arc<Shared>) {
    let (reply, with_body) = match request::read(&mut stream).await {
        Ok(request) => (respond(&request, &shared), request.method != "HEAD"),
        Err(ReadError::Answer(reply)) => (reply, true),
        Err(ReadError::Silent) => return,
    };
    let bytes = reply.to_bytes(shared.expected.method(), with_body);
    let sent = timeout(FAREWELL, send(&mut stream, &bytes)).await;
    if matches!(reply, Reply::Arrived | Reply::Declined) {
        shared.farewell.notify_one();
    }
    if matches!(sent, Ok(Ok(()))) {
        let _ = timeout(FAREWELL, drain(&mut stream)).await;
    }
}

/// Decides, and hands the answer over in the same breath: a connection that is cut right after changes nothing.
fn respond(request: &request::Request, shared: &Shared) -> Reply {
    let callback = match verdict::judge(request, &shared.expected) {
        Verdict::Answer(reply) => return reply,
        Verdict::Accept(callback) => callback,
    };
    let Some(accepted) = shared.accepted.lock().unwrap_or_else(PoisonError::into_inner).take() else {
        return Reply::Already;
    };
    let reply = match (&callback.outcome, request.method.as_str()) {
        (_, "GET") => Reply::SeeArrived,
        (Ok(_), _) => Reply::Arrived,
        (Err(_), _) => Reply::Declined,
    };
    let _ = accepted.send(*callback);
    reply
}

async fn send(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    stream.write_all(bytes).await?;
    stream.shutdown().await
}

/// Reads what is still on its way: dropping unread bytes would reset the connection, and the browser could lose the
/// page.
async fn drain(stream: &mut TcpStream) -> io::Result<()> {
    let mut rest = [0_u8; 4096];
    let mut drained = 0;
    while drained < DRAIN_LIMIT {
        match stream.read(&mut rest).await? {
            0 => break,
            count => drained += count,
        }
    }
    Ok(())
}
