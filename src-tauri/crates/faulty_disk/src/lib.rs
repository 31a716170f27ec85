//! A disk that fails, for tests: the method of SQLite's own I/O and crash tests (<https://www.sqlite.org/testing.html>, "I/O
//! Error Testing" and "Crash Testing"), for every database that a process opens below a folder.
//!
//! Changes (write, truncate, sync, delete) are counted. At the n-th one the disk fails once, fails from then on, or loses
//! power. After a loss of power a file holds what was synced, and of what was written since as much as the caller chooses:
//! a computer may have got any part of it onto the disk, in any order.
//!
//! What SQLite does not do itself is not covered: making folders and empty files, locks, and moving a damaged file aside.

#![cfg(unix)]

pub mod harm;
mod platter;
mod vfs;

use std::path::{Path, PathBuf};

use platter::{Plan, held};

/// How a change fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The device reports an error (`EIO`). Half of a write has arrived by then.
    Io,
    /// There is no room (`ENOSPC`). Syncing and deleting still work.
    Full,
}

/// A folder whose databases are on a disk that fails.
#[derive(Debug)]
pub struct FaultyDisk {
    folder: PathBuf,
}

impl FaultyDisk {
    /// Begins to count the changes below `folder`, which must exist. What is in it now counts as synced.
    ///
    /// # Errors
    /// What the system says when the folder cannot be read.
    pub fn at(folder: &Path) -> std::io::Result<Self> {
        vfs::install();
        let folder = folder.canonicalize()?;
        platter::begin(&folder)?;
        Ok(Self { folder })
    }

    /// Changes so far.
    #[must_use]
    pub fn changes(&self) -> u64 {
        held(&self.folder, |platter| platter.changes)
    }

    /// Lets the change with this number fail, the first one being 1; with `lasting`, every one after it too.
    pub fn fail_at(&self, change: u64, fault: Fault, lasting: bool) {
        held(&self.folder, |platter| platter.plan = Plan::Fail { change, fault, lasting });
    }

    /// Lets the power go at the change with this number: neither it nor any later one happens. `told` is called once then.
    pub fn lose_power_at(&self, change: u64, told: impl FnOnce() + Send + 'static) {
        held(&self.folder, |platter| {
            platter.plan = Plan::LosePower { change, told: Some(Box::new(told)) };
        });
    }

    /// From now on the disk works.
    pub fn repair(&self) {
        held(&self.folder, |platter| platter.plan = Plan::Work);
    }

    /// Makes the files what a computer finds that comes back after a loss of power, and lets the disk work. `survived` is asked
    /// for each change that was made after its file's last sync, in their order. Every database must be closed.
    ///
    /// # Errors
    /// What the system says when a file cannot be written.
    pub fn restore_power(&self, survived: &mut dyn FnMut() -> bool) -> std::io::Result<()> {
        held(&self.folder, |platter| platter.restore(survived))
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    fn table(folder: &Path) -> Connection {
        let db = Connection::open(folder.join("a.db")).unwrap();
        db.execute_batch("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS t(x)")
            .unwrap();
        db
    }

    fn rows(db: &Connection) -> i64 {
        db.query_row("SELECT count(*) FROM t", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_change_fails_at_its_number_and_only_there() {
        let folder = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::at(folder.path()).unwrap();
        let db = table(folder.path());
        let before = disk.changes();
        assert!(before > 2, "opening and making a table changes the disk: {before}");
        disk.fail_at(before + 1, Fault::Full, false);
        let refused = db.execute("INSERT INTO t VALUES (1)", []).unwrap_err();
        assert_eq!(refused.sqlite_error_code(), Some(rusqlite::ErrorCode::DiskFull));
        db.execute("INSERT INTO t VALUES (2)", []).unwrap();
        assert_eq!(rows(&db), 1);
    }

    #[test]
    fn what_was_not_synced_is_gone_after_a_loss_of_power() {
        let folder = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::at(folder.path()).unwrap();
        let db = table(folder.path());
        db.execute("INSERT INTO t VALUES (1)", []).unwrap();
        db.execute_batch("PRAGMA synchronous=OFF").unwrap();
        db.execute("INSERT INTO t VALUES (2)", []).unwrap();
        let (told, hears) = std::sync::mpsc::channel();
        disk.lose_power_at(disk.changes() + 1, move || told.send(()).unwrap());
        db.execute("INSERT INTO t VALUES (3)", []).unwrap_err();
        hears.try_recv().unwrap();
        drop(db);
        disk.restore_power(&mut || false).unwrap();
        assert_eq!(rows(&table(folder.path())), 1, "the row that was synced, and no other");
    }

    #[test]
    fn what_the_computer_got_onto_the_disk_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let disk = FaultyDisk::at(folder.path()).unwrap();
        let db = table(folder.path());
        db.execute_batch("PRAGMA synchronous=OFF; INSERT INTO t VALUES (1)").unwrap();
        disk.lose_power_at(disk.changes() + 1, || {});
        db.execute("INSERT INTO t VALUES (2)", []).unwrap_err();
        drop(db);
        disk.restore_power(&mut || true).unwrap();
        assert_eq!(rows(&table(folder.path())), 1);
    }
}
