//! APIs other than Graph: one that the organisation lacks is made available first, and whoever administers apps may grant.

use blueprint::catalogue::EXCHANGE_ONLINE;
use blueprint::{PermissionKind, PermissionNeed, Resource, Setup, WhoConsents};
use provision::{Finish, ProblemKind};
use tokio_util::sync::CancellationToken;

use crate::setups::{calendar, left};
use crate::world::{ADMIN, APP_ADMIN, World};

fn need(value: &str, kind: PermissionKind, consent: WhoConsents) -> PermissionNeed {
    let id = blueprint::catalogue::find(EXCHANGE_ONLINE, value, kind).map(|one| one.key.id);
    let resource = Resource { app_id: EXCHANGE_ONLINE, name: "Office 365 Exchange Online".to_owned() };
    PermissionNeed {
        resource,
        id,
        value: value.to_owned(),
        kind,
        consent,
        features: Vec::new(),
        why: String::new(),
        guide_name: None,
    }
}

/// One registration that asks Exchange and not Graph.
fn exchange(needs: Vec<PermissionNeed>) -> Setup {
    let mut setup = calendar();
    setup.registrations[0].permissions = needs;
    setup.proofs.clear();
    setup
}

fn without_exchange(world: &World) {
    world.tenant.practice().tables(|tables| {
        tables.service_principals.retain(|_, row| row.text("appId") != EXCHANGE_ONLINE.to_string());
    });
}

fn app_role() -> PermissionNeed {
    need("full_access_as_app", PermissionKind::Application, WhoConsents::Organisation)
}

#[tokio::test]
async fn an_api_that_the_organisation_lacks_is_made_available_first() {
    let world = World::new(ADMIN);
    without_exchange(&world);
    let plan = world.plan(&exchange(vec![app_role()])).await;
    let run = plan.run.clone();
    let position = |prefix: &str| plan.steps.iter().position(|step| step.id.starts_with(prefix)).unwrap();
    assert!(position("resource:") < position("grant:"));
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(finished.tokens[0].roles, ["full_access_as_app"]);
    assert_eq!(left(&world.tenant, &run).roles["Totalview Calendar Synchronization"], ["full_access_as_app"]);
    let undone = world.worker().await.undo(&run, CancellationToken::new()).await.unwrap();
    assert!(undone.remains.iter().any(|one| one.contains("API")), "it stays, and that is said: {undone:?}");
}

#[tokio::test]
async fn an_application_administrator_grants_permissions_of_other_apis() {
    let world = World::new(APP_ADMIN);
    let plan = world.plan(&exchange(vec![app_role()])).await;
    assert!(!plan.needs_other_person(), "{:#?}", plan.problems);
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
}

#[tokio::test]
async fn delegated_permissions_are_granted_for_everybody_for_the_admin_or_for_nobody() {
    let world = World::new(APP_ADMIN);
    let delegated = |value: &str, consent| need(value, PermissionKind::Delegated, consent);
    let plan = world
        .plan(&exchange(vec![
            delegated("EWS.AccessAsUser.All", WhoConsents::Organisation),
            delegated("EAS.AccessAsUser.All", WhoConsents::Admin),
            delegated("IMAP.AccessAsUser.All", WhoConsents::EachPerson),
        ]))
        .await;
    let account = plan.account.id.clone();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    let principal = finished.made[0].service_principal.clone().unwrap();
    let mut grants: Vec<(String, String, String)> = world.tenant.practice().tables(|tables| {
        let ours =
            tables.oauth2_permission_grants.values().filter(|row| row.text("clientId") == principal.as_str());
        let read = |row: &practice::Row, name: &str| row.text(name).to_owned();
        ours.map(|row| (read(row, "consentType"), read(row, "principalId"), read(row, "scope"))).collect()
    });
    grants.sort();
    assert_eq!(
        grants,
        [
            ("AllPrincipals".to_owned(), String::new(), "EWS.AccessAsUser.All".to_owned()),
            ("Principal".to_owned(), account, "EAS.AccessAsUser.All".to_owned()),
        ]
    );
}

#[tokio::test]
async fn a_permission_that_the_api_does_not_offer_is_said_before() {
    let world = World::new(ADMIN);
    let plan = world
        .plan(&exchange(vec![need("Nonsense.Read", PermissionKind::Application, WhoConsents::Organisation)]))
        .await;
    assert!(!plan.can_run());
    let kind = ProblemKind::PermissionNotOffered {
        value: "Nonsense.Read".to_owned(),
        resource: "Office 365 Exchange Online".to_owned(),
    };
    assert!(plan.problems.iter().any(|one| one.kind == kind), "{:#?}", plan.problems);
}
