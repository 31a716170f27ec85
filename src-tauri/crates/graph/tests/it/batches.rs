//! Many requests in one round trip.

use std::time::Duration;

use graph::{Batch, GraphError, Outcome, Slot, UserRef, WaitReason, directory, grants, mail, roles};
use serde_json::{Value, json};

use crate::fault_server::{Answer, FaultServer, Received};
use crate::world::{World, me, principal, role};

/// Answers each member of a `$batch` on its own.
fn answer_members(request: &Received, answer: impl Fn(&Value) -> Value) -> Answer {
    let requests = request.json()["requests"].as_array().unwrap().clone();
    // Members come back in any order.
    let responses: Vec<Value> = requests
        .iter()
        .rev()
        .map(|member| {
            let mut answer = answer(member);
            answer["id"] = member["id"].clone();
            answer
        })
        .collect();
    Answer::json(200, &json!({"responses": responses}))
}

fn ok(body: &Value) -> Value {
    json!({"status": 200, "headers": {"Content-Type": "application/json"}, "body": body})
}

fn refused(status: u16, headers: &Value, code: &str, message: &str) -> Value {
    json!({"status": status, "headers": headers, "body": {"error": {"code": code, "message": message}}})
}

fn ids(request: &Received) -> Vec<String> {
    request.json()["requests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["id"].as_str().unwrap().to_owned())
        .collect()
}

fn user(n: usize) -> graph::Request<graph::resources::User> {
    directory::user(&UserRef::new(format!("44444444-4444-4444-8444-{n:012}")).unwrap())
}

#[tokio::test]
async fn members_have_their_own_types_and_results() {
    let server = FaultServer::answering(|_, request| {
        answer_members(request, |member| match member["url"].as_str().unwrap() {
            url if url.starts_with("/me?") => ok(&me()),
            url if url.starts_with("/organization") => ok(&json!({"value": [{"id": "t", "displayName": "Contoso"}]})),
            url if url.contains("appRoleAssignedTo") => json!({"status": 201, "body": {"id": "a", "principalId": "p", "resourceId": "r", "appRoleId": "o"}}),
            _ => refused(403, &json!({}), "Authorization_RequestDenied", "no"),
        })
    })
    .await;
    let mut batch = Batch::new();
    let person = batch.add(directory::me());
    let organisation = batch.add(directory::organization());
    let grant = batch.add(grants::assign_app_role(&principal(1), &principal(2), &role()));
    let mine = batch.add(roles::mine());
    assert_eq!(batch.len(), 4);
    let answers = World::default().client(server.url()).batch(batch).await;
    assert_eq!(answers.take(person).unwrap().display_name.as_deref(), Some("Ann"));
    assert_eq!(answers.take(organisation).unwrap().value[0].display_name.as_deref(), Some("Contoso"));
    assert_eq!(answers.take(grant).unwrap().id.as_str(), "a");
    assert!(matches!(answers.take(mine), Err(GraphError::Forbidden { .. })));
    let sent = &server.received()[0];
    assert_eq!((sent.method.as_str(), sent.target.as_str()), ("POST", "/v1.0/$batch"));
    let post = &sent.json()["requests"][2];
    assert_eq!(post["headers"]["Content-Type"], "application/json");
    assert_eq!(post["body"]["appRoleId"], role().as_str());
}

#[tokio::test]
async fn more_than_twenty_are_split() {
    let server = FaultServer::answering(|_, request| answer_members(request, |_| ok(&me()))).await;
    let mut batch = Batch::new();
    let slots: Vec<Slot<_>> = (0..45).map(|n| batch.add(user(n))).collect();
    let answers = World::default().client(server.url()).batch(batch).await;
    for slot in slots {
        answers.take(slot).unwrap();
    }
    let mut sizes: Vec<usize> = server.received().iter().map(|request| ids(request).len()).collect();
    sizes.sort_unstable();
    assert_eq!(sizes, [5, 20, 20]);
}

#[tokio::test]
async fn only_throttled_members_are_sent_again_after_the_longest_wait() {
    let server = FaultServer::answering(|n, request| {
        answer_members(request, |member| match (n, member["id"].as_str().unwrap()) {
            (0, "1") => refused(429, &json!({"Retry-After": "7"}), "TooManyRequests", ""),
            (0, "2") => refused(503, &json!({"Retry-After": "31"}), "serviceNotAvailable", ""),
            _ => ok(&me()),
        })
    })
    .await;
    let world = World::default();
    let mut batch = Batch::new();
    let slots: Vec<Slot<_>> = (0..4).map(|n| batch.add(user(n))).collect();
    let answers = world.client(server.url()).batch(batch).await;
    for slot in slots {
        answers.take(slot).unwrap();
    }
    assert_eq!(ids(&server.received()[1]), ["1", "2"]);
    assert_eq!(world.slept(), Duration::from_secs(31));
    assert_eq!(world.waits()[0].0, WaitReason::Unavailable);
}

#[tokio::test]
async fn a_member_that_must_not_be_repeated_is_not() {
    let server = FaultServer::answering(|_, request| {
        answer_members(request, |_| refused(503, &json!({}), "serviceNotAvailable", ""))
    })
    .await;
    let mut batch = Batch::new();
    let slot = batch.add(mail::send(&mail::Mailbox::Mine, "a@b.example", "s", "t"));
    let answers = World::default().client(server.url()).batch(batch).await;
    assert_eq!(answers.take(slot).unwrap_err().outcome(), Outcome::Ambiguous);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_member_whose_wait_is_too_long_does_not_hold_up_the_others() {
    let server = FaultServer::answering(|n, request| {
        answer_members(request, |member| match (n, member["id"].as_str().unwrap()) {
            (_, "0") => refused(429, &json!({"Retry-After": "7200"}), "TooManyRequests", ""),
            (0, "1") => refused(429, &json!({"Retry-After": "2"}), "TooManyRequests", ""),
            _ => ok(&me()),
        })
    })
    .await;
    let world = World::default();
    let mut batch = Batch::new();
    let (late, soon) = (batch.add(user(0)), batch.add(user(1)));
    let answers = world.client(server.url()).batch(batch).await;
    assert!(matches!(answers.take(late), Err(GraphError::Throttled { .. })));
    answers.take(soon).unwrap();
    assert_eq!(world.slept(), Duration::from_secs(2));
}

#[tokio::test]
async fn one_that_depends_on_a_failure_is_not_tried() {
    let server = FaultServer::answering(|_, request| {
        answer_members(request, |member| match member["dependsOn"].as_array() {
            None => refused(403, &json!({}), "Authorization_RequestDenied", "no"),
            Some(_) => refused(424, &json!({}), "FailedDependency", ""),
        })
    })
    .await;
    let mut batch = Batch::new();
    let first = batch.add(user(0));
    let second = batch.add_after(&first, user(1));
    let third = batch.add_after(&second, user(2));
    let answers = World::default().client(server.url()).batch(batch).await;
    assert!(matches!(answers.take(first), Err(GraphError::Forbidden { .. })));
    assert_eq!(answers.take(second).unwrap_err(), GraphError::DependencyFailed);
    assert_eq!(answers.take(third).unwrap_err(), GraphError::DependencyFailed);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn one_that_depends_on_a_throttled_one_is_tried_again_with_it() {
    let server = FaultServer::answering(|n, request| {
        answer_members(request, |member| match (n, member["dependsOn"].as_array()) {
            (0, None) => refused(429, &json!({"Retry-After": "3"}), "TooManyRequests", ""),
            (0, Some(_)) => refused(424, &json!({}), "FailedDependency", ""),
            _ => ok(&me()),
        })
    })
    .await;
    let mut batch = Batch::new();
    let first = batch.add(user(0));
    let second = batch.add_after(&first, user(1));
    let answers = World::default().client(server.url()).batch(batch).await;
    answers.take(first).unwrap();
    answers.take(second).unwrap();
    assert_eq!(server.received()[1].json()["requests"][1]["dependsOn"], json!(["0"]));
}

#[tokio::test]
async fn a_dependency_in_an_earlier_call_is_not_named_again() {
    let server = FaultServer::answering(|_, request| answer_members(request, |_| ok(&me()))).await;
    let mut batch = Batch::new();
    let mut last = batch.add(user(0));
    for n in 1..25 {
        last = batch.add_after(&last, user(n));
    }
    World::default().client(server.url()).batch(batch).await.take(last).unwrap();
    let received = server.received();
    assert_eq!(received.iter().map(|request| ids(request).len()).collect::<Vec<_>>(), [20, 5]);
    let second = received[1].json();
    assert!(second["requests"][0].get("dependsOn").is_none());
    assert_eq!(second["requests"][1]["dependsOn"], json!(["20"]));
}

#[tokio::test]
async fn a_challenge_inside_a_batch_is_met_once() {
    let claims = "eyJhY2Nlc3NfdG9rZW4iOnt9fQ==";
    let challenge = format!("Bearer error=\"insufficient_claims\", claims=\"{claims}\"");
    let server = FaultServer::answering(move |n, request| {
        let headers = json!({"WWW-Authenticate": challenge});
        answer_members(request, |_| match n {
            0 => refused(401, &headers, "InvalidAuthenticationToken", ""),
            _ => ok(&me()),
        })
    })
    .await;
    let world = World::default();
    let mut batch = Batch::new();
    let slot = batch.add(user(0));
    world.client(server.url()).batch(batch).await.take(slot).unwrap();
    assert_eq!(world.challenges(), [None, Some("{\"access_token\":{}}".to_owned())]);
}

#[tokio::test]
async fn a_challenge_inside_a_batch_without_end_stops() {
    let challenge = "Bearer error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnt9fQ==\"";
    let server = FaultServer::answering(move |_, request| {
        answer_members(request, |_| refused(401, &json!({"WWW-Authenticate": challenge}), "x", ""))
    })
    .await;
    let mut batch = Batch::new();
    let slot = batch.add(user(0));
    let answers = World::default().client(server.url()).batch(batch).await;
    assert!(matches!(answers.take(slot), Err(GraphError::NeedsInteraction { claims: Some(_) })));
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn the_whole_call_is_repeated_where_every_member_allows_it() {
    let server = FaultServer::answering(|n, request| match n {
        0 => Answer::refused(429, &[("Retry-After", "5")], "TooManyRequests", ""),
        1 => Answer::Cut(vec![]),
        _ => answer_members(request, |_| ok(&me())),
    })
    .await;
    let world = World::default();
    let mut batch = Batch::new();
    let slot = batch.add(user(0));
    world.client(server.url()).batch(batch).await.take(slot).unwrap();
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn a_batch_that_fails_as_a_whole_fails_each_member() {
    let server = FaultServer::with([Answer::refused(400, &[], "BadRequest", "Malformed batch")]).await;
    let mut batch = Batch::new();
    let (one, two) = (batch.add(user(0)), batch.add(directory::me()));
    let answers = World::default().client(server.url()).batch(batch).await;
    assert!(matches!(answers.take(one), Err(GraphError::Refused(_))));
    assert!(matches!(answers.take(two), Err(GraphError::Refused(_))));
}

#[tokio::test]
async fn a_member_without_an_answer_or_with_garbage_is_an_error_of_its_own() {
    let server = FaultServer::answering(|_, _| {
        Answer::json(
            200,
            &json!({"responses": [
                {"id": "0", "status": 200, "body": me()},
                {"id": "1", "status": 200, "body": "PGh0bWw+"},
                {"id": "77", "status": 200, "body": me()},
            ]}),
        )
    })
    .await;
    let mut batch = Batch::new();
    let (good, garbage) = (batch.add(user(0)), batch.add(user(1)));
    let missing = batch.add(grants::assign_app_role(&principal(1), &principal(2), &role()));
    let answers = World::default().client(server.url()).batch(batch).await;
    answers.take(good).unwrap();
    assert!(matches!(answers.take(garbage), Err(GraphError::Unreadable { outcome: Outcome::Refused, .. })));
    assert!(matches!(answers.take(missing), Err(GraphError::Unreadable { outcome: Outcome::Ambiguous, .. })));
}

#[tokio::test]
async fn an_empty_batch_asks_nothing() {
    let server = FaultServer::with([]).await;
    World::default().client(server.url()).batch(Batch::new()).await;
    assert_eq!(server.connections(), 0);
}
