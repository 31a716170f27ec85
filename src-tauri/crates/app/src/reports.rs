//! Whether usage reports show people's names.

use blueprint::SettingKind;
use contract::{ReportSettingsView, SignInPurpose, Truth};
use graph::GraphError;
use provision::Planner;

use crate::errors::{Answer, Explain, OrExplain};
use crate::plans::Prepared;
use crate::space::OpenSpace;
use crate::{App, view};

impl App {
    /// Whether usage reports show people's names.
    pub async fn report_settings(&self) -> Answer<ReportSettingsView> {
        let space = self.space()?;
        let account = self.able(&space, &[SignInPurpose::Reports])?;
        let graph = self.session(&space, &account).await?.graph.clone();
        let (names_shown, problems) = match graph.send(graph::reports::settings()).await {
            Ok(settings) => match settings.display_concealed_names {
                Some(true) => (Truth::No, Vec::new()),
                Some(false) => (Truth::Yes, Vec::new()),
                None => (Truth::Unknown { why: "Microsoft did not say.".to_owned() }, Vec::new()),
            },
            Err(error @ GraphError::Forbidden { .. }) => {
                let error = error.explain();
                (Truth::Unknown { why: error.why.clone() }, vec![view::plan::of_error(&error)])
            }
            Err(error) => return Err(error).or_explain(),
        };
        let sentence = match &names_shown {
            Truth::Yes => "Usage reports show the names of people, groups and sites.",
            Truth::No => "Usage reports show made-up names in the place of people, groups and sites.",
            Truth::Unknown { .. } => "Whether usage reports show names could not be looked up.",
        };
        Ok(ReportSettingsView {
            names_shown,
            sentence: sentence.to_owned(),
            consequences: vec![SettingKind::ReportsShowNames.consequence().to_owned()],
            problems,
        })
    }

    /// A plan to show names in usage reports, or to conceal them again.
    pub(crate) async fn plan_report_names(&self, space: &OpenSpace, show: bool) -> Answer<Prepared> {
        let account = self.able(space, &[SignInPurpose::SetUp, SignInPurpose::Reports])?;
        let session = self.work_session(space, &account).await?;
        let plan = Planner::new(&session).report_names(show).await.or_explain()?;
        Ok(Prepared::of(plan, account))
    }
}
