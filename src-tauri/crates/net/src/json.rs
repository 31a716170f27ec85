//! Reading JSON that somebody else wrote.
//!
//! Depth is bounded at 128 levels and `NaN`, `Infinity`, trailing data and bytes that are not UTF-8 are refused, all by
//! `serde_json`. Of a name that appears twice: a struct with that field refuses it, a [`serde_json::Value`] and an
//! ignored field keep the last (RFC 8259 section 4 leaves it open), so nothing that decides must be read from a `Value`.

use serde::de::DeserializeOwned;

use crate::NetError;

/// Reads one JSON document.
///
/// # Errors
/// [`NetError::WebPage`] when it looks like HTML, else [`NetError::NotJson`]. The parser's own message is dropped: it
/// can quote the input.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, NetError> {
    serde_json::from_slice(body)
        .map_err(|_| if looks_like_a_page(body) { NetError::WebPage } else { NetError::NotJson })
}

fn looks_like_a_page(body: &[u8]) -> bool {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    body.trim_ascii_start().first() == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::Value;

    #[derive(Debug, Deserialize)]
    struct Named {
        #[allow(dead_code)]
        name: String,
    }

    #[test]
    fn what_is_refused() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        for bad in [deep.as_str(), "NaN", "[1e999]", "{} x", "", "\u{0}\u{0}", "{\"a\":Infinity}"] {
            assert_eq!(
                parse::<Value>(bad.as_bytes()),
                Err(NetError::NotJson),
                "{}",
                &bad[..bad.len().min(20)]
            );
        }
        assert_eq!(parse::<Value>(b"\"\xff\""), Err(NetError::NotJson));
        assert_eq!(
            parse::<Value>(b" \n<!doctype html><p>Sign in to the guest network"),
            Err(NetError::WebPage)
        );
        assert_eq!(parse::<Value>(b"\xef\xbb\xbf<html>"), Err(NetError::WebPage));
    }

    #[test]
    fn a_name_given_twice_is_refused_where_it_matters() {
        assert_eq!(parse::<Named>(br#"{"name":"a","name":"b"}"#).unwrap_err(), NetError::NotJson);
        assert_eq!(parse::<Value>(br#"{"name":"a","name":"b"}"#).unwrap()["name"], "b");
    }
}
