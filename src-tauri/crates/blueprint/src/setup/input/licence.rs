//! Names of licences.

use super::InputProblem;

/// Longest name, in characters. The longest that Microsoft publishes has fewer than 60.
const MAX: usize = 100;

/// A licence by Microsoft's short name (`skuPartNumber`), in the spelling that Microsoft uses: capital letters, digits,
/// underscores and hyphens.
pub(super) fn check(typed: &str) -> Result<String, InputProblem> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if typed.len() > MAX || !typed.chars().all(fits) {
        return Err(InputProblem::NotALicence);
    }
    // A few of Microsoft's names have small letters (`Microsoft_365_Copilot`), so that the case is kept.
    Ok(typed.to_owned())
}
