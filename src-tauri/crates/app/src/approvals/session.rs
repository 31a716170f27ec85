//! The session that only looks: a refresh token in the vault under an address of its own, so that it goes when the wait ends
//! and no connection goes with it.

use std::sync::Arc;

use async_trait::async_trait;
use identity::{RefreshKey, StoreError as TokenStoreError, TokenProvider, TokenStore};
use secrecy::SecretString;
use vault::{RecordAddress, RecordId, RecordKind, Vault, VaultError};

use super::kept::{Asked, Person, Through};
use crate::errors::{Answer, OrExplain};
use crate::space::OpenSpace;
use crate::vault_tokens::token_error;
use crate::{App, clouds};

/// What a sign-in asks for that shall only look: who it is, and to go on without asking again.
pub(super) const WHO: &str = "User.Read";

/// The refresh token of one wait.
pub(super) struct WatchTokens {
    vault: Vault,
    id: String,
}

impl WatchTokens {
    pub(super) fn of(vault: &Vault, approval_id: &str) -> Self {
        Self { vault: vault.clone(), id: format!("approval-watch/{approval_id}") }
    }

    fn address(&self, key: &RefreshKey) -> Result<RecordAddress, VaultError> {
        let id = RecordId::new(self.id.clone())?;
        RecordAddress::new(id, RecordKind::RefreshToken, key.account.tenant_id.to_string())
    }

    /// Nothing of it stays. A vault that cannot be opened still lets go of a record.
    pub(super) async fn wipe(&self) -> Answer<()> {
        let id = RecordId::new(self.id.clone()).or_explain()?;
        self.vault.remove(&id).await.map(drop).or_explain()
    }
}

#[async_trait]
impl TokenStore for WatchTokens {
    async fn load(&self, key: &RefreshKey) -> Result<Option<SecretString>, TokenStoreError> {
        match self.vault.get(&self.address(key).map_err(token_error)?).await {
            Ok(token) => Ok(Some(token)),
            Err(VaultError::NotFound) => Ok(None),
            Err(error) => Err(token_error(error)),
        }
    }

    async fn save(&self, key: &RefreshKey, token: &SecretString) -> Result<(), TokenStoreError> {
        let address = self.address(key).map_err(token_error)?;
        self.vault.put(&address, "watch", token).await.map_err(token_error)
    }

    async fn remove(&self, key: &RefreshKey) -> Result<(), TokenStoreError> {
        let address = self.address(key).map_err(token_error)?;
        self.vault.remove(address.id()).await.map(drop).map_err(token_error)
    }
}

impl App {
    /// The tokens of a wait, and where they are kept; nowhere of its own where it looks through a connection's session.
    pub(super) fn watch_provider(
        &self,
        space: &OpenSpace,
        asked: &Asked,
        person: &Person,
        through: Through,
    ) -> Answer<(Arc<TokenProvider>, Option<Arc<WatchTokens>>)> {
        if let (Through::Connection, Some(id)) = (through, &asked.request.connection_id) {
            let stored = self.personal_stored(space, id)?;
            return Ok((self.personal_session_as_it_is(space, &stored)?.provider, None));
        }
        let cloud = clouds::by_id(space, &asked.cloud)?;
        let authority = self.authority(space, &cloud);
        let store = Arc::new(WatchTokens::of(space.vault()?, &asked.id));
        let tokens = Arc::clone(&store) as Arc<dyn TokenStore>;
        let provider = TokenProvider::new(authority, asked.client_id()?, person.key.clone(), tokens);
        Ok((Arc::new(provider), Some(store)))
    }
}
