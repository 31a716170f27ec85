//! Errors of Graph made bad: no panic, and always one of the closed list, whatever the status.

use mutations::Mutations;

use super::*;

const SEED: u64 = 3;

const SAMPLES: [&str; 4] = [
    r#"{"error":{"code":"Request_ResourceNotFound","message":"Resource '1f' does not exist or one of its queried reference-property objects are not present.","innerError":{"date":"2026-11-20T12:00:00","request-id":"1","client-request-id":"2"}}}"#,
    r#"{"error":{"code":"Authorization_RequestDenied","message":"Insufficient privileges to complete the operation.","details":[{"code":"ObjectConflict","message":"x","target":"uniqueName"}]}}"#,
    r#"{"error":{"code":"InvalidAuthenticationToken","message":"Continuous access evaluation resulted in challenge"}}"#,
    "<html><head><title>502 Bad Gateway</title></head></html>",
];

#[test]
fn mutated_graph_errors_do_no_harm() {
    let (mut inputs, count) = (Mutations::of(&SAMPLES, SEED), Mutations::count(20_000));
    let statuses = [400, 401, 403, 404, 409, 410, 412, 423, 429, 500, 502, 503, 504, 999];
    let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    for turn in 0..count {
        let status = statuses[turn % statuses.len()];
        let reply = Reply { status, headers: reqwest::header::HeaderMap::new(), body: inputs.next_input() };
        let fresh_since = (turn % 2 == 0).then_some(now);
        let error = failure(&reply, Context { shape: "POST /x", is_write: true, now, fresh_since }).error;
        let shown = format!("{error} {error:?}");
        assert!(shown.len() < 64 * 1024, "{} bytes", shown.len());
    }
    println!("Graph errors: {count} mutated inputs (seed {SEED}), 0 panics");
}
