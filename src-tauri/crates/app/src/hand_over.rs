//! Handing over: the vendor's own form, filled in. Secrets are copied in Rust, or revealed for a short while.

use std::time::Duration;

use blueprint::{HandOverEntry, HandOverValue, ValueSource};
use contract::{CopyReceipt, HandOver, HandOverField, HandOverFieldRef, HandOverSection, RevealedSecret};
use graph::{AppId, KeyId};
use provision::{PasswordAddress, SecretAddress, SecretStore};
use secrecy::{ExposeSecret, SecretString};

use crate::connections::Stored;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, HostError, files, settings};

/// How long a revealed secret is shown.
const SHOWN_SECONDS: u32 = 30;

impl App {
    /// Copies a field of the hand-over, in Rust.
    pub async fn hand_over_copy(&self, field: HandOverFieldRef) -> Answer<CopyReceipt> {
        let space = self.space()?;
        let stored = self.stored(&space, &field.connection_id)?;
        let entry = entry(&stored, &field.field_id)?;
        match value(&stored, entry) {
            Some(text) => {
                self.copy(SecretString::from(text), None).await?;
                Ok(CopyReceipt { cleared_in_seconds: None })
            }
            None => self.copy_secret(self.secret(&space, &stored, entry).await?).await,
        }
    }

    /// Brings a secret to the page for a short while.
    pub async fn hand_over_reveal(&self, field: HandOverFieldRef) -> Answer<RevealedSecret> {
        let space = self.space()?;
        let stored = self.stored(&space, &field.connection_id)?;
        let secret = self.secret(&space, &stored, entry(&stored, &field.field_id)?).await?;
        // The person pressed Reveal, or asked for this field by name on the command line.
        Ok(RevealedSecret { value: secret.expose_secret().to_owned(), hide_after_seconds: SHOWN_SECONDS })
    }

    /// Saves the request for another admin to the person's downloads; gives the path.
    pub async fn grant_request_save(&self, id: &str) -> Answer<String> {
        let space = self.space()?;
        let stored = self.stored(&space, id)?;
        let request = self.grant_request(&space, &stored).await.ok_or_else(|| no_such("request"))?;
        files::save_for_person(&self.0.options.downloads, &request.file_name, request.file_text.as_bytes())
    }

    /// Puts text on the clipboard. Another program can keep the clipboard waiting, so this is no work for an async thread.
    pub(crate) async fn copy(&self, text: SecretString, clear_after: Option<Duration>) -> Answer<()> {
        let host = std::sync::Arc::clone(&self.0.options.host);
        tokio::task::spawn_blocking(move || host.copy(text, clear_after))
            .await
            .unwrap_or(Err(HostError::ClipboardAbsent))
            .or_explain()
    }

    /// Puts a secret on the clipboard, for as long as the settings say.
    pub(crate) async fn copy_secret(&self, secret: SecretString) -> Answer<CopyReceipt> {
        let seconds = settings::read(&self.0.options.config).clipboard_seconds;
        self.copy(secret, Some(Duration::from_secs(u64::from(seconds)))).await?;
        Ok(CopyReceipt { cleared_in_seconds: Some(seconds) })
    }

    async fn secret(
        &self,
        space: &OpenSpace,
        stored: &Stored,
        entry: &HandOverEntry,
    ) -> Answer<SecretString> {
        let vault = space.open_vault().await?;
        let found = match &entry.value {
            HandOverValue::OfRegistration { registration, source: ValueSource::Secret } => {
                SecretStore::get(vault, &client_secret(stored, registration)?).await
            }
            HandOverValue::OfAccount { account, source: ValueSource::AccountPassword } => {
                let account = stored.setup.account(account).ok_or_else(|| no_such("field"))?;
                let (tenant, account) = (stored.tenant_id.clone(), account.address.clone());
                SecretStore::password(vault, &PasswordAddress { tenant, account }).await
            }
            _ => return Err(no_such("field")),
        };
        found.or_explain()?.ok_or_else(|| vault::VaultError::NotFound.explain())
    }
}

/// Where the secret of a registration lies.
fn client_secret(stored: &Stored, registration: &str) -> Answer<SecretAddress> {
    let registration =
        stored.registrations.iter().find(|one| one.key == registration).ok_or_else(|| no_such("field"))?;
    let secret = registration.secret.as_ref().ok_or_else(|| no_such("secret"))?;
    Ok(SecretAddress {
        tenant: stored.tenant_id.clone(),
        app: AppId::new(registration.app_id.clone()).map_err(|_| no_such("secret"))?,
        key: KeyId::new(secret.key_id.clone()).map_err(|_| no_such("secret"))?,
    })
}

/// The vendor's form, with everything in it that is not secret.
pub(crate) fn page(stored: &Stored) -> HandOver {
    let sections =
        stored.setup.hand_over.pages.iter().enumerate().map(|(page_number, page)| HandOverSection {
            title: page.title.clone(),
            place: page.place.clone(),
            note: page.note.clone(),
            fields: page
                .entries
                .iter()
                .enumerate()
                .map(|(number, entry)| HandOverField {
                    id: format!("{page_number}.{number}"),
                    label: entry.label.clone(),
                    microsoft_term: microsoft_term(&entry.value).map(str::to_owned),
                    note: entry.note.clone(),
                    value: value(stored, entry),
                    secret: is_secret(&entry.value),
                    authorize: authorize(&entry.value),
                })
                .collect(),
        });
    HandOver { sections: sections.collect() }
}

fn entry<'a>(stored: &'a Stored, field: &str) -> Answer<&'a HandOverEntry> {
    let found = field.split_once('.').and_then(|(page, number)| {
        let page = stored.setup.hand_over.pages.get(page.parse::<usize>().ok()?)?;
        page.entries.get(number.parse::<usize>().ok()?)
    });
    found.ok_or_else(|| no_such("field"))
}

fn is_secret(value: &HandOverValue) -> bool {
    matches!(
        value,
        HandOverValue::OfRegistration { source, .. } | HandOverValue::OfAccount { source, .. }
            if source.is_secret()
    )
}

/// The registration that people sign in through to fill a field.
fn authorize(value: &HandOverValue) -> Option<String> {
    match value {
        HandOverValue::OfRegistration { registration, source: ValueSource::Token } => {
            Some(registration.clone())
        }
        _ => None,
    }
}

/// The value of a field; none when it is secret or not known yet.
pub(crate) fn value(stored: &Stored, entry: &HandOverEntry) -> Option<String> {
    match &entry.value {
        HandOverValue::Known { text } => Some(text.clone()),
        HandOverValue::OfTenant { source } => match source {
            ValueSource::TenantId => Some(stored.tenant_id.clone()),
            ValueSource::TenantName => Some(stored.tenant_name.clone()),
            ValueSource::TenantDomain => stored.default_domain.clone(),
            ValueSource::InitialDomain => stored.initial_domain.clone(),
            _ => None,
        },
        HandOverValue::OfRegistration { registration, source } => {
            let one = stored.registrations.iter().find(|one| one.key == *registration)?;
            match source {
                ValueSource::ClientId => Some(one.app_id.clone()),
                ValueSource::ServicePrincipalId => Some(one.service_principal_id.clone()),
                ValueSource::RedirectUri => {
                    Some(stored.setup.registration(registration)?.redirect_uris.first()?.uri.clone())
                }
                _ => None,
            }
        }
        HandOverValue::OfAccount { account, source: ValueSource::AccountAddress } => {
            Some(stored.setup.account(account)?.address.clone())
        }
        HandOverValue::OfAccount { .. } => None,
    }
}

pub(crate) fn microsoft_term(value: &HandOverValue) -> Option<&'static str> {
    let (HandOverValue::OfRegistration { source, .. } | HandOverValue::OfTenant { source }) = value else {
        return None;
    };
    match source {
        ValueSource::TenantId => Some("Directory (tenant) ID"),
        ValueSource::TenantName => Some("Tenant display name"),
        ValueSource::TenantDomain => Some("Primary domain"),
        ValueSource::InitialDomain => Some("Initial domain"),
        ValueSource::ClientId => Some("Application (client) ID"),
        ValueSource::ServicePrincipalId => Some("Enterprise application object ID"),
        ValueSource::Secret => Some("Client secret value"),
        ValueSource::RedirectUri => Some("Redirect URI"),
        _ => None,
    }
}
