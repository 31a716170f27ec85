//! The vault as `identity` wants it. (`provision` uses it as it is.)

use async_trait::async_trait;
use identity::{RefreshKey, StoreError as TokenStoreError, TokenStore};
use secrecy::SecretString;
use vault::{RecordAddress, RecordId, RecordKind, Vault, VaultError, VaultStatus};

/// Refresh tokens in the vault, at one of the places that this app has for them: ending a session at one place ends none at
/// another, though app and person may be the same.
pub(crate) struct VaultTokens {
    vault: Vault,
    place: Place,
}

/// Whose sessions are kept there.
enum Place {
    /// Of people who administer.
    Accounts,
    /// Of a person's own connections.
    Connections,
    /// The one that only looks, for this approval.
    Watch(String),
}

/// The record of the session that looks for an approval.
pub(crate) fn watch_record(approval_id: &str) -> String {
    format!("approval-watch/{approval_id}")
}

impl Place {
    /// The record of a session.
    fn record(&self, key: &RefreshKey) -> String {
        let beginning = match self {
            Self::Accounts => "refresh-token",
            Self::Connections => "personal-connection",
            Self::Watch(approval_id) => return watch_record(approval_id),
        };
        let cloud = serde_json::to_string(&key.cloud).unwrap_or_default();
        let RefreshKey { account, client_id, .. } = key;
        format!("{beginning}/{cloud}/{}/{}/{client_id}", account.tenant_id, account.object_id)
    }

    const fn label(&self) -> &'static str {
        match self {
            Self::Accounts => "session",
            Self::Connections => "connection",
            Self::Watch(_) => "watch",
        }
    }
}

impl VaultTokens {
    /// Sessions of people who administer.
    pub(crate) fn of_accounts(vault: &Vault) -> Self {
        Self { vault: vault.clone(), place: Place::Accounts }
    }

    /// Sessions of a person's own connections.
    pub(crate) fn of_connections(vault: &Vault) -> Self {
        Self { vault: vault.clone(), place: Place::Connections }
    }

    /// The session with which an approval is looked after.
    pub(crate) fn of_watch(vault: &Vault, approval_id: &str) -> Self {
        Self { vault: vault.clone(), place: Place::Watch(approval_id.to_owned()) }
    }

    fn address(&self, key: &RefreshKey) -> Result<RecordAddress, TokenStoreError> {
        let tenant = key.account.tenant_id.to_string();
        RecordId::new(self.place.record(key))
            .and_then(|id| RecordAddress::new(id, RecordKind::RefreshToken, tenant))
            .map_err(token_error)
    }
}

#[async_trait]
impl TokenStore for VaultTokens {
    async fn load(&self, key: &RefreshKey) -> Result<Option<SecretString>, TokenStoreError> {
        match self.vault.get(&self.address(key)?).await {
            Ok(token) => Ok(Some(token)),
            Err(VaultError::NotFound) => Ok(None),
            Err(error) => Err(token_error(error)),
        }
    }

    async fn save(&self, key: &RefreshKey, token: &SecretString) -> Result<(), TokenStoreError> {
        self.vault.put(&self.address(key)?, self.place.label(), token).await.map_err(token_error)
    }

    async fn remove(&self, key: &RefreshKey) -> Result<(), TokenStoreError> {
        self.vault.remove(self.address(key)?.id()).await.map(drop).map_err(token_error)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
fn token_error(error: VaultError) -> TokenStoreError {
    match error {
        VaultError::NotReady { status: VaultStatus::Absent { .. } } => TokenStoreError::Absent,
        VaultError::NotReady { .. } | VaultError::KeyChanged => TokenStoreError::Locked,
        VaultError::RecordDamaged { .. }
        | VaultError::SealedByOtherKey { .. }
        | VaultError::Damaged { .. } => TokenStoreError::Damaged,
        _ => TokenStoreError::Failed,
    }
}
