//! Who is signed in: remembered without secrets, so that names and organisations show while the vault is closed.

use contract::{
    AccountState, AccountView, Changed, OrganisationClient, RoleView, SignInPurpose, SignedOut, When,
};
use identity::{AccountKey, Guid, Scopes};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::documents::Kind;
use crate::errors::{Answer, OrExplain, no_such, sign_in_needed};
use crate::space::OpenSpace;
use crate::{App, clouds, held};

/// An account as remembered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Account {
    pub(crate) cloud: identity::CloudId,
    pub(crate) client_id: Guid,
    pub(crate) key: AccountKey,
    pub(crate) tenant_name: String,
    pub(crate) name: String,
    pub(crate) upn: String,
    /// Active directory roles as last seen: name and template id.
    pub(crate) roles: Option<Vec<(String, String)>>,
    /// What it was last signed in for, as scope names.
    pub(crate) scopes: String,
    pub(crate) signed_in_at: Timestamp,
    /// Through Microsoft's own client; never written down.
    pub(crate) bootstrap: bool,
    /// Microsoft wants the person to sign in again.
    pub(crate) needs_sign_in: bool,
}

impl Account {
    /// Stable name: organisation, person, client.
    pub(crate) fn id(&self) -> String {
        format!("{}.{}.{}", self.key.tenant_id, self.key.object_id, self.client_id)
    }

    /// Whether its session was asked for what this purpose needs.
    pub(crate) fn covers(&self, purpose: SignInPurpose) -> bool {
        crate::sign_in::covers(&Scopes::parse(&self.scopes), purpose)
    }

    /// As the window shows it.
    pub(crate) fn view(&self, space: &OpenSpace) -> AccountView {
        let vault_closed = !self.bootstrap && !space.vault().is_ok_and(|vault| vault.status().can_seal());
        AccountView {
            id: self.id(),
            cloud: clouds::shown(&self.cloud),
            tenant_id: self.key.tenant_id.to_string(),
            tenant_name: self.tenant_name.clone(),
            name: self.name.clone(),
            upn: self.upn.clone(),
            client_id: self.client_id.to_string(),
            bootstrap: self.bootstrap,
            roles: self.roles.as_ref().map(|roles| {
                roles
                    .iter()
                    .map(|(name, id)| RoleView { name: name.clone(), template_id: id.clone() })
                    .collect()
            }),
            state: if self.needs_sign_in {
                AccountState::NeedsSignIn
            } else if vault_closed {
                AccountState::VaultClosed
            } else {
                AccountState::Ready
            },
            signed_in_at: When(self.signed_in_at),
        }
    }
}

/// Which account the window looks through.
const ACTIVE: &str = "active-account";

impl App {
    /// Organisations whose Gatehouse registration is known here.
    pub async fn organisation_clients(&self) -> Answer<Vec<OrganisationClient>> {
        self.space()?.documents.list(Kind::OrganisationClient).or_explain()
    }

    /// Looks through another account's eyes.
    pub async fn account_choose(&self, id: &str) -> Answer<AccountView> {
        let space = self.space()?;
        let account = self.account(&space, id)?;
        self.remember_active(&space, id)?;
        self.changed(Changed::Status);
        Ok(account.view(&space))
    }

    /// The account that the window looks through.
    pub fn active_account(&self) -> Answer<AccountView> {
        let space = self.space()?;
        self.active(&space).map(|account| account.view(&space))
    }

    /// Removes a session from this machine.
    pub async fn sign_out(&self, id: &str) -> Answer<SignedOut> {
        let space = self.space()?;
        let account = self.account(&space, id)?;
        let session = self.session_as_it_is(&space, &account)?;
        // A vault that cannot be opened still lets go of a record.
        session.forget().await.or_explain()?;
        held(&space.sessions).remove(id);
        space.documents.remove(Kind::Account, id).or_explain()?;
        self.changed(Changed::Status);
        Ok(SignedOut {
            removed: vec![format!("Gatehouse no longer keeps a session for {} on this computer.", account.upn)],
            remains: vec![
                "What is under way can go on for up to 28 hours, and a copy that somebody made of the session for up to \
                 90 days. An admin can end both by revoking your sessions at Microsoft."
                    .to_owned(),
                "Set-ups keep working. They do not depend on your session.".to_owned(),
            ],
        })
    }

    pub(crate) fn accounts(&self, space: &OpenSpace) -> Vec<Account> {
        let mut accounts: Vec<Account> = space.documents.list(Kind::Account).unwrap_or_default();
        accounts.extend(
            held(&space.sessions).values().map(|session| session.account.clone()).filter(|a| a.bootstrap),
        );
        accounts
    }

    pub(crate) fn account(&self, space: &OpenSpace, id: &str) -> Answer<Account> {
        self.accounts(space).into_iter().find(|account| account.id() == id).ok_or_else(|| no_such("account"))
    }

    /// The active account; the newest one where none was chosen.
    pub(crate) fn active(&self, space: &OpenSpace) -> Answer<Account> {
        let accounts = self.accounts(space);
        let chosen: Option<String> = space.documents.get(Kind::Choice, ACTIVE).unwrap_or_default();
        let found = accounts.iter().find(|account| Some(account.id()) == chosen).or_else(|| accounts.first());
        found.cloned().ok_or_else(sign_in_needed)
    }

    pub(crate) fn remember_active(&self, space: &OpenSpace, id: &str) -> Answer<()> {
        space.documents.put(Kind::Choice, ACTIVE, &id, self.now()).or_explain()
    }

    /// Keeps an account in mind; one through Microsoft's own client only until the app ends.
    pub(crate) fn remember(&self, space: &OpenSpace, account: &Account) -> Answer<()> {
        if !account.bootstrap {
            space.documents.put(Kind::Account, &account.id(), account, self.now()).or_explain()?;
        }
        Ok(())
    }
}
