//! The exact commands of a limit, before its ids exist.

use exchange::resources::AccessRight;
use exchange::{Identity, access_policies, assignments, groups, scopes, service_principals};
use graph::Description;

use super::{HeldPolicy, LimitedMailboxes, ScopeGroup, filter_of, identity};
use crate::plan::preview::Preview;

impl Preview<'_> {
    pub(in crate::plan) fn limit(&self, limited: &LimitedMailboxes) -> Vec<Description> {
        let mut all = Vec::new();
        let mut places = Vec::new();
        for group in &limited.groups {
            match group {
                ScopeGroup::New { name, alias, title, members } => {
                    let members: Vec<Identity> = members.iter().map(|one| identity(one)).collect();
                    all.push(groups::create(&identity(name), alias, title, &members).describe());
                    places.push("⟨the new group⟩".to_owned());
                }
                ScopeGroup::Existing { place, adds, removes, .. } => {
                    let at = identity(place);
                    all.extend(adds.iter().map(|one| groups::add_member(&at, &identity(one)).describe()));
                    all.extend(
                        removes.iter().map(|one| groups::remove_member(&at, &identity(one)).describe()),
                    );
                    places.push(place.clone());
                }
            }
        }
        let (app_id, principal) = (self.app_id(), self.service_principal());
        if let Some(policy) = limited.policy.as_ref().filter(|policy| !policy.exists) {
            let group = identity(places.first().map_or("", String::as_str));
            let made =
                access_policies::create(app_id.as_str(), &group, AccessRight::Restrict, &policy.description);
            all.push(made.describe());
        }
        let Some(scope) = &limited.scope else { return all };
        if !limited.known {
            let name = &self.registration.display_name;
            all.push(service_principals::create(app_id.as_str(), principal.as_str(), name).describe());
        }
        let name = identity(&scope.name);
        if !scope.exists {
            all.push(scopes::create(&name, &filter_of(&places)).describe());
        }
        let app = identity(principal.as_str());
        for role in limited.roles.iter().filter(|role| !role.given) {
            all.push(assignments::create(&identity(&role.name), &app, &role.role, Some(&name)).describe());
        }
        all.extend(limited.takes.iter().map(|held| assignments::remove(&identity(&held.name)).describe()));
        all
    }

    pub(in crate::plan) fn migrate(&self, policies: &[HeldPolicy]) -> Vec<Description> {
        policies.iter().map(|one| access_policies::remove(&identity(&one.identity)).describe()).collect()
    }
}
