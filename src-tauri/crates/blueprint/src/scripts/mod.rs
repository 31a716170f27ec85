//! Scripts for what only a person can do, with the person's own values in them.
//!
//! The texts are Gatehouse's own and are reviewed like code; a connector file can ask for one and cannot bring one.
//! Every value goes through [`quoted`], so that a name with a quote in it stays a name. A script can be run again: it
//! looks at what is there before it makes anything. None of them holds a secret.

mod access_policy;
mod application_roles;
mod ews_allow_list;
mod exchange_server;
mod quoting;

pub use access_policy::access_policy;
pub use application_roles::{LimitedApp, application_roles};
pub use ews_allow_list::ews_allow_list;
pub use exchange_server::exchange_server_impersonation;
pub use quoting::quoted;

use crate::connector::ScriptKind;
use crate::setup::MailboxAccess;
use quoting::recipient_filter_text;

/// The script that a follow-up asks for.
pub(crate) fn of(kind: ScriptKind, product: &str, account: &str, group: Option<&str>) -> String {
    match kind {
        ScriptKind::ExchangeServerImpersonation => exchange_server_impersonation(product, account, group),
    }
}

/// The recipient filter (OPATH) that names these people, for `New-ManagementScope -RecipientRestrictionFilter`. `None`
/// for a group, whose filter needs the group's distinguished name, and for everybody, who need none.
#[must_use]
pub fn recipient_filter(access: &MailboxAccess) -> Option<String> {
    match access {
        MailboxAccess::People(people) => {
            let each =
                people.iter().map(|one| format!("PrimarySmtpAddress -eq {}", recipient_filter_text(one)));
            Some(each.collect::<Vec<_>>().join(" -or "))
        }
        MailboxAccess::Everyone | MailboxAccess::Group(_) => None,
    }
}
