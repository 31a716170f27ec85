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

/// 128 random bits in the form of a GUID (version 4, RFC 9562), which is what `client-request-id` asks for.
#[must_use]
pub fn request_guid(mut bits: [u8; 16]) -> String {
    bits[6] = (bits[6] & 0x0f) | 0x40;
    bits[8] = (bits[8] & 0x3f) | 0x80;
    let n = u128::from_be_bytes(bits);
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        n >> 96,
        (n >> 80) & 0xffff,
        (n >> 64) & 0xffff,
        (n >> 48) & 0xffff,
        n & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_id_is_a_guid() {
        assert_eq!(request_guid([0; 16]), "00000000-0000-4000-8000-000000000000");
        assert_eq!(request_guid([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    }

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
