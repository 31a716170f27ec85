//! Reading credentials and owners back.

use graph::resources::Application;
use graph::{ApplicationId, GraphError, Request, applications, certificates};

use crate::StepKey;
use crate::apply::run::Running;
use crate::apply::stop::Stop;
use crate::plan::{CredentialSort, HeldCredential, PlannedRegistration, StepKind};

impl Running {
    /// The cheapest read that shows what is to be compared: certificates can be read only 150 times a minute.
    pub(in crate::apply) fn read_for(&self, registration: &str, id: &ApplicationId) -> Request<Application> {
        let only_secrets =
            self.plan.steps.iter().filter(|step| step.registration == registration).all(|step| {
                match &step.kind {
                    StepKind::RemoveCredential { held, keep } => {
                        held.sort == CredentialSort::Secret && keep.is_none()
                    }
                    StepKind::ReadBack => true,
                    _ => false,
                }
            });
        if only_secrets { certificates::secrets(id) } else { applications::get(id) }
    }

    /// What was added is there, what was removed is not, whoever was made an owner is one.
    pub(in crate::apply) async fn compare_credentials(
        &self,
        planned: &PlannedRegistration,
        is: &Application,
        differs: &mut Vec<String>,
    ) -> Result<(), Stop> {
        let name = &planned.display_name;
        let made = self.facts().registrations.get(&planned.key).and_then(|one| one.certificate().cloned());
        if let Some(made) = made {
            let there = is.key_credentials.iter().any(|one| {
                one.key_id.as_ref() == Some(&made.key_id) || one.display_name.as_deref() == Some(&made.name)
            });
            if !there {
                differs.push(format!("The new certificate of “{name}” is not there."));
            }
        }
        for step in self.plan.steps.iter().filter(|step| step.registration == planned.key && step.is_due()) {
            if !self.facts().is_answered(&StepKey::of(&step.id)) {
                continue;
            }
            match &step.kind {
                StepKind::RemoveCredential { held, .. }
                    if HeldCredential::find(is, &held.key_id).is_some() =>
                {
                    let (sort, short) = (held.sort.word(), held.short_name());
                    differs.push(format!("The {sort} “{short}” of “{name}” is still there."));
                }
                StepKind::AddOwner { person, .. } => {
                    let client = self.worker.session.graph.with_call(self.call(vec![step.id.clone()], None));
                    let owners = match client.send(applications::owners(&is.id)).await {
                        Ok(page) => page.value,
                        Err(GraphError::NotFound(_)) => Vec::new(),
                        Err(error) => return Err(error.into()),
                    };
                    if !owners.iter().any(|owner| owner.id == *person) {
                        differs.push(format!("“{name}” does not have its new owner."));
                    }
                }
                StepKind::AddTrust(trust) if self.trust_on(&step.id, &is.id, trust).await?.is_none() => {
                    differs.push(format!("“{name}” does not trust “{}” yet.", trust.name));
                }
                StepKind::RemoveTrust { trust, .. }
                    if self.trust_on(&step.id, &is.id, trust).await?.is_some() =>
                {
                    differs.push(format!("“{name}” still trusts “{}”.", trust.name));
                }
                _ => {}
            }
        }
        Ok(())
    }
}
