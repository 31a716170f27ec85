//! What is repeated, when, and what is not.

use std::time::Duration;

use graph::{
    Call, Denial, GraphError, Outcome, UniqueName, WaitReason, applications, credentials, directory, grants,
    mail,
};
use jiff::SignedDuration;
use serde_json::json;

use crate::fault_server::{Answer, FaultServer};
use crate::world::{START, World, application, http, me, principal, role};

fn throttled(retry_after: &str) -> Answer {
    Answer::refused(429, &[("Retry-After", retry_after)], "TooManyRequests", "Too many requests")
}

#[tokio::test]
async fn a_throttled_call_waits_exactly_as_long_as_it_is_told() {
    let server = FaultServer::with([throttled("17"), Answer::json(200, &me())]).await;
    let world = World::default();
    let person = world.client(server.url()).send(directory::me()).await.unwrap();
    assert_eq!(person.display_name.as_deref(), Some("Ann"));
    assert_eq!(world.slept(), Duration::from_secs(17));
    assert_eq!(world.waits(), [(WaitReason::Throttled, "2026-11-20T12:00:17Z".parse().unwrap())]);
    for request in server.received() {
        assert_eq!(request.header("x-ms-throttle-priority"), Some("high"));
        assert_eq!(request.header("return-client-request-id"), Some("true"));
    }
}

#[tokio::test]
async fn a_wait_may_be_given_as_a_date() {
    let server =
        FaultServer::with([throttled("Fri, 20 Nov 2026 12:01:30 GMT"), Answer::json(200, &me())]).await;
    let world = World::default();
    world.client(server.url()).send(directory::me()).await.unwrap();
    assert_eq!(world.slept(), Duration::from_secs(90));
}

#[tokio::test]
async fn without_a_wait_given_the_waits_grow_and_stay_bounded() {
    let server =
        FaultServer::answering(|n, _| if n < 9 { Answer::status(429) } else { Answer::json(200, &me()) })
            .await;
    let world = World::default();
    world.client(server.url()).send(directory::me()).await.unwrap();
    assert_eq!(world.waits().len(), 9);
    assert!(world.slept() <= Duration::from_secs(1 + 2 + 4 + 8 + 16 + 32 + 60 * 3));
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_handed_back_at_once() {
    let server = FaultServer::with([throttled("7200")]).await;
    let world = World::default();
    let error = world.client(server.url()).send(directory::me()).await.unwrap_err();
    assert!(
        matches!(&error, GraphError::Throttled { until, .. } if *until == "2026-11-20T14:00:00Z".parse().unwrap()),
        "{error:?}"
    );
    assert_eq!(error.retry_after(world.now()), Some(Duration::from_secs(7200)));
    assert_eq!(world.slept(), Duration::ZERO);
}

#[tokio::test]
async fn an_unavailable_server_is_asked_again_on_a_new_connection() {
    for status in [500, 502, 503, 504] {
        let server =
            FaultServer::with([Answer::status(status), Answer::json(200, &me()), Answer::json(200, &me())])
                .await;
        let world = World::default();
        let client = world.client(server.url()).reconnecting_with(|| Some(http()));
        client.send(directory::me()).await.unwrap();
        assert_eq!(server.connections(), 2, "{status}");
        client.send(directory::me()).await.unwrap();
        assert_eq!(server.connections(), 2, "the next call uses the kept connection again");
    }
}

#[tokio::test]
async fn every_attempt_has_its_own_id_and_the_first_may_be_given() {
    let server =
        FaultServer::with([Answer::status(503), Answer::status(503), Answer::json(200, &me())]).await;
    let world = World::default();
    let given = "00000000-0000-4000-8000-000000000001".to_owned();
    let client =
        world.client(server.url()).with_call(Call { client_request_id: Some(given.clone()), ..world.call() });
    client.send(directory::me()).await.unwrap();
    let sent: Vec<_> = server
        .received()
        .iter()
        .map(|request| request.header("client-request-id").unwrap().to_owned())
        .collect();
    assert_eq!(sent, world.attempts());
    assert_eq!(sent[0], given);
    assert!(sent[1] != sent[0] && sent[2] != sent[1] && sent[2] != sent[0]);
}

#[tokio::test]
async fn a_cut_or_short_answer_is_asked_for_again() {
    for broken in [
        Answer::Cut(vec![]),
        Answer::Cut(b"HTTP/1.1 200 OK\r\nContent-Len".to_vec()),
        Answer::Cut(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"id\":\"x\"".to_vec()),
    ] {
        let server = FaultServer::with([broken, Answer::json(200, &me())]).await;
        let world = World::default();
        world.client(server.url()).send(directory::me()).await.unwrap();
        assert_eq!(server.received().len(), 2);
        assert!(matches!(world.waits()[0].0, WaitReason::Network(_)), "{:?}", world.waits());
    }
}

#[tokio::test]
async fn a_secret_is_asked_for_once_whatever_happens() {
    let cases = [
        (Answer::status(503), Outcome::Ambiguous),
        (Answer::status(504), Outcome::Ambiguous),
        (throttled("1"), Outcome::Refused),
        (Answer::Cut(vec![]), Outcome::Ambiguous),
        (Answer::Cut(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{".to_vec()), Outcome::Ambiguous),
        (Answer::text(200, &[], "<html>"), Outcome::Ambiguous),
        (Answer::text(200, &[], "{\"keyId\":"), Outcome::Applied),
        (Answer::text(200, &[], "{\"keyId\":\"k\"}"), Outcome::Applied),
        (Answer::refused(403, &[], "Authorization_RequestDenied", "no"), Outcome::Refused),
        (Answer::refused(404, &[], "Request_ResourceNotFound", "not there"), Outcome::Refused),
    ];
    for (answer, outcome) in cases {
        let server = FaultServer::with([answer]).await;
        let world = World::default();
        let end = "2027-11-20T00:00:00Z".parse().unwrap();
        let error = world
            .client(server.url())
            .send(credentials::add_password(&application(), "m", end))
            .await
            .unwrap_err();
        assert_eq!(error.outcome(), outcome, "{error:?}");
        assert_eq!(server.received().len(), 1, "{error:?}");
        assert_eq!(world.slept(), Duration::ZERO);
    }
}

#[tokio::test]
async fn a_secret_that_never_left_is_known_not_to_exist() {
    let gone = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", gone.local_addr().unwrap()).parse().unwrap();
    drop(gone);
    let request = credentials::add_password(&application(), "m", "2027-11-20T00:00:00Z".parse().unwrap());
    let error = World::default().client(url).send(request).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotSent, "{error:?}");
    assert!(error.is_transient());
}

#[tokio::test]
async fn a_mail_is_sent_once() {
    let server = FaultServer::with([Answer::status(502)]).await;
    let error = World::default()
        .client(server.url())
        .send(mail::send(&mail::Mailbox::Mine, "ann@contoso.example", "Test", "Works."))
        .await
        .unwrap_err();
    assert_eq!(error.outcome(), Outcome::Ambiguous);
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_grant_that_went_through_unheard_is_reported_as_existing() {
    let exists = Answer::refused(
        400,
        &[],
        "Request_BadRequest",
        "Permission being assigned already exists on the object",
    );
    let server = FaultServer::with([Answer::status(504), exists]).await;
    let error = World::default()
        .client(server.url())
        .send(grants::assign_app_role(&principal(1), &principal(2), &role()))
        .await
        .unwrap_err();
    assert!(matches!(error, GraphError::AlreadyExists(_)), "{error:?}");
}

#[tokio::test]
async fn a_fresh_object_is_waited_for_and_an_old_one_is_not() {
    let absent = || {
        Answer::refused(
            404,
            &[],
            "Request_ResourceNotFound",
            "Resource '1' does not exist or one of its queried reference-property objects are not present.",
        )
    };
    let server = FaultServer::with([absent(), absent(), Answer::status(204), absent()]).await;
    let world = World::default();
    let client = world.client(server.url());
    let fresh = client.with_call(Call { fresh_since: Some(START.parse().unwrap()), ..world.call() });
    let patch = graph::resources::ApplicationPatch::default();
    fresh.send(applications::update(&application(), &patch)).await.unwrap();
    assert!(world.waits().iter().all(|(reason, _)| *reason == WaitReason::Replication));
    let error = client.send(applications::update(&application(), &patch)).await.unwrap_err();
    assert!(matches!(error, GraphError::NotFound(_)), "{error:?}");
}

#[tokio::test]
async fn a_fresh_object_s_secret_is_left_to_the_caller() {
    let absent = Answer::refused(404, &[], "Request_ResourceNotFound", "does not exist");
    let server = FaultServer::with([absent]).await;
    let world = World::default();
    let client = world
        .client(server.url())
        .with_call(Call { fresh_since: Some(START.parse().unwrap()), ..world.call() });
    let request = credentials::add_password(&application(), "m", "2027-11-20T00:00:00Z".parse().unwrap());
    let error = client.send(request).await.unwrap_err();
    assert!(matches!(error, GraphError::NotYetReplicated(_)), "{error:?}");
    assert_eq!(error.outcome(), Outcome::Refused);
}

#[tokio::test]
async fn when_time_is_over_the_last_obstacle_is_told() {
    let server = FaultServer::answering(|_, _| Answer::status(504)).await;
    let world = World::default();
    let name = UniqueName::new("gatehouse-1f").unwrap();
    let error =
        world.client(server.url()).send(applications::upsert(&name, &Default::default())).await.unwrap_err();
    let GraphError::DeadlinePassed { last: Some(last), outcome } = &error else { panic!("{error:?}") };
    assert!(matches!(**last, GraphError::Unavailable { .. }));
    assert_eq!(*outcome, Outcome::Ambiguous, "one of the attempts may have worked");
    assert!(world.slept() <= Duration::from_secs(600));
    assert!(server.received().len() > 5);
}

#[tokio::test]
async fn without_a_deadline_half_a_minute_is_enough() {
    let server = FaultServer::with([throttled("31")]).await;
    let world = World::default();
    let client = world.client(server.url()).with_call(Call::default());
    assert!(matches!(client.send(directory::me()).await, Err(GraphError::Throttled { .. })));
}

#[tokio::test]
async fn stopping_ends_a_wait_and_an_answer_at_once() {
    for answer in [throttled("300"), Answer::Silence] {
        let silent = matches!(answer, Answer::Silence);
        let server = FaultServer::with([answer]).await;
        let call = Call {
            deadline: Some(START.parse::<jiff::Timestamp>().unwrap() + SignedDuration::from_hours(1)),
            ..Call::default()
        };
        let cancel = call.cancel.clone();
        let client =
            World::default().client(server.url()).with_call(call).sleeping_with(|_| std::future::pending());
        let task = tokio::spawn(async move { client.send(applications::remove(&application())).await });
        while server.received().is_empty() {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
        let error = task.await.unwrap().unwrap_err();
        if silent {
            assert_eq!(error, GraphError::Cancelled { outcome: Outcome::Ambiguous });
        } else {
            assert!(matches!(error, GraphError::Cancelled { .. }), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_missing_role_is_said_at_once() {
    let server = FaultServer::with([Answer::refused(
        403,
        &[],
        "Authorization_RequestDenied",
        "Insufficient privileges to complete the operation.",
    )])
    .await;
    let error = World::default().client(server.url()).send(directory::domains()).await.unwrap_err();
    assert!(matches!(error, GraphError::Forbidden { denial: Denial::Privileges, .. }));
    assert_eq!(error.request_ids().unwrap().request_id.as_deref(), Some("r-1"));
}

#[tokio::test]
async fn an_upsert_tells_whether_it_made_the_object() {
    let app =
        json!({"id": application(), "appId": "33333333-3333-4333-8333-333333333333", "displayName": "T"});
    let server = FaultServer::with([Answer::json(201, &app), Answer::status(204), Answer::status(202)]).await;
    let client = World::default().client(server.url());
    let name = UniqueName::new("gatehouse-1f").unwrap();
    let patch = graph::resources::ApplicationPatch { display_name: Some("T".into()), ..Default::default() };
    let created = client.send(applications::upsert(&name, &patch)).await.unwrap();
    assert!(matches!(created, applications::Upserted::Created(made) if made.id == application()));
    assert_eq!(
        client.send(applications::upsert(&name, &patch)).await.unwrap(),
        applications::Upserted::Existed
    );
    assert!(matches!(
        client.send(applications::upsert(&name, &patch)).await,
        Err(GraphError::Unreadable { .. })
    ));
    let sent = &server.received()[0];
    assert_eq!(
        (sent.method.as_str(), sent.target.as_str()),
        ("PATCH", "/v1.0/applications(uniqueName='gatehouse-1f')")
    );
    assert_eq!(sent.header("prefer"), Some("create-if-missing"));
    assert_eq!(sent.json(), json!({"displayName": "T"}));
}
