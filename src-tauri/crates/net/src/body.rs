//! Reading an answer without trusting its size.

use reqwest::Response;
use secrecy::SecretSlice;
use zeroize::Zeroizing;

use crate::NetError;

/// Enough for any page of a directory listing: 16 MiB.
pub const LISTING: usize = 16 * 1024 * 1024;
/// Enough for one object, a token answer or an error: 1 MiB.
pub const OBJECT: usize = 1024 * 1024;

/// Reads the whole body, at most `limit` bytes of it.
///
/// The limit counts what comes out of decompression, piece by piece, so that a small compressed body cannot become a
/// large one in memory. A `Content-Length` above the limit is refused before anything is read.
///
/// # Errors
/// [`NetError::BodyTooLarge`]; else what broke the connection.
pub async fn read_limited(response: Response, limit: usize) -> Result<Vec<u8>, NetError> {
    let mut body = Vec::new();
    fill(response, limit, |piece| body.extend_from_slice(piece)).await?;
    Ok(body)
}

/// [`read_limited`] for a body that carries a secret: the copy that we hold is wiped when it is dropped, also when
/// reading fails half-way. (The pieces inside the HTTP stack are freed unwiped; see SECURITY.md.)
///
/// # Errors
/// As [`read_limited`].
pub async fn read_secret(response: Response, limit: usize) -> Result<SecretSlice<u8>, NetError> {
    let mut body = Zeroizing::new(Vec::new());
    fill(response, limit, |piece| {
        // A buffer that grows by itself leaves copies behind.
        if body.capacity() < body.len() + piece.len() {
            let mut wider =
                Zeroizing::new(Vec::with_capacity((2 * body.capacity()).max(body.len() + piece.len())));
            wider.extend_from_slice(&body);
            body = wider;
        }
        body.extend_from_slice(piece);
    })
    .await?;
    Ok(SecretSlice::from(body.to_vec()))
}

/// A body that carries a secret, to send: the HTTP client reads it where it is, and it is wiped when it was sent.
#[must_use]
pub fn wiped(form: Zeroizing<String>) -> reqwest::Body {
    struct Form(Zeroizing<String>);
    impl AsRef<[u8]> for Form {
        fn as_ref(&self) -> &[u8] {
            self.0.as_bytes()
        }
    }
    reqwest::Body::from(hyper::body::Bytes::from_owner(Form(form)))
}

async fn fill(mut response: Response, limit: usize, mut add: impl FnMut(&[u8])) -> Result<(), NetError> {
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(NetError::BodyTooLarge { limit });
    }
    let mut length = 0;
    while let Some(piece) = response.chunk().await? {
        length += piece.len();
        if length > limit {
            return Err(NetError::BodyTooLarge { limit });
        }
        add(&piece);
    }
    Ok(())
}
