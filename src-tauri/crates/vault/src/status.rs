//! Whether sealed records can be read and written now, and if not, why.

/// The state of a vault. Names, dates and labels can be listed in every one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VaultStatus {
    /// The keyring was asked and has not answered yet; it may be waiting for the person.
    Waiting,
    /// Records can be read and written, and survive a restart.
    Ready {
        /// What guards the key.
        store: StoreKind,
    },
    /// The keyring is there and locked, or the person dismissed its question. Asked again only through `unlock`.
    Locked,
    /// There is no keyring to use. Offer a passphrase or session-only.
    Absent {
        /// What is missing.
        reason: AbsentReason,
    },
    /// The key is guarded by a passphrase that was not entered yet.
    NeedsPassphrase,
    /// Sealed records exist, and the keyring does not hold their key. Nothing new is created until the person decides.
    KeyLost {
        /// How many records cannot be read.
        sealed_records: u64,
        /// What was found instead of the key.
        cause: KeyLoss,
    },
    /// Records are kept in memory only, and are gone when the program ends.
    SessionOnly,
    /// The keyring or the disk did not do what was asked.
    Failed {
        /// What happened.
        cause: Failure,
    },
}

impl VaultStatus {
    /// Whether `put` and `get` can work now.
    #[must_use]
    pub fn can_seal(self) -> bool {
        matches!(self, Self::Ready { .. } | Self::SessionOnly)
    }
}

/// What guards the data key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreKind {
    /// The keyring of the operating system.
    Keyring,
    /// A passphrase, through Argon2id (RFC 9106).
    Passphrase,
}

/// Why there is no keyring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AbsentReason {
    /// No session bus, or nothing on it offers a keyring.
    NoService,
    /// A keyring service runs, but no keyring was ever set up in it (a fresh account).
    NoCollection,
    /// This vault was opened without one.
    NotConfigured,
}

/// How the key was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyLoss {
    /// The keyring answers that it has no such entry.
    Missing,
    /// The keyring holds another key, or something that is not a key.
    Replaced,
}

/// Why the key could not be reached, other than locked, absent or lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The keyring did not answer in time. It is not asked again until `unlock` is called.
    KeyringNotAnswering,
    /// The keyring answered with an error of its own.
    KeyringRefused,
    /// A test value did not come back from the keyring as it was written, so it is not trusted with a key.
    KeyringUnreliable,
    /// The disk is full.
    DiskFull,
    /// The disk does not accept writes.
    ReadOnly,
    /// The file with the records could not be used.
    Storage,
}
