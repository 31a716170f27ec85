//! Reading everything, and afterwards what changed.

use graph::{ApplicationId, credentials};
use jiff::SignedDuration;
use watch::inventory::{AppKind, Progress, Query, query};
use watch::{CredentialKind, Known, LastUse};

use super::stage::Stage;
use super::view;

#[tokio::test]
async fn the_first_scan_finds_every_app_and_the_next_asks_twice() {
    let stage = Stage::new(64).await;
    let synced = stage.sync().await;
    assert!(synced.whole && synced.details);
    let page = query(&stage.store, &Query { limit: 500, ..Query::default() }, &view(stage.now())).unwrap();
    assert_eq!(page.known as u32, synced.apps);
    let registrations = page.rows.iter().filter(|row| row.kind == AppKind::Registration).count();
    assert_eq!(registrations, stage.registrations_alive());
    assert!(page.rows.iter().all(|row| row.kind != AppKind::Microsoft), "Microsoft's own are left out");
    assert!(page.rows.iter().any(|row| row.kind == AppKind::EnterpriseApp), "those of others are not");

    let before = stage.count();
    let synced = stage.sync().await;
    let asked: Vec<_> = stage.asked(before).into_iter().map(|request| request.path).collect();
    assert_eq!(asked, ["/v1.0/applications/delta()", "/v1.0/servicePrincipals/delta()"]);
    assert!(!synced.whole && !synced.details && synced.read == 0);
}

#[tokio::test]
async fn the_link_to_changes_is_older_than_the_first_page() {
    let stage = Stage::new(20).await;
    stage.sync().await;
    let paths: Vec<_> = stage.asked(0).into_iter().map(|request| (request.path, request.query)).collect();
    assert_eq!(paths[0].0, "/v1.0/applications/delta()");
    assert!(paths[0].1.as_ref().unwrap().contains("latest"), "{paths:?}");
    assert_eq!(paths[1].0, "/v1.0/applications");
}

#[tokio::test]
async fn changes_arrive_with_the_next_scan() {
    let stage = Stage::new(40).await;
    stage.sync().await;
    let some = stage.some_registrations(3);
    let app_id = |id: &str| stage.tenant.tables(|tables| tables.applications[id].text("appId").to_owned());
    let (renamed, gone) = (app_id(&some[0]), app_id(&some[1]));
    stage.pass(SignedDuration::from_secs(60));
    stage.rename(&some[0], "Renamed elsewhere").await;
    stage.delete(&some[1]);
    let added = stage.add_like(&some[2], 1);

    let synced = stage.sync().await;
    // The enterprise app takes the new name too.
    assert!(!synced.whole && (3..=4).contains(&synced.read), "{synced:?}");
    assert_eq!(stage.store.app(&renamed).unwrap().unwrap().name, "Renamed elsewhere");
    assert!(stage.store.app(&gone).unwrap().is_none_or(|app| app.registration.is_none()));
    assert_eq!(stage.store.app(&added).unwrap().unwrap().name, "Added 1");
    // The list in memory and the file agree, and a restart changes nothing.
    let all = Query { limit: 500, ..Query::default() };
    let in_memory = query(&stage.store, &all, &view(stage.now())).unwrap();
    let read_again = query(&stage.reopened(), &all, &view(stage.now())).unwrap();
    assert_eq!(in_memory, read_again);
}

#[tokio::test]
async fn a_new_secret_keeps_what_else_is_known_of_the_app() {
    let stage = Stage::new(40).await;
    stage.sync().await;
    let id = stage.some_registrations(1).remove(0);
    let app_id = stage.tenant.tables(|tables| tables.applications[&id].text("appId").to_owned());
    let before = stage.store.app(&app_id).unwrap().unwrap();
    stage.pass(SignedDuration::from_secs(60));
    let end = stage.now() + SignedDuration::from_hours(24 * 90);
    let id = ApplicationId::new(id).unwrap();
    let made = stage.graph.send(credentials::add_password(&id, "fresh", end)).await.unwrap();
    stage.sync().await;
    let after = stage.store.app(&app_id).unwrap().unwrap();
    let fresh = after.credentials.iter().find(|one| one.key_id == made.key_id.as_str()).unwrap();
    assert_eq!((fresh.kind, fresh.name.as_str()), (CredentialKind::Secret, "fresh"));
    assert_eq!(after.credentials.len(), before.credentials.len() + 1);
    assert_eq!((&after.name, &after.owners, &after.grants), (&before.name, &before.owners, &before.grants));
    assert_eq!(after.registration, before.registration);
}

#[tokio::test]
async fn details_are_looked_up_for_all_at_once_and_again_after_hours() {
    let stage = Stage::new(64).await;
    stage.sync().await;
    let (mut with_owner, mut granted, mut used) = (0, 0, 0);
    stage
        .store
        .each(|app| {
            with_owner += usize::from(app.owners.seen().is_some_and(|owners| !owners.is_empty()));
            granted += usize::from(app.grants.seen().is_some_and(|grants| !grants.is_empty()));
            used += usize::from(matches!(app.last_sign_in, Known::Seen(LastUse::At { .. })));
            if app.registration.is_some() {
                assert!(matches!(app.owners, Known::Seen(_)), "{}", app.name);
            }
        })
        .unwrap();
    assert!(with_owner > 0 && granted > 0 && used > 0, "{with_owner} {granted} {used}");
    let per_app =
        stage.asked(0).iter().filter(|request| request.path.ends_with("/appRoleAssignments")).count();
    assert_eq!(per_app, 0, "grants are asked for by API, not by app");

    stage.pass(SignedDuration::from_hours(5));
    assert!(!stage.sync().await.details);
    stage.pass(SignedDuration::from_hours(2));
    assert!(stage.sync().await.details);
}

#[tokio::test]
async fn progress_tells_how_many_apps_can_be_seen() {
    let stage = Stage::new(64).await;
    let synced = stage.sync().await;
    let heard = stage.heard.all();
    let Progress::Reading { read } = heard[0] else { panic!("{heard:?}") };
    assert_eq!(read as usize, stage.registrations_alive(), "the first page is there before anything else");
    assert!(heard.contains(&Progress::Details { read: synced.apps }));
}
