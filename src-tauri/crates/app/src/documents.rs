//! What the app remembers besides secrets and runs: accounts, known registrations, drafts, connections. Small JSON
//! documents in SQLite, readable without any key.

use std::path::Path;
use std::sync::Mutex;

use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use rusqlite_migration::{M, Migrations};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Kinds of documents; each names one table's worth of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A signed-in person.
    Account,
    /// An organisation's own Gatehouse registration.
    OrganisationClient,
    /// Answers of a wizard.
    Draft,
    /// A finished set-up.
    Connection,
    /// A connector that did not come with Gatehouse.
    Connector,
    /// What the window looked at last (active account).
    Choice,
    /// A rotation.
    Rotation,
    /// An organisation's policy and domains, as last looked up.
    Around,
    /// What could not be looked at, as of the last reading.
    Gaps,
    /// What people wrote about an app or a set-up.
    Note,
    /// A person's own connection.
    Personal,
    /// What a person waits for an admin to agree to.
    Approval,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::OrganisationClient => "organisation-client",
            Self::Draft => "draft",
            Self::Connection => "connection",
            Self::Connector => "connector",
            Self::Choice => "choice",
            Self::Rotation => "rotation",
            Self::Around => "around",
            Self::Gaps => "gaps",
            Self::Note => "note",
            Self::Personal => "personal",
            Self::Approval => "approval",
        }
    }
}

/// Why documents could not be read or written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DocumentsError {
    /// SQLite refused.
    #[error("database: {0}")]
    Database(#[from] rusqlite::Error),
    /// The file is of a newer version, or cannot be brought to this one.
    #[error("database version: {0}")]
    Version(rusqlite_migration::Error),
    /// A document does not have the shape that this version expects.
    #[error("document: {0}")]
    Shape(#[from] serde_json::Error),
    /// A panic elsewhere left the connection in doubt.
    #[error("database in doubt")]
    Poisoned,
}

impl From<rusqlite_migration::Error> for DocumentsError {
    /// What SQLite refuses on the way to a version is not a question of versions.
    fn from(error: rusqlite_migration::Error) -> Self {
        match error {
            rusqlite_migration::Error::RusqliteError { err, .. } => Self::Database(err),
            other => Self::Version(other),
        }
    }
}

/// How long to wait for another Gatehouse that has the file.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

const MIGRATIONS: &[M<'static>] = &[M::up(
    // "If not exists": two that open a new file at once both find it at version 0.
    "CREATE TABLE IF NOT EXISTS document (
         kind TEXT NOT NULL, id TEXT NOT NULL, changed TEXT NOT NULL, body TEXT NOT NULL,
         PRIMARY KEY (kind, id)) STRICT, WITHOUT ROWID;",
)];

/// The documents of one space.
pub(crate) struct Documents {
    connection: Mutex<Connection>,
}

impl Documents {
    /// Opens or creates the file.
    pub(crate) fn open(file: &Path) -> Result<Self, DocumentsError> {
        let mut connection = Connection::open(file)?;
        // First of all: another Gatehouse may be opening the same file right now.
        connection.busy_timeout(PATIENCE)?;
        database::write_ahead(&connection)?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "trusted_schema", "OFF")?;
        database::migrate(&mut connection, &Migrations::from_slice(MIGRATIONS))?;
        Self::healthy(connection)
    }

    /// Opens a file that cannot be written, to read what is in it.
    pub(crate) fn open_to_read(file: &Path) -> Result<Self, DocumentsError> {
        // Where no log lies beside the file, nothing can change it: SQLite then needs no files of its own.
        let mut address = url::Url::from_file_path(file).map_err(|()| rusqlite::Error::InvalidQuery)?;
        if !file.with_extension("db-wal").exists() {
            address.set_query(Some("immutable=1"));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(address.as_str(), flags)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "trusted_schema", "OFF")?;
        Self::healthy(connection)
    }

    /// A damaged file is noticed when it is opened, not in the middle of a wizard.
    fn healthy(connection: Connection) -> Result<Self, DocumentsError> {
        let verdict: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
        if verdict == "ok" {
            Ok(Self { connection: Mutex::new(connection) })
        } else {
            Err(rusqlite::Error::SqliteFailure(
                rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT),
                Some(verdict),
            )
            .into())
        }
    }

    /// Saves a document, replacing an earlier one.
    pub(crate) fn put<T: Serialize>(
        &self,
        kind: Kind,
        id: &str,
        body: &T,
        now: jiff::Timestamp,
    ) -> Result<(), DocumentsError> {
        let body = serde_json::to_string(body)?;
        self.lock()?.execute(
            "INSERT INTO document (kind, id, changed, body) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET changed = excluded.changed, body = excluded.body",
            params![kind.name(), id, now.to_string(), body],
        )?;
        Ok(())
    }

    /// One document.
    pub(crate) fn get<T: DeserializeOwned>(&self, kind: Kind, id: &str) -> Result<Option<T>, DocumentsError> {
        let body: Option<String> = self
            .lock()?
            .query_row(
                "SELECT body FROM document WHERE kind = ?1 AND id = ?2",
                params![kind.name(), id],
                |row| row.get(0),
            )
            .optional()?;
        Ok(body.map(|body| serde_json::from_str(&body)).transpose()?)
    }

    /// Changes a document as it is now, whoever changed it last: nobody comes in between, in this program or in another.
    /// `None` when there is no such document (any more); then nothing is written.
    pub(crate) fn amend<T: Serialize + DeserializeOwned>(
        &self,
        kind: Kind,
        id: &str,
        now: jiff::Timestamp,
        change: impl FnOnce(&mut T),
    ) -> Result<Option<T>, DocumentsError> {
        let mut connection = self.lock()?;
        let change_alone = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let body: Option<String> = change_alone
            .query_row(
                "SELECT body FROM document WHERE kind = ?1 AND id = ?2",
                params![kind.name(), id],
                |row| row.get(0),
            )
            .optional()?;
        let Some(body) = body else { return Ok(None) };
        let mut document: T = serde_json::from_str(&body)?;
        change(&mut document);
        change_alone.execute(
            "UPDATE document SET changed = ?3, body = ?4 WHERE kind = ?1 AND id = ?2",
            params![kind.name(), id, now.to_string(), serde_json::to_string(&document)?],
        )?;
        change_alone.commit()?;
        Ok(Some(document))
    }

    /// All documents of a kind, newest first. One that this version cannot read is left out and logged.
    pub(crate) fn list<T: DeserializeOwned>(&self, kind: Kind) -> Result<Vec<T>, DocumentsError> {
        let connection = self.lock()?;
        let mut statement = connection
            .prepare_cached("SELECT id, body FROM document WHERE kind = ?1 ORDER BY changed DESC, id")?;
        let rows = statement
            .query_map(params![kind.name()], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(rows
            .into_iter()
            .filter_map(|(id, body)| match serde_json::from_str(&body) {
                Ok(document) => Some(document),
                Err(_) => {
                    tracing::warn!(kind = kind.name(), id, "a document of another version was left out");
                    None
                }
            })
            .collect())
    }

    /// Removes a document; one that is not there is no matter.
    pub(crate) fn remove(&self, kind: Kind, id: &str) -> Result<(), DocumentsError> {
        self.lock()?.execute("DELETE FROM document WHERE kind = ?1 AND id = ?2", params![kind.name(), id])?;
        Ok(())
    }

    fn lock(&self) -> Result<std::sync::MutexGuard<'_, Connection>, DocumentsError> {
        self.connection.lock().map_err(|_| DocumentsError::Poisoned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> jiff::Timestamp {
        jiff::Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn documents_survive_reopening_and_are_listed_newest_first() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("gatehouse.db");
        {
            let documents = Documents::open(&file).unwrap();
            documents.put(Kind::Draft, "a", &"first", at(1)).unwrap();
            documents.put(Kind::Draft, "b", &"second", at(2)).unwrap();
            documents.put(Kind::Draft, "a", &"changed", at(3)).unwrap();
            documents.put(Kind::Account, "a", &"another kind", at(4)).unwrap();
        }
        let documents = Documents::open(&file).unwrap();
        assert_eq!(documents.list::<String>(Kind::Draft).unwrap(), ["changed", "second"]);
        documents.remove(Kind::Draft, "a").unwrap();
        assert_eq!(documents.get::<String>(Kind::Draft, "a").unwrap(), None);
        assert_eq!(documents.get::<String>(Kind::Account, "a").unwrap().as_deref(), Some("another kind"));
    }

    #[test]
    fn a_document_of_another_version_does_not_hide_the_others() {
        let dir = tempfile::tempdir().unwrap();
        let documents = Documents::open(&dir.path().join("gatehouse.db")).unwrap();
        documents.put(Kind::Draft, "old", &"text", at(1)).unwrap();
        documents.put(Kind::Draft, "new", &7, at(2)).unwrap();
        assert_eq!(documents.list::<u32>(Kind::Draft).unwrap(), [7]);
    }

    #[test]
    fn many_may_change_one_document_and_no_change_is_lost() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("gatehouse.db");
        Documents::open(&file).unwrap().put(Kind::Draft, "a", &0, at(1)).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let own = Documents::open(&file).unwrap();
                    for _ in 0..25 {
                        own.amend::<i64>(Kind::Draft, "a", at(2), |count| *count += 1).unwrap();
                    }
                });
            }
        });
        let documents = Documents::open(&file).unwrap();
        assert_eq!(documents.get::<i64>(Kind::Draft, "a").unwrap(), Some(100));
        assert_eq!(documents.amend::<i64>(Kind::Draft, "gone", at(3), |_| {}).unwrap(), None);
        assert_eq!(
            documents.get::<i64>(Kind::Draft, "gone").unwrap(),
            None,
            "what was removed stays removed"
        );
    }

    #[test]
    fn many_may_open_a_new_file_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("gatehouse.db");
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..12)
                .map(|number| {
                    let file = &file;
                    scope.spawn(move || {
                        Documents::open(file)?.put(Kind::Draft, &number.to_string(), &number, at(number))
                    })
                })
                .collect();
            for one in all {
                one.join().unwrap().unwrap();
            }
        });
        assert_eq!(Documents::open(&file).unwrap().list::<i64>(Kind::Draft).unwrap().len(), 12);
    }

    #[test]
    fn a_file_of_a_newer_version_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("gatehouse.db");
        Documents::open(&file).unwrap().put(Kind::Draft, "a", &1, at(1)).unwrap();
        Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(Documents::open(&file), Err(DocumentsError::Version(_))));
        assert_eq!(Documents::open_to_read(&file).unwrap().list::<i64>(Kind::Draft).unwrap(), [1]);
    }

    #[test]
    fn a_damaged_file_is_noticed_when_it_is_opened() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("gatehouse.db");
        std::fs::write(&file, "this is not a database, and long enough to look like one ".repeat(40))
            .unwrap();
        assert!(matches!(Documents::open(&file), Err(DocumentsError::Database(_))));
    }
}
