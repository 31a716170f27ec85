//! A permission in words, from the catalogue or, for one that it does not know, from what is known of it.

use blueprint::{Permission, PermissionKey, PermissionKind, catalogue};
use contract::PermissionWords;

/// The words of a permission. `value` and `resource` stand in where the catalogue does not know it.
pub(crate) fn words(key: PermissionKey, value: &str, resource: &str, why: &str) -> PermissionWords {
    match catalogue::get(key) {
        Some(permission) => of(&permission, why),
        None => unknown(text(key), value, resource, key.kind, why),
    }
}

/// A permission that the catalogue does not know, from what is known of it.
pub(crate) fn unknown(
    key: String,
    value: &str,
    resource: &str,
    of_kind: PermissionKind,
    why: &str,
) -> PermissionWords {
    PermissionWords {
        key,
        value: value.to_owned(),
        resource: resource.to_owned(),
        kind: kind(of_kind),
        sentence: format!("Use “{value}” of {resource}"),
        risk: contract::Risk::High,
        risk_reason: "Gatehouse does not know this permission, so it is taken for a strong one.".to_owned(),
        why: why.to_owned(),
        retired: None,
    }
}

/// The words of a permission of the catalogue.
pub(crate) fn of(permission: &Permission, why: &str) -> PermissionWords {
    PermissionWords {
        key: text(permission.key),
        value: permission.value.to_owned(),
        resource: permission.resource_name.to_owned(),
        kind: kind(permission.key.kind),
        sentence: permission.sentence.to_string(),
        risk: match permission.risk {
            blueprint::Risk::Low => contract::Risk::Low,
            blueprint::Risk::Medium => contract::Risk::Medium,
            blueprint::Risk::High => contract::Risk::High,
            blueprint::Risk::Critical => contract::Risk::Critical,
        },
        risk_reason: permission.risk_reason.to_string(),
        why: why.to_owned(),
        retired: permission.retired.as_ref().map(retirement),
    }
}

fn retirement(retired: &catalogue::Retirement) -> String {
    let mut sentence = retired.why.to_owned();
    if let Some(still) = retired.still_valid {
        sentence = format!("{sentence} {still}");
    }
    if !retired.instead.is_empty() {
        sentence = format!("{sentence} Use instead: {}.", retired.instead.join(", "));
    }
    sentence
}

/// Application or delegated, as the window has it.
pub(crate) fn kind(kind: PermissionKind) -> contract::PermissionKind {
    match kind {
        PermissionKind::Application => contract::PermissionKind::Application,
        PermissionKind::Delegated => contract::PermissionKind::Delegated,
    }
}

/// The key as text: resource, id and kind.
pub(crate) fn text(key: PermissionKey) -> String {
    format!("{}/{}/{}", key.resource, key.id, key.kind)
}

/// Application or delegated, as the connectors have it.
pub(crate) fn chosen(kind: contract::PermissionKind) -> PermissionKind {
    match kind {
        contract::PermissionKind::Application => PermissionKind::Application,
        contract::PermissionKind::Delegated => PermissionKind::Delegated,
    }
}
