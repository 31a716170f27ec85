//! Planning the end of a rotation: the old credential goes.

use std::time::Duration;

use graph::resources::{Application, ApplicationPatch};
use graph::{AppId, KeyId};
use jiff::Timestamp;

use super::problem::{day, problem};
use super::renew::{can_sign_in, cannot_try};
use super::{CredentialProblem, CredentialSort, HeldCredential, words};
use crate::apply::SecretAddress;
use crate::plan::actual::ActualRegistration;
use crate::plan::planner::{PlanError, Planner, parse};
use crate::plan::problem::Problem;
use crate::plan::step::StepKind;
use crate::plan::{Plan, Subject, words as general};

/// How often, and how far apart, a registration is looked at that does not show its new credential.
const LOOKS: u32 = 3;
const BETWEEN: Duration = Duration::from_secs(1);

/// What Microsoft says about the use of the old credential since the product has the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UseOfOld {
    /// Nothing has used it since.
    Idle,
    /// Something has used it since: the product, or something else, still has it.
    StillUsed {
        /// When, the last time.
        at: Timestamp,
    },
    /// It cannot be told.
    Unknown,
}

impl Planner<'_> {
    /// Plans to remove the old credentials of a rotation. The new one is tried before they go and once more after; while it is
    /// not there, nothing goes.
    ///
    /// An old one that was used since the hand-over blocks the plan unless the person `insists`. `new` is `None` when it is
    /// gone, which blocks too.
    ///
    /// # Errors
    /// [`PlanError`].
    pub async fn finish_rotation(
        &self,
        app_id: &str,
        old: &[KeyId],
        new: Option<&KeyId>,
        use_of_old: UseOfOld,
        insists: bool,
    ) -> Result<Plan, PlanError> {
        let app_id = parse(app_id)?;
        let (existing, app) = self.one_with(&app_id, new).await?;
        let actual = self.look_at_resources(&existing).await?;
        let mut comparison = self.comparison(self.new_run(), &actual);
        let name = app.display_name.clone().unwrap_or_else(|| app_id.to_string());
        comparison.registered(&app_id, &existing, &app, ApplicationPatch::default());
        let permissions = comparison.expected(&app, &existing);
        let now = comparison.now;
        let replacement = new.and_then(|key| HeldCredential::find(&app, key)).filter(|one| one.works_at(now));
        let kept = match &replacement {
            Some(one) => self.is_kept(&app_id, one).await,
            None => false,
        };
        if let Some(planned) = comparison.registrations.last_mut() {
            planned.permissions = permissions;
            match &replacement {
                Some(one) if kept && one.sort == CredentialSort::Secret => {
                    planned.kept_secret = Some(one.key_id.clone());
                }
                Some(one) if kept => planned.kept_certificate = Some(one.key_id.clone()),
                _ => {}
            }
        }
        match &replacement {
            None => comparison.problems.push(replacement_gone(&name)),
            Some(one) if !kept => comparison.problems.push(cannot_try(&name, one.sort)),
            Some(_) => {}
        }
        comparison.problems.extend(problem_of_use(&name, use_of_old, insists));

        let tries = replacement.as_ref().filter(|_| kept && can_sign_in(&existing)).map(|one| one.sort);
        if let Some(sort) = tries {
            comparison.push("before", StepKind::SignInBefore, words::sign_in_before(sort), false);
        }
        let mut sort_of_old = CredentialSort::Secret;
        // Without anything in its place, nothing is taken away, whatever becomes of this plan.
        let goes = old.iter().filter(|key| replacement.is_some() && Some(*key) != new);
        for key in goes {
            let held = HeldCredential::find(&app, key);
            sort_of_old = held.as_ref().map_or(sort_of_old, |one| one.sort);
            comparison.removal(&name, key, held, new.cloned());
            comparison.by_owner_or_admin(&existing);
        }
        comparison.push("read", StepKind::ReadBack, general::read_back(), false);
        if let Some(sort) = tries {
            comparison.push("token", StepKind::SignInAsApp, words::sign_in_after(sort), false);
        }
        let keep = replacement.map(|one| one.key_id);
        let subject = Subject::FinishRotation { app_id: app_id.to_string(), new: keep };
        let title = format!("Remove the old {} of {name}", sort_of_old.word());
        Ok(self.finish(comparison, subject, title, &actual, Vec::new()).await)
    }

    /// The registration, looked at again for some moments while it does not show what was just added to it.
    async fn one_with(
        &self,
        app_id: &AppId,
        new: Option<&KeyId>,
    ) -> Result<(ActualRegistration, Application), PlanError> {
        let mut found = self.one(app_id).await?;
        for _ in 0..LOOKS {
            if new.is_none_or(|key| HeldCredential::find(&found.1, key).is_some()) {
                break;
            }
            self.session.surroundings.rest(BETWEEN).await;
            found = self.one(app_id).await?;
        }
        Ok(found)
    }

    /// Whether the value or the private key is in the vault.
    async fn is_kept(&self, app: &AppId, held: &HeldCredential) -> bool {
        let address =
            SecretAddress { tenant: self.session.tenant.clone(), app: app.clone(), key: held.key_id.clone() };
        let found = match held.sort {
            CredentialSort::Secret => self.session.vault.has(&address).await,
            CredentialSort::Certificate => self.session.vault.has_key(&address).await,
        };
        found.unwrap_or(false)
    }
}

fn replacement_gone(app: &str) -> Problem {
    let why = format!(
        "The new credential of “{app}” is not there, or has ended. If the old one were removed now, nothing could sign in. Renew first."
    );
    problem(app, CredentialProblem::ReplacementGone, "The new one is not there", why).blocking()
}

fn problem_of_use(app: &str, use_of_old: UseOfOld, insists: bool) -> Option<Problem> {
    match use_of_old {
        UseOfOld::Idle => None,
        UseOfOld::StillUsed { at } => {
            let why = format!(
                "It was last used on {}, after the product got the new one. Whatever used it stops working when it is removed. Find out what \
                 that is, and give it the new one first.",
                day(at)
            );
            let problem = problem(app, CredentialProblem::StillUsed { at }, "The old one is still used", why);
            Some(if insists { problem } else { problem.blocking() })
        }
        UseOfOld::Unknown => {
            let why = format!(
                "Microsoft does not show when the old credential of “{app}” was last used. Remove it only when you know that the product works \
                 with the new one."
            );
            Some(problem(
                app,
                CredentialProblem::UseUnknown,
                "Gatehouse cannot tell whether the old one is used",
                why,
            ))
        }
    }
}
