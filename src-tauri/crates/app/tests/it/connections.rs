//! Finished set-ups: tested again, looked up again, ticked off.

use std::sync::Arc;

use contract::{
    ConnectionState, ErrorCode, FollowUpTick, PlanRequest, ProofResult, RunState, SecretKeptAt, Truth,
};
use serde_json::json;

use crate::world::{World, upn};

#[tokio::test]
async fn a_test_that_could_not_be_made_says_nothing_about_the_set_up() {
    let world = World::new().await;
    let account = world.sign_in().await;
    assert_eq!(world.set_up(&account).await.summary.state, RunState::Done);
    let id = world.connection().await;
    let before = world.app.connection(&id).await.unwrap();
    assert_eq!(before.summary.state, ConnectionState::Works);

    // Somebody else answers on the way to Microsoft, as in a hotel: that is an error, and no verdict.
    world.goes_wrong(json!([{ "path": "/**", "action": { "do": "garbage" } }]));
    let error = world.app.connection_test(&id).await.unwrap_err();
    assert_eq!(error.code, ErrorCode::AnswerNotUnderstood, "{error}");
    world.tenant.faults().clear();
    let after = world.app.connection(&id).await.unwrap();
    assert_eq!(after.summary.state, ConnectionState::Works);
    assert_eq!(after.summary.proved_at, before.summary.proved_at);
    assert!(
        world.app.app_status().await.unwrap().unfinished_runs.is_empty(),
        "a test leaves nothing half done"
    );

    // The registration was deleted at Microsoft: that is a verdict.
    world.tenant.tables(|tables| {
        let app_id = &after.registrations[0].app_id;
        let now = tables.applications.values().next().unwrap().created;
        for table in [&mut tables.applications, &mut tables.service_principals] {
            for row in table.values_mut().filter(|row| row.text("appId") == app_id) {
                row.deleted = Some(now);
            }
        }
    });
    let tested = world.app.connection_test(&id).await.unwrap();
    assert_eq!(tested.summary.state, ConnectionState::Broken);
    assert!(tested.proofs.iter().all(|proof| matches!(proof.result, ProofResult::Refused { .. })));
    assert_eq!(
        tested.summary.proved_at, before.summary.proved_at,
        "it says when it was last proved, not tried"
    );
}

/// What a person ticks while a long answer is on its way is still ticked when it arrives.
#[tokio::test]
async fn answers_do_not_undo_each_other() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let id = world.connection().await;
    let registration = world.app.connection(&id).await.unwrap().registrations[0].key.clone();
    let kept =
        SecretKeptAt { connection_id: id.clone(), registration, place: "  The vendor's form ".to_owned() };
    // Polled in this order: the look-up waits for Microsoft when the person speaks.
    let (looked_up, kept) = tokio::join!(world.app.connection_refresh(&id), world.app.secret_kept_at(kept));
    looked_up.unwrap();
    kept.unwrap();
    let after = world.app.connection(&id).await.unwrap();
    let secret = after.registrations[0].secret.as_ref().unwrap();
    assert_eq!(secret.kept_at.as_deref(), Some("The vendor's form"));
    let unknown = FollowUpTick { connection_id: id, follow_up_id: "no-such-step".to_owned(), done: true };
    assert_eq!(world.app.follow_up_tick(unknown).await.unwrap_err().code, ErrorCode::NoSuchThing);
}

/// Somebody takes a permission away: the three truths show it, and whose turn it is.
#[tokio::test]
async fn a_grant_that_went_away_is_seen() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let id = world.connection().await;
    let view = world.app.connection(&id).await.unwrap();
    assert!(
        view.registrations[0]
            .permissions
            .iter()
            .all(|one| one.granted == Truth::Yes && one.in_token == Truth::Yes)
    );
    let principal = view.registrations[0].service_principal_id.clone();
    world.tenant.tables(|tables| {
        tables.app_role_assignments.retain(|_, row| row.text("principalId") != principal);
    });
    let seen = world.app.connection_refresh(&id).await.unwrap();
    assert!(
        seen.registrations[0]
            .permissions
            .iter()
            .all(|one| one.requested == Truth::Yes && one.granted == Truth::No)
    );
    assert_eq!(seen.summary.state, ConnectionState::WaitingForOther);

    // Granted again, by a plan, it works again after a test.
    let app_id = seen.registrations[0].app_id.clone();
    let plan = world.app.plan_make(PlanRequest::Grant { app_id }).await.unwrap();
    assert_eq!(world.app.run_start(&plan.id, Arc::new(|_| {})).await.unwrap().summary.state, RunState::Done);
    assert_eq!(world.app.connection_test(&id).await.unwrap().summary.state, ConnectionState::Works);
}

/// The one who made it has left; a colleague can test it, and nobody at all is told to sign in.
#[tokio::test]
async fn a_colleague_can_test_what_somebody_set_up() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let id = world.connection().await;
    world.app.sign_out(&account.id).await.unwrap();
    let refused = world.app.connection_test(&id).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::SignInNeeded);
    assert!(refused.why.contains("Lindqvist Logistics"), "{refused}");

    world.computer.person_is(Some("chiara.bianchi"));
    let chiara = world.sign_in_with(world.own_client(account.client_id)).await.unwrap();
    assert_eq!(chiara.upn, upn("chiara.bianchi"));
    assert_eq!(world.app.connection_test(&id).await.unwrap().summary.state, ConnectionState::Works);
}
