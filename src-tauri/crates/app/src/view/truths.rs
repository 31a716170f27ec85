//! The three truths of permissions, as the window shows them.

use contract::{PermissionStatus, Truth};
use provision::{MadeRegistration, PermissionTruths, Plan, PlannedPermission, StepKind, TokenRoles};

/// A permission as looked up.
pub(crate) fn status(truths: &PermissionTruths) -> PermissionStatus {
    PermissionStatus {
        permission: super::permission::words(truths.key, &truths.value, &truths.resource_name, ""),
        requested: truth(&truths.requested),
        granted: truth(&truths.granted),
        in_token: truth(&truths.in_token),
        granted_for: truths.granted_for_people.map(|people| format!("not for everyone; people: {people}")),
    }
}

/// What a run knows of its permissions: granted because it read them back, in the token because it looked.
pub(crate) fn of_run(plan: &Plan, made: &MadeRegistration, tokens: &[TokenRoles]) -> Vec<PermissionStatus> {
    let Some(planned) = plan.registration(&made.key) else { return Vec::new() };
    planned
        .permissions
        .iter()
        .map(|one| {
            let for_other = is_for_other(plan, &made.key, one);
            PermissionStatus {
                permission: super::permission::words(one.key, &one.value, &one.resource_name, &one.why),
                requested: Truth::Yes,
                granted: if for_other { Truth::No } else { Truth::Yes },
                in_token: in_token(made, one, tokens),
                granted_for: None,
            }
        })
        .collect()
}

fn in_token(made: &MadeRegistration, one: &PlannedPermission, tokens: &[TokenRoles]) -> Truth {
    if one.key.kind == blueprint::PermissionKind::Delegated {
        return Truth::Unknown { why: "It shows only in the token of a person who signed in.".to_owned() };
    }
    let seen = tokens
        .iter()
        .find(|token| token.registration == made.key && token.resource == one.key.resource.to_string());
    match seen {
        Some(token) if token.roles.contains(&one.value) => Truth::Yes,
        Some(_) => Truth::No,
        None => Truth::Unknown { why: "No token was looked at yet.".to_owned() },
    }
}

/// Whether granting it was left to another person.
fn is_for_other(plan: &Plan, registration: &str, one: &PlannedPermission) -> bool {
    plan.steps.iter().filter(|step| step.registration == registration && step.not_by_you.is_some()).any(
        |step| match &step.kind {
            StepKind::GrantAppRoles { resource, roles, .. } => {
                resource.as_str() == one.key.resource.to_string()
                    && roles.iter().any(|role| role.role.as_str() == one.key.id.to_string())
            }
            StepKind::GrantDelegated(grant) => {
                one.key.kind == blueprint::PermissionKind::Delegated
                    && grant.resource.as_str() == one.key.resource.to_string()
                    && grant.scopes.contains(&one.value)
            }
            _ => false,
        },
    )
}

fn truth(truth: &provision::Truth) -> Truth {
    match truth {
        provision::Truth::Yes => Truth::Yes,
        provision::Truth::No => Truth::No,
        provision::Truth::Unknown(why) => Truth::Unknown { why: why.clone() },
    }
}
