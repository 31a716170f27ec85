//! The practice tenant of this computer: started here, or already running in another Gatehouse of the same person.

use std::fs::File;
use std::path::Path;

use contract::{AppError, ErrorCode, PracticePerson, PracticeView};
use identity::Cloud;
use practice::{Options, PracticeTenant};
use serde::{Deserialize, Serialize};

use crate::errors::Answer;

/// A practice tenant that can be talked to.
pub(crate) struct Practice {
    card: Card,
    /// Set when it runs here; dropping it stops it. The lock tells others that it does.
    _running: Option<(PracticeTenant, File)>,
}

/// What another process needs to know of it.
#[derive(Clone, Serialize, Deserialize)]
struct Card {
    address: String,
    organisation: String,
    people: Vec<(String, String, String)>,
}

/// Starts it with the state of last time, or finds the one that runs.
pub(super) async fn start(folder: &Path) -> Answer<Practice> {
    let failed = |why: String| AppError::new(ErrorCode::PracticeNotStarted).because(why);
    let io = |error: std::io::Error| failed(format!("Its folder cannot be used: {error}."));
    std::fs::create_dir_all(folder).map_err(io)?;
    let lock = File::create(folder.join("practice.lock")).map_err(io)?;
    let card_file = folder.join("practice.json");
    if lock.try_lock().is_err() {
        let card = std::fs::read(&card_file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        return card
            .map(|card| Practice { card, _running: None })
            .ok_or_else(|| failed("Another Gatehouse is starting it right now.".to_owned()));
    }
    let tenant =
        PracticeTenant::start(Options { state: Some(folder.join("tenant.json")), ..Options::default() })
            .await
            .map_err(|error| failed(format!("{error}.")))?;
    let card = Card {
        address: tenant.base_url().to_string(),
        organisation: tenant.tables(|tables| {
            tables
                .organization
                .values()
                .next()
                .map(|row| row.text("displayName").to_owned())
                .unwrap_or_default()
        }),
        people: tenant
            .people()
            .into_iter()
            .map(|person| (person.display_name, person.upn, person.role))
            .collect(),
    };
    std::fs::write(&card_file, serde_json::to_vec(&card).unwrap_or_default()).map_err(io)?;
    Ok(Practice { card, _running: Some((tenant, lock)) })
}

impl Practice {
    /// Its hosts, which are the only ones that practice tokens are ever sent to.
    pub(crate) fn cloud(&self) -> Answer<Cloud> {
        let base = &self.card.address;
        Cloud::on_this_computer("practice", base, base, base)
            .map_err(|error| AppError::new(ErrorCode::PracticeNotStarted).because(format!("{error}.")))
    }

    /// What the window shows of it.
    pub(crate) fn view(&self) -> PracticeView {
        PracticeView {
            organisation: self.card.organisation.clone(),
            address: self.card.address.clone(),
            people: self
                .card
                .people
                .iter()
                .map(|(name, upn, role)| PracticePerson {
                    name: name.clone(),
                    upn: upn.clone(),
                    role: if role.is_empty() { "No admin role".to_owned() } else { role.clone() },
                })
                .collect(),
        }
    }
}
