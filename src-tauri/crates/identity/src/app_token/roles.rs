//! The application permissions inside an app token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    roles: Vec<String>,
}

/// The `roles` claim, sorted; none when the token is no JWT or has no roles.
///
/// The signature is not checked: the token came from the token endpoint over TLS a moment ago, it is not shown to
/// anybody as proof, and the API checks it. A *person's* access token is never read: it is opaque to its client.
pub(super) fn inside(token: &str) -> Vec<String> {
    let payload = token.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    let mut roles =
        payload.and_then(|json| net::json::parse::<Payload>(&json).ok()).map_or(Vec::new(), |p| p.roles);
    roles.sort_unstable();
    roles.dedup();
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> String {
        format!("{}.{}.x", URL_SAFE_NO_PAD.encode("{}"), URL_SAFE_NO_PAD.encode(payload))
    }

    #[test]
    fn roles_are_read_and_their_absence_is_no_error() {
        assert_eq!(
            inside(&token(r#"{"roles":["Mail.Read","Calendars.Read","Mail.Read"]}"#)),
            ["Calendars.Read", "Mail.Read"]
        );
        for none in [
            token("{}"),
            token("[]"),
            token(r#"{"roles":7}"#),
            String::new(),
            "opaque".into(),
            "a.b.c".into(),
        ] {
            assert!(inside(&none).is_empty(), "{none}");
        }
    }
}
