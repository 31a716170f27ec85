//! A plan that only looks: signs in as the app again and tries each feature, without a single write.

use jiff::Timestamp;

use super::{KnownApplication, Plan, StepKind};
use crate::{History, RunId};

impl Plan {
    /// The check of what a run made: its sign-in and its proofs, against the registrations as they are now.
    #[must_use]
    pub fn check_of(history: &History, run: RunId, now: Timestamp) -> Self {
        let mut check = history.plan.clone();
        check.run = run;
        check.title = format!("Test: {}", history.plan.title);
        check.made_at = now;
        check.problems.clear();
        // A limit is not set again, but what lies outside of it must be refused.
        let is_limit = |kind: &StepKind| matches!(kind, StepKind::LimitMailboxes(_));
        check.steps.retain(|step| {
            matches!(step.kind, StepKind::SignInAsApp | StepKind::Prove)
                || (is_limit(&step.kind) && step.not_by_you.is_none())
        });
        for step in &mut check.steps {
            step.already = is_limit(&step.kind);
            step.not_by_you = None;
        }
        for planned in &mut check.registrations {
            let Some(made) = history.made.iter().find(|made| made.key == planned.key) else { continue };
            planned.existing = Some(KnownApplication {
                id: made.id.clone(),
                app_id: made.app_id.clone(),
                service_principal: made.service_principal.clone(),
                made_by: Some(history.record.id.clone()),
            });
            planned.kept_secret =
                made.secret.as_ref().map(|secret| secret.key_id.clone()).or(planned.kept_secret.take());
            planned.secret = None;
            // What the run granted must be in the token; what was left to somebody else may be there or not.
            for permission in &mut planned.permissions {
                let api = permission.key.resource.to_string();
                let left_to_others = history.plan.steps.iter().any(|step| {
                    step.registration == planned.key
                        && step.not_by_you.is_some()
                        && matches!(&step.kind, StepKind::GrantAppRoles { resource, .. } if resource.as_str() == api)
                });
                permission.granted |= !left_to_others;
            }
        }
        check
    }
}
