use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn context(is_write: bool, fresh_since: Option<&str>) -> Context {
    let fresh_since = fresh_since.map(|text| text.parse().unwrap());
    Context { cmdlet: "New-ManagementScope", is_write, now: now(), fresh_since }
}

fn reply(status: u16, body: &[u8]) -> Reply {
    Reply { status, headers: HeaderMap::new(), body: body.to_vec() }
}

fn complaint(status: u16, message: &str) -> Reply {
    let body = json!({"error": {
        "code": "BadRequest", "message": "Error executing cmdlet",
        "details": [{"code": "Client", "target": "", "message": message}],
        "innererror": {"message": "Error executing cmdlet", "type": "Microsoft.Exchange.Admin.OData.Core.ODataServiceException"},
    }});
    reply(status, body.to_string().as_bytes())
}

fn read(reply: &Reply) -> ExchangeError {
    failure(reply, context(true, None)).error
}

const NOT_FOUND: &str = "Ex6F9304|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation \
                         couldn't be performed because object 'x' couldn't be found on 'DC.PROD.OUTLOOK.COM'.";

#[test]
fn an_exception_means_the_same_under_any_status() {
    for status in [400, 404, 500] {
        let error = read(&complaint(status, NOT_FOUND));
        let ExchangeError::NotFound(refusal) = &error else { panic!("{error:?}") };
        assert!(refusal.message.starts_with("The operation"), "{}", refusal.message);
        assert_eq!(error.outcome(), Outcome::Refused);
    }
}

#[test]
fn what_was_made_moments_ago_may_not_be_everywhere_yet() {
    let reply = complaint(404, NOT_FOUND);
    let fresh = failure(&reply, context(true, Some("2026-11-20T11:55:00Z"))).error;
    assert!(matches!(fresh, ExchangeError::NotYetReplicated(_)) && fresh.is_transient());
    let old = failure(&reply, context(true, Some("2026-11-20T11:49:00Z"))).error;
    assert!(matches!(old, ExchangeError::NotFound(_)));
}

/// Tells one error from all others.
type Is = fn(&ExchangeError) -> bool;

#[test]
fn each_exception_that_somebody_can_act_on_has_its_error() {
    let cases: [(&str, Is); 8] = [
        ("Ex1|M.MemberAlreadyExistsException|x is already a member.", |e| {
            matches!(e, ExchangeError::AlreadyExists(_))
        }),
        ("Ex1|M.ADObjectAlreadyExistsException|x", |e| matches!(e, ExchangeError::AlreadyExists(_))),
        ("Ex1|M.NewKindOfException|The name 'x' is already being used.", |e| {
            matches!(e, ExchangeError::AlreadyExists(_))
        }),
        ("Ex1|M.MemberNotFoundException|x", |e| matches!(e, ExchangeError::NotFound(_))),
        ("Ex1|M.ManagementObjectAmbiguousException|x", |e| matches!(e, ExchangeError::NotUnique(_))),
        ("Ex1|System.Management.Automation.CommandNotFoundException|x", |e| {
            matches!(e, ExchangeError::Forbidden(_))
        }),
        (
            "Ex1|M.InvalidOperationInDehydratedContextException|run Enable-OrganizationCustomization first",
            |e| matches!(e, ExchangeError::NotCustomizable(_)),
        ),
        ("Ex1|M.ADTransientException|x", |e| {
            matches!(e, ExchangeError::Unavailable { outcome: Outcome::Ambiguous, .. })
        }),
    ];
    for (message, is) in cases {
        let error = read(&complaint(500, message));
        assert!(is(&error), "{message}: {error:?}");
    }
    let unknown = read(&complaint(400, "Ex1|M.SomethingNewException|text"));
    assert_eq!(unknown.to_string(), "Exchange refused New-ManagementScope (SomethingNewException)");
    assert_eq!(unknown.code(), Some("SomethingNewException"));
}

#[test]
fn the_cmdlet_s_words_are_looked_for_in_three_places() {
    let body = json!({"error": {"message": "outer", "innererror": {"internalexception": {
        "message": "inner", "type": "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException"}}}});
    let error = read(&reply(400, body.to_string().as_bytes()));
    assert!(matches!(&error, ExchangeError::NotFound(refusal) if refusal.message == "inner"), "{error:?}");
    let body = json!({"error": {"message": "outer"}});
    assert_eq!(read(&reply(400, body.to_string().as_bytes())).refusal().unwrap().message, "outer");
}

#[test]
fn a_refusal_without_a_body_gives_its_reason_in_a_header() {
    for body in [Vec::new(), vec![0; 64], b"\xff\xfe".to_vec()] {
        let mut refused = reply(403, &body);
        let reason = "2000008;reason=\"The token has no role.\";error_category=\"invalid_grant\"";
        refused.headers.insert("x-ms-diagnostics", reason.parse().unwrap());
        refused.headers.insert("request-id", "r-1".parse().unwrap());
        let error = read(&refused);
        let ExchangeError::Forbidden(refusal) = &error else { panic!("{error:?}") };
        assert_eq!(refusal.message, "The token has no role.");
        assert_eq!(error.request_ids().unwrap().request_id.as_deref(), Some("r-1"));
    }
}

#[test]
fn a_page_a_redirect_and_an_outage_are_told_apart() {
    let portal = read(&reply(200 + 211, b"<html>"));
    assert!(matches!(portal, ExchangeError::Network { fault: NetError::WebPage, .. }), "{portal:?}");
    assert_eq!(read(&reply(302, b"")), ExchangeError::Redirected { status: 302 });
    assert!(matches!(read(&reply(503, b"<html>busy")), ExchangeError::Unavailable { .. }));
    assert!(matches!(read(&reply(500, b"")), ExchangeError::Unavailable { .. }));
    let mut slow = reply(429, b"");
    slow.headers.insert("retry-after", "30".parse().unwrap());
    let failed = failure(&slow, context(false, None));
    assert_eq!(failed.retry_after, Some(Duration::from_secs(30)));
    assert!(matches!(failed.error, ExchangeError::Throttled { .. }));
}

#[test]
fn no_text_of_the_server_is_in_the_text_for_people() {
    let error = read(&complaint(400, "Ex1|M.OddException|canary"));
    assert!(!error.to_string().contains("canary"));
    assert!(error.refusal().unwrap().message.contains("canary"), "support sees it");
}

proptest! {
    #[test]
    fn any_answer_is_read_without_a_panic(status in 300u16..600, body in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&reply(status, &body));
    }

    #[test]
    fn any_json_is_read_without_a_panic(message in ".{0,200}", code in ".{0,20}") {
        let body: Value = json!({"error": {"code": code, "message": message, "details": [{"message": message}]}});
        let _ = read(&reply(400, body.to_string().as_bytes()));
    }
}
