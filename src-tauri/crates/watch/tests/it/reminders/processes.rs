//! Two processes at once, two machines, and files that are not as they should be.

use std::sync::Arc;

use async_trait::async_trait;
use net::call::Clock;
use tokio::sync::Notify;
use watch::reminders::{Bundle, Channel, ChannelKind, Delivered, Ledger, LedgerAccess, LedgerError, remind};

use super::desk::{Pigeon, at, moment, secret, usual};

const NOW: &str = "2027-04-26T09:00:00Z";

fn open(folder: &std::path::Path, machine: &str) -> Ledger {
    Ledger::open(folder, machine, at(NOW)).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_processes_at_once_remind_once() {
    let folder = tempfile::tempdir().unwrap();
    let desk = Arc::new(Pigeon::desktop());
    let reminders = usual(&(0..50).map(|n| secret(n, "2027-05-03T12:00:00Z")).collect::<Vec<_>>());
    let mut all = Vec::new();
    for _ in 0..8 {
        // Each with a file of its own, as another process has.
        let (ledger, desk, reminders) =
            (open(folder.path(), "desk"), Arc::clone(&desk), Arc::clone(&reminders));
        all.push(tokio::spawn(async move { desk.round(&ledger, &reminders, &moment(NOW)).await.carried }));
    }
    let mut carried = 0;
    for one in all {
        carried += one.await.unwrap();
    }
    assert_eq!(carried, 50);
    assert_eq!(desk.titles().len(), 1);
}

/// A channel that hangs until it is let go.
struct Hanging(Arc<Notify>, Arc<Notify>);

#[async_trait]
impl Channel for Hanging {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Webhook
    }

    async fn deliver(&self, _: &Bundle) -> Delivered {
        self.0.notify_one();
        self.1.notified().await;
        Delivered::Accepted
    }
}

#[tokio::test]
async fn a_way_that_hangs_holds_no_other_and_nobody_takes_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path(), "desk");
    let reminders = usual(&[secret(1, "2027-05-03T12:00:00Z")]);
    let (begun, free) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let hanging = Hanging(Arc::clone(&begun), Arc::clone(&free));
    let (own, given) = (ledger.clone(), Arc::clone(&reminders));
    let clock: Clock = Arc::new(|| at(NOW));
    let stuck = tokio::spawn(async move { remind(&own, &hanging, given, &moment(NOW), &clock).await });
    begun.notified().await;
    let (desk, team) = (Pigeon::desktop(), Pigeon::new(ChannelKind::Webhook));
    assert_eq!(desk.round(&ledger, &reminders, &moment(NOW)).await.carried, 1);
    let other = open(folder.path(), "desk");
    assert!(team.round(&other, &reminders, &moment(NOW)).await.elsewhere);
    free.notify_one();
    assert_eq!(stuck.await.unwrap().unwrap().carried, 1);
    assert_eq!(team.round(&other, &reminders, &moment(NOW)).await.carried, 0);
}

#[tokio::test]
async fn what_a_killed_process_had_claimed_is_given_by_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let ledger = open(folder.path(), "desk");
    let reminders = usual(&[secret(1, "2027-05-03T12:00:00Z")]);
    let turn = ledger.turn(ChannelKind::Desktop).await.unwrap().unwrap();
    assert_eq!(turn.claim(Arc::clone(&reminders), &moment(NOW)).await.unwrap().len(), 1);
    // Killed between the claim and the notification.
    drop(turn);
    let desk = Pigeon::desktop();
    assert_eq!(desk.round(&ledger, &reminders, &moment(NOW)).await.carried, 1);
    assert_eq!(desk.round(&ledger, &reminders, &moment(NOW)).await.carried, 0);
}

#[tokio::test]
async fn two_machines_on_one_folder_each_show_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let reminders = usual(&[secret(1, "2027-05-03T12:00:00Z")]);
    let desk = Pigeon::desktop();
    for machine in ["desk", "laptop", "desk", "laptop"] {
        desk.round(&open(folder.path(), machine), &reminders, &moment(NOW)).await;
    }
    assert_eq!(desk.titles().len(), 2);
}

#[tokio::test]
async fn a_damaged_file_is_put_aside_and_what_is_nearest_comes_once_more() {
    let folder = tempfile::tempdir().unwrap();
    let reminders = usual(&[secret(1, "2027-05-03T12:00:00Z")]);
    let desk = Pigeon::desktop();
    desk.round(&open(folder.path(), "desk"), &reminders, &moment(NOW)).await;
    desk.titles();
    for companion in ["reminders.db-wal", "reminders.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(companion));
    }
    let file = folder.path().join("reminders.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2;
    bytes[..middle].fill(0x5a);
    std::fs::write(&file, &bytes).unwrap();
    let ledger = open(folder.path(), "desk");
    let aside = ledger.put_aside().unwrap();
    assert_eq!(std::fs::read(aside).unwrap(), bytes, "kept for whoever can rescue something");
    desk.round(&ledger, &reminders, &moment(NOW)).await;
    desk.round(&ledger, &reminders, &moment(NOW)).await;
    assert_eq!(desk.titles().len(), 1);
}

#[tokio::test]
async fn a_database_of_somebody_else_and_a_newer_one_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    drop(open(folder.path(), "desk"));
    let db = rusqlite::Connection::open(folder.path().join("reminders.db")).unwrap();
    db.pragma_update(None, "user_version", 99).unwrap();
    drop(db);
    let newer = open(folder.path(), "desk");
    assert_eq!(newer.access(), LedgerAccess::Newer);
    let reminders = usual(&[secret(1, "2027-05-03T12:00:00Z")]);
    let turn = newer.turn(ChannelKind::Desktop).await.unwrap().unwrap();
    let refused = turn.claim(reminders, &moment(NOW)).await;
    assert_eq!(refused.unwrap_err(), LedgerError::Newer, "nothing is shown that cannot be written down");
    let other = tempfile::tempdir().unwrap();
    let db = rusqlite::Connection::open(other.path().join("reminders.db")).unwrap();
    db.execute_batch("PRAGMA user_version = 1; PRAGMA application_id = 7; CREATE TABLE x (y)").unwrap();
    drop(db);
    assert!(open(other.path(), "desk").put_aside().is_some());
}

#[cfg(unix)]
#[test]
fn the_file_is_the_persons_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let own = folder.path().join("new");
    drop(open(&own, "desk"));
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&own), 0o700);
    assert_eq!(mode(&own.join("reminders.db")), 0o600);
}
