//! How far each collection of Microsoft's was read.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::Store;
use super::apps::backdrop;
use crate::inventory::StoreError;
use crate::{Known, Unseen};

/// Something that is read as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Collection {
    /// App registrations.
    Registrations,
    /// Enterprise apps.
    EnterpriseApps,
    /// What is granted to them.
    Grants,
    /// When apps were last used.
    Activity,
    /// When credentials were last used.
    KeyActivity,
    /// Who owns registrations.
    Owners,
}

impl Collection {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Registrations => "registrations",
            Self::EnterpriseApps => "enterpriseApps",
            Self::Grants => "grants",
            Self::Activity => "activity",
            Self::KeyActivity => "keyActivity",
            Self::Owners => "owners",
        }
    }
}

/// How far a collection was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CollectionState {
    /// Number of the reading that is under way, or was the last.
    pub(crate) round: i64,
    /// A reading is under way.
    pub(crate) reading: bool,
    /// Where that reading goes on; none for its beginning.
    pub(crate) next_page: Option<String>,
    /// Link to the changes since that reading began.
    pub(crate) changes_after: Option<String>,
    /// Link to the changes since the last finished reading.
    pub(crate) changes: Option<String>,
    /// When a reading was last finished, or changes were last read.
    pub(crate) read_at: Option<Timestamp>,
    /// It was tried, and could not be seen.
    pub(crate) hidden: Option<Unseen>,
}

impl CollectionState {
    /// What it says about an object of which nothing is kept.
    pub(crate) fn about_others(&self) -> Known<Timestamp> {
        match (self.hidden, self.read_at) {
            (Some(why), _) => Known::Hidden(why),
            (None, Some(at)) => Known::Seen(at),
            (None, None) => Known::NotLooked,
        }
    }
}

/// Where a reading stands after a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Progressed {
    /// Another page follows, behind this link.
    More(String),
    /// That was the last.
    Done(Timestamp),
}

/// How new the inventory is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Freshness {
    /// Apps that are known.
    pub apps: u32,
    /// A scan was begun and is not finished: it goes on where it was with the next one.
    pub unfinished: bool,
    /// When all apps were last read, or last brought up to date. None while the first scan is not finished.
    pub read_at: Option<Timestamp>,
}

pub(super) fn state(
    db: &Connection,
    organisation: &str,
    of: Collection,
) -> Result<CollectionState, StoreError> {
    let found = db
        .prepare_cached(
            "SELECT round, reading, next_page, changes_after, changes, read_at, hidden
             FROM collection WHERE organisation = ?1 AND name = ?2",
        )?
        .query_row([organisation, of.name()], |row| {
            let (read_at, hidden): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
            Ok(CollectionState {
                round: row.get(0)?,
                reading: row.get(1)?,
                next_page: row.get(2)?,
                changes_after: row.get(3)?,
                changes: row.get(4)?,
                read_at: read_at.and_then(|text| text.parse().ok()),
                hidden: hidden.and_then(|text| serde_json::from_str(&text).ok()),
            })
        })
        .optional()?;
    Ok(found.unwrap_or_default())
}

pub(super) fn set_state(
    db: &Connection,
    organisation: &str,
    of: Collection,
    state: &CollectionState,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "INSERT INTO collection
           (organisation, name, round, reading, next_page, changes_after, changes, read_at, hidden)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (organisation, name) DO UPDATE SET round = excluded.round, reading = excluded.reading,
           next_page = excluded.next_page, changes_after = excluded.changes_after, changes = excluded.changes,
           read_at = excluded.read_at, hidden = excluded.hidden",
    )?
    .execute(params![
        organisation,
        of.name(),
        state.round,
        state.reading,
        state.next_page,
        state.changes_after,
        state.changes,
        state.read_at.map(|at| at.to_string()),
        state.hidden.and_then(|why| serde_json::to_string(&why).ok()),
    ])?;
    Ok(())
}

/// When all apps were last read, and whether a reading was begun and is not finished.
fn read(db: &Connection, organisation: &str) -> Result<(Option<Timestamp>, bool), StoreError> {
    let registrations = state(db, organisation, Collection::Registrations)?;
    let enterprise_apps = state(db, organisation, Collection::EnterpriseApps)?;
    let read_at = match (registrations.read_at, enterprise_apps.read_at) {
        (Some(one), Some(other)) => Some(one.min(other)),
        _ => None,
    };
    Ok((read_at, registrations.reading || enterprise_apps.reading))
}

impl Store {
    /// How new this is, without reading a single app.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn freshness(&self) -> Result<Freshness, StoreError> {
        self.read(|db| {
            let apps = db
                .prepare_cached("SELECT count(*) FROM line WHERE organisation = ?1")?
                .query_row([self.organisation()], |row| row.get(0))?;
            let (read_at, unfinished) = read(db, self.organisation())?;
            Ok(Freshness { apps, unfinished, read_at })
        })
    }

    /// When it was read last, without counting.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn read_at(&self) -> Result<Option<Timestamp>, StoreError> {
        self.read(|db| Ok(read(db, self.organisation())?.0))
    }

    pub(crate) fn collection(&self, of: Collection) -> Result<CollectionState, StoreError> {
        self.read(|db| state(db, self.organisation(), of))
    }

    /// Begins a reading of the whole collection, `changes_after` being the link to what changes meanwhile.
    pub(crate) fn begin_reading(
        &self,
        of: Collection,
        changes_after: Option<String>,
    ) -> Result<CollectionState, StoreError> {
        self.change(|db, _| {
            let before = state(db, self.organisation(), of)?;
            let begun = CollectionState {
                round: before.round + 1,
                reading: true,
                next_page: None,
                changes_after,
                ..before
            };
            set_state(db, self.organisation(), of, &begun)?;
            Ok(begun)
        })
    }

    /// Writes down that something was looked up, or why it could not be.
    pub(crate) fn set_looked(
        &self,
        of: Collection,
        at: Timestamp,
        hidden: Option<Unseen>,
    ) -> Result<(), StoreError> {
        self.change(|db, index| {
            let before = state(db, self.organisation(), of)?;
            set_state(db, self.organisation(), of, &CollectionState { read_at: Some(at), hidden, ..before })?;
            if let Some(index) = index {
                index.backdrop = backdrop(db, self.organisation())?;
            }
            Ok(())
        })
    }
}
