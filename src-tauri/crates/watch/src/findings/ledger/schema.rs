//! The tables.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use super::LedgerError;

/// Append only: a released step is never edited. Instants are seconds since 1970. A finding that is about no instant has
/// the greatest one, so that it comes last. The indices hold everything that narrowing by text looks at: the findings
/// themselves, many times as large, are read for a page alone.
const STEPS: &[M<'static>] = &[M::up(
    "CREATE TABLE IF NOT EXISTS judged (
        organisation TEXT NOT NULL,
        app_id       TEXT NOT NULL,
        app_stamp    INTEGER NOT NULL,
        context      INTEGER NOT NULL,
        judged_at    INTEGER NOT NULL,
        turns_at     INTEGER NOT NULL,
        worst        INTEGER NOT NULL,
        findings     INTEGER NOT NULL,
        PRIMARY KEY (organisation, app_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS finding (
        organisation TEXT NOT NULL,
        id           TEXT NOT NULL,
        app_id       TEXT NOT NULL,
        rule         TEXT NOT NULL,
        severity     INTEGER NOT NULL,
        at           INTEGER NOT NULL,
        name         TEXT NOT NULL,
        body         TEXT NOT NULL,
        first_seen   INTEGER NOT NULL,
        last_seen    INTEGER NOT NULL,
        gone_at      INTEGER,
        UNIQUE (organisation, id)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS finding_order ON finding (organisation, severity DESC, at, name, id, app_id)
        WHERE gone_at IS NULL;
    CREATE INDEX IF NOT EXISTS finding_rule ON finding (organisation, rule, severity DESC, at, name, id, app_id)
        WHERE gone_at IS NULL;
    CREATE INDEX IF NOT EXISTS finding_gone ON finding (organisation, gone_at) WHERE gone_at IS NOT NULL;
    CREATE INDEX IF NOT EXISTS finding_app ON finding (organisation, app_id);
    CREATE TABLE IF NOT EXISTS ignored (
        organisation TEXT NOT NULL,
        id           TEXT NOT NULL,
        app_id       TEXT NOT NULL,
        reason       TEXT NOT NULL,
        until        INTEGER,
        at           INTEGER NOT NULL,
        PRIMARY KEY (organisation, id)
    ) STRICT, WITHOUT ROWID;",
)];

/// Brings a file to the newest schema.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), LedgerError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match usize::try_from(version) {
        Ok(version) if version > STEPS.len() => return Err(LedgerError::Newer),
        Ok(_) => {}
        Err(_) => return Err(LedgerError::Damaged { put_aside: None }),
    }
    database::migrate(connection, &Migrations::from_slice(STEPS)).map_err(|error| match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => err.into(),
        _ => LedgerError::Damaged { put_aside: None },
    })
}
