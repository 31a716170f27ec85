//! Rotations, as the window sees them.

mod broken_disk;
mod trusts;

use std::collections::BTreeSet;
use std::sync::Arc;

use app::App;
use contract::{NewCredential, PlanRequest, RotationState, RotationView, RunState, RunView};
use practice::PracticeTenant;
use serde_json::Value;

use crate::world::World;

/// A registration that a product signs in with, and the id of its secret.
pub(crate) async fn set_up(world: &World) -> (String, String) {
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let id = world.connection().await;
    let registration = world.app.connection(&id).await.unwrap().registrations.remove(0);
    (registration.app_id, registration.secret.unwrap().key_id)
}

pub(crate) fn renewal(app_id: &str, old: &str) -> PlanRequest {
    PlanRequest::RenewCredential {
        app_id: app_id.to_owned(),
        replaces: vec![old.to_owned()],
        new: NewCredential::Secret { months: Some(6) },
    }
}

pub(crate) fn removal(rotation: &str) -> PlanRequest {
    PlanRequest::FinishRotation { rotation_id: rotation.to_owned(), anyway: Some(true) }
}

/// Plans and does it, which must end well.
pub(crate) async fn done(app: &App, request: PlanRequest) -> RunView {
    let plan = app.plan_make(request).await.unwrap();
    let run = app.run_start(&plan.id, Arc::new(|_| {})).await.unwrap();
    assert_eq!(run.summary.state, RunState::Done, "{run:#?}");
    run
}

/// Ids of the secrets that the registration really has.
pub(crate) fn held(tenant: &PracticeTenant, app_id: &str) -> BTreeSet<String> {
    tenant.tables(|tables| {
        let app = tables.application_by_app_id(app_id).unwrap();
        let all = app.body["passwordCredentials"].as_array().unwrap();
        all.iter().map(|one: &Value| one["keyId"].as_str().unwrap().to_owned()).collect()
    })
}

/// The value of a secret, as Microsoft would compare it.
pub(crate) fn value(tenant: &PracticeTenant, key_id: &str) -> Option<String> {
    tenant.tables(|tables| tables.secrets.get(key_id).map(|secret| secret.value.clone()))
}

/// Rotations that are neither over nor undone.
pub(crate) async fn open(app: &App) -> Vec<RotationView> {
    let all = app.rotations().await.unwrap();
    all.into_iter().filter(|one| !matches!(one.state, RotationState::Done | RotationState::Undone)).collect()
}
