//! A2, D4: delegated permissions for everybody are added to what is granted, and never in its place.

use provision::{Finish, StepKind};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::{everything, run, sense};
use crate::setups::assert_same;
use crate::world::{ADMIN, World};

/// The scopes that everybody's grant of this enterprise app holds on Graph.
fn granted(world: &World, principal: &str) -> Vec<String> {
    world.tenant.practice().tables(|tables| {
        let grants = tables
            .oauth2_permission_grants
            .values()
            .filter(|row| row.text("clientId") == principal && row.text("consentType") == "AllPrincipals");
        let mut all: Vec<String> = grants
            .flat_map(|row| row.text("scope").split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect();
        all.sort();
        all
    })
}

#[tokio::test]
async fn row_d4_everybody_s_grant_is_lengthened_and_only_the_added_part_is_undone() {
    let world = World::new(ADMIN);
    let plan = world.plan(&sense("", "")).await;
    let grants = plan.steps.iter().filter(|step| matches!(step.kind, StepKind::GrantDelegated(_))).count();
    assert_eq!(grants, 1, "one object for each API and audience");
    let finished = run(&world, plan).await;
    let principal = finished.made[0].service_principal.clone().unwrap().to_string();
    let whole = granted(&world, &principal);
    assert!(whole.contains(&"Calendars.ReadWrite.Shared".to_owned()), "{whole:?}");
    // Somebody grants another one in the portal, and takes one of ours away.
    world.tenant.practice().tables(|tables| {
        let row = tables
            .oauth2_permission_grants
            .values_mut()
            .find(|row| row.text("clientId") == principal)
            .unwrap();
        let scope = row.text("scope").replace("Calendars.Read.Shared", "Tasks.Read");
        row.body.insert("scope".into(), json!(scope));
    });
    let before = everything(&world.tenant);
    let again = world.plan(&sense("", "")).await;
    assert!(!again.is_settled());
    let id = again.run.clone();
    let finished = run(&world, again).await;
    assert!(matches!(finished.finish, Finish::Done | Finish::NotProved), "{finished:#?}");
    let now = granted(&world, &principal);
    for name in ["Tasks.Read", "Calendars.Read.Shared", "Calendars.ReadWrite.Shared"] {
        assert!(now.contains(&name.to_owned()), "{name}: {now:?}");
    }
    world.worker().await.undo(&id, CancellationToken::new()).await.unwrap();
    assert_same(&everything(&world.tenant), &before);
}

#[tokio::test]
async fn row_a2_granular_permissions_follow_from_the_chosen_features_alone() {
    let world = World::new(ADMIN);
    let connector = blueprint::builtin::find("cirrus-insight").unwrap();
    let mut choices = connector.default_choices();
    choices.inputs.insert("test-mailbox".to_owned(), crate::setups::MAILBOX.to_owned());
    choices.inputs.insert("domains".to_owned(), "lindqvist-practice.example".to_owned());
    choices.features = ["calendar-sync".to_owned()].into();
    let names = |plan: &provision::Plan| -> Vec<String> {
        plan.registrations.iter().flat_map(|one| &one.permissions).map(|one| one.value.clone()).collect()
    };
    let plan = world.plan(&connector.setup(&choices).unwrap()).await;
    assert!(names(&plan).iter().all(|name| name.starts_with("Calendars.")), "{:?}", names(&plan));
    run(&world, plan).await;
    // A feature more asks for its own permissions and takes nothing away.
    choices.features.insert("email-sync".to_owned());
    let more = world.plan(&connector.setup(&choices).unwrap()).await;
    let missing: Vec<String> = more
        .steps
        .iter()
        .filter(|step| !step.already)
        .filter_map(|step| match &step.kind {
            StepKind::GrantAppRoles { roles, .. } => Some(roles.iter().map(|one| one.value.clone())),
            _ => None,
        })
        .flatten()
        .collect();
    assert_eq!(missing, ["Mail.Read", "Mail.ReadWrite"]);
}
