//! What can be wrong with an app: a closed list.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Will need the person.
    Warning,
    /// Something does not work, or is in danger now.
    Critical,
}

impl Severity {
    /// One step less.
    pub(crate) fn lower(self) -> Self {
        match self {
            Self::Critical => Self::Warning,
            Self::Warning | Self::Info => Self::Info,
        }
    }
}

/// What kind of thing is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Rule {
    /// A credential has ended, and nothing has taken its place.
    Expired,
    /// A credential ends soon.
    Expiring,
    /// Credentials that ended and were left behind.
    ExpiredLeftBehind,
    /// A credential that nothing uses.
    UnusedCredential,
    /// A credential that lives longer than the organisation allows.
    OlderThanPolicy,
    /// A credential without an end, or with one far away.
    NeverEnds,
    /// Nobody owns it.
    NoOwner,
    /// Only one person owns it.
    OneOwner,
    /// It asks for something that nobody granted.
    MissingConsent,
    /// It was granted something that it does not ask for.
    ExcessConsent,
    /// It differs from the connector that it was set up with.
    Drift,
    /// It reaches every mailbox.
    EveryMailbox,
    /// It is limited in Exchange and not limited in Entra at once.
    UnionTrap,
    /// It uses something that Microsoft retires.
    RetiredApi,
    /// People are sent back over plain http.
    PlainHttpRedirect,
    /// People are sent back to an address that may belong to somebody else.
    StrangeRedirect,
    /// Any organisation may use it, and none needs to.
    MultiTenant,
    /// It may do more than its kind of product needs.
    OverPrivileged,
}

impl Rule {
    /// Every rule, in the order of the list.
    pub const ALL: [Self; 18] = [
        Self::Expired,
        Self::Expiring,
        Self::ExpiredLeftBehind,
        Self::UnusedCredential,
        Self::OlderThanPolicy,
        Self::NeverEnds,
        Self::NoOwner,
        Self::OneOwner,
        Self::MissingConsent,
        Self::ExcessConsent,
        Self::Drift,
        Self::EveryMailbox,
        Self::UnionTrap,
        Self::RetiredApi,
        Self::PlainHttpRedirect,
        Self::StrangeRedirect,
        Self::MultiTenant,
        Self::OverPrivileged,
    ];

    /// Its name in files and ids. Never changes.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::Expiring => "expiring",
            Self::ExpiredLeftBehind => "expiredLeftBehind",
            Self::UnusedCredential => "unusedCredential",
            Self::OlderThanPolicy => "olderThanPolicy",
            Self::NeverEnds => "neverEnds",
            Self::NoOwner => "noOwner",
            Self::OneOwner => "oneOwner",
            Self::MissingConsent => "missingConsent",
            Self::ExcessConsent => "excessConsent",
            Self::Drift => "drift",
            Self::EveryMailbox => "everyMailbox",
            Self::UnionTrap => "unionTrap",
            Self::RetiredApi => "retiredApi",
            Self::PlainHttpRedirect => "plainHttpRedirect",
            Self::StrangeRedirect => "strangeRedirect",
            Self::MultiTenant => "multiTenant",
            Self::OverPrivileged => "overPrivileged",
        }
    }

    /// The rule of this name in a file.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == name)
    }

    /// What it is called on a screen, in a few words.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Expired => "Ended",
            Self::Expiring => "Ends soon",
            Self::ExpiredLeftBehind => "Ended and left behind",
            Self::UnusedCredential => "Not used",
            Self::OlderThanPolicy => "Lives longer than allowed",
            Self::NeverEnds => "No end in sight",
            Self::NoOwner => "No owner",
            Self::OneOwner => "One owner",
            Self::MissingConsent => "Not granted",
            Self::ExcessConsent => "Granted, not asked for",
            Self::Drift => "Differs from its connector",
            Self::EveryMailbox => "Reaches every mailbox",
            Self::UnionTrap => "Limit does not hold",
            Self::RetiredApi => "Retired by Microsoft",
            Self::PlainHttpRedirect => "Sign-in over plain http",
            Self::StrangeRedirect => "Strange address",
            Self::MultiTenant => "Open to other organisations",
            Self::OverPrivileged => "May do very much",
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
