//! Sealed storage: a key in the system keyring, records in SQLite.
//!
//! Every record is sealed with XChaCha20-Poly1305 under one 32-byte key. The key lies in the keyring of the operating
//! system, or, where there is none and the person chooses so, wrapped under a passphrase, or in memory only. There is no
//! way to store a record in clear. What is not secret (ids, dates, labels) is readable without the key.
//!
//! [`Vault::open`] returns at once; [`Vault::status`] tells how the search for the key goes. A missing key is a first run
//! only while nothing is sealed; afterwards it is [`VaultStatus::KeyLost`], and the person decides.
//!
//! What this cannot do: programs of the same person can ask the same keyring (CVE-2018-19358), and copies that libraries
//! make of a value while it passes through them are not wiped.

mod choose;
mod clock;
mod database;
mod error;
mod hardening;
mod key;
pub mod keyring;
mod obtain;
mod options;
mod passphrase;
mod record;
mod recover;
mod seal;
mod state;
mod status;
mod vault;
mod writable;

pub use self::choose::Choice;
pub use self::clock::Clock;
pub use self::error::{NameOf, VaultError};
pub use self::hardening::{HardeningError, harden_process};
pub use self::keyring::KeyringBackend;
pub use self::options::{Space, VaultOptions};
pub use self::passphrase::PASSPHRASE_MINIMUM;
pub use self::record::{RecordAddress, RecordId, RecordInfo, RecordKind};
pub use self::recover::ConfirmedLoss;
pub use self::status::{AbsentReason, Failure, KeyLoss, StoreKind, VaultStatus};
pub use self::vault::{LONGEST_VALUE, Vault};
