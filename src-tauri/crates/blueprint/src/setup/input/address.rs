//! E-mail addresses.

use super::{InputProblem, host, text};

/// An address as Exchange uses it: the local part as typed, the domain in lower case. Quoted local parts, comments and
/// address literals (RFC 5321 section 4.1.2) are not used by Microsoft 365 and are not taken.
pub(in crate::setup) fn check(typed: &str) -> Result<String, InputProblem> {
    if let Some(inner) = display_form(typed) {
        let suggestion = check(inner).map_err(|_| InputProblem::NotAnAddress)?;
        return Err(InputProblem::WholeAddress { suggestion });
    }
    if typed.contains([',', ';']) {
        return Err(InputProblem::Several);
    }
    if typed.contains(char::is_whitespace) {
        let joined: String = typed.split_whitespace().collect();
        let suggestion = check(&joined).map_err(|_| InputProblem::NotAnAddress)?;
        return Err(InputProblem::Spaces { suggestion });
    }
    let (local, domain) = typed.rsplit_once('@').ok_or(InputProblem::NotAnAddress)?;
    if let Some(character) =
        local.chars().find(|c| text::is_confusable(*c)).or_else(|| text::look_alike(local))
    {
        return Err(InputProblem::LookAlike { character });
    }
    if !is_local_part(local) {
        return Err(InputProblem::NotAnAddress);
    }
    let domain = host::ascii(domain).map_err(|problem| match problem {
        InputProblem::LookAlike { .. } => problem,
        _ => InputProblem::NotAnAddress,
    })?;
    Ok(format!("{local}@{domain}"))
}

/// The address in `Megan <megan@contoso.com>` or `mailto:megan@contoso.com`.
fn display_form(typed: &str) -> Option<&str> {
    if let Some((_, rest)) = typed.split_once('<') {
        return rest.trim_end().strip_suffix('>');
    }
    let scheme = typed.get(..7)?;
    scheme
        .eq_ignore_ascii_case("mailto:")
        .then(|| typed.split('?').next().unwrap_or(typed).get(7..))
        .flatten()
}

/// A dot-atom of at most 64 characters (RFC 5322 section 3.2.3, RFC 5321 section 4.5.3.1.1).
fn is_local_part(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte))
}
