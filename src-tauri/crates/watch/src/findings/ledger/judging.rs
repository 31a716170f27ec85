//! Judging what has changed, and writing down what came of it.

use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};
use std::io;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::{Ledger, LedgerError, ignoring, rank, severity, turns};
use crate::App;
use crate::findings::{Context, Finding, Severity, judge};

/// How long a finding that is gone is remembered, in seconds: one that comes back within 90 days keeps its first day.
const REMEMBERED: i64 = 90 * 86_400;

/// What came of judging.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Apps that were judged.
    pub judged: usize,
    /// Apps that were left as they are: neither they nor the day had changed.
    pub skipped: usize,
    /// Findings that are new.
    pub new: usize,
    /// Findings that are gone.
    pub gone: usize,
    /// Apps whose health is another one now.
    pub health: Vec<Health>,
}

/// How an app is, by its findings. Ignored ones do not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Client id.
    pub app_id: String,
    /// The worst; none when nothing needs attention.
    pub worst: Option<Severity>,
    /// How many there are.
    pub findings: u32,
}

/// What has to be judged again although nothing was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// Every app: nothing was judged yet, or something changed that concerns all of them.
    All,
    /// These apps, for which time has passed. May be empty.
    Apps(Vec<String>),
}

/// What is remembered of an app.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Line {
    stamp: i64,
    context: i64,
    judged_at: i64,
    turns_at: i64,
    health: (i64, i64),
}

impl Ledger {
    /// What has to be judged again with this context: pass it to [`Self::judge`] together with what was read anew.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn waiting(&self, context: &Context) -> Result<Waiting, LedgerError> {
        self.read(|db, organisation| {
            let (all, current): (i64, i64) = db.query_row(
                "SELECT count(*), coalesce(sum(context = ?2), 0) FROM judged WHERE organisation = ?1",
                params![organisation, number(context.stamp())],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            if all == 0 || current < all {
                return Ok(Waiting::All);
            }
            let now = context.now.as_second();
            // A clock that was set back makes everything later than it uncertain.
            let mut statement = db.prepare_cached(
                "SELECT app_id FROM judged WHERE organisation = ?1 AND (turns_at <= ?2 OR judged_at > ?2)",
            )?;
            let apps = statement.query_map(params![organisation, now], |row| row.get(0))?;
            Ok(Waiting::Apps(apps.collect::<Result<_, _>>()?))
        })
    }

    /// Judges apps and writes down what was found. An app that has not changed, and for which no time has passed that
    /// matters, is skipped: passing all of them is safe, and passing only what was read anew is quicker.
    ///
    /// # Errors
    /// [`LedgerError`]; nothing was written then.
    pub fn judge<A: Borrow<App>>(
        &self,
        apps: impl IntoIterator<Item = A>,
        context: &Context,
    ) -> Result<Judged, LedgerError> {
        self.write(|db, organisation| {
            let ignored = ignoring::in_force(db, organisation, context.now)?;
            let (now, context_stamp) = (context.now.as_second(), number(context.stamp()));
            let mut tally = Judged::default();
            for app in apps {
                let app = app.borrow();
                let stamp = number(fingerprint(app));
                let before = line(db, organisation, &app.app_id)?;
                let current = before.is_some_and(|line| {
                    line.stamp == stamp
                        && line.context == context_stamp
                        && line.judged_at <= now
                        && now < line.turns_at
                });
                if current {
                    tally.skipped += 1;
                    continue;
                }
                tally.judged += 1;
                let found = judge(app, context);
                write_down(db, organisation, &app.app_id, &found, now, &mut tally)?;
                let counted: Vec<&Finding> = found.iter().filter(|one| !ignored.contains(&one.id)).collect();
                let worst = counted.iter().map(|one| rank(one.severity)).max().unwrap_or(0);
                let line = Line {
                    stamp,
                    context: context_stamp,
                    judged_at: now,
                    turns_at: turns::next(app, &found, context).as_second(),
                    health: (worst, i64::try_from(counted.len()).unwrap_or(i64::MAX)),
                };
                put_line(db, organisation, &app.app_id, line)?;
                if before.is_none_or(|before| before.health != line.health) {
                    tally.health.push(health(app.app_id.clone(), line.health));
                }
            }
            // What was ignored until a day that has passed counts again, on apps that nobody judged today too.
            for app_id in ignoring::apps(db, organisation)? {
                tally.health.extend(refresh_health(db, organisation, &app_id, context.now)?);
            }
            prune(db, organisation, now)?;
            Ok(tally)
        })
    }

    /// Forgets the findings of all apps but these: the others are no longer in the organisation. Gives back how many apps
    /// were forgotten.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn keep_only(&self, present: &HashSet<String>, now: Timestamp) -> Result<usize, LedgerError> {
        self.write(|db, organisation| {
            let mut gone = apps(db, organisation)?;
            gone.retain(|app_id| !present.contains(app_id));
            for app_id in &gone {
                db.prepare_cached(
                    "UPDATE finding SET gone_at = ?3 WHERE organisation = ?1 AND app_id = ?2 AND gone_at IS NULL",
                )?
                .execute(params![organisation, app_id, now.as_second()])?;
                db.prepare_cached("DELETE FROM judged WHERE organisation = ?1 AND app_id = ?2")?
                    .execute(params![organisation, app_id])?;
            }
            Ok(gone.len())
        })
    }
}

fn line(db: &Transaction<'_>, organisation: &str, app_id: &str) -> Result<Option<Line>, LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT app_stamp, context, judged_at, turns_at, worst, findings FROM judged
         WHERE organisation = ?1 AND app_id = ?2",
    )?;
    let line = statement.query_row([organisation, app_id], |row| {
        Ok(Line {
            stamp: row.get(0)?,
            context: row.get(1)?,
            judged_at: row.get(2)?,
            turns_at: row.get(3)?,
            health: (row.get(4)?, row.get(5)?),
        })
    });
    Ok(line.optional()?)
}

fn apps(db: &Transaction<'_>, organisation: &str) -> Result<Vec<String>, LedgerError> {
    let mut statement = db.prepare_cached("SELECT app_id FROM judged WHERE organisation = ?1")?;
    let apps = statement.query_map([organisation], |row| row.get(0))?;
    Ok(apps.collect::<Result<_, _>>()?)
}

fn put_line(db: &Transaction<'_>, organisation: &str, app_id: &str, line: Line) -> Result<(), LedgerError> {
    let Line { stamp, context, judged_at, turns_at, health: (worst, findings) } = line;
    db.prepare_cached(
        "INSERT OR REPLACE INTO judged (organisation, app_id, app_stamp, context, judged_at, turns_at, worst, findings)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![organisation, app_id, stamp, context, judged_at, turns_at, worst, findings])?;
    Ok(())
}

/// Brings the findings of one app up to date.
fn write_down(
    db: &Transaction<'_>,
    organisation: &str,
    app_id: &str,
    found: &[Finding],
    now: i64,
    tally: &mut Judged,
) -> Result<(), LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT id, body, gone_at IS NULL FROM finding WHERE organisation = ?1 AND app_id = ?2",
    )?;
    let rows = statement.query_map(params![organisation, app_id], |row| {
        Ok((row.get::<_, String>(0)?, (row.get::<_, String>(1)?, row.get::<_, bool>(2)?)))
    })?;
    let mut before: HashMap<String, (String, bool)> = rows.collect::<Result<_, _>>()?;
    for finding in found {
        let body = serde_json::to_string(finding).map_err(|_| LedgerError::Other { code: 0 })?;
        let at = finding.at.map_or(i64::MAX, Timestamp::as_second);
        let old = before.remove(&finding.id);
        if !matches!(old, Some((_, true))) {
            tally.new += 1;
        }
        if matches!(&old, Some((text, true)) if *text == body) {
            db.prepare_cached("UPDATE finding SET last_seen = ?3 WHERE organisation = ?1 AND id = ?2")?
                .execute(params![organisation, finding.id, now])?;
            continue;
        }
        db.prepare_cached(
            "INSERT INTO finding (organisation, id, app_id, rule, severity, at, name, body, first_seen, last_seen)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)
             ON CONFLICT (organisation, id) DO UPDATE SET severity = excluded.severity, at = excluded.at,
             name = excluded.name, body = excluded.body, last_seen = excluded.last_seen, gone_at = NULL",
        )?
        .execute(params![
            organisation,
            finding.id,
            app_id,
            finding.rule.as_str(),
            rank(finding.severity),
            at,
            finding.app_name.to_lowercase(),
            body,
            now
        ])?;
    }
    for (id, (_, lasted)) in before {
        if lasted {
            tally.gone += 1;
            db.prepare_cached("UPDATE finding SET gone_at = ?3 WHERE organisation = ?1 AND id = ?2")?
                .execute(params![organisation, id, now])?;
        }
    }
    Ok(())
}

/// Counts the findings of an app anew; its health, if it changed.
pub(super) fn refresh_health(
    db: &Transaction<'_>,
    organisation: &str,
    app_id: &str,
    now: Timestamp,
) -> Result<Option<Health>, LedgerError> {
    let counted: (i64, i64) = db
        .prepare_cached(
            "SELECT coalesce(max(f.severity), 0), count(*) FROM finding f
             WHERE f.organisation = ?1 AND f.app_id = ?2 AND f.gone_at IS NULL AND NOT EXISTS (
                 SELECT 1 FROM ignored i WHERE i.organisation = f.organisation AND i.id = f.id
                 AND (i.until IS NULL OR i.until > ?3))",
        )?
        .query_row(params![organisation, app_id, now.as_second()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let changed = db
        .prepare_cached(
            "UPDATE judged SET worst = ?3, findings = ?4
             WHERE organisation = ?1 AND app_id = ?2 AND (worst <> ?3 OR findings <> ?4)",
        )?
        .execute(params![organisation, app_id, counted.0, counted.1])?;
    Ok((changed > 0).then(|| health(app_id.to_owned(), counted)))
}

fn health(app_id: String, (worst, findings): (i64, i64)) -> Health {
    Health { app_id, worst: severity(worst), findings: u32::try_from(findings).unwrap_or(u32::MAX) }
}

/// Forgets what is gone for long, and ignores whose finding is.
fn prune(db: &Transaction<'_>, organisation: &str, now: i64) -> Result<(), LedgerError> {
    let before = now.saturating_sub(REMEMBERED);
    db.execute(
        "DELETE FROM finding WHERE organisation = ?1 AND gone_at IS NOT NULL AND gone_at < ?2",
        params![organisation, before],
    )?;
    db.execute(
        "DELETE FROM ignored WHERE organisation = ?1 AND (until < ?2 OR NOT EXISTS (
             SELECT 1 FROM finding f WHERE f.organisation = ignored.organisation AND f.id = ignored.id))",
        params![organisation, before],
    )?;
    Ok(())
}

/// A number that changes when anything about an app does. Not the same in every version of the program: after an
/// update, everything is judged once more.
fn fingerprint(app: &App) -> u64 {
    struct Into(DefaultHasher);
    impl io::Write for Into {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.write(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut into = Into(DefaultHasher::new());
    // Writing to a hasher cannot fail, and an app has no key that JSON could not hold.
    let _ = serde_json::to_writer(&mut into, app);
    into.0.finish()
}

/// SQLite's integers have a sign.
fn number(stamp: u64) -> i64 {
    i64::from_ne_bytes(stamp.to_ne_bytes())
}

/// Ids of findings.
pub(super) type Ids = BTreeSet<String>;
