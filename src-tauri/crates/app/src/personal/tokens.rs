//! The session of a connection: its own record in the vault, so that ending it ends nothing else.

use std::sync::Arc;

use async_trait::async_trait;
use contract::{AppError, ErrorCode};
use graph::GraphClient;
use identity::{Cloud, RefreshKey, StoreError as TokenStoreError, TokenProvider, TokenStore};
use secrecy::SecretString;
use vault::{RecordAddress, RecordId, RecordKind, Vault, VaultError};

use super::features;
use super::stored::Stored;
use crate::errors::Answer;
use crate::session::Tokens;
use crate::space::OpenSpace;
use crate::vault_tokens::token_error;
use crate::{App, clouds};

/// Refresh tokens of connections in the vault: not those of the people who administer, though app and person may be the
/// same.
struct ConnectionTokens(Vault);

impl ConnectionTokens {
    fn address(key: &RefreshKey) -> Result<RecordAddress, VaultError> {
        let cloud = serde_json::to_string(&key.cloud).unwrap_or_default();
        let id = format!(
            "personal-connection/{cloud}/{}/{}/{}",
            key.account.tenant_id, key.account.object_id, key.client_id
        );
        RecordAddress::new(RecordId::new(id)?, RecordKind::RefreshToken, key.account.tenant_id.to_string())
    }
}

#[async_trait]
impl TokenStore for ConnectionTokens {
    async fn load(&self, key: &RefreshKey) -> Result<Option<SecretString>, TokenStoreError> {
        let address = Self::address(key).map_err(token_error)?;
        match self.0.get(&address).await {
            Ok(token) => Ok(Some(token)),
            Err(VaultError::NotFound) => Ok(None),
            Err(error) => Err(token_error(error)),
        }
    }

    async fn save(&self, key: &RefreshKey, token: &SecretString) -> Result<(), TokenStoreError> {
        let address = Self::address(key).map_err(token_error)?;
        self.0.put(&address, "connection", token).await.map_err(token_error)
    }

    async fn remove(&self, key: &RefreshKey) -> Result<(), TokenStoreError> {
        let address = Self::address(key).map_err(token_error)?;
        self.0.remove(address.id()).await.map(drop).map_err(token_error)
    }
}

/// A connection at work. Made for one task and dropped after it: between tasks no token of it is in memory, and another
/// Gatehouse of the same person finds the newest one in the vault.
pub(crate) struct Session {
    pub(crate) cloud: Cloud,
    pub(crate) provider: Arc<TokenProvider>,
    pub(crate) graph: GraphClient,
}

impl App {
    /// The session of a connection, once the vault that holds it is open.
    pub(crate) async fn personal_session(&self, space: &OpenSpace, stored: &Stored) -> Answer<Session> {
        space.open_vault().await?;
        self.personal_session_as_it_is(space, stored)
    }

    /// The session of a connection, whether the vault is open or not.
    pub(crate) fn personal_session_as_it_is(&self, space: &OpenSpace, stored: &Stored) -> Answer<Session> {
        let cloud = clouds::by_id(space, &stored.cloud)?;
        let provider = Arc::new(TokenProvider::new(
            self.authority(space, &cloud),
            stored.client_id.clone(),
            stored.key.clone(),
            Arc::new(ConnectionTokens(space.vault()?.clone())),
        ));
        let asked = features::asked(&cloud, &stored.features);
        let graph =
            GraphClient::new(space.http.clone(), cloud.graph().clone(), Tokens::of(&provider), self.clock())
                .map_err(|_| AppError::new(ErrorCode::AuthorityUnusable))?
                .with_scopes(asked.iter());
        Ok(Session { cloud, provider, graph })
    }
}
