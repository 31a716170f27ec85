//! The proof, before something irreplaceable is fetched, that it can be kept.

use std::sync::Arc;

use jiff::SignedDuration;
use rand::Rng as _;

use crate::database::{StoredRecord, canary};
use crate::error::VaultError;
use crate::key::DataKey;
use crate::keyring::thread::NotAnswering;
use crate::obtain::{NoKey, Search, Stored};
use crate::seal;
use crate::state::Shared;
use crate::status::{Failure, KeyLoss, StoreKind, VaultStatus};
use crate::vault::{Vault, check_key_is_current, place};

/// Longer than any secret that is fetched, so that the file is made to grow now rather than later.
const CANARY_BYTES: usize = 8 * 1024;
/// After this, a canary belongs to a process that was killed.
const STALE: SignedDuration = SignedDuration::from_hours(1);

impl Vault {
    /// Seals a test value, writes it to the disk, reads it back, opens it, compares it and deletes it; and, where the
    /// keyring guards the key and can be asked without a prompt, checks that it still holds that key. Call it right before
    /// a secret is created that is shown only once.
    ///
    /// A `KeyLost` from here still has the key in memory: `choose` a passphrase to save the records.
    ///
    /// # Errors
    /// [`VaultError`] saying why a value would not be kept.
    pub async fn prove_writable(&self) -> Result<(), VaultError> {
        self.blocking(|shared| {
            let (target, key) = shared.writer()?;
            if shared.status() == (VaultStatus::Ready { store: StoreKind::Keyring }) {
                shared.prove_key_is_kept(&key)?;
            }
            let database = target.as_ref();
            let now = (shared.clock)();
            let mut value = vec![0_u8; CANARY_BYTES];
            rand::rng().fill_bytes(&mut value);
            let record = seal_canary(&key, &value, &now.to_string())?;
            let stale = now.checked_sub(STALE).unwrap_or(now).to_string();
            let written = database.write(|transaction| {
                check_key_is_current(transaction, &key)?;
                canary::sweep(transaction, &stale)?;
                record.put(transaction)
            });
            shared.close_if_changed(written)?;
            let back = database.read(|connection| StoredRecord::get(connection, &record.id))?;
            database.write(|transaction| StoredRecord::remove(transaction, &record.id))?;
            let damaged = || VaultError::Damaged { quarantined_as: None };
            let back = back.ok_or_else(damaged)?;
            let place = place(&back.id, &back.kind, &back.tenant, &key);
            let opened = seal::open(&key, &place, &back.sealed).map_err(|_| damaged())?;
            if *opened == value { Ok(()) } else { Err(damaged()) }
        })
        .await
    }
}

impl Shared {
    fn prove_key_is_kept(self: &Arc<Self>, key: &DataKey) -> Result<(), VaultError> {
        let shared = Arc::clone(self);
        let held = self.keyring.ask(move |store| {
            let (folder, space, clock) = (&shared.folder, shared.space.as_str(), &shared.clock);
            Search { store, folder, space, clock }.held()
        });
        let cause = match held {
            // Locked: the entry cannot be looked at, and nothing says that it is gone.
            Ok(Ok(None)) => return Ok(()),
            Ok(Ok(Some(Stored::Key(kept)))) if kept.id() == key.id() => return Ok(()),
            Ok(Ok(Some(Stored::Nothing))) => KeyLoss::Missing,
            Ok(Ok(Some(Stored::Key(_) | Stored::NoKey))) => KeyLoss::Replaced,
            Ok(Err(NoKey(status))) => return Err(VaultError::NotReady { status }),
            Err(NotAnswering) => {
                let status = VaultStatus::Failed { cause: Failure::KeyringNotAnswering };
                return Err(VaultError::NotReady { status });
            }
        };
        let sealed_records = self.disk.read(StoredRecord::all)?.len() as u64;
        let status = VaultStatus::KeyLost { sealed_records, cause };
        Err(VaultError::NotReady { status })
    }
}

fn seal_canary(key: &DataKey, value: &[u8], created: &str) -> Result<StoredRecord, VaultError> {
    let mut random = [0_u8; 16];
    rand::rng().fill_bytes(&mut random);
    let id: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let sealed = seal::seal(key, &place(&id, canary::KIND, canary::KIND, key), value)
        .map_err(|_| VaultError::Damaged { quarantined_as: None })?;
    Ok(StoredRecord {
        id,
        kind: canary::KIND.to_owned(),
        tenant: canary::KIND.to_owned(),
        key_id: key.id().as_str().to_owned(),
        sealed,
        created: created.to_owned(),
        label: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::Timestamp;
    use secrecy::{ExposeSecret as _, SecretString};

    use super::*;
    use crate::keyring::testing::MemoryKeyring;
    use crate::{RecordAddress, RecordId, RecordKind, Space, VaultOptions};

    /// SQLite itself says that there is no room, as it does when the disk has none.
    #[tokio::test]
    #[allow(clippy::await_holding_invalid_type, reason = "the secrets of tests are not secret")]
    async fn a_full_disk_is_found_before_a_secret_is_fetched() {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(|| Timestamp::from_second(1_770_000_000).unwrap());
        let options = VaultOptions::new(folder.path(), Space::new("work").unwrap(), clock);
        let vault = Vault::open(options.with_keyring(MemoryKeyring::new().backend())).unwrap();
        vault.watch().wait_for(|status| status.can_seal()).await.unwrap();
        vault.prove_writable().await.unwrap();

        let allow = |pages: i64| {
            vault.shared.disk.read(|connection| {
                connection
                    .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get::<_, i64>(0))?;
                Ok(())
            })
        };
        allow(1).unwrap();
        let address = RecordAddress::new(RecordId::new("a").unwrap(), RecordKind::Password, "t").unwrap();
        // The proof left free pages behind, on purpose: what it proved is really there for the secret.
        vault.put(&address, "", &SecretString::from("x".repeat(4_000))).await.unwrap();
        assert!(matches!(vault.prove_writable().await, Err(VaultError::DiskFull)));
        let long = SecretString::from("x".repeat(100_000));
        assert!(matches!(vault.put(&address, "", &long).await, Err(VaultError::DiskFull)));
        assert_eq!(vault.get(&address).await.unwrap().expose_secret().len(), 4_000);
        allow(1_000_000).unwrap();
        vault.prove_writable().await.unwrap();
    }
}
