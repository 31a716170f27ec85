//! The inventory as comma-separated values: UTF-8 with a mark, a line for each credential.

use std::collections::HashSet;
use std::io::Write;

use jiff::Timestamp;

use super::cells::add;
use crate::inventory::calendar::{day, days_between};
use crate::inventory::facets::{credential_name, health_name};
use crate::inventory::kind::AppKind;
use crate::inventory::query::{Query, View, app_ids};
use crate::inventory::{ExportError, Store};
use crate::{App, Credential, Known, LastUse};

/// The columns. An app has a line for each of its credentials, or one with empty cells where it has none. Times are in
/// UTC, `YYYY-MM-DDTHH:MM:SSZ`; an empty cell is "none" or "not known".
///
/// | column | holds |
/// | --- | --- |
/// | `name` | name that people see |
/// | `client_id`, `registration_id`, `enterprise_app_id` | Microsoft's ids |
/// | `kind` | `registration`, `enterpriseApp`, `microsoft`, `managedIdentity`, `unknown` |
/// | `audience` | `signInAudience`, as Microsoft writes it |
/// | `disabled` | `yes` or `no` |
/// | `created` | when it was registered |
/// | `owners` | sign-in names (or names) with `; ` between them |
/// | `last_sign_in` | when it was last used, where that was seen |
/// | `health`, `findings` | `critical`, `warning`, `info` or `fine`; number of findings |
/// | `credential_kind` | `secret`, `certificate`, `signingCertificate`, `federated` |
/// | `credential_name`, `credential_id` | its name, and Microsoft's key id (not the secret) |
/// | `credential_on` | `registration` or `enterpriseApp` |
/// | `credential_starts`, `credential_ends` | from when until when it works |
/// | `days` | days from today until it ends, by the calendar of the machine that wrote the file |
/// | `credential_last_use` | when it was last used, where that was seen |
pub const COLUMNS: [&str; 20] = [
    "name",
    "client_id",
    "registration_id",
    "enterprise_app_id",
    "kind",
    "audience",
    "disabled",
    "created",
    "owners",
    "last_sign_in",
    "health",
    "findings",
    "credential_kind",
    "credential_name",
    "credential_id",
    "credential_on",
    "credential_starts",
    "credential_ends",
    "days",
    "credential_last_use",
];

/// Writes all rows that answer a query, in its order, and says how many lines (without the head). Where apps are named
/// (`only`, client ids), these and no others, whatever the query narrows by. Nothing secret is in it.
///
/// # Errors
/// [`ExportError`]; what was written until then is not complete.
pub fn export_csv(
    store: &Store,
    query: &Query,
    only: Option<&HashSet<String>>,
    view: &View,
    to: &mut impl Write,
) -> Result<u64, ExportError> {
    // Without the mark some spreadsheets take the file for another encoding.
    to.write_all("\u{feff}".as_bytes())?;
    to.write_all(line(COLUMNS).as_bytes())?;
    let mut lines = 0;
    for app_id in app_ids(store, query, only, view)? {
        let Some(app) = store.app(&app_id)? else { continue };
        let health = store.health(&app_id)?.unwrap_or_default();
        let about = [
            app.name.clone(),
            app.app_id.clone(),
            app.registration.as_ref().map(|one| one.object_id.clone()).unwrap_or_default(),
            app.enterprise_app.as_ref().map(|one| one.object_id.clone()).unwrap_or_default(),
            AppKind::of(&app).name().to_owned(),
            app.registration.as_ref().and_then(|one| one.audience.clone()).unwrap_or_default(),
            if is_disabled(&app) { "yes" } else { "no" }.to_owned(),
            time(app.registration.as_ref().and_then(|one| one.created)),
            owners(&app),
            used(&app.last_sign_in),
            health_name(health.worst).to_owned(),
            health.findings.to_string(),
        ];
        for credential in app.credentials.iter().map(Some).chain(app.credentials.is_empty().then_some(None)) {
            let cells =
                about.iter().cloned().chain(credential.map_or_else(Default::default, |one| of(one, view)));
            to.write_all(line(cells).as_bytes())?;
            lines += 1;
        }
    }
    to.flush()?;
    Ok(lines)
}

fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut line = String::new();
    for (number, cell) in cells.into_iter().enumerate() {
        if number > 0 {
            line.push(',');
        }
        add(&mut line, cell.as_ref());
    }
    line.push_str("\r\n");
    line
}

fn of(credential: &Credential, view: &View) -> [String; 8] {
    let today = day(view.now, &view.zone);
    let days = credential.ends.map(|at| days_between(today, day(at, &view.zone)).to_string());
    [
        credential_name(credential.kind).to_owned(),
        credential.name.clone(),
        credential.key_id.clone(),
        if credential.on_enterprise_app { "enterpriseApp" } else { "registration" }.to_owned(),
        time(credential.starts),
        time(credential.ends),
        days.unwrap_or_default(),
        used(&credential.last_use),
    ]
}

fn is_disabled(app: &App) -> bool {
    app.registration.as_ref().is_some_and(|one| one.disabled_by_microsoft)
        || app.enterprise_app.as_ref().is_some_and(|one| one.enabled == Some(false))
}

fn owners(app: &App) -> String {
    let names =
        app.owners.seen().into_iter().flatten().map(|owner| owner.upn.as_ref().unwrap_or(&owner.name));
    names.map(String::as_str).collect::<Vec<_>>().join("; ")
}

fn used(last_use: &Known<LastUse>) -> String {
    match last_use.seen() {
        Some(LastUse::At { at }) => time(Some(*at)),
        _ => String::new(),
    }
}

fn time(at: Option<Timestamp>) -> String {
    at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}
