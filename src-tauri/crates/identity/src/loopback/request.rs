//! Reading one HTTP request with a cap on everything: RFC 9112, as much of it as a browser sends here.

use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio::time::{Instant, timeout_at};
use zeroize::Zeroizing;

use super::reply::Reply;

/// Cap on the request line and headers.
pub(super) const HEAD_LIMIT: usize = 16 * 1024;
/// Cap on a body.
pub(super) const BODY_LIMIT: usize = 64 * 1024;
/// For the head, from the first moment of the connection.
pub(super) const HEAD_DEADLINE: Duration = Duration::from_secs(5);
/// For the whole request.
pub(super) const DEADLINE: Duration = Duration::from_secs(10);
const MOST_HEADERS: usize = 64;

/// A request, wiped when dropped where it can hold the code.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) query: Option<Zeroizing<String>>,
    pub(super) host: Option<String>,
    pub(super) origin: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) body: Zeroizing<Vec<u8>>,
}

/// Why there is no request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ReadError {
    /// The other side said nothing, as browsers do that connect ahead of need. No answer is due.
    Silent,
    /// Answer with this.
    Answer(Reply),
}

/// Reads one request.
pub(super) async fn read(stream: &mut (impl AsyncRead + Unpin)) -> Result<Request, ReadError> {
    let start = Instant::now();
    let mut buffer = Zeroizing::new(Vec::with_capacity(HEAD_LIMIT + BODY_LIMIT));
    let head_length = timeout_at(start + HEAD_DEADLINE, read_head(stream, &mut buffer))
        .await
        .unwrap_or(Err(ReadError::Answer(Reply::TooSlow)))?;
    let (mut request, length) = parse(&buffer[..head_length])?;
    let mut body = Zeroizing::new(buffer[head_length..].to_vec());
    timeout_at(start + DEADLINE, read_body(stream, &mut body, length))
        .await
        .unwrap_or(Err(ReadError::Answer(Reply::TooSlow)))?;
    body.truncate(length);
    request.body = body;
    Ok(request)
}

/// Fills `buffer` up to the end of the head, whose length is returned; the start of the body may follow it.
async fn read_head(stream: &mut (impl AsyncRead + Unpin), buffer: &mut Vec<u8>) -> Result<usize, ReadError> {
    let mut piece = [0_u8; 2048];
    loop {
        let count = stream.read(&mut piece).await.map_err(|_| ReadError::Silent)?;
        if count == 0 {
            return Err(if buffer.is_empty() {
                ReadError::Silent
            } else {
                ReadError::Answer(Reply::Malformed)
            });
        }
        let searched = buffer.len().saturating_sub(3);
        buffer.extend_from_slice(&piece[..count]);
        if let Some(at) = buffer[searched..].windows(4).position(|four| four == b"\r\n\r\n") {
            return Ok(searched + at + 4);
        }
        if buffer.len() > HEAD_LIMIT {
            return Err(ReadError::Answer(Reply::HeadTooLarge));
        }
    }
}

async fn read_body(
    stream: &mut (impl AsyncRead + Unpin),
    body: &mut Vec<u8>,
    length: usize,
) -> Result<(), ReadError> {
    let mut piece = [0_u8; 2048];
    while body.len() < length {
        let count = stream.read(&mut piece).await.map_err(|_| ReadError::Silent)?;
        if count == 0 {
            return Err(ReadError::Answer(Reply::Malformed));
        }
        body.extend_from_slice(&piece[..count]);
    }
    Ok(())
}

/// The head as a request without its body, and the length of that body.
fn parse(head: &[u8]) -> Result<(Request, usize), ReadError> {
    if head.len() > HEAD_LIMIT {
        return Err(ReadError::Answer(Reply::HeadTooLarge));
    }
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    match parsed.parse(head) {
        Ok(httparse::Status::Complete(_)) => {}
        Err(httparse::Error::TooManyHeaders) => return Err(ReadError::Answer(Reply::HeadTooLarge)),
        _ => return Err(ReadError::Answer(Reply::Malformed)),
    }
    let target = parsed.path.unwrap_or_default();
    let (path, query) = match target.split_once('?') {
        Some((path, query)) => (path, Some(Zeroizing::new(query.to_owned()))),
        None => (target, None),
    };
    let single = |name: &str| single(parsed.headers, name);
    if single("transfer-encoding")?.is_some() {
        return Err(ReadError::Answer(Reply::LengthRequired));
    }
    let length = match single("content-length")? {
        None => 0,
        Some(text) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse().unwrap_or(usize::MAX)
        }
        Some(_) => return Err(ReadError::Answer(Reply::Malformed)),
    };
    if length > BODY_LIMIT {
        return Err(ReadError::Answer(Reply::BodyTooLarge));
    }
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        query,
        host: single("host")?,
        origin: single("origin")?,
        content_type: single("content-type")?,
        body: Zeroizing::default(),
    };
    Ok((request, length))
}

/// The header's value; given twice is a malformed request, since the two could be read differently.
fn single(headers: &[httparse::Header<'_>], name: &str) -> Result<Option<String>, ReadError> {
    let mut values =
        headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name)).map(|header| header.value);
    let first = values.next();
    if values.next().is_some() {
        return Err(ReadError::Answer(Reply::Malformed));
    }
    first
        .map(|value| std::str::from_utf8(value).map(|text| text.trim().to_owned()))
        .transpose()
        .map_err(|_| ReadError::Answer(Reply::Malformed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    async fn of(mut bytes: &[u8]) -> Result<Request, ReadError> {
        read(&mut bytes).await
    }

    #[tokio::test]
    async fn a_browsers_post_is_read() {
        let request = of(b"POST /?x=1 HTTP/1.1\r\nHost: localhost:1\r\nOrigin: null\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=bextra").await.unwrap();
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/"));
        assert_eq!(request.query.unwrap().as_str(), "x=1");
        assert_eq!(request.body.as_slice(), b"a=b");
        assert_eq!(request.origin.as_deref(), Some("null"));
    }

    #[tokio::test]
    async fn what_cannot_be_read_gets_its_own_answer() {
        let long = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(HEAD_LIMIT));
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(MOST_HEADERS + 1));
        for (bytes, reply) in [
            ("nonsense\r\n\r\n", Reply::Malformed),
            ("GET / HTTP/1.1\r\nHost: a", Reply::Malformed),
            ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", Reply::Malformed),
            ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", Reply::Malformed),
            ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", Reply::Malformed),
            ("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nabc", Reply::Malformed),
            ("POST / HTTP/1.1\r\nContent-Length: 65537\r\n\r\n", Reply::BodyTooLarge),
            ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", Reply::BodyTooLarge),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", Reply::LengthRequired),
            (&long, Reply::HeadTooLarge),
            (&many, Reply::HeadTooLarge),
        ] {
            assert_eq!(
                of(bytes.as_bytes()).await.unwrap_err(),
                ReadError::Answer(reply),
                "{}",
                &bytes[..bytes.len().min(60)]
            );
        }
        assert_eq!(of(b"").await.unwrap_err(), ReadError::Silent);
    }

    #[tokio::test(start_paused = true)]
    async fn a_slow_head_and_a_slow_body_end_at_their_deadlines() {
        use tokio::io::AsyncWriteExt as _;
        let start = Instant::now();
        let (mut theirs, mut ours) = tokio::io::duplex(64);
        theirs.write_all(b"POST / HT").await.unwrap();
        assert_eq!(read(&mut ours).await.unwrap_err(), ReadError::Answer(Reply::TooSlow));
        assert_eq!(start.elapsed(), HEAD_DEADLINE);

        let start = Instant::now();
        let (mut theirs, mut ours) = tokio::io::duplex(256);
        theirs.write_all(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc").await.unwrap();
        assert_eq!(read(&mut ours).await.unwrap_err(), ReadError::Answer(Reply::TooSlow));
        assert_eq!(start.elapsed(), DEADLINE);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
            let _ = runtime.block_on(of(&bytes));
        }
    }
}
