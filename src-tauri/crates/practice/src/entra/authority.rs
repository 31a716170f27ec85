//! The first segment of every address: which directory is meant.

use super::error::{Code, Refusal, is_guid};
use crate::tenant::Tenant;

/// Tenant id of personal Microsoft accounts, which `consumers` stands for.
const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// The directory that an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Authority {
    /// Work or school and personal accounts.
    Common,
    /// Work or school accounts of any organisation.
    Organizations,
    /// Personal accounts.
    Consumers,
    /// This organisation.
    Own,
}

impl Authority {
    /// Reads the segment: a word, the tenant's id or one of its verified domains.
    pub(crate) fn parse(tenant: &Tenant, segment: &str) -> Result<Self, Refusal> {
        let lower = segment.to_ascii_lowercase();
        match lower.as_str() {
            "common" => return Ok(Self::Common),
            "organizations" => return Ok(Self::Organizations),
            "consumers" | PERSONAL => return Ok(Self::Consumers),
            _ => {}
        }
        let is_own = lower == tenant.tenant_id
            || tenant.read(|tables| {
                tables
                    .domains
                    .get(&lower)
                    .is_some_and(|domain| domain.body.get("isVerified") == Some(&true.into()))
            });
        if is_own {
            return Ok(Self::Own);
        }
        if !is_guid(segment) && !segment.contains('.') {
            let text = format!(
                "Specified tenant identifier '{segment}' is neither a valid DNS name, nor a valid external domain."
            );
            return Err(Refusal::new(Code::InvalidRequest, 900_023, text));
        }
        Err(Refusal::new(
            Code::InvalidRequest,
            90_002,
            format!(
                "Tenant '{segment}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant."
            ),
        ))
    }

    /// Whether it names one organisation.
    pub(crate) const fn is_specific(self) -> bool {
        matches!(self, Self::Own)
    }

    /// As it stands in discovery documents; the issuer of a general address is a template.
    pub(crate) fn issuer_segment(self, tenant: &Tenant) -> String {
        match self {
            Self::Own => tenant.tenant_id.clone(),
            Self::Consumers => PERSONAL.to_owned(),
            Self::Common | Self::Organizations => "{tenantid}".to_owned(),
        }
    }

    /// As it stands in an address.
    pub(crate) fn segment(self, tenant: &Tenant) -> String {
        match self {
            Self::Common => "common".to_owned(),
            Self::Organizations => "organizations".to_owned(),
            Self::Consumers => "consumers".to_owned(),
            Self::Own => tenant.tenant_id.clone(),
        }
    }
}
