//! Entra ID: the sign-in endpoints.

mod ledger;

use std::sync::Arc;

use http::StatusCode;

pub(crate) use self::ledger::Ledger;
use crate::exchange::{Answer, Incoming, plain};
use crate::tenant::Tenant;

/// Answers one request.
pub(crate) fn handle(_tenant: &Arc<Tenant>, _incoming: &Incoming) -> Answer {
    plain(StatusCode::NOT_FOUND, "Nothing is here.")
}
