//! The vault as `identity` wants it. (`provision` uses it as it is.)

use async_trait::async_trait;
use identity::{RefreshKey, StoreError as TokenStoreError, TokenStore};
use secrecy::SecretString;
use vault::{RecordAddress, RecordId, RecordKind, Vault, VaultError, VaultStatus};

/// Refresh tokens in the vault.
pub(crate) struct VaultTokens(pub(crate) Vault);

impl VaultTokens {
    fn address(key: &RefreshKey) -> Result<RecordAddress, VaultError> {
        let cloud = serde_json::to_string(&key.cloud).unwrap_or_default();
        let id = format!(
            "refresh-token/{cloud}/{}/{}/{}",
            key.account.tenant_id, key.account.object_id, key.client_id
        );
        RecordAddress::new(RecordId::new(id)?, RecordKind::RefreshToken, key.account.tenant_id.to_string())
    }
}

#[async_trait]
impl TokenStore for VaultTokens {
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
        self.0.put(&address, "session", token).await.map_err(token_error)
    }

    async fn remove(&self, key: &RefreshKey) -> Result<(), TokenStoreError> {
        let address = Self::address(key).map_err(token_error)?;
        self.0.remove(address.id()).await.map(drop).map_err(token_error)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
pub(crate) fn token_error(error: VaultError) -> TokenStoreError {
    match error {
        VaultError::NotReady { status: VaultStatus::Absent { .. } } => TokenStoreError::Absent,
        VaultError::NotReady { .. } | VaultError::KeyChanged => TokenStoreError::Locked,
        VaultError::RecordDamaged { .. }
        | VaultError::SealedByOtherKey { .. }
        | VaultError::Damaged { .. } => TokenStoreError::Damaged,
        _ => TokenStoreError::Failed,
    }
}
