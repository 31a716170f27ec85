//! The file: private, sound, and replaced when it is not.

use std::io::{Seek as _, SeekFrom, Write as _};

use jiff::Timestamp;
use rusqlite::Connection;
use watch::findings::Severity;
use watch::inventory::{Health, Query, Store, StoreError, query};

use super::stage::Stage;
use super::view;

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

#[cfg(unix)]
#[test]
fn it_is_this_person_s_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let space = folder.path().join("space");
    let store = Store::open(&space, "t", now()).unwrap();
    store.set_health(&[("a".to_owned(), Health::default())]).unwrap();
    assert_eq!(space.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    for file in space.read_dir().unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.path());
    }
}

#[test]
fn a_newer_file_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    drop(Store::open(folder.path(), "t", now()).unwrap());
    let path = folder.path().join("inventory.db");
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert_eq!(Store::open(folder.path(), "t", now()).err(), Some(StoreError::Newer));
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[test]
fn what_is_no_inventory_is_put_aside() {
    for content in [&b"not a database at all, and long enough to look like something"[..], &[0xff; 5000]] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("inventory.db");
        std::fs::write(&path, content).unwrap();
        let store = Store::open(folder.path(), "t", now()).unwrap();
        assert_eq!(std::fs::read(store.put_aside().unwrap()).unwrap(), content);
        assert_eq!(store.freshness().unwrap().apps, 0);
        drop(store);
        assert_eq!(Store::open(folder.path(), "t", now()).unwrap().put_aside(), None);
    }
    // Somebody else's database under our name.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("inventory.db");
    Connection::open(&path).unwrap().execute_batch("CREATE TABLE app (x); PRAGMA user_version = 1").unwrap();
    assert!(Store::open(folder.path(), "t", now()).unwrap().put_aside().is_some());
}

#[tokio::test]
async fn damage_found_while_it_is_used_leads_to_an_empty_inventory_and_the_next_scan_fills_it() {
    let stage = Stage::new(200).await;
    stage.sync().await;
    let known = stage.store.freshness().unwrap().apps;
    // So that the file alone is the truth.
    let path = stage.folder.path().join("inventory.db");
    let other = Connection::open(&path).unwrap();
    other.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    // The root page of the documents is overwritten, as a failing disk would.
    let page: u64 = other
        .query_row("SELECT rootpage FROM sqlite_schema WHERE name = 'app'", [], |row| row.get::<_, i64>(0))
        .unwrap() as u64;
    drop(other);
    let mut file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
    file.seek(SeekFrom::Start((page - 1) * 4096)).unwrap();
    file.write_all(&[0xa5; 4096]).unwrap();
    drop(file);

    let store = stage.reopened();
    if store.put_aside().is_none() {
        let found = store.each(|_| {});
        assert!(matches!(found, Err(StoreError::Damaged { put_aside: Some(_) })), "{found:?}");
    }
    assert!(store.put_aside().unwrap().exists());
    assert_eq!(store.freshness().unwrap().apps, 0);
    watch::inventory::sync(&stage.graph, &store, &stage.heard, &stage.cancel).await.unwrap();
    assert_eq!(store.freshness().unwrap().apps, known);
}

#[tokio::test]
async fn two_programs_see_each_other_s_changes() {
    let stage = Stage::new(40).await;
    stage.sync().await;
    let other = stage.reopened();
    let all = Query { limit: 500, ..Query::default() };
    let page = query(&other, &all, &view(stage.now())).unwrap();
    let app_id = page.rows[0].app_id.clone();
    let health = Health { worst: Some(Severity::Critical), findings: 3 };
    stage.store.set_health(&[(app_id.clone(), health), ("nobody".into(), health)]).unwrap();
    let page = query(&other, &all, &view(stage.now())).unwrap();
    let row = page.rows.iter().find(|row| row.app_id == app_id).unwrap();
    assert_eq!((row.health, row.findings), (Some(Severity::Critical), 3));
    assert_eq!(stage.store.health(&app_id).unwrap(), Some(health));
    assert_eq!(stage.store.health("nobody").unwrap(), None);
}

#[tokio::test]
async fn organisations_do_not_see_each_other() {
    let stage = Stage::new(20).await;
    stage.sync().await;
    let other = Store::open(stage.folder.path(), "another", stage.now()).unwrap();
    assert_eq!(other.freshness().unwrap().apps, 0);
    other.forget().unwrap();
    assert!(stage.store.freshness().unwrap().apps > 0);
    stage.store.forget().unwrap();
    assert_eq!(stage.store.freshness().unwrap().apps, 0);
    assert_eq!(query(&stage.store, &Query::default(), &view(stage.now())).unwrap().known, 0);
}

#[tokio::test]
async fn nothing_secret_is_in_the_file() {
    let stage = Stage::new(40).await;
    let values: Vec<String> =
        stage.tenant.tables(|tables| tables.secrets.values().map(|one| one.value.clone()).collect());
    stage.sync().await;
    for file in stage.folder.path().read_dir().unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        for value in values.iter().filter(|value| value.len() > 8) {
            assert!(memchr::memmem::find(&bytes, value.as_bytes()).is_none());
        }
    }
}
