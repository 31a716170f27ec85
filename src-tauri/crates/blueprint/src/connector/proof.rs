//! How it is shown that a set-up works.

use serde::{Deserialize, Serialize};

use super::Condition;

/// Something to try with the new credential.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofRequest {
    /// What is tried.
    pub kind: ProofKind,
    /// The registration whose credential is used.
    pub registration: String,
    /// The input that names the mailbox, where one is needed.
    #[serde(default)]
    pub mailbox: Option<String>,
    /// When it is tried.
    #[serde(default)]
    pub when: Condition,
}

/// What can be tried. Obtaining a token with the new credential and comparing its roles always comes first and is not
/// listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProofKind {
    /// Read the mailbox's calendar.
    CalendarRead,
    /// Add an event to the mailbox's calendar and remove it again.
    CalendarWrite,
    /// Read the mailbox's newest message.
    MailRead,
    /// Save a draft in the mailbox and remove it again.
    MailWrite,
    /// Send one message from the mailbox to itself.
    MailSendSelf,
    /// Read the mailbox's contacts.
    ContactsRead,
    /// Read the mailbox's settings.
    MailboxSettingsRead,
    /// Look a person up in the directory: the owner of the mailbox, or anybody where no mailbox is named.
    UsersRead,
    /// Read one group.
    GroupsRead,
    /// Read the organisation's own entry.
    DirectoryRead,
    /// Read one usage report.
    ReportsRead,
    /// Read one site.
    SitesRead,
}

impl ProofKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 12] = [
        Self::CalendarRead,
        Self::CalendarWrite,
        Self::MailRead,
        Self::MailWrite,
        Self::MailSendSelf,
        Self::ContactsRead,
        Self::MailboxSettingsRead,
        Self::UsersRead,
        Self::GroupsRead,
        Self::DirectoryRead,
        Self::ReportsRead,
        Self::SitesRead,
    ];

    /// Whether a mailbox has to be named when the app acts by itself. For a person who signed in, it is that person's own
    /// where none is named.
    #[must_use]
    pub fn needs_mailbox(self) -> bool {
        self.takes_mailbox() && self != Self::UsersRead
    }

    /// Whether a mailbox can be named.
    #[must_use]
    pub fn takes_mailbox(self) -> bool {
        !matches!(self, Self::GroupsRead | Self::DirectoryRead | Self::ReportsRead | Self::SitesRead)
    }

    /// Whether something is changed, if only for a moment, so that the person must agree first.
    #[must_use]
    pub fn leaves_trace(self) -> bool {
        matches!(self, Self::CalendarWrite | Self::MailWrite | Self::MailSendSelf)
    }

    /// Microsoft Graph permissions, any one of which lets the proof pass
    /// (`reference/graph-path-permissions.json` for the calls in question).
    #[must_use]
    pub fn permissions(self) -> &'static [&'static str] {
        match self {
            Self::CalendarRead => &[
                "Calendars.Read",
                "Calendars.ReadWrite",
                "Calendars.Read.Shared",
                "Calendars.ReadWrite.Shared",
            ],
            Self::CalendarWrite => &["Calendars.ReadWrite", "Calendars.ReadWrite.Shared"],
            Self::MailRead => &["Mail.Read", "Mail.ReadWrite", "Mail.Read.Shared", "Mail.ReadWrite.Shared"],
            Self::MailWrite => &["Mail.ReadWrite", "Mail.ReadWrite.Shared"],
            Self::MailSendSelf => &["Mail.Send"],
            Self::ContactsRead => &["Contacts.Read", "Contacts.ReadWrite"],
            Self::MailboxSettingsRead => &["MailboxSettings.Read", "MailboxSettings.ReadWrite"],
            Self::UsersRead => &[
                "User.ReadBasic.All",
                "User.Read.All",
                "User.ReadWrite.All",
                "Directory.Read.All",
                "Directory.ReadWrite.All",
            ],
            Self::GroupsRead => {
                &["Group.Read.All", "Group.ReadWrite.All", "Directory.Read.All", "Directory.ReadWrite.All"]
            }
            Self::DirectoryRead => &[
                "Organization.Read.All",
                "Organization.ReadWrite.All",
                "Directory.Read.All",
                "Directory.ReadWrite.All",
            ],
            Self::ReportsRead => &["Reports.Read.All"],
            Self::SitesRead => {
                &["Sites.Read.All", "Sites.ReadWrite.All", "Sites.Manage.All", "Sites.FullControl.All"]
            }
        }
    }

    /// What is tried, as a sentence to read before it happens. It speaks of a test mailbox where one can be named.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::CalendarRead => "Read the calendar of the test mailbox.",
            Self::CalendarWrite => "Add a test event to the calendar of the test mailbox, then remove it.",
            Self::MailRead => "Read the newest message of the test mailbox.",
            Self::MailWrite => "Save a draft in the test mailbox, then remove it.",
            Self::MailSendSelf => "Send one test message from the mailbox to itself.",
            Self::ContactsRead => "Read the contacts of the test mailbox.",
            Self::MailboxSettingsRead => "Read the settings of the test mailbox.",
            Self::UsersRead => "Look up the owner of the test mailbox in the directory.",
            Self::GroupsRead => "Read one group.",
            Self::DirectoryRead => "Read the organisation's own entry.",
            Self::ReportsRead => "Read one usage report.",
            Self::SitesRead => "Read one site.",
        }
    }
}
