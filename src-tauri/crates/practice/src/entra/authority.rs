//! The first segment of every address: which directory is meant.

use super::error::{Code, Refusal, is_guid};
use crate::directories::Kind;
use crate::tenant::Tenant;

/// Tenant id of personal Microsoft accounts, which `consumers` stands for.
pub(crate) const PERSONAL: &str = "9188040d-6c67-4c5b-b112-36a304b66dad";

/// The directory that an address names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Authority {
    /// Work or school and personal accounts.
    Common,
    /// Work or school accounts of any organisation.
    Organizations,
    /// Personal accounts.
    Consumers,
    /// One organisation: that of the tenant which is asked.
    #[default]
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
        if tenant.answers_to(&lower) {
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

    /// Whether accounts of `directory` may sign in at this address of `tenant`.
    pub(crate) fn fits(self, tenant: &Tenant, directory: &Tenant) -> bool {
        match self {
            Self::Common => true,
            Self::Organizations => directory.kind == Kind::Organisation,
            Self::Consumers => directory.kind == Kind::Personal,
            Self::Own => directory.tenant_id == tenant.tenant_id,
        }
    }

    /// Whether the account decides which directory is meant.
    pub(crate) const fn is_general(self) -> bool {
        matches!(self, Self::Common | Self::Organizations)
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
