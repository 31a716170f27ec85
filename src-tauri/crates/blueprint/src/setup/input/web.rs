//! Addresses of pages.

use url::{Host, Url};

use super::{InputProblem, host};

/// An https address whose host is a domain name.
pub(super) fn check(typed: &str) -> Result<String, InputProblem> {
    if typed.contains(char::is_whitespace) {
        let suggestion: String = typed.split_whitespace().collect();
        check(&suggestion).map_err(|_| InputProblem::NotAUrl)?;
        return Err(InputProblem::Spaces { suggestion });
    }
    let Ok(url) = Url::parse(typed) else { return Err(without_scheme(typed)) };
    match url.scheme() {
        "https" => {}
        "http" => {
            let suggestion = format!("https{}", typed.get(4..).unwrap_or_default());
            check(&suggestion)?;
            return Err(InputProblem::NotHttps { suggestion });
        }
        // `example.com:8443/x` parses as a scheme of its own.
        _ => return Err(without_scheme(typed)),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InputProblem::UrlWithPassword);
    }
    // The host as it was typed: parsing has already turned other letters into `xn--`, and that is checked too.
    match url.host() {
        Some(Host::Domain(domain)) => host::ascii(domain).map_err(|problem| match problem {
            InputProblem::LookAlike { .. } => problem,
            _ => InputProblem::NotAUrl,
        })?,
        _ => return Err(InputProblem::NotAUrl),
    };
    if typed.contains('\\') {
        return Err(InputProblem::NotAUrl);
    }
    // As typed: a redirect URI is compared letter by letter, and parsing adds a slash to a bare host.
    Ok(typed.to_owned())
}

fn without_scheme(typed: &str) -> InputProblem {
    let suggestion = format!("https://{typed}");
    if typed.contains("//") || typed.contains('@') || Url::parse(&suggestion).is_err() {
        return InputProblem::NotAUrl;
    }
    match check(&suggestion) {
        Ok(_) => InputProblem::NotHttps { suggestion },
        Err(_) => InputProblem::NotAUrl,
    }
}
