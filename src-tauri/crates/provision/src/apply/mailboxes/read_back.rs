//! Verify, then say done: the limit as Exchange shows it.

use exchange::resources::RoleAssignment;
use exchange::{ExchangeClient, access_policies, assignments};
use graph::ServicePrincipalId;

use super::super::events::Hold;
use super::super::run::Running;
use super::super::stop::{LONGEST_WAIT, Stop};
use crate::Note;
use crate::plan::{LimitedMailboxes, Step, identity};

impl Running {
    /// Reads roles or policy until they are as planned. What stays different is drift.
    pub(super) async fn read_limit_back(
        &self,
        exchange: &ExchangeClient,
        step: &Step,
        limited: &LimitedMailboxes,
        principal: &ServicePrincipalId,
    ) -> Result<(), Stop> {
        let begun = self.now();
        for attempt in 0.. {
            let what = match &limited.policy {
                Some(policy) => {
                    let all = exchange.invoke(access_policies::list()).await?;
                    let there =
                        all.iter().any(|one| one.description.as_deref() == Some(policy.description.as_str()));
                    if there {
                        Vec::new()
                    } else {
                        vec!["The application access policy is not there.".to_owned()]
                    }
                }
                None => {
                    let app = identity(principal.as_str());
                    let held = exchange.find(assignments::of_app(&app)).await?.unwrap_or_default();
                    missing(limited, &held)
                }
            };
            if what.is_empty() {
                return self.verified(&step.id, Note::Plain).await;
            }
            if self.now().duration_since(begun) >= LONGEST_WAIT {
                return Err(Stop::Drift { what });
            }
            self.hold(&step.id, Hold::Spreading, self.backoff(attempt)).await?;
        }
        Ok(())
    }
}

/// What is not as planned, in sentences.
fn missing(limited: &LimitedMailboxes, held: &[RoleAssignment]) -> Vec<String> {
    let scope = limited.scope.as_ref().map(|scope| scope.name.as_str()).unwrap_or_default();
    let mut what = Vec::new();
    for wanted in &limited.roles {
        let there = held.iter().any(|one| {
            one.name == wanted.name
                && one.custom_resource_scope.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(scope))
        });
        if !there {
            what.push(format!("The role “{}” is not there.", wanted.role));
        }
    }
    for gone in limited.takes.iter().filter(|gone| held.iter().any(|one| one.name == gone.name)) {
        what.push(format!("The role “{}” still reaches further.", gone.role));
    }
    what
}
