//! The list of apps, with what each may do and a way to take it back.

use std::fmt::Write as _;

use super::consent::asks;
use super::layout::{escape, page};
use crate::entra::my_apps::Allowed;
use crate::serve::Answer;
use crate::tenant::Tenant;

/// The page. Ids for tests: `signed-in-as`, `switch`, `done`, `none`; for each app `app-<client id>`, `yours-<client id>`,
/// `revoke-<client id>` and, where an administrator allowed something for everyone, `admin-<client id>`. Apps that only
/// an administrator allowed are below `everyone`.
pub(crate) fn my_apps(
    tenant: &Tenant,
    person: &str,
    upn: &str,
    apps: &[Allowed],
    taken: Option<&str>,
) -> Answer {
    let mut body = format!(
        r#"<p class="soft" id="signed-in-as">{upn}</p><h1>Your apps</h1>
<form method="post" action="/myapps"><button class="link" id="switch" type="submit" name="switch" value="1">Use another account</button></form>"#,
        upn = escape(upn)
    );
    if let Some(name) = taken {
        let _ = write!(
            body,
            r#"<p class="notice" role="status" id="done">You took back what you allowed {}. It may take up to an hour and a half until the app notices.</p>"#,
            escape(name)
        );
    }
    let split = apps.iter().position(|app| app.by_person.is_empty()).unwrap_or(apps.len());
    let (own, everyone) = apps.split_at(split);
    if own.is_empty() {
        body.push_str(r#"<p id="none">You have not allowed any app anything.</p>"#);
    }
    own.iter().for_each(|app| body.push_str(&card(person, app)));
    if !everyone.is_empty() {
        let cards: String = everyone.iter().map(|app| card(person, app)).collect();
        let _ = write!(
            body,
            r#"<details id="everyone"><summary>{} more that your organisation allowed for everyone</summary>{cards}</details>"#,
            everyone.len()
        );
    }
    page(tenant, "My Apps", &body)
}

fn card(person: &str, app: &Allowed) -> String {
    let id = escape(&app.app_id);
    let mut card = format!(
        r#"<section class="app" id="app-{id}"><h2>{}</h2><p class="soft">{}</p>"#,
        escape(&app.name),
        escape(&app.publisher)
    );
    if !app.by_person.is_empty() {
        let _ = write!(
            card,
            r#"<div id="yours-{id}"><p>You allowed:</p>{}</div>
<form method="post" action="/myapps/revoke"><input type="hidden" name="app" value="{id}"><input type="hidden" name="person" value="{}">
<button class="plain" id="revoke-{id}" type="submit">Revoke permissions</button></form>"#,
            asks(&app.by_person),
            escape(person)
        );
    }
    if !app.by_admin.is_empty() {
        let _ = write!(
            card,
            r#"<div id="admin-{id}"><p>An administrator allowed for everyone. Only an administrator can take this back:</p>{}</div>"#,
            asks(&app.by_admin)
        );
    }
    card.push_str("</section>");
    card
}
