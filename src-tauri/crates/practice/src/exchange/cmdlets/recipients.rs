//! `Get-Recipient`, `Get-Mailbox`, `Get-EXOMailbox`.

use super::super::invocation::{Invocation, Outcome};
use super::super::opath;
use super::super::recipients::{self, Recipient};
use super::super::refusal::CmdletError;
use crate::store::Tables;

/// `Get-Recipient`.
pub(crate) fn recipients(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    query(invocation, tables, |_| true)
}

/// `Get-Mailbox` and `Get-EXOMailbox`.
pub(crate) fn mailboxes(invocation: &Invocation<'_>, tables: &Tables) -> Outcome {
    query(invocation, tables, |one| one.is_mailbox())
}

/// Recipients of some kinds, narrowed by the parameters that such cmdlets share.
pub(super) fn query(
    invocation: &Invocation<'_>,
    tables: &Tables,
    of_kind: impl Fn(&Recipient<'_>) -> bool,
) -> Outcome {
    for name in ["Identity", "ExternalDirectoryObjectId", "UserPrincipalName", "PrimarySmtpAddress"] {
        let identity = invocation.text(name)?;
        if !identity.is_empty() {
            return Ok(vec![recipients::one(tables, &identity, of_kind)?.shown(tables)]);
        }
    }
    let kinds = invocation.list("RecipientTypeDetails")?;
    let filter = match invocation.text("Filter")?.as_str() {
        "" => None,
        text => Some(opath::parse(text).map_err(CmdletError::InvalidFilter)?),
    };
    let anr = invocation.text("Anr")?.to_lowercase();
    let found = recipients::all(tables)
        .filter(of_kind)
        .filter(|one| {
            kinds.is_empty() || kinds.iter().any(|kind| kind.eq_ignore_ascii_case(one.kind.details()))
        })
        .filter(|one| filter.as_ref().is_none_or(|filter| filter.holds(tables, one)))
        .filter(|one| {
            let begins = |text: &str| text.to_lowercase().starts_with(&anr);
            anr.is_empty()
                || begins(one.name())
                || begins(one.row.text("displayName"))
                || begins(one.address())
        });
    Ok(found.map(|one| one.shown(tables)).collect())
}
