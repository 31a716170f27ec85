//! Reading a resource path: segments, OData keys, functions, casts, `$count`, `$ref`.

use super::error::{GraphError, Result};

/// One step of a path after percent-decoding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// `applications`, `addPassword`, or an id given as a plain segment.
    Name(String),
    /// An OData key: `('id')` or `(appId='...')`.
    Key(Key),
    /// A function with its arguments: `delta()`, `filterByCurrentUser(on='principal')`.
    Function { name: String, arguments: Vec<(String, String)> },
}

/// How one object is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    /// The alternate key, as written; `None` for the object id (or, for users, the user principal name).
    pub(crate) property: Option<String>,
    pub(crate) value: String,
}

impl Key {
    /// True when this names an object by the given alternate key.
    pub(crate) fn is(&self, property: &str) -> bool {
        self.property.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(property))
    }
}

/// A path taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Path {
    pub(crate) segments: Vec<Segment>,
    /// The path ended in `/$count`.
    pub(crate) count: bool,
    /// The path ended in `/microsoft.graph.user` or `/graph.user`: only objects of that type.
    pub(crate) cast: Option<String>,
}

/// Functions of the operations that are played; every other parenthesis is a key.
const FUNCTIONS: [&str; 5] = [
    "delta",
    "filterByCurrentUser",
    "getOffice365ActiveUserDetail",
    "getMailboxUsageDetail",
    "getEmailActivityUserDetail",
];

/// Types that a path can be cast to.
const CASTS: [&str; 8] = [
    "application",
    "servicePrincipal",
    "user",
    "group",
    "directoryRole",
    "administrativeUnit",
    "device",
    "orgContact",
];

impl Path {
    /// Takes the part after the version apart.
    ///
    /// # Errors
    /// A parenthesis that is neither a key nor a function.
    pub(crate) fn parse(path: &str) -> Result<Self> {
        let mut parsed = Self::default();
        for raw in path.split('/').filter(|raw| !raw.is_empty()) {
            let text = percent_decode(raw);
            parsed.push(&text)?;
        }
        // `/v1.0/myorganization/users` is the same as `/v1.0/users`.
        if matches!(parsed.segments.first(), Some(Segment::Name(name)) if name.eq_ignore_ascii_case("myorganization"))
        {
            parsed.segments.remove(0);
        }
        if matches!(parsed.segments.last(), Some(Segment::Name(name)) if name.eq_ignore_ascii_case("$count"))
        {
            parsed.segments.pop();
            parsed.count = true;
        }
        if let Some(Segment::Name(name)) = parsed.segments.last()
            && let Some(kind) = cast(name)
        {
            parsed.cast = Some(kind.to_owned());
            parsed.segments.pop();
        }
        Ok(parsed)
    }

    fn push(&mut self, text: &str) -> Result<()> {
        let Some((name, rest)) = text.split_once('(') else {
            self.segments.push(Segment::Name(text.to_owned()));
            return Ok(());
        };
        let Some(inner) = rest.strip_suffix(')') else {
            return Err(GraphError::UnknownSegment(text.to_owned()));
        };
        let bare = strip_namespace(name);
        if let Some(function) = FUNCTIONS.iter().find(|function| function.eq_ignore_ascii_case(bare)) {
            self.segments
                .push(Segment::Function { name: (*function).to_owned(), arguments: arguments(inner) });
            return Ok(());
        }
        if name.is_empty() {
            return Err(GraphError::UnknownSegment(text.to_owned()));
        }
        self.segments.push(Segment::Name(name.to_owned()));
        let mut keys = arguments(inner);
        if keys.len() != 1 {
            return Err(GraphError::UnknownSegment(text.to_owned()));
        }
        let (property, value) = keys.remove(0);
        self.segments.push(Segment::Key(Key {
            property: Some(property).filter(|property| !property.is_empty()),
            value,
        }));
        Ok(())
    }
}

/// `on='principal',x='y'` or `'id'`: pairs, the name empty where only a value stands.
fn arguments(inner: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut rest = inner.trim();
    while !rest.is_empty() {
        let (name, after) = match rest.find(['=', '\'']) {
            Some(at) if rest[at..].starts_with('=') => (rest[..at].trim(), rest[at + 1..].trim_start()),
            _ => ("", rest),
        };
        let (value, remaining) = value(after);
        pairs.push((name.to_owned(), value));
        rest = remaining.trim_start().trim_start_matches(',').trim_start();
    }
    pairs
}

/// A quoted value (a doubled quote is one) or a bare one; and what follows.
fn value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('\'') else {
        let end = text.find(',').unwrap_or(text.len());
        return (text[..end].trim().to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if character != '\'' {
            value.push(character);
        } else if characters.peek().is_some_and(|(_, next)| *next == '\'') {
            characters.next();
            value.push('\'');
        } else {
            return (value, &quoted[at + 1..]);
        }
    }
    (value, "")
}

/// `microsoft.graph.addPassword` and `graph.addPassword` are `addPassword`.
pub(crate) fn strip_namespace(name: &str) -> &str {
    name.strip_prefix("microsoft.graph.").or_else(|| name.strip_prefix("graph.")).unwrap_or(name)
}

fn cast(name: &str) -> Option<&'static str> {
    let bare = strip_namespace(name);
    (bare.len() != name.len())
        .then(|| CASTS.into_iter().find(|kind| kind.eq_ignore_ascii_case(bare)))
        .flatten()
}

/// Percent-decoding as UTF-8; a sequence that is not UTF-8 becomes the replacement character.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        decoded.push(escape.unwrap_or(bytes[at]));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Segment {
        Segment::Name(text.to_owned())
    }

    #[test]
    fn keys_aliases_slashes_and_casts_are_understood() {
        let path =
            Path::parse("/myorganization//applications(appId='a''b')/owners/microsoft.graph.user/$count")
                .unwrap();
        assert_eq!(
            path.segments,
            [
                name("applications"),
                Segment::Key(Key { property: Some("appId".into()), value: "a'b".into() }),
                name("owners")
            ]
        );
        assert_eq!(path.cast.as_deref(), Some("user"));
        assert!(path.count);
    }

    #[test]
    fn escapes_are_decoded_before_keys_are_read() {
        let path = Path::parse("/users/anna%40contoso.com/messages").unwrap();
        assert_eq!(path.segments[1], name("anna@contoso.com"));
        let path = Path::parse("/applications%28uniqueName=%27x%27%29").unwrap();
        assert_eq!(
            path.segments[1],
            Segment::Key(Key { property: Some("uniqueName".into()), value: "x".into() })
        );
    }

    #[test]
    fn functions_keep_their_arguments() {
        let path = Path::parse("/applications/microsoft.graph.delta()").unwrap();
        assert_eq!(path.segments[1], Segment::Function { name: "delta".into(), arguments: vec![] });
        assert!(Path::parse("/applications(appId='x'").is_err());
    }
}
