//! The tables, version by version. A released version is never edited; a change is a new one at the end.

use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'static>] = &[M::up(
    "CREATE TABLE IF NOT EXISTS run (
        id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 32),
        format INTEGER NOT NULL,
        app_version TEXT NOT NULL,
        title TEXT NOT NULL,
        tenant TEXT NOT NULL,
        tenant_name TEXT NOT NULL,
        account_id TEXT NOT NULL,
        account_name TEXT NOT NULL,
        created TEXT NOT NULL,
        plan TEXT NOT NULL,
        plan_hash TEXT NOT NULL
     ) STRICT;
     CREATE TABLE IF NOT EXISTS entry (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        run TEXT NOT NULL REFERENCES run (id),
        step TEXT NOT NULL,
        item TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        phase TEXT NOT NULL,
        client_request_id TEXT,
        at TEXT NOT NULL,
        note TEXT NOT NULL
     ) STRICT;
     CREATE INDEX IF NOT EXISTS entry_of_run ON entry (run, seq);
     CREATE TABLE IF NOT EXISTS lease (
        tenant TEXT PRIMARY KEY NOT NULL,
        process INTEGER NOT NULL,
        what TEXT NOT NULL,
        since TEXT NOT NULL,
        seen TEXT NOT NULL
     ) STRICT;
     CREATE TRIGGER IF NOT EXISTS entry_is_kept BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are only added'); END;
     CREATE TRIGGER IF NOT EXISTS entry_is_fixed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are only added'); END;
     CREATE TRIGGER IF NOT EXISTS run_is_kept BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'runs are only added'); END;
     CREATE TRIGGER IF NOT EXISTS run_is_fixed BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'runs are only added'); END;",
)];

/// How to bring a file to the present version.
pub(super) const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// The present version, as `PRAGMA user_version` counts.
pub(super) const VERSION: i64 = STEPS.len() as i64;

/// Marks the file as ours ("GHJN"), so that another database under our name is not taken for a journal.
pub(super) const APPLICATION_ID: i64 = 0x4748_4a4e;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_are_valid() {
        MIGRATIONS.validate().unwrap();
    }
}
