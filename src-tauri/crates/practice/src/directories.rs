//! Several directories behind one listener, as there are behind `login.microsoftonline.com` and `graph.microsoft.com`.
//!
//! Each is a [`Tenant`] with tables of its own; clock, faults, keys, request log and what sign-ins left behind are shared.
//! A request goes to one of them: sign-in by the first segment of the address (an id, a verified domain, `consumers`; the
//! general addresses wait until the account is known), Graph by the `tid` of the token, the switches by `?tenant=`.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use http::HeaderMap;

use crate::auth;
use crate::persist::{self, StateError};
use crate::seed;
use crate::store::Tables;
use crate::tenant::Tenant;

/// Whose accounts a directory holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Work or school accounts of one organisation.
    Organisation,
    /// Personal Microsoft accounts: one directory for all of them.
    Personal,
}

impl Kind {
    /// The object id as tokens name it. Those of personal accounts are short numbers, which tokens fill up to a GUID.
    pub(crate) fn id_in_tokens(self, oid: &str) -> String {
        match self {
            Self::Organisation => oid.to_owned(),
            Self::Personal => format!(
                "00000000-0000-0000-{}-{}",
                oid.get(..4).unwrap_or_default(),
                oid.get(4..).unwrap_or_default()
            ),
        }
    }

    /// The object id as Graph names it.
    pub(crate) fn object_id(self, in_tokens: &str) -> String {
        match self {
            Self::Organisation => in_tokens.to_owned(),
            Self::Personal => {
                in_tokens.strip_prefix("00000000-0000-0000-").unwrap_or(in_tokens).replace('-', "")
            }
        }
    }
}

/// Everything behind the listener. The others are made when somebody first asks for them: most tests never do.
#[derive(Debug)]
pub(crate) struct Directories {
    main: Arc<Tenant>,
    others: OnceLock<Vec<Arc<Tenant>>>,
    /// The tables of the others as their file had them, until they are made.
    stored: Mutex<HashMap<String, Tables>>,
    /// Which generation of the others the file beside the state file holds.
    saved: Mutex<u64>,
}

impl Directories {
    /// Around a main organisation, with what is stored of the others.
    pub(crate) fn new(main: Tenant, stored: Vec<(String, Tables)>) -> Arc<Self> {
        let stored = Mutex::new(stored.into_iter().collect());
        let directories =
            Arc::new(Self { main: Arc::new(main), others: OnceLock::new(), stored, saved: Mutex::default() });
        directories.main.belong_to(&directories);
        directories
    }

    /// The organisation that the tenant is named after.
    pub(crate) fn main(&self) -> &Arc<Tenant> {
        &self.main
    }

    /// All of them, the main one first; the others are made when the iteration gets that far.
    pub(crate) fn all(self: &Arc<Self>) -> impl Iterator<Item = &Arc<Tenant>> {
        std::iter::once(&self.main).chain(std::iter::once_with(|| self.others()).flatten())
    }

    /// Those that somebody has asked for.
    #[cfg(feature = "contract-check")]
    pub(crate) fn made(&self) -> impl Iterator<Item = &Arc<Tenant>> {
        std::iter::once(&self.main).chain(self.others.get().into_iter().flatten())
    }

    fn others(self: &Arc<Self>) -> &Vec<Arc<Tenant>> {
        self.others.get_or_init(|| {
            let mut stored = self.stored.lock().unwrap_or_else(PoisonError::into_inner);
            let made = seed::others(self.main.options.seed, self.main.clock.now());
            let tenants = made.into_iter().map(|other| {
                let tables = match stored.remove(&other.tenant_id) {
                    Some(mut tables) => {
                        seed::restore_published_permissions(&mut tables);
                        tables
                    }
                    None => other.tables,
                };
                let tenant = Arc::new(self.main.beside(other.kind, other.seed, other.tenant_id, tables));
                tenant.belong_to(self);
                tenant
            });
            tenants.collect()
        })
    }

    /// The directory with this id, verified domain or, for personal accounts, the word `consumers`.
    pub(crate) fn named(self: &Arc<Self>, segment: &str) -> Option<&Arc<Tenant>> {
        let segment = segment.to_ascii_lowercase();
        self.all().find(|tenant| tenant.answers_to(&segment))
    }

    /// The directory that issued the bearer token of a request, as the token says; whether it is true is looked at later.
    pub(crate) fn of_token(self: &Arc<Self>, headers: &HeaderMap) -> &Arc<Tenant> {
        let issuer = auth::directory_of(headers);
        issuer.and_then(|id| self.all().find(|tenant| tenant.tenant_id == id)).unwrap_or(&self.main)
    }

    /// Writes what changed: the state file, and the file beside it for the other directories.
    pub(crate) fn save(&self) -> Result<(), StateError> {
        self.main.save()?;
        let Some(path) = &self.main.options.state else { return Ok(()) };
        let mut saved = self.saved.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(others) = self.others.get() else { return Ok(()) };
        let generation = others.iter().map(|tenant| tenant.own_generation()).sum();
        if *saved == generation {
            return Ok(());
        }
        persist::save_others(&beside(path), &self.main.tenant_id, others)?;
        *saved = generation;
        Ok(())
    }
}

/// Where the other directories are kept: `tenant.json` has `tenant.others.json` beside it.
pub(crate) fn beside(path: &Path) -> PathBuf {
    path.with_extension("others.json")
}
