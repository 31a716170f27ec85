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

/// What a person asks an admin for.
pub(crate) fn for_people() -> Value {
    let mut file = file();
    file["version"] = json!(2);
    file["forPeople"] = json!(true);
    file["requestedBy"] = json!("noor@contoso.example");
    // Calendars.Read and Mail.Read, for the signed-in person.
    file["apps"][0]["permissions"] = json!([
        {"resource": "00000003-0000-0000-c000-000000000000", "id": "465a38f9-76ea-45b9-9f34-9e8b0d4b0b42",
         "kind": "delegated", "value": "Calendars.Read"},
        {"resource": "00000003-0000-0000-c000-000000000000", "id": "570282fd-fa5c-430d-a7fd-fc8dc98a9dca",
         "kind": "delegated", "value": "Mail.Read"},
    ]);
    file
}

/// Exactly the delegated permissions of the file, whether the registration lists them or
/// not, and nothing that an app does by itself.
#[tokio::test]
async fn what_a_person_asks_for_is_granted_exactly_for_everybody() {
    let world = World::new(ADMIN);
    let session = world.session().await;
    let plan = world.plan(&totalview()).await;
    let made = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap().made;
    let app_id = made[0].app_id.clone();
    let held = |world: &World| {
        world.tenant.practice().tables(|tables| {
            let app = tables.service_principal_by_app_id(app_id.as_str()).unwrap().text("id").to_owned();
            tables
                .oauth2_permission_grants
                .values()
                .filter(|grant| grant.deleted.is_none() && grant.text("clientId") == app)
                .map(|grant| (grant.text("consentType").to_owned(), grant.text("scope").to_owned()))
                .collect::<Vec<_>>()
        })
    };
    let before = held(&world);

    // The organisation may be unknown to somebody who cannot sign in yet.
    for tenant in [String::new(), session.tenant.clone()] {
        let mut request = for_people();
        request["tenantId"] = json!(tenant);
        request["apps"][0]["appId"] = json!(app_id);
        let request = RequestFile::parse(&request.to_string()).unwrap();
        let plan = Planner::new(&session).grant_request(&request).await.unwrap();
        assert!(plan.problems.is_empty(), "{:#?}", plan.problems);
        let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
        assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
        let mut after = held(&world);
        after.retain(|grant| !before.contains(grant));
        assert_eq!(after.len(), 1, "{after:?}");
        let mut scopes: Vec<&str> = after[0].1.split_whitespace().collect();
        scopes.sort_unstable();
        assert_eq!((after[0].0.as_str(), scopes), ("AllPrincipals", vec!["Calendars.Read", "Mail.Read"]));
    }

    let mut unknown = for_people();
    unknown["tenantId"] = json!(session.tenant);
    unknown["apps"][0]["appId"] = json!(app_id);
    unknown["apps"][0]["permissions"][0]["id"] = json!("00000000-0000-0000-0000-0000000000bb");
    let unknown = RequestFile::parse(&unknown.to_string()).unwrap();
    let plan = Planner::new(&session).grant_request(&unknown).await.unwrap();
    assert!(!plan.can_run());
    assert!(plan.problems.iter().any(|one| matches!(one.kind, ProblemKind::PermissionNotOffered { .. })));
}

#[test]
fn a_person_asks_for_people_only_and_an_older_file_stays_what_it_was() {
    let good = RequestFile::parse(&for_people().to_string()).unwrap();
    assert!(good.for_people);
    assert_eq!(RequestFile::parse(&good.to_text()).unwrap(), good);
    let old = RequestFile::parse(&file().to_string()).unwrap();
    assert!(!old.for_people && !old.to_text().contains("forPeople"));
    let mut by_itself = for_people();
    by_itself["apps"][0]["permissions"][1]["kind"] = json!("application");
    assert_eq!(RequestFile::parse(&by_itself.to_string()), Err(RequestFileError::TooMuch));
    let mut hides = for_people();
    hides["apps"][0]["name"] = json!("Total\u{202e}weiv");
    assert_eq!(RequestFile::parse(&hides.to_string()), Err(RequestFileError::TooMuch));
    // Neither in an older version, nor without saying so.
    let mut older = for_people();
    older["version"] = json!(1);
    assert_eq!(RequestFile::parse(&older.to_string()), Err(RequestFileError::OtherFormat));
    let mut silent = file();
    silent["version"] = json!(2);
    assert_eq!(RequestFile::parse(&silent.to_string()), Err(RequestFileError::OtherFormat));
    // Only a person may not know the organisation.
    let mut nowhere = file();
    nowhere["tenantId"] = json!("");
    assert_eq!(RequestFile::parse(&nowhere.to_string()), Err(RequestFileError::NotAnId));
}

#[test]
fn a_file_is_read_strictly_and_within_bounds() {
    assert!(RequestFile::parse(&file().to_string()).is_ok());
    let mut unknown = file();
    unknown["extra"] = json!(1);
    assert!(matches!(RequestFile::parse(&unknown.to_string()), Err(RequestFileError::Form { .. })));
    let mut newer = file();
    newer["version"] = json!(3);
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
