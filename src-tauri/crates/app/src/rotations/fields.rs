//! The new credential for the product's form: under the connector's own labels where there is one, else under Microsoft's.

use blueprint::{HandOverEntry, HandOverValue, ValueSource};
use contract::HandOverField;
use graph::{AppId, KeyId};
use provision::{CredentialSort, MadeRegistration, SecretAddress, SecretStore};
use secrecy::SecretString;

use super::kept::{KeptRotation, new_key};
use crate::connections::Stored;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, hand_over};

/// The value of a field.
pub(super) enum Value {
    /// One that anyone may see.
    Plain(String),
    /// The secret.
    Secret(SecretString),
}

impl App {
    /// The fields of the product's form that change, with what is not secret filled in.
    pub(super) fn rotation_fields(
        &self,
        space: &OpenSpace,
        kept: &KeptRotation,
        made: &MadeRegistration,
    ) -> Vec<HandOverField> {
        let stored = kept.rotation.connection.as_ref().and_then(|id| self.stored(space, id).ok());
        let own = stored.as_ref().map(|stored| of_connector(stored, kept, made)).unwrap_or_default();
        if own.iter().any(|field| field.secret || field.microsoft_term.as_deref() == Some(THUMBPRINT)) {
            return own;
        }
        general(kept, made)
    }

    pub(super) async fn rotation_field(
        &self,
        space: &OpenSpace,
        kept: &KeptRotation,
        field: &str,
    ) -> Answer<Value> {
        let made = self.made_by(space, kept).await?.ok_or_else(|| no_such("credential"))?;
        let fields = self.rotation_fields(space, kept, &made);
        let found = fields.into_iter().find(|one| one.id == field).ok_or_else(|| no_such("field"))?;
        match found.value {
            Some(text) => Ok(Value::Plain(text)),
            None => self.rotation_secret(space, kept).await.map(Value::Secret),
        }
    }

    /// The value of the new secret, from the vault.
    pub(super) async fn rotation_secret(
        &self,
        space: &OpenSpace,
        kept: &KeptRotation,
    ) -> Answer<SecretString> {
        if kept.rotation.sort != CredentialSort::Secret {
            return Err(no_such("secret"));
        }
        let address = self.address_of_new(space, kept).await?;
        let vault = space.open_vault().await?;
        let found = SecretStore::get(vault, &address).await.or_explain()?;
        found.ok_or_else(|| vault::VaultError::NotFound.explain())
    }

    /// Where the new credential lies in the vault.
    pub(super) async fn address_of_new(
        &self,
        space: &OpenSpace,
        kept: &KeptRotation,
    ) -> Answer<SecretAddress> {
        let made = self.made_by(space, kept).await?.ok_or_else(|| no_such("credential"))?;
        let key = new_key(&made).ok_or_else(|| no_such("credential"))?;
        Ok(SecretAddress {
            tenant: kept.tenant_id.clone(),
            app: AppId::new(kept.rotation.app_id.clone()).map_err(|_| no_such("app"))?,
            key: KeyId::new(key).map_err(|_| no_such("credential"))?,
        })
    }
}

const THUMBPRINT: &str = "Certificate thumbprint";

/// The vendor's own fields that belong to this registration.
fn of_connector(stored: &Stored, kept: &KeptRotation, made: &MadeRegistration) -> Vec<HandOverField> {
    let Some(own) = stored.registrations.iter().find(|one| one.app_id == kept.rotation.app_id) else {
        return Vec::new();
    };
    let mut fields = Vec::new();
    for (page_number, page) in stored.setup.hand_over.pages.iter().enumerate() {
        for (number, entry) in page.entries.iter().enumerate() {
            let HandOverValue::OfRegistration { registration, source } = &entry.value else { continue };
            if *registration != own.key {
                continue;
            }
            let id = format!("{page_number}.{number}");
            match source {
                ValueSource::ClientId => {
                    fields.push(field(id, entry, hand_over::value(stored, entry), false));
                }
                ValueSource::Secret if made.secret.is_some() => fields.push(field(id, entry, None, true)),
                ValueSource::CertificateThumbprint => {
                    if let Some(certificate) = &made.certificate {
                        fields.push(field(id, entry, Some(certificate.thumbprint.clone()), false));
                    }
                }
                _ => {}
            }
        }
    }
    fields
}

fn field(id: String, entry: &HandOverEntry, value: Option<String>, secret: bool) -> HandOverField {
    HandOverField {
        id,
        label: entry.label.clone(),
        microsoft_term: match &entry.value {
            HandOverValue::OfRegistration { source: ValueSource::CertificateThumbprint, .. } => {
                Some(THUMBPRINT.to_owned())
            }
            other => hand_over::microsoft_term(other).map(str::to_owned),
        },
        note: entry.note.clone(),
        value,
        secret,
        authorize: None,
    }
}

/// For a product that no connector describes.
fn general(kept: &KeptRotation, made: &MadeRegistration) -> Vec<HandOverField> {
    let plain = |id: &str, label: &str, term: &str, value: &str| HandOverField {
        id: id.to_owned(),
        label: label.to_owned(),
        microsoft_term: Some(term.to_owned()),
        note: None,
        value: Some(value.to_owned()),
        secret: false,
        authorize: None,
    };
    let mut fields = vec![
        plain("tenant-id", "Tenant ID", "Directory (tenant) ID", &kept.tenant_id),
        plain("client-id", "Client ID", "Application (client) ID", &kept.rotation.app_id),
    ];
    if made.secret.is_some() {
        fields.push(HandOverField {
            id: "secret".to_owned(),
            label: "Client secret".to_owned(),
            microsoft_term: Some("Client secret value".to_owned()),
            note: None,
            value: None,
            secret: true,
            authorize: None,
        });
    }
    if let Some(certificate) = &made.certificate {
        fields.push(plain("thumbprint", "Thumbprint", THUMBPRINT, &certificate.thumbprint));
    }
    fields
}
