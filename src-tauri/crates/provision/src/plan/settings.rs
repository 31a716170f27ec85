//! Settings of the organisation that a product depends on.

use blueprint::{SettingKind, SettingSpec};

use super::MAY_SHOW_REPORT_NAMES;
use super::accounts::AccountsSeen;
use super::compare::Comparison;
use super::step::StepKind;
use super::words::{Words, words};

/// Where these steps belong, and their heading.
const GROUP: (&str, &str) = ("organisation", "The organisation");

impl Comparison<'_> {
    pub(super) fn setting_steps(&mut self, settings: &[SettingSpec], seen: &AccountsSeen) {
        if !settings.iter().any(|one| one.kind == SettingKind::ReportsShowNames) {
            return;
        }
        let already = match &seen.report_settings {
            Some(Ok(now)) => now.display_concealed_names == Some(false),
            Some(Err(error)) => {
                self.not_looked_up("whether usage reports show names", error);
                false
            }
            None => false,
        };
        let group = (GROUP.0.to_owned(), GROUP.1.to_owned());
        let sentence = if already { shown() } else { show() };
        self.push_in(&group, "report-names".to_owned(), StepKind::ShowReportNames, sentence, already);
        if !already && !self.authority.holds(MAY_SHOW_REPORT_NAMES) {
            self.not_by_you(MAY_SHOW_REPORT_NAMES, "Showing names in usage reports");
        }
    }
}

fn show() -> Words {
    words(
        "Show real names in all usage reports. Everybody who may read reports then sees who uses what, in the admin center too."
            .into(),
        "Usage reports show real names, to everybody who may read them.".into(),
        Some("Usage reports hide the names again."),
    )
}

fn shown() -> Words {
    let text = "Usage reports show real names.".to_owned();
    words(text.clone(), text, None)
}

#[cfg(test)]
pub(super) fn all() -> Vec<Words> {
    vec![show(), shown()]
}
