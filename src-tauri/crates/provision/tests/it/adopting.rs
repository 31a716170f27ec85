//! Registrations that were there before: brought to the wanted state, with nothing of anybody's taken away but what the
//! vendor says must go.

use std::collections::BTreeMap;

use graph::AppId;
use provision::{Finish, Plan, Reuse, Stop};
use serde_json::{Value, json};
use tokio_util::sync::CancellationToken;

use crate::setups::{assert_same, calendar, picture};
use crate::world::{ADMIN, World};

const GRAPH: &str = "00000003-0000-0000-c000-000000000000";
const USER_READ: &str = "e1fe6dd8-ba31-4d61-89e7-88639da4683d";
const OTHER_SCOPE: &str = "14dad69e-099b-42c9-810b-d002981feec1";

/// An app that somebody made by hand after the guide, half right: with the portal's `User.Read`, a permission of its own,
/// and one of the wanted ones.
pub(crate) fn by_hand(world: &World) -> AppId {
    let app_id = "5b1e0000-0000-4000-8000-000000000001";
    world.tenant.practice().tables(|tables| {
        let mut app =
            tables.applications.values().find(|row| row.text("displayName") == "Gatehouse").unwrap().clone();
        app.body.insert("id".into(), json!("5b1e0000-0000-4000-8000-000000000002"));
        app.body.insert("appId".into(), json!(app_id));
        app.body.insert("displayName".into(), json!("Totalview by hand"));
        app.body.insert("publicClient".into(), json!({"redirectUris": []}));
        app.body.insert("info".into(), no_information());
        app.body.insert(
            "parentalControlSettings".into(),
            json!({"countriesBlockedForMinors": [], "legalAgeGroupRule": "Allow"}),
        );
        app.body.insert(
            "verifiedPublisher".into(),
            json!({"displayName": null, "verifiedPublisherId": null, "addedDateTime": null}),
        );
        app.body.insert("tags".into(), json!(["theirs"]));
        app.body.insert(
            "requiredResourceAccess".into(),
            json!([{"resourceAppId": GRAPH, "resourceAccess": [
                {"id": USER_READ, "type": "Scope"}, {"id": OTHER_SCOPE, "type": "Scope"},
                {"id": "798ee544-9d2d-430c-a058-570e29e34338", "type": "Role"}]}]),
        );
        tables.applications.insert("5b1e0000-0000-4000-8000-000000000002".into(), app);
        let mut principal = tables
            .service_principals
            .values()
            .find(|row| row.text("displayName") == "Gatehouse")
            .unwrap()
            .clone();
        principal.body.insert("id".into(), json!("5b1e0000-0000-4000-8000-000000000003"));
        principal.body.insert("appId".into(), json!(app_id));
        principal.body.insert("displayName".into(), json!("Totalview by hand"));
        principal.body.insert("servicePrincipalNames".into(), json!([app_id]));
        principal.body.insert("appDisplayName".into(), json!("Totalview by hand"));
        principal.body.insert("signInAudience".into(), json!("AzureADMyOrg"));
        principal.body.insert("info".into(), no_information());
        tables.service_principals.insert("5b1e0000-0000-4000-8000-000000000003".into(), principal);
        let mut grant = tables.oauth2_permission_grants["gatehouse-grant"].clone();
        grant.body.insert("id".into(), json!("by-hand-grant"));
        grant.body.insert("clientId".into(), json!("5b1e0000-0000-4000-8000-000000000003"));
        grant.body.insert("scope".into(), json!("User.Read profile"));
        tables.oauth2_permission_grants.insert("by-hand-grant".into(), grant);
    });
    AppId::new(app_id).unwrap()
}

/// What every registration has where nobody said anything about it.
fn no_information() -> Value {
    let names = ["termsOfServiceUrl", "supportUrl", "privacyStatementUrl", "marketingUrl", "logoUrl"];
    names.into_iter().map(|name| (name.to_owned(), Value::Null)).collect()
}

pub(crate) async fn plan_for(world: &World, app: AppId) -> Plan {
    world.plan_reusing(&calendar(), &Reuse::These(BTreeMap::from([("calendar".to_owned(), app)]))).await
}

fn grant_scope(world: &World) -> String {
    world
        .tenant
        .practice()
        .tables(|tables| tables.oauth2_permission_grants["by-hand-grant"].text("scope").to_owned())
}

fn app(world: &World) -> Value {
    world.tenant.practice().tables(|tables| {
        Value::Object(tables.applications["5b1e0000-0000-4000-8000-000000000002"].body.clone())
    })
}

#[tokio::test]
async fn what_is_missing_is_added_what_must_go_goes_and_the_rest_stays() {
    let world = World::new(ADMIN);
    let id = by_hand(&world);
    let plan = plan_for(&world, id).await;
    let excess = plan.step("excess:calendar").unwrap();
    assert!(excess.sentence.contains("User.Read"), "{}", excess.sentence);
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert!(!finished.made[0].created);
    assert_eq!(grant_scope(&world), "profile", "B4: User.Read goes, what others granted stays");
    let app = app(&world);
    assert_eq!(app["displayName"], "Totalview by hand", "a name that somebody chose is kept");
    assert!(app["tags"].as_array().unwrap().contains(&json!("theirs")));
    let requested = app["requiredResourceAccess"][0]["resourceAccess"].as_array().unwrap().clone();
    assert!(!requested.iter().any(|one| one["id"] == USER_READ));
    assert!(requested.iter().any(|one| one["id"] == OTHER_SCOPE));
    assert_eq!(requested.iter().filter(|one| one["type"] == "Role").count(), 3);
}

#[tokio::test]
async fn undoing_brings_an_adopted_registration_back_to_what_it_was() {
    let world = World::new(ADMIN);
    let id = by_hand(&world);
    let before = picture(&world.tenant);
    let plan = plan_for(&world, id).await;
    let run = plan.run.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let preview = world.worker().await.undo_preview(&run).await.unwrap();
    assert!(!preview.happens.is_empty() && !preview.remains.is_empty(), "{preview:?}");
    world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    let mut after = picture(&world.tenant);
    // Lists without an order may come back in another one.
    let sorted = |picture: &mut Value| {
        let requested =
            &mut picture["applications"]["5b1e0000-0000-4000-8000-000000000002"]["requiredResourceAccess"];
        requested[0]["resourceAccess"].as_array_mut().unwrap().sort_by_key(ToString::to_string);
        let scope = &mut picture["oauth2PermissionGrants"]["by-hand-grant"]["scope"];
        let mut names: Vec<&str> = scope.as_str().unwrap().split(' ').collect();
        names.sort_unstable();
        *scope = json!(names.join(" "));
    };
    let mut before = before;
    sorted(&mut before);
    sorted(&mut after);
    assert_same(&after, &before);
}

#[tokio::test]
async fn row_34_a_registration_that_changed_since_the_plan_is_not_overwritten() {
    let world = World::new(ADMIN);
    let id = by_hand(&world);
    let plan = plan_for(&world, id).await;
    world.tenant.practice().tables(|tables| {
        let app = tables.applications.get_mut("5b1e0000-0000-4000-8000-000000000002").unwrap();
        app.body["requiredResourceAccess"] = json!([]);
    });
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::Drift { what }) = &finished.finish else { panic!("{finished:#?}") };
    assert!(what[0].contains("requiredResourceAccess"), "{what:?}");
    assert_eq!(app(&world)["requiredResourceAccess"], json!([]));
}

#[tokio::test]
async fn what_others_change_after_the_run_is_not_undone() {
    let world = World::new(ADMIN);
    let id = by_hand(&world);
    let plan = plan_for(&world, id).await;
    let run = plan.run.clone();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    world.tenant.practice().tables(|tables| {
        let app = tables.applications.get_mut("5b1e0000-0000-4000-8000-000000000002").unwrap();
        app.body["tags"].as_array_mut().unwrap().push(json!("added later"));
        let grant = tables.oauth2_permission_grants.get_mut("by-hand-grant").unwrap();
        grant.body.insert("scope".into(), json!("profile email"));
    });
    let undone = world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert!(undone.remains.iter().any(|one| one.contains("changed by somebody else")), "{undone:?}");
    assert!(app(&world)["tags"].as_array().unwrap().contains(&json!("added later")));
    assert_eq!(
        grant_scope(&world),
        "profile email User.Read",
        "what was taken away comes back, what was added stays"
    );
}
