//! An address that may be written to a log.

use std::fmt;

use url::Url;

/// Shows an address without what may be secret or personal: of the query only the values of a few harmless names, no
/// user name, password or fragment, and no path segment that holds an `@` (a user principal name).
///
/// A list of what may be shown, not of what may not: a new parameter is hidden until somebody has looked at it.
#[derive(Clone, Copy)]
pub struct SafeUrl<'a>(pub &'a Url);

/// Query names whose values are shown.
const SHOWN: [&str; 15] = [
    "$count",
    "$expand",
    "$orderby",
    "$select",
    "$top",
    "api-version",
    "client_id",
    "code_challenge_method",
    "grant_type",
    "prompt",
    "redirect_uri",
    "response_mode",
    "response_type",
    "scope",
    "sso_reload",
];

impl fmt::Display for SafeUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.0;
        write!(f, "{}://{}", url.scheme(), url.host_str().unwrap_or_default())?;
        if let Some(port) = url.port() {
            write!(f, ":{port}")?;
        }
        match url.path_segments() {
            Some(segments) => {
                for segment in segments {
                    let personal = segment.contains('@') || segment.to_ascii_lowercase().contains("%40");
                    write!(f, "/{}", if personal { "…" } else { segment })?;
                }
            }
            None => f.write_str("…")?,
        }
        for (index, (name, value)) in url.query_pairs().enumerate() {
            let value = if SHOWN.contains(&name.as_ref()) { value.as_ref() } else { "…" };
            write!(f, "{}{}={value}", if index == 0 { '?' } else { '&' }, name.escape_debug())?;
        }
        Ok(())
    }
}

impl fmt::Debug for SafeUrl<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let url = Url::parse(text).unwrap();
        assert_eq!(format!("{:?}", SafeUrl(&url)), SafeUrl(&url).to_string());
        SafeUrl(&url).to_string()
    }

    #[test]
    fn only_harmless_values_are_shown() {
        assert_eq!(
            shown(
                "https://me:pw@login.example:8443/t/authorize?code=C&state=S&prompt=login&login_hint=a@b.c#access_token=T"
            ),
            "https://login.example:8443/t/authorize?code=…&state=…&prompt=login&login_hint=…"
        );
        assert_eq!(
            shown(
                "https://graph.example/v1.0/users/ann%40contoso.example/messages?$top=1&$filter=mail eq 'x'"
            ),
            "https://graph.example/v1.0/users/…/messages?$top=1&$filter=…"
        );
    }

    #[test]
    fn every_known_secret_is_hidden() {
        for name in
            ["code", "state", "token", "client_secret", "access_token", "refresh_token", "id_token", "nonce"]
        {
            let text = shown(&format!("https://h.example/p?{name}=canary&CODE=canary&x=canary"));
            assert!(!text.contains("canary"), "{text}");
        }
        assert_eq!(shown("data:text/html,canary"), "data://…");
    }
}
