//! The apps, part by part as Microsoft gave them.

use std::ops::RangeInclusive;

use graph::resources::{Application, ServicePrincipal};
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::collections::{self, Collection, CollectionState, Progressed};
use super::{Store, lines};
use crate::inventory::StoreError;
use crate::inventory::compose::{Activity, Backdrop, Parts, compose};
use crate::inventory::index::{Entry, Index, Line};
use crate::{App, Credential, Granted, Owner};

/// One object of a collection.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    Registration(Box<Application>),
    EnterpriseApp(Box<ServicePrincipal>),
}

/// How an app is known where details are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AppKey {
    pub(crate) app_id: String,
    pub(crate) registration: Option<String>,
    pub(crate) enterprise_app: Option<String>,
}

/// Apps for which the file is held at a time.
const AT_A_TIME: u32 = 250;

const PARTS: &str = "id, app_id, registration, enterprise_app, federated, owners, grants, activity";

fn parse<T: DeserializeOwned>(text: Option<String>) -> Result<Option<T>, StoreError> {
    // What was written here and cannot be read any more was changed by something else.
    text.map(|text| serde_json::from_str(&text).map_err(|_| StoreError::Damaged { put_aside: None }))
        .transpose()
}

/// JSON without what is empty: half of an object of Microsoft's is.
fn document(value: &impl Serialize) -> Result<String, StoreError> {
    let mut value = serde_json::to_value(value).map_err(|_| StoreError::Other { code: 0 })?;
    if let serde_json::Value::Object(fields) = &mut value {
        fields.retain(|_, field| match field {
            serde_json::Value::Null => false,
            serde_json::Value::Array(items) => !items.is_empty(),
            _ => true,
        });
    }
    Ok(value.to_string())
}

/// What is kept of an app, as it is written.
struct Written {
    id: i64,
    app_id: String,
    documents: [Option<String>; 6],
}

impl Written {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let mut documents = [const { None }; 6];
        for (at, document) in (2..).zip(&mut documents) {
            *document = row.get(at)?;
        }
        Ok(Self { id: row.get(0)?, app_id: row.get(1)?, documents })
    }

    fn parts(self) -> Result<Parts, StoreError> {
        let [registration, enterprise_app, federated, owners, grants, activity] = self.documents;
        Ok(Parts {
            app_id: self.app_id,
            registration: parse(registration)?,
            enterprise_app: parse(enterprise_app)?,
            federated: parse(federated)?,
            owners: parse(owners)?,
            grants: parse(grants)?,
            activity: parse(activity)?,
        })
    }
}

fn written(db: &Connection, id: i64) -> Result<Written, StoreError> {
    let mut statement = db.prepare_cached(&format!("SELECT {PARTS} FROM app WHERE id = ?1"))?;
    Ok(statement.query_row([id], Written::read)?)
}

fn parts_of(db: &Connection, id: i64) -> Result<Parts, StoreError> {
    written(db, id)?.parts()
}

pub(super) fn backdrop(db: &Connection, organisation: &str) -> Result<Backdrop, StoreError> {
    let about = |of| Ok::<_, StoreError>(collections::state(db, organisation, of)?.about_others());
    Ok(Backdrop {
        grants: about(Collection::Grants)?,
        activity: about(Collection::Activity)?,
        key_activity: about(Collection::KeyActivity)?,
        owners: about(Collection::Owners)?,
    })
}

/// Brings the line of an app, and what lists show, up to date with its parts.
fn refresh(
    db: &Transaction<'_>,
    organisation: &str,
    id: i64,
    backdrop: &Backdrop,
    index: &mut Option<Index>,
) -> Result<(), StoreError> {
    let parts = parts_of(db, id)?;
    if parts.registration.is_none() && parts.enterprise_app.is_none() {
        db.prepare_cached("DELETE FROM line WHERE id = ?1")?.execute([id])?;
        db.prepare_cached("DELETE FROM app WHERE id = ?1")?.execute([id])?;
        if let Some(index) = index {
            index.remove(id);
        }
        return Ok(());
    }
    show(db, organisation, id, parts, backdrop, index)
}

/// Writes the line of an app.
fn show(
    db: &Transaction<'_>,
    organisation: &str,
    id: i64,
    parts: Parts,
    backdrop: &Backdrop,
    index: &mut Option<Index>,
) -> Result<(), StoreError> {
    let last_use = parts.activity.as_ref().and_then(|activity| activity.last);
    let app = compose(parts, backdrop);
    let line = Line::of(id, &app, last_use);
    lines::write(db, organisation, &line)?;
    if let Some(index) = index {
        index.put(Entry::of(&line));
    }
    Ok(())
}

/// Writes a part, and brings the line of its app up to date. The statement gives the other parts back, so that a page
/// needs two statements for each object and reads again only what it does not hold.
fn put(
    db: &Transaction<'_>,
    organisation: &str,
    part: Part,
    round: i64,
    backdrop: &Backdrop,
    index: &mut Option<Index>,
) -> Result<(), StoreError> {
    let mut parts = Parts::default();
    let (statement, app_id, document, object_id) = match &part {
        Part::Registration(app) => (
            "INSERT INTO app (organisation, app_id, registration, registration_id, registration_round)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (organisation, app_id) DO UPDATE SET
             registration = excluded.registration, registration_id = excluded.registration_id,
             registration_round = excluded.registration_round
             RETURNING id, enterprise_app, federated, owners, grants, activity",
            app.app_id.to_string(),
            document(app)?,
            app.id.to_string(),
        ),
        Part::EnterpriseApp(app) => (
            "INSERT INTO app (organisation, app_id, enterprise_app, enterprise_app_id, enterprise_app_round)
             VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (organisation, app_id) DO UPDATE SET
             enterprise_app = excluded.enterprise_app, enterprise_app_id = excluded.enterprise_app_id,
             enterprise_app_round = excluded.enterprise_app_round
             RETURNING id, registration, federated, owners, grants, activity",
            app.app_id.to_string(),
            document(app)?,
            app.id.to_string(),
        ),
    };
    let mut statement = db.prepare_cached(statement)?;
    let mut rows = statement.query(params![organisation, app_id, document, object_id, round])?;
    let row = rows.next()?.ok_or(StoreError::Other { code: 0 })?;
    let id = row.get(0)?;
    match &part {
        Part::Registration(_) => parts.enterprise_app = parse(row.get(1)?)?,
        Part::EnterpriseApp(_) => parts.registration = parse(row.get(1)?)?,
    }
    parts.federated = parse(row.get(2)?)?;
    parts.owners = parse(row.get(3)?)?;
    parts.grants = parse(row.get(4)?)?;
    parts.activity = parse(row.get(5)?)?;
    // To its end, or the statement is undone.
    while rows.next()?.is_some() {}
    drop(rows);
    parts.app_id = app_id;
    match part {
        Part::Registration(app) => parts.registration = Some(*app),
        Part::EnterpriseApp(app) => parts.enterprise_app = Some(*app),
    }
    show(db, organisation, id, parts, backdrop, index)
}

/// Takes a part away by the row of its app.
fn take(db: &Transaction<'_>, of: Collection, id: i64) -> Result<(), StoreError> {
    let statement = match of {
        Collection::Registrations => {
            "UPDATE app SET registration = NULL, registration_id = NULL, registration_round = NULL,
             federated = NULL, owners = NULL WHERE id = ?1"
        }
        _ => {
            "UPDATE app SET enterprise_app = NULL, enterprise_app_id = NULL, enterprise_app_round = NULL,
             grants = NULL WHERE id = ?1"
        }
    };
    db.prepare_cached(statement)?.execute([id])?;
    Ok(())
}

fn row_of(
    db: &Connection,
    organisation: &str,
    of: Collection,
    object: &str,
) -> Result<Option<i64>, StoreError> {
    let column = match of {
        Collection::Registrations => "registration_id",
        _ => "enterprise_app_id",
    };
    let statement = format!("SELECT id FROM app WHERE organisation = ?1 AND {column} = ?2");
    Ok(db.prepare_cached(&statement)?.query_row([organisation, object], |row| row.get(0)).optional()?)
}

impl Store {
    /// One app; none when it is not known.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn app(&self, app_id: &str) -> Result<Option<App>, StoreError> {
        self.read(|db| {
            let backdrop = backdrop(db, self.organisation())?;
            let mut statement = db.prepare_cached(&format!(
                "SELECT {PARTS} FROM app WHERE organisation = ?1 AND app_id = ?2"
            ))?;
            let written = statement.query_row([self.organisation(), app_id], Written::read).optional()?;
            written.map(|app| Ok(compose(app.parts()?, &backdrop))).transpose()
        })
    }

    /// Gives every app to `work`, in no order. Lists are answered meanwhile: the file is held for some apps at a time, and
    /// not while they are worked with. What is added or changed meanwhile may be among them or not.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn each(&self, mut work: impl FnMut(App)) -> Result<(), StoreError> {
        let mut after = i64::MIN;
        loop {
            let (backdrop, some) = self.read(|db| {
                let mut statement = db.prepare_cached(&format!(
                    "SELECT {PARTS} FROM app NOT INDEXED WHERE id > ?2 AND organisation = ?1 ORDER BY id LIMIT ?3"
                ))?;
                let some = statement.query_map(params![self.organisation(), after, AT_A_TIME], Written::read)?;
                Ok((backdrop(db, self.organisation())?, some.collect::<Result<Vec<_>, _>>()?))
            })?;
            let Some(last) = some.last() else { return Ok(()) };
            after = last.id;
            self.compose_each(some, &backdrop, &mut work)?;
        }
    }

    /// As [`Self::each`], with the apps alone that have a credential which ends in this time. The others are passed over
    /// without reading what is kept of them.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn each_ending(
        &self,
        within: &RangeInclusive<Timestamp>,
        mut work: impl FnMut(App),
    ) -> Result<(), StoreError> {
        let within = within.start().as_millisecond()..=within.end().as_millisecond();
        let mut after = i64::MIN;
        loop {
            let (backdrop, some, last) = self.read(|db| {
                let (ids, last) = lines::ending(db, self.organisation(), after, &within, AT_A_TIME)?;
                let some: Result<Vec<_>, StoreError> = ids.into_iter().map(|id| written(db, id)).collect();
                Ok((backdrop(db, self.organisation())?, some?, last))
            })?;
            self.compose_each(some, &backdrop, &mut work)?;
            let Some(last) = last else { return Ok(()) };
            after = last;
        }
    }

    fn compose_each(
        &self,
        some: Vec<Written>,
        backdrop: &Backdrop,
        work: &mut impl FnMut(App),
    ) -> Result<(), StoreError> {
        for app in some {
            match app.parts() {
                Ok(parts) => work(compose(parts, backdrop)),
                // As damage that is met while reading.
                Err(error) => return self.read(|_| Err(error)),
            }
        }
        Ok(())
    }

    /// Ids of all apps.
    pub(crate) fn keys(&self) -> Result<Vec<AppKey>, StoreError> {
        self.read(|db| {
            let mut statement = db.prepare_cached(
                "SELECT app_id, registration_id, enterprise_app_id FROM line WHERE organisation = ?1",
            )?;
            let keys = statement.query_map([self.organisation()], |row| {
                Ok(AppKey { app_id: row.get(0)?, registration: row.get(1)?, enterprise_app: row.get(2)? })
            })?;
            Ok(keys.collect::<Result<_, _>>()?)
        })
    }

    /// The object of a collection as it is known, to apply a change to.
    pub(crate) fn part(&self, of: Collection, object: &str) -> Result<Option<Part>, StoreError> {
        self.read(|db| {
            let Some(id) = row_of(db, self.organisation(), of, object)? else { return Ok(None) };
            let parts = parts_of(db, id)?;
            Ok(match of {
                Collection::Registrations => parts.registration.map(|app| Part::Registration(Box::new(app))),
                _ => parts.enterprise_app.map(|app| Part::EnterpriseApp(Box::new(app))),
            })
        })
    }

    /// Keeps a page of a reading, and how far the reading is. With the last page, what this reading has not seen goes.
    pub(crate) fn keep_page(
        &self,
        of: Collection,
        page: Vec<Part>,
        progressed: &Progressed,
    ) -> Result<(), StoreError> {
        let organisation = self.organisation();
        self.change(|db, index| {
            let backdrop = backdrop(db, organisation)?;
            let before = collections::state(db, organisation, of)?;
            for part in page {
                put(db, organisation, part, before.round, &backdrop, index)?;
            }
            let after = match progressed {
                Progressed::More(link) => CollectionState { next_page: Some(link.clone()), ..before },
                Progressed::Done(at) => {
                    prune(db, organisation, of, before.round, &backdrop, index)?;
                    CollectionState {
                        reading: false,
                        next_page: None,
                        changes: before.changes_after.clone(),
                        changes_after: None,
                        read_at: Some(*at),
                        ..before
                    }
                }
            };
            collections::set_state(db, organisation, of, &after)
        })
    }

    /// Keeps a page of changes; `link` leads to those that follow the last page.
    pub(crate) fn keep_changes(
        &self,
        of: Collection,
        changed: Vec<Part>,
        removed: &[String],
        link: Option<(String, Timestamp)>,
    ) -> Result<(), StoreError> {
        let organisation = self.organisation();
        self.change(|db, index| {
            let backdrop = backdrop(db, organisation)?;
            let before = collections::state(db, organisation, of)?;
            for object in removed {
                if let Some(id) = row_of(db, organisation, of, object)? {
                    take(db, of, id)?;
                    refresh(db, organisation, id, &backdrop, index)?;
                }
            }
            for part in changed {
                put(db, organisation, part, before.round, &backdrop, index)?;
            }
            if let Some((link, at)) = link {
                let after = CollectionState { changes: Some(link), read_at: Some(at), ..before };
                collections::set_state(db, organisation, of, &after)?;
            }
            Ok(())
        })
    }

    /// Keeps what was looked up about one app; `None` leaves as it was.
    pub(crate) fn keep_details(&self, app_id: &str, details: &Details) -> Result<(), StoreError> {
        let organisation = self.organisation();
        let json = |value: Option<String>| value.map_or(Value::Null, Value::Text);
        let owners = details.owners.as_ref().map(serde_json::to_string).transpose();
        let federated = details.federated.as_ref().map(serde_json::to_string).transpose();
        let grants = details.grants.as_ref().map(serde_json::to_string).transpose();
        let activity = details.activity.as_ref().map(serde_json::to_string).transpose();
        let (Ok(owners), Ok(federated), Ok(grants), Ok(activity)) = (owners, federated, grants, activity)
        else {
            return Err(StoreError::Other { code: 0 });
        };
        self.change(|db, index| {
            let id: Option<i64> = db
                .prepare_cached(
                    "UPDATE app SET owners = coalesce(?3, owners), federated = coalesce(?4, federated),
                     grants = coalesce(?5, grants), activity = coalesce(?6, activity)
                     WHERE organisation = ?1 AND app_id = ?2 RETURNING id",
                )?
                .query_row(
                    params![
                        organisation,
                        app_id,
                        json(owners),
                        json(federated),
                        json(grants),
                        json(activity)
                    ],
                    |row| row.get(0),
                )
                .optional()?;
            let Some(id) = id else { return Ok(()) };
            refresh(db, organisation, id, &backdrop(db, organisation)?, index)
        })
    }

    /// Sets one detail of every app to what `value` makes of the app's client id and what was kept, as JSON.
    pub(crate) fn keep_everywhere(
        &self,
        detail: Everywhere,
        value: impl Fn(&str, Option<&str>) -> Option<String>,
    ) -> Result<(), StoreError> {
        let organisation = self.organisation();
        let column = detail.column();
        self.change(|db, index| {
            let mut known =
                db.prepare_cached(&format!("SELECT id, app_id, {column} FROM app WHERE organisation = ?1"))?;
            let mut differing = Vec::new();
            let mut rows = known.query([organisation])?;
            while let Some(row) = rows.next()? {
                let (id, app_id, old): (i64, String, Option<String>) =
                    (row.get(0)?, row.get(1)?, row.get(2)?);
                let new = value(&app_id, old.as_deref());
                if old != new {
                    differing.push((id, new));
                }
            }
            let backdrop = backdrop(db, organisation)?;
            let mut update = db.prepare_cached(&format!("UPDATE app SET {column} = ?2 WHERE id = ?1"))?;
            for (id, new) in differing {
                update.execute(params![id, new])?;
                if detail.shows() {
                    refresh(db, organisation, id, &backdrop, index)?;
                }
            }
            Ok(())
        })
    }
}

/// What was looked up about one app.
#[derive(Debug, Default)]
pub(crate) struct Details {
    pub(crate) owners: Option<Vec<Owner>>,
    pub(crate) federated: Option<Vec<Credential>>,
    pub(crate) grants: Option<Vec<Granted>>,
    pub(crate) activity: Option<Activity>,
}

/// A detail that is looked up for all apps at once.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Everywhere {
    Grants,
    Activity,
    Owners,
    Federated,
}

impl Everywhere {
    fn column(self) -> &'static str {
        match self {
            Self::Grants => "grants",
            Self::Activity => "activity",
            Self::Owners => "owners",
            Self::Federated => "federated",
        }
    }

    /// Whether lists show it.
    fn shows(self) -> bool {
        !matches!(self, Self::Grants)
    }
}

/// Removes what was there before a reading and not in it.
fn prune(
    db: &Transaction<'_>,
    organisation: &str,
    of: Collection,
    round: i64,
    backdrop: &Backdrop,
    index: &mut Option<Index>,
) -> Result<(), StoreError> {
    let column = match of {
        Collection::Registrations => "registration_round",
        _ => "enterprise_app_round",
    };
    let gone: Vec<i64> = db
        .prepare_cached(&format!("SELECT id FROM app WHERE organisation = ?1 AND {column} < ?2"))?
        .query_map(params![organisation, round], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for id in gone {
        take(db, of, id)?;
        refresh(db, organisation, id, backdrop, index)?;
    }
    Ok(())
}
