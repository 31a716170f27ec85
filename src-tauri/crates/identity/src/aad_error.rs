//! What the sign-in service says when it says no.

use std::fmt;

use net::RequestIds;
use net::retry::RetryAfter;
use serde::Deserialize;

/// The OAuth `error` of an answer (RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628 section 3.5, and Microsoft's own
/// `interaction_required`, `consent_required`, `login_required`, `invalid_resource`). This, and never a number, decides
/// what happens next
/// (<https://learn.microsoft.com/entra/identity-platform/reference-error-codes>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the protocol's own word, in snake_case on the wire")]
#[non_exhaustive]
pub enum OAuthError {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnauthorizedClient,
    UnsupportedGrantType,
    UnsupportedResponseType,
    InvalidScope,
    InvalidResource,
    AccessDenied,
    InteractionRequired,
    ConsentRequired,
    LoginRequired,
    ServerError,
    TemporarilyUnavailable,
    AuthorizationPending,
    AuthorizationDeclined,
    BadVerificationCode,
    ExpiredToken,
    SlowDown,
    /// Anything that a server may add.
    #[serde(other)]
    Unknown,
}

impl OAuthError {
    /// Whether a person at a browser can settle it.
    #[must_use]
    pub fn wants_a_person(self) -> bool {
        matches!(
            self,
            Self::InteractionRequired | Self::ConsentRequired | Self::LoginRequired | Self::InvalidGrant
        )
    }

    /// Whether the same request may work in a while.
    #[must_use]
    pub fn is_passing(self) -> bool {
        matches!(self, Self::ServerError | Self::TemporarilyUnavailable | Self::SlowDown)
    }
}

/// An error answer of Microsoft Entra ID, from the token endpoint or through the browser.
///
/// `Debug` and `Display` leave out Microsoft's own sentence: it can name the person.
#[derive(Clone, PartialEq, Eq)]
pub struct AadError {
    /// Decides what happens next.
    pub error: OAuthError,
    /// Microsoft's refinement, for example `consent_required` or `bad_token`.
    pub suberror: Option<String>,
    /// AADSTS numbers, for explanations only.
    pub codes: Vec<u32>,
    /// For Microsoft's support.
    pub trace_id: Option<String>,
    /// For Microsoft's support.
    pub correlation_id: Option<String>,
    /// For Microsoft's support.
    pub timestamp: Option<String>,
    /// What the next interactive sign-in must hand back (a JSON document).
    pub claims: Option<String>,
    /// Microsoft's own sentence, for the folded details only. May hold a user name.
    pub description: Option<String>,
    /// How long the service asks to wait before the next try.
    pub retry_after: Option<RetryAfter>,
    /// The ids of the HTTP answer, when there was one.
    pub request: RequestIds,
}

impl AadError {
    pub(crate) fn bare(error: OAuthError) -> Self {
        Self {
            error,
            suberror: None,
            codes: Vec::new(),
            trace_id: None,
            correlation_id: None,
            timestamp: None,
            claims: None,
            description: None,
            retry_after: None,
            request: RequestIds::default(),
        }
    }

    /// The `error` and `error_description` parameters that came through the browser. Numbers and ids are only in the
    /// sentence there, so they are picked out of it.
    pub(crate) fn from_redirect(error: &str, suberror: Option<String>, description: Option<String>) -> Self {
        let text = description.as_deref().unwrap_or_default();
        Self {
            suberror,
            codes: codes_in(text),
            trace_id: labelled(text, "Trace ID: "),
            correlation_id: labelled(text, "Correlation ID: "),
            timestamp: labelled(text, "Timestamp: "),
            description: description.map(|text| shortened(&text)),
            ..Self::bare(oauth_error(error))
        }
    }
}

/// The JSON body of an error answer.
#[derive(Deserialize)]
struct Body {
    error: OAuthError,
    #[serde(default)]
    suberror: Option<String>,
    #[serde(default)]
    error_codes: Vec<u32>,
    #[serde(default)]
    trace_id: Option<String>,
    #[serde(default)]
    correlation_id: Option<String>,
    #[serde(default)]
    timestamp: Option<String>,
    #[serde(default)]
    claims: Option<String>,
    #[serde(default)]
    error_description: Option<String>,
}

impl AadError {
    /// Reads an error answer's body; `None` if it is none.
    pub(crate) fn from_body(body: &[u8], request: RequestIds) -> Option<Self> {
        let body: Body = net::json::parse(body).ok()?;
        let text = body.error_description.as_deref().unwrap_or_default();
        let codes = if body.error_codes.is_empty() { codes_in(text) } else { body.error_codes };
        Some(Self {
            error: body.error,
            suberror: body.suberror.filter(|text| !text.is_empty()),
            codes,
            trace_id: body.trace_id.map(|text| shortened(&text)),
            correlation_id: body.correlation_id.map(|text| shortened(&text)),
            timestamp: body.timestamp.map(|text| shortened(&text)),
            claims: body.claims.filter(|text| !text.is_empty()),
            description: body.error_description.map(|text| shortened(&text)),
            retry_after: None,
            request,
        })
    }
}

impl fmt::Debug for AadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AadError")
            .field("error", &self.error)
            .field("suberror", &self.suberror)
            .field("codes", &self.codes)
            .field("trace_id", &self.trace_id)
            .field("correlation_id", &self.correlation_id)
            .field("has_claims", &self.claims.is_some())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for AadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the sign-in service refused ({:?})", self.error)
    }
}

fn oauth_error(text: &str) -> OAuthError {
    use serde::de::IntoDeserializer as _;
    use serde::de::value::{Error, StrDeserializer};
    let text: StrDeserializer<'_, Error> = text.into_deserializer();
    OAuthError::deserialize(text).unwrap_or(OAuthError::Unknown)
}

/// Every `AADSTS` number in a sentence, in order, without repeats, at most eight.
fn codes_in(text: &str) -> Vec<u32> {
    let mut codes = Vec::new();
    for after in text.split("AADSTS").skip(1) {
        let digits: String = after.chars().take_while(char::is_ascii_digit).take(9).collect();
        if let Ok(code) = digits.parse()
            && !codes.contains(&code)
            && codes.len() < 8
        {
            codes.push(code);
        }
    }
    codes
}

fn labelled(text: &str, label: &str) -> Option<String> {
    let (_, after) = text.split_once(label)?;
    let value: String = after.chars().take_while(|c| c.is_ascii_graphic() || *c == ' ').take(64).collect();
    let value = value
        .split(" Correlation ID")
        .next()
        .unwrap_or_default()
        .split(" Timestamp")
        .next()?
        .trim()
        .to_owned();
    (!value.is_empty()).then_some(value)
}

/// Cut to what a person would read, without control or direction marks.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 2_000;
    text.chars()
        .filter(|c| !c.is_control() || *c == '\n')
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .take(LONGEST)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str = r#"{"error":"invalid_grant","error_description":"AADSTS50173: ann@contoso.example changed it. Trace ID: t",
        "error_codes":[50173],"timestamp":"2026-11-20 12:00:00Z","trace_id":"t","correlation_id":"c","suberror":"bad_token","claims":"{}"}"#;

    #[test]
    fn the_token_endpoints_form_is_read_whole() {
        let error = AadError::from_body(BODY.as_bytes(), RequestIds::default()).unwrap();
        assert_eq!(error.error, OAuthError::InvalidGrant);
        assert_eq!((error.codes.as_slice(), error.suberror.as_deref()), (&[50173][..], Some("bad_token")));
        assert_eq!(error.claims.as_deref(), Some("{}"));
        assert!(!format!("{error:?} {error}").contains("ann@"), "the sentence can name the person");
    }

    #[test]
    fn a_word_that_nobody_knew_is_unknown_not_a_failure() {
        let error = AadError::from_body(br#"{"error":"brand_new"}"#, RequestIds::default()).unwrap();
        assert_eq!(error.error, OAuthError::Unknown);
        assert_eq!(AadError::from_redirect("x y", None, None).error, OAuthError::Unknown);
        for not_an_error in ["", "{}", "<html>", "[]", r#"{"error":{}}"#] {
            assert_eq!(
                AadError::from_body(not_an_error.as_bytes(), RequestIds::default()),
                None,
                "{not_an_error}"
            );
        }
    }

    #[test]
    fn a_redirect_says_it_in_one_sentence() {
        let text = "AADSTS65004: User declined to consent to access the app.\r\nTrace ID: 11-22\r\nCorrelation ID: 33-44\r\nTimestamp: 2026-11-20 10:00:00Z";
        let error = AadError::from_redirect("access_denied", None, Some(text.into()));
        assert_eq!((error.error, error.codes.as_slice()), (OAuthError::AccessDenied, &[65004][..]));
        assert_eq!(error.trace_id.as_deref(), Some("11-22"));
        assert_eq!(error.correlation_id.as_deref(), Some("33-44"));
        assert_eq!(error.timestamp.as_deref(), Some("2026-11-20 10:00:00Z"));
        let one_line = AadError::from_redirect("x", None, Some(text.replace("\r\n", " ")));
        assert_eq!(one_line.trace_id.as_deref(), Some("11-22"));
    }

    /// Attack 11: what comes through the browser is somebody else's text.
    #[test]
    fn a_hostile_sentence_is_cut_and_cleaned() {
        let text = format!("AADSTS{} <script>\u{202e}\u{0}%0d%0a{}", "9".repeat(30), "x".repeat(1_000_000));
        let error = AadError::from_redirect("access_denied", None, Some(text));
        assert_eq!(error.codes, [999_999_999]);
        let kept = error.description.unwrap();
        assert!(kept.chars().count() <= 2_000 && !kept.contains(['\u{202e}', '\u{0}']));
    }
}
