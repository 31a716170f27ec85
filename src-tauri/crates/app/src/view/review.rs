//! A connector file, judged, as the window shows it.

use blueprint::custom::{Review, ReviewedPermission};
use blueprint::{BlueprintError, Connector, PermissionKind, Problem};
use contract::{ConnectorReview, FileProblem, OptionalPermission, PermissionWords};

/// A file that can be taken in.
pub(crate) fn view(review: &Review, replaces: Option<&Connector>) -> ConnectorReview {
    let mut permissions: Vec<OptionalPermission> = Vec::new();
    for one in review.permissions.iter().map(permission) {
        if permissions.iter().all(|known| known.permission.key != one.permission.key) {
            permissions.push(one);
        }
    }
    ConnectorReview {
        name: review.connector.name.clone(),
        vendor: review.connector.vendor.clone(),
        sentences: review.sentences.clone(),
        permissions,
        problems: Vec::new(),
        warnings: review.warnings.clone(),
        can_import: true,
        replaces: replaces.map(|known| format!("{} {}", known.name, known.version)),
        text: review.connector.to_toml(),
    }
}

/// A file that cannot, with the place of every mistake.
pub(crate) fn unusable(error: &BlueprintError) -> ConnectorReview {
    ConnectorReview {
        name: String::new(),
        vendor: String::new(),
        sentences: Vec::new(),
        permissions: Vec::new(),
        problems: error.problems.iter().map(problem).collect(),
        warnings: Vec::new(),
        can_import: false,
        replaces: None,
        text: String::new(),
    }
}

fn problem(problem: &Problem) -> FileProblem {
    FileProblem {
        line: u32::try_from(problem.line).ok(),
        field: problem.field.clone(),
        sentence: problem.kind.to_string(),
    }
}

fn permission(one: &ReviewedPermission) -> OptionalPermission {
    let words = match &one.permission {
        Some(known) => super::permission::of(known, &one.why),
        None if one.resource_name.is_empty() => role(one),
        None => super::permission::unknown(
            String::new(),
            &one.value,
            &one.resource_name,
            PermissionKind::Application,
            &one.why,
        ),
    };
    OptionalPermission {
        permission: PermissionWords { key: one.switch.clone(), ..words },
        default_on: one.on,
        why_off: one.why_off.clone(),
    }
}

/// A directory role of the enterprise app, in the place of a permission.
fn role(one: &ReviewedPermission) -> PermissionWords {
    PermissionWords {
        key: String::new(),
        value: one.value.clone(),
        resource: "Microsoft Entra".to_owned(),
        kind: contract::PermissionKind::Application,
        sentence: format!("Act with the directory role “{}”", one.value),
        risk: contract::Risk::Critical,
        risk_reason: "A directory role gives the app rights over the whole organisation.".to_owned(),
        why: one.why.clone(),
        retired: None,
    }
}
