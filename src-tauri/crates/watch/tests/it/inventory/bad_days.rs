//! Throttled for an hour, interrupted, moved away from under one's feet.

use jiff::SignedDuration;
use practice::{Action, Fault, Options};
use serde_json::json;
use watch::inventory::{Progress, Query, Store, SyncError, Unobserved, query, sync};
use watch::{Known, Unseen};

use super::stage::Stage;
use super::view;

const LIST: &str = "/v1.0/applications";
const CHANGES: &str = "/v1.0/applications/delta()";

/// More than a page.
const MANY: usize = 2_000;

fn nth(mut fault: Fault, n: u64) -> Fault {
    fault.nth = vec![n];
    fault
}

fn refusal(status: u16, code: &str) -> Action {
    let body = json!({"error": {"code": code, "message": "x"}});
    Action::Status { status, body: Some(body), headers: Default::default(), commit: false }
}

fn registrations(store: &Store, stage: &Stage) -> usize {
    let page = query(store, &Query::default(), &view(stage.now())).unwrap();
    page.facets.iter().find(|(facet, _)| facet.names() == ("kind", "registration")).unwrap().1
}

#[tokio::test]
async fn throttled_for_an_hour_it_says_until_when_and_goes_on() {
    let stage = Stage::new(MANY).await;
    stage.tenant.faults().arm(nth(Fault::on("GET", LIST, Action::Throttle { retry_after: Some(3600) }), 2));
    let begun = stage.now();
    stage.sync().await;
    let held = stage.heard.all().into_iter().find_map(|progress| match progress {
        Progress::Held { read, until } => Some((read, until)),
        _ => None,
    });
    let (read, until) = held.unwrap();
    assert!(until.duration_since(begun) >= SignedDuration::from_hours(1), "{until}");
    assert!(read == 0 || read == 999, "the second page is asked for while the first is being kept: {read}");
    assert!(stage.now() >= until);
    assert_eq!(registrations(&stage.store, &stage), stage.registrations_alive());
    assert_eq!(stage.count_of(LIST), 3 + 1 + 1, "three pages, one of them again, and which have no owner");
}

#[tokio::test]
async fn throttled_without_a_word_about_how_long_it_waits_longer_each_time() {
    let stage = Stage::new(64).await;
    let mut fault = Fault::on("GET", LIST, Action::Throttle { retry_after: None });
    fault.times = Some(40);
    stage.tenant.faults().arm(fault);
    stage.sync().await;
    let held: Vec<_> = stage
        .heard
        .all()
        .into_iter()
        .filter_map(|progress| if let Progress::Held { until, .. } = progress { Some(until) } else { None })
        .collect();
    assert!(!held.is_empty() && held.is_sorted(), "{held:?}");
}

#[tokio::test]
async fn cancelled_while_it_waits_it_stops_at_once() {
    let stage = Stage::new(64).await;
    stage.tenant.faults().arm(Fault::on("GET", LIST, Action::Throttle { retry_after: Some(3600) }));
    let cancel = stage.cancel.clone();
    let graph = stage.graph.clone().sleeping_with(move |_| {
        cancel.cancel();
        std::future::pending()
    });
    let stopped = sync(&graph, &stage.store, &Unobserved, &stage.cancel).await;
    assert_eq!(stopped, Err(SyncError::Cancelled));
}

#[tokio::test]
async fn interrupted_it_goes_on_after_a_restart_where_it_was() {
    let stage = Stage::new(MANY).await;
    stage.tenant.faults().arm(nth(Fault::on("GET", LIST, refusal(403, "Authorization_RequestDenied")), 3));
    let failed = stage.try_sync().await;
    assert!(matches!(failed, Err(SyncError::Graph(_))), "{failed:?}");
    let store = stage.reopened();
    let kept = registrations(&store, &stage);
    assert!(kept >= 999 && kept < stage.registrations_alive(), "{kept}");
    assert!(store.freshness().unwrap().unfinished);

    let before = stage.count();
    sync(&stage.graph, &store, &Unobserved, &stage.cancel).await.unwrap();
    assert_eq!(registrations(&store, &stage), stage.registrations_alive());
    let asked = stage.asked(before);
    assert_eq!(asked[0].path, LIST, "no new link to changes: the old one is older, as it must be");
    assert!(asked[0].query.as_ref().unwrap().contains("skiptoken"));
    let pages = asked.iter().filter(|request| request.path == LIST).count();
    assert!(pages < 3, "only what was missing is read: {pages}");
    assert!(!store.freshness().unwrap().unfinished);
}

#[tokio::test]
async fn what_changes_between_pages_is_there_after_the_next_scan() {
    let stage = Stage::new(MANY).await;
    stage.tenant.faults().arm(nth(Fault::on("GET", LIST, refusal(403, "Authorization_RequestDenied")), 3));
    stage.try_sync().await.unwrap_err();
    // Of the first page, which is read: one goes, one changes its name; and one appears.
    let first = stage.some_registrations(2);
    let app_id = |id: &str| stage.tenant.tables(|tables| tables.applications[id].text("appId").to_owned());
    let (gone, renamed) = (app_id(&first[0]), app_id(&first[1]));
    stage.pass(SignedDuration::from_secs(60));
    stage.delete(&first[0]);
    stage.rename(&first[1], "Renamed between pages").await;
    let added = stage.add_like(&first[1], 7);
    stage.sync().await;
    stage.sync().await;
    assert!(stage.store.app(&gone).unwrap().is_none_or(|app| app.registration.is_none()));
    assert_eq!(stage.store.app(&renamed).unwrap().unwrap().name, "Renamed between pages");
    assert!(stage.store.app(&added).unwrap().is_some());
    assert_eq!(registrations(&stage.store, &stage), stage.registrations_alive());
}

#[tokio::test]
async fn a_link_to_changes_that_is_too_old_leads_to_a_whole_reading() {
    for action in [
        refusal(410, "resyncRequired"),
        refusal(400, "syncStateNotFound"),
        refusal(400, "Directory_ExpiredPageToken"),
    ] {
        let stage = Stage::new(64).await;
        stage.sync().await;
        let id = stage.some_registrations(1).remove(0);
        let gone = stage.tenant.tables(|tables| tables.applications[&id].text("appId").to_owned());
        stage.pass(SignedDuration::from_secs(60));
        stage.delete(&id);
        stage.tenant.faults().arm(Fault::on("GET", CHANGES, action).once());
        let synced = stage.sync().await;
        assert!(synced.whole);
        assert!(stage.store.app(&gone).unwrap().is_none_or(|app| app.registration.is_none()));
        assert_eq!(registrations(&stage.store, &stage), stage.registrations_alive());
    }
}

#[tokio::test]
async fn what_was_known_stays_to_be_seen_until_the_whole_is_read_again() {
    let stage = Stage::new(MANY).await;
    stage.sync().await;
    let known = registrations(&stage.store, &stage);
    stage.tenant.faults().arm(Fault::on("GET", CHANGES, refusal(410, "resyncRequired")).once());
    let denied = Fault::on("GET", LIST, refusal(403, "Authorization_RequestDenied"));
    stage.tenant.faults().arm(nth(denied, 2));
    stage.try_sync().await.unwrap_err();
    assert_eq!(registrations(&stage.store, &stage), known);
}

#[tokio::test]
async fn a_week_without_a_scan_is_made_up_for() {
    let stage = Stage::new(64).await;
    stage.sync().await;
    stage.pass(SignedDuration::from_hours(8 * 24));
    let synced = stage.sync().await;
    assert!(synced.whole, "a link to changes is good for seven days");
}

#[tokio::test]
async fn an_organisation_without_changes_to_ask_for_is_read_whole_each_time() {
    let stage = Stage::new(64).await;
    stage.tenant.faults().arm(Fault::on("GET", CHANGES, refusal(400, "Request_UnsupportedQuery")));
    assert!(stage.sync().await.whole);
    assert!(stage.sync().await.whole);
    assert_eq!(registrations(&stage.store, &stage), stage.registrations_alive());
}

#[tokio::test]
async fn a_cloud_that_does_not_filter_enterprise_apps_still_shows_only_those_of_others() {
    let stage = Stage::new(64).await;
    let list = "/v1.0/servicePrincipals";
    stage.tenant.faults().arm(Fault::on("GET", list, refusal(400, "Request_UnsupportedQuery")).once());
    stage.sync().await;
    let page = query(&stage.store, &Query { limit: 500, ..Query::default() }, &view(stage.now())).unwrap();
    let count = |name| page.facets.iter().find(|(facet, _)| facet.names() == ("kind", name)).unwrap().1;
    assert!(count("enterpriseApp") > 0);
    assert_eq!(count("microsoft"), 0);
}

#[tokio::test]
async fn without_a_licence_the_last_sign_in_is_said_to_need_one() {
    let options = Options { applications: 20, premium: false, ..Options::default() };
    let stage = Stage::with(options, super::stage::ADMIN).await;
    stage.sync().await;
    let mut apps = 0;
    stage
        .store
        .each(|app| {
            apps += 1;
            assert_eq!(app.last_sign_in, Known::Hidden(Unseen::NotLicensed));
            assert!(app.credentials.iter().all(|one| {
                one.last_use == Known::Hidden(Unseen::NotLicensed)
                    || one.kind == watch::CredentialKind::Federated
            }));
        })
        .unwrap();
    assert!(apps > 20);
}

#[tokio::test]
async fn a_failed_detail_does_not_fail_the_scan() {
    let stage = Stage::new(20).await;
    let grants = "/v1.0/oauth2PermissionGrants";
    let denied = refusal(403, "Authorization_RequestDenied");
    stage.tenant.faults().arm(Fault::on("GET", grants, denied).once());
    stage.sync().await;
    stage.store.each(|app| assert_eq!(app.grants, Known::Hidden(Unseen::NotAllowed))).unwrap();
}
