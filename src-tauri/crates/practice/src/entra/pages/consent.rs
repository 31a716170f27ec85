//! "Permissions requested", and what people see who may not grant them.

use std::fmt::Write as _;

use super::layout::{escape, page};
use crate::entra::client::Client;
use crate::entra::consent::{Item, Open};
use crate::serve::Answer;
use crate::tenant::Tenant;

/// A person is asked. Ids for tests: `accept`, `cancel`, `organization` (only for admins).
pub(crate) fn consent(
    tenant: &Tenant,
    flow: &str,
    client: &Client,
    person: &str,
    open: &Open,
    admin: bool,
) -> Answer {
    let mut body = head(tenant, "Permissions requested", client, person);
    let _ = write!(body, "<h2>This app would like to:</h2>{}", asks(&open.items));
    let organization = if admin {
        r#"<label class="check" for="organization"><input type="checkbox" id="organization" name="organization" value="1">
<span>Consent on behalf of your organisation<br><span class="soft">Nobody else will be asked about this app.</span></span></label>"#
    } else {
        ""
    };
    body.push_str(&form(flow, organization, "Accept"));
    page(tenant, "Permissions requested", &body)
}

/// An admin is asked for everyone. Ids for tests: `accept`, `cancel`.
pub(crate) fn admin_consent(
    tenant: &Tenant,
    flow: &str,
    client: &Client,
    person: &str,
    open: &Open,
) -> Answer {
    let mut body = head(tenant, "Permissions requested", client, person);
    let _ = write!(
        body,
        "<h2>Review for your organisation. This app would like to:</h2>{}<p>If you accept, the app gets these permissions for everyone in your organisation. Nobody else will be asked.</p>",
        asks(&open.items)
    );
    body.push_str(&form(flow, "", "Accept"));
    page(tenant, "Permissions requested", &body)
}

/// Only an admin may agree. Ids for tests: `other-account`, `cancel`.
pub(crate) fn admin_needed(
    tenant: &Tenant,
    flow: &str,
    client: &Client,
    person: &str,
    open: &Open,
) -> Answer {
    let mut body = head(tenant, "Need admin approval", client, person);
    let _ = write!(
        body,
        r#"<p id="error">{} needs permission to access resources in your organisation that only an admin can grant. Please ask an admin to grant permission to this app before you can use it. <code>AADSTS90094</code></p>
<details><summary>What it asks for</summary>{}</details>
<form method="post" action="/common/login"><input type="hidden" name="flow" value="{flow}">
<p><button class="link" id="other-account" type="submit" name="again" value="1">Have an admin account? Sign in with that account</button></p></form>
<form method="post" action="/common/consent"><input type="hidden" name="flow" value="{flow}">
<p><button class="link" id="cancel" type="submit" name="decision" value="cancel">Return to the application without granting consent</button></p></form>"#,
        escape(&client.name),
        asks(&open.items),
        flow = escape(flow),
    );
    page(tenant, "Need admin approval", &body)
}

fn head(tenant: &Tenant, title: &str, client: &Client, person: &str) -> String {
    let upn = tenant.read(|tables| tables.user(person).map(|user| user.text("userPrincipalName").to_owned()));
    format!(
        r#"<p class="soft" id="signed-in-as">{}</p><h1>{title}</h1><p><b id="application">{}</b><br><span class="soft">Publisher: {}</span></p>"#,
        escape(&upn.unwrap_or_default()),
        escape(&client.name),
        escape(&client.publisher),
    )
}

pub(super) fn asks(items: &[Item]) -> String {
    let lines: String = items
        .iter()
        .map(|item| {
            format!(
                "<li><details><summary>{}</summary><p>{} <code>{}</code></p></details></li>",
                escape(&item.title),
                escape(&item.description),
                escape(&item.name)
            )
        })
        .collect();
    format!(r#"<ul class="asks">{lines}</ul>"#)
}

fn form(flow: &str, more: &str, accept: &str) -> String {
    format!(
        r#"<form method="post" action="/common/consent"><input type="hidden" name="flow" value="{}">{more}
<div class="actions"><button class="plain" id="cancel" type="submit" name="decision" value="cancel">Cancel</button>
<button class="primary" id="accept" type="submit" name="decision" value="accept">{accept}</button></div></form>"#,
        escape(flow)
    )
}
