//! Runs as the journal keeps them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

use super::{Entry, JournalError, Note, Phase, StepKey};
use crate::RunId;

/// Format of what is written for a run. Raised when an older version could no longer continue a newer run.
pub(crate) const FORMAT: u32 = 1;

/// Who began a run. The object id identifies; the name is for showing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct JournalAccount {
    /// Object id of the person in the organisation.
    pub id: String,
    /// Name to show.
    pub name: String,
}

/// How a run ended, or stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum RunEnd {
    /// Everything is done and read back.
    Done,
    /// This person's part is done; the rest is for somebody else.
    WaitingForOther,
    /// It was asked to stop.
    Cancelled,
    /// It waits for Microsoft, and may go on from then.
    Parked {
        /// Not before.
        until: Timestamp,
    },
    /// Something stopped it.
    Stopped {
        /// A word for what, see [`Stop::code`](crate::Stop::code).
        code: String,
    },
    /// It goes on.
    Resumed,
    /// It is being undone.
    Undoing,
    /// All that it made is undone.
    Undone,
    /// The person decided to keep what is there and not to go on.
    Kept,
}

/// A run as listed.
#[derive(Debug, Clone, PartialEq)]
pub struct RunRecord {
    /// Its name.
    pub id: RunId,
    /// Format of its lines; a higher one than ours cannot be continued here.
    pub format: u32,
    /// The version of Gatehouse that began it.
    pub app_version: String,
    /// What it is about.
    pub title: String,
    /// The organisation.
    pub tenant: String,
    /// The organisation's name at that time.
    pub tenant_name: String,
    /// Who began it.
    pub account: JournalAccount,
    /// When.
    pub created: Timestamp,
    /// The plan as text, see [`RunRecord::plan`].
    pub plan_json: String,
    /// The plan's hash.
    pub plan_hash: String,
    /// How it stands; `None` when nothing was said yet: it was cut short.
    pub end: Option<RunEnd>,
}

impl RunRecord {
    /// The plan that it carries out.
    ///
    /// # Errors
    /// [`JournalError::UnreadableRun`] when a newer version wrote it or the text was damaged.
    pub fn plan(&self) -> Result<crate::Plan, JournalError> {
        if self.format > FORMAT {
            return Err(JournalError::UnreadableRun);
        }
        serde_json::from_str(&self.plan_json).map_err(|_| JournalError::UnreadableRun)
    }

    /// Whether it was left half-way and nobody has decided about it.
    #[must_use]
    pub fn is_unfinished(&self) -> bool {
        !matches!(self.end, Some(RunEnd::Done | RunEnd::Undone | RunEnd::Kept | RunEnd::WaitingForOther))
    }
}

pub(super) fn insert(db: &Connection, run: &RunRecord) -> Result<(), JournalError> {
    db.execute(
        "INSERT INTO run (id, format, app_version, title, tenant, tenant_name, account_id, account_name, created,
                          plan, plan_hash) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            run.id.as_str(),
            run.format,
            run.app_version,
            run.title,
            run.tenant,
            run.tenant_name,
            run.account.id,
            run.account.name,
            run.created.to_string(),
            run.plan_json,
            run.plan_hash,
        ],
    )?;
    Ok(())
}

const COLUMNS: &str =
    "id, format, app_version, title, tenant, tenant_name, account_id, account_name, created, plan, plan_hash";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<RunRecord>> {
    let (Ok(id), Ok(created)) =
        (RunId::parse(&row.get::<_, String>(0)?), row.get::<_, String>(8)?.parse::<Timestamp>())
    else {
        return Ok(None);
    };
    Ok(Some(RunRecord {
        id,
        format: row.get(1)?,
        app_version: row.get(2)?,
        title: row.get(3)?,
        tenant: row.get(4)?,
        tenant_name: row.get(5)?,
        account: JournalAccount { id: row.get(6)?, name: row.get(7)? },
        created,
        plan_json: row.get(9)?,
        plan_hash: row.get(10)?,
        end: None,
    }))
}

/// All runs, newest first. A row that cannot be read is left out, never guessed.
pub(super) fn list(db: &Connection) -> Result<Vec<RunRecord>, JournalError> {
    let mut statement =
        db.prepare(&format!("SELECT {COLUMNS} FROM run ORDER BY created DESC, rowid DESC"))?;
    let runs = statement.query_map([], read)?.collect::<Result<Vec<_>, _>>()?;
    runs.into_iter().flatten().map(|run| with_end(db, run)).collect()
}

pub(super) fn find(db: &Connection, id: &RunId) -> Result<RunRecord, JournalError> {
    let run = db
        .query_row(&format!("SELECT {COLUMNS} FROM run WHERE id = ?1"), [id.as_str()], read)
        .optional()?
        .flatten()
        .ok_or(JournalError::NoSuchRun)?;
    with_end(db, run)
}

fn with_end(db: &Connection, mut run: RunRecord) -> Result<RunRecord, JournalError> {
    let note: Option<String> = db
        .query_row(
            "SELECT note FROM entry WHERE run = ?1 AND phase = 'run' ORDER BY seq DESC LIMIT 1",
            [run.id.as_str()],
            |row| row.get(0),
        )
        .optional()?;
    run.end = note.and_then(|text| match serde_json::from_str(&text) {
        Ok(Note::End(end)) => Some(end),
        _ => None,
    });
    Ok(run)
}

pub(super) fn append(db: &Connection, run: &RunId, line: &Line) -> Result<(), JournalError> {
    let note = serde_json::to_string(&line.note).map_err(|_| JournalError::Other { code: 0 })?;
    db.prepare_cached(
        "INSERT INTO entry (run, step, item, attempt, phase, client_request_id, at, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        run.as_str(),
        line.key.step,
        line.key.item,
        line.attempt,
        line.phase.as_str(),
        line.client_request_id,
        line.at.to_string(),
        note,
    ])?;
    Ok(())
}

pub(super) fn entries(db: &Connection, run: &RunId) -> Result<Vec<Entry>, JournalError> {
    let mut statement = db.prepare(
        "SELECT seq, step, item, attempt, phase, client_request_id, at, note FROM entry WHERE run = ?1 ORDER BY seq",
    )?;
    let rows = statement.query_map([run.as_str()], |row| {
        Ok(Entry {
            seq: row.get(0)?,
            key: StepKey { step: row.get(1)?, item: row.get(2)? },
            attempt: row.get(3)?,
            phase: Phase::from_stored(&row.get::<_, String>(4)?),
            client_request_id: row.get(5)?,
            at: row.get::<_, String>(6)?.parse().unwrap_or(Timestamp::UNIX_EPOCH),
            note: serde_json::from_str(&row.get::<_, String>(7)?).unwrap_or(Note::Unknown),
        })
    })?;
    Ok(rows.collect::<Result<Vec<_>, _>>()?)
}

/// A line to add.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) key: StepKey,
    pub(crate) attempt: u32,
    pub(crate) phase: Phase,
    pub(crate) client_request_id: Option<String>,
    pub(crate) at: Timestamp,
    pub(crate) note: Note,
}
