//! Registrations that look like ours and are not, and others of ours.

use std::collections::BTreeMap;

use graph::resources::Application;

use super::actual::{Actual, ActualRegistration};
use super::compare::{Comparison, shown};
use super::planner::run_of;
use super::problem::{Problem, ProblemKind};

impl Comparison<'_> {
    /// The newest registration that we made for this key; older ones are mentioned, and left alone.
    pub(super) fn newest_of_ours(
        &mut self,
        connector: &str,
        key: &str,
        tagged: &[Application],
    ) -> Option<Application> {
        let mut ours: Vec<&Application> =
            tagged.iter().filter(|app| run_of(app, connector, key).is_some()).collect();
        ours.sort_by_key(|app| (app.created_date_time, app.id.clone()));
        let newest = ours.pop()?;
        for older in ours {
            let run = run_of(older, connector, key).map(|run| run.to_string());
            self.problems.push(Problem::to_know(
                ProblemKind::AlsoMade { app_id: shown(older), run },
                "There is an older one",
                format!(
                    "An older app registration “{}” of the same kind exists too. It is left alone; remove it when \
                     nothing uses it.",
                    older.display_name.as_deref().unwrap_or_default()
                ),
            ));
        }
        Some(newest.clone())
    }

    /// Other people's apps with the same name (row 11) and deleted ones of ours (row 12).
    pub(super) fn note_namesakes(&mut self, actual: &Actual, ours: &BTreeMap<String, ActualRegistration>) {
        let adopted = |app: &Application| {
            ours.values().filter_map(|one| one.application.as_ref()).any(|one| one.id == app.id)
        };
        for other in actual.same_name.as_deref().unwrap_or_default().iter().filter(|app| !adopted(app)) {
            let name = other.display_name.as_deref().unwrap_or_default();
            self.problems.push(Problem::to_know(
                ProblemKind::SameName { app_id: shown(other), owners: Vec::new() },
                "The name is in use",
                format!(
                    "There is another app registration named “{name}”. It is not changed. Microsoft allows the same name \
                     twice, and Gatehouse tells them apart by their ids; choose another name if people could mix them up."
                ),
            ));
        }
        let wanted: Vec<String> = self.registrations.iter().map(|one| one.display_name.clone()).collect();
        for item in actual.deleted.as_deref().unwrap_or_default() {
            let ours = item.unique_name.as_deref().is_some_and(|name| name.starts_with("gatehouse-"));
            let Some(name) = item.display_name.as_ref().filter(|name| ours && wanted.contains(name)) else {
                continue;
            };
            self.problems.push(Problem::to_know(
                ProblemKind::Deleted { id: item.id.to_string(), name: name.clone(), when: item.deleted_date_time },
                "A deleted one could be restored",
                format!("“{name}” was deleted and can be restored within 30 days. A new one is made unless you restore it."),
            ));
        }
    }
}
