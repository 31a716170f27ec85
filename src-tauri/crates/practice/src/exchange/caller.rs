//! Who runs cmdlets: a token for Exchange Online with the right permission, and a directory role that Exchange honours.

use crate::auth::{self, Caller, Subject, Unauthenticated};
use crate::graph::{
    EXCHANGE_ADMINISTRATOR, EXCHANGE_RECIPIENT_ADMINISTRATOR, GLOBAL_ADMINISTRATOR, GLOBAL_READER,
};
use crate::serve::Incoming;
use crate::tenant::Tenant;

/// Which cmdlets somebody may run; to everybody else they do not exist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Duty {
    /// Looking at anything.
    View,
    /// Mailboxes and groups ("Recipient Management").
    Recipients,
    /// Roles, scopes, policies and the organisation ("Organization Management").
    Organisation,
}

/// Delegated permissions, any of which is enough.
const DELEGATED: [&str; 2] = ["Exchange.Manage", "AdminApi.AccessAsUser.All"];
/// The permission of an application by itself.
const APPLICATION: &str = "Exchange.ManageAsApp";

/// Why nobody may run anything: with what `x-ms-diagnostics` says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Turned {
    /// No token, or one that is no good.
    #[error(transparent)]
    Unauthenticated(#[from] Unauthenticated),
    /// A token for Exchange without a permission for cmdlets.
    #[error("The token contains no permissions, or permissions can not be understood.")]
    NoPermission,
    /// No directory role that Exchange honours, or none that is active.
    #[error("The user or application isn't assigned to any management roles.")]
    NoRole,
}

/// Reads the caller.
///
/// # Errors
/// [`Turned`]: 401 for the token, 403 for the role.
pub(crate) fn authenticate(tenant: &Tenant, incoming: &Incoming) -> Result<Caller, Turned> {
    let caller = auth::exchange_caller(tenant, &incoming.headers, incoming.at)?;
    let permitted = match caller.subject {
        Subject::Person { .. } => DELEGATED.iter().any(|name| caller.permissions.contains(*name)),
        Subject::Application { .. } => caller.permissions.contains(APPLICATION),
    };
    if !permitted {
        return Err(Turned::NoPermission);
    }
    let any = [Duty::View, Duty::Recipients, Duty::Organisation];
    if any.into_iter().any(|duty| has(&caller, duty)) { Ok(caller) } else { Err(Turned::NoRole) }
}

/// Whether the caller's directory roles give it this duty.
pub(crate) fn has(caller: &Caller, duty: Duty) -> bool {
    let (Subject::Person { roles, .. } | Subject::Application { roles, .. }) = &caller.subject;
    let wanted: &[&str] = match duty {
        Duty::View => {
            &[GLOBAL_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR, EXCHANGE_RECIPIENT_ADMINISTRATOR, GLOBAL_READER]
        }
        Duty::Recipients => &[GLOBAL_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR, EXCHANGE_RECIPIENT_ADMINISTRATOR],
        Duty::Organisation => &[GLOBAL_ADMINISTRATOR, EXCHANGE_ADMINISTRATOR],
    };
    roles.iter().any(|role| wanted.contains(&role.as_str()))
}
