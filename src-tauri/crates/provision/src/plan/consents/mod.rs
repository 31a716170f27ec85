//! Taking back what people, or an admin for everyone, allowed an app.

mod planner;
mod words;

use graph::{GrantId, ServicePrincipalId};
use serde::{Deserialize, Serialize};

pub use planner::Whose;
#[cfg(test)]
pub(in crate::plan) use words::all;

use super::DelegatedConsent;

/// A delegated grant as it was when the plan was made: all that is needed to give it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct HeldConsent {
    /// Its id.
    pub id: GrantId,
    /// The API's enterprise app.
    pub resource_id: ServicePrincipalId,
    /// For whom it holds.
    pub consent: DelegatedConsent,
    /// Names of the permissions.
    pub scopes: Vec<String>,
}
