//! Putting a certificate on a registration.
//!
//! A certificate made here has its private key sealed and read back before its public part is sent, so that no answer that
//! gets lost can take it along: what lies in the vault is uploaded, in this run or in the one that goes on with it.

use graph::resources::KeyCredential;
use graph::{AppId, ApplicationId, KeyId};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};

use super::KeyChange;
use crate::apply::checkpoint::Checkpoint;
use crate::apply::run::{Course, Running};
use crate::apply::session::{SecretAddress, StoreError};
use crate::apply::stop::Stop;
use crate::certificate::{KeptCertificate, make};
use crate::plan::{PlannedCertificate, PlannedRegistration, Step, StepKind};
use crate::{Note, Phase, PublicCertificate, StepKey};

impl Running {
    pub(in crate::apply) async fn certificates(&self, course: &mut Course) -> Result<(), Stop> {
        for (step, planned) in self.due(course, |kind| matches!(kind, StepKind::AddCertificate)) {
            if self.is_answered(step) {
                continue;
            }
            let since = self.started(&step.id);
            match self.certificate(step, planned).await {
                Ok(()) => self.done(&step.id, since),
                Err(stop) => self.failed(course, step, stop, true).await?,
            }
        }
        Ok(())
    }

    async fn certificate(&self, step: &Step, planned: &PlannedRegistration) -> Result<(), Stop> {
        let (Some(wanted), Some(known)) = (&planned.certificate, &planned.existing) else {
            return Err(Stop::NotSupported {
                what: "Adding a certificate to a new app registration".to_owned(),
            });
        };
        let key = StepKey::of(&step.id);
        self.reached(Checkpoint::BeforeIntent, &key).await;
        let public = match &wanted.uploaded {
            Some(text) => PublicCertificate::read(text, self.now()).map_err(|fault| Stop::Drift {
                what: vec![format!("{}. {}", fault.words().0, fault.words().2)],
            })?,
            None => self.sealed(&known.app_id, wanted).await?,
        };
        let note = Note::Certificate {
            key_id: wanted.key_id.clone(),
            name: wanted.name.clone(),
            thumbprint: public.thumbprint(),
            start: public.starts(),
            end: public.ends(),
        };
        self.write(vec![self.line(&key, Phase::Intent, note.clone(), None)]).await?;
        self.reached(Checkpoint::AfterIntent, &key).await;
        let change = self.addition(step, &known.id, planned, entry(wanted, &public));
        let result = self.change_keys(&[change]).await.pop().unwrap_or(Err(Stop::StillSpreading));
        self.reached(Checkpoint::Sent, &key).await;
        self.reached(Checkpoint::Answered, &key).await;
        result?;
        self.settle(&key, note).await?;
        self.reached(Checkpoint::Persisted, &key).await;
        Ok(())
    }

    fn addition(
        &self,
        step: &Step,
        id: &ApplicationId,
        planned: &PlannedRegistration,
        entry: KeyCredential,
    ) -> KeyChange {
        KeyChange {
            step: step.id.clone(),
            id: id.clone(),
            name: planned.display_name.clone(),
            add: vec![entry],
            remove: Vec::new(),
            remove_named: None,
            must: None,
            seen: planned.certificates_seen.clone(),
        }
    }

    /// The certificate that an earlier try sealed, or a new one, sealed now.
    async fn sealed(&self, app: &AppId, wanted: &PlannedCertificate) -> Result<PublicCertificate, Stop> {
        let vault = &self.worker.session.vault;
        let address = self.key_address(app, &wanted.key_id);
        let unreadable = || Stop::Vault(StoreError::Unreadable);
        if let Some(text) = vault.key(&address).await.map_err(Stop::Vault)? {
            let kept = KeptCertificate::read(text).ok_or_else(unreadable)?;
            return kept.public(self.now()).ok_or_else(unreadable);
        }
        vault.prove_writable().await.map_err(Stop::Vault)?;
        let made = self.made(wanted).await?;
        vault.put_key(&address, &wanted.name, made.text()).await.map_err(Stop::Vault)?;
        match vault.key(&address).await.map_err(Stop::Vault)? {
            Some(kept) if is_equal(&kept, made.text()) => made.public(self.now()).ok_or_else(unreadable),
            _ => Err(unreadable()),
        }
    }

    async fn made(&self, wanted: &PlannedCertificate) -> Result<KeptCertificate, Stop> {
        // To the second, as certificates have it.
        let starts = Timestamp::from_second(self.now().as_second()).unwrap_or_else(|_| self.now());
        let ends = starts.checked_add(wanted.lifetime).unwrap_or(wanted.expires);
        let name = wanted.short_name().to_owned();
        let made = tokio::task::spawn_blocking(move || make(&name, starts, ends)).await;
        made.ok().flatten().ok_or_else(|| Stop::NotSupported { what: "Making a certificate".to_owned() })
    }

    pub(crate) fn key_address(&self, app: &AppId, key: &KeyId) -> SecretAddress {
        SecretAddress { tenant: self.plan.organisation.id.clone(), app: app.clone(), key: key.clone() }
    }
}

fn is_equal(one: &SecretString, other: &SecretString) -> bool {
    one.expose_secret() == other.expose_secret()
}

/// As Graph takes it (<https://learn.microsoft.com/graph/api/resources/keycredential>).
fn entry(wanted: &PlannedCertificate, public: &PublicCertificate) -> KeyCredential {
    KeyCredential {
        key_id: Some(wanted.key_id.clone()),
        display_name: Some(wanted.name.clone()),
        kind: Some("AsymmetricX509Cert".to_owned()),
        usage: Some("Verify".to_owned()),
        custom_key_identifier: None,
        key: Some(public.base64()),
        start_date_time: Some(public.starts()),
        end_date_time: Some(public.ends()),
    }
}
