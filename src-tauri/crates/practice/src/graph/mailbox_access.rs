//! Who may open a mailbox: what the token says, limited by application access policies, and beside it what Exchange's own
//! roles give an application. The two add up: a scoped role beside an unscoped grant of Entra limits nothing.

use std::borrow::Cow;

use http::Method;

use super::error::{GraphError, Result};
use super::path::Key;
use super::permission;
use crate::auth::{Caller, Subject};
use crate::exchange::{Knowledge, access};
use crate::lag::View;
use crate::tenant::Tenant;

/// The caller with the permissions that count on this mailbox.
///
/// # Errors
/// 403 `ErrorAccessDenied`; where a policy is the only reason, with the text that Graph has for it.
pub(super) fn admit<'c>(
    tenant: &Tenant,
    view: &View,
    caller: &'c Caller,
    method: &Method,
    templates: &[&str],
    keys: &[Key],
) -> Result<Cow<'c, Caller>> {
    let by_token = permission::allows(caller, method, templates);
    let Subject::Application { service_principal, .. } = &caller.subject else {
        return if by_token { Ok(Cow::Borrowed(caller)) } else { Err(GraphError::MailboxDenied) };
    };
    let named = keys.first().map(|key| key.value.as_str()).unwrap_or_default();
    let knowledge = Knowledge::cached(view);
    let (by_role, kept_out) = tenant.read(|tables| {
        let Some(person) = tables.user(named) else { return Default::default() };
        let granted = access::granted(tables, knowledge, service_principal, person);
        let kept_out = access::policy_denies(tables, knowledge, &caller.app_id, person.text("id"));
        (granted, kept_out)
    });
    let held = if kept_out { by_role.clone() } else { caller.permissions.union(&by_role).cloned().collect() };
    let effective = Caller { permissions: held, ..caller.clone() };
    if permission::allows(&effective, method, templates) {
        Ok(Cow::Owned(effective))
    } else if by_token {
        Err(GraphError::ODataDisabled)
    } else {
        Err(GraphError::MailboxDenied)
    }
}
