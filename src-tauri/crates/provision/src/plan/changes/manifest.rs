//! A manifest fragment on a registration: merged with what is there, or, when chosen, in its place.

use blueprint::PermissionKey;
use blueprint::manifest::{Difference, Entry};
use graph::resources::{Application, RequiredResourceAccess, ResourceAccessType};
use serde::{Deserialize, Serialize};

use crate::plan::actual::app_id_of;
use crate::plan::merge::access;

/// What happens with permissions that the fragment does not have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum FragmentUse {
    /// They stay.
    #[default]
    Merge,
    /// They are taken off the list. What was granted stays granted until it is taken back.
    Replace,
}

/// What the registration asks for, as keys. Entries that cannot be read as such are never touched by merging.
pub(super) fn requested(app: &Application) -> Vec<PermissionKey> {
    let mut keys = Vec::new();
    for required in &app.required_resource_access {
        let Ok(resource) = required.resource_app_id.as_str().parse() else { continue };
        for one in &required.resource_access {
            let kind = match one.kind {
                ResourceAccessType::Role => blueprint::PermissionKind::Application,
                ResourceAccessType::Scope => blueprint::PermissionKind::Delegated,
                ResourceAccessType::Other(_) => continue,
            };
            if let Ok(id) = one.id.parse() {
                keys.push(PermissionKey { resource, id, kind });
            }
        }
    }
    keys
}

/// The list to set.
pub(super) fn wanted(
    app: &Application,
    fragment: &[Entry],
    difference: &Difference,
    how: FragmentUse,
) -> Vec<RequiredResourceAccess> {
    let (mut all, add): (Vec<RequiredResourceAccess>, Vec<PermissionKey>) = match how {
        FragmentUse::Merge => {
            (app.required_resource_access.clone(), difference.new.iter().map(|one| one.key).collect())
        }
        FragmentUse::Replace => (Vec::new(), Difference::replaced(fragment)),
    };
    for key in add {
        let (resource, wanted) = (app_id_of(key.resource), access(key.id, key.kind));
        match all.iter_mut().find(|one| one.resource_app_id == resource) {
            Some(one) => one.resource_access.push(wanted),
            None => {
                all.push(RequiredResourceAccess { resource_app_id: resource, resource_access: vec![wanted] });
            }
        }
    }
    all
}
