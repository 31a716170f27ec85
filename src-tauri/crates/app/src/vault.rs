//! How secrets are kept: the status in words, and the person's choice.

use contract::{AppError, ErrorCode, VaultChoice, VaultStatus, VaultStore};
use secrecy::SecretString;
use vault::{AbsentReason, Choice, ConfirmedLoss, Failure, StoreKind, VaultError, VaultStatus as Status};

use crate::App;
use crate::errors::{Answer, Explain, OrExplain};

impl App {
    /// How secrets are kept; opens the vault if that needs nobody.
    pub async fn vault_open(&self) -> Answer<VaultStatus> {
        Ok(shown(self.space()?.vault_status().await?))
    }

    /// Chooses or unlocks the place where secrets are kept.
    pub async fn vault_choose(&self, choice: VaultChoice) -> Answer<VaultStatus> {
        let space = self.space()?;
        let vault = space.vault()?;
        let status = match choice {
            VaultChoice::Keyring => match vault.status() {
                Status::SessionOnly | Status::Ready { store: StoreKind::Passphrase } => {
                    vault.choose(Choice::Keyring).await
                }
                _ => vault.unlock().await,
            },
            VaultChoice::Passphrase { passphrase } => {
                let passphrase = SecretString::from(passphrase.take());
                // Whether records are there under another key is known only when the search for it has ended.
                if space.vault_status().await? == Status::NeedsPassphrase {
                    vault.unlock_with_passphrase(passphrase).await
                } else {
                    vault.choose(Choice::Passphrase(passphrase)).await
                }
            }
            VaultChoice::SessionOnly => vault.choose(Choice::SessionOnly).await,
            VaultChoice::AbandonLost => match vault.status() {
                Status::KeyLost { sealed_records, .. } => {
                    vault.abandon_sealed_records(ConfirmedLoss { sealed_records }).await.or_explain()?;
                    vault.unlock().await
                }
                status => Ok(status),
            },
        };
        let status = match status {
            // Records under the keyring's key stand in the way, and the keyring is the one that is closed.
            Err(VaultError::UnreadableRecords { .. })
                if !matches!(vault.status(), Status::KeyLost { .. }) =>
            {
                return Err(vault.status().explain());
            }
            status => shown(status.or_explain()?),
        };
        self.changed(contract::Changed::Status);
        Ok(status)
    }
}

/// A status as the window shows it.
pub(crate) fn shown(status: Status) -> VaultStatus {
    match status {
        Status::Waiting => VaultStatus::Waiting,
        Status::Ready { store: StoreKind::Keyring } => VaultStatus::Ready { store: VaultStore::Keyring },
        Status::Ready { store: StoreKind::Passphrase } => {
            VaultStatus::Ready { store: VaultStore::Passphrase }
        }
        Status::SessionOnly => VaultStatus::Ready { store: VaultStore::SessionOnly },
        Status::Locked => VaultStatus::Locked,
        Status::Absent { reason } => VaultStatus::Absent { why: absent(reason).to_owned() },
        Status::NeedsPassphrase => VaultStatus::NeedsPassphrase,
        Status::KeyLost { sealed_records, .. } => {
            VaultStatus::KeyLost { sealed_records: u32::try_from(sealed_records).unwrap_or(u32::MAX) }
        }
        Status::Failed { cause: Failure::KeyringNotAnswering } => VaultStatus::NotAnswering,
        Status::Failed { cause: Failure::KeyringRefused | Failure::KeyringUnreliable } => {
            VaultStatus::Failed {
                error: AppError::new(ErrorCode::KeyringNotAnswering)
                    .because("The system keyring answered, but did not keep what it was given."),
            }
        }
        Status::Failed { .. } => VaultStatus::Failed { error: status.explain() },
    }
}

fn absent(reason: AbsentReason) -> &'static str {
    match reason {
        AbsentReason::NoService => "This computer runs no keyring.",
        AbsentReason::NoCollection => "The keyring of this computer was never set up.",
        AbsentReason::NotConfigured => "Gatehouse was started without a keyring.",
    }
}
