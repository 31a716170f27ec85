//! Sending the browser back to the application, with an answer or a refusal.

use axum::body::Bytes;
use http::StatusCode;
use serde::{Deserialize, Serialize};

use super::error::{Code, Refusal};
use super::pages;
use crate::random;
use crate::serve::{Answer, Incoming};
use crate::tenant::{Tenant, put};

/// How parameters travel back ("OAuth 2.0 Multiple Response Type Encoding Practices", "OAuth 2.0 Form Post Response Mode").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Mode {
    Query,
    Fragment,
    FormPost,
}

impl Mode {
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "query" => Some(Self::Query),
            "fragment" => Some(Self::Fragment),
            "form_post" => Some(Self::FormPost),
            _ => None,
        }
    }
}

/// Where and how to answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Return {
    pub(crate) uri: String,
    pub(crate) mode: Mode,
    pub(crate) state: Option<String>,
}

/// Sends parameters back.
pub(crate) fn with(tenant: &Tenant, back: &Return, mut parameters: Vec<(&'static str, String)>) -> Answer {
    if let Some(state) = &back.state {
        parameters.push(("state", state.clone()));
    }
    if back.uri.starts_with("urn:") {
        return pages::out_of_band(tenant, &parameters);
    }
    match back.mode {
        Mode::FormPost => pages::form_post(tenant, &back.uri, &parameters),
        Mode::Query => redirect(&with_query(&back.uri, &encode(&parameters))),
        Mode::Fragment => redirect(&format!("{}#{}", with_path(&back.uri), encode(&parameters))),
    }
}

/// Sends a refusal back.
pub(crate) fn refuse(tenant: &Tenant, incoming: &Incoming, back: &Return, refusal: &Refusal) -> Answer {
    let mut parameters = vec![
        ("error", refusal.code.as_str().to_owned()),
        ("error_description", refusal.description(incoming)),
        ("error_uri", format!("https://login.microsoftonline.com/error?code={}", refusal.number)),
    ];
    if let Some(suberror) = refusal.suberror {
        parameters.push(("error_subcode", suberror.to_owned()));
    }
    with(tenant, back, parameters)
}

/// The person pressed Cancel on the page that lists permissions.
///
/// Source: "Unexpected error when performing consent to an application" and MicrosoftDocs/azure-docs#114009, which shows the
/// whole answer: `access_denied`, the description, `error_uri` and no sub-code.
pub(crate) fn declined() -> Refusal {
    Refusal::new(Code::AccessDenied, 65_004, "User declined to consent to access the app.")
}

/// The person left a page that is not about permissions: the account picker, or "Need admin approval" by way of "Return to
/// the application without granting consent". Microsoft then says no more than this, without a description, so an app
/// cannot tell the two apart by the answer alone.
///
/// Sources: AzureAD/azure-activedirectory-library-for-js#804 (the whole answer, from the picker), xorbitsai/xagent#2510
/// (from "Need admin approval", 2026), MSAL for Android and .NET, whose tests read the same two parameters as a
/// cancellation.
pub(crate) fn left(tenant: &Tenant, back: &Return) -> Answer {
    with(tenant, back, vec![("error", "access_denied".to_owned()), ("error_subcode", "cancel".to_owned())])
}

/// 302.
pub(crate) fn redirect(location: &str) -> Answer {
    let mut answer = Answer::new(Bytes::new());
    *answer.status_mut() = StatusCode::FOUND;
    put(answer.headers_mut(), "location", location);
    answer
}

/// `session_state`, which every successful answer carries.
pub(crate) fn session_state() -> (&'static str, String) {
    ("session_state", random::fresh_guid())
}

/// Appends parameters to an address that may have some.
pub(crate) fn with_query(uri: &str, query: &str) -> String {
    let uri = with_path(uri);
    let separator = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{separator}{query}")
}

fn encode(parameters: &[(&'static str, String)]) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    text.extend_pairs(parameters);
    text.finish()
}

/// Entra writes an address without a path with a slash.
fn with_path(uri: &str) -> String {
    match uri.split_once("://") {
        Some((_, rest)) if !rest.contains(['/', '?']) => format!("{uri}/"),
        _ => uri.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_path_gets_one() {
        assert_eq!(with_query("http://localhost:1", "a=b"), "http://localhost:1/?a=b");
        assert_eq!(with_query("http://localhost:1/cb", "a=b"), "http://localhost:1/cb?a=b");
        assert_eq!(with_query("https://a.example/cb?x=1", "a=b"), "https://a.example/cb?x=1&a=b");
    }
}
