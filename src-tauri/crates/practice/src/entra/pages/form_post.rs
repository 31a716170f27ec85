//! "OAuth 2.0 Form Post Response Mode": a page that posts the answer to the application.

use super::layout::{escape, with_script};
use crate::serve::Answer;
use crate::tenant::Tenant;

/// Posts by itself; without script, a button does. Id for tests: `continue`.
pub(crate) fn form_post(tenant: &Tenant, uri: &str, parameters: &[(&'static str, String)]) -> Answer {
    let fields: String = parameters
        .iter()
        .map(|(name, value)| {
            format!(r#"<input type="hidden" name="{}" value="{}">"#, escape(name), escape(value))
        })
        .collect();
    with_script(
        &tenant.name(),
        "Working...",
        &format!(
            r#"<h1>Back to the application</h1><p>You are on your way.</p>
<form method="post" action="{}" name="hiddenform">{fields}
<noscript><p>Script is off in this browser, so one more press is needed.</p></noscript>
<div class="actions"><button class="primary" id="continue" type="submit">Continue</button></div></form>"#,
            escape(uri)
        ),
        "document.forms[0].submit();",
    )
}
