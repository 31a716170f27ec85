//! An account as planned.

use graph::UserRef;
use graph::users::NewAccount;
use serde::{Deserialize, Serialize};

use crate::RunId;

/// An account that the plan is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedAccount {
    /// The connector's key for it.
    pub key: String,
    /// What it is, as a heading.
    pub title: String,
    /// Its address (`userPrincipalName`).
    pub address: String,
    /// What it is called.
    pub display_name: String,
    /// The one that is there already, by object id.
    pub existing: Option<UserRef>,
    /// Where a new one is used.
    pub country: Option<String>,
}

impl PlannedAccount {
    /// The step that makes it.
    pub(crate) fn step(&self) -> String {
        format!("account:{}", self.key)
    }

    /// The request's body, without the password.
    pub(crate) fn new_account(&self, run: &RunId) -> NewAccount {
        let nickname = self.address.split('@').next().unwrap_or_default();
        NewAccount {
            account_enabled: true,
            display_name: self.display_name.clone(),
            mail_nickname: nickname
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
                .take(64)
                .collect(),
            user_principal_name: self.address.clone(),
            usage_location: self.country.clone(),
            employee_id: Some(mark_of(run)),
        }
    }
}

/// What an account carries so that the run that made it is known again: 64 of its 128 random bits, since the field
/// (`employeeId`) holds 16 characters.
pub(crate) fn mark_of(run: &RunId) -> String {
    run.as_str().chars().take(16).collect()
}

/// A licence to give.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PlannedLicence {
    /// Key of the account.
    pub account: String,
    /// Id of the product.
    pub sku: String,
    /// Its name in Microsoft's lists.
    pub part_number: String,
    /// Where the account is used, to be set first; `None` when it is set already.
    pub country: Option<String>,
}

/// How long a mailbox is waited for before the run is put aside, and when it goes on by itself.
pub(crate) struct MailboxWait;

impl MailboxWait {
    /// Microsoft names no time; some minutes are ordinary.
    pub(crate) const LOOK: std::time::Duration = std::time::Duration::from_secs(20);
    pub(crate) const PATIENCE: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);
    pub(crate) const AGAIN: jiff::SignedDuration = jiff::SignedDuration::from_mins(15);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_account_carries_the_run_and_a_plain_nickname() {
        let run = RunId::from_random(u128::MAX / 3);
        let account = PlannedAccount {
            key: "account".into(),
            title: "Account".into(),
            address: "o'brien+sense@contoso.example".into(),
            display_name: "Sense".into(),
            existing: None,
            country: Some("SE".into()),
        };
        let new = account.new_account(&run);
        assert_eq!(new.mail_nickname, "obriensense");
        assert_eq!(new.employee_id.as_deref().map(str::len), Some(16));
        assert!(run.as_str().starts_with(new.employee_id.as_deref().unwrap()));
        assert_eq!(account.step(), "account:account");
    }
}
