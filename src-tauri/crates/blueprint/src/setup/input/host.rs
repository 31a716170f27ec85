//! Host names: domains and single labels.

use url::{Host, Url};

use super::{InputProblem, text};

/// A domain name in its registered (ASCII) form.
pub(super) fn domain(typed: &str) -> Result<String, InputProblem> {
    let bare = typed.strip_prefix('@').unwrap_or(typed).trim_end_matches('.');
    if let Some((_, after)) = bare.rsplit_once('@') {
        let suggestion = domain(after).map_err(|_| InputProblem::NotADomain)?;
        return Err(InputProblem::WholeUrl { suggestion });
    }
    if bare.contains("://") || bare.contains('/') {
        let suggestion = host_of(bare).ok_or(InputProblem::NotADomain)?;
        return Err(InputProblem::WholeUrl { suggestion });
    }
    if bare.contains(char::is_whitespace) {
        let suggestion: String = bare.split_whitespace().collect();
        domain(&suggestion).map_err(|_| InputProblem::NotADomain)?;
        return Err(InputProblem::Spaces { suggestion });
    }
    ascii(bare)
}

/// Checks letters and shape, and gives the ASCII form (`xn--…` for what is not ASCII).
pub(super) fn ascii(bare: &str) -> Result<String, InputProblem> {
    let (readable, decoded) = idna::domain_to_unicode(bare);
    decoded.map_err(|_| InputProblem::NotADomain)?;
    if let Some(character) = deceptive(bare).or_else(|| deceptive(&readable)) {
        return Err(InputProblem::LookAlike { character });
    }
    let Ok(Host::Domain(ascii)) = Host::parse(bare) else { return Err(InputProblem::NotADomain) };
    let labels: Vec<&str> = ascii.split('.').collect();
    let top_is_a_word =
        labels.last().is_some_and(|top| top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit()));
    if labels.len() < 2 || ascii.len() > 253 || !top_is_a_word || !labels.iter().all(|label| is_label(label))
    {
        return Err(InputProblem::NotADomain);
    }
    Ok(ascii)
}

/// One label, such as an agency's name in `https://{agency}.example.com`.
///
/// A coded name (`xn--…`, RFC 5890) is refused: no product gives one to a customer, and nobody can read what it says.
pub(super) fn label(typed: &str) -> Result<String, InputProblem> {
    if typed.contains('@') {
        return Err(InputProblem::NotALabel);
    }
    if typed.contains(['/', '.', ':']) {
        let first = host_of(typed).and_then(|host| host.split('.').next().map(str::to_owned));
        return match first.filter(|first| is_label(first)) {
            Some(suggestion) => Err(InputProblem::WholeUrl { suggestion }),
            None => Err(InputProblem::NotALabel),
        };
    }
    if typed.contains(char::is_whitespace) {
        let suggestion = typed.split_whitespace().collect::<Vec<_>>().join("-").to_ascii_lowercase();
        return Err(if is_label(&suggestion) {
            InputProblem::Spaces { suggestion }
        } else {
            InputProblem::NotALabel
        });
    }
    let lower = typed.to_ascii_lowercase();
    let (readable, _) = idna::domain_to_unicode(&lower);
    if let Some(character) =
        text::look_alike(typed).or_else(|| readable.chars().find(|c| text::is_confusable(*c)))
    {
        return Err(InputProblem::LookAlike { character });
    }
    if lower.starts_with("xn--") {
        return Err(InputProblem::CodedLabel);
    }
    if is_label(&lower) { Ok(lower) } else { Err(InputProblem::NotALabel) }
}

/// Whether this is a label by RFC 1123 section 2.1: letters, digits, inner hyphens, at most 63.
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// A letter that was put there to deceive: one of another alphabet among Latin ones, or a whole label of such letters
/// under a Latin ending (`аррӏе.com`). A name that is in one alphabet to its end (`пример.рф`) is fine.
fn deceptive(host: &str) -> Option<char> {
    let latin_ending = host.rsplit('.').next().is_some_and(|top| top.is_ascii());
    text::look_alike(host).or_else(|| host.chars().find(|c| latin_ending && text::is_confusable(*c)))
}

fn host_of(typed: &str) -> Option<String> {
    let url = if typed.contains("://") { Url::parse(typed) } else { Url::parse(&format!("https://{typed}")) };
    match url.ok()?.host()? {
        Host::Domain(domain) => Some(domain.to_owned()),
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}
