//! The listening socket: loopback only, this user only, and connections that can be made to break.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::peer;

const INTACT: u8 = 0;
const DROPPED: u8 = 1;
const TRUNCATED: u8 = 2;
const RESET: u8 = 3;

/// Breaks the connection that a request came on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Breaker(Arc<AtomicU8>);

impl Breaker {
    /// The next answer is not sent; the connection closes instead.
    pub(crate) fn drop_answer(&self) {
        self.0.store(DROPPED, Ordering::SeqCst);
    }

    /// The next answer is not sent; the connection is reset instead.
    pub(crate) fn reset_answer(&self) {
        self.0.store(RESET, Ordering::SeqCst);
    }

    /// The head and half of the body of the next answer are sent, then the connection closes.
    pub(crate) fn truncate_answer(&self) {
        self.0.store(TRUNCATED, Ordering::SeqCst);
    }
}

/// Accepts connections of this user on a loopback address.
#[derive(Debug)]
pub(crate) struct LoopbackListener {
    pub(crate) inner: TcpListener,
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    breaker: Breaker,
    sent: bool,
}

impl Listener for LoopbackListener {
    type Io = Connection;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Connection, SocketAddr) {
        loop {
            match self.inner.accept().await {
                Ok((stream, peer)) => {
                    if stream.local_addr().is_ok_and(|local| peer::is_this_user(peer, local)) {
                        let _ = stream.set_nodelay(true);
                        return (Connection { stream, breaker: Breaker::default(), sent: false }, peer);
                    }
                    tracing::warn!("refused a connection of another user of this machine");
                }
                // Out of file descriptors, or the peer was faster: neither ends the tenant.
                Err(_) => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.inner.local_addr()
    }
}

impl Connected<IncomingStream<'_, LoopbackListener>> for Breaker {
    fn connect_info(stream: IncomingStream<'_, LoopbackListener>) -> Self {
        stream.io().breaker.clone()
    }
}

impl Connection {
    fn broken() -> io::Error {
        io::Error::from(io::ErrorKind::ConnectionAborted)
    }
}

impl AsyncRead for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Connection {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, data: &[u8]) -> Poll<io::Result<usize>> {
        match self.breaker.0.load(Ordering::SeqCst) {
            INTACT => Pin::new(&mut self.stream).poll_write(cx, data),
            TRUNCATED if !self.sent => {
                // Answers with a known length leave in one write: the head and half of the rest go out.
                let head = data.windows(4).position(|window| window == b"\r\n\r\n").map_or(0, |at| at + 4);
                let until = head + (data.len() - head) / 2;
                let result = Pin::new(&mut self.stream).poll_write(cx, &data[..until]);
                self.sent = result.is_ready();
                result
            }
            state => {
                if state == RESET {
                    // Closing with lingering off sends RST instead of FIN.
                    let _ = self.stream.set_zero_linger();
                }
                Poll::Ready(Err(Self::broken()))
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
