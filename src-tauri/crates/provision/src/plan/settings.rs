//! Settings of the organisation that a product depends on.

use blueprint::{SettingKind, SettingSpec};
use graph::GraphError;
use graph::resources::ReportSettings;

use super::MAY_SHOW_REPORT_NAMES;
use super::accounts::AccountsSeen;
use super::compare::Comparison;
use super::planner::{PlanError, Planner};
use super::reads::{self, Wanted};
use super::step::StepKind;
use super::words::{Words, words};
use super::{Plan, Subject};

/// Where these steps belong, and their heading.
const GROUP: (&str, &str) = ("organisation", "The organisation");

impl Planner<'_> {
    /// Plans to show real names in usage reports, or to hide them again.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn report_names(&self, show: bool) -> Result<Plan, PlanError> {
        let nothing = Wanted { resources: Vec::new(), tag: None, names: Vec::new() };
        let actual = reads::look(&self.session.graph, &nothing).await?;
        self.check_organisation(&actual)?;
        let now = self.session.graph.send(graph::reports::settings()).await;
        let mut comparison = self.comparison(self.new_run(), &actual);
        comparison.report_names(show, Some(&now));
        let title = if show { "Show names in usage reports" } else { "Hide names in usage reports" };
        Ok(self
            .finish(comparison, Subject::ReportNames { show }, title.to_owned(), &actual, Vec::new())
            .await)
    }
}

impl Comparison<'_> {
    pub(super) fn setting_steps(&mut self, settings: &[SettingSpec], seen: &AccountsSeen) {
        if !settings.iter().any(|one| one.kind == SettingKind::ReportsShowNames) {
            return;
        }
        self.report_names(true, seen.report_settings.as_ref());
    }

    fn report_names(&mut self, show: bool, now: Option<&Result<ReportSettings, GraphError>>) {
        let already = match now {
            Some(Ok(now)) => (now.display_concealed_names == Some(false)) == show,
            Some(Err(error)) => {
                self.not_looked_up("whether usage reports show names", error);
                false
            }
            None => false,
        };
        let group = (GROUP.0.to_owned(), GROUP.1.to_owned());
        let (kind, sentence) = match (show, already) {
            (true, true) => (StepKind::ShowReportNames, shown()),
            (true, false) => (StepKind::ShowReportNames, showing()),
            (false, true) => (StepKind::HideReportNames, hidden()),
            (false, false) => (StepKind::HideReportNames, hiding()),
        };
        self.push_in(&group, "report-names".to_owned(), kind, sentence, already);
        if !already && !self.authority.holds(MAY_SHOW_REPORT_NAMES) {
            self.not_by_you(MAY_SHOW_REPORT_NAMES, "Changing whether usage reports show names");
        }
    }
}

fn showing() -> Words {
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

fn hiding() -> Words {
    words(
        "Show made-up names in all usage reports. Products that match usage with people by these reports find nobody then.".into(),
        "Usage reports show made-up names.".into(),
        Some("Usage reports show real names again."),
    )
}

fn hidden() -> Words {
    let text = "Usage reports show made-up names.".to_owned();
    words(text.clone(), text, None)
}

#[cfg(test)]
pub(super) fn all() -> Vec<Words> {
    vec![showing(), shown(), hiding(), hidden()]
}
