//! What a person wants for an app that is there already.

use blueprint::MailboxAccess;

use super::LimitWay;

/// What is to become of an app's access to mailboxes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailboxGoal {
    /// It reaches these and no others.
    Limit {
        /// Which.
        access: MailboxAccess,
        /// How it is kept to them.
        way: LimitWay,
    },
    /// It is limited in Exchange and reaches every mailbox all the same, by what Entra grants: that goes.
    Mend,
    /// Its application access policies are replaced by roles in Exchange.
    MigratePolicies,
}
