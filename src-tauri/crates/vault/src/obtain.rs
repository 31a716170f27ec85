//! How a vault comes by its data key. Runs on the keyring thread, and decides between first run and lost key.

use std::path::Path;

use rand::Rng as _;

use crate::clock::Clock;
use crate::database::{Database, KeyRow, Protection, StoredRecord, lock_file};
use crate::error::VaultError;
use crate::key::DataKey;
use crate::keyring::{Availability, EntryName, SecretStore, StoreError};
use crate::status::{Failure, KeyLoss, VaultStatus};

/// Held while a key is made, so that two processes do not both make one. The system frees it when a process dies.
const CREATION_LOCK: &str = "key.lock";

/// Whether the keyring may put a question to the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Prompt {
    /// No: nobody asked for it.
    Forbidden,
    /// Yes: the person pressed a button.
    Allowed,
}

/// What a key is looked for with.
pub(crate) struct Search<'a> {
    pub(crate) store: &'a dyn SecretStore,
    pub(crate) folder: &'a Path,
    pub(crate) space: &'a str,
    pub(crate) clock: &'a Clock,
}

/// Why there is no key, as a status.
#[derive(Debug)]
pub(crate) struct NoKey(pub(crate) VaultStatus);

impl From<StoreError> for NoKey {
    fn from(error: StoreError) -> Self {
        Self(match error {
            StoreError::Locked => VaultStatus::Locked,
            StoreError::Absent(reason) => VaultStatus::Absent { reason },
            StoreError::NotAnswering => VaultStatus::Failed { cause: Failure::KeyringNotAnswering },
            StoreError::Refused => VaultStatus::Failed { cause: Failure::KeyringRefused },
        })
    }
}

impl From<VaultError> for NoKey {
    fn from(error: VaultError) -> Self {
        let cause = match error {
            VaultError::NotReady { status } => return Self(status),
            VaultError::DiskFull => Failure::DiskFull,
            VaultError::ReadOnly => Failure::ReadOnly,
            _ => Failure::Storage,
        };
        Self(VaultStatus::Failed { cause })
    }
}

impl Search<'_> {
    /// Finds the key of the records in `disk`. Makes one only where nothing is sealed yet.
    pub(crate) fn for_records(&self, disk: &Database, prompt: Prompt) -> Result<DataKey, NoKey> {
        self.look(prompt)?;
        let cause = match self.read()? {
            Stored::Key(key) => return self.adopt(disk, key),
            Stored::Nothing => KeyLoss::Missing,
            Stored::NoKey => KeyLoss::Replaced,
        };
        match count_foreign(disk, None)? {
            0 => self.adopt(disk, self.make()?),
            sealed_records => lost(sealed_records, cause),
        }
    }

    /// The key in the keyring, made if there is none, whatever is sealed: for moving records to the keyring.
    pub(crate) fn for_moving(&self) -> Result<DataKey, NoKey> {
        self.look(Prompt::Allowed)?;
        match self.read()? {
            Stored::Key(key) => Ok(key),
            Stored::Nothing => self.make(),
            Stored::NoKey => Err(NoKey(VaultStatus::Failed { cause: Failure::KeyringRefused })),
        }
    }

    /// What the keyring holds now, without a prompt. `None` where it is locked and therefore cannot be asked.
    pub(crate) fn held(&self) -> Result<Option<Stored>, NoKey> {
        match self.look(Prompt::Forbidden) {
            Ok(()) => self.read().map(Some),
            Err(NoKey(VaultStatus::Locked)) => Ok(None),
            Err(other) => Err(other),
        }
    }

    fn look(&self, prompt: Prompt) -> Result<(), NoKey> {
        match self.store.availability() {
            Availability::Open => Ok(()),
            Availability::Locked if prompt == Prompt::Allowed => Ok(self.store.unlock()?),
            Availability::Locked => Err(StoreError::Locked.into()),
            Availability::Absent(reason) => Err(StoreError::Absent(reason).into()),
            Availability::NotAnswering => Err(StoreError::NotAnswering.into()),
        }
    }

    fn read(&self) -> Result<Stored, NoKey> {
        Ok(match self.store.read(&EntryName::data_key(self.space))? {
            None => Stored::Nothing,
            Some(text) => DataKey::from_text(&text).map_or(Stored::NoKey, Stored::Key),
        })
    }

    /// Makes a key, unless another process is quicker. The key counts only once it was read back.
    fn make(&self) -> Result<DataKey, NoKey> {
        let lock = lock_file(&self.folder.join(CREATION_LOCK)).map_err(VaultError::from)?;
        lock.lock().map_err(VaultError::from)?;
        if let Stored::Key(key) = self.read()? {
            return Ok(key);
        }
        self.probe()?;
        let key = DataKey::generate();
        self.store.write(&EntryName::data_key(self.space), &key.to_text())?;
        match self.read()? {
            Stored::Key(stored) if stored.id() == key.id() => Ok(key),
            _ => Err(NoKey(VaultStatus::Failed { cause: Failure::KeyringUnreliable })),
        }
    }

    /// Writes, reads and deletes a test value beside the key's place.
    fn probe(&self) -> Result<(), NoKey> {
        let entry = EntryName::probe(self.space);
        let mut random = [0_u8; 16];
        rand::rng().fill_bytes(&mut random);
        let value: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        self.store.write(&entry, &value)?;
        let back = self.store.read(&entry)?;
        self.store.delete(&entry)?;
        let gone = self.store.read(&entry)?.is_none();
        if gone && back.is_some_and(|back| *back == value) {
            Ok(())
        } else {
            Err(NoKey(VaultStatus::Failed { cause: Failure::KeyringUnreliable }))
        }
    }

    /// Writes down that this key seals the records, if it does or if there are none.
    fn adopt(&self, disk: &Database, key: DataKey) -> Result<DataKey, NoKey> {
        let row = disk.read(KeyRow::get)?;
        let foreign = count_foreign(disk, Some(&key))?;
        if foreign > 0 {
            return lost(foreign, KeyLoss::Replaced);
        }
        if row.is_some_and(|row| row.key_id == key.id().as_str() && row.protection == Protection::Keyring) {
            return Ok(key);
        }
        disk.write(|transaction| {
            // Looked at again inside the transaction: another process may have sealed something meanwhile.
            let foreign = StoredRecord::count(transaction, key.id().as_str())?.foreign;
            if foreign > 0 {
                let cause = KeyLoss::Replaced;
                let status = VaultStatus::KeyLost { sealed_records: foreign, cause };
                return Err(VaultError::NotReady { status });
            }
            self.row(&key, Protection::Keyring).put(transaction)
        })?;
        Ok(key)
    }

    /// The row that says that `key` seals the records.
    pub(crate) fn row(&self, key: &DataKey, protection: Protection) -> KeyRow {
        KeyRow {
            key_id: key.id().as_str().to_owned(),
            space: self.space.to_owned(),
            protection,
            created: (self.clock)().to_string(),
        }
    }
}

/// What lies where the key belongs.
#[derive(Debug)]
pub(crate) enum Stored {
    Key(DataKey),
    Nothing,
    /// Something that is not a key.
    NoKey,
}

/// How many records the key (or, without one, any key) does not open.
fn count_foreign(disk: &Database, key: Option<&DataKey>) -> Result<u64, VaultError> {
    disk.read(|connection| {
        Ok(StoredRecord::count(connection, key.map_or("", |key| key.id().as_str()))?.foreign)
    })
}

fn lost<T>(sealed_records: u64, cause: KeyLoss) -> Result<T, NoKey> {
    Err(NoKey(VaultStatus::KeyLost { sealed_records, cause }))
}
