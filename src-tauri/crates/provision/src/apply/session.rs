//! What a run works with: one person in one organisation, the vault, and a way to sign in as an app.

use std::sync::Arc;

use async_trait::async_trait;
use exchange::ExchangeClient;
use graph::{AppId, GraphClient, KeyId};
use jiff::Timestamp;
use net::NetError;
use secrecy::SecretString;

use crate::{JournalAccount, KeptCertificate, Surroundings};

/// One person in one organisation, and the means to work there.
#[derive(Clone)]
pub struct Session {
    /// Graph as that person. Its token source must refuse once another account is signed in (row 17).
    pub graph: GraphClient,
    /// Exchange as that person. `None` until somebody signed in for it, which is asked for when a task first needs it.
    pub exchange: Option<ExchangeClient>,
    /// Tenant id. Everything is checked against it.
    pub tenant: String,
    /// The person.
    pub account: JournalAccount,
    /// Signing in as an app.
    pub apps: Arc<dyn AppAccess>,
    /// Where secrets are sealed.
    pub vault: Arc<dyn SecretStore>,
    /// Time, rest and chance.
    pub surroundings: Arc<dyn Surroundings>,
    /// Version of this program, for the journal.
    pub app_version: String,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("tenant", &self.tenant)
            .field("account", &self.account.id)
            .finish_non_exhaustive()
    }
}

/// A token of an app for itself, with what can be seen in it.
#[derive(Clone)]
pub struct AppToken {
    /// Graph as that app, with this token.
    pub graph: GraphClient,
    /// The roles in the token.
    pub roles: Vec<String>,
    /// The token itself, for a product's form that asks for it.
    pub token: SecretString,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl std::fmt::Debug for AppToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AppToken").field("roles", &self.roles).finish_non_exhaustive()
    }
}

/// Why an app could not sign in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppTokenError {
    /// The secret or the app is not known (OAuth `invalid_client`, `unauthorized_client`): in the first minutes of either,
    /// Microsoft is still spreading it; later, the number explains (`AADSTS7000215` wrong secret, `AADSTS7000222`
    /// expired, `AADSTS700016` no such app).
    #[error("the app or its secret is not known (AADSTS{code})")]
    NotKnown {
        /// Microsoft's number, for support.
        code: u32,
    },
    /// A rule of the organisation blocks the app.
    #[error("a rule of the organisation blocks the app")]
    Blocked,
    /// No answer, or no usable one.
    #[error("no answer from the sign-in service")]
    Network(NetError),
    /// Any other refusal: the OAuth `error`.
    #[error("the sign-in service refused ({error})")]
    Refused {
        /// OAuth `error`.
        error: String,
        /// Microsoft's number, where there is one.
        code: Option<u32>,
    },
}

/// Signs in as an app with a client secret (RFC 6749 section 4.4) or a certificate (RFC 7523).
#[async_trait]
pub trait AppAccess: Send + Sync {
    /// Gets ready to sign in, beside other work. That it fails is noticed when signing in.
    async fn prepare(&self, tenant: &str) {
        let _ = tenant;
    }

    /// A new token for `resource`, an API's client id.
    ///
    /// # Errors
    /// [`AppTokenError`].
    async fn sign_in(
        &self,
        tenant: &str,
        app: &AppId,
        secret: &SecretString,
        resource: &AppId,
    ) -> Result<AppToken, AppTokenError>;

    /// The same with a certificate.
    ///
    /// # Errors
    /// [`AppTokenError`].
    async fn sign_in_with_certificate(
        &self,
        tenant: &str,
        app: &AppId,
        certificate: &KeptCertificate,
        resource: &AppId,
    ) -> Result<AppToken, AppTokenError> {
        let _ = (tenant, app, certificate, resource);
        Err(AppTokenError::Refused { error: "unsupported".to_owned(), code: None })
    }
}

/// Where a client secret, or a certificate with its private key, belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SecretAddress {
    /// Tenant id.
    pub tenant: String,
    /// Client id of the app.
    pub app: AppId,
    /// Microsoft's id of the secret.
    pub key: KeyId,
}

impl SecretAddress {
    /// The id of its record in the vault: what it belongs to can be told from the journal alone, so that a run that was
    /// cut short finds what it had sealed.
    #[must_use]
    pub fn record_id(&self) -> String {
        format!("client-secret/{}/{}/{}", self.tenant, self.app, self.key)
    }

    /// The id of the record of a certificate with its private key.
    #[must_use]
    pub fn key_record_id(&self) -> String {
        format!("private-key/{}/{}/{}", self.tenant, self.app, self.key)
    }
}

/// Where the password of an account belongs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PasswordAddress {
    /// Tenant id.
    pub tenant: String,
    /// The account's address (`userPrincipalName`), in whatever case.
    pub account: String,
}

impl PasswordAddress {
    /// The id of its record in the vault. By address, since the password is sealed before the account has an id.
    #[must_use]
    pub fn record_id(&self) -> String {
        format!("account-password/{}/{}", self.tenant, self.account.to_lowercase())
    }
}

/// Why a secret could not be kept or found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No key is open: locked, absent or lost.
    #[error("the place for secrets is locked")]
    Locked,
    /// No room on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The disk does not accept writes.
    #[error("the disk cannot be written")]
    ReadOnly,
    /// The record exists and cannot be read.
    #[error("the record cannot be read")]
    Unreadable,
    /// Anything else.
    #[error("the place for secrets could not be used")]
    Other,
}

/// Where secrets are sealed: `vault`, or one that fails on order in a test.
#[async_trait]
pub trait SecretStore: Send + Sync {
    /// Writes, reads back and removes a canary, to know before a secret exists that one can be kept.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn prove_writable(&self) -> Result<(), StoreError>;

    /// Seals a value; it is on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn put(&self, address: &SecretAddress, label: &str, value: &SecretString)
    -> Result<(), StoreError>;

    /// Opens a value; `None` when there is no such record.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn get(&self, address: &SecretAddress) -> Result<Option<SecretString>, StoreError>;

    /// Whether there is such a record, with or without an open key.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn has(&self, address: &SecretAddress) -> Result<bool, StoreError>;

    /// Removes a record; that it is not there is fine.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn remove(&self, address: &SecretAddress) -> Result<(), StoreError>;

    /// Seals a certificate with its private key (PEM); it is on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError`]; a store that keeps no keys says [`StoreError::Other`].
    async fn put_key(
        &self,
        address: &SecretAddress,
        label: &str,
        value: &SecretString,
    ) -> Result<(), StoreError> {
        let _ = (address, label, value);
        Err(StoreError::Other)
    }

    /// Opens a certificate with its private key; `None` when there is no such record.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn key(&self, address: &SecretAddress) -> Result<Option<SecretString>, StoreError> {
        let _ = address;
        Ok(None)
    }

    /// Whether there is such a record, with or without an open key.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn has_key(&self, address: &SecretAddress) -> Result<bool, StoreError> {
        let _ = address;
        Ok(false)
    }

    /// Removes a certificate with its private key; that it is not there is fine.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn remove_key(&self, address: &SecretAddress) -> Result<(), StoreError> {
        let _ = address;
        Ok(())
    }

    /// Seals the password of an account; it is on the disk when this returns.
    ///
    /// # Errors
    /// [`StoreError`]; a store that keeps no passwords says [`StoreError::Other`].
    async fn put_password(
        &self,
        address: &PasswordAddress,
        label: &str,
        value: &SecretString,
    ) -> Result<(), StoreError> {
        let _ = (address, label, value);
        Err(StoreError::Other)
    }

    /// Opens the password of an account; `None` when there is no such record.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn password(&self, address: &PasswordAddress) -> Result<Option<SecretString>, StoreError> {
        let _ = address;
        Ok(None)
    }

    /// Removes the password of an account; that it is not there is fine.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn remove_account_password(&self, address: &PasswordAddress) -> Result<(), StoreError> {
        let _ = address;
        Ok(())
    }
}
