//! Apps, their credentials, and what needs attention on them.

use std::sync::{Arc, Mutex, PoisonError};

use app::{App, Observer};
use contract::{
    AppDetail, AppError, AppFinding, CredentialKind, ExportForm, FindingGap, FindingsPage, FindingsQuery,
    IgnoreFinding, InventoryExport, InventoryPage, InventoryQuery, RegistrationRef, Severity, SyncState,
    Timeline, TimelineQuery, When,
};
use jiff::{SignedDuration, Timestamp};

use super::exit::Ended;
use super::output::Output;
use super::upkeep::{FindingAction, Form, Inventory, List, Secrets, WhichFindings};
use super::{notes, words};

/// Credentials by their ends.
pub(super) async fn secrets(app: &App, with: Secrets, output: &Output) -> Result<Ended, AppError> {
    let (ends, known_at) = app.credential_ends(with.expiring).await?;
    match known_at {
        Some(at) => output.say(&format!("As of {}.", words::moment(at))),
        None => output.say("The organisation was never read: only what was set up here is known. `gatehouse inventory sync` reads it."),
    }
    for sentence in app.not_looked_at().await? {
        output.say(&sentence);
    }
    output.answer(&ends, |all| {
        if all.is_empty() {
            return "Nothing ends then.".to_owned();
        }
        all.iter()
            .map(|one| {
                format!(
                    "{:>5} days  {}  {}: {} {} [{}]",
                    one.days,
                    words::day(one.ends_at),
                    named(&one.app_name, &one.app_id),
                    kind(one.kind),
                    one.name,
                    one.key_id
                )
            })
            .collect::<Vec<_>>()
            .join("\n")
    });
    Ok(Ended::Done)
}

/// The inventory.
pub(super) async fn inventory(app: &App, action: Inventory, output: &Output) -> Result<Ended, AppError> {
    match action {
        Inventory::Sync => sync(app, output).await,
        Inventory::List(with) => {
            output.answer(&app.inventory_rows(query(with)).await?, rows);
            Ok(Ended::Done)
        }
        Inventory::Show { client_id } => {
            let detail = app.inventory_app(RegistrationRef { app_id: client_id }).await?;
            output.answer(&detail, describe);
            Ok(Ended::Done)
        }
        Inventory::Export { which, apps, form } => {
            let form = if form == Form::Json { ExportForm::Json } else { ExportForm::Csv };
            let app_ids = (!apps.is_empty()).then_some(apps);
            let file = app.inventory_export(InventoryExport { query: query(which), app_ids, form }).await?;
            output.answer(&serde_json::json!({ "file": file }), |_| file.clone());
            Ok(Ended::Done)
        }
        Inventory::Timeline { months } => {
            let query = TimelineQuery { from: None, months, text: String::new(), facets: Vec::new() };
            output.answer(&app.timeline(query).await?, timeline);
            Ok(Ended::Done)
        }
    }
}

async fn sync(app: &App, output: &Output) -> Result<Ended, AppError> {
    let state = app.inventory_sync(progress()).await?;
    output.answer(&state, |state| match state {
        SyncState::Fresh { at } => format!("Read. As of {}.", words::moment(*at)),
        other => sentence(other),
    });
    match state {
        SyncState::Stale { error, .. } => {
            output.say_error(&error);
            Ok(Ended::of(&error))
        }
        _ => Ok(Ended::Done),
    }
}

/// A line for each thousand apps, and for each pause.
fn progress() -> Observer<SyncState> {
    let said = Mutex::new(String::new());
    Arc::new(move |state| {
        let now = match state {
            SyncState::Reading { read } => format!("{} apps read.", read / 1_000 * 1_000),
            SyncState::Held { .. } => sentence(&state),
            SyncState::Never | SyncState::Fresh { .. } | SyncState::Stale { .. } => return,
        };
        let mut said = said.lock().unwrap_or_else(PoisonError::into_inner);
        if *said != now && !now.starts_with("0 ") {
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "{now}");
            *said = now;
        }
    })
}

fn sentence(state: &SyncState) -> String {
    match state {
        SyncState::Never => "Nobody has read the organisation yet: `gatehouse inventory sync`.".to_owned(),
        SyncState::Reading { read } => format!("Being read: {read} apps so far."),
        SyncState::Held { read, why, until } => {
            format!("{read} apps so far. {why} Until {}.", words::moment(*until))
        }
        SyncState::Fresh { at } => format!("As of {}.", words::moment(*at)),
        SyncState::Stale { at, error } => match at {
            Some(at) => format!("As of {}. Could not be read again: {}", words::moment(*at), error.why),
            None => format!("Could not be read: {}", error.why),
        },
    }
}

fn query(with: List) -> InventoryQuery {
    InventoryQuery {
        text: with.search,
        facets: with.only,
        sort: with.sort.order(),
        descending: with.descending,
        offset: with.offset,
        limit: with.limit,
    }
}

fn rows(page: &InventoryPage) -> String {
    let mut text = String::new();
    for row in &page.rows {
        let next = row.next.as_ref().map_or_else(
            || "nothing ends".to_owned(),
            |next| {
                format!("{} {} ends {} ({} days)", kind(next.kind), next.name, words::day(next.at), next.days)
            },
        );
        let health = row
            .health
            .map(|health| format!("  [{}: {}]", severity(health), row.findings))
            .unwrap_or_default();
        text += &format!("{}  {}: {next}{health}\n", row.app.app_id, named(&row.app.name, &row.app.app_id));
    }
    text += &format!("\n{} of {} apps. {}", page.total, page.known, sentence(&page.sync));
    if let Some(error) = &page.no_last_sign_ins {
        text += &format!("\nLast sign-ins are not known: {}", error.why);
    }
    text
}

fn describe(detail: &AppDetail) -> String {
    let row = &detail.row;
    let mut text = format!("{} ({})\n", named(&row.app.name, &row.app.app_id), row.app.app_id);
    for one in &detail.credentials {
        let end = one.ends_at.map_or_else(|| "no end".to_owned(), |at| format!("ends {}", words::day(at)));
        let days = one.days.map(|days| format!(" ({days} days)")).unwrap_or_default();
        let kept = if one.stored { ", kept here" } else { "" };
        text += &format!("  {} {} [{}]: {end}{days}{kept}\n", kind(one.kind), one.name, one.key_id);
    }
    match &detail.owners {
        Some(owners) if owners.is_empty() => text += "  nobody owns it\n",
        Some(owners) => {
            for owner in owners {
                text += &format!("  owner: {} ({})\n", owner.name, owner.upn);
            }
        }
        None => text += "  owners could not be looked up\n",
    }
    for rule in &detail.policy {
        text += &format!("  {rule}\n");
    }
    if let Some(advice) = &detail.instead_of_secrets {
        text += &format!("  {} {}\n", advice.sentence, advice.url);
    }
    for note in &detail.notes {
        text += &notes::line(note);
    }
    for finding in &detail.findings {
        text += &found(finding);
    }
    text
}

fn timeline(timeline: &Timeline) -> String {
    let mut text = String::new();
    for day in &timeline.days {
        let names: Vec<_> = day.ends.iter().take(3).map(|end| named(&end.app_name, &end.app_id)).collect();
        let more = (day.count as usize).saturating_sub(names.len());
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        text +=
            &format!("{}  {:>5} days  {:>4}  {}{rest}\n", day.date, day.days, day.count, names.join(", "));
    }
    text + &format!(
        "Before {}: {}. After {}: {}. Without an end: {}.",
        timeline.from, timeline.before, timeline.until, timeline.after, timeline.no_end
    )
}

/// What needs attention.
pub(super) async fn findings(
    app: &App,
    which: WhichFindings,
    action: Option<FindingAction>,
    output: &Output,
) -> Result<Ended, AppError> {
    match action {
        Some(FindingAction::Ignore { finding, reason, days }) => {
            let until = days.map(|days| When(in_days(days)));
            app.finding_ignore(IgnoreFinding { id: finding, reason, until }).await?;
        }
        Some(FindingAction::ShowAgain { finding }) => app.finding_show_again(&finding).await?,
        None => {
            let query = FindingsQuery {
                rule: None,
                app_id: which.app,
                text: String::new(),
                ignored: which.ignored,
                offset: 0,
                limit: which.limit,
            };
            output.answer(&app.findings(query).await?, page);
        }
    }
    Ok(Ended::Done)
}

#[expect(clippy::disallowed_methods, reason = "the command line is where a number of days becomes a day")]
fn in_days(days: u32) -> Timestamp {
    Timestamp::now() + SignedDuration::from_hours(24 * i64::from(days))
}

fn page(page: &FindingsPage) -> String {
    let gaps: String = page.gaps.iter().map(gap).collect();
    if page.findings.is_empty() {
        return format!("Nothing needs attention. {} ignored.\n{gaps}", page.ignored);
    }
    let mut text: String = page.findings.iter().map(found).collect();
    text += &format!("\n{} in all, {} ignored.\n", page.total, page.ignored);
    text + &gaps
}

fn gap(gap: &FindingGap) -> String {
    let next = gap.remedy.as_ref().map(|remedy| format!("    > {}\n", remedy.sentence)).unwrap_or_default();
    format!("[not looked at] {} ({} apps)\n{next}", gap.sentence, gap.apps)
}

fn found(finding: &AppFinding) -> String {
    let mut text = format!(
        "[{}] {}: {} {}\n",
        severity(finding.severity),
        named(&finding.app_name, &finding.app_id),
        finding.title,
        finding.why
    );
    for seen in &finding.evidence {
        text += &format!("    - {seen}\n");
    }
    if let Some(remedy) = &finding.remedy {
        text += &format!("    > {}\n", remedy.sentence);
    }
    if let Some(ignored) = &finding.ignored {
        text += &format!("    ignored: {}\n", ignored.reason);
    }
    text + &format!("    {}\n", finding.id)
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "info",
        Severity::Warning => "warning",
        Severity::Critical => "critical",
    }
}

/// What it is, in the middle of a line.
pub(super) fn kind(kind: CredentialKind) -> &'static str {
    match kind {
        CredentialKind::Secret => "secret",
        CredentialKind::Certificate => "certificate",
        CredentialKind::SigningCertificate => "signing certificate",
        CredentialKind::Federated => "federated credential",
    }
}

/// The name, or the id where there is none.
pub(super) fn named<'a>(name: &'a str, id: &'a str) -> &'a str {
    if name.trim().is_empty() { id } else { name }
}
