//! Which Exchange role gives what a permission gives, for some mailboxes instead of all.

use super::key::{EXCHANGE_ONLINE, MICROSOFT_GRAPH};
use super::{PermissionKey, PermissionKind, table};

/// Permissions of Microsoft Graph with their Exchange roles (`exchange/permissions-exo/application-rbac`, "Supported
/// application roles").
const ROLES: [(&str, &str); 10] = [
    ("Calendars.Read", "Application Calendars.Read"),
    ("Calendars.ReadWrite", "Application Calendars.ReadWrite"),
    ("Contacts.Read", "Application Contacts.Read"),
    ("Contacts.ReadWrite", "Application Contacts.ReadWrite"),
    ("Mail.Read", "Application Mail.Read"),
    ("Mail.ReadBasic", "Application Mail.ReadBasic"),
    ("Mail.ReadWrite", "Application Mail.ReadWrite"),
    ("Mail.Send", "Application Mail.Send"),
    ("MailboxSettings.Read", "Application MailboxSettings.Read"),
    ("MailboxSettings.ReadWrite", "Application MailboxSettings.ReadWrite"),
];

/// The Exchange role (RBAC for Applications) that gives an app what this permission gives, for some mailboxes instead of
/// all. `None` for permissions that are not about mailboxes, for delegated ones, and for those of the older Outlook API:
/// Exchange has no role for them.
#[must_use]
pub fn exchange_role_for(key: PermissionKey) -> Option<&'static str> {
    if key.kind != PermissionKind::Application {
        return None;
    }
    let row = table::rows().iter().find(|row| row.key == key)?;
    if key.resource == EXCHANGE_ONLINE {
        return (row.value == "full_access_as_app").then_some("Application EWS.AccessAsApp");
    }
    let of_graph = key.resource == MICROSOFT_GRAPH;
    ROLES.iter().find(|(value, _)| of_graph && *value == row.value).map(|(_, role)| *role)
}
