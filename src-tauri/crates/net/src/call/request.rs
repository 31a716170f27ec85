//! What can be said of a request before it is sent.

use serde::Serialize;
use serde_json::Value;

/// What happens when a request is sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repeat {
    /// The second one changes nothing (GET, PATCH, DELETE, an upsert). The transport repeats it after a fault.
    Safe,
    /// The second one is refused as existing, because a natural key forbids a duplicate (a grant, an enterprise app). The
    /// transport repeats it after a fault, so that answer can also mean "the first attempt worked": read and compare.
    Refused,
    /// The second one does it again (a client secret, a mail). The transport sends it once and never again.
    Duplicates,
}

/// A request as a person may see it. No request body holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Description {
    /// `GET`, `PATCH`, …
    pub method: String,
    /// Path and query with the version, readable (not percent-encoded), without the host: `/v1.0/applications`.
    pub url: String,
    /// Headers that change what the request means, such as `Prefer`.
    pub headers: Vec<(String, String)>,
    /// JSON body, if one is sent.
    pub body: Option<Value>,
}
