//! Use-cases of Gatehouse. The window and the command line call the same methods of [`App`], one for each command of the
//! contract.
//!
//! The way through this crate: `space/` opens what belongs to practice or to real organisations; `session.rs` gives each
//! signed-in person a Graph client; each use-case file then stands for itself; `view/` and `errors/` turn what the lower
//! crates know into what can be shown.

mod accounts;
mod approvals;
mod authorize;
mod clouds;
mod connected;
mod connections;
mod connectors;
mod custom;
mod directory;
mod documents;
mod drafts;
mod errors;
mod ews;
mod files;
mod findings;
mod guides;
mod hand_on;
mod hand_over;
mod host;
mod inventory;
mod invitations;
mod licences;
mod mailboxes;
mod names;
mod notes;
mod permissions;
mod personal;
mod plans;
#[cfg(test)]
mod reading_grade;
mod registrations;
mod reminders;
mod reports;
mod rotations;
mod runs;
mod session;
mod settings;
mod sign_in;
mod space;
mod status;
mod vault;
mod vault_tokens;
mod view;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use contract::{Changed, Space};

pub use ::identity::Browser;
pub use ::vault::KeyringBackend;
pub use ::watch::reminders::scheduler;
pub use ::watch::reminders::summary::{Limits, Summary, Verdict};
pub use files::{check_connector_file, read_text_file};
pub use host::{Host, HostError, Noted, Notification, NotificationAnswer, Observer};
pub use invitations::{INVITATION_EXTENSION, is_invitation_file, is_invitation_link};
pub use reminders::{CredentialEnd, Reminded, Shown, Waiting};

use space::OpenSpace;

/// How the app is started.
pub struct AppOptions {
    /// The computer it runs on.
    pub host: Arc<dyn Host>,
    /// Folder for data; each space has its own below it.
    pub data: PathBuf,
    /// Folder for settings.
    pub config: PathBuf,
    /// Folder where files for the person go.
    pub downloads: PathBuf,
    /// The app's version.
    pub version: String,
    /// A file with the addresses of another sign-in service and Graph, instead of Microsoft's.
    pub cloud_file: Option<PathBuf>,
    /// The space to go back to at the start, for whoever has been there before.
    pub enter: Option<Space>,
}

/// The app. Cheap to make and to clone; does nothing until asked.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    options: AppOptions,
    space: Mutex<Option<Arc<OpenSpace>>>,
    /// Spaces that were left; one where a run goes on is still open.
    left: Mutex<Vec<Weak<OpenSpace>>>,
    entering: tokio::sync::Mutex<()>,
    enter: Mutex<Option<Space>>,
    watchers: Mutex<Vec<Observer<Changed>>>,
    sign_ins: Mutex<HashMap<String, sign_in::Waiting>>,
    tokens: authorize::KeptTokens,
    /// Hears what waits, while something reminds.
    reminding: Mutex<Option<Observer<Waiting>>>,
    /// Wakes whoever reminds.
    remind_again: tokio::sync::Notify,
    /// The link that the system opened Gatehouse with, until the window has asked for it.
    invitation: Mutex<Option<String>>,
    /// Wakes whoever looks whether an admin has agreed.
    look_again: tokio::sync::Notify,
}

impl App {
    /// An app that has not done anything yet.
    pub fn new(options: AppOptions) -> Self {
        let enter = options.enter;
        Self(Arc::new(Inner {
            options,
            space: Mutex::default(),
            left: Mutex::default(),
            entering: tokio::sync::Mutex::default(),
            enter: Mutex::new(enter),
            watchers: Mutex::default(),
            sign_ins: Mutex::default(),
            tokens: authorize::KeptTokens::default(),
            reminding: Mutex::default(),
            remind_again: tokio::sync::Notify::new(),
            invitation: Mutex::default(),
            look_again: tokio::sync::Notify::new(),
        }))
    }

    /// Ends sign-ins that wait, stops the practice tenant, and clears the clipboard if it still holds a secret of ours.
    pub fn close(&self) {
        self.0.options.host.clear_clipboard();
        held(&self.0.sign_ins).clear();
        self.0.tokens.clear();
        held(&self.0.space).take();
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.0.options.host.now()
    }

    pub(crate) fn clock(&self) -> Arc<dyn Fn() -> jiff::Timestamp + Send + Sync> {
        Arc::new(self.ticks())
    }

    /// The same clock as a plain function.
    pub(crate) fn ticks(&self) -> impl Fn() -> jiff::Timestamp + Send + Sync + 'static {
        let host = Arc::clone(&self.0.options.host);
        move || host.now()
    }

    /// Tells every window that something has changed.
    pub(crate) fn changed(&self, what: Changed) {
        if matches!(what, Changed::Inventory | Changed::Connections) {
            self.remind_again();
        }
        for watcher in held(&self.0.watchers).iter() {
            watcher(what);
        }
    }
}

impl std::fmt::Debug for App {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

/// The content of a lock. None of them is held while anything can panic, so poison means nothing.
pub(crate) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// 128 random bits as text: names sign-ins, drafts and connections.
pub(crate) fn fresh_id() -> String {
    format!("{:032x}", rand::random::<u128>())
}
