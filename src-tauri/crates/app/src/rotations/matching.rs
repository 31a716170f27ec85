//! Which credential a secret is that somebody has. It never leaves this machine, and nothing of it is kept.

use contract::{SecretCandidate, SecretMatch, SecretMatchRequest};
use secrecy::SecretString;
use vault::{RecordAddress, RecordKind};
use watch::findings::{Certainty, Match, Matched, same_secret, secret_match};
use watch::inventory::{Store, StoreError};

use crate::App;
use crate::errors::Answer;
use crate::inventory::off_thread;
use crate::space::OpenSpace;
use crate::view;

impl App {
    /// Which credential a secret is, without sending it anywhere.
    pub async fn secret_match(&self, request: SecretMatchRequest) -> Answer<SecretMatch> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let store = self.inventory(&space, account.key.tenant_id.as_str()).await?;
        let context = self.judging(&space, &account, &store).await?;
        let pasted = SecretString::from(request.secret.take());
        let kept = self.key_of_same(&space, account.key.tenant_id.as_str(), &pasted).await;
        let (searched, only) = (store.clone(), request.app_id);
        let matched = off_thread(move || {
            let apps = with_secrets(&searched, only.as_deref())?;
            Ok::<_, StoreError>(secret_match(&pasted, &apps, |_| kept, &context))
        });
        let matched = matched.await?;
        let sentence = matched.sentence();
        let (fits, certain, is_key_id) = match matched {
            Match::Secret { fits, certainty } => (fits, certainty == Certainty::Value, false),
            Match::KeyId { of } => (of.into_iter().collect(), true, true),
            Match::ClientId { .. } | Match::Unknown | Match::Empty => (Vec::new(), false, false),
        };
        let candidates = self.candidates(&space, &store, fits, certain).await?;
        Ok(SecretMatch { sentence, candidates, is_key_id })
    }

    async fn candidates(
        &self,
        space: &OpenSpace,
        store: &Store,
        fits: Vec<Matched>,
        certain: bool,
    ) -> Answer<Vec<SecretCandidate>> {
        let stored = self.kept_keys(space).await;
        let rotating = self.rotating(space).await;
        let (now, zone, kept) = (self.now(), self.0.options.host.zone(), store.clone());
        off_thread(move || {
            let mut candidates = Vec::new();
            for one in fits {
                let Some(app) = kept.app(&one.app_id)? else { continue };
                let Some(credential) = app.credentials.iter().find(|own| own.key_id == one.key_id) else {
                    continue;
                };
                let in_vault = stored.contains(&one.key_id);
                let rotation = rotating.get(&one.key_id).cloned();
                candidates.push(SecretCandidate {
                    app_id: one.app_id,
                    app_name: one.app_name,
                    credential: view::inventory::credential(credential, now, &zone, in_vault, rotation),
                    certain,
                });
            }
            Ok::<_, StoreError>(candidates)
        })
        .await
    }

    /// The key id of the secret in the vault that is the same. A closed vault is not opened for it.
    async fn key_of_same(&self, space: &OpenSpace, tenant: &str, pasted: &SecretString) -> Option<String> {
        let vault = space.vault().ok().filter(|vault| vault.status().can_seal())?;
        let records = vault.list(Some(RecordKind::ClientSecret)).await.ok()?;
        for record in records.into_iter().filter(|record| record.tenant == tenant) {
            let Ok(address) = RecordAddress::new(record.id.clone(), record.kind, record.tenant.clone())
            else {
                continue;
            };
            if vault.get(&address).await.is_ok_and(|value| same_secret(&trimmed(pasted), &value)) {
                return record.id.as_str().rsplit('/').next().map(str::to_owned);
            }
        }
        None
    }
}

/// As the match itself trims it.
fn trimmed(pasted: &SecretString) -> SecretString {
    use secrecy::ExposeSecret as _;
    let around =
        |letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | ',' | ';' | '“' | '”');
    SecretString::from(pasted.expose_secret().trim_matches(around))
}

/// The app that was named, or all that have a secret.
fn with_secrets(store: &Store, only: Option<&str>) -> Result<Vec<watch::App>, StoreError> {
    if let Some(app_id) = only {
        return Ok(store.app(app_id)?.into_iter().collect());
    }
    let mut apps = Vec::new();
    store.each(|app| {
        if app.credentials.iter().any(|one| one.kind == watch::CredentialKind::Secret) {
            apps.push(app);
        }
    })?;
    Ok(apps)
}
