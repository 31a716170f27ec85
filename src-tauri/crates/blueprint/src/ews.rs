//! Exchange Web Services in Exchange Online: how long they last, and for whom.
//!
//! The dates are Microsoft's (message MC1227454 of 2026-02-05). Exchange Server is not affected.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The day from which organisations that have decided nothing are switched off, and from which only apps on an
/// organisation's list get in.
pub const PHASE_OUT: Date = date(2026, 10, 1);
/// The day on which Exchange Web Services end in Exchange Online, for everybody and without exceptions.
pub const END: Date = date(2027, 4, 1);
/// Microsoft's announcement.
pub const SOURCE: &str = "https://mc.merill.net/message/MC1227454";

/// What an organisation has decided about Exchange Web Services (`Get-OrganizationConfig
/// -RetrieveEwsOperationAccessPolicy`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// `EwsEnabled`; nothing was decided where it is `None`.
    pub enabled: Option<bool>,
    /// `EwsAllowedAppIDs`: client ids of the apps that may. Empty where there is no list.
    pub allowed_apps: Vec<Uuid>,
}

/// How an app stands with Exchange Web Services.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// It gets in for now, since nothing is enforced yet.
    NotYetEnforced,
    /// It is on the organisation's list and gets in until the end.
    Listed,
    /// The organisation has a list, and the app is not on it.
    NotListed,
    /// The services are on, but the list is empty, so that no app gets in.
    ListEmpty,
    /// Switched off for the whole organisation.
    Off,
    /// Nothing was decided, and Microsoft switches such organisations off since October 2026.
    Undecided,
    /// Over, for everybody.
    Ended,
}

/// How the app with this client id stands on this day.
#[must_use]
pub fn standing(policy: &Policy, app: Uuid, today: Date) -> Standing {
    let listed = policy.allowed_apps.contains(&app);
    match policy.enabled {
        _ if today >= END => Standing::Ended,
        Some(false) => Standing::Off,
        Some(true) if listed => Standing::Listed,
        Some(true) if !policy.allowed_apps.is_empty() => Standing::NotListed,
        _ if today < PHASE_OUT => Standing::NotYetEnforced,
        Some(true) => Standing::ListEmpty,
        None => Standing::Undecided,
    }
}

impl Standing {
    /// Whether the app gets in. For [`Self::Undecided`] nobody can say: Microsoft does it organisation by organisation.
    #[must_use]
    pub fn gets_in(self) -> Option<bool> {
        match self {
            Self::NotYetEnforced | Self::Listed => Some(true),
            Self::NotListed | Self::ListEmpty | Self::Off | Self::Ended => Some(false),
            Self::Undecided => None,
        }
    }

    /// Whether [`scripts::ews_allow_list`](crate::scripts::ews_allow_list) changes anything for the app.
    #[must_use]
    pub fn list_helps(self) -> bool {
        !matches!(self, Self::Listed | Self::Ended)
    }

    /// The first day on which the app no longer gets in, where it still does.
    #[must_use]
    pub fn until(self) -> Option<Date> {
        match self {
            Self::NotYetEnforced => Some(PHASE_OUT),
            Self::Listed => Some(END),
            _ => None,
        }
    }

    /// How it stands, in one or two sentences.
    #[must_use]
    pub fn sentence(self) -> &'static str {
        match self {
            Self::NotYetEnforced => {
                "The app can use Exchange Web Services until 1 October 2026. From then on, only apps on your list can."
            }
            Self::Listed => "The app is on your list. It can use Exchange Web Services until 1 April 2027.",
            Self::NotListed => {
                "Your organisation has a list of apps that may use Exchange Web Services, and this app is not on it. \
                 Exchange Online refuses it."
            }
            Self::ListEmpty => {
                "Exchange Web Services are on, but the list of apps that may use them is empty. Exchange Online refuses \
                 every app."
            }
            Self::Off => {
                "Exchange Web Services are off in your organisation. Exchange Online refuses every app that uses them."
            }
            Self::Undecided => {
                "Your organisation has set nothing. Microsoft has switched such organisations off one by one since \
                 1 October 2026, so the app can stop on any day."
            }
            Self::Ended => {
                "Exchange Web Services ended in Exchange Online on 1 April 2027. No list helps any more."
            }
        }
    }

    /// What to do now, one sentence each.
    #[must_use]
    pub fn advice(self) -> &'static [&'static str] {
        const GRAPH: &str = "Ask the vendor for a connection over Microsoft Graph, which takes the place of Exchange Web Services.";
        const LIST: &str = "Put the app on the list to gain time, until 1 April 2027.";
        match self {
            Self::Listed | Self::Ended => &[GRAPH],
            Self::Off => &[
                GRAPH,
                "The list helps only after Exchange Web Services are switched on. Ask first who switched them off, and why.",
            ],
            Self::NotYetEnforced | Self::NotListed | Self::ListEmpty | Self::Undecided => &[GRAPH, LIST],
        }
    }
}
