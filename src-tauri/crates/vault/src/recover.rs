//! Giving up records that no key opens: only when the person says so, and never more than they were told.

use crate::database::{KeyRow, StoredRecord};
use crate::error::VaultError;
use crate::obtain::Prompt;
use crate::record::RecordInfo;
use crate::state::Open;
use crate::vault::Vault;

/// The person was shown what is lost and agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfirmedLoss {
    /// The number of sealed records that they were shown: that of `KeyLost`, or the length of `list`.
    pub sealed_records: u64,
}

impl Vault {
    /// Deletes the records that cannot be read, and returns what they were, so that each can be made anew. Afterwards the
    /// vault is as on the first run, and looks for a key without a prompt.
    ///
    /// # Errors
    /// [`VaultError::StaleConfirmation`] if there are more or fewer than were confirmed, [`VaultError::StillReadable`]
    /// while a key opens them, and others. Nothing was deleted then.
    pub async fn abandon_sealed_records(
        &self,
        confirmed: ConfirmedLoss,
    ) -> Result<Vec<RecordInfo>, VaultError> {
        self.blocking(move |shared| {
            let held = shared.held();
            if matches!(held, Open::Disk(_)) {
                return Err(VaultError::StillReadable);
            }
            let given_up = shared.disk.write(|transaction| {
                let records = StoredRecord::all(transaction)?;
                let sealed_records = records.len() as u64;
                if sealed_records != confirmed.sealed_records {
                    return Err(VaultError::StaleConfirmation { sealed_records });
                }
                StoredRecord::remove_all(transaction)?;
                KeyRow::remove(transaction)?;
                Ok(records)
            })?;
            tracing::warn!(records = given_up.len(), "sealed records were given up");
            if matches!(held, Open::Nothing) {
                shared.search(Prompt::Forbidden);
            }
            Ok(given_up.iter().filter_map(|record| record.info(false)).collect())
        })
        .await
    }
}
