//! A call as a value: what will be sent, whether it may be repeated, and how its answer is read.

use net::call::{Description, Repeat};
use reqwest::Method;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::Value;

use crate::id::is_placeholder;
use crate::path::{Path, encode_into};
use crate::reply::{Decode, Unreadable};

/// One call to Graph that gives a `T`.
pub struct Request<T> {
    pub(crate) method: Method,
    pub(crate) path: Path,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) headers: Vec<(&'static str, &'static str)>,
    pub(crate) body: Option<Value>,
    pub(crate) repeat: Repeat,
    pub(crate) decode: Decode<T>,
    /// The answer holds a secret: it is read into wiped memory and never shares a `$batch`.
    pub(crate) secret: bool,
    /// A redirect is the answer, and is read instead of followed.
    pub(crate) redirects: bool,
    /// Only the beta version has it. Never shares a `$batch` with others, which is v1.0.
    pub(crate) beta: bool,
    /// What stands at this place of the body only when it is sent; without it the request can be shown alone.
    filling: Option<(&'static str, Option<SecretString>)>,
    unserialisable: bool,
}

// By hand: `derive` would ask for `T: Clone`.
impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            method: self.method.clone(),
            path: self.path.clone(),
            query: self.query.clone(),
            headers: self.headers.clone(),
            body: self.body.clone(),
            repeat: self.repeat,
            decode: self.decode,
            secret: self.secret,
            redirects: self.redirects,
            beta: self.beta,
            filling: self.filling.clone(),
            unserialisable: self.unserialisable,
        }
    }
}

impl<T> std::fmt::Debug for Request<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path.readable())
            .finish_non_exhaustive()
    }
}

impl<T> Request<T> {
    pub(crate) fn new(method: Method, path: Path, repeat: Repeat, decode: Decode<T>) -> Self {
        Self {
            method,
            path,
            query: vec![],
            headers: vec![],
            body: None,
            repeat,
            decode,
            secret: false,
            redirects: false,
            beta: false,
            filling: None,
            unserialisable: false,
        }
    }

    pub(crate) fn get(path: Path, decode: Decode<T>) -> Self {
        Self::new(Method::GET, path, Repeat::Safe, decode)
    }

    pub(crate) fn query(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.query.push((name, value.into()));
        self
    }

    pub(crate) fn select(self, fields: &[&str]) -> Self {
        self.query("$select", fields.join(","))
    }

    pub(crate) fn header(mut self, name: &'static str, value: &'static str) -> Self {
        self.headers.push((name, value));
        self
    }

    pub(crate) fn json(mut self, body: &impl Serialize) -> Self {
        match serde_json::to_value(body) {
            Ok(value) => self.body = Some(value),
            Err(_) => self.unserialisable = true,
        }
        self
    }

    pub(crate) fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    pub(crate) fn redirecting(mut self) -> Self {
        self.redirects = true;
        self
    }

    /// Goes to the beta version: what Microsoft may change or take away without notice.
    pub(crate) fn in_beta(mut self) -> Self {
        self.beta = true;
        self
    }

    /// The version segment of its path.
    pub(crate) fn version(&self) -> &'static str {
        if self.beta { "beta" } else { "v1.0" }
    }

    /// Puts a secret at this place (a JSON pointer) when the request is sent, and only then: what is shown keeps the text
    /// that stands there. Never shares a `$batch`.
    pub(crate) fn filling(mut self, place: &'static str, value: Option<SecretString>) -> Self {
        self.filling = Some((place, value));
        self.secret()
    }

    /// The body as it goes out.
    pub(crate) fn outgoing(&self) -> Option<Vec<u8>> {
        let body = self.body.as_ref()?;
        let Some((place, Some(value))) = &self.filling else { return Some(body.to_string().into_bytes()) };
        let mut filled = body.clone();
        let slot = filled.pointer_mut(place)?;
        *slot = Value::String(value.expose_secret().to_owned());
        let bytes = filled.to_string().into_bytes();
        if let Some(Value::String(text)) = filled.pointer_mut(place) {
            zeroize::Zeroize::zeroize(text);
        }
        Some(bytes)
    }

    /// What a second sending would do.
    #[must_use]
    pub fn repeat(&self) -> Repeat {
        self.repeat
    }

    /// Whether it changes anything.
    #[must_use]
    pub fn is_write(&self) -> bool {
        self.method != Method::GET
    }

    /// Method and path without any identifier, for logs: `GET /users/{}/events`.
    #[must_use]
    pub fn shape(&self) -> String {
        format!("{} {}", self.method, self.path.shape())
    }

    /// The exact request, for showing it before it is sent.
    #[must_use]
    pub fn describe(&self) -> Description {
        let mut url = format!("/{}{}", self.version(), self.path.readable());
        for (i, (name, value)) in self.query.iter().enumerate() {
            url.push(if i == 0 { '?' } else { '&' });
            url.push_str(name);
            url.push('=');
            url.push_str(value);
        }
        Description {
            method: self.method.to_string(),
            url,
            headers: self.headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect(),
            body: self.body.clone(),
        }
    }

    /// Path and query below `/v1.0`, percent-encoded, as a `$batch` member names it.
    pub(crate) fn target(&self) -> String {
        let mut target = self.path.encoded().to_owned();
        for (i, (name, value)) in self.query.iter().enumerate() {
            target.push(if i == 0 { '?' } else { '&' });
            target.push_str(name);
            target.push('=');
            encode_into(&mut target, value);
        }
        target
    }

    /// Whether it may be sent: no stand-in for an id is left in it.
    pub(crate) fn is_complete(&self) -> bool {
        !self.unserialisable
            && !matches!(self.filling, Some((_, None)))
            && !self.path.is_template()
            && !self.query.iter().any(|(_, v)| v.contains('⟨'))
            && !self.body.as_ref().is_some_and(holds_placeholder)
    }

    /// Reads another type from the same answer.
    pub(crate) fn reading<U>(self, decode: Decode<U>) -> Request<U> {
        Request {
            method: self.method,
            path: self.path,
            query: self.query,
            headers: self.headers,
            body: self.body,
            repeat: self.repeat,
            decode,
            secret: self.secret,
            redirects: self.redirects,
            beta: self.beta,
            filling: self.filling,
            unserialisable: self.unserialisable,
        }
    }
}

impl<T: 'static> Request<T> {
    /// Forgets what the answer says, for calls of which only the success matters.
    #[must_use]
    pub fn ignoring_answer(self) -> Request<()> {
        self.reading(|_| Ok::<(), Unreadable>(()))
    }
}

fn holds_placeholder(value: &Value) -> bool {
    match value {
        Value::String(text) => is_placeholder(text) || text.contains("/⟨"),
        Value::Array(items) => items.iter().any(holds_placeholder),
        Value::Object(fields) => fields.values().any(holds_placeholder),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{AppRoleId, ApplicationId, ServicePrincipalId, UniqueName, applications, grants};

    #[test]
    fn a_description_is_the_request_in_words_of_the_protocol() {
        let draft = crate::resources::ApplicationPatch {
            display_name: Some("Totalview".into()),
            ..Default::default()
        };
        let request = applications::upsert(&UniqueName::new("gatehouse-1f").unwrap(), &draft);
        assert_eq!(
            request.describe(),
            Description {
                method: "PATCH".into(),
                url: "/v1.0/applications(uniqueName='gatehouse-1f')".into(),
                headers: vec![("Prefer".into(), "create-if-missing".into())],
                body: Some(json!({"displayName": "Totalview"})),
            }
        );
    }

    #[test]
    fn a_request_with_a_stand_in_can_be_shown_and_is_not_complete() {
        let request = applications::remove(&ApplicationId::placeholder("the new app"));
        assert_eq!(request.describe().url, "/v1.0/applications/⟨the new app⟩");
        assert!(!request.is_complete());
        let real = ServicePrincipalId::new("11111111-1111-1111-1111-111111111111").unwrap();
        let role = AppRoleId::new("22222222-2222-2222-2222-222222222222").unwrap();
        let body_only = grants::assign_app_role(&real, &ServicePrincipalId::placeholder("new"), &role);
        assert!(!body_only.is_complete(), "a stand-in in the body counts too");
        assert!(grants::assign_app_role(&real, &real, &role).is_complete());
    }

    #[test]
    fn a_query_value_is_encoded_in_the_target_and_readable_in_the_description() {
        let request = crate::directory::find_users("Ann & O'B=x", 5);
        assert!(
            request.target().contains("startsWith%28displayName%2C%27Ann%20%26%20O%27%27B%3Dx%27%29"),
            "{}",
            request.target()
        );
        assert!(request.describe().url.contains("startsWith(displayName,'Ann & O''B=x')"));
    }
}
