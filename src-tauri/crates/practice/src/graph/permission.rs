//! Which permission a call needs, from Microsoft's published table (`reference/graph-path-permissions.json`).

mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use http::Method;
use serde_json::Value;

use self::rows::{LIKE, MORE};
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
        "/contacts",
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
            // `Calendars.ReadWrite.Shared`: one's own, and those that others share.
            let shared = |own: &str| held.contains(&format!("{own}.Shared"));
            shared(wanted)
                || !rest.starts_with("Write")
                    && (with(".ReadWrite", bare)
                        || with(".Read", bare)
                        || shared(&format!("{}.ReadWrite{bare}", &wanted[..at]))
                        || shared(&format!("{}.Read{bare}", &wanted[..at])))
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
    for &(method, path, delegated, application) in MORE {
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
        let path = path.to_ascii_lowercase();
        if method == "*" {
            // Published for some methods and some kinds of object only: the row here is the whole truth.
            table.retain(|(own, listed), _| *listed != path || own == "GET");
        }
        table.insert((method.to_owned(), path), requirement);
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
    fn restoring_needs_the_permission_of_the_kind_of_object() {
        let path = &["/directory/deletedItems/{directoryObject-id}/restore"][..];
        for held in ["Application.ReadWrite.All", "User.ReadWrite.All", "Group.ReadWrite.All"] {
            assert!(allows(&person(&[held]), &Method::POST, path), "{held}");
        }
        assert!(!allows(&person(&["Application.Read.All"]), &Method::POST, path));
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
