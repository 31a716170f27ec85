//! The organisation and its domains.
//! <https://learn.microsoft.com/graph/api/resources/organization>, <https://learn.microsoft.com/graph/api/resources/domain>

use serde::{Deserialize, Serialize};

use crate::id::{DomainName, TenantId};

/// An organisation (a directory, a tenant).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Tenant id.
    pub id: TenantId,
    /// Name that people see.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Domains that belong to it.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub verified_domains: Vec<VerifiedDomain>,
    /// `AAD`, `AAD B2C`, …
    #[serde(default)]
    pub tenant_type: Option<String>,
    /// Two letters.
    #[serde(default)]
    pub country_letter_code: Option<String>,
}

impl Organization {
    /// The domain that new people get.
    #[must_use]
    pub fn default_domain(&self) -> Option<&str> {
        self.verified_domains.iter().find(|domain| domain.is_default).map(|domain| domain.name.as_str())
    }

    /// The `….onmicrosoft.com` domain with which it began.
    #[must_use]
    pub fn initial_domain(&self) -> Option<&str> {
        self.verified_domains.iter().find(|domain| domain.is_initial).map(|domain| domain.name.as_str())
    }
}

/// A domain as listed with the organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct VerifiedDomain {
    /// The name.
    pub name: String,
    /// The one that new people get.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub is_default: bool,
    /// The one with which the organisation began.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub is_initial: bool,
    /// `Managed` or `Federated`.
    #[serde(rename = "type", default)]
    pub kind: Option<String>,
    /// `Email`, `OfficeCommunicationsOnline`, …, separated by commas.
    #[serde(default)]
    pub capabilities: Option<String>,
}

/// A domain as read by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Domain {
    /// The name.
    pub id: DomainName,
    /// The one that new people get.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub is_default: bool,
    /// The one with which the organisation began.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub is_initial: bool,
    /// Whether ownership is proved.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub is_verified: bool,
    /// `Managed` or `Federated`: federated people sign in elsewhere.
    #[serde(default)]
    pub authentication_type: Option<String>,
    /// `Email`, …
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub supported_services: Vec<String>,
}
