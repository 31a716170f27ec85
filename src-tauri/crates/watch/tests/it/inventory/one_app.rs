//! Looking at one app.

use graph::AppId;
use jiff::SignedDuration;
use practice::Options;
use watch::inventory::{Query, look_at, query};
use watch::{CredentialKind, Known, LastUse};

use super::stage::{ADMIN, Stage};
use super::view;

fn an_app_with(stage: &Stage, fits: impl Fn(&watch::App) -> bool) -> watch::App {
    let mut found = None;
    stage
        .store
        .each(|app| {
            if found.is_none() && fits(&app) {
                found = Some(app);
            }
        })
        .unwrap();
    found.unwrap()
}

async fn look(stage: &Stage, app_id: &str) -> Option<watch::App> {
    look_at(&stage.graph, &stage.store, &AppId::new(app_id).unwrap(), &stage.cancel).await.unwrap()
}

#[tokio::test]
async fn it_is_read_fresh_and_kept() {
    let stage = Stage::new(64).await;
    stage.sync().await;
    let known = an_app_with(&stage, |app| app.registration.is_some() && app.enterprise_app.is_some());
    let id = known.registration.as_ref().unwrap().object_id.clone();
    stage.rename(&id, "Now called so").await;
    let seen = look(&stage, &known.app_id).await.unwrap();
    assert_eq!(seen.name, "Now called so");
    assert!(matches!(seen.owners, Known::Seen(_)) && matches!(seen.grants, Known::Seen(_)));
    assert_eq!(stage.store.app(&known.app_id).unwrap().unwrap(), seen);
    let listed = Query { text: "NOW called".into(), limit: 5, ..Query::default() };
    assert_eq!(query(&stage.store, &listed, &view(stage.now())).unwrap().rows[0].app_id, known.app_id);
}

#[tokio::test]
async fn it_can_be_looked_at_before_any_scan() {
    let stage = Stage::new(64).await;
    let id = stage.some_registrations(1).remove(0);
    let app_id = stage.tenant.tables(|tables| tables.applications[&id].text("appId").to_owned());
    let seen = look(&stage, &app_id).await.unwrap();
    assert_eq!(seen.registration.unwrap().object_id, id);
    assert!(stage.store.freshness().unwrap().read_at.is_none(), "one app is not a scan");
}

#[tokio::test]
async fn an_app_that_is_gone_goes_here_too() {
    let stage = Stage::new(64).await;
    stage.sync().await;
    let known = an_app_with(&stage, |app| app.registration.is_some() && app.enterprise_app.is_none());
    stage.delete(&known.registration.as_ref().unwrap().object_id);
    assert_eq!(look(&stage, &known.app_id).await, None);
    assert_eq!(stage.store.app(&known.app_id).unwrap(), None);
    assert_eq!(look(&stage, "12345678-0000-4000-8000-000000000000").await, None);
}

#[tokio::test]
async fn the_last_use_of_each_key_is_told() {
    let stage = Stage::new(64).await;
    stage.sync().await;
    let used = an_app_with(&stage, |app| {
        app.credentials.iter().any(|one| matches!(one.last_use, Known::Seen(LastUse::At { .. })))
    });
    let seen = look(&stage, &used.app_id).await.unwrap();
    let at = |app: &watch::App| -> Vec<_> {
        app.credentials
            .iter()
            .filter_map(|one| match one.last_use {
                Known::Seen(LastUse::At { at }) => Some((one.key_id.clone(), at)),
                _ => None,
            })
            .collect()
    };
    assert_eq!(at(&seen).len(), at(&used).len());
    for ((key, before), (same, now)) in at(&used).iter().zip(at(&seen)) {
        assert!(*key == same && now >= *before, "{key} {same}");
    }
    let unused = seen.credentials.iter().filter(|one| one.kind != CredentialKind::Federated);
    assert!(unused.clone().all(|one| matches!(one.last_use, Known::Seen(_))));
}

#[tokio::test]
async fn in_a_large_organisation_owners_are_known_of_who_has_none_and_of_who_was_looked_at() {
    let stage = Stage::with(Options { applications: 600, ..Options::default() }, ADMIN).await;
    stage.sync().await;
    let batches = stage.count_of("/v1.0/$batch");
    assert_eq!(batches, 0, "nobody asks six hundred apps one by one");
    let (mut nobody, mut unknown) = (0, None);
    stage
        .store
        .each(|app| match &app.owners {
            Known::Seen(owners) if app.registration.is_some() => {
                assert!(owners.is_empty());
                nobody += 1;
            }
            _ if app.registration.is_some() => unknown = Some(app.app_id),
            _ => {}
        })
        .unwrap();
    assert!(nobody > 0);
    let seen = look(&stage, &unknown.unwrap()).await.unwrap();
    assert!(!seen.owners.seen().unwrap().is_empty());
    // A later scan does not forget it.
    stage.pass(SignedDuration::from_hours(7));
    assert!(stage.sync().await.details);
    assert_eq!(stage.store.app(&seen.app_id).unwrap().unwrap().owners, seen.owners);
}
