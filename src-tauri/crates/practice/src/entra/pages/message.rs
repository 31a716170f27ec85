//! Pages that say something: errors, results, the device code, the front door.

use std::fmt::Write as _;

use super::layout::{escape, page};
use crate::entra::error::{Refusal, correlation_id};
use crate::seed;
use crate::serve::{Answer, Incoming};
use crate::tenant::Tenant;

/// An error that must not be sent to an address, because the address is not known to be right. Id for tests: `error`.
pub(crate) fn error(tenant: &Tenant, incoming: &Incoming, refusal: &Refusal) -> Answer {
    page(
        tenant,
        "Sign in",
        &format!(
            r#"<h1>Sign in</h1><p>Sorry, but we’re having trouble signing you in.</p>
<p class="notice" role="alert" id="error"><code>AADSTS{number}</code>: {text}</p>
<details open><summary>Details for support</summary><dl>
<dt>Request Id</dt><dd>{request}</dd><dt>Correlation Id</dt><dd>{correlation}</dd><dt>Timestamp</dt><dd>{at}</dd>
<dt>Message</dt><dd id="description">{description}</dd></dl></details>"#,
            number = refusal.number,
            text = escape(&refusal.text),
            request = escape(&incoming.request_id),
            correlation = escape(&correlation_id(incoming)),
            at = incoming.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            description = escape(&refusal.description(incoming)),
        ),
    )
}

/// Something ended well. Id for tests: `done`.
pub(crate) fn done(tenant: &Tenant, title: &str, text: &str) -> Answer {
    page(tenant, title, &format!(r#"<h1 id="done">{}</h1><p>{}</p>"#, escape(title), escape(text)))
}

/// The code of a device is typed in here. Ids for tests: `code`, `next`, `error`.
pub(crate) fn device(tenant: &Tenant, wrong: Option<&str>) -> Answer {
    let mut body = String::from("<h1>Enter code</h1><p>Enter the code that your app or device shows.</p>");
    if let Some(text) = wrong {
        let _ = write!(body, r#"<p class="notice" role="alert" id="error">{}</p>"#, escape(text));
    }
    body.push_str(
        r#"<form method="post" action="/devicelogin"><label class="field" for="code">Code</label>
<input type="text" id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
<p class="soft">Only go on if you started this sign-in yourself. Somebody who sends you a code wants to sign in as you.</p>
<div class="actions"><button class="primary" id="next" type="submit">Next</button></div></form>"#,
    );
    page(tenant, "Enter code", &body)
}

/// A redirect address that no browser can open: the code is shown, and in the title, where embedded browsers look.
pub(crate) fn out_of_band(tenant: &Tenant, parameters: &[(&'static str, String)]) -> Answer {
    let find = |name: &str| parameters.iter().find(|(own, _)| *own == name).map(|(_, value)| value.as_str());
    match (find("code"), find("error")) {
        (Some(code), _) => page(
            tenant,
            &format!("Success code={code}"),
            &format!("<h1>Signed in</h1><p><code id=\"code\">{}</code></p>", escape(code)),
        ),
        (None, error) => {
            let error = error.unwrap_or("unknown");
            page(
                tenant,
                &format!("Denied error={error}"),
                &format!(r#"<h1>Not signed in</h1><p id="error">{}</p>"#, escape(error)),
            )
        }
    }
}

/// The front door, for people who open the address by hand.
pub(crate) fn welcome(tenant: &Tenant) -> Answer {
    let counts = tenant.read(|tables| {
        let alive = |table: &crate::store::Table| table.values().filter(|row| row.deleted.is_none()).count();
        (alive(&tables.users), alive(&tables.applications), seed::people(tables).len())
    });
    page(
        tenant,
        "Practice tenant",
        &format!(
            r#"<h1>Practice tenant</h1><p>A pretend organisation for trying things out. It plays Entra ID and Microsoft Graph on this computer only.</p>
<dl><dt>Organisation id</dt><dd><code id="tenant-id">{}</code></dd><dt>People</dt><dd>{}</dd><dt>App registrations</dt><dd>{}</dd>
<dt>Sign-in</dt><dd><code>{}</code></dd><dt>Graph</dt><dd><code>{}/v1.0</code></dd></dl>"#,
            escape(&tenant.tenant_id),
            counts.0,
            counts.1,
            escape(&tenant.login_base()),
            escape(&tenant.graph_base()),
        ),
    )
}
