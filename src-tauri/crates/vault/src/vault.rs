//! The vault, as the rest of the app sees it.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use tokio::sync::watch;

use crate::database::{Database, KeyRow, StoredRecord};
use crate::error::VaultError;
use crate::key::DataKey;
use crate::obtain::Prompt;
use crate::options::VaultOptions;
use crate::record::{RecordAddress, RecordId, RecordInfo, RecordKind, checked_label};
use crate::seal::{self, AssociatedData};
use crate::state::{Open, Shared};
use crate::status::VaultStatus;

/// The longest value, in bytes. A token bundle has some 5,000; a private key, some 3,500.
pub const LONGEST_VALUE: usize = 256 * 1024;

/// Sealed storage for one space. Clones are handles on the same vault.
///
/// The async methods do their work on tokio's blocking threads, so they need a tokio runtime. Once polled, the work is
/// done even if the future is dropped.
#[derive(Clone)]
pub struct Vault {
    pub(crate) shared: Arc<Shared>,
}

impl Vault {
    /// Opens the file and returns; the keyring is asked on a thread of its own, without a prompt. Blocks for a few
    /// milliseconds of disk work. Needs no runtime.
    ///
    /// # Errors
    /// [`VaultError`] where the file can be neither used nor replaced.
    pub fn open(options: VaultOptions) -> Result<Self, VaultError> {
        let shared = Shared::open(options)?;
        let searching = Arc::clone(&shared);
        std::thread::Builder::new()
            .name("vault-open".to_owned())
            .spawn(move || searching.search(Prompt::Forbidden))
            .map_err(|_| VaultError::Interrupted)?;
        Ok(Self { shared })
    }

    /// The status now. Never waits.
    #[must_use]
    pub fn status(&self) -> VaultStatus {
        self.shared.status()
    }

    /// The status and every change of it.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<VaultStatus> {
        self.shared.watch()
    }

    /// Where a damaged file was put when this vault was opened. What could still be read of it was copied over.
    #[must_use]
    pub fn quarantined_as(&self) -> Option<&Path> {
        self.shared.quarantined_as.as_deref()
    }

    /// Looks for the key again, this time with a prompt if the keyring has one. Call it when the person asks for it.
    /// Returns within 3 s; [`VaultStatus::Waiting`] then means that the prompt is open, and [`Self::watch`] tells the rest.
    ///
    /// # Errors
    /// [`VaultError::Interrupted`] at shutdown.
    pub async fn unlock(&self) -> Result<VaultStatus, VaultError> {
        self.blocking(|shared| Ok(shared.search(Prompt::Allowed))).await
    }

    /// Seals a value and stores it; a value at the same id is replaced and its ciphertext overwritten. When this returns,
    /// the value is on the disk, or, in session-only, in memory. `label` is stored in clear.
    ///
    /// # Errors
    /// [`VaultError`]; then nothing was changed, and the caller still has the value.
    pub async fn put(
        &self,
        address: &RecordAddress,
        label: &str,
        value: &SecretString,
    ) -> Result<(), VaultError> {
        checked_label(label)?;
        let (address, label, value) = (address.clone(), label.to_owned(), value.clone());
        self.blocking(move |shared| {
            let (database, key) = shared.writer()?;
            let record = seal_record(&key, &address, &label, &value, (shared.clock)())?;
            let written = database.as_ref().write(|transaction| {
                check_key_is_current(transaction, &key)?;
                record.put(transaction)
            });
            shared.close_if_changed(written)
        })
        .await
    }

    /// Opens a value.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], [`VaultError::RecordDamaged`] where the record does not belong to this address, and others.
    pub async fn get(&self, address: &RecordAddress) -> Result<SecretString, VaultError> {
        let address = address.clone();
        self.blocking(move |shared| {
            let (database, key) = shared.writer()?;
            let id = address.id().as_str();
            match database.as_ref().read(|connection| StoredRecord::get(connection, id))? {
                Some(record) => open_record(&key, &address, &record),
                // In session-only, records of another time lie on the disk, out of reach.
                None => match shared.disk.read(|connection| StoredRecord::get(connection, id))? {
                    Some(_) => Err(VaultError::SealedByOtherKey { id: address.id().clone() }),
                    None => Err(VaultError::NotFound),
                },
            }
        })
        .await
    }

    /// Deletes a record, wherever it lies, and says whether there was one. Works without the key.
    ///
    /// # Errors
    /// [`VaultError`]; then it is still there.
    pub async fn remove(&self, id: &RecordId) -> Result<bool, VaultError> {
        let id = id.clone();
        self.blocking(move |shared| {
            let mut was_there = false;
            if let Open::Session(_, memory) = shared.held() {
                was_there = memory.write(|transaction| StoredRecord::remove(transaction, id.as_str()))?;
            }
            if shared.disk.read(|connection| StoredRecord::get(connection, id.as_str()))?.is_some() {
                was_there |=
                    shared.disk.write(|transaction| StoredRecord::remove(transaction, id.as_str()))?;
            }
            Ok(was_there)
        })
        .await
    }

    /// What is known of the records without the key: of one kind, or of all. Works in every status.
    ///
    /// # Errors
    /// [`VaultError`] where the file cannot be read.
    pub async fn list(&self, kind: Option<RecordKind>) -> Result<Vec<RecordInfo>, VaultError> {
        self.blocking(move |shared| {
            let wanted = |info: &RecordInfo| kind.is_none_or(|kind| info.kind == kind);
            Ok(shared.list()?.into_iter().filter(wanted).collect())
        })
        .await
    }

    /// Forgets the key, and with it, in session-only, every record. Records on the disk stay; `unlock` or the passphrase
    /// opens them again.
    ///
    /// # Errors
    /// [`VaultError`] where the file cannot be read to tell which of the two it will take; the key is kept then.
    pub async fn forget_session(&self) -> Result<VaultStatus, VaultError> {
        self.blocking(|shared| shared.close()).await
    }

    /// Runs work that waits for the disk or the keyring.
    pub(crate) async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Arc<Shared>) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let shared = Arc::clone(&self.shared);
        tokio::task::spawn_blocking(move || work(&shared)).await.map_err(|_| VaultError::Interrupted)?
    }
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Vault")
            .field("space", &self.shared.space)
            .field("status", &self.status())
            .finish_non_exhaustive()
    }
}

/// Where records go now.
pub(crate) enum Target<'a> {
    Disk(&'a Database),
    Memory(Arc<Database>),
}

impl AsRef<Database> for Target<'_> {
    fn as_ref(&self) -> &Database {
        match self {
            Self::Disk(database) => database,
            Self::Memory(database) => database,
        }
    }
}

impl Shared {
    /// The place and the key that records are sealed to and opened from.
    pub(crate) fn writer(&self) -> Result<(Target<'_>, Arc<DataKey>), VaultError> {
        match self.held() {
            Open::Disk(key) => Ok((Target::Disk(&self.disk), key)),
            Open::Session(key, memory) => Ok((Target::Memory(memory), key)),
            Open::Nothing => Err(VaultError::NotReady { status: self.status() }),
        }
    }

    /// A key that another window replaced is of no use any more: forgets it, so that `unlock` looks for the new one.
    pub(crate) fn close_if_changed<T>(&self, done: Result<T, VaultError>) -> Result<T, VaultError> {
        if matches!(done, Err(VaultError::KeyChanged)) {
            self.close()?;
        }
        done
    }

    pub(crate) fn list(&self) -> Result<Vec<RecordInfo>, VaultError> {
        let held = self.held();
        let key_id = match &held {
            Open::Disk(key) => key.id().as_str(),
            Open::Session(..) | Open::Nothing => "",
        };
        let stored = self.disk.read(StoredRecord::all)?;
        let mut records: Vec<_> =
            stored.iter().filter_map(|record| record.info(record.key_id == key_id)).collect();
        if let Open::Session(_, memory) = &held {
            let session = memory.read(StoredRecord::all)?;
            let session: Vec<_> = session.iter().filter_map(|record| record.info(true)).collect();
            records.retain(|record| session.iter().all(|newer| newer.id != record.id));
            records.extend(session);
        }
        Ok(records)
    }
}

/// Refuses to seal under a key that another process has replaced: the record could not be opened again.
pub(crate) fn check_key_is_current(
    connection: &rusqlite::Connection,
    key: &DataKey,
) -> Result<(), VaultError> {
    match KeyRow::get(connection)? {
        Some(row) if row.key_id == key.id().as_str() => Ok(()),
        _ => Err(VaultError::KeyChanged),
    }
}

/// Seals a value to its address.
pub(crate) fn seal_record(
    key: &DataKey,
    address: &RecordAddress,
    label: &str,
    value: &SecretString,
    now: Timestamp,
) -> Result<StoredRecord, VaultError> {
    // Read here only to be sealed.
    let plaintext = value.expose_secret().as_bytes();
    if plaintext.len() > LONGEST_VALUE {
        return Err(VaultError::TooLarge { limit: LONGEST_VALUE });
    }
    let (id, kind, tenant) = (address.id().as_str(), address.kind().as_str(), address.tenant());
    let sealed = seal::seal(key, &place(id, kind, tenant, key), plaintext)
        .map_err(|_| VaultError::TooLarge { limit: LONGEST_VALUE })?;
    Ok(StoredRecord {
        id: id.to_owned(),
        kind: kind.to_owned(),
        tenant: tenant.to_owned(),
        key_id: key.id().as_str().to_owned(),
        sealed,
        created: now.to_string(),
        label: label.to_owned(),
    })
}

/// Opens a record that must be at `address`.
pub(crate) fn open_record(
    key: &DataKey,
    address: &RecordAddress,
    record: &StoredRecord,
) -> Result<SecretString, VaultError> {
    if !record.is_at(address) {
        return Err(VaultError::RecordDamaged { id: address.id().clone() });
    }
    if record.key_id != key.id().as_str() {
        return Err(VaultError::SealedByOtherKey { id: address.id().clone() });
    }
    open_stored(key, record).ok_or_else(|| VaultError::RecordDamaged { id: address.id().clone() })
}

/// Opens a record as it lies.
pub(crate) fn open_stored(key: &DataKey, record: &StoredRecord) -> Option<SecretString> {
    let place = place(&record.id, &record.kind, &record.tenant, key);
    let plaintext = seal::open(key, &place, &record.sealed).ok()?;
    // A box of the exact size: turning a longer `String` into a secret may leave a copy behind.
    std::str::from_utf8(&plaintext).ok().map(|text| SecretBox::new(Box::from(text)))
}

/// The associated data of a record. Changing it makes every record unreadable; a new format gets a new domain.
pub(crate) fn place(id: &str, kind: &str, tenant: &str, key: &DataKey) -> AssociatedData {
    AssociatedData::new("gatehouse vault record v1")
        .field(id.as_bytes())
        .field(tenant.as_bytes())
        .field(kind.as_bytes())
        .field(key.id().as_str().as_bytes())
}
