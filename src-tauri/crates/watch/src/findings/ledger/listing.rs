//! A part of the findings, most pressing first.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{Connection, Row, ToSql, named_params};

use super::ignoring::Ignored;
use super::narrowed::{Names, ignored_rows};
use super::{Ledger, LedgerError, instant, severity};
use crate::findings::{Finding, Rule, Severity};

/// Most findings that one page holds.
const MOST: u32 = 500;

/// Which findings to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Only of this rule.
    pub rule: Option<Rule>,
    /// Only of this app, by its client id.
    pub app_id: Option<String>,
    /// A part of the app's name or client id; empty for all.
    pub text: String,
    /// With those that are ignored.
    pub ignored: bool,
    /// First one, from 0.
    pub offset: u32,
    /// At most so many; 500 is the most that is given.
    pub limit: u32,
}

/// A part of the findings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The findings from the offset on.
    pub findings: Vec<Listed>,
    /// In all that answer the query.
    pub total: u32,
    /// How many there are of each rule that has any, whichever rule the query asks for; ignored ones left out.
    pub rules: Vec<RuleCount>,
    /// How many are ignored, whichever rule the query asks for.
    pub ignored: u32,
}

/// A finding in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The finding.
    pub finding: Finding,
    /// When it was first seen.
    pub first_seen: Timestamp,
    /// When it was last judged and still there.
    pub last_seen: Timestamp,
    /// Set while somebody has chosen not to see it.
    pub ignored: Option<Ignored>,
}

/// How many findings a rule has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleCount {
    /// The rule.
    pub rule: Rule,
    /// The worst of them.
    pub severity: Severity,
    /// How many.
    pub count: u32,
}

/// Findings that last, beside what is ignored at `:now`.
const LASTING: &str = "FROM finding f LEFT JOIN ignored i
    ON i.organisation = f.organisation AND i.id = f.id AND (i.until IS NULL OR i.until > :now)
    WHERE f.organisation = :organisation AND f.gone_at IS NULL";

impl Ledger {
    /// A part of the findings: the worst first, then the earliest, then by name. `now` decides what is ignored still.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn list(&self, query: &Query, now: Timestamp) -> Result<Page, LedgerError> {
        let text = query.text.trim().to_lowercase();
        self.read(|db, organisation| {
            if text.is_empty() || query.app_id.is_some() {
                return page(db, organisation, query, &text, now.as_second());
            }
            let mut kept = self.names();
            narrowed_page(
                db,
                organisation,
                Names::current(&mut kept, db, organisation)?,
                query,
                &text,
                now.as_second(),
            )
        })
    }

    /// Reads what narrowing by text looks through, so that the first letter does not wait for it.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn have_ready(&self) -> Result<(), LedgerError> {
        self.read(|db, organisation| Names::current(&mut self.names(), db, organisation).map(drop))
    }

    /// A finding by its id, as long as it lasts.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn find(&self, id: &str, now: Timestamp) -> Result<Option<Listed>, LedgerError> {
        self.read(|db, organisation| {
            let mut statement = db.prepare_cached(&format!(
                "SELECT f.body, f.first_seen, f.last_seen, i.reason, i.until, i.at {LASTING} AND f.id = :id"
            ))?;
            let bound = named_params! {":now": now.as_second(), ":organisation": organisation, ":id": id};
            let mut rows = statement.query_map(bound, read)?;
            Ok(rows.next().transpose()?)
        })
    }
}

fn page(
    db: &Connection,
    organisation: &str,
    query: &Query,
    text: &str,
    now: i64,
) -> Result<Page, LedgerError> {
    let app = query.app_id.as_deref();
    let about = about(text, app);
    let mut narrowing: Vec<(&str, &dyn ToSql)> = vec![(":now", &now), (":organisation", &organisation)];
    if !text.is_empty() {
        narrowing.push((":text", &text));
    }
    if let Some(app) = &app {
        narrowing.push((":app", app));
    }
    let counted = Counted::read(db, &about, &narrowing)?;
    let rule = query.rule.map(Rule::as_str);
    let mut shown = about;
    if let Some(rule) = &rule {
        shown.push_str(" AND f.rule = :rule");
        narrowing.push((":rule", rule));
    }
    if !query.ignored {
        shown.push_str(" AND i.id IS NULL");
    }
    let (limit, offset) = (query.limit.min(MOST), query.offset);
    narrowing.extend([(":limit", &limit as &dyn ToSql), (":offset", &offset)]);
    let mut statement = db.prepare_cached(&format!(
        "SELECT f.body, f.first_seen, f.last_seen, i.reason, i.until, i.at {LASTING}{shown}
         ORDER BY f.severity DESC, f.at, f.name, f.id LIMIT :limit OFFSET :offset"
    ))?;
    let findings = statement.query_map(&*narrowing, read)?.collect::<Result<Vec<_>, _>>()?;
    Ok(Page {
        findings,
        total: counted.total(query),
        rules: counted.rules(),
        ignored: counted.ignored.values().sum(),
    })
}

/// The same from what is known of each app's name.
fn narrowed_page(
    db: &Connection,
    organisation: &str,
    names: &Names,
    query: &Query,
    text: &str,
    now: i64,
) -> Result<Page, LedgerError> {
    let ignored = ignored_rows(db, organisation, now)?;
    let found = names.holding(text, query.rule, &ignored, query.ignored);
    let mut statement = db.prepare_cached(&format!(
        "SELECT f.body, f.first_seen, f.last_seen, i.reason, i.until, i.at {LASTING} AND f.rowid = :row"
    ))?;
    let mut findings = Vec::new();
    for row in found.rows.iter().skip(query.offset as usize).take(query.limit.min(MOST) as usize) {
        let bound = named_params! {":now": now, ":organisation": organisation, ":row": row};
        findings.push(statement.query_row(bound, read)?);
    }
    Ok(Page {
        findings,
        total: found.counted.total(query),
        rules: found.counted.rules(),
        ignored: found.counted.ignored.values().sum(),
    })
}

fn about(text: &str, app: Option<&str>) -> String {
    let mut sql = String::new();
    if !text.is_empty() {
        sql.push_str(" AND (instr(f.name, :text) > 0 OR instr(lower(f.app_id), :text) > 0)");
    }
    if app.is_some() {
        sql.push_str(" AND f.app_id = :app");
    }
    sql
}

/// How many findings there are of each rule and severity.
#[derive(Default)]
pub(super) struct Counted {
    all: BTreeMap<(Rule, Severity), u32>,
    /// Of those, the ones that are ignored.
    ignored: BTreeMap<(Rule, Severity), u32>,
}

impl Counted {
    /// Two short walks, one of them along an index, instead of a look at what is ignored for every finding.
    fn read(db: &Connection, about: &str, narrowing: &[(&str, &dyn ToSql)]) -> Result<Self, LedgerError> {
        let all = format!(
            "SELECT f.rule, f.severity, count(*) FROM finding f
             WHERE f.organisation = :organisation AND f.gone_at IS NULL{about} GROUP BY 1, 2"
        );
        let ignored = format!(
            "SELECT f.rule, f.severity, count(*) FROM ignored i JOIN finding f
             ON f.organisation = i.organisation AND f.id = i.id
             WHERE i.organisation = :organisation AND (i.until IS NULL OR i.until > :now)
             AND f.gone_at IS NULL{about} GROUP BY 1, 2"
        );
        let without_now: Vec<_> = narrowing.iter().filter(|(name, _)| *name != ":now").copied().collect();
        Ok(Self { all: tally(db, &all, &without_now)?, ignored: tally(db, &ignored, narrowing)? })
    }

    pub(super) fn add(&mut self, rule: Rule, severity: Severity, ignored: bool) {
        *self.all.entry((rule, severity)).or_default() += 1;
        if ignored {
            *self.ignored.entry((rule, severity)).or_default() += 1;
        }
    }

    fn shown(&self) -> impl Iterator<Item = (Rule, Severity, u32)> {
        self.all.iter().map(|((rule, severity), many)| {
            let ignored = self.ignored.get(&(*rule, *severity)).copied().unwrap_or_default();
            (*rule, *severity, many.saturating_sub(ignored))
        })
    }

    fn total(&self, query: &Query) -> u32 {
        let asked = |rule: Rule| query.rule.is_none_or(|only| only == rule);
        if query.ignored {
            return self.all.iter().filter(|((rule, _), _)| asked(*rule)).map(|(_, many)| many).sum();
        }
        self.shown().filter(|(rule, ..)| asked(*rule)).map(|(.., many)| many).sum()
    }

    fn rules(&self) -> Vec<RuleCount> {
        let mut rules: Vec<RuleCount> = Vec::new();
        for (rule, severity, many) in self.shown().filter(|(.., many)| *many > 0) {
            match rules.iter_mut().find(|one| one.rule == rule) {
                Some(one) => {
                    one.count += many;
                    one.severity = one.severity.max(severity);
                }
                None => rules.push(RuleCount { rule, severity, count: many }),
            }
        }
        rules.sort_by_key(|one| (std::cmp::Reverse(one.severity), one.rule));
        rules
    }
}

fn tally(
    db: &Connection,
    sql: &str,
    narrowing: &[(&str, &dyn ToSql)],
) -> Result<BTreeMap<(Rule, Severity), u32>, LedgerError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(narrowing)?;
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        // A rule of a version that knew more is not counted.
        if let (Some(rule), Some(severity)) = (Rule::parse(&name), severity(row.get(1)?)) {
            all.insert((rule, severity), count(row.get(2)?));
        }
    }
    Ok(all)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Listed> {
    let body: String = row.get(0)?;
    let finding = serde_json::from_str(&body).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })?;
    let reason: Option<String> = row.get(3)?;
    let (until, at): (Option<i64>, Option<i64>) = (row.get(4)?, row.get(5)?);
    let ignored = reason.map(|reason| Ignored {
        reason,
        until: until.map(instant),
        at: instant(at.unwrap_or_default()),
    });
    Ok(Listed { finding, first_seen: instant(row.get(1)?), last_seen: instant(row.get(2)?), ignored })
}

fn count(rows: i64) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
