//! Which permission a call needs, from Microsoft's published table (`reference/graph-path-permissions.json`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use http::Method;
use serde_json::Value;

use super::privilege::GLOBAL_ADMINISTRATOR;
use crate::auth::{Caller, Subject};
use crate::reference;

/// What one operation asks of its caller's token.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Requirement {
    delegated: Vec<String>,
    application: Vec<String>,
    /// A permission that suffices only together with one of others.
    also: BTreeMap<String, Vec<String>>,
}

/// Operations that the table lacks or gets wrong, with the page that says what they need.
/// Rows: method, path, delegated, application. `*` for a method stands for any.
const MORE: [(&str, &str, &str, &str); 32] = [
    // The counterpart of `(appId='...')`: "Upsert application", Permissions.
    (
        "GET",
        "/applications(uniqueName='{uniqueName}')",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Application.ReadWrite.OwnedBy Directory.Read.All",
    ),
    (
        "PATCH",
        "/applications(uniqueName='{uniqueName}')",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    (
        "DELETE",
        "/applications(uniqueName='{uniqueName}')",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    // "List/Assign appManagementPolicy".
    (
        "GET",
        "/applications/{application-id}/appManagementPolicies",
        "Policy.Read.All Policy.ReadWrite.ApplicationConfiguration",
        "Policy.Read.All Policy.ReadWrite.ApplicationConfiguration",
    ),
    (
        "*",
        "/applications/{application-id}/appManagementPolicies/$ref",
        "Policy.ReadWrite.ApplicationConfiguration",
        "Policy.ReadWrite.ApplicationConfiguration",
    ),
    (
        "*",
        "/applications/{application-id}/appManagementPolicies/{appManagementPolicy-id}/$ref",
        "Policy.ReadWrite.ApplicationConfiguration",
        "Policy.ReadWrite.ApplicationConfiguration",
    ),
    (
        "GET",
        "/servicePrincipals/{servicePrincipal-id}/appManagementPolicies",
        "Policy.Read.All Policy.ReadWrite.ApplicationConfiguration",
        "Policy.Read.All Policy.ReadWrite.ApplicationConfiguration",
    ),
    // "Add owner", "Remove owner".
    (
        "GET",
        "/applications/{application-id}/owners/$ref",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Application.ReadWrite.OwnedBy Directory.Read.All",
    ),
    (
        "*",
        "/applications/{application-id}/owners/$ref",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    (
        "*",
        "/applications/{application-id}/owners/{directoryObject-id}/$ref",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    (
        "GET",
        "/servicePrincipals/{servicePrincipal-id}/owners/$ref",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Application.ReadWrite.OwnedBy Directory.Read.All",
    ),
    (
        "*",
        "/servicePrincipals/{servicePrincipal-id}/owners/$ref",
        "Application.ReadWrite.All Directory.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All",
    ),
    (
        "*",
        "/servicePrincipals/{servicePrincipal-id}/owners/{directoryObject-id}/$ref",
        "Application.ReadWrite.All Directory.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy Directory.ReadWrite.All",
    ),
    // "Get appRoleAssignment".
    (
        "GET",
        "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo/{appRoleAssignment-id}",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Directory.Read.All",
    ),
    (
        "GET",
        "/servicePrincipals/{servicePrincipal-id}/appRoleAssignments/{appRoleAssignment-id}",
        "Application.Read.All Directory.Read.All",
        "Application.Read.All Directory.Read.All",
    ),
    // "Grant an appRoleAssignment": AppRoleAssignment.ReadWrite.All and one that reads applications.
    (
        "POST",
        "/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo",
        "AppRoleAssignment.ReadWrite.All+",
        "AppRoleAssignment.ReadWrite.All+",
    ),
    (
        "POST",
        "/servicePrincipals/{servicePrincipal-id}/appRoleAssignments",
        "AppRoleAssignment.ReadWrite.All+",
        "AppRoleAssignment.ReadWrite.All+",
    ),
    // "List/Get/Restore/Permanently delete deletedItems": the permission of the kind of object.
    (
        "GET",
        "/directory/deletedItems",
        "Application.Read.All Directory.Read.All User.Read.All Group.Read.All",
        "Application.Read.All Directory.Read.All User.Read.All Group.Read.All",
    ),
    (
        "GET",
        "/directory/deletedItems/{directoryObject-id}",
        "Application.Read.All Directory.Read.All User.Read.All Group.Read.All",
        "Application.Read.All Directory.Read.All User.Read.All Group.Read.All",
    ),
    (
        "*",
        "/directory/deletedItems/{directoryObject-id}",
        "Application.ReadWrite.All User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All",
    ),
    (
        "*",
        "/directory/deletedItems/{directoryObject-id}/restore",
        "Application.ReadWrite.All User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy User.DeleteRestore.All User.ReadWrite.All Group.ReadWrite.All",
    ),
    (
        "*",
        "/applications/{application-id}/restore",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    (
        "*",
        "/servicePrincipals/{servicePrincipal-id}/restore",
        "Application.ReadWrite.All",
        "Application.ReadWrite.All Application.ReadWrite.OwnedBy",
    ),
    // "Add member to directory role".
    (
        "*",
        "/directoryRoles/{directoryRole-id}/members/$ref",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagement.ReadWrite.Directory",
    ),
    (
        "*",
        "/directoryRoles/{directoryRole-id}/members/{directoryObject-id}/$ref",
        "RoleManagement.ReadWrite.Directory",
        "RoleManagement.ReadWrite.Directory",
    ),
    // "Add member", "Add group owners".
    (
        "*",
        "/groups/{group-id}/members/$ref",
        "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
        "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
    ),
    (
        "*",
        "/groups/{group-id}/members/{directoryObject-id}/$ref",
        "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
        "GroupMember.ReadWrite.All Group.ReadWrite.All Directory.ReadWrite.All",
    ),
    (
        "*",
        "/groups/{group-id}/owners/$ref",
        "Group.ReadWrite.All Directory.ReadWrite.All",
        "Group.ReadWrite.All Directory.ReadWrite.All",
    ),
    (
        "*",
        "/groups/{group-id}/owners/{directoryObject-id}/$ref",
        "Group.ReadWrite.All Directory.ReadWrite.All",
        "Group.ReadWrite.All Directory.ReadWrite.All",
    ),
    // "Get calendar", "Assign manager", "Get organization".
    (
        "GET",
        "/users/{user-id}/calendar",
        "Calendars.Read Calendars.ReadBasic",
        "Calendars.Read Calendars.ReadBasic",
    ),
    (
        "*",
        "/users/{user-id}/manager/$ref",
        "User.ReadWrite.All Directory.ReadWrite.All",
        "User.ReadWrite.All Directory.ReadWrite.All",
    ),
    (
        "GET",
        "/organization/{organization-id}",
        "User.Read Organization.Read.All Directory.Read.All",
        "Organization.Read.All Directory.Read.All User.Read.All",
    ),
];

/// Paths whose requirement is that of another: what is below a mailbox's folder needs what its messages need, and so on.
const LIKE: [(&str, &str); 26] = [
    ("/servicePrincipals/{servicePrincipal-id}/appRoles", "/servicePrincipals/{servicePrincipal-id}"),
    (
        "/servicePrincipals/{servicePrincipal-id}/oauth2PermissionScopes",
        "/servicePrincipals/{servicePrincipal-id}",
    ),
    ("/users/{user-id}/calendars/{calendar-id}", "/users/{user-id}/calendars"),
    ("/users/{user-id}/calendars/{calendar-id}/events", "/users/{user-id}/calendar/events"),
    ("/users/{user-id}/calendars/{calendar-id}/calendarView", "/users/{user-id}/calendarView"),
    ("/users/{user-id}/calendar/calendarView", "/users/{user-id}/calendarView"),
    ("/users/{user-id}/calendar/events/{event-id}", "/users/{user-id}/events/{event-id}"),
    ("/users/{user-id}/events/{event-id}/instances", "/users/{user-id}/calendarView"),
    (
        "/users/{user-id}/mailFolders/{mailFolder-id}/messages/{message-id}",
        "/users/{user-id}/messages/{message-id}",
    ),
    ("/users/{user-id}/mailFolders/{mailFolder-id}/childFolders", "/users/{user-id}/mailFolders"),
    ("/users/{user-id}/messages/{message-id}/send", "/users/{user-id}/sendMail"),
    ("/users/{user-id}/directReports", "/users/{user-id}/manager"),
    ("/users/{user-id}/ownedObjects", "/users/{user-id}/manager"),
    ("/users/{user-id}/createdObjects", "/users/{user-id}/manager"),
    ("/users/{user-id}/checkMemberGroups", "/users/{user-id}/getMemberGroups"),
    ("/users/{user-id}/photo/$value", "/users/{user-id}/photo"),
    ("/groups/{group-id}/transitiveMembers", "/groups/{group-id}/members"),
    ("/groups/{group-id}/memberOf", "/groups/{group-id}/members"),
    ("/groups/{group-id}/transitiveMemberOf", "/groups/{group-id}/members"),
    ("/groups/{group-id}/appRoleAssignments", "/users/{user-id}/appRoleAssignments"),
    (
        "/servicePrincipals/{servicePrincipal-id}/transitiveMemberOf",
        "/servicePrincipals/{servicePrincipal-id}/memberOf",
    ),
    (
        "/servicePrincipals/{servicePrincipal-id}/ownedObjects",
        "/servicePrincipals/{servicePrincipal-id}/memberOf",
    ),
    (
        "/servicePrincipals/{servicePrincipal-id}/createdObjects",
        "/servicePrincipals/{servicePrincipal-id}/memberOf",
    ),
    (
        "/directoryRoles(roleTemplateId='{roleTemplateId}')/members",
        "/directoryRoles/{directoryRole-id}/members",
    ),
    ("/policies/permissionGrantPolicies/{permissionGrantPolicy-id}", "/policies/permissionGrantPolicies"),
    ("/directoryRoleTemplates/{directoryRoleTemplate-id}", "/directoryRoleTemplates"),
];

/// With this, a delegated token may do in the directory whatever its person may do ("Microsoft Graph permissions reference").
const AS_THE_PERSON: &str = "Directory.AccessAsUser.All";
/// Where that permission counts: Azure AD's own objects, not policies and not mailboxes.
const DIRECTORY_ROOTS: [&str; 9] = [
    "/applications",
    "/servicePrincipals",
    "/users",
    "/me",
    "/groups",
    "/directory",
    "/domains",
    "/organization",
    "/oauth2PermissionGrants",
];

/// Whether the caller's token carries what the operation needs. An application that was given the role of a global
/// administrator needs no permission in the directory. `paths` are the templates under which it may be listed,
/// the closest first.
pub(crate) fn allows(caller: &Caller, method: &Method, paths: &[&str]) -> bool {
    let Some((path, requirement)) = paths.iter().find_map(|path| Some((*path, requirement(method, path)?)))
    else {
        return false;
    };
    let delegated = matches!(caller.subject, Subject::Person { .. });
    if delegated && caller.permissions.contains(AS_THE_PERSON) && in_directory(path) {
        return true;
    }
    if let Subject::Application { roles, .. } = &caller.subject
        && in_directory(path)
        && roles.iter().any(|role| role == GLOBAL_ADMINISTRATOR)
    {
        return true;
    }
    let wanted = if delegated { &requirement.delegated } else { &requirement.application };
    wanted.iter().any(|permission| {
        satisfied(&caller.permissions, permission)
            && requirement
                .also
                .get(permission)
                .is_none_or(|others| others.iter().any(|other| satisfied(&caller.permissions, other)))
    })
}

/// A mailbox answers in Exchange's words instead of the directory's.
pub(crate) fn in_mailbox(path: &str) -> bool {
    [
        "/calendar",
        "/calendars",
        "/calendarView",
        "/events",
        "/messages",
        "/mailFolders",
        "/mailboxSettings",
        "/sendMail",
    ]
    .iter()
    .any(|part| {
        path.split_once("}").is_some_and(|(_, rest)| rest.starts_with(part))
            || path.starts_with(&format!("/me{part}"))
    })
}

fn in_directory(path: &str) -> bool {
    !in_mailbox(path)
        && DIRECTORY_ROOTS.iter().any(|root| {
            path.strip_prefix(root)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '(', 'O', 'R']))
        })
}

/// `Mail.ReadWrite` contains `Mail.Read`, `User.Read.All` contains `User.Read`, and so on ("Overview of Microsoft Graph permissions", naming).
fn satisfied(held: &BTreeSet<String>, wanted: &str) -> bool {
    held.contains(wanted)
        || held.contains(&format!("{wanted}.All"))
        || wanted.find(".Read").is_some_and(|at| {
            let rest = &wanted[at + 5..];
            let bare = rest.strip_prefix("Basic").unwrap_or(rest);
            let with = |verb: &str, rest: &str| held.contains(&format!("{}{verb}{rest}", &wanted[..at]));
            !rest.starts_with("Write") && (with(".ReadWrite", bare) || with(".Read", bare))
        })
}

fn requirement(method: &Method, path: &str) -> Option<&'static Requirement> {
    static CELL: OnceLock<BTreeMap<(String, String), Requirement>> = OnceLock::new();
    let table = CELL.get_or_init(build);
    let find = |method: &str, path: &str| table.get(&(method.to_owned(), path.to_ascii_lowercase()));
    let method = if method == Method::HEAD { "GET" } else { method.as_str() };
    find(method, path).or_else(|| find("*", path)).or_else(|| {
        let (_, like) = LIKE.iter().find(|(own, _)| own.eq_ignore_ascii_case(path))?;
        // A change of a part is a change of the whole: PATCH of one calendar needs what POST of calendars needs.
        find(method, like).or_else(|| find("POST", like)).or_else(|| find("GET", like))
    })
}

fn build() -> BTreeMap<(String, String), Requirement> {
    let mut table = BTreeMap::new();
    let published = reference::graph_path_permissions()["paths"].as_object();
    for (path, methods) in published.into_iter().flatten() {
        for (method, schemes) in methods.as_object().into_iter().flatten() {
            let all = |scheme: &str| texts(&schemes[scheme]["all"]);
            let also = schemes["Application"]["alsoRequires"].as_object().into_iter().flatten();
            let requirement = Requirement {
                delegated: all("DelegatedWork"),
                application: all("Application"),
                also: also.map(|(name, others)| (name.clone(), texts(others))).collect(),
            };
            table.insert((method.clone(), path.to_ascii_lowercase()), requirement);
        }
    }
    for (method, path, delegated, application) in MORE {
        let names = |list: &str| list.split(' ').map(|name| name.trim_end_matches('+').to_owned()).collect();
        let mut requirement = Requirement {
            delegated: names(delegated),
            application: names(application),
            also: BTreeMap::new(),
        };
        if delegated.ends_with('+') {
            let readers = ["Application.Read.All", "Directory.Read.All"].map(str::to_owned).to_vec();
            requirement.also.insert(delegated.trim_end_matches('+').to_owned(), readers);
        }
        table.insert((method.to_owned(), path.to_ascii_lowercase()), requirement);
    }
    table
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(permissions: &[&str]) -> Caller {
        Caller {
            app_id: "a".into(),
            subject: Subject::Person { oid: "p".into(), roles: vec![] },
            permissions: permissions.iter().map(|&name| name.to_owned()).collect(),
        }
    }

    fn application(permissions: &[&str]) -> Caller {
        Caller {
            subject: Subject::Application { service_principal: "s".into(), roles: vec![] },
            ..person(permissions)
        }
    }

    #[test]
    fn the_published_table_decides() {
        let path = &["/applications"][..];
        assert!(allows(&person(&["Application.ReadWrite.All"]), &Method::POST, path));
        assert!(!allows(&person(&["Application.Read.All"]), &Method::POST, path));
        assert!(
            !allows(&person(&["Application.ReadWrite.OwnedBy"]), &Method::GET, path),
            "that one is for applications"
        );
        assert!(allows(&application(&["Application.ReadWrite.OwnedBy"]), &Method::GET, path));
        assert!(!allows(&person(&["User.Read"]), &Method::GET, &["/noSuchPath"]));
    }

    #[test]
    fn granting_needs_two_permissions() {
        let path = &["/servicePrincipals/{servicePrincipal-id}/appRoleAssignedTo"][..];
        assert!(!allows(&person(&["AppRoleAssignment.ReadWrite.All"]), &Method::POST, path));
        assert!(!allows(&person(&["Application.ReadWrite.All"]), &Method::POST, path));
        assert!(allows(
            &person(&["AppRoleAssignment.ReadWrite.All", "Application.ReadWrite.All"]),
            &Method::POST,
            path
        ));
    }

    #[test]
    fn acting_as_the_person_reaches_the_directory_and_nothing_else() {
        let caller = person(&[AS_THE_PERSON]);
        assert!(allows(&caller, &Method::POST, &["/oauth2PermissionGrants"]));
        assert!(allows(&caller, &Method::GET, &["/users/{user-id}"]));
        assert!(!allows(&caller, &Method::GET, &["/users/{user-id}/messages"]));
        assert!(!allows(&caller, &Method::GET, &["/policies/authorizationPolicy"]));
        assert!(!allows(&application(&[AS_THE_PERSON]), &Method::GET, &["/users"]));
    }

    #[test]
    fn a_wider_permission_contains_the_narrower() {
        for held in ["Mail.ReadWrite", "Mail.Read"] {
            assert!(
                allows(&application(&[held]), &Method::GET, &["/users/{user-id}/messages/{message-id}"]),
                "{held}"
            );
        }
        assert!(!allows(&application(&["Mail.Read"]), &Method::POST, &["/users/{user-id}/messages"]));
        assert!(!allows(&application(&["Mail.Send"]), &Method::GET, &["/users/{user-id}/messages"]));
    }
}
