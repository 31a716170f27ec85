//! A space: practice, or real organisations. Each has its own folder, database, journal, vault, sessions and hosts, so that
//! neither can leak into the other.

mod practice_tenant;
mod storage;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use contract::{AppError, AppStatus, ErrorCode, Space};
use identity::{Authority, Cloud, MemoryTokenStore};
use net::http::{ClientOptions, client};
use vault::Vault;

use crate::documents::Documents;
use crate::errors::Answer;
use crate::session::Session;
use crate::{App, held};

pub(crate) use practice_tenant::Practice;

/// Everything that belongs to the present space.
pub(crate) struct OpenSpace {
    pub(crate) space: Space,
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
    pub(crate) clock_ahead_seconds: Mutex<Option<i64>>,
}

impl OpenSpace {
    /// The vault, where it could be opened.
    pub(crate) fn vault(&self) -> Answer<&Vault> {
        self.vault.as_ref().map_err(Clone::clone)
    }

    /// The journal, where it could be opened.
    pub(crate) fn journal(&self) -> Answer<&provision::Journal> {
        self.journal.as_ref().map_err(Clone::clone)
    }
}

impl App {
    /// Passes through one of the doors on Welcome. Starts the practice tenant where needed.
    pub async fn space_enter(&self, space: Space) -> Answer<AppStatus> {
        // Two windows' worth of clicks must not start two practice tenants.
        let _alone = self.0.entering.lock().await;
        let present = held(&self.0.space).as_ref().map(|open| open.space);
        if present != Some(space) {
            let open = self.open(space).await?;
            *held(&self.0.space) = Some(Arc::new(open));
            self.changed(contract::Changed::Status);
        }
        self.app_status().await
    }

    /// Back to Welcome. A run that goes on in the background is not stopped.
    pub async fn space_leave(&self) -> Answer<AppStatus> {
        held(&self.0.sign_ins).clear();
        held(&self.0.space).take();
        self.changed(contract::Changed::Status);
        self.app_status().await
    }

    /// The present space.
    pub(crate) fn space(&self) -> Answer<Arc<OpenSpace>> {
        held(&self.0.space).clone().ok_or_else(|| {
            AppError::new(ErrorCode::NoSuchThing).because("Choose practice or your organisation first.")
        })
    }

    async fn open(&self, space: Space) -> Answer<OpenSpace> {
        let options = &self.0.options;
        let folder = options.data.join(match space {
            Space::Practice => "practice",
            Space::Real => "real",
        });
        let stored = storage::open(&folder, space, self.clock()).await;
        let http = client(&ClientOptions::new(format!("Gatehouse/{}", options.version))).map_err(|_| {
            AppError::new(ErrorCode::ConnectionNotTrusted)
                .because("This computer's list of trusted certificates cannot be read.")
        })?;
        let practice = match space {
            Space::Practice => Some(practice_tenant::start(&folder).await?),
            Space::Real => None,
        };
        let only_cloud = match (&practice, &options.cloud_file) {
            (Some(practice), _) => Some(practice.cloud()?),
            (None, Some(file)) => Some(Cloud::from_file(file).map_err(|error| {
                AppError::new(ErrorCode::FileNotUsable).because(format!("{}: {error}.", file.display()))
            })?),
            (None, None) => None,
        };
        Ok(OpenSpace {
            space,
            http,
            documents: stored.documents,
            journal: stored.journal,
            vault: stored.vault,
            problem: stored.problem,
            practice,
            only_cloud,
            authorities: Mutex::default(),
            sessions: Mutex::default(),
            bootstrap: Arc::default(),
            plans: Mutex::default(),
            running: Mutex::default(),
            clock_ahead_seconds: Mutex::default(),
        })
    }
}
