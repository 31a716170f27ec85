//! Pages of results: the same body is sent again to the next link, which is good for ten minutes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

/// Objects of one page without `Prefer: odata.maxpagesize`, and at most.
const USUAL: usize = 100;
const LARGEST: usize = 1_000;
/// How long a next link is good.
const LIFE: SignedDuration = SignedDuration::from_mins(10);

/// Which part of the results is wanted.
pub(crate) struct Page {
    start: usize,
    size: usize,
    select: Option<Vec<String>>,
    now: Timestamp,
}

impl Page {
    /// Reads the query and `Prefer`.
    ///
    /// # Errors
    /// For a next link that is too old, or was given for another command.
    pub(crate) fn asked(
        query: Option<&str>,
        headers: &HeaderMap,
        body: &[u8],
        now: Timestamp,
    ) -> Result<Self, String> {
        let mut page = Self { start: 0, size: size(headers), select: None, now };
        for (name, value) in url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            match name.to_ascii_lowercase().as_str() {
                "$select" => page.select = Some(value.split(',').map(|one| one.trim().to_owned()).collect()),
                "$skiptoken" => page.start = opened(&value, body, now)?,
                _ => {}
            }
        }
        Ok(page)
    }

    /// The token of the page after this one.
    pub(crate) fn next(&self, total: usize, body: &[u8]) -> Option<String> {
        let end = self.start + self.size;
        (end < total).then(|| {
            URL_SAFE_NO_PAD.encode(format!("{end}|{}|{}", (self.now + LIFE).as_second(), fingerprint(body)))
        })
    }

    /// The objects of this page, with the properties that were asked for.
    pub(crate) fn of(&self, objects: Vec<Value>) -> Vec<Value> {
        objects.into_iter().skip(self.start).take(self.size).map(|object| self.narrow(object)).collect()
    }

    fn narrow(&self, object: Value) -> Value {
        let (Some(select), Value::Object(object)) = (&self.select, &object) else { return object };
        let wanted = |name: &str| select.iter().any(|own| own.eq_ignore_ascii_case(name));
        let kept: Map<String, Value> = object
            .iter()
            .filter(|(name, _)| wanted(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        Value::Object(kept)
    }
}

fn size(headers: &HeaderMap) -> usize {
    let preferences = headers
        .get_all("prefer")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split([',', ';']));
    let asked = preferences
        .filter_map(|one| one.trim().to_ascii_lowercase().strip_prefix("odata.maxpagesize=")?.parse().ok())
        .next();
    asked.unwrap_or(USUAL).clamp(1, LARGEST)
}

fn opened(token: &str, body: &[u8], now: Timestamp) -> Result<usize, String> {
    let text = URL_SAFE_NO_PAD.decode(token).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let parts: Vec<&str> = text.as_deref().unwrap_or_default().split('|').collect();
    let [start, until, print] = parts[..] else { return Err("The skip token isn't valid.".to_owned()) };
    if print != fingerprint(body) {
        return Err("The skip token was issued for another command.".to_owned());
    }
    if until.parse::<i64>().is_ok_and(|until| until < now.as_second()) {
        return Err("The skip token has expired.".to_owned());
    }
    start.parse().map_err(|_| "The skip token isn't valid.".to_owned())
}

fn fingerprint(body: &[u8]) -> String {
    let command: Value = serde_json::from_slice(body).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(&Sha256::digest(command.to_string().as_bytes())[..9])
}
