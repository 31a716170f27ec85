//! An account, made at most once: its name is its key, and the run's mark in it says whose it is.
//!
//! The password is sealed and read back before it is sent: whatever becomes of the answer, it is kept. A try whose outcome
//! is unknown is settled by looking the name up; a repeated try sends the same password.

use graph::resources::Account;
use graph::{GraphError, UserRef, users};
use secrecy::{ExposeSecret as _, SecretString};

use super::password;
use crate::apply::events::Hold;
use crate::apply::operation::{Answer, operation};
use crate::apply::run::Running;
use crate::apply::session::{PasswordAddress, StoreError};
use crate::apply::stop::Stop;
use crate::plan::{PlannedAccount, Step, mark_of};
use crate::{Note, StepKey};

/// How often a name is looked up that is taken and not shown yet.
const LOOKS: u32 = 8;

impl Running {
    pub(super) async fn ensure_user(&self, step: &Step, planned: &PlannedAccount) -> Result<(), Stop> {
        let key = StepKey::of(&step.id);
        if self.is_answered(step) {
            return Ok(());
        }
        let since = self.started(&step.id);
        if self.facts().first_intent(&key).is_none() || !self.find_lost(&key, planned).await? {
            self.create(&key, planned).await?;
        }
        self.read_account_back(step, planned).await?;
        self.done(&step.id, since);
        Ok(())
    }

    /// An earlier try may have made it: then the name is taken, and the mark is this run's.
    async fn find_lost(&self, key: &StepKey, planned: &PlannedAccount) -> Result<bool, Stop> {
        match self.graph_for(key).send(users::account(&name_of(planned)?)).await {
            Ok(account) => self.adopt_account(key, planned, account).await.map(|()| true),
            Err(GraphError::NotFound(_)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    async fn create(&self, key: &StepKey, planned: &PlannedAccount) -> Result<(), Stop> {
        let address = self.password_address(planned);
        let password = self.sealed_password(key, &address, planned).await?;
        let request = users::create(&planned.new_account(&self.plan.run), Some(password));
        let made = planned.address.clone();
        let operation = operation(key.clone(), request, move |account: Account| {
            Answer::Done(Note::Account { id: account.id, address: made.clone(), created: true })
        });
        for (_, result) in self.perform(vec![operation], None).await? {
            match result {
                Ok(_) => {}
                Err(GraphError::AlreadyExists(_)) => self.look_up_account(key, planned).await?,
                Err(error) => {
                    // Clearly refused: nothing exists that this password would open.
                    if !error.outcome().may_have_applied() {
                        self.forget_password(&address).await?;
                    }
                    return Err(error.into());
                }
            }
        }
        Ok(())
    }

    /// The password that is sealed already, where an earlier try may have sent it; else a new one, sealed now.
    async fn sealed_password(
        &self,
        key: &StepKey,
        address: &PasswordAddress,
        planned: &PlannedAccount,
    ) -> Result<SecretString, Stop> {
        let vault = &self.worker.session.vault;
        vault.prove_writable().await.map_err(Stop::Vault)?;
        if self.facts().first_intent(key).is_some()
            && let Some(kept) = vault.password(address).await.map_err(Stop::Vault)?
        {
            return Ok(kept);
        }
        let new = password::make(&*self.worker.session.surroundings);
        vault.put_password(address, &planned.title, &new).await.map_err(Stop::Vault)?;
        match vault.password(address).await.map_err(Stop::Vault)? {
            Some(kept) if kept.expose_secret() == new.expose_secret() => Ok(new),
            _ => Err(Stop::Vault(StoreError::Unreadable)),
        }
    }

    /// The name is taken: by a try of this run whose answer was lost, or by somebody else.
    async fn look_up_account(&self, key: &StepKey, planned: &PlannedAccount) -> Result<(), Stop> {
        let (graph, name) = (self.graph_for(key), name_of(planned)?);
        for look in 0..LOOKS {
            match graph.send(users::account(&name)).await {
                Ok(account) => return self.adopt_account(key, planned, account).await,
                Err(GraphError::NotFound(_)) => {
                    self.hold(&key.step, Hold::Spreading, self.backoff(look)).await?;
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(Stop::StillSpreading)
    }

    async fn adopt_account(
        &self,
        key: &StepKey,
        planned: &PlannedAccount,
        account: Account,
    ) -> Result<(), Stop> {
        if account.employee_id.as_deref() != Some(mark_of(&self.plan.run).as_str()) {
            // The password that was sealed opens nothing.
            self.forget_password(&self.password_address(planned)).await?;
            return Err(Stop::Drift {
                what: vec![format!(
                    "Somebody made an account “{}” since this plan was made. Make the plan again to use it.",
                    planned.address
                )],
            });
        }
        let note = Note::Account { id: account.id, address: planned.address.clone(), created: true };
        self.settle(key, note).await
    }

    /// Reads it by its id until it is there as wanted.
    async fn read_account_back(&self, step: &Step, planned: &PlannedAccount) -> Result<(), Stop> {
        let Some(id) = self.user_of(&planned.key) else { return Err(Stop::StillSpreading) };
        let call = self.call(vec![step.id.clone()], Some(self.now()));
        let account = self.worker.session.graph.with_call(call).send(users::account(&id)).await?;
        if account.account_enabled == Some(false) {
            return Err(Stop::Drift {
                what: vec![format!("The account “{}” was switched off in the meantime.", planned.address)],
            });
        }
        self.verified(&step.id, Note::Plain).await
    }

    pub(crate) async fn forget_password(&self, address: &PasswordAddress) -> Result<(), Stop> {
        self.worker().session.vault.remove_account_password(address).await.map_err(Stop::Vault)
    }
}

pub(crate) fn name_of(planned: &PlannedAccount) -> Result<UserRef, Stop> {
    UserRef::new(planned.address.clone())
        .map_err(|_| Stop::NotSupported { what: format!("The address “{}”", planned.address) })
}
