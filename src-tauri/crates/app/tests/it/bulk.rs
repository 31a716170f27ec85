//! Thousands of secrets that ended on one day: removed plan by plan, until nothing is left.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use contract::{ErrorCode, FindingRule, FindingsQuery, PlanRequest, RunState, RunView, StepState};
use serde_json::{Value, json};

use crate::world::World;

/// Apps with a secret that ended and one that works.
const APPS: usize = 2_200;

/// Copies of an app that is there, as a script of somebody would have made them.
fn with_many_apps(world: &World) {
    world.tenant.tables(|tables| {
        let like = tables.applications.values().find(|row| row.deleted.is_none()).unwrap().clone();
        let owners = tables.owners.get(like.text("id")).cloned().unwrap_or_default();
        for number in 0..APPS {
            let mut row = like.clone();
            let id = format!("0b0b0b0b-0000-4000-8000-{number:012}");
            row.body.insert("id".into(), json!(id));
            row.body.insert("appId".into(), json!(format!("0a0a0a0a-0000-4000-8000-{number:012}")));
            row.body.insert("displayName".into(), json!(format!("Nightly job {number:04}")));
            row.body.insert("uniqueName".into(), Value::Null);
            row.body.insert(
                "passwordCredentials".into(),
                json!([secret(number, 1, 2020), secret(number, 2, 2099)]),
            );
            row.before = None;
            tables.owners.insert(id.clone(), owners.clone());
            tables.applications.insert(id, row);
        }
    });
}

fn secret(number: usize, nth: usize, year: u32) -> Value {
    json!({
        "keyId": format!("0c0c0c0{nth}-0000-4000-8000-{number:012}"), "displayName": format!("{year}"), "hint": "abc",
        "startDateTime": "2019-01-01T00:00:00Z", "endDateTime": format!("{year}-05-03T00:00:00Z"),
        "customKeyIdentifier": null, "secretText": null,
    })
}

async fn left(world: &World) -> u32 {
    let query = FindingsQuery {
        rule: Some(FindingRule::ExpiredLeftBehind),
        app_id: None,
        text: "Nightly job".to_owned(),
        ignored: false,
        offset: 0,
        limit: 1,
    };
    world.app.findings(query).await.unwrap().total
}

fn ended(world: &World) -> usize {
    world.tenant.tables(|tables| {
        let nightly =
            tables.applications.values().filter(|row| row.text("displayName").starts_with("Nightly"));
        let of = |all: &Value| {
            all.as_array().map_or(0, |all| all.iter().filter(|one| one["displayName"] == "2020").count())
        };
        nightly.map(|row| of(&row.body["passwordCredentials"])).sum()
    })
}

#[tokio::test]
async fn thousands_that_ended_go_plan_by_plan_and_what_works_stays() {
    let world = World::new().await;
    world.sign_in().await;
    with_many_apps(&world);
    world.app.inventory_sync(Arc::new(|_| {})).await.unwrap();
    assert_eq!((left(&world).await as usize, ended(&world)), (APPS, APPS));
    // Of a few that were chosen first.
    let chosen: Vec<String> = (0..3).map(|number| format!("0a0a0a0a-0000-4000-8000-{number:012}")).collect();
    let request = PlanRequest::RemoveEnded { app_ids: Some(chosen) };
    let plan = world.app.plan_make(request.clone()).await.unwrap();
    assert_eq!((plan.steps.iter().filter(|step| step.writes).count(), plan.left), (3, None));
    world.app.run_start(&plan.id, Arc::new(|_| {})).await.unwrap();
    assert_eq!(world.app.plan_make(request).await.unwrap_err().code, ErrorCode::NoSuchThing, "they are gone");

    let request = PlanRequest::RemoveEnded { app_ids: None };
    // In the middle of it, Microsoft asks hundreds of steps at once to wait.
    let pause = json!({ "do": "throttle", "retry_after": 1 });
    let hundreds: Vec<u64> = (700..1_000).collect();
    world.goes_wrong(json!([{ "path": "/v1.0/applications*/**", "nth": hundreds, "action": pause }]));
    let most_held = Arc::new(AtomicUsize::new(0));
    let mut plans = 0;
    loop {
        let plan = world.app.plan_make(request.clone()).await.unwrap();
        assert!(plan.problems.is_empty(), "{:?}", plan.problems);
        let removes = plan.steps.iter().filter(|step| step.writes).count();
        assert!(removes <= 500, "{removes}");
        let told = Arc::new(AtomicUsize::new(0));
        let (count, most) = (Arc::clone(&told), Arc::clone(&most_held));
        let observer = Arc::new(move |view: RunView| {
            count.fetch_add(1, Ordering::Relaxed);
            let held = view.steps.iter().filter(|row| matches!(row.state, StepState::Held { .. })).count();
            most.fetch_max(held, Ordering::Relaxed);
        });
        let run = world.app.run_start(&plan.id, observer).await.unwrap();
        assert_eq!(run.summary.state, RunState::Done, "{:?}", run.error);
        let told = told.load(Ordering::Relaxed);
        assert!(told < 150, "the whole run was sent {told} times");
        plans += 1;
        if plan.left.is_none() {
            break;
        }
    }
    assert_eq!((plans, ended(&world)), (5, 0));
    let most_held = most_held.load(Ordering::Relaxed);
    assert!(most_held > 300, "{most_held} were seen to wait");
    let kept = world.tenant.tables(|tables| {
        let nightly =
            tables.applications.values().filter(|row| row.text("displayName").starts_with("Nightly"));
        nightly
            .filter(|row| row.body["passwordCredentials"].as_array().is_some_and(|all| all.len() == 1))
            .count()
    });
    assert_eq!(kept, APPS, "what works stays");
}
