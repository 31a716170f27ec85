//! Where refresh tokens are kept between sessions.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Serialize};

use crate::cloud::CloudId;
use crate::ids::{AccountKey, ClientId};

/// What a refresh token belongs to. It is bound to the person and the client, so both are in the key; the cloud is,
/// so that a practice token can never be taken for a real one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RefreshKey {
    /// The cloud that issued it.
    pub cloud: CloudId,
    /// The client that it was issued to.
    pub client_id: ClientId,
    /// The person.
    pub account: AccountKey,
}

/// Why a refresh token could not be kept or found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The store is locked and waits for the person.
    #[error("the store for sign-ins is locked")]
    Locked,
    /// There is no store on this computer.
    #[error("this computer has no safe place for sign-ins")]
    Absent,
    /// What is kept cannot be read any more.
    #[error("the kept sign-in cannot be read")]
    Damaged,
    /// The disk or the keyring failed.
    #[error("the store for sign-ins failed")]
    Failed,
}

/// Keeps one refresh token per key. `save` replaces: the token before it must be gone from disk when it returns
/// (`trust.md` O12).
#[async_trait]
pub trait TokenStore: Send + Sync {
    /// The token for `key`, if one is kept.
    async fn load(&self, key: &RefreshKey) -> Result<Option<SecretString>, StoreError>;
    /// Keeps `token` in place of the one before.
    async fn save(&self, key: &RefreshKey, token: &SecretString) -> Result<(), StoreError>;
    /// Forgets the token; nothing kept is fine.
    async fn remove(&self, key: &RefreshKey) -> Result<(), StoreError>;
}

/// Keeps tokens until the program ends: for "session only", and for tests.
#[derive(Default)]
pub struct MemoryTokenStore(Mutex<HashMap<RefreshKey, SecretString>>);

impl MemoryTokenStore {
    fn kept(&self) -> std::sync::MutexGuard<'_, HashMap<RefreshKey, SecretString>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for MemoryTokenStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.kept().keys()).finish()
    }
}

#[async_trait]
impl TokenStore for MemoryTokenStore {
    async fn load(&self, key: &RefreshKey) -> Result<Option<SecretString>, StoreError> {
        Ok(self.kept().get(key).cloned())
    }

    async fn save(&self, key: &RefreshKey, token: &SecretString) -> Result<(), StoreError> {
        self.kept().insert(key.clone(), SecretString::from(token.expose_secret()));
        Ok(())
    }

    async fn remove(&self, key: &RefreshKey) -> Result<(), StoreError> {
        self.kept().remove(key);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(cloud: CloudId) -> RefreshKey {
        let id = "11111111-2222-4333-8444-555555555555";
        let account = AccountKey { tenant_id: id.parse().unwrap(), object_id: id.parse().unwrap() };
        RefreshKey { cloud, client_id: id.parse().unwrap(), account }
    }

    #[tokio::test]
    async fn one_token_per_key_and_none_after_removal() {
        let store = MemoryTokenStore::default();
        let real = key(CloudId::Global);
        store.save(&real, &"canary-1".into()).await.unwrap();
        store.save(&real, &"canary-2".into()).await.unwrap();
        assert_eq!(store.load(&real).await.unwrap().unwrap().expose_secret(), "canary-2");
        assert!(store.load(&key(CloudId::Custom("practice".into()))).await.unwrap().is_none());
        assert!(!format!("{store:?}").contains("canary"));
        store.remove(&real).await.unwrap();
        assert!(store.load(&real).await.unwrap().is_none());
    }
}
