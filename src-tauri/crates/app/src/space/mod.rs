//! A space: practice, or real organisations. Each has its own folder, database, journal, vault, sessions and hosts, so that
//! neither can leak into the other.

mod place;
mod practice_tenant;
mod storage;

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, Weak};

use contract::{AppError, AppStatus, ErrorCode, Space};
use identity::{Authority, Cloud, MemoryTokenStore};
use net::http::{ClientOptions, client};
use vault::{Vault, VaultStatus};

use crate::documents::Documents;
use crate::errors::{Answer, Explain};
use crate::session::Session;
use crate::{App, held};

pub(crate) use place::Place;
pub(crate) use practice_tenant::{PRACTICE, Practice};

/// A little longer than the vault itself is patient with a keyring.
const VAULT_PATIENCE: std::time::Duration = std::time::Duration::from_secs(4);

/// Everything that belongs to the present space.
pub(crate) struct OpenSpace {
    pub(crate) space: Space,
    /// Where its files are.
    pub(crate) folder: std::path::PathBuf,
    pub(crate) http: reqwest::Client,
    pub(crate) documents: Documents,
    pub(crate) journal: Result<provision::Journal, AppError>,
    vault: Result<Vault, AppError>,
    /// What could not be opened as it should.
    pub(crate) problem: Option<AppError>,
    pub(crate) practice: Option<Practice>,
    /// The cloud of every account here, where there is but one: the practice tenant's, or a custom one.
    pub(crate) only_cloud: Option<Cloud>,
    pub(crate) authorities: Mutex<HashMap<identity::CloudId, Arc<Authority>>>,
    pub(crate) sessions: Mutex<HashMap<String, Arc<Session>>>,
    /// Sessions through Microsoft's own client. They end with the app and are never written down.
    pub(crate) bootstrap: Arc<MemoryTokenStore>,
    pub(crate) plans: Mutex<HashMap<String, crate::plans::Prepared>>,
    pub(crate) running: Mutex<HashMap<String, crate::runs::Running>>,
    /// Held while a remembered set-up is changed: two answers at once must not undo each other.
    pub(crate) amending: Mutex<()>,
    pub(crate) inventories: crate::inventory::Kept,
    /// Ids of credentials that runs of this process have removed: Microsoft may show them for a while yet.
    pub(crate) removed: Mutex<std::collections::HashSet<String>>,
    /// What was seen of the person's own connections since the space was entered.
    pub(crate) personal: crate::personal::Seen,
    /// The way to Microsoft for the person's own connections.
    pub(crate) line: crate::personal::Line,
}

impl OpenSpace {
    /// Whether its organisation is a pretend one.
    pub(crate) fn is_practice(&self) -> bool {
        self.space == Space::Practice
    }

    /// The vault, where it could be opened.
    pub(crate) fn vault(&self) -> Answer<&Vault> {
        self.vault.as_ref().map_err(Clone::clone)
    }

    /// The vault once it can seal. The search for its key began when the space was entered; here it is waited for, within
    /// the vault's own patience.
    pub(crate) async fn open_vault(&self) -> Answer<&Vault> {
        let vault = self.vault()?;
        let status = self.vault_status().await?;
        if status.can_seal() { Ok(vault) } else { Err(status.explain()) }
    }

    /// How the search for the vault's key ended, or that it goes on.
    pub(crate) async fn vault_status(&self) -> Answer<VaultStatus> {
        let vault = self.vault()?;
        let mut statuses = vault.watch();
        let found = statuses.wait_for(|status| *status != VaultStatus::Waiting);
        match tokio::time::timeout(VAULT_PATIENCE, found).await {
            Ok(Ok(status)) => Ok(*status),
            Ok(Err(_)) | Err(_) => Ok(vault.status()),
        }
    }

    /// Seconds by which this computer's clock is ahead of the sign-in service's, where it is worth a warning.
    pub(crate) fn clock_ahead_seconds(&self) -> Option<i64> {
        let of_admins: Vec<_> =
            held(&self.authorities).values().filter_map(|authority| authority.clock_skew()).collect();
        of_admins
            .into_iter()
            .chain(self.line.clock_skews())
            .find(|skew| net::skew::is_worth_a_warning(*skew))
            .map(|skew| skew.as_secs())
    }

    /// The journal, where it could be opened.
    pub(crate) fn journal(&self) -> Answer<&provision::Journal> {
        self.journal.as_ref().map_err(Clone::clone)
    }
}

impl App {
    /// Passes through one of the doors on Welcome. Starts the practice tenant where needed.
    pub async fn space_enter(&self, space: Space) -> Answer<AppStatus> {
        // Whoever walks through a door is not brought back to where they were before.
        held(&self.0.enter).take();
        // Two windows' worth of clicks must not start two practice tenants.
        let _alone = self.0.entering.lock().await;
        let present = held(&self.0.space).as_ref().map(|open| open.space);
        if present != Some(space) {
            // A run that goes on in the background keeps its space open: that one is entered again.
            let left = held(&self.0.left).iter().filter_map(Weak::upgrade).find(|left| left.space == space);
            let open = match left {
                Some(open) => open,
                None => Arc::new(self.open(space).await?),
            };
            self.leave();
            *held(&self.0.space) = Some(Arc::clone(&open));
            self.take_in_forgotten(&open).await;
            self.changed(contract::Changed::Status);
            self.remind_again();
            self.0.look_again.notify_one();
        }
        self.app_status().await
    }

    /// Back to Welcome. A run that goes on in the background is not stopped.
    pub async fn space_leave(&self) -> Answer<AppStatus> {
        self.leave();
        self.changed(contract::Changed::Status);
        self.app_status().await
    }

    fn leave(&self) {
        held(&self.0.sign_ins).clear();
        let left = held(&self.0.space).take();
        let mut all = held(&self.0.left);
        all.retain(|one| one.strong_count() > 0);
        all.extend(left.as_ref().map(Arc::downgrade));
    }

    /// The present space.
    pub(crate) fn space(&self) -> Answer<Arc<OpenSpace>> {
        held(&self.0.space).clone().ok_or_else(|| {
            AppError::new(ErrorCode::NoSuchThing).because("Choose practice or your organisation first.")
        })
    }

    /// A client with connections of its own.
    pub(crate) fn new_http(&self) -> Answer<reqwest::Client> {
        client(&ClientOptions::new(format!("Gatehouse/{}", self.0.options.version))).map_err(|_| {
            AppError::new(ErrorCode::ConnectionNotTrusted)
                .because("This computer's list of trusted certificates cannot be read.")
        })
    }

    async fn open(&self, space: Space) -> Answer<OpenSpace> {
        let options = &self.0.options;
        let custom = match (space, &options.cloud_file) {
            (Space::Real, Some(file)) => Some(custom_cloud(file)?),
            _ => None,
        };
        let place = Place::of(&options.data, space, custom.as_ref());
        let stored = storage::open(&place, options.host.keyring(), self.clock()).await;
        let http = self.new_http()?;
        let practice = match space {
            Space::Practice => Some(practice_tenant::start(&place.folder).await?),
            Space::Real => None,
        };
        let only_cloud = match &practice {
            Some(practice) => Some(practice.cloud()?),
            None => custom,
        };
        Ok(OpenSpace {
            space,
            folder: place.folder.clone(),
            http,
            documents: stored.documents,
            journal: stored.journal,
            vault: stored.vault,
            problem: stored.problem.or_else(|| practice.as_ref()?.problem.clone()),
            practice,
            only_cloud,
            authorities: Mutex::default(),
            sessions: Mutex::default(),
            bootstrap: Arc::default(),
            plans: Mutex::default(),
            running: Mutex::default(),
            amending: Mutex::default(),
            removed: Mutex::default(),
            inventories: crate::inventory::Kept::default(),
            personal: crate::personal::Seen::default(),
            line: crate::personal::Line::default(),
        })
    }
}

/// The cloud that an admin described in a file.
fn custom_cloud(file: &Path) -> Answer<Cloud> {
    let unusable =
        |why: String| AppError::new(ErrorCode::FileNotUsable).because(format!("{}: {why}.", file.display()));
    let cloud = Cloud::from_file(file).map_err(|error| unusable(error.to_string()))?;
    if matches!(cloud.id(), identity::CloudId::Custom(name) if &**name == PRACTICE) {
        return Err(unusable("the name “practice” belongs to the practice organisation".to_owned()));
    }
    Ok(cloud)
}
