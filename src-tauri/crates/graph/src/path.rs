//! Paths below `/v1.0`, built from typed parts. Text from outside is always percent-encoded; nothing is concatenated.

use std::fmt::Write as _;

use crate::id::is_placeholder;

/// A path below the version segment, encoded, together with its shape for logs (`/applications/{}/owners`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Path {
    encoded: String,
    readable: String,
    shape: String,
    template: bool,
}

impl Path {
    /// Starts with a segment of the API itself.
    pub(crate) fn new(first: &'static str) -> Self {
        Self { encoded: String::new(), readable: String::new(), shape: String::new(), template: false }
            .then(first)
    }

    /// Adds a segment of the API itself, such as `owners` or `$ref`.
    pub(crate) fn then(mut self, segment: &'static str) -> Self {
        for text in [&mut self.encoded, &mut self.readable, &mut self.shape] {
            text.push('/');
            text.push_str(segment);
        }
        self
    }

    /// Adds a segment that is an identifier.
    pub(crate) fn id(mut self, id: &(impl AsRef<str> + ?Sized)) -> Self {
        let id = id.as_ref();
        self.template |= is_placeholder(id);
        self.encoded.push('/');
        encode_into(&mut self.encoded, id);
        self.readable.push('/');
        self.readable.push_str(id);
        self.shape.push_str("/{}");
        self
    }

    /// Addresses by an alternate key: `(appId='…')`, on the segment that came last (OData 4.01, 4.3.2).
    pub(crate) fn key(mut self, name: &'static str, value: &(impl AsRef<str> + ?Sized)) -> Self {
        let value = value.as_ref();
        self.template |= is_placeholder(value);
        let quoted = value.replace('\'', "''");
        let _ = write!(self.encoded, "({name}='");
        encode_into(&mut self.encoded, &quoted);
        self.encoded.push_str("')");
        let _ = write!(self.readable, "({name}='{quoted}')");
        let _ = write!(self.shape, "({name}='{{}}')");
        self
    }

    /// Percent-encoded, with a leading slash.
    pub(crate) fn encoded(&self) -> &str {
        &self.encoded
    }

    /// For people: not encoded.
    pub(crate) fn readable(&self) -> &str {
        &self.readable
    }

    /// Without any identifier: safe to log.
    pub(crate) fn shape(&self) -> &str {
        &self.shape
    }

    /// Whether a stand-in for an id takes part (see `id::placeholder`).
    pub(crate) fn is_template(&self) -> bool {
        self.template
    }
}

/// Encodes all but RFC 3986 unreserved characters, as UTF-8 bytes.
pub(crate) fn encode_into(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

/// A string literal of an OData expression: quoted, with each `'` doubled (OData 4.01 ABNF, `string`).
pub(crate) fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_cannot_leave_its_segment() {
        let path = Path::new("users").id("../../me?x=1#y").then("messages");
        assert_eq!(path.encoded(), "/users/..%2F..%2Fme%3Fx%3D1%23y/messages");
        assert_eq!(path.shape(), "/users/{}/messages");
    }

    #[test]
    fn a_quote_cannot_leave_its_key() {
        let path = Path::new("applications").key("uniqueName", "o'brien')/x");
        assert_eq!(path.encoded(), "/applications(uniqueName='o%27%27brien%27%27%29%2Fx')");
    }

    #[test]
    fn a_quote_is_doubled_in_a_literal() {
        assert_eq!(literal("O'Brien' or 'a' eq 'a"), "'O''Brien'' or ''a'' eq ''a'");
    }

    proptest! {
        #[test]
        fn whatever_the_id_a_url_parser_sees_three_segments(id in "[^\u{0}-\u{1f}]{1,40}") {
            prop_assume!(id != "." && id != "..");
            let path = Path::new("users").id(&id).then("events");
            let url = url::Url::parse(&format!("https://graph.microsoft.com{}", path.encoded())).unwrap();
            prop_assert_eq!(url.path_segments().unwrap().count(), 3);
            prop_assert_eq!(url.query(), None);
            prop_assert_eq!(url.host_str(), Some("graph.microsoft.com"));
        }
    }
}
