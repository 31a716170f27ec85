//! Names in Exchange: at most 64 characters, unique, with the run's random bits in them.

use crate::RunId;

/// First word of every name of ours.
const OURS: &str = "Gatehouse";
/// Longest name of a scope, an assignment or a group.
const LONGEST: usize = 64;

/// Names of one registration's limit in one run.
pub(super) struct Names {
    title: String,
    tag: String,
}

impl Names {
    /// For the `position`th registration of a run.
    pub(super) fn new(run: &RunId, position: usize, title: &str) -> Self {
        let tag = format!("{}-{position}", run.as_str().get(..12).unwrap_or(run.as_str()));
        let title: String = title
            .chars()
            .map(|c| if c.is_alphanumeric() || " .-_()".contains(c) { c } else { ' ' })
            .collect();
        Self { title: title.split_whitespace().collect::<Vec<_>>().join(" "), tag }
    }

    /// `Gatehouse <title> <run>`.
    pub(super) fn scope(&self) -> String {
        self.named(OURS)
    }

    /// The group that is made for people.
    pub(super) fn group(&self) -> String {
        self.named(&format!("{OURS} mailboxes"))
    }

    /// The beginning of the group's address.
    pub(super) fn alias(&self) -> String {
        format!("{ALIAS}{}", self.tag)
    }

    /// An assignment of this role.
    pub(super) fn assignment(&self, role: &str) -> String {
        let short: String = role.chars().take(LONGEST - 1 - self.tag.len()).collect();
        format!("{short} {}", self.tag)
    }

    /// A policy's description.
    pub(super) fn policy(&self) -> String {
        format!("{OURS} {}", self.tag)
    }

    fn named(&self, beginning: &str) -> String {
        let room = LONGEST.saturating_sub(beginning.len() + self.tag.len() + 2);
        let title: String = self.title.chars().take(room).collect();
        format!("{beginning} {} {}", title.trim_end(), self.tag)
    }
}

/// First part of every alias of ours.
const ALIAS: &str = "gatehouse-";

/// Whether a group was made by Gatehouse for people, by its alias.
pub(super) fn is_our_group(alias: &str) -> bool {
    alias.starts_with(ALIAS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_enough_and_hold_the_run() {
        let run = RunId::from_random(0x1234_5678_9abc_def0_1234_5678_9abc_def0);
        let long = Names::new(&run, 1, &"Ä very long title of a connector with *stars* ".repeat(4));
        let short = Names::new(&run, 1, "Totalview");
        for names in [&long, &short] {
            for name in [
                names.scope(),
                names.group(),
                names.alias(),
                names.policy(),
                names.assignment("Application MailboxSettings.ReadWrite"),
            ] {
                assert!(name.chars().count() <= 64 && !name.contains('*'), "{name}");
                assert!(name.ends_with("-1") && name.contains(&run.as_str()[..12]), "{name}");
            }
        }
        assert!(is_our_group(&short.alias()) && !is_our_group(&short.scope()));
    }
}
