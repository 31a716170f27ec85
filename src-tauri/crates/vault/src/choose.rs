//! What guards the key, when the person chooses: the keyring, a passphrase, or nothing beyond this session.

use std::sync::Arc;

use secrecy::SecretString;

use crate::database::{Database, KeyRow, Protection, StoredRecord};
use crate::error::VaultError;
use crate::key::DataKey;
use crate::obtain::{NoKey, Prompt, Search};
use crate::passphrase::{self, Cost};
use crate::seal;
use crate::state::{Open, Shared};
use crate::status::{Failure, StoreKind, VaultStatus};
use crate::vault::{Vault, place};

/// What the person chose to guard the key with.
#[derive(Debug)]
pub enum Choice {
    /// The system keyring.
    Keyring,
    /// A passphrase, asked for at each start.
    Passphrase(SecretString),
    /// Nothing is kept beyond this session. Records on the disk stay as they are.
    SessionOnly,
}

impl Vault {
    /// Does what the person chose. Records that can be read now are sealed anew under the new key and moved along; if some
    /// cannot be read, nothing happens.
    ///
    /// # Errors
    /// [`VaultError::UnreadableRecords`], [`VaultError::PassphraseTooShort`], [`VaultError::NotReady`] where the keyring
    /// did not go along, and others. Nothing was changed then.
    pub async fn choose(&self, choice: Choice) -> Result<VaultStatus, VaultError> {
        self.blocking(move |shared| match choice {
            Choice::Keyring => shared.guard_by_keyring(),
            Choice::Passphrase(passphrase) => shared.guard_by_passphrase(&passphrase),
            Choice::SessionOnly => shared.guard_by_nothing(),
        })
        .await
    }

    /// Opens the key with its passphrase. Takes about as long as Argon2id with 64 MiB takes: a fraction of a second.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`], [`VaultError::NoPassphrase`], and others.
    pub async fn unlock_with_passphrase(&self, passphrase: SecretString) -> Result<VaultStatus, VaultError> {
        self.blocking(move |shared| {
            let key = shared.unwrap_key(&passphrase)?;
            Ok(shared.hold(Open::Disk(Arc::new(key)), VaultStatus::Ready { store: StoreKind::Passphrase }))
        })
        .await
    }

    /// Wraps the same key under another passphrase.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`] for the old one, [`VaultError::PassphraseTooShort`] for the new one, and others.
    pub async fn change_passphrase(&self, old: SecretString, new: SecretString) -> Result<(), VaultError> {
        self.blocking(move |shared| {
            let key = shared.unwrap_key(&old)?;
            let wrapped = passphrase::wrap(&key, &new, Cost::RECOMMENDED)?;
            shared.disk.write(|transaction| {
                crate::vault::check_key_is_current(transaction, &key)?;
                shared.row(&key, Protection::Passphrase(wrapped)).put(transaction)
            })
        })
        .await
    }
}

impl Shared {
    fn guard_by_keyring(self: &Arc<Self>) -> Result<VaultStatus, VaultError> {
        let moving = match self.held() {
            Open::Nothing => false,
            Open::Session(..) => true,
            Open::Disk(_) => self.status() != VaultStatus::Ready { store: StoreKind::Keyring },
        };
        if !moving {
            return Ok(self.search(Prompt::Allowed));
        }
        let shared = Arc::clone(self);
        let key = self
            .keyring
            .ask(move |store| {
                let (folder, space, clock) = (&shared.folder, shared.space.as_str(), &shared.clock);
                Search { store, folder, space, clock }.for_moving()
            })
            .unwrap_or(Err(NoKey(VaultStatus::Failed { cause: Failure::KeyringNotAnswering })))
            .map_err(|NoKey(status)| VaultError::NotReady { status })?;
        self.reseal(key, Protection::Keyring, StoreKind::Keyring)
    }

    fn guard_by_passphrase(&self, passphrase: &SecretString) -> Result<VaultStatus, VaultError> {
        let key = DataKey::generate();
        let wrapped = passphrase::wrap(&key, passphrase, Cost::RECOMMENDED)?;
        self.reseal(key, Protection::Passphrase(wrapped), StoreKind::Passphrase)
    }

    fn guard_by_nothing(&self) -> Result<VaultStatus, VaultError> {
        if matches!(self.held(), Open::Session(..)) {
            return Ok(self.status());
        }
        let (key, memory) = (DataKey::generate(), Database::in_memory()?);
        memory.write(|transaction| self.row(&key, Protection::Session).put(transaction))?;
        Ok(self.hold(Open::Session(Arc::new(key), Arc::new(memory)), VaultStatus::SessionOnly))
    }

    /// Seals every record under `key` and writes that this key counts from now on, in one transaction.
    fn reseal(
        &self,
        key: DataKey,
        protection: Protection,
        store: StoreKind,
    ) -> Result<VaultStatus, VaultError> {
        let held = self.held();
        let (disk_key, session) = match &held {
            Open::Nothing => (None, None),
            Open::Disk(old) => (Some(old), None),
            Open::Session(old, memory) => (None, Some((old, memory.read(StoredRecord::all)?))),
        };
        self.disk.write(|transaction| {
            let stored = StoredRecord::all(transaction)?;
            let sealed_records = stored.len() as u64;
            match disk_key {
                Some(old) => {
                    for record in stored {
                        reseal_record(&record, old, &key)?.put(transaction)?;
                    }
                }
                None if stored.iter().any(|record| record.key_id != key.id().as_str()) => {
                    return Err(VaultError::UnreadableRecords { sealed_records });
                }
                None => {}
            }
            for (old, records) in session.iter() {
                for record in records {
                    reseal_record(record, old, &key)?.put(transaction)?;
                }
            }
            self.row(&key, protection).put(transaction)
        })?;
        Ok(self.hold(Open::Disk(Arc::new(key)), VaultStatus::Ready { store }))
    }

    fn unwrap_key(&self, passphrase: &SecretString) -> Result<DataKey, VaultError> {
        let row = self.disk.read(KeyRow::get)?.ok_or(VaultError::NoPassphrase)?;
        match &row.protection {
            Protection::Passphrase(wrapped) => passphrase::unwrap(wrapped, &row.key_id, passphrase),
            Protection::Keyring | Protection::Session => Err(VaultError::NoPassphrase),
        }
    }

    fn row(&self, key: &DataKey, protection: Protection) -> KeyRow {
        KeyRow {
            key_id: key.id().as_str().to_owned(),
            space: self.space.as_str().to_owned(),
            protection,
            created: (self.clock)().to_string(),
        }
    }
}

/// The same record under another key. The value passes through memory that is wiped, and is never made a `String`.
fn reseal_record(record: &StoredRecord, old: &DataKey, new: &DataKey) -> Result<StoredRecord, VaultError> {
    if record.key_id == new.id().as_str() {
        return Ok(record.clone());
    }
    let (id, kind, tenant) = (&record.id, &record.kind, &record.tenant);
    let unreadable = |_| VaultError::UnreadableRecords { sealed_records: 1 };
    let value = seal::open(old, &place(id, kind, tenant, old), &record.sealed).map_err(unreadable)?;
    let sealed = seal::seal(new, &place(id, kind, tenant, new), &value).map_err(unreadable)?;
    Ok(StoredRecord { key_id: new.id().as_str().to_owned(), sealed, ..record.clone() })
}
