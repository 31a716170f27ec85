//! The same by hand: a script for whoever prefers it, or who may not use Gatehouse for it.

use blueprint::scripts::{self, LimitedApp};
use uuid::Uuid;

use super::{LimitWay, LimitedMailboxes};
use crate::{MadeRegistration, Plan, StepKind};

/// What stands for ids that do not exist yet, and the words that it is shown as.
const NOT_YET: [(Uuid, &str); 2] = [
    (Uuid::from_u128(0xC11E), "THE-NEW-CLIENT-ID"),
    (Uuid::from_u128(0x0B1E), "THE-NEW-ENTERPRISE-APP-OBJECT-ID"),
];

impl LimitedMailboxes {
    /// A PowerShell script that does the same. It holds no secret.
    #[must_use]
    pub fn script(&self, name: &str, app: Option<(Uuid, Uuid)>) -> String {
        let (client_id, service_principal_id) = app.unwrap_or((NOT_YET[0].0, NOT_YET[1].0));
        let mut script = match self.way {
            LimitWay::Roles => scripts::application_roles(&LimitedApp {
                name: name.to_owned(),
                client_id,
                service_principal_id,
                permissions: self.permissions.clone(),
                access: self.access.clone(),
                inside: self.inside.clone(),
            }),
            LimitWay::Policy => {
                let group = self.groups.first().map_or("", |group| match group {
                    super::ScopeGroup::New { name, .. } => name,
                    super::ScopeGroup::Existing { address, place, .. } => address.as_deref().unwrap_or(place),
                });
                let (inside, outside) = (self.inside.as_deref(), self.outside.as_deref());
                scripts::access_policy(name, client_id, group, inside, outside)
            }
        };
        for (id, words) in NOT_YET {
            script = script.replace(&id.to_string(), words);
        }
        script
    }
}

impl Plan {
    /// For a registration whose mailboxes are limited: the script that does the same. With what a run `made`, its ids are in
    /// it.
    #[must_use]
    pub fn mailbox_script(&self, registration: &str, made: Option<&MadeRegistration>) -> Option<String> {
        let planned = self.registration(registration)?;
        let limited = self.steps.iter().find_map(|step| match &step.kind {
            StepKind::LimitMailboxes(limited) if step.registration == registration => Some(limited),
            _ => None,
        })?;
        let ids = made.map(|one| (one.app_id.clone(), one.service_principal.clone()));
        let known =
            || planned.existing.as_ref().map(|one| (one.app_id.clone(), one.service_principal.clone()));
        let app = ids.or_else(known).and_then(|(app, principal)| {
            Some((app.as_str().parse().ok()?, principal?.as_str().parse().ok()?))
        });
        Some(limited.script(&planned.display_name, app))
    }
}
