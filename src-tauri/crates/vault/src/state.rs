//! What all handles on one vault share, and the search for the key that runs beside them.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::clock::Clock;
use crate::database::{Database, KeyRow, Protection};
use crate::error::VaultError;
use crate::key::DataKey;
use crate::keyring::thread::{KeyringThread, NotAnswering};
use crate::obtain::{NoKey, Prompt, Search};
use crate::options::{Space, VaultOptions};
use crate::status::{Failure, StoreKind, VaultStatus};

/// Shared by all clones of a `Vault` and by the keyring thread's questions.
pub(crate) struct Shared {
    pub(crate) disk: Database,
    pub(crate) folder: PathBuf,
    pub(crate) quarantined_as: Option<PathBuf>,
    pub(crate) space: Space,
    pub(crate) clock: Clock,
    pub(crate) keyring: KeyringThread,
    held: Mutex<Held>,
    status: watch::Sender<VaultStatus>,
}

/// The key that is open, and how often that was changed: an answer to an older question is not taken.
struct Held {
    open: Open,
    turn: u64,
}

/// The key that is open.
#[derive(Clone)]
pub(crate) enum Open {
    /// None.
    Nothing,
    /// That of the records on the disk.
    Disk(Arc<DataKey>),
    /// One that lives only in memory, with records that do the same.
    Session(Arc<DataKey>, Arc<Database>),
}

impl Shared {
    pub(crate) fn open(options: VaultOptions) -> Result<Arc<Self>, VaultError> {
        let opened = Database::open(&options.dir, (options.clock)())?;
        let row = opened.database.read(KeyRow::get)?;
        if row.is_some_and(|row| row.space != options.space.as_str()) {
            return Err(VaultError::OtherSpace);
        }
        let keyring = KeyringThread::start(options.keyring.into_store(), options.patience)?;
        Ok(Arc::new(Self {
            disk: opened.database,
            folder: opened.folder,
            quarantined_as: opened.quarantined_as,
            space: options.space,
            clock: options.clock,
            keyring,
            held: Mutex::new(Held { open: Open::Nothing, turn: 0 }),
            status: watch::Sender::new(VaultStatus::Waiting),
        }))
    }

    pub(crate) fn status(&self) -> VaultStatus {
        *self.status.borrow()
    }

    pub(crate) fn watch(&self) -> watch::Receiver<VaultStatus> {
        self.status.subscribe()
    }

    pub(crate) fn held(&self) -> Open {
        self.lock().open.clone()
    }

    /// Takes a new key, and makes every search that is still going on pointless.
    pub(crate) fn hold(&self, open: Open, status: VaultStatus) -> VaultStatus {
        let mut held = self.lock();
        held.turn += 1;
        held.open = open;
        self.status.send_replace(status);
        status
    }

    /// Forgets the key, and says what it would take to open it again.
    pub(crate) fn close(&self) -> Result<VaultStatus, VaultError> {
        let wrapped = self.disk.read(KeyRow::get)?.is_some_and(|row| is_passphrase(&row.protection));
        let status = if wrapped { VaultStatus::NeedsPassphrase } else { VaultStatus::Locked };
        Ok(self.hold(Open::Nothing, status))
    }

    /// Looks for the key: in the keyring, unless a passphrase guards it. Blocks for as long as the vault is patient; a
    /// late answer is still taken, unless something else was decided meanwhile.
    pub(crate) fn search(self: &Arc<Self>, prompt: Prompt) -> VaultStatus {
        if self.keyring.is_stuck() {
            // The open question stands: a second one would make its answer pointless.
            return self.status();
        }
        let turn = {
            let mut held = self.lock();
            match held.open {
                // Opened by somebody else meanwhile.
                Open::Disk(_) | Open::Session(..) => return self.status(),
                Open::Nothing => held.turn += 1,
            }
            held.turn
        };
        match self.disk.read(KeyRow::get) {
            Ok(Some(row)) if is_passphrase(&row.protection) => {
                return self.settle(turn, Err(NoKey(VaultStatus::NeedsPassphrase)));
            }
            Err(error) => return self.settle(turn, Err(error.into())),
            Ok(_) => {}
        }
        self.status.send_replace(VaultStatus::Waiting);
        let shared = Arc::clone(self);
        let answer = self.keyring.ask(move |store| {
            let search =
                Search { store, folder: &shared.folder, space: shared.space.as_str(), clock: &shared.clock };
            shared.settle(turn, search.for_records(&shared.disk, prompt))
        });
        match (answer, prompt) {
            (Ok(status), _) => status,
            // The person was asked and is still thinking.
            (Err(NotAnswering), Prompt::Allowed) => self.status(),
            (Err(NotAnswering), Prompt::Forbidden) => {
                let silent = VaultStatus::Failed { cause: Failure::KeyringNotAnswering };
                self.give_up(turn, silent)
            }
        }
    }

    fn settle(&self, turn: u64, found: Result<DataKey, NoKey>) -> VaultStatus {
        let mut held = self.lock();
        if held.turn != turn {
            return self.status();
        }
        held.turn += 1;
        let status = match found {
            Ok(key) => {
                held.open = Open::Disk(Arc::new(key));
                VaultStatus::Ready { store: StoreKind::Keyring }
            }
            Err(NoKey(status)) => status,
        };
        tracing::info!(?status, "looked for the vault's key");
        self.status.send_replace(status);
        status
    }

    /// Shows that there is no answer yet, but leaves the door open for it.
    fn give_up(&self, turn: u64, status: VaultStatus) -> VaultStatus {
        let held = self.lock();
        if held.turn == turn {
            self.status.send_replace(status);
        }
        self.status()
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_passphrase(protection: &Protection) -> bool {
    matches!(protection, Protection::Passphrase(_))
}
