//! Scripts for what only a person can do, with the person's own values in them.

use crate::connector::ScriptKind;

/// The script that a follow-up asks for.
pub(crate) fn of(kind: ScriptKind, product: &str, account: &str, group: Option<&str>) -> String {
    match kind {
        ScriptKind::ExchangeServerImpersonation => format!("{product} {account} {group:?}"),
    }
}
