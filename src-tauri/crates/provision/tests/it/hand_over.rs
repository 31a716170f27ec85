//! The request to the person with the missing role.

use identity::Cloud;
use proptest::prelude::*;
use provision::{Finish, GrantRequest, PlanError, Planner, ProblemKind, RequestFile, RequestFileError};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::setups::totalview;
use crate::world::{ADMIN, APP_ADMIN, World};

async fn request() -> (World, GrantRequest) {
    let world = World::new(APP_ADMIN);
    let plan = world.plan(&totalview()).await;
    let finished = world.worker().await.execute(plan.clone(), CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::WaitingForOther, "{finished:#?}");
    let request = GrantRequest::of(&plan, &finished.made, &Cloud::global()).unwrap();
    (world, request)
}

#[tokio::test]
async fn the_request_names_everything_and_nothing_secret() {
    let (world, request) = request().await;
    assert_eq!(request.links.len(), 2);
    assert!(request.links[0].url.as_str().starts_with("https://login.microsoftonline.com/"));
    assert!(request.message.contains("Calendars.ReadWrite") && request.message.contains("Mail.Send"));
    assert!(request.people.iter().any(|person| person.role == "Privileged Role Administrator"));
    let text = request.file.to_text();
    let secrets = world
        .tenant
        .practice()
        .tables(|tables| tables.secrets.values().map(|one| one.value.clone()).collect::<Vec<_>>());
    for secret in secrets {
        assert!(!text.contains(&secret) && !request.message.contains(&secret));
    }
    assert_eq!(RequestFile::parse(&text).unwrap(), request.file);
}

#[tokio::test]
async fn the_colleague_who_opens_it_grants_exactly_that() {
    let (world, request) = request().await;
    // The colleague: same organisation, with the role.
    let admin = world.tenant.practice().people().into_iter().find(|one| one.role == ADMIN).unwrap();
    let me = world.account();
    world.tenant.practice().tables(|tables| {
        for row in tables.role_assignments.values_mut().filter(|row| row.text("principalId") == admin.oid) {
            row.body.insert("principalId".into(), json!(me.id));
        }
    });
    let session = world.session().await;
    let plan = Planner::new(&session).grant_request(&request.file).await.unwrap();
    assert!(plan.problems.is_empty(), "{:#?}", plan.problems);
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let again = Planner::new(&session).grant_request(&request.file).await.unwrap();
    assert!(again.is_settled());
}

#[tokio::test]
async fn a_request_cannot_grant_what_the_registration_does_not_ask_of_microsoft() {
    let (world, request) = request().await;
    let mut value: Value = serde_json::from_str(&request.file.to_text()).unwrap();
    // Directory.ReadWrite.All
    value["apps"][0]["permissions"][0]["id"] = json!("19dbc75e-c2e2-444c-a770-ec69d8559fc7");
    let file = RequestFile::parse(&value.to_string()).unwrap();
    let session = world.session().await;
    let plan = Planner::new(&session).grant_request(&file).await.unwrap();
    assert!(!plan.can_run());
    assert!(plan.problems.iter().any(|one| matches!(one.kind, ProblemKind::PermissionNotOffered { .. })));
}

#[tokio::test]
async fn a_request_for_another_organisation_is_refused() {
    let (world, request) = request().await;
    let mut value: Value = serde_json::from_str(&request.file.to_text()).unwrap();
    value["tenantId"] = json!("00000000-0000-0000-0000-0000000000aa");
    let file = RequestFile::parse(&value.to_string()).unwrap();
    let session = world.session().await;
    let refused = Planner::new(&session).grant_request(&file).await;
    assert!(matches!(refused, Err(PlanError::OtherOrganisation { .. })), "{refused:?}");
}

/// A good request file.
pub(crate) fn file() -> Value {
    json!({
        "format": "gatehouse-grant-request", "version": 1, "tenantId": "7b1e5f0a-0000-4000-8000-00000000000a",
        "tenantName": "Contoso", "requestedBy": "Chiara",
        "apps": [{"appId": "7b1e5f0a-0000-4000-8000-00000000000b", "name": "App", "permissions": [
            {"resource": "00000003-0000-0000-c000-000000000000", "id": "b633e1c5-b582-4048-a93e-9f11b44c7e96",
             "kind": "application", "value": "Mail.Send"}]}],
    })
}

#[test]
fn a_file_is_read_strictly_and_within_bounds() {
    assert!(RequestFile::parse(&file().to_string()).is_ok());
    let mut unknown = file();
    unknown["extra"] = json!(1);
    assert!(matches!(RequestFile::parse(&unknown.to_string()), Err(RequestFileError::Form { .. })));
    let mut newer = file();
    newer["version"] = json!(2);
    newer["something"] = json!("new");
    assert_eq!(RequestFile::parse(&newer.to_string()), Err(RequestFileError::Newer));
    let mut other = file();
    other["format"] = json!("something-else");
    assert_eq!(RequestFile::parse(&other.to_string()), Err(RequestFileError::OtherFormat));
    let mut no_id = file();
    no_id["apps"][0]["permissions"][0]["id"] = json!("../../x");
    assert_eq!(RequestFile::parse(&no_id.to_string()), Err(RequestFileError::NotAnId));
    let mut long = file();
    long["tenantName"] = json!("x".repeat(300));
    assert_eq!(RequestFile::parse(&long.to_string()), Err(RequestFileError::TooMuch));
    let mut hidden = file();
    hidden["requestedBy"] = json!("a\u{0}b");
    assert_eq!(RequestFile::parse(&hidden.to_string()), Err(RequestFileError::TooMuch));
    let mut many = file();
    many["apps"] = json!(vec![many["apps"][0].clone(); 21]);
    assert_eq!(RequestFile::parse(&many.to_string()), Err(RequestFileError::TooMuch));
    assert_eq!(RequestFile::parse(&" ".repeat(70_000)), Err(RequestFileError::TooLarge));
    assert!(matches!(RequestFile::parse(&"[".repeat(60_000)), Err(RequestFileError::Form { .. })));
    let twice = file().to_string().replacen("\"version\":1", "\"version\":1,\"version\":1", 1);
    assert!(matches!(RequestFile::parse(&twice), Err(RequestFileError::Form { .. })));
}

proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,400}") {
        let _ = RequestFile::parse(&text);
    }
}
