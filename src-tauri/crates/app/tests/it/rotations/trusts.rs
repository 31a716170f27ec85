//! An app trusts an outside service in the place of a secret, as the window sees it.

use std::sync::Arc;

use contract::{
    CredentialKind, CredentialRef, CredentialView, PlanRequest, RegistrationRef, RunState, Trust,
};

use super::{done, set_up};
use crate::world::World;

fn request(app_id: &str, name: &str) -> PlanRequest {
    let trust = Trust {
        name: name.to_owned(),
        issuer: " https://token.actions.githubusercontent.com ".to_owned(),
        subject: "repo:example/calendar:ref:refs/heads/main".to_owned(),
        audience: None,
    };
    PlanRequest::AddTrust { app_id: app_id.to_owned(), trust }
}

async fn trusted(world: &World, app_id: &str) -> Vec<CredentialView> {
    let detail = world.app.inventory_app(RegistrationRef { app_id: app_id.to_owned() }).await.unwrap();
    detail.credentials.into_iter().filter(|one| one.kind == CredentialKind::Federated).collect()
}

#[tokio::test]
async fn a_trust_is_planned_made_shown_removed_and_brought_back() {
    let world = World::new().await;
    let (app_id, _) = set_up(&world).await;
    world.shows_no_sign_ins();
    let run = done(&world.app, request(&app_id, "github-main")).await;
    let shown = trusted(&world, &app_id).await;
    assert_eq!(shown.len(), 1, "{shown:#?}");
    let one = &shown[0];
    assert_eq!((one.name.as_str(), one.ends_at), ("github-main", None));
    assert_eq!(one.thumbprint.as_deref(), Some("repo:example/calendar:ref:refs/heads/main"));

    let credentials = vec![CredentialRef { app_id: app_id.clone(), key_id: one.key_id.clone() }];
    let removal = done(&world.app, PlanRequest::RemoveCredentials { credentials }).await;
    assert!(trusted(&world, &app_id).await.is_empty());
    let undone = world.app.run_undo(&removal.summary.id, Arc::new(|_| {})).await.unwrap();
    assert_eq!(undone.summary.state, RunState::Undone);
    let app = world.app.inventory_app(RegistrationRef { app_id: app_id.clone() }).await.unwrap();
    assert!(app.credentials.iter().any(|one| one.name == "github-main"), "{:#?}", app.credentials);
    // The first run's trust was another one: what was brought back by hand stays.
    world.app.run_undo(&run.summary.id, Arc::new(|_| {})).await.unwrap();
}

#[tokio::test]
async fn what_microsoft_would_refuse_is_said_before_anything_is_sent() {
    let world = World::new().await;
    let (app_id, _) = set_up(&world).await;
    let plan = world.app.plan_make(request(&app_id, "a name with spaces")).await.unwrap();
    assert!(!plan.can_run);
    assert_eq!(plan.problems[0].title, "The name does not fit");
    assert!(plan.problems[0].blocks);
}
