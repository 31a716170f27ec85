//! What needs somebody, and when.

use std::sync::Arc;

use contract::{ErrorCode, FindingRule, FindingTarget, FindingsQuery, Severity, SignInPurpose, SyncState};
use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn a_secret_that_ends_is_told_in_time() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let id = world.connection().await;
    let end = world.app.connections().await.unwrap()[0].next_expiry.unwrap().0;
    assert!(world.app.app_status().await.unwrap().findings.is_empty(), "nothing needs anybody yet");

    let days_left = end.duration_since(app::Host::now(world.computer.as_ref())).as_hours() / 24;
    world.computer.time_passes(days_left - 12);
    let findings = world.app.app_status().await.unwrap().findings;
    let told: Vec<_> = findings.iter().map(|one| (one.severity, one.title.as_str(), &one.target)).collect();
    let target = FindingTarget::Connection { connection_id: id };
    assert_eq!(told, [(Severity::Warning, "A secret of Totalview ends in 12 days.", &target)]);

    for (days, severity, title) in [
        (11, Severity::Warning, "A secret of Totalview ends in 1 day."),
        (1, Severity::Critical, "A secret of Totalview ends within a day."),
        (2, Severity::Critical, "A secret of Totalview has ended."),
    ] {
        world.computer.time_passes(days);
        let finding = world.app.app_status().await.unwrap().findings.remove(0);
        assert_eq!((finding.severity, finding.title.as_str()), (severity, title));
    }
}

/// Row 21: a run that stopped half-way is the first thing that a person sees.
#[tokio::test]
async fn a_run_that_stopped_is_found_until_somebody_decides() {
    let mut world = World::new().await;
    let account = world.sign_in().await;
    world.goes_wrong(json!([
        { "method": "POST", "path": "/v1.0/applications/*/addPassword",
          "action": { "do": "status", "status": 400, "body": { "error": { "code": "Request_BadRequest", "message": "No." } } } },
    ]));
    let run = world.set_up(&account).await;
    assert_eq!(run.error.as_ref().unwrap().code, ErrorCode::GraphRefused);
    assert!(run.can_resume && run.can_undo);
    world.tenant.faults().clear();
    world.starts_again().await;
    let status = world.app.app_status().await.unwrap();
    assert_eq!(status.unfinished_runs.len(), 1);
    let target = FindingTarget::Run { run_id: run.summary.id.clone() };
    assert!(status.findings.iter().any(|finding| finding.target == target), "{:?}", status.findings);
    assert!(world.app.connections().await.unwrap().is_empty(), "nothing is called finished");
    world.app.run_undo(&run.summary.id, Arc::new(|_| {})).await.unwrap();
    assert!(world.app.app_status().await.unwrap().unfinished_runs.is_empty());
}

/// Row 19: a clock that is wrong is told, in seconds and with its direction.
#[tokio::test]
async fn a_wrong_clock_is_told() {
    let world = World::new().await;
    assert_eq!(world.app.app_status().await.unwrap().clock_ahead_seconds, None);
    world.tenant.clock().advance(jiff::SignedDuration::from_mins(-20));
    let _ = world.sign_in_with(contract::ClientChoice::Bootstrap).await;
    let ahead = world.app.app_status().await.unwrap().clock_ahead_seconds.expect("nothing was told");
    assert!((1_190..1_260).contains(&ahead), "{ahead}");
}

/// Who reaches which mailboxes is judged once the session may look into Exchange, and not before.
#[tokio::test]
async fn a_look_into_exchange_tells_which_limits_hold() {
    let world = World::new().await;
    let account = world.sign_in().await;
    let apps_of = async |rule| {
        let state = world.app.inventory_sync(Arc::new(|_| {})).await.unwrap();
        assert!(matches!(state, SyncState::Fresh { .. }), "{state:?}");
        let query = FindingsQuery {
            rule: Some(rule),
            app_id: None,
            text: String::new(),
            ignored: false,
            offset: 0,
            limit: 200,
        };
        let page = world.app.findings(query).await.unwrap();
        page.findings.into_iter().map(|one| one.app_name).collect::<Vec<_>>()
    };
    assert!(apps_of(FindingRule::EveryMailbox).await.is_empty(), "nobody has looked");
    world.sign_in_for(&account, SignInPurpose::Mailboxes).await;
    let open = apps_of(FindingRule::EveryMailbox).await;
    assert!(open.iter().any(|name| name == "Invoice Robot"), "{open:?}");
    let in_vain = apps_of(FindingRule::UnionTrap).await;
    assert_eq!(in_vain, ["Fleetboard Sync"], "Exchange limits it, and Entra grants it everything");
    assert!(!open.contains(&in_vain[0]), "one thing is told once");
}
