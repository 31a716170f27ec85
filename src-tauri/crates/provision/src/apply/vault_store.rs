//! The vault as the place where secrets are sealed.

use async_trait::async_trait;
use secrecy::SecretString;
use vault::{RecordAddress, RecordId, RecordKind, Vault, VaultError};

use super::session::{PasswordAddress, SecretAddress, SecretStore, StoreError};

#[async_trait]
impl SecretStore for Vault {
    async fn prove_writable(&self) -> Result<(), StoreError> {
        Self::prove_writable(self).await.map_err(of)
    }

    async fn put(
        &self,
        address: &SecretAddress,
        label: &str,
        value: &SecretString,
    ) -> Result<(), StoreError> {
        Self::put(self, &record(address)?, label, value).await.map_err(of)
    }

    async fn get(&self, address: &SecretAddress) -> Result<Option<SecretString>, StoreError> {
        match Self::get(self, &record(address)?).await {
            Ok(value) => Ok(Some(value)),
            Err(VaultError::NotFound) => Ok(None),
            Err(error) => Err(of(error)),
        }
    }

    async fn has(&self, address: &SecretAddress) -> Result<bool, StoreError> {
        let id = address.record_id();
        let all = self.list(Some(RecordKind::ClientSecret)).await.map_err(of)?;
        Ok(all.iter().any(|info| info.id.as_str() == id))
    }

    async fn remove(&self, address: &SecretAddress) -> Result<(), StoreError> {
        Self::remove(self, record(address)?.id()).await.map(drop).map_err(of)
    }

    async fn put_key(
        &self,
        address: &SecretAddress,
        label: &str,
        value: &SecretString,
    ) -> Result<(), StoreError> {
        Self::put(self, &key(address)?, label, value).await.map_err(of)
    }

    async fn key(&self, address: &SecretAddress) -> Result<Option<SecretString>, StoreError> {
        match Self::get(self, &key(address)?).await {
            Ok(value) => Ok(Some(value)),
            Err(VaultError::NotFound) => Ok(None),
            Err(error) => Err(of(error)),
        }
    }

    async fn has_key(&self, address: &SecretAddress) -> Result<bool, StoreError> {
        let id = address.key_record_id();
        let all = self.list(Some(RecordKind::PrivateKey)).await.map_err(of)?;
        Ok(all.iter().any(|info| info.id.as_str() == id))
    }

    async fn remove_key(&self, address: &SecretAddress) -> Result<(), StoreError> {
        Self::remove(self, key(address)?.id()).await.map(drop).map_err(of)
    }

    async fn put_password(
        &self,
        address: &PasswordAddress,
        label: &str,
        value: &SecretString,
    ) -> Result<(), StoreError> {
        Self::put(self, &password(address)?, label, value).await.map_err(of)
    }

    async fn password(&self, address: &PasswordAddress) -> Result<Option<SecretString>, StoreError> {
        match Self::get(self, &password(address)?).await {
            Ok(value) => Ok(Some(value)),
            Err(VaultError::NotFound) => Ok(None),
            Err(error) => Err(of(error)),
        }
    }

    async fn remove_account_password(&self, address: &PasswordAddress) -> Result<(), StoreError> {
        Self::remove(self, password(address)?.id()).await.map(drop).map_err(of)
    }
}

fn record(address: &SecretAddress) -> Result<RecordAddress, StoreError> {
    let id = RecordId::new(address.record_id()).map_err(of)?;
    RecordAddress::new(id, RecordKind::ClientSecret, address.tenant.clone()).map_err(of)
}

fn key(address: &SecretAddress) -> Result<RecordAddress, StoreError> {
    let id = RecordId::new(address.key_record_id()).map_err(of)?;
    RecordAddress::new(id, RecordKind::PrivateKey, address.tenant.clone()).map_err(of)
}

fn password(address: &PasswordAddress) -> Result<RecordAddress, StoreError> {
    let id = RecordId::new(address.record_id()).map_err(of)?;
    RecordAddress::new(id, RecordKind::Password, address.tenant.clone()).map_err(of)
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn of(error: VaultError) -> StoreError {
    match error {
        VaultError::NotReady { .. } | VaultError::KeyChanged => StoreError::Locked,
        VaultError::DiskFull => StoreError::DiskFull,
        VaultError::ReadOnly => StoreError::ReadOnly,
        VaultError::RecordDamaged { .. }
        | VaultError::SealedByOtherKey { .. }
        | VaultError::Damaged { .. } => StoreError::Unreadable,
        _ => StoreError::Other,
    }
}
