//! What the admin endpoint answers.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

/// What a cmdlet gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What was asked for.
    pub value: T,
    /// Exchange's remarks, in its own words: a detail, never the text that a person is shown first.
    pub warnings: Vec<String>,
}

/// One page.
#[derive(Deserialize, Default)]
pub(crate) struct Page {
    #[serde(default, deserialize_with = "objects")]
    pub(crate) value: Vec<Value>,
    #[serde(rename = "@odata.nextLink", default)]
    pub(crate) next: Option<Url>,
    #[serde(rename = "@adminapi.warnings", default, deserialize_with = "texts")]
    pub(crate) warnings: Vec<String>,
}

/// A cmdlet that gives nothing answers `null`, an empty list, or nothing at all; one object may come by itself.
fn objects<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<Value>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Null => Vec::new(),
        Value::Array(values) => values.into_iter().filter(|value| !value.is_null()).collect(),
        one => vec![one],
    })
}

fn texts<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    let text = |value: Value| match value {
        Value::String(text) => Some(text),
        _ => None,
    };
    Ok(match Value::deserialize(from)? {
        Value::Array(values) => values.into_iter().filter_map(text).collect(),
        one => text(one).into_iter().collect(),
    })
}

impl Page {
    /// Reads a successful answer. An empty body (204, or 200 with nothing in it) is a cmdlet that gave nothing.
    pub(crate) fn read(body: &[u8]) -> Result<Self, serde_json::Error> {
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        if body.iter().all(|byte| byte.is_ascii_whitespace()) {
            return Ok(Self::default());
        }
        serde_json::from_slice(body)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: &Value) -> Page {
        Page::read(body.to_string().as_bytes()).unwrap()
    }

    #[test]
    fn nothing_comes_in_several_forms() {
        for nothing in ["", " \r\n", "{}", "{\"value\":null}", "{\"value\":[]}", "{\"value\":[null]}"] {
            assert!(Page::read(nothing.as_bytes()).unwrap().value.is_empty(), "{nothing}");
        }
        assert!(Page::read(b"\0\0\0").is_err());
    }

    #[test]
    fn objects_links_and_warnings_are_read() {
        let page = read(&json!({
            "@adminapi.warnings": ["careful"], "value": [{"Name": "a"}, {"Name": "b"}],
            "@odata.nextLink": "https://outlook.office365.com/adminapi/beta/t/InvokeCommand?$skiptoken=1",
        }));
        assert_eq!((page.value.len(), page.warnings), (2, vec!["careful".to_owned()]));
        assert!(page.next.is_some());
        assert_eq!(read(&json!({"value": {"Name": "alone"}})).value.len(), 1);
        assert_eq!(read(&json!({"@adminapi.warnings": null})).warnings, Vec::<String>::new());
    }
}
