//! Countries.

use std::sync::OnceLock;

use super::InputProblem;

/// A country by its two letters (ISO 3166-1 alpha-2, which is what Microsoft's `usageLocation` wants), from its letters
/// or its name.
pub(super) fn check(typed: &str) -> Result<String, InputProblem> {
    let found = all()
        .iter()
        .find(|country| country.code.eq_ignore_ascii_case(typed) || country.name.eq_ignore_ascii_case(typed));
    found.map(|country| country.code.to_owned()).ok_or(InputProblem::NotACountry)
}

/// A country that an account can be used in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Country {
    /// Its two letters (ISO 3166-1 alpha-2).
    pub code: &'static str,
    /// What it is called.
    pub name: &'static str,
}

/// Every country, by name.
#[must_use]
pub fn all() -> &'static [Country] {
    static ALL: OnceLock<Vec<Country>> = OnceLock::new();
    ALL.get_or_init(|| {
        let lines = include_str!("countries.tsv").lines().filter(|line| !line.starts_with('#'));
        let mut all: Vec<Country> = lines
            .filter_map(|line| line.split_once('\t'))
            .map(|(code, name)| Country { code, name })
            .collect();
        all.sort_by_key(|country| country.name);
        all
    })
}
