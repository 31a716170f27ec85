//! What can go wrong, as a closed list that a screen can be built on.

use std::path::PathBuf;

use crate::record::RecordId;
use crate::status::VaultStatus;

/// Why the vault could not do what it was asked. No variant carries a secret, nor text from another library.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// No key is open; the status says why and what the person can do.
    #[error("no key is open for the sealed records")]
    NotReady {
        /// The status at that moment.
        status: VaultStatus,
    },
    /// No record has this id.
    #[error("there is no sealed record with this id")]
    NotFound,
    /// The record exists, but under a key that is not open now.
    #[error("the record {id} is sealed under a key that is not open")]
    SealedByOtherKey {
        /// The record.
        id: RecordId,
    },
    /// The record does not open: its bytes were changed, or it belongs to another tenant or kind.
    #[error("the record {id} is damaged or does not belong where it was found")]
    RecordDamaged {
        /// The record.
        id: RecordId,
    },
    /// Another Gatehouse changed the key since this one opened it. The old key is forgotten; the status says what it takes
    /// to open the new one: `unlock`, or the passphrase.
    #[error("another window of Gatehouse changed the key")]
    KeyChanged,
    /// Records exist that cannot be read now, so they cannot be moved to another key.
    #[error("{sealed_records} sealed records cannot be read now, so they cannot be moved")]
    UnreadableRecords {
        /// How many there are.
        sealed_records: u64,
    },
    /// The disk is full. Nothing was changed.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or the disk does not accept writes. Nothing was changed.
    #[error("the folder cannot be written to")]
    ReadOnly,
    /// The file is damaged. At start it is set aside and replaced; later it is left where it is until the next start.
    #[error("the file with the sealed records is damaged")]
    Damaged {
        /// Where the damaged file was put, if it was.
        quarantined_as: Option<PathBuf>,
    },
    /// The file was written by a newer version of Gatehouse. It is left alone.
    #[error("the sealed records were written by a newer version")]
    NewerVersion,
    /// The folder belongs to another space, as practice records do when a real organisation is open.
    #[error("this folder belongs to another space")]
    OtherSpace,
    /// The file is a symbolic link or no ordinary file. It is not followed.
    #[error("the file with the sealed records is not an ordinary file")]
    NotAnOrdinaryFile,
    /// Another process kept the file busy for longer than 5 seconds.
    #[error("another process is using the sealed records")]
    InUse,
    /// The operating system refused a read or a write for another reason.
    #[error("the system could not read or write the sealed records ({kind})")]
    Io {
        /// The reason.
        kind: std::io::ErrorKind,
    },
    /// SQLite refused for a reason that is none of the above.
    #[error("the database refused (code {code})")]
    Database {
        /// SQLite's extended result code, <https://www.sqlite.org/rescode.html>.
        code: i32,
    },
    /// The passphrase does not open the key.
    #[error("the passphrase is not right")]
    WrongPassphrase,
    /// The passphrase is shorter than allowed.
    #[error("a passphrase needs at least {minimum} characters")]
    PassphraseTooShort {
        /// The least number of characters.
        minimum: usize,
    },
    /// No passphrase protects this vault.
    #[error("no passphrase was set")]
    NoPassphrase,
    /// An id, kind, tenant, space or label is empty, too long, or has control characters.
    #[error("{0} is empty, too long, or has characters that are not allowed")]
    InvalidName(NameOf),
    /// The value is longer than the vault keeps.
    #[error("the value is longer than {limit} bytes")]
    TooLarge {
        /// The most bytes.
        limit: usize,
    },
    /// More or fewer records are sealed than the person was told when they agreed to give them up.
    #[error("{sealed_records} records are sealed, not the number that was confirmed")]
    StaleConfirmation {
        /// How many there are now.
        sealed_records: u64,
    },
    /// Records can be given up only while no key opens them.
    #[error("the sealed records can be read, so they are not given up")]
    StillReadable,
    /// The system has not enough memory to derive a key from the passphrase.
    #[error("there is not enough memory to check the passphrase")]
    OutOfMemory,
    /// The program is shutting down, or a thread could not be started.
    #[error("the work was interrupted")]
    Interrupted,
}

/// Which name was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameOf {
    /// The id of a record.
    Record,
    /// The tenant of a record.
    Tenant,
    /// The label of a record.
    Label,
    /// The space of a vault.
    Space,
}

impl std::fmt::Display for NameOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Record => "the record's id",
            Self::Tenant => "the record's tenant",
            Self::Label => "the record's label",
            Self::Space => "the name of the space",
        })
    }
}

impl From<std::io::Error> for VaultError {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied => Self::ReadOnly,
            kind => Self::Io { kind },
        }
    }
}
