//! The practice tenant of this computer: started here, or already running in another Gatehouse of the same person. When
//! that one ends, this one goes on with it, at the same address and with everything in it.

use std::fs::{File, TryLockError};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract::{AppError, ErrorCode, PracticePerson, PracticeProduct, PracticeView};
use identity::Cloud;
use practice::{Options, PracticeTenant, StartError};
use serde::{Deserialize, Serialize};
use tokio::sync::oneshot;

use crate::errors::Answer;
use crate::held;

/// Name of the practice tenant's cloud.
pub(crate) const PRACTICE: &str = "practice";

/// The pretend product that people connect their own account with.
const PRODUCT: &str = "Skylark Planner";

/// How often, and at what distance, to look for the one that another Gatehouse is starting right now.
const LOOKS: u32 = 100;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// How many pretend people are offered: one for each role, and some without. The sign-in page knows them all.
const SHOWN: usize = 11;

/// A practice tenant that can be talked to.
pub(crate) struct Practice {
    card: Card,
    /// Set when it began anew because its file was damaged.
    pub(crate) problem: Option<AppError>,
    /// Set when it runs here; dropping it stops it.
    _here: Arc<Mutex<Option<Hosted>>>,
}

/// A practice tenant that runs in this process. The lock tells others that it does.
struct Hosted {
    card_file: PathBuf,
    _tenant: PracticeTenant,
    _lock: File,
}

impl Drop for Hosted {
    fn drop(&mut self) {
        // Before the lock is let go: whoever takes it writes an own one.
        let _ = std::fs::remove_file(&self.card_file);
    }
}

/// What another process needs to know of it.
#[derive(Clone, Serialize, Deserialize)]
struct Card {
    address: String,
    organisation: String,
    people: Vec<(String, String, String)>,
    /// Name and client id.
    product: Option<(String, String)>,
}

/// Starts it with the state of last time, or finds the one that runs.
pub(super) async fn start(folder: &Path) -> Answer<Practice> {
    std::fs::create_dir_all(folder).map_err(no_folder)?;
    let card_file = folder.join("practice.json");
    for _ in 0..LOOKS {
        let lock = File::create(folder.join("practice.lock")).map_err(no_folder)?;
        match lock.try_lock() {
            Ok(()) => {
                // The address of last time is nobody's now.
                let _ = std::fs::remove_file(&card_file);
                let problem = put_damaged_aside(folder);
                let (card, hosted) = host(folder, lock, 0).await?;
                return Ok(Practice { card, problem, _here: Arc::new(Mutex::new(Some(hosted))) });
            }
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => return Err(no_folder(error)),
        }
        let card =
            std::fs::read(&card_file).ok().and_then(|bytes| serde_json::from_slice::<Card>(&bytes).ok());
        if let Some(card) = card
            && is_there(&card).await
        {
            let here = Arc::new(Mutex::new(None));
            go_on_with(folder.to_owned(), lock, card.address.clone(), &here);
            return Ok(Practice { card, problem: None, _here: here });
        }
        // The other one is between taking the lock and telling its address.
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Err(failed("Another Gatehouse began to start it and did not finish.".to_owned()))
}

/// A state file that is no JSON any more must not close the door to practice: it is put aside, and practice begins anew.
fn put_damaged_aside(folder: &Path) -> Option<AppError> {
    let file = folder.join("tenant.json");
    let bytes = std::fs::read(&file).ok()?;
    if serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_ok() {
        return None;
    }
    std::fs::rename(&file, folder.join("tenant.damaged.json")).ok()?;
    Some(AppError::new(ErrorCode::DataDamaged).because(
        "The file with the practice organisation was damaged. It was put aside as tenant.damaged.json, and practice \
         began anew.",
    ))
}

/// Whether somebody listens there: a card can be older than the Gatehouse that has the lock now.
async fn is_there(card: &Card) -> bool {
    match port_of(&card.address) {
        0 => false,
        port => tokio::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.is_ok(),
    }
}

/// The port of an address; 0 where there is none.
fn port_of(address: &str) -> u16 {
    url::Url::parse(address).ok().and_then(|url| url.port()).unwrap_or_default()
}

/// Starts it. The Gatehouse that had the address lets go of its lock a moment before its port: an heir waits for that.
async fn started(options: Options) -> Result<PracticeTenant, StartError> {
    const TRIES: u32 = 30;
    for _ in 1..TRIES {
        match PracticeTenant::start(options.clone()).await {
            Err(StartError::Listen { .. }) if options.listen.port() != 0 => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            outcome => return outcome,
        }
    }
    PracticeTenant::start(options).await
}

/// Starts it here. `port` 0 takes a free one.
async fn host(folder: &Path, lock: File, port: u16) -> Answer<(Card, Hosted)> {
    let card_file = folder.join("practice.json");
    let options = Options {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        state: Some(folder.join("tenant.json")),
        ..Options::default()
    };
    let tenant = started(options).await.map_err(|error| failed(format!("{error}.")))?;
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
        product: tenant.tables(|tables| {
            let mut products = tables.applications.values().filter(|row| row.text("displayName") == PRODUCT);
            products
                .find(|row| row.deleted.is_none())
                .map(|row| (PRODUCT.to_owned(), row.text("appId").to_owned()))
        }),
        people: tenant
            .people()
            .into_iter()
            .take(SHOWN)
            .map(|person| (person.display_name, person.upn, person.role))
            .collect(),
    };
    // Whole or not at all: others read it at any moment.
    let aside = folder.join("practice.json.new");
    std::fs::write(&aside, serde_json::to_vec(&card).unwrap_or_default()).map_err(no_folder)?;
    std::fs::rename(&aside, &card_file).map_err(no_folder)?;
    Ok((card, Hosted { card_file, _tenant: tenant, _lock: lock }))
}

/// Waits, on a thread that costs nothing, for the Gatehouse that has it to end, and then hosts it at the same address.
fn go_on_with(folder: PathBuf, lock: File, address: String, here: &Arc<Mutex<Option<Hosted>>>) {
    let (free, freed) = oneshot::channel();
    let waiting = std::thread::Builder::new().name("practice-heir".to_owned()).spawn(move || {
        if lock.lock().is_ok() {
            // Nobody listens any more when practice was left: then the lock falls here.
            let _ = free.send(lock);
        }
    });
    if let Err(error) = waiting {
        tracing::warn!(%error, "no thread to wait for the practice tenant");
    }
    let here = Arc::downgrade(here);
    tokio::spawn(async move {
        let Ok(lock) = freed.await else { return };
        let Some(here) = here.upgrade() else { return };
        match host(&folder, lock, port_of(&address)).await {
            Ok((_, hosted)) => *held(&here) = Some(hosted),
            Err(error) => tracing::warn!(code = ?error.code, "the practice tenant could not be gone on with"),
        }
    });
}

impl Practice {
    /// Its hosts, which are the only ones that practice tokens are ever sent to.
    pub(crate) fn cloud(&self) -> Answer<Cloud> {
        let base = &self.card.address;
        Cloud::on_this_computer(PRACTICE, base, base, base).map_err(|error| failed(format!("{error}.")))
    }

    /// What the window shows of it.
    pub(crate) fn view(&self) -> PracticeView {
        PracticeView {
            organisation: self.card.organisation.clone(),
            address: self.card.address.clone(),
            product: self.card.product.clone().map(|(name, client_id)| PracticeProduct { name, client_id }),
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

fn failed(why: String) -> AppError {
    AppError::new(ErrorCode::PracticeNotStarted).because(why)
}

#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
fn no_folder(error: std::io::Error) -> AppError {
    failed(format!("Its folder cannot be used: {error}."))
}
