//! Other people, other accounts, other versions: nothing foreign is changed, and what changed is said.

use graph::resources::ApplicationPatch;
use graph::{UniqueName, applications};
use practice::{Action, Fault};
use provision::{Finish, JournalError, Phase, Stop};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::setups::{app_id_of, assert_complete, calendar, left, totalview};
use crate::world::{ADMIN, APP_ADMIN, World};

const UPSERT: &str = "/v1.0/applications(uniqueName=*)";

fn exists_already() -> Action {
    let message = "Another object with the same value for property uniqueName already exists.";
    let body = json!({"error": {"code": "Request_BadRequest", "message": message}});
    Action::Status { status: 400, body: Some(body), headers: Default::default(), commit: false }
}

#[tokio::test]
async fn row_10_ours_that_exists_already_is_adopted() {
    let world = World::new(ADMIN);
    let plan = world.plan(&totalview()).await;
    let run = plan.run.clone();
    // It took effect, and the answer says that it exists: what a repetition behind a gateway sees.
    let Action::Status { status, body, headers, .. } = exists_already() else { unreachable!() };
    let lost = Action::Status { status: 504, body: None, headers: headers.clone(), commit: true };
    world.tenant.practice().faults().arm(Fault { nth: vec![1], ..Fault::on("POST", "/v1.0/$batch", lost) });
    let refused = Action::Status { status, body, headers, commit: false };
    world.tenant.practice().faults().arm(Fault { nth: vec![1], ..Fault::on("PATCH", UPSERT, refused) });
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_complete(&left(&world.tenant, &run));
}

#[tokio::test]
async fn row_11_somebody_else_s_is_left_alone_and_its_owner_named() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let name = plan.registrations[0].unique_name.clone();
    let session = world.session().await;
    let theirs =
        ApplicationPatch { display_name: Some("Somebody else's".into()), ..ApplicationPatch::default() };
    let made = session
        .graph
        .send(applications::upsert(&UniqueName::new(name.as_str()).unwrap(), &theirs))
        .await
        .unwrap();
    let applications::Upserted::Created(app) = made else { panic!("{made:?}") };
    let before = world.tenant.practice().tables(|tables| tables.applications[app.id.as_str()].body.clone());
    world.tenant.practice().faults().arm(Fault::on("PATCH", UPSERT, exists_already()));
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::NotOurs { app_id, name, .. }) = &finished.finish else {
        panic!("{finished:#?}")
    };
    assert_eq!((app_id.as_str(), name.as_str()), (app.app_id.as_str(), "Somebody else's"));
    let after = world.tenant.practice().tables(|tables| tables.applications[app.id.as_str()].body.clone());
    assert_eq!(after, before);
}

#[tokio::test]
async fn row_12_a_name_that_a_deleted_app_reserves_is_offered_for_restoring() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let (run, name) = (plan.run.clone(), plan.registrations[0].unique_name.clone());
    let session = world.session().await;
    let made = session.graph.send(applications::upsert(&name, &plan.registrations[0].wanted)).await.unwrap();
    let applications::Upserted::Created(app) = made else { panic!("{made:?}") };
    session.graph.send(applications::remove(&app.id)).await.unwrap();
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::Deleted { id: Some(id), .. }) = &finished.finish else {
        panic!("{finished:#?}")
    };
    assert_eq!(id, app.id.as_str());
    // Somebody restores it in the portal.
    world.tenant.practice().tables(|tables| {
        tables.applications.get_mut(app.id.as_str()).unwrap().deleted = None;
    });
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(finished.made[0].id, app.id);
}

#[tokio::test]
async fn row_17_another_account_may_not_go_on() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world.tenant.practice().faults().arm(Fault::on(
        "POST",
        "/v1.0/applications/*/addPassword",
        Action::Status { status: 400, body: None, headers: Default::default(), commit: false },
    ));
    world.worker().await.execute(plan.clone(), CancellationToken::new()).await.unwrap();
    let mut worker_session = world.session().await;
    worker_session.account.id = "00000000-0000-0000-0000-0000000000bb".to_owned();
    let stranger = provision::Worker::new(worker_session, world.journal(), world.watcher.clone());
    let mark = world.mark();
    let refused = stranger.resume(&run, CancellationToken::new()).await;
    assert!(
        matches!(&refused, Err(Stop::AnotherAccount { began_by }) if *began_by == plan.account.name),
        "{refused:?}"
    );
    assert_eq!(world.requests_since(mark).len(), 0);
}

#[tokio::test]
async fn row_34_an_app_that_somebody_deletes_between_start_and_resume_is_drift_and_not_made_again() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world.tenant.practice().faults().arm(Fault::on(
        "POST",
        "/v1.0/applications/*/addPassword",
        Action::Status { status: 400, body: None, headers: Default::default(), commit: false },
    ));
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert!(matches!(finished.finish, Finish::Stopped(Stop::Graph(_))), "{finished:#?}");
    world.tenant.practice().faults().clear();
    let session = world.session().await;
    session.graph.send(applications::remove(&finished.made[0].id)).await.unwrap();
    let finished = world.worker().await.resume(&run, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::Drift { what }) = &finished.finish else { panic!("{finished:#?}") };
    assert!(what[0].contains("deleted"), "{what:?}");
    assert_eq!(left(&world.tenant, &run).applications.len(), 0);
}

#[tokio::test]
async fn row_34_a_grant_that_somebody_takes_back_in_the_middle_is_drift() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    let thief = std::sync::Arc::new(Thief(world.tenant.clone()));
    let worker = world.worker_at(thief).await;
    let finished = worker.execute(plan, CancellationToken::new()).await.unwrap();
    let Finish::Stopped(Stop::Drift { what }) = &finished.finish else { panic!("{finished:#?}") };
    assert!(what.iter().any(|one| one.contains("Calendars.Read")), "{what:?}");
    assert_eq!(
        left(&world.tenant, &run).roles["Totalview Calendar Synchronization"].len(),
        2,
        "not granted again"
    );
}

/// Takes `Calendars.Read` away as soon as it is granted.
struct Thief(std::sync::Arc<crate::tenant::Tenant>);

#[async_trait::async_trait]
impl provision::Checkpoints for Thief {
    async fn reached(&self, at: provision::Checkpoint, key: &provision::StepKey) {
        if at == provision::Checkpoint::Persisted && key.item == "798ee544-9d2d-430c-a058-570e29e34338" {
            self.0.practice().tables(|tables| {
                tables.app_role_assignments.retain(|_, row| row.text("appRoleId") != key.item);
            });
        }
    }
}

#[tokio::test]
async fn row_35_a_run_of_a_newer_version_is_listed_and_not_touched() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let path = world.folder.path().join("journal/journal.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(
        "DROP TRIGGER run_is_fixed; UPDATE run SET format = 99; UPDATE run SET title = 'Of tomorrow';",
    )
    .unwrap();
    drop(db);
    let journal = world.journal();
    let listed = journal.runs().await.unwrap();
    assert_eq!(listed[0].title, "Of tomorrow");
    assert_eq!(listed[0].plan().unwrap_err(), JournalError::UnreadableRun);
    let refused = world.worker().await.resume(&run, CancellationToken::new()).await;
    assert!(matches!(refused, Err(Stop::Journal(JournalError::UnreadableRun))), "{refused:?}");
}

#[tokio::test]
async fn row_35_lines_that_this_version_does_not_know_are_passed_over() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let path = world.folder.path().join("journal/journal.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute(
        "INSERT INTO entry (run, step, item, attempt, phase, at, note) VALUES (?1, 'app:calendar', '', 1, 'pondered', '2027-01-01T00:00:00Z', '{\"kind\":\"dream\",\"of\":1}')",
        [run.as_str()],
    )
    .unwrap();
    drop(db);
    let entries = world.journal().entries(&run).await.unwrap();
    let last = entries.last().unwrap();
    assert_eq!((last.phase, &last.note), (None, &provision::Note::Unknown));
    assert!(entries.iter().any(|entry| entry.phase == Some(Phase::Persisted)));
    let history = provision::History::of(&world.journal(), &run).await.unwrap();
    assert_eq!(history.made.len(), 1);
}

#[tokio::test]
async fn a_plan_that_lies_about_what_it_does_is_not_continued() {
    let world = World::new(ADMIN);
    let plan = world.plan(&calendar()).await;
    let run = plan.run.clone();
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let db = rusqlite::Connection::open(world.folder.path().join("journal/journal.db")).unwrap();
    db.execute_batch("DROP TRIGGER run_is_fixed; UPDATE run SET plan = replace(plan, 'Calendars.Read', 'Files.ReadWrite.All');").unwrap();
    drop(db);
    let refused = world.worker().await.resume(&run, CancellationToken::new()).await;
    assert!(matches!(refused, Err(Stop::Journal(JournalError::UnreadableRun))), "{refused:?}");
}

#[tokio::test]
async fn an_app_administrator_s_part_is_finished_by_the_colleague_who_can() {
    let first = World::new(APP_ADMIN);
    let plan = first.plan(&calendar()).await;
    let run = plan.run.clone();
    first.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    let app_id = app_id_of(&first.tenant, &run, "Totalview Calendar Synchronization");
    // The same organisation, with the Privileged Role Administrator signed in.
    let upn = "marcus.oberg@lindqvist-practice.example";
    let mine = first.account().id;
    first.tenant.practice().tables(|tables| {
        let oid = tables.user(upn).unwrap().text("id").to_owned();
        for row in tables.role_assignments.values_mut().filter(|row| row.text("principalId") == oid) {
            row.body.insert("principalId".into(), json!(mine.clone()));
        }
    });
    let session = first.session().await;
    let plan = provision::Planner::new(&session).grant(&app_id).await.unwrap();
    assert!(!plan.needs_other_person(), "{:#?}", plan.problems);
    let finished = first.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done, "{finished:#?}");
    assert_eq!(left(&first.tenant, &run).roles["Totalview Calendar Synchronization"].len(), 3);
}
