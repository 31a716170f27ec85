//! The management roles that exist for applications, and what each allows ("Role Based Access Control for Applications in
//! Exchange Online", supported application roles).

use serde_json::{Value, json};

use crate::random::guid_for;

/// Seed of the ids of Exchange's built-in objects: they are the same in every organisation here.
const BUILT_IN: u64 = 0x0365;

/// A role for applications: its name and the permissions in it.
pub(crate) const APPLICATION_ROLES: [(&str, &[&str]); 14] = [
    ("Application Mail.Read", &["Mail.Read"]),
    ("Application Mail.ReadBasic", &["Mail.ReadBasic"]),
    ("Application Mail.ReadWrite", &["Mail.ReadWrite"]),
    ("Application Mail.Send", &["Mail.Send"]),
    ("Application MailboxSettings.Read", &["MailboxSettings.Read"]),
    ("Application MailboxSettings.ReadWrite", &["MailboxSettings.ReadWrite"]),
    ("Application Calendars.Read", &["Calendars.Read"]),
    ("Application Calendars.ReadWrite", &["Calendars.ReadWrite"]),
    ("Application Contacts.Read", &["Contacts.Read"]),
    ("Application Contacts.ReadWrite", &["Contacts.ReadWrite"]),
    ("Application Mail Full Access", &["Mail.ReadWrite", "Mail.Send"]),
    (
        "Application Exchange Full Access",
        &[
            "Mail.ReadWrite",
            "Mail.Send",
            "MailboxSettings.ReadWrite",
            "Calendars.ReadWrite",
            "Contacts.ReadWrite",
        ],
    ),
    ("Application EWS.AccessAsApp", &["EWS.AccessAsApp"]),
    ("Application SMTP.SendAsApp", &["SMTP.SendAsApp"]),
];

/// Roles for people; they are listed, and can be assigned to nobody here.
const ROLES_FOR_PEOPLE: [&str; 6] = [
    "Distribution Groups",
    "Mail Recipients",
    "Organization Client Access",
    "Role Management",
    "View-Only Configuration",
    "View-Only Recipients",
];

/// What a role allows; `None` when there is no such role for applications.
pub(crate) fn permissions(role: &str) -> Option<(&'static str, &'static [&'static str])> {
    APPLICATION_ROLES.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(role))
}

/// The name of a role by its name or GUID; `None` when there is no such role at all.
pub(crate) fn named(identity: &str) -> Option<&'static str> {
    names().find(|name| name.eq_ignore_ascii_case(identity) || id(name).eq_ignore_ascii_case(identity))
}

/// All roles.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    APPLICATION_ROLES.into_iter().map(|(name, _)| name).chain(ROLES_FOR_PEOPLE)
}

/// GUID of a role.
pub(crate) fn id(name: &str) -> String {
    guid_for(BUILT_IN, name)
}

/// `Get-ManagementRole`.
pub(crate) fn shown(name: &str) -> Value {
    let kind: String = name.chars().filter(|character| character.is_ascii_alphanumeric()).collect();
    json!({
        "Name": name, "Identity": name, "Guid": id(name), "RoleType": kind, "IsRootRole": true, "Parent": "",
        "Description": description(name), "IsValid": true, "IsEndUserRole": false,
    })
}

/// What a role is for.
pub(crate) fn description(name: &str) -> String {
    match permissions(name) {
        Some((_, allowed)) => {
            format!("Allows an application to use {} on the mailboxes in scope.", allowed.join(", "))
        }
        None => format!("The built-in role {name}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_found_by_name_and_id_and_impersonation_is_gone() {
        assert_eq!(named("application mail.read"), Some("Application Mail.Read"));
        assert_eq!(named(&id("Application Mail.Send")), Some("Application Mail.Send"));
        assert_eq!(named("ApplicationImpersonation"), None);
        assert!(permissions("Mail Recipients").is_none());
        assert_eq!(permissions("Application Mail Full Access").unwrap().1, ["Mail.ReadWrite", "Mail.Send"]);
    }
}
