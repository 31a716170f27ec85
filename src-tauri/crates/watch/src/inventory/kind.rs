//! What kind of app a row is.

use crate::App;

/// What kind of app a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AppKind {
    /// Registered in this organisation.
    Registration,
    /// Registered elsewhere and used here.
    EnterpriseApp,
    /// Microsoft's own.
    Microsoft,
    /// An identity that Azure looks after.
    ManagedIdentity,
    /// Another kind.
    Unknown,
}

impl AppKind {
    /// All kinds.
    pub const ALL: [Self; 5] =
        [Self::Registration, Self::EnterpriseApp, Self::Microsoft, Self::ManagedIdentity, Self::Unknown];

    /// The kind of an app.
    #[must_use]
    pub fn of(app: &App) -> Self {
        let Some(enterprise_app) = &app.enterprise_app else { return Self::Registration };
        if app.registration.is_some() {
            return Self::Registration;
        }
        let owner = enterprise_app.owner_organisation.as_deref();
        let microsofts = owner.is_some_and(|owner| {
            graph::inventory::MICROSOFT.iter().any(|known| known.eq_ignore_ascii_case(owner))
        });
        match enterprise_app.kind.as_deref() {
            Some("ManagedIdentity") => Self::ManagedIdentity,
            _ if microsofts => Self::Microsoft,
            Some("Application" | "Legacy") => Self::EnterpriseApp,
            _ => Self::Unknown,
        }
    }

    /// As the facet `kind` names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Registration => "registration",
            Self::EnterpriseApp => "enterpriseApp",
            Self::Microsoft => "microsoft",
            Self::ManagedIdentity => "managedIdentity",
            Self::Unknown => "unknown",
        }
    }

    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Registration => 0,
            Self::EnterpriseApp => 1,
            Self::Microsoft => 2,
            Self::ManagedIdentity => 3,
            Self::Unknown => 4,
        }
    }

    pub(crate) fn of_number(number: u8) -> Self {
        Self::ALL.get(usize::from(number)).copied().unwrap_or(Self::Unknown)
    }
}
