//! Servers that do exactly what a test says, byte by byte.

use std::future::Future;
use std::net::SocketAddr;

use net::http::{ClientOptions, ProxySource};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A client that goes straight out.
pub(crate) fn direct() -> reqwest::Client {
    net::http::client(&ClientOptions { proxy: ProxySource::Direct, ..ClientOptions::new("test") }).unwrap()
}

/// Handles every connection with `handle` until the test ends.
pub(crate) async fn serve<F, R>(handle: F) -> SocketAddr
where
    F: Fn(TcpStream) -> R + Send + 'static,
    R: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(handle(stream));
        }
    });
    address
}

/// Reads one request's head (to the empty line) and returns it.
pub(crate) async fn head(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut read = Vec::new();
    let mut byte = [0_u8; 1];
    while !read.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).await.unwrap_or(0) == 0 {
            break;
        }
        read.push(byte[0]);
    }
    String::from_utf8(read).unwrap()
}

/// Answers every request with these bytes, then closes.
pub(crate) async fn answering(answer: Vec<u8>) -> SocketAddr {
    serve(move |mut stream| {
        let answer = answer.clone();
        async move {
            head(&mut stream).await;
            let _ = stream.write_all(&answer).await;
            let _ = stream.shutdown().await;
        }
    })
    .await
}
