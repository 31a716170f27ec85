//! Opening a SQLite file that another program may be opening at the same moment: the window, the scheduler and a command line
//! on their first day.

use std::time::{Duration, Instant};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use rusqlite_migration::Migrations;

/// How long another program is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(10);
/// `cache_size` of a file that holds much and is read in passing, in KiB as SQLite counts it: negative. The system keeps such a
/// file in its own memory already; SQLite's usual 2 MiB stay with the program once they were filled.
pub const CACHE: i64 = -512;

/// Turns the write-ahead log on. Where two do this to a new file at once, SQLite tells one that the file is busy, without the
/// patience that it has elsewhere (<https://www.sqlite.org/wal.html>, "Sometimes Queries Return `SQLITE_BUSY` In WAL Mode").
///
/// # Errors
/// SQLite's; busy after five seconds.
pub fn write_ahead(db: &Connection) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        match db.pragma_update(None, "journal_mode", "WAL") {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && begun.elapsed() < PATIENCE =>
            {
                std::thread::sleep(PAUSE);
            }
            done => return done,
        }
    }
}

/// Brings a file to the newest schema. Two that open a new file at once both find it empty: the second waits for the first,
/// and its steps must be content with what is there (`IF NOT EXISTS`).
///
/// # Errors
/// The migration's.
pub fn migrate(db: &mut Connection, steps: &Migrations<'_>) -> rusqlite_migration::Result<()> {
    db.set_transaction_behavior(TransactionBehavior::Immediate);
    let migrated = steps.to_latest(db);
    db.set_transaction_behavior(TransactionBehavior::Deferred);
    migrated
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;

    use rusqlite_migration::M;

    use super::*;

    #[test]
    fn eight_open_a_new_file_at_once() {
        let steps = Migrations::new(vec![M::up("CREATE TABLE IF NOT EXISTS thing (id INTEGER) STRICT")]);
        for _ in 0..20 {
            let folder = tempfile::tempdir().unwrap();
            let together = Barrier::new(8);
            let one = || {
                together.wait();
                let mut db = Connection::open(folder.path().join("things.db"))?;
                db.busy_timeout(PATIENCE)?;
                write_ahead(&db)?;
                migrate(&mut db, &steps)?;
                db.execute("INSERT INTO thing (id) VALUES (1)", []).map_err(Into::into)
            };
            std::thread::scope(|scope| {
                let all: Vec<_> = (0..8).map(|_| scope.spawn(one)).collect();
                for each in all {
                    let inserted: Result<usize, rusqlite_migration::Error> = each.join().unwrap();
                    assert_eq!(inserted, Ok(1));
                }
            });
        }
    }
}
