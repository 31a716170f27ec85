//! What permissions mean, in plain words.
//!
//! The list is for display before anybody has signed in, and for checking connector files. Once somebody has, the
//! organisation's own service principals say which permissions an API has.

mod exchange_roles;
mod key;
mod names;
mod packed;
mod retired;
mod risk;
mod table;
mod words;

use std::borrow::Cow;

use serde::Serialize;
use uuid::Uuid;

pub use exchange_roles::exchange_role_for;
pub use key::{AZURE_AD_GRAPH, EXCHANGE_ONLINE, MICROSOFT_GRAPH, PermissionKey, PermissionKind};
pub use names::{NameMatch, resolve_name};
pub(crate) use names::{begins_a_name, nearest};
pub use retired::Retirement;
pub use risk::Risk;
pub use words::WhoseData;

use crate::setup::Resource;

/// A permission, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Permission {
    /// Its identity.
    pub key: PermissionKey,
    /// Its name, such as `Calendars.Read`.
    pub value: &'static str,
    /// What the API is called.
    pub resource_name: &'static str,
    /// Microsoft's own title for it, as the consent page shows it.
    pub microsoft_name: &'static str,
    /// What it allows, as a sentence.
    pub sentence: Cow<'static, str>,
    /// Whose data it touches.
    pub whose_data: WhoseData,
    /// How much harm it could do in wrong hands.
    pub risk: Risk,
    /// Why.
    pub risk_reason: Cow<'static, str>,
    /// Whether only an admin can consent. True of every application permission.
    pub admin_consent_required: bool,
    /// Set when Microsoft has switched it off, or is going to.
    pub retired: Option<Retirement>,
}

/// The permission with this key.
#[must_use]
pub fn get(key: PermissionKey) -> Option<Permission> {
    table::rows().iter().find(|row| row.key == key).map(table::Row::explain)
}

/// The permission of this name and kind on this API. Names are exact; see [`resolve_name`] for wrong ones.
///
/// Where Microsoft lists a name twice, the one that its live service principal carries is given.
#[must_use]
pub fn find(resource: Uuid, value: &str, kind: PermissionKind) -> Option<Permission> {
    table::of(resource).iter().find(|row| row.key.kind == kind && row.value == value).map(table::Row::explain)
}

/// Every permission that is known of this API, in the order of its names.
pub fn all(resource: Uuid) -> impl Iterator<Item = Permission> {
    table::of(resource).iter().map(table::Row::explain)
}

/// An API by its name or by its app id. `name` is what to call an API that is not in the catalogue.
#[must_use]
pub fn resource(reference: &str, name: Option<&str>) -> Option<Resource> {
    let known = table::RESOURCES.iter().find(|known| {
        known.name == reference || Uuid::try_parse(reference).is_ok_and(|app_id| app_id == known.app_id)
    });
    if let Some(known) = known {
        return Some(Resource { app_id: known.app_id, name: known.name.to_owned() });
    }
    let app_id = Uuid::try_parse(reference).ok()?;
    Some(Resource { app_id, name: name.unwrap_or(reference).to_owned() })
}

/// Whether Microsoft has switched this API off as a whole.
#[must_use]
pub fn retired_resource(resource: Uuid) -> Option<Retirement> {
    retired::of_resource(resource)
}

/// Whether Microsoft has taken this Exchange role away, or is going to, by its name.
#[must_use]
pub fn retired_exchange_role(name: &str) -> Option<Retirement> {
    retired::of_exchange_role(name)
}

/// Whether the catalogue lists every permission of this API, so that an unknown name is a wrong one.
#[must_use]
pub fn is_complete(resource: Uuid) -> bool {
    resource == MICROSOFT_GRAPH
}

/// What an API of the catalogue is called.
#[must_use]
pub fn name_of_resource(resource: Uuid) -> Option<&'static str> {
    table::RESOURCES.iter().find(|known| known.app_id == resource).map(|known| known.name)
}

/// The names of the APIs in the catalogue.
pub(crate) fn resource_names() -> impl Iterator<Item = &'static str> {
    table::RESOURCES.iter().map(|known| known.name)
}
