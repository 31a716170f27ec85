//! Findings narrowed by text, while somebody types: from memory, where each app is looked through once.

use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::{HashMap, HashSet};

use memchr::memmem::Finder;
use rusqlite::{Connection, named_params};

use super::LedgerError;
use super::listing::Counted;
use crate::findings::{Rule, Severity};

/// Every finding that lasts, as far as it is narrowed by text; read when somebody first types.
pub(super) struct Names {
    /// Of the file when this was read: another one when another program has written.
    version: i64,
    /// For each app its name and client id in lower case, on lines of their own.
    apps: Vec<Box<str>>,
    /// In the order of the list.
    findings: Vec<Brief>,
}

struct Brief {
    /// Number of its row.
    row: i64,
    app: u32,
    rule: Rule,
    severity: Severity,
}

/// What answers a text.
pub(super) struct Found {
    /// Numbers of rows, in the order of the list: those of the rule that was asked for, if one was.
    pub(super) rows: Vec<i64>,
    pub(super) counted: Counted,
}

impl Names {
    /// Reads them along two indices that hold all of it.
    fn read(db: &Connection, organisation: &str, version: i64) -> Result<Self, LedgerError> {
        let mut rules: HashMap<i64, Rule> = HashMap::new();
        let mut known: BTreeMap<String, Rule> = BTreeMap::new();
        let mut statement = db.prepare_cached(
            "SELECT rowid, rule FROM finding INDEXED BY finding_rule
             WHERE organisation = ?1 AND gone_at IS NULL",
        )?;
        let mut rows = statement.query([organisation])?;
        while let Some(row) = rows.next()? {
            let name = row.get_ref(1)?.as_str().map_err(|_| LedgerError::Damaged { put_aside: None })?;
            let rule = match known.get(name) {
                Some(rule) => *rule,
                // A rule of a version that knew more is not counted.
                None => match Rule::parse(name) {
                    Some(rule) => *known.entry(name.to_owned()).or_insert(rule),
                    None => continue,
                },
            };
            rules.insert(row.get(0)?, rule);
        }
        let (mut apps, mut findings) = (Vec::new(), Vec::with_capacity(rules.len()));
        let mut places: BTreeMap<Box<str>, u32> = BTreeMap::new();
        let mut statement = db.prepare_cached(
            "SELECT rowid, severity, name, app_id FROM finding INDEXED BY finding_order
             WHERE organisation = ?1 AND gone_at IS NULL ORDER BY severity DESC, at, name, id",
        )?;
        let mut rows = statement.query([organisation])?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            let (Some(rule), Some(severity)) = (rules.get(&id), super::severity(row.get(1)?)) else {
                continue;
            };
            let text = |at: usize| -> Result<&str, LedgerError> {
                row.get_ref(at)?.as_str().map_err(|_| LedgerError::Damaged { put_aside: None })
            };
            let app: Box<str> = format!("{}\n{}", text(2)?, text(3)?.to_lowercase()).into();
            let app = match places.entry(app) {
                Entry::Occupied(known) => *known.get(),
                Entry::Vacant(new) => {
                    let place = u32::try_from(apps.len()).unwrap_or(u32::MAX);
                    apps.push(new.key().clone());
                    *new.insert(place)
                }
            };
            findings.push(Brief { row: id, app, rule: *rule, severity });
        }
        Ok(Self { version, apps, findings })
    }

    /// What is known of this file, read again where it has changed.
    pub(super) fn current<'n>(
        kept: &'n mut Option<Self>,
        db: &Connection,
        organisation: &str,
    ) -> Result<&'n Self, LedgerError> {
        // Changes when another program has written; our own writes drop what is kept.
        let version: i64 = db.pragma_query_value(None, "data_version", |row| row.get(0))?;
        match kept.take().filter(|names| names.version == version) {
            Some(names) => Ok(kept.insert(names)),
            None => Ok(kept.insert(Self::read(db, organisation, version)?)),
        }
    }

    /// The findings of apps whose name or client id holds `text` (in lower case). Those in `ignored` are counted apart, and
    /// given only `with_ignored`.
    pub(super) fn holding(
        &self,
        text: &str,
        rule: Option<Rule>,
        ignored: &HashSet<i64>,
        with_ignored: bool,
    ) -> Found {
        let finder = Finder::new(text);
        let fits: Vec<bool> = self.apps.iter().map(|app| finder.find(app.as_bytes()).is_some()).collect();
        let (mut rows, mut counted) = (Vec::new(), Counted::default());
        for one in self.findings.iter().filter(|one| fits[one.app as usize]) {
            let is_ignored = ignored.contains(&one.row);
            counted.add(one.rule, one.severity, is_ignored);
            if rule.is_none_or(|rule| rule == one.rule) && (with_ignored || !is_ignored) {
                rows.push(one.row);
            }
        }
        Found { rows, counted }
    }
}

/// Rows of findings that are ignored now.
pub(super) fn ignored_rows(
    db: &Connection,
    organisation: &str,
    now: i64,
) -> Result<HashSet<i64>, LedgerError> {
    let mut statement = db.prepare_cached(
        "SELECT f.rowid FROM ignored i JOIN finding f ON f.organisation = i.organisation AND f.id = i.id
         WHERE i.organisation = :organisation AND (i.until IS NULL OR i.until > :now) AND f.gone_at IS NULL",
    )?;
    let rows =
        statement.query_map(named_params! {":organisation": organisation, ":now": now}, |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
