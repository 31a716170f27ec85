//! The tables, version by version. A released version is never edited; a change is a new one at the end.

use rusqlite_migration::{M, Migrations};

/// `app` holds what Microsoft said, part by part as it came, as JSON. `line` is what lists show and search, made from it:
/// a list of 50,000 is read without touching the parts. A round is one reading of a whole collection; what a finished
/// round has not seen is gone.
const STEPS: &[M<'static>] = &[M::up(
    "CREATE TABLE IF NOT EXISTS app (
        id INTEGER PRIMARY KEY,
        organisation TEXT NOT NULL,
        app_id TEXT NOT NULL,
        registration TEXT,
        registration_id TEXT,
        registration_round INTEGER,
        enterprise_app TEXT,
        enterprise_app_id TEXT,
        enterprise_app_round INTEGER,
        federated TEXT,
        owners TEXT,
        grants TEXT,
        activity TEXT,
        UNIQUE (organisation, app_id)
     ) STRICT;
     CREATE INDEX IF NOT EXISTS app_of_registration ON app (organisation, registration_id) WHERE registration_id IS NOT NULL;
     CREATE INDEX IF NOT EXISTS app_of_enterprise_app ON app (organisation, enterprise_app_id) WHERE enterprise_app_id IS NOT NULL;
     CREATE TABLE IF NOT EXISTS line (
        id INTEGER PRIMARY KEY REFERENCES app (id) ON DELETE CASCADE,
        organisation TEXT NOT NULL,
        app_id TEXT NOT NULL,
        name TEXT NOT NULL,
        words TEXT NOT NULL,
        kind INTEGER NOT NULL,
        audience TEXT,
        disabled INTEGER NOT NULL,
        registration_id TEXT,
        enterprise_app_id TEXT,
        created INTEGER,
        last_use INTEGER,
        owners INTEGER,
        credentials BLOB NOT NULL,
        health INTEGER,
        findings INTEGER NOT NULL DEFAULT 0
     ) STRICT;
     CREATE INDEX IF NOT EXISTS line_of_organisation ON line (organisation, app_id);
     CREATE TABLE IF NOT EXISTS collection (
        organisation TEXT NOT NULL,
        name TEXT NOT NULL,
        round INTEGER NOT NULL,
        reading INTEGER NOT NULL,
        next_page TEXT,
        changes_after TEXT,
        changes TEXT,
        read_at TEXT,
        hidden TEXT,
        PRIMARY KEY (organisation, name)
     ) STRICT, WITHOUT ROWID;",
)];

/// How to bring a file to the present version.
pub(super) const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// The present version, as `PRAGMA user_version` counts.
pub(super) const VERSION: i64 = STEPS.len() as i64;

/// Marks the file as ours ("GHIV").
pub(super) const APPLICATION_ID: i64 = 0x4748_4956;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_migrations_are_valid() {
        MIGRATIONS.validate().unwrap();
    }
}
