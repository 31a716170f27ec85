//! Turns a fault into what the client sees.

use axum::body::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::json;

use crate::faults::Action;
use crate::serve::{Answer, Incoming};
use crate::tenant::put;
use crate::wire::Breaker;

/// Changes the answer, or breaks the connection that would carry it. Says whether no answer will arrive.
pub(crate) fn apply(fault: &Action, incoming: &Incoming, breaker: &Breaker, answer: &mut Answer) -> bool {
    match fault {
        Action::Status { status, body, headers, .. } => {
            let status = StatusCode::from_u16(*status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let body = body.clone().unwrap_or_else(|| error(incoming, code_for(status), status.as_str()));
            replace(answer, status, &body.to_string());
            for (name, value) in headers {
                put(answer.headers_mut(), name, value);
            }
        }
        Action::Throttle { retry_after } => {
            let body = error(incoming, "TooManyRequests", "Too many requests");
            replace(answer, StatusCode::TOO_MANY_REQUESTS, &body.to_string());
            if let Some(seconds) = retry_after {
                put(answer.headers_mut(), "retry-after", &seconds.to_string());
            }
        }
        Action::Drop { .. } => breaker.drop_answer(),
        Action::Reset { .. } => breaker.reset_answer(),
        Action::Truncate => breaker.truncate_answer(),
        Action::Delay { .. } => {}
        Action::Garbage => {
            replace(
                answer,
                StatusCode::OK,
                "<html><body>Welcome to Hotel Wi-Fi. Please accept our terms.</body></html>",
            );
            put(answer.headers_mut(), "content-type", "text/html");
        }
        Action::Empty => {
            *answer = Answer::default();
        }
        Action::ClaimsChallenge => challenge(incoming, answer),
    }
    matches!(fault, Action::Drop { .. } | Action::Reset { .. })
}

/// What continuous access evaluation answers: the claims are to be passed to the next token request.
pub(crate) fn challenge(incoming: &Incoming, answer: &mut Answer) {
    use base64::Engine as _;
    let since = incoming.at.as_second();
    let claims = json!({"access_token": {"nbf": {"essential": true, "value": since.to_string()}}});
    let claims = base64::engine::general_purpose::STANDARD.encode(claims.to_string());
    let body = error(
        incoming,
        "InvalidAuthenticationToken",
        "Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp",
    );
    replace(answer, StatusCode::UNAUTHORIZED, &body.to_string());
    put(
        answer.headers_mut(),
        "www-authenticate",
        &format!(
            r#"Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="insufficient_claims", claims="{claims}""#
        ),
    );
}

fn replace(answer: &mut Answer, status: StatusCode, body: &str) {
    *answer.status_mut() = status;
    *answer.headers_mut() = HeaderMap::new();
    *answer.body_mut() = Bytes::from(body.to_owned());
    put(answer.headers_mut(), "content-type", "application/json");
}

fn error(incoming: &Incoming, code: &str, message: &str) -> serde_json::Value {
    let client = incoming.headers.get("client-request-id").and_then(|id| id.to_str().ok());
    json!({"error": {"code": code, "message": message, "innerError": {
        "date": incoming.at.strftime("%Y-%m-%dT%H:%M:%S").to_string(),
        "request-id": incoming.request_id,
        "client-request-id": client.unwrap_or(&incoming.request_id),
    }}})
}

fn code_for(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "Request_BadRequest",
        401 => "InvalidAuthenticationToken",
        403 => "Authorization_RequestDenied",
        404 => "Request_ResourceNotFound",
        409 => "Directory_ConcurrencyViolation",
        429 => "TooManyRequests",
        503 => "serviceNotAvailable",
        504 => "GatewayTimeout",
        _ => "UnknownError",
    }
}
