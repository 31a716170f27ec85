//! Errors in Entra's shape: an OAuth code for programs, an AADSTS number and a text for people.

use axum::body::Bytes;
use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::serve::{Answer, Incoming};
use crate::tenant::put;

/// OAuth 2.0 and OpenID Connect error codes (RFC 6749 4.1.2.1 and 5.2, RFC 8628 3.5, OIDC Core 3.1.2.6) with Entra's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Code {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnauthorizedClient,
    UnsupportedGrantType,
    UnsupportedResponseType,
    InvalidScope,
    AccessDenied,
    LoginRequired,
    InteractionRequired,
    ConsentRequired,
    InvalidResource,
    InvalidTenant,
    InvalidInstance,
    PermissionDenied,
    AuthorizationPending,
    AuthorizationDeclined,
    ExpiredToken,
    BadVerification,
}

impl Code {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::AccessDenied => "access_denied",
            Self::LoginRequired => "login_required",
            Self::InteractionRequired => "interaction_required",
            Self::ConsentRequired => "consent_required",
            Self::InvalidResource => "invalid_resource",
            Self::InvalidTenant => "invalid_tenant",
            Self::InvalidInstance => "invalid_instance",
            Self::PermissionDenied => "permission_denied",
            Self::AuthorizationPending => "authorization_pending",
            Self::AuthorizationDeclined => "authorization_declined",
            Self::ExpiredToken => "expired_token",
            Self::BadVerification => "bad_verification_code",
        }
    }
}

/// One refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: Code,
    /// The AADSTS number.
    pub(crate) number: u32,
    pub(crate) text: String,
    /// What MSAL reads to tell one `invalid_grant` from another.
    pub(crate) suberror: Option<&'static str>,
    /// What to pass to the authorization endpoint to mend it.
    pub(crate) claims: Option<String>,
}

impl Refusal {
    pub(crate) fn new(code: Code, number: u32, text: impl Into<String>) -> Self {
        Self { code, number, text: text.into(), suberror: None, claims: None }
    }

    pub(crate) const fn with_suberror(mut self, suberror: &'static str) -> Self {
        self.suberror = Some(suberror);
        self
    }

    /// A parameter is missing from a request to the token endpoint.
    pub(crate) fn missing(parameter: &str) -> Self {
        let text = format!("The request body must contain the following parameter: '{parameter}'.");
        Self::new(Code::InvalidRequest, 900_144, text)
    }

    /// `AADSTS…: … Trace ID: … Correlation ID: … Timestamp: …`
    pub(crate) fn description(&self, incoming: &Incoming) -> String {
        format!(
            "AADSTS{}: {} Trace ID: {} Correlation ID: {} Timestamp: {}",
            self.number,
            self.text,
            incoming.request_id,
            correlation_id(incoming),
            written(incoming.at)
        )
    }

    fn status(&self) -> StatusCode {
        match self.code {
            Code::InvalidClient => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// The answer of the token endpoint and its neighbours.
    pub(crate) fn json(&self, incoming: &Incoming) -> Answer {
        let mut body = json!({
            "error": self.code.as_str(),
            "error_description": self.description(incoming),
            "error_codes": [self.number],
            "timestamp": written(incoming.at),
            "trace_id": incoming.request_id,
            "correlation_id": correlation_id(incoming),
            "error_uri": format!("https://login.microsoftonline.com/error?code={}", self.number),
        });
        if let Some(suberror) = self.suberror {
            body["suberror"] = json!(suberror);
        }
        if let Some(claims) = &self.claims {
            body["claims"] = json!(claims);
        }
        json_answer(self.status(), &body)
    }
}

/// A JSON answer.
pub(crate) fn json_answer(status: StatusCode, body: &Value) -> Answer {
    let mut answer = Answer::new(Bytes::from(body.to_string()));
    *answer.status_mut() = status;
    put(answer.headers_mut(), "content-type", "application/json; charset=utf-8");
    put(answer.headers_mut(), "pragma", "no-cache");
    put(answer.headers_mut(), "x-content-type-options", "nosniff");
    answer
}

/// The client's own id of the request, from a header or, as command-line tools send it, from the query; else ours.
pub(crate) fn correlation_id(incoming: &Incoming) -> String {
    let header = incoming.headers.get("client-request-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let parameter = || {
        let query = incoming.query.as_deref().unwrap_or_default();
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        pairs.find(|(name, _)| name == "client-request-id").map(|(_, value)| value.into_owned())
    };
    header.or_else(parameter).filter(|id| is_guid(id)).unwrap_or_else(|| incoming.request_id.clone())
}

/// Whether a text is a GUID, in the usual spelling.
pub(crate) fn is_guid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::parse_str(text).is_ok()
}

fn written(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}
