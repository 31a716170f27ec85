//! What Microsoft's support asks for first.

use ::http::HeaderMap;
use serde::{Deserialize, Serialize};

/// The ids under which a server has filed a request. Not secret; shown folded away under an error, with a copy button.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestIds {
    /// The server's id: `request-id` of Graph, `x-ms-request-id` of Entra.
    pub request_id: Option<String>,
    /// Our id, as the server repeats it.
    pub client_request_id: Option<String>,
    /// The server's clock (`Date`), as it wrote it.
    pub date: Option<String>,
}

const LONGEST: usize = 128;

impl RequestIds {
    /// Reads them from the headers of an answer. Values that are long or not plain ASCII are left out.
    #[must_use]
    pub fn from_headers(headers: &HeaderMap) -> Self {
        let read = |name: &str| {
            let value = headers.get(name)?.to_str().ok()?;
            (!value.is_empty() && value.len() <= LONGEST).then(|| value.to_owned())
        };
        Self {
            request_id: read("request-id").or_else(|| read("x-ms-request-id")),
            client_request_id: read("client-request-id"),
            date: read("date"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn graph_and_entra_name_it_differently() {
        let graph = RequestIds::from_headers(&headers(&[("request-id", "g"), ("client-request-id", "c")]));
        assert_eq!((graph.request_id.as_deref(), graph.client_request_id.as_deref()), (Some("g"), Some("c")));
        let entra = RequestIds::from_headers(&headers(&[("x-ms-request-id", "e")]));
        assert_eq!(entra.request_id.as_deref(), Some("e"));
        let long = "x".repeat(LONGEST + 1);
        assert_eq!(RequestIds::from_headers(&headers(&[("request-id", &long)])), RequestIds::default());
    }
}
