//! The journal's file on good and bad days.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use jiff::Timestamp;
use proptest::prelude::*;
use provision::{Finish, Journal, JournalAccess, JournalError, Stop};
use tokio_util::sync::CancellationToken;

use crate::setups::calendar;
use crate::world::{ADMIN, World};

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

async fn with_a_run(world: &World) {
    let plan = world.plan(&calendar()).await;
    world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
}

#[test]
fn folder_and_files_are_for_their_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("a/journal");
    let _journal = Journal::open(&inside, now()).unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&inside), 0o700);
    for entry in std::fs::read_dir(&inside).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
}

#[test]
fn a_symbolic_link_in_its_place_is_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("target");
    std::fs::write(&target, "").unwrap();
    std::os::unix::fs::symlink(&target, folder.path().join("journal.db")).unwrap();
    assert!(Journal::open(folder.path(), now()).is_err());
    assert_eq!(std::fs::read(&target).unwrap(), b"");
}

#[tokio::test]
async fn what_is_written_stays_as_it_was_written() {
    let world = World::new(ADMIN);
    with_a_run(&world).await;
    let db = rusqlite::Connection::open(world.folder.path().join("journal/journal.db")).unwrap();
    for change in
        ["DELETE FROM entry", "UPDATE entry SET note = '{}'", "DELETE FROM run", "UPDATE run SET plan = '{}'"]
    {
        assert!(db.execute_batch(change).is_err(), "{change}");
    }
    let mode: String = db.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
}

#[tokio::test]
async fn row_24_a_damaged_file_is_put_aside_and_the_last_good_copy_takes_its_place() {
    let world = World::new(ADMIN);
    with_a_run(&world).await;
    let path = world.folder.path().join("journal/journal.db");
    std::fs::write(&path, vec![0x55; 8192]).unwrap();
    let _ = std::fs::remove_file(path.with_file_name("journal.db-wal"));
    let journal = world.journal();
    let aside = journal.put_aside().unwrap().to_owned();
    assert_eq!(std::fs::read(&aside).unwrap(), vec![0x55; 8192], "kept for whoever can rescue something");
    assert!(journal.restored());
    let runs = journal.runs().await.unwrap();
    assert_eq!((runs.len(), runs[0].end.clone()), (1, Some(provision::RunEnd::Done)), "the run came back");
    assert!(!journal.entries(&runs[0].id).await.unwrap().is_empty());
    // What was made is found again at Microsoft, by its labels.
    assert!(world.plan(&calendar()).await.is_settled());
    let plan = world.plan(&calendar()).await;
    let finished = world.worker().await.execute(plan, CancellationToken::new()).await.unwrap();
    assert_eq!(finished.finish, Finish::Done);
}

#[tokio::test]
async fn row_24_a_damaged_copy_is_not_believed_either() {
    let world = World::new(ADMIN);
    with_a_run(&world).await;
    let path = world.folder.path().join("journal/journal.db");
    for file in ["journal.db", "journal.backup.db"] {
        std::fs::write(path.with_file_name(file), vec![0x55; 8192]).unwrap();
    }
    let _ = std::fs::remove_file(path.with_file_name("journal.db-wal"));
    let journal = world.journal();
    assert!(journal.put_aside().is_some() && !journal.restored());
    assert_eq!(journal.runs().await.unwrap(), []);
    assert!(world.plan(&calendar()).await.is_settled(), "found again at Microsoft, by its labels");
}

#[tokio::test]
async fn row_24_another_program_s_database_is_not_taken_for_a_journal() {
    let folder = tempfile::tempdir().unwrap();
    let db = rusqlite::Connection::open(folder.path().join("journal.db")).unwrap();
    db.execute_batch("CREATE TABLE theirs (x); PRAGMA user_version = 1;").unwrap();
    drop(db);
    let journal = Journal::open(folder.path(), now()).unwrap();
    assert!(journal.put_aside().is_some());
}

#[tokio::test]
async fn row_35_a_file_of_a_newer_version_is_read_and_not_written() {
    let world = World::new(ADMIN);
    with_a_run(&world).await;
    let db = rusqlite::Connection::open(world.folder.path().join("journal/journal.db")).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let journal = world.journal();
    assert_eq!(*journal.access(), JournalAccess::Newer);
    assert_eq!(journal.runs().await.unwrap().len(), 1);
    let plan = world.plan(&calendar()).await;
    let mark = world.mark();
    let refused = world.worker().await.execute(plan, CancellationToken::new()).await;
    assert_eq!(refused.unwrap_err(), Stop::Journal(JournalError::Newer));
    assert_eq!(world.requests_since(mark).len(), 0, "nothing is sent that cannot be written down");
}

#[tokio::test]
async fn row_23_a_file_that_cannot_be_written_is_read() {
    let world = World::new(ADMIN);
    with_a_run(&world).await;
    let path = world.folder.path().join("journal/journal.db");
    // Written out of the log first, so that the file alone says everything.
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch("PRAGMA journal_mode = DELETE").unwrap();
    drop(db);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    if std::fs::OpenOptions::new().write(true).open(&path).is_ok() {
        // The person of this test may write everything (root): SQLite's own read-only mark does the same.
        let db =
            rusqlite::Connection::open_with_flags(&path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        assert!(db.execute_batch("CREATE TABLE x (y)").is_err());
        return;
    }
    let journal = world.journal();
    assert_eq!(*journal.access(), JournalAccess::ReadOnly);
    assert_eq!(journal.runs().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_lease_ends_with_its_holder_and_names_it_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) =
        (Journal::open(folder.path(), now()).unwrap(), Journal::open(folder.path(), now()).unwrap());
    let lease = one.lease("tenant", "Set up Totalview", now()).await.unwrap();
    let refused = other.lease("tenant", "Set up", now()).await.unwrap_err();
    let JournalError::Busy { holder: Some(holder) } = refused else { panic!("{refused:?}") };
    assert_eq!((holder.process, holder.what.as_str()), (std::process::id(), "Set up Totalview"));
    let elsewhere = other.lease("another tenant", "Set up", now()).await;
    assert!(elsewhere.is_ok(), "one organisation does not hold up another");
    drop(lease);
    assert!(other.lease("tenant", "Set up", now()).await.is_ok());
}

/// A finished journal, as bytes.
fn finished_journal() -> &'static [u8] {
    static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BYTES.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        drop(Journal::open(folder.path(), now()).unwrap());
        let path = folder.path().join("journal.db");
        let db = rusqlite::Connection::open(&path).unwrap();
        db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE").unwrap();
        drop(db);
        std::fs::read(&path).unwrap()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn no_mutation_of_the_file_makes_it_panic_or_run_anything(at in 0usize..40_000, with in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = finished_journal().to_vec();
        let at = at % bytes.len();
        if cut { bytes.truncate(at) } else { bytes[at] = with }
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("journal.db"), &bytes).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        if let Ok(journal) = Journal::open(folder.path(), now()) {
            let _ = runtime.block_on(journal.runs());
        }
    }
}

#[test]
fn several_open_a_new_journal_at_once() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let together = std::sync::Barrier::new(8);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    together.wait();
                    Journal::open(folder.path(), now()).unwrap();
                });
            }
        });
    }
}
