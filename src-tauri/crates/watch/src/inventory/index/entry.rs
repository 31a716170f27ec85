//! One app as lists search, narrow and order it.

use super::Line;
use super::ends::Instant;
use crate::findings::Severity;
use crate::inventory::facets::audience_number;
use crate::inventory::kind::AppKind;

/// One app as lists search, narrow and order it. Small, since an organisation may have 50,000: what a row shows besides is
/// read from the file for the rows of a page alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Number of its row in the file.
    pub(crate) id: i64,
    /// What is searched, folded: the name, then each on a line of its own the client id and the rest.
    pub(crate) words: Box<str>,
    /// How many bytes of it are the name.
    name: u32,
    /// The client id, where it is not what the second line of `words` says.
    app_id: Option<Box<str>>,
    pub(crate) credentials: Box<[Instant]>,
    /// Milliseconds since 1970.
    pub(crate) created: Option<i64>,
    /// Milliseconds since 1970; none where no use was seen.
    pub(crate) last_use: Option<i64>,
    pub(crate) findings: u32,
    pub(crate) kind: AppKind,
    /// Its number among the values of `signInAudience`; none for one that is not known here.
    pub(crate) audience: Option<u8>,
    pub(crate) health: Option<Severity>,
}

/// What an entry is made of.
pub(crate) struct Columns<'a> {
    pub(crate) id: i64,
    pub(crate) app_id: &'a str,
    pub(crate) words: &'a str,
    pub(crate) kind: AppKind,
    pub(crate) audience: Option<&'a str>,
    pub(crate) created: Option<i64>,
    pub(crate) last_use: Option<i64>,
    pub(crate) credentials: Box<[Instant]>,
    pub(crate) health: Option<Severity>,
    pub(crate) findings: u32,
}

impl Entry {
    pub(crate) fn new(of: Columns<'_>) -> Self {
        let mut lines = of.words.split('\n');
        let name = lines.next().unwrap_or_default().len();
        Self {
            id: of.id,
            words: of.words.into(),
            name: u32::try_from(name).unwrap_or_default(),
            app_id: (lines.next() != Some(of.app_id)).then(|| of.app_id.into()),
            credentials: of.credentials,
            created: of.created,
            last_use: of.last_use,
            findings: of.findings,
            kind: of.kind,
            audience: of.audience.and_then(audience_number),
            health: of.health,
        }
    }

    pub(crate) fn of(line: &Line) -> Self {
        Self::new(Columns {
            id: line.id,
            app_id: &line.app_id,
            words: &line.words,
            kind: line.kind,
            audience: line.audience.as_deref(),
            created: line.created,
            last_use: line.last_use,
            credentials: line.credentials.iter().map(Instant::from).collect(),
            health: line.health,
            findings: line.findings,
        })
    }

    /// The name, folded; empty for an app without one.
    pub(crate) fn name(&self) -> &str {
        &self.words[..self.name as usize]
    }

    /// Client id.
    pub(crate) fn app_id(&self) -> &str {
        let second = || self.words[self.name as usize..].split('\n').nth(1).unwrap_or_default();
        self.app_id.as_deref().unwrap_or_else(second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(app_id: &str, words: &str) -> Entry {
        Entry::new(Columns {
            id: 1,
            app_id,
            words,
            kind: AppKind::Registration,
            audience: Some("AzureADMyOrg"),
            created: None,
            last_use: None,
            credentials: Box::default(),
            health: None,
            findings: 0,
        })
    }

    #[test]
    fn the_client_id_is_what_it_was_and_kept_twice_only_where_it_must_be() {
        for (app_id, words, twice) in [
            ("aaaa-1", "zoe\naaaa-1\nmore", false),
            ("aaaa-1", "\naaaa-1", false),
            ("AAAA-1", "zoe\naaaa-1\nmore", true),
            ("aaaa-1", "", true),
        ] {
            let entry = entry(app_id, words);
            assert_eq!(entry.app_id(), app_id);
            assert_eq!(entry.app_id.is_some(), twice);
            assert_eq!(entry.name(), words.split('\n').next().unwrap());
        }
    }
}
