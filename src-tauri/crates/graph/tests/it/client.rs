//! What every request carries, and what it does not.

use graph::{Batch, Call, GraphError, Priority, applications, directory, roles};
use serde_json::json;

use crate::fault_server::{Answer, FaultServer};
use crate::world::{World, application, me};

#[tokio::test]
async fn a_request_carries_token_id_and_priority() {
    let server = FaultServer::with([Answer::json(200, &me())]).await;
    World::default().client(server.url()).send(directory::me()).await.unwrap();
    let request = &server.received()[0];
    assert_eq!(request.header("authorization"), Some("Bearer canary-token-1"));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert_eq!(request.header("accept-encoding"), Some("gzip"));
    assert_eq!(request.header("content-type"), None, "no body, no type");
    assert_eq!(request.header("user-agent"), Some("Gatehouse/test"));
    let id = request.header("client-request-id").unwrap();
    assert_eq!(id.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
}

#[tokio::test]
async fn work_in_the_background_gives_way() {
    let server = FaultServer::with([Answer::json(200, &me())]).await;
    let world = World::default();
    let client =
        world.client(server.url()).with_call(Call { priority: Priority::Background, ..world.call() });
    client.send(directory::me()).await.unwrap();
    assert_eq!(server.received()[0].header("x-ms-throttle-priority"), None);
}

#[tokio::test]
async fn a_base_may_have_a_path_of_its_own() {
    let server = FaultServer::answering(|n, request| match n {
        0 => {
            let link = format!("http://{}/graph/v1.0/users?$skiptoken=1", request.header("host").unwrap());
            Answer::json(200, &json!({"value": [], "@odata.nextLink": link}))
        }
        _ => Answer::json(200, &json!({"value": []})),
    })
    .await;
    let base = server.url().join("graph/").unwrap();
    let client = World::default().client(base);
    client.all(directory::users()).await.unwrap();
    assert!(server.received()[0].target.starts_with("/graph/v1.0/users?"));
}

#[tokio::test]
async fn a_request_that_is_not_complete_is_not_sent() {
    let server = FaultServer::with([]).await;
    let client = World::default().client(server.url());
    let request = || applications::remove(&graph::ApplicationId::placeholder("the new app"));
    assert_eq!(client.send(request()).await, Err(GraphError::Incomplete));
    let mut batch = Batch::new();
    let (incomplete, after) = {
        let slot = batch.add(request());
        let after = batch.add_after(&slot, applications::get(&application()));
        (slot, after)
    };
    let answers = client.batch(batch).await;
    assert_eq!(answers.take(incomplete), Err(GraphError::Incomplete));
    assert_eq!(answers.take(after), Err(GraphError::DependencyFailed));
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_slot_of_another_batch_has_no_answer() {
    let server = FaultServer::with([]).await;
    let mut other = Batch::new();
    let slot = other.add(directory::me());
    let answers = World::default().client(server.url()).batch(Batch::new()).await;
    assert_eq!(answers.take(slot), Err(GraphError::Incomplete));
}

#[tokio::test]
async fn independent_calls_go_out_at_once() {
    // Each answer is held back until both requests have come: one after the other would wait for ever.
    let server = FaultServer::together(2, |request| {
        let role = json!({"id": "1f", "roleTemplateId": "62e90394-69f5-4237-9190-012177145e10"});
        if request.target.contains("transitiveMemberOf") {
            Answer::json(200, &json!({"value": [role]}))
        } else {
            Answer::json(200, &me())
        }
    })
    .await;
    let client = World::default().client(server.url());
    let (person, roles) = tokio::join!(client.send(directory::me()), client.all(roles::mine()));
    person.unwrap();
    assert_eq!(
        roles.unwrap()[0].role_template_id.as_ref().unwrap().as_str(),
        "62e90394-69f5-4237-9190-012177145e10"
    );
}

#[tokio::test]
async fn a_large_batch_goes_out_in_several_calls_at_once() {
    let server = FaultServer::together(3, |request| {
        let members = request.json()["requests"].as_array().unwrap().clone();
        let responses: Vec<_> =
            members.iter().map(|member| json!({"id": member["id"], "status": 200, "body": me()})).collect();
        Answer::json(200, &json!({"responses": responses}))
    })
    .await;
    let mut batch = Batch::new();
    let slots: Vec<_> = (0..60).map(|_| batch.add(directory::me())).collect();
    let answers = World::default().client(server.url()).batch(batch).await;
    assert!(slots.into_iter().all(|slot| answers.take(slot).is_ok()));
}
