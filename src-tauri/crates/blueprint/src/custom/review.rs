//! A connector from elsewhere, looked at before it can do anything.

use std::collections::BTreeSet;

use super::draft::id_from;
use super::{sentences, warnings};
use crate::builtin;
use crate::catalogue::{self, Permission, Risk};
use crate::connector::{Connector, RequestedPermission};
use crate::reader::BlueprintError;

/// What a connector does, in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// The connector with everything off that could harm the whole organisation. It is not in use yet.
    pub connector: Connector,
    /// What it does, one sentence each.
    pub sentences: Vec<String>,
    /// Every permission and every directory role that it asks for.
    pub permissions: Vec<ReviewedPermission>,
    /// What to look at twice, one sentence each.
    pub warnings: Vec<String>,
}

/// A permission or a directory role that a connector asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedPermission {
    /// The registration's key.
    pub registration: String,
    /// The name by which it is switched on ([`Review::accept`]).
    pub switch: String,
    /// What the API is called; empty for a directory role.
    pub resource_name: String,
    /// Its name.
    pub value: String,
    /// What it means, where the catalogue knows it.
    pub permission: Option<Permission>,
    /// How much harm it could do.
    pub risk: Risk,
    /// Why the file says that it is needed.
    pub why: String,
    /// Whether it is on.
    pub on: bool,
    /// Why it is off, where it is.
    pub why_off: Option<String>,
}

/// Reads a connector file from elsewhere and looks at it. Nothing that it asks for can happen before
/// [`Review::accept`].
///
/// # Errors
/// Everything that is wrong with the file, as [`Connector::parse_bytes`].
pub fn import(source_name: &str, bytes: &[u8]) -> Result<Review, BlueprintError> {
    Connector::parse_bytes(source_name, bytes).map(|connector| review(&connector))
}

/// Looks at a connector: critical permissions and directory roles are off in what it gives, whatever the file says, and
/// the id of a built-in connector is never taken.
#[must_use]
pub fn review(connector: &Connector) -> Review {
    let warnings = warnings::of(connector);
    let mut connector = connector.clone();
    if builtin::find(&connector.id).is_some() {
        connector.id = id_from(&format!("custom-{}", connector.id));
    }
    for registration in &mut connector.registrations {
        for permission in &mut registration.permissions {
            permission.default &= why_off(permission).is_none();
        }
        for role in &mut registration.roles {
            role.default = false;
        }
    }
    Review { sentences: sentences::of(&connector), permissions: permissions(&connector), warnings, connector }
}

impl Review {
    /// The connector, with what was switched on one by one: names from [`ReviewedPermission::switch`].
    #[must_use]
    pub fn accept(&self, switched_on: &BTreeSet<String>) -> Connector {
        let mut connector = self.connector.clone();
        for registration in &mut connector.registrations {
            for permission in &mut registration.permissions {
                permission.default |= permission.switch().is_some_and(|switch| switched_on.contains(&switch));
            }
            for role in &mut registration.roles {
                role.default |= switched_on.contains(&role.switch());
            }
        }
        connector
    }
}

fn permissions(connector: &Connector) -> Vec<ReviewedPermission> {
    let mut all: Vec<ReviewedPermission> = Vec::new();
    for registration in &connector.registrations {
        let asked = registration.permissions.iter().filter_map(|asked| {
            let resource = catalogue::resource(&asked.resource, asked.resource_name.as_deref())?;
            let permission = catalogue::find(resource.app_id, &asked.value, asked.kind);
            Some(ReviewedPermission {
                registration: registration.key.clone(),
                switch: asked.switch()?,
                resource_name: resource.name,
                value: asked.value.clone(),
                risk: permission.as_ref().map_or(Risk::High, |known| known.risk),
                permission,
                why: asked.why.clone(),
                on: asked.default,
                why_off: if asked.default {
                    None
                } else {
                    Some(why_off(asked).unwrap_or(OFF_IN_FILE).to_owned())
                },
            })
        });
        let roles = registration.roles.iter().map(|role| ReviewedPermission {
            registration: registration.key.clone(),
            switch: role.switch(),
            resource_name: String::new(),
            value: role.name.clone(),
            permission: None,
            risk: Risk::Critical,
            why: role.why.clone(),
            on: role.default,
            why_off: Some("A directory role gives the app rights over the whole organisation.".to_owned()),
        });
        for one in asked.chain(roles) {
            let twice = |other: &ReviewedPermission| {
                other.switch == one.switch && other.registration == one.registration
            };
            if !all.iter().any(twice) {
                all.push(one);
            }
        }
    }
    all
}

const OFF_IN_FILE: &str = "The connector leaves it off to begin with.";

/// Why a permission of a connector from elsewhere is off until somebody switches it on.
fn why_off(asked: &RequestedPermission) -> Option<&'static str> {
    let resource = catalogue::resource(&asked.resource, None)?;
    if catalogue::retired_resource(resource.app_id).is_some() {
        return Some("Microsoft has switched off the API that it belongs to.");
    }
    let known = catalogue::find(resource.app_id, &asked.value, asked.kind)?;
    if known.risk == Risk::Critical {
        return Some("With it, somebody could take over the whole organisation.");
    }
    known.retired.map(|retired| retired.why)
}
