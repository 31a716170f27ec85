//! Bad days of a server, and what is repeated after them.

use std::time::Duration;

use exchange::resources::AccessRight;
use exchange::{ExchangeError, access_policies, scopes, service_principals};
use net::NetError;
use net::call::{Call, Outcome, TokenRefusal, WaitReason};
use serde_json::json;

use crate::server::{Answer, Server, answer, complaint, json as page};
use crate::world::{World, named};

fn fine() -> Answer {
    page(200, &json!({"value": [{"Name": "x"}]}))
}

#[tokio::test]
async fn the_server_s_wait_is_kept_to_the_letter() {
    let server = Server::with([answer(429, &[("Retry-After", "17")], b""), fine()]).await;
    let world = World::default();
    world.client(&server.base).invoke(scopes::get(&named("x"))).await.unwrap();
    assert_eq!((world.slept(), world.waits()), (Duration::from_secs(17), vec![WaitReason::Throttled]));
}

#[tokio::test]
async fn outages_and_cut_connections_are_waited_out() {
    let outages =
        [answer(503, &[], b""), answer(500, &[], b""), complaint(500, "ADTransientException"), Answer::Cut];
    let server = Server::with(outages.into_iter().chain([fine()])).await;
    let world = World::default();
    world.client(&server.base).invoke(scopes::get(&named("x"))).await.unwrap();
    assert_eq!(server.received().len(), 5);
    assert_eq!(world.waits().len(), 4);
}

#[tokio::test]
async fn a_cmdlet_s_refusal_is_not_repeated() {
    for status in [400, 404, 500] {
        let server = Server::with([complaint(status, "InvalidOperationException")]).await;
        let refused = World::default().client(&server.base).invoke(scopes::get(&named("x"))).await;
        assert!(matches!(refused, Err(ExchangeError::Refused(_))), "{refused:?}");
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn what_would_happen_twice_is_sent_once() {
    for bad in [answer(503, &[], b""), Answer::Cut, answer(429, &[("Retry-After", "1")], b"")] {
        let server = Server::with([bad]).await;
        let command = access_policies::create("a", &named("g"), AccessRight::Restrict, "x");
        let failed = World::default().client(&server.base).invoke(command).await.unwrap_err();
        assert_eq!(server.received().len(), 1, "{failed:?}");
        let throttled = matches!(failed, ExchangeError::Throttled { .. });
        assert_eq!(failed.outcome(), if throttled { Outcome::Refused } else { Outcome::Ambiguous });
    }
}

#[tokio::test]
async fn a_new_app_that_exchange_has_not_heard_of_is_waited_for() {
    let answers = [complaint(404, "ManagementObjectNotFoundException"), fine()];
    let server = Server::with(answers).await;
    let world = World::default();
    let call = Call { fresh_since: Some(world.now()), ..world.call() };
    world.client(&server.base).with_call(call).invoke(scopes::get(&named("x"))).await.unwrap();
    assert_eq!(world.waits(), [WaitReason::Replication]);
}

#[tokio::test]
async fn that_there_is_none_is_an_answer() {
    let server = Server::with([complaint(400, "ManagementObjectNotFoundException"), fine()]).await;
    let client = World::default().client(&server.base);
    assert_eq!(client.find(scopes::get(&named("x"))).await, Ok(None));
    assert_eq!(client.find(scopes::get(&named("x"))).await.unwrap().unwrap().name, "x");
}

#[tokio::test]
async fn a_refused_token_is_renewed_once_and_claims_are_met_once() {
    let world = World::default();
    let server = Server::with([answer(401, &[], b""), fine()]).await;
    world.client(&server.base).invoke(scopes::get(&named("x"))).await.unwrap();
    assert_eq!((world.rejected(), world.asked().len()), (1, 2));

    let server = Server::with([answer(401, &[], b""), answer(401, &[], b"")]).await;
    let refused = world.client(&server.base).invoke(scopes::get(&named("x"))).await;
    assert!(matches!(refused, Err(ExchangeError::Unauthorized(_))), "{refused:?}");

    // {"access_token":{"a":1}}
    let claims = "Bearer error=\"insufficient_claims\", claims=\"eyJhY2Nlc3NfdG9rZW4iOnsiYSI6MX19\"";
    let asks = || answer(401, &[("WWW-Authenticate", claims)], b"");
    let server = Server::with([asks(), fine(), asks(), asks()]).await;
    let client = world.client(&server.base);
    client.invoke(scopes::get(&named("x"))).await.unwrap();
    assert!(world.asked().last().unwrap().1.as_deref().unwrap().contains("access_token"));
    let refused = client.invoke(scopes::get(&named("x"))).await;
    assert!(matches!(refused, Err(ExchangeError::NeedsInteraction { claims: Some(_) })), "{refused:?}");
}

#[tokio::test]
async fn without_consent_a_person_is_asked_and_nothing_is_sent() {
    let server = Server::with([]).await;
    let world = World::default();
    world.refuse_tokens(TokenRefusal::InteractionNeeded { claims: None });
    let refused = world.client(&server.base).invoke(scopes::list()).await.unwrap_err();
    assert_eq!(refused, ExchangeError::NeedsInteraction { claims: None });
    assert_eq!(refused.outcome(), Outcome::NotSent);
    assert!(server.received().is_empty());
}

#[tokio::test]
async fn stopping_ends_a_command_at_once_and_says_what_is_unknown() {
    let world = World::default();
    let server = Server::with([Answer::Silence, Answer::Silence]).await;
    for (writes, outcome) in [(true, Outcome::Ambiguous), (false, Outcome::Refused)] {
        let call = world.call();
        let (cancel, client) = (call.cancel.clone(), world.client(&server.base).with_call(call));
        let begun = server.received().len();
        let running = tokio::spawn(async move {
            if writes {
                client.invoke(service_principals::create("a", "o", "n")).await.map(drop)
            } else {
                client.invoke(scopes::list()).await.map(drop)
            }
        });
        while server.received().len() == begun {
            tokio::task::yield_now().await;
        }
        cancel.cancel();
        assert_eq!(running.await.unwrap(), Err(ExchangeError::Cancelled { outcome }));
    }
    let call = world.call();
    call.cancel.cancel();
    let unsent = world.client(&server.base).with_call(call).invoke(scopes::list()).await;
    assert_eq!(unsent, Err(ExchangeError::Cancelled { outcome: Outcome::NotSent }));
}

#[tokio::test]
async fn an_outage_longer_than_there_is_time_for_says_what_stood_in_the_way() {
    let server = Server::with((0..60).map(|_| answer(503, &[("Retry-After", "60")], b""))).await;
    let world = World::default();
    let late =
        world.client(&server.base).invoke(service_principals::create("a", "o", "n")).await.unwrap_err();
    assert!(matches!(&late, ExchangeError::DeadlinePassed { outcome: Outcome::Ambiguous, .. }), "{late:?}");
    assert!(late.is_transient() && late.refusal().is_some_and(|refusal| refusal.status == 503));
    assert!(world.slept() < Duration::from_secs(600));
}

#[tokio::test]
async fn no_network_is_told_apart() {
    let base = Server::with([]).await.base;
    let unreachable = url::Url::parse("http://127.0.0.1:1").unwrap();
    let failed = World::default().client(&unreachable).invoke(scopes::list()).await.unwrap_err();
    let ExchangeError::DeadlinePassed { last, .. } = failed else { panic!("{failed:?}") };
    assert!(matches!(*last, ExchangeError::Network { fault: NetError::Connect, outcome: Outcome::NotSent }));
    drop(base);
}
