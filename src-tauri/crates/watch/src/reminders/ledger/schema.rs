//! The tables, version by version. A released version is never edited; a change is a new one at the end.
//!
//! Moments are whole seconds since 1970, UTC.

use rusqlite_migration::{M, Migrations};

const STEPS: &[M<'static>] = &[M::up(
    "CREATE TABLE IF NOT EXISTS delivery (
        credential TEXT NOT NULL,
        channel TEXT NOT NULL,
        machine TEXT NOT NULL,
        ends INTEGER NOT NULL,
        days INTEGER NOT NULL,
        round INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('claimed', 'sent', 'waiting', 'given up')),
        due INTEGER NOT NULL,
        at INTEGER NOT NULL,
        known_at INTEGER,
        missed INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        next_try INTEGER,
        PRIMARY KEY (credential, channel, machine, ends, days, round)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE IF NOT EXISTS mark (
        credential TEXT PRIMARY KEY NOT NULL,
        done INTEGER,
        snoozed_days INTEGER,
        snoozed_at INTEGER,
        snoozed_known_at INTEGER,
        snoozed_until INTEGER,
        round INTEGER NOT NULL
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE IF NOT EXISTS channel (
        channel TEXT NOT NULL,
        machine TEXT NOT NULL,
        carried_at INTEGER,
        fault TEXT,
        fault_at INTEGER,
        PRIMARY KEY (channel, machine)
     ) STRICT, WITHOUT ROWID;
     CREATE TABLE IF NOT EXISTS event (
        mailbox TEXT NOT NULL,
        key TEXT NOT NULL,
        graph_id TEXT NOT NULL,
        revision TEXT NOT NULL,
        at INTEGER NOT NULL,
        removed INTEGER NOT NULL,
        PRIMARY KEY (mailbox, key)
     ) STRICT, WITHOUT ROWID;",
)];

/// How to bring a file to the present version.
pub(super) const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// The present version, as `PRAGMA user_version` counts.
pub(super) const VERSION: i64 = STEPS.len() as i64;

/// Marks the file as ours ("GHRM"), so that another database under our name is not taken for it.
pub(super) const APPLICATION_ID: i64 = 0x4748_524d;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_are_valid() {
        MIGRATIONS.validate().unwrap();
    }
}
