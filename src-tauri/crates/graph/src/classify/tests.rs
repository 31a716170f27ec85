use proptest::prelude::*;
use serde_json::json;

use super::*;

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn reply(status: u16, body: impl Into<Vec<u8>>) -> Reply {
    Reply { status, headers: reqwest::header::HeaderMap::new(), body: body.into() }
}

fn refused(status: u16, code: &str, message: &str) -> Reply {
    reply(status, json!({"error": {"code": code, "message": message}}).to_string())
}

fn context(fresh_since: Option<&str>) -> Context<'static> {
    Context {
        shape: "POST /x",
        is_write: true,
        now: now(),
        fresh_since: fresh_since.map(|text| text.parse().unwrap()),
    }
}

fn old(reply: &Reply) -> GraphError {
    failure(reply, context(None)).error
}

fn fresh(reply: &Reply) -> GraphError {
    failure(reply, context(Some("2026-11-20T11:58:00Z"))).error
}

/// The texts of trust.md 2.2, as Graph writes them.
fn spreading() -> Vec<Reply> {
    vec![
        refused(
            404,
            "Request_ResourceNotFound",
            "Resource '1f' does not exist or one of its queried reference-property objects are not present.",
        ),
        refused(
            400,
            "Request_BadRequest",
            "Resource '1f' does not exist or one of its queried reference-property objects are not present.",
        ),
        refused(
            400,
            "Request_BadRequest",
            "The appId '1f' of the service principal does not reference a valid application object.",
        ),
        refused(400, "Request_BadRequest", "Not a valid reference update."),
        refused(
            403,
            "Authorization_RequestDenied",
            "When using this permission, the backing application of the service principal being created must in the local tenant",
        ),
        refused(409, "Directory_ConcurrencyViolation", "Another operation is in progress."),
    ]
}

#[test]
fn a_text_of_replication_counts_only_for_a_fresh_object() {
    for reply in spreading() {
        assert!(matches!(fresh(&reply), GraphError::NotYetReplicated(_)), "{reply:?}");
        assert!(!matches!(old(&reply), GraphError::NotYetReplicated(_)), "{reply:?}");
        let stale = failure(&reply, context(Some("2026-11-20T11:49:59Z"))).error;
        assert!(!matches!(stale, GraphError::NotYetReplicated(_)), "ten minutes are over: {reply:?}");
    }
}

#[test]
fn a_real_refusal_of_a_fresh_object_is_no_replication() {
    let role =
        refused(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.");
    assert!(matches!(fresh(&role), GraphError::Forbidden { denial: Denial::Privileges, .. }));
    let bad = refused(400, "Request_BadRequest", "Invalid value specified for property 'displayName'.");
    assert!(matches!(fresh(&bad), GraphError::Refused(_)));
}

#[test]
fn existing_is_recognised_by_code_or_text_whatever_the_status() {
    for reply in [
        refused(400, "Request_BadRequest", "Permission being assigned already exists on the object"),
        refused(409, "Request_MultipleObjectsWithSameKeyValue", "Whatever."),
        refused(400, "Request_BadRequest", "Permission entry already exists."),
        refused(
            400,
            "Request_BadRequest",
            "Another object with the same value for property uniqueName already exists.",
        ),
        refused(
            400,
            "Request_BadRequest",
            "One or more added object references already exist for the following modified properties: 'owners'.",
        ),
    ] {
        assert!(matches!(old(&reply), GraphError::AlreadyExists(_)), "{reply:?}");
        assert!(matches!(fresh(&reply), GraphError::AlreadyExists(_)), "{reply:?}");
    }
}

#[test]
fn a_secret_that_is_not_there_is_gone_or_still_on_its_way() {
    let absent = refused(400, "Request_BadRequest", "No password credential found with keyId '1f'.");
    assert!(matches!(old(&absent), GraphError::NotFound(_)));
    assert!(matches!(fresh(&absent), GraphError::NotYetReplicated(_)));
}

#[test]
fn rules_of_the_organisation_are_told_apart() {
    for (reply, wanted) in [
        (refused(400, "CredentialTypeNotAllowedAsPerAppPolicy", ""), PolicyRefusal::CredentialType),
        (
            refused(400, "Request_BadRequest", "Credential type not allowed as per assigned policy 'x'."),
            PolicyRefusal::CredentialType,
        ),
        (refused(400, "CredentialInvalidLifetimeAsPerAppPolicy", ""), PolicyRefusal::CredentialLifetime),
        (
            refused(
                400,
                "Request_BadRequest",
                "Credential lifetime exceeds the max value allowed as per assigned policy.",
            ),
            PolicyRefusal::CredentialLifetime,
        ),
        (refused(400, "SignInAudienceNotAllowedAsPerAppPolicy", ""), PolicyRefusal::SignInAudience),
    ] {
        assert!(
            matches!(old(&reply), GraphError::PolicyForbids { policy, .. } if policy == wanted),
            "{reply:?}"
        );
    }
    let quota = refused(
        403,
        "Directory_QuotaExceeded",
        "The directory object quota limit for the Principal has been exceeded.",
    );
    assert!(matches!(old(&quota), GraphError::QuotaReached(_)));
}

#[test]
fn a_closed_mailbox_is_not_a_missing_role() {
    let reply = refused(403, "ErrorAccessDenied", "Access to OData is disabled.");
    assert!(matches!(old(&reply), GraphError::Forbidden { denial: Denial::Mailbox, .. }));
}

#[test]
fn the_innermost_known_code_wins_and_ids_come_from_the_body() {
    let body = json!({"error": {"code": "Request_BadRequest", "message": "m", "innerError": {
        "code": "CredentialTypeNotAllowedAsPerAppPolicy", "request-id": "r", "client-request-id": "c",
        "innerError": {"code": "System.InvalidOperationException"},
    }}});
    let error = old(&reply(400, body.to_string()));
    assert!(matches!(error, GraphError::PolicyForbids { .. }));
    assert_eq!(error.request_ids().unwrap().request_id.as_deref(), Some("r"));
}

#[test]
fn a_portal_page_is_not_a_refusal_of_graph_and_a_gateway_page_is() {
    let page = b"\xef\xbb\xbf <!DOCTYPE html><p>Sign in to Hotel Wi-Fi";
    let portal = old(&reply(403, page.to_vec()));
    assert_eq!(portal, GraphError::Network { fault: NetError::WebPage, outcome: Outcome::Ambiguous });
    assert!(matches!(
        old(&reply(503, page.to_vec())),
        GraphError::Unavailable { outcome: Outcome::Ambiguous, .. }
    ));
}

#[test]
fn a_body_that_says_nothing_still_refuses() {
    for body in [vec![], vec![0; 64], b"Forbidden".to_vec(), b"{\"error\":7}".to_vec(), b"[]".to_vec()] {
        let error = old(&reply(403, body));
        assert!(matches!(error, GraphError::Forbidden { denial: Denial::Other, .. }), "{error:?}");
    }
}

#[test]
fn retry_after_is_kept() {
    let mut throttled = refused(429, "TooManyRequests", "");
    throttled.headers.insert("retry-after", "17".parse().unwrap());
    let failure = failure(&throttled, context(None));
    assert_eq!(failure.retry_after, Some(Duration::from_secs(17)));
    assert_eq!(failure.error.retry_after(now()), Some(Duration::from_secs(17)));
}

#[test]
fn a_message_is_short_and_on_one_line() {
    let error = old(&refused(400, "X", &format!("a\u{7}\r\n{}", "b".repeat(5000))));
    let message = &error.refusal().unwrap().message;
    assert_eq!(message.chars().count(), 1000);
    assert!(message.starts_with("abb"));
}

proptest! {
    #[test]
    fn any_body_and_status_is_classified(status in 300u16..600, body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let error = old(&reply(status, body));
        prop_assert!(!matches!(error, GraphError::NotYetReplicated(_)));
        let _ = (error.to_string(), error.outcome(), error.is_transient());
    }
}
