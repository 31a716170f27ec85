//! An answer of Graph before it has a type, and the ways to read one.

use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;
use zeroize::Zeroize;

/// How the answer of one request becomes a `T`.
pub(crate) type Decode<T> = fn(&Reply) -> Result<T, Unreadable>;

/// A successful answer whose body is not what was promised. Says where, never what: a body may hold a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    /// Not JSON, or not the expected shape, at this place.
    #[error("not as documented, at line {line}, column {column}")]
    Json { line: usize, column: usize },
    /// A success status that this operation does not have.
    #[error("status {0} is not one that this request has")]
    Status(u16),
}

/// Status, headers and body of an answer. The body is overwritten when dropped.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Drop for Reply {
    fn drop(&mut self) {
        self.body.zeroize();
    }
}

impl std::fmt::Debug for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Reply {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Unreadable> {
        // serde_json stops at 128 levels, so a deeply nested body is an error and not a stack overflow.
        serde_json::from_slice(&self.body)
            .map_err(|e| Unreadable::Json { line: e.line(), column: e.column() })
    }
}

/// The body is one JSON value.
pub(crate) fn json<T: DeserializeOwned>(reply: &Reply) -> Result<T, Unreadable> {
    reply.json()
}

/// Nothing is expected; 2xx is enough.
pub(crate) fn nothing(_: &Reply) -> Result<(), Unreadable> {
    Ok(())
}
