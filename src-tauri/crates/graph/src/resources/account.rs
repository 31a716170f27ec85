//! An account with what decides whether a product can sign in with it.
//! <https://learn.microsoft.com/graph/api/resources/user>

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::UserRef;

/// An account as read for setting it up. Only selected fields are filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Object id.
    pub id: UserRef,
    /// Name.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Name to sign in with.
    #[serde(default)]
    pub user_principal_name: Option<String>,
    /// Main address; none until a mailbox is there.
    #[serde(default)]
    pub mail: Option<String>,
    /// Whether it can sign in.
    #[serde(default)]
    pub account_enabled: Option<bool>,
    /// `Member` or `Guest`.
    #[serde(default)]
    pub user_type: Option<String>,
    /// Where it is used (ISO 3166-1 alpha-2). Needed before a licence can be given.
    #[serde(default)]
    pub usage_location: Option<String>,
    /// A number of at most 16 characters that the organisation gives.
    #[serde(default)]
    pub employee_id: Option<String>,
    /// It comes from a directory of the organisation's own, and is changed there.
    #[serde(default)]
    pub on_premises_sync_enabled: Option<bool>,
    /// When it was made.
    #[serde(default, deserialize_with = "crate::time::lenient")]
    pub created_date_time: Option<Timestamp>,
    /// Licences that it has.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub assigned_licenses: Vec<AssignedLicense>,
    /// Services in its licences.
    #[serde(default, deserialize_with = "crate::nullable::or_default")]
    pub assigned_plans: Vec<AssignedPlan>,
}

impl Account {
    /// Whether a mailbox of Exchange Online is there: a licence brings it, after a while, and with it the address.
    #[must_use]
    pub fn has_mailbox(&self) -> bool {
        let licensed = self.assigned_plans.iter().any(|plan| {
            plan.service.as_deref().is_some_and(|service| service.eq_ignore_ascii_case("exchange"))
                && plan.capability_status.as_deref() == Some("Enabled")
        });
        licensed && self.mail.as_ref().is_some_and(|mail| !mail.is_empty())
    }

    /// Whether it has this licence.
    #[must_use]
    pub fn has_license(&self, sku: &str) -> bool {
        self.assigned_licenses.iter().any(|one| one.sku_id.eq_ignore_ascii_case(sku))
    }
}

/// A licence that an account has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignedLicense {
    /// Id of the product.
    pub sku_id: String,
}

/// A service that a licence brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssignedPlan {
    /// `exchange`, `SharePoint`, …
    #[serde(default)]
    pub service: Option<String>,
    /// `Enabled`, `Deleted`, …
    #[serde(default)]
    pub capability_status: Option<String>,
}

/// A product that the organisation has licences of.
/// <https://learn.microsoft.com/graph/api/resources/subscribedsku>
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SubscribedSku {
    /// Id of the product.
    pub sku_id: String,
    /// Its name in Microsoft's lists, such as `EXCHANGESTANDARD`.
    pub sku_part_number: String,
    /// Licences in use.
    #[serde(default)]
    pub consumed_units: Option<i64>,
    /// Licences bought.
    #[serde(default)]
    pub prepaid_units: Option<PrepaidUnits>,
    /// `Enabled`, `Suspended`, …
    #[serde(default)]
    pub capability_status: Option<String>,
}

impl SubscribedSku {
    /// Licences that can still be given; `None` when Graph does not say.
    #[must_use]
    pub fn free(&self) -> Option<i64> {
        let units = self.prepaid_units.as_ref()?;
        Some(
            (units.enabled.unwrap_or(0) + units.warning.unwrap_or(0) - self.consumed_units.unwrap_or(0))
                .max(0),
        )
    }
}

/// Licences bought, by how they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PrepaidUnits {
    /// Good ones.
    #[serde(default)]
    pub enabled: Option<i64>,
    /// Overdue ones, which still work.
    #[serde(default)]
    pub warning: Option<i64>,
}
