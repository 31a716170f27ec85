//! Microsoft's built-in policies about what people may agree to by themselves.
//!
//! Source: "Manage app consent policies" (entra-docs, 2026-01-22), sections "Microsoft recommended user consent policy" (the
//! default of a new organisation: everything that needs no administrator, except the lists below) and "Mail client policy"
//! (enabled besides: the excepted permissions of mail, for six mail programs). Since autumn 2025 ordinary people therefore
//! meet "Need admin approval" where an app asks for mail or calendars, and not where it asks for `Mail.Send` or
//! `Contacts.Read` alone (cisagov/ScubaGear#1859).

use super::client::Client;

/// Excepted permissions of Microsoft Graph and Exchange Online.
const EXCEPTED: [&str; 36] = [
    "Files.Read.All",
    "Files.ReadWrite.All",
    "Sites.Read.All",
    "Sites.ReadWrite.All",
    "Mail.Read",
    "Mail.ReadWrite",
    "Mail.ReadBasic",
    "Mail.Read.Shared",
    "Mail.ReadBasic.Shared",
    "Mail.ReadWrite.Shared",
    "MailboxItem.Read",
    "Calendars.Read",
    "Calendars.ReadBasic",
    "Calendars.ReadWrite",
    "Calendars.Read.Shared",
    "Calendars.ReadWrite.Shared",
    "Chat.Read",
    "Chat.ReadWrite",
    "OnlineMeetings.Read",
    "OnlineMeetings.ReadWrite",
    "MailboxFolder.Read",
    "MailboxFolder.ReadWrite",
    "MailboxSettings.Read",
    "MailboxSettings.ReadWrite",
    "Contacts.ReadWrite",
    "Contacts.Read.Shared",
    "Contacts.ReadWrite.Shared",
    "Tasks.Read",
    "Tasks.Read.Shared",
    "Tasks.ReadWrite",
    "Tasks.ReadWrite.Shared",
    "People.Read",
    "EAS.AccessAsUser.All",
    "EWS.AccessAsUser.All",
    "IMAP.AccessAsUser.All",
    "POP.AccessAsUser.All",
];
/// Client ids of Apple Mail, Spark, eM Client, two mail programs of Android, and Thunderbird.
const MAIL_PROGRAMS: [&str; 6] = [
    "f8d98a96-0999-43f5-8af3-69971c7bb423",
    "b50c1dbd-1855-4e54-b07c-d3c3029e93d3",
    "e9a7fea1-1cc0-4cd9-a31b-9137ca5deedd",
    "8acd33ea-7197-4a96-bc33-d7cc7101262f",
    "2cee05de-2b8f-45a2-8289-2a06ca32c4c8",
    "9e5f94bc-e8a4-4e73-b8be-63364c29d753",
];
/// What an organisation is offered to classify as low impact, and here has.
const LOW_IMPACT: [&str; 5] = ["openid", "profile", "email", "offline_access", "User.Read"];

/// A policy that is assigned to everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Policy {
    /// Everything that needs no administrator.
    Legacy,
    /// What Microsoft recommends at the time.
    Recommended,
    /// Mail permissions for popular mail programs.
    MailPrograms,
    /// Permissions classified as low impact.
    Low,
}

impl Policy {
    /// Reads a name such as `ManagePermissionGrantsForSelf.microsoft-user-default-low`.
    pub(crate) fn of(name: &str) -> Option<Self> {
        match name.rsplit('.').next()? {
            "microsoft-user-default-legacy" => Some(Self::Legacy),
            "microsoft-user-default-recommended" => Some(Self::Recommended),
            "microsoft-user-default-allow-consent-apps" => Some(Self::MailPrograms),
            "microsoft-user-default-low" => Some(Self::Low),
            _ => None,
        }
    }

    /// Whether people may agree to this permission; `admin` for one that needs an administrator by its own nature.
    pub(crate) fn allows(self, client: &Client, scope: &str, admin: bool) -> bool {
        let excepted = EXCEPTED.contains(&scope);
        match self {
            Self::Legacy => !admin,
            Self::Recommended => !admin && !excepted,
            Self::MailPrograms => !admin && MAIL_PROGRAMS.contains(&client.app_id.as_str()),
            Self::Low => LOW_IMPACT.contains(&scope),
        }
    }
}
