//! Entra ID: the sign-in endpoints.
//!
//! A request goes from [`route`] to one of the endpoints; those that talk to a person share [`flow`], those that issue tokens
//! share [`issue`].

mod account;
mod admin_consent;
mod application;
mod assertion;
mod authority;
mod authorize;
pub(crate) mod certificate;
mod client;
mod code;
mod conditions;
mod consent;
mod consent_policy;
mod credentials;
mod cross_origin;
mod device;
mod discovery;
mod error;
mod flow;
mod form;
mod grants;
mod issue;
mod ledger;
mod logout;
mod my_apps;
mod pages;
mod password;
mod person;
mod redirect;
mod refresh;
mod respond;
mod route;
mod scope;
mod session;
mod sign_in_log;
mod token;

use serde::{Deserialize, Serialize};

pub(crate) use self::authority::PERSONAL;
pub(crate) use self::ledger::Ledger;
pub(crate) use self::route::handle;

/// Everything that a person signed in to before `at` is void.
pub(crate) fn new_sessions_from(user: &mut serde_json::Map<String, serde_json::Value>, at: jiff::Timestamp) {
    user.insert("signInSessionsValidFromDateTime".into(), crate::seed::moment(at).into());
    // The same without rounding, for sign-ins within this second.
    user.insert("_sessionsValidFrom".into(), at.to_string().into());
}

/// Whether an address names this organisation, by its id or a verified domain.
pub(crate) fn authority_is_own(tenant: &crate::tenant::Tenant, segment: &str) -> bool {
    matches!(authority::Authority::parse(tenant, segment), Ok(authority::Authority::Own))
}

/// Which generation of endpoints was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Protocol {
    /// `/oauth2/…` with `resource`.
    V1,
    /// `/oauth2/v2.0/…` with `scope`.
    V2,
}
