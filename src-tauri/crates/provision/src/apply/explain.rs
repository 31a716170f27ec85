//! More about a stop than its error says: who could do it, what was deleted, what still counts.

use graph::deleted;

use super::run::Running;
use super::stop::Stop;
use crate::plan::{
    self, MAY_CHANGE_APPS, MAY_GIVE_LICENCES, MAY_GRANT_DELEGATED, MAY_LIMIT_MAILBOXES, MAY_MAKE_ACCOUNTS,
    MAY_SHOW_REPORT_NAMES, Role, Step, StepKind,
};

impl Running {
    pub(super) async fn explain(&self, step: &Step, stop: Stop) -> Stop {
        match stop {
            Stop::NotAllowed { denial, error, .. } => {
                let roles = roles_for(&step.kind);
                let client = self.worker.session.graph.with_call(self.call(vec![], None));
                let people = plan::people_with(&client, roles).await;
                let roles = roles.iter().map(|role| role.name().to_owned()).collect();
                Stop::NotAllowed { denial, roles, people, error }
            }
            Stop::QuotaReached { .. } => {
                let bin = self.worker.session.graph.send(deleted::applications()).await;
                let names = bin.map(|page| page.value).unwrap_or_default();
                Stop::QuotaReached {
                    purgeable: names.into_iter().filter_map(|item| item.display_name).collect(),
                }
            }
            Stop::AnotherAccount { .. } => Stop::AnotherAccount { began_by: self.plan.account.name.clone() },
            // Ten minutes of "not there": more likely deleted by somebody than still spreading (row 34).
            Stop::StillSpreading => self.deletion(&step.registration).await.unwrap_or(Stop::StillSpreading),
            other => other,
        }
    }

    /// Drift, if the registration lies in the recycle bin.
    pub(super) async fn deletion(&self, registration: &str) -> Option<Stop> {
        let (id, _) = self.facts().registrations.get(registration)?.application.clone()?;
        let bin = self.worker.session.graph.send(deleted::applications()).await.ok()?;
        let name = &self.plan.registration(registration)?.display_name;
        bin.value.iter().any(|item| item.id.as_str() == id.as_str()).then(|| Stop::Drift {
            what: vec![format!("The app registration “{name}” was deleted in the meantime.")],
        })
    }
}

fn roles_for(kind: &StepKind) -> &'static [Role] {
    match kind {
        StepKind::GrantAppRoles { resource, .. } => {
            plan::may_grant_app_role(resource.as_str().parse().unwrap_or_default())
        }
        StepKind::LimitMailboxes(_) | StepKind::MigratePolicies { .. } => MAY_LIMIT_MAILBOXES,
        StepKind::EnsureUser { .. } => MAY_MAKE_ACCOUNTS,
        StepKind::AssignLicence(_) => MAY_GIVE_LICENCES,
        StepKind::ShowReportNames | StepKind::HideReportNames => MAY_SHOW_REPORT_NAMES,
        StepKind::GrantDelegated(_)
        | StepKind::RemoveExcess { .. }
        | StepKind::RevokeConsents { .. }
        | StepKind::ReadConsents { .. } => MAY_GRANT_DELEGATED,
        _ => MAY_CHANGE_APPS,
    }
}
