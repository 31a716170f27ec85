//! The frame of every page: striped band, card, one stylesheet, no script and nothing from elsewhere.

use axum::body::Bytes;

use crate::random;
use crate::serve::Answer;
use crate::tenant::{Tenant, put};

const STYLE: &str = include_str!("style.css");

/// Text that is safe between tags and in quoted attributes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // Invisible characters that turn the direction of text can make one name look like another.
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => safe.push('\u{FFFD}'),
            other => safe.push(other),
        }
    }
    safe
}

/// A page of one directory. `body` is HTML whose texts were escaped.
pub(super) fn page(tenant: &Tenant, title: &str, body: &str) -> Answer {
    page_of(&tenant.name(), title, body)
}

/// A page below any name.
pub(super) fn page_of(organisation: &str, title: &str, body: &str) -> Answer {
    with_script(organisation, title, body, "")
}

/// A page with one script of our own.
pub(super) fn with_script(organisation: &str, title: &str, body: &str, script: &str) -> Answer {
    let nonce = random::fresh_token();
    let script = if script.is_empty() {
        String::new()
    } else {
        format!(r#"<script nonce="{nonce}">{script}</script>"#)
    };
    let html = format!(
        r#"<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style nonce="{nonce}">{STYLE}</style>
</head>
<body>
<div class="band" role="note">Practice sign-in. Nothing here is real: type no password.</div>
<main>
<p class="org">{organisation}</p>
{body}
</main>
{script}
</body>
</html>
"#,
        title = escape(title),
        organisation = escape(organisation),
    );
    let mut answer = Answer::new(Bytes::from(html));
    let headers = answer.headers_mut();
    put(headers, "content-type", "text/html; charset=utf-8");
    put(headers, "cache-control", "no-store, no-cache");
    put(headers, "x-frame-options", "DENY");
    put(headers, "x-content-type-options", "nosniff");
    put(headers, "referrer-policy", "strict-origin-when-cross-origin");
    // No `form-action`: Chromium applies it to the redirect that follows a form, which is the way back to the application.
    put(
        headers,
        "content-security-policy",
        &format!(
            "default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"
        ),
    );
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_become_markup() {
        let body = escape("<script>alert(1)</script> \"x\" 'y' & \u{202E}gnp.exe");
        assert_eq!(
            body,
            "&lt;script&gt;alert(1)&lt;/script&gt; &quot;x&quot; &#39;y&#39; &amp; \u{FFFD}gnp.exe"
        );
    }

    #[test]
    fn the_policy_lets_forms_lead_back_to_the_application() {
        let answer = page_of("z", "x", "y");
        let policy = answer.headers()["content-security-policy"].to_str().unwrap();
        assert!(!policy.contains("form-action") && !policy.contains("unsafe"), "{policy}");
    }
}
