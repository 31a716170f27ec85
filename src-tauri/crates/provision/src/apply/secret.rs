//! P5: client secrets. The one call whose answer can be lost for ever, and the one rule that matters most.
//!
//! (a) the intent is on the disk before the request is sent; (b) the vault is proven writable before that; (c) the
//! request is sent once, never repeated by itself; (d) the value is sealed and on the disk before anything else is
//! awaited; (e) it is read back and compared; (f) where the outcome is unknown, the registration is searched for our
//! name, what is there without a stored value is removed, and the next try gets a new name.
//!
//! At rest, the entries with one of our names are exactly the values stored.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future;
use graph::resources::{Application, NewSecret, PasswordCredential};
use graph::{AppId, ApplicationId, Call, GraphError, Outcome, applications, credentials};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};
use tokio_util::sync::CancellationToken;

use super::checkpoint::Checkpoint;
use super::events::{Hold, Progress, UnsavedSecret};
use super::facts::SecretAttempt;
use super::operation::guid;
use super::run::{Course, Running};
use super::session::{SecretAddress, StoreError};
use super::stop::{LONGEST_WAIT, Stop};
use crate::plan::{PlannedSecret, Step, StepKind, marker_for};
use crate::{Note, Phase, StepKey};

/// A new secret may take minutes to be listed. Searched for this long after it may have been made; what shows up later
/// still is removed when everything is read back.
const SEARCH: SignedDuration = SignedDuration::from_mins(2);
/// Tries whose outcome was lost, before a run gives up.
const LOST_TRIES: u32 = 3;
/// Between two tries to keep a secret that could not be kept.
const KEEP_AGAIN: Duration = Duration::from_secs(5);
/// How long a cancelled run waits for the answer of a secret under way, which goes on by itself after that.
const LAST_MOMENT: Duration = Duration::from_millis(700);

/// What one try came to.
enum Try {
    Made,
    /// Clearly refused, and worth another try after this long.
    Again(Hold, Duration),
    /// Nobody knows whether it was made.
    Lost,
}

impl Running {
    /// Makes the secrets of all registrations side by side. Gives back what failed.
    pub(super) async fn secrets<'a>(&'a self, course: &Course) -> Vec<(&'a Step, Stop)> {
        let due = self.due(course, |kind| matches!(kind, StepKind::AddSecret));
        let due = due.into_iter().filter_map(|(step, planned)| Some((step, planned.secret.clone()?)));
        let all = due.map(|(step, secret)| async move {
            self.secret_step(step, secret).await.err().map(|stop| (step, stop))
        });
        future::join_all(all).await.into_iter().flatten().collect()
    }

    async fn secret_step(&self, step: &Step, secret: PlannedSecret) -> Result<(), Stop> {
        if self.facts().registrations.get(&step.registration).is_some_and(|one| one.secret().is_some()) {
            return Ok(());
        }
        let since = self.started(&step.id);
        let (running, id, registration) = (self.clone(), step.id.clone(), step.registration.clone());
        // On a task of its own: a run that is dropped or cancelled must not drop an answer that holds a secret.
        let mut task = tokio::spawn(async move { running.make_secret(&id, &registration, &secret).await });
        let result = tokio::select! {
            biased;
            result = &mut task => result,
            () = self.cancel.cancelled() => {
                tokio::select! {
                    result = &mut task => result,
                    () = tokio::time::sleep(LAST_MOMENT) => return Err(Stop::Cancelled),
                }
            }
        };
        result.unwrap_or(Err(Stop::Cancelled))?;
        self.done(&step.id, since);
        Ok(())
    }

    async fn make_secret(&self, step: &str, registration: &str, secret: &PlannedSecret) -> Result<(), Stop> {
        let key = StepKey::of(step);
        let Some((id, app_id)) =
            self.facts().registrations.get(registration).and_then(|one| one.application.clone())
        else {
            return Err(Stop::StillSpreading);
        };
        let begun = self.now();
        let mut lost = 0;
        let mut waits = 0;
        loop {
            self.reconcile(&key, registration, &id, &app_id).await?;
            if self.facts().registrations.get(registration).is_some_and(|one| one.secret().is_some()) {
                return Ok(());
            }
            if self.cancel.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            match self.try_once(&key, registration, &id, &app_id, secret).await? {
                Try::Made => return Ok(()),
                Try::Lost => {
                    lost += 1;
                    if lost >= LOST_TRIES {
                        self.reconcile(&key, registration, &id, &app_id).await?;
                        return Err(Stop::SecretLost);
                    }
                }
                Try::Again(why, time) => {
                    let over = SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX);
                    let end = begun.checked_add(LONGEST_WAIT).unwrap_or(Timestamp::MAX);
                    let next = self.now().checked_add(over).unwrap_or(Timestamp::MAX);
                    if next >= end {
                        return Err(if why == Hold::Throttled {
                            Stop::Parked { until: next }
                        } else {
                            Stop::StillSpreading
                        });
                    }
                    let wait = if time.is_zero() { self.backoff(waits) } else { time };
                    waits += 1;
                    self.hold(step, why, wait).await?;
                }
            }
        }
    }

    async fn try_once(
        &self,
        key: &StepKey,
        registration: &str,
        id: &ApplicationId,
        app_id: &AppId,
        secret: &PlannedSecret,
    ) -> Result<Try, Stop> {
        self.reached(Checkpoint::BeforeIntent, key).await;
        // (b)
        self.worker.session.vault.prove_writable().await.map_err(Stop::Vault)?;
        // (a)
        let attempt = self.facts().next_attempt(key);
        let marker = marker_for(&secret.display_name, &self.plan.run, attempt);
        let request_id = guid(self.worker.session.surroundings.random_bits());
        let intent = Note::SecretMarker { marker: marker.clone() };
        self.write(vec![self.line(key, Phase::Intent, intent, Some(&request_id))]).await?;
        self.reached(Checkpoint::AfterIntent, key).await;
        // (c)
        let end = self.now().checked_add(secret.lifetime).unwrap_or(secret.expires);
        let fresh_since = self.facts().registrations.get(registration).and_then(|one| one.fresh_since);
        let call = Call {
            client_request_id: Some(request_id),
            // Not the run's: see `secret_step`.
            cancel: CancellationToken::new(),
            ..self.call(vec![key.step.clone()], fresh_since)
        };
        let answer =
            self.worker.session.graph.with_call(call).send(credentials::add_password(id, &marker, end)).await;
        self.reached(Checkpoint::Sent, key).await;
        match answer {
            Ok(made) => self.keep(key, registration, app_id, marker, end, made).await.map(|()| Try::Made),
            Err(error) => self.not_made(key, error).await,
        }
    }

    /// (d) and (e): seals the value before anything else, reads it back, and writes down that it is there.
    async fn keep(
        &self,
        key: &StepKey,
        registration: &str,
        app_id: &AppId,
        marker: String,
        end: Timestamp,
        made: NewSecret,
    ) -> Result<(), Stop> {
        let address = SecretAddress {
            tenant: self.plan.organisation.id.clone(),
            app: app_id.clone(),
            key: made.key_id.clone(),
        };
        if let Err(why) = self.seal(&address, &marker, &made.secret_text).await {
            self.keep_somehow(key, registration, &address, &marker, &made, why).await?;
        }
        self.reached(Checkpoint::Answered, key).await;
        self.values
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .insert(registration.to_owned(), made.secret_text.clone());
        let note = Note::Secret {
            key_id: made.key_id,
            marker,
            hint: made.hint.unwrap_or_default(),
            start: made.start_date_time.unwrap_or_else(|| self.now()),
            end: made.end_date_time.unwrap_or(end),
        };
        self.write(vec![self.line(key, Phase::Persisted, note, None)]).await?;
        self.reached(Checkpoint::Persisted, key).await;
        Ok(())
    }

    async fn seal(
        &self,
        address: &SecretAddress,
        label: &str,
        value: &SecretString,
    ) -> Result<(), StoreError> {
        let vault = &self.worker.session.vault;
        vault.put(address, label, value).await?;
        match vault.get(address).await? {
            Some(kept) if kept.expose_secret() == value.expose_secret() => Ok(()),
            _ => Err(StoreError::Unreadable),
        }
    }

    /// Row 22: the value stays in memory and is shown until it is kept here or somewhere else. Cancelled, it is left for
    /// the next resume to remove.
    async fn keep_somehow(
        &self,
        key: &StepKey,
        registration: &str,
        address: &SecretAddress,
        marker: &str,
        made: &NewSecret,
        why: StoreError,
    ) -> Result<(), Stop> {
        let unsaved = Arc::new(UnsavedSecret::new(
            registration.to_owned(),
            made.key_id.clone(),
            made.secret_text.clone(),
            why,
        ));
        self.worker.observer.on(Progress::SecretUnsaved { secret: &unsaved });
        loop {
            let until = self.now().checked_add(SignedDuration::from_secs(5)).unwrap_or(Timestamp::MAX);
            self.worker.observer.on(Progress::Held { step: &key.step, why: Hold::SecretUnsaved, until });
            tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Stop::Cancelled),
                () = unsaved.answered() => {}
                () = self.worker.session.surroundings.rest(KEEP_AGAIN) => {}
            }
            if unsaved.is_kept_elsewhere() || self.seal(address, marker, &made.secret_text).await.is_ok() {
                self.worker.observer.on(Progress::GoesOn { step: &key.step });
                return Ok(());
            }
        }
    }

    async fn not_made(&self, key: &StepKey, error: GraphError) -> Result<Try, Stop> {
        if matches!(error.outcome(), Outcome::Ambiguous | Outcome::Applied) {
            return Ok(Try::Lost);
        }
        // Clearly refused: nothing of this try exists, and its name is never used again.
        let code = error.code().map_or_else(|| "no-answer".to_owned(), ToString::to_string);
        self.write(vec![self.line(key, Phase::Answered, Note::Refused { code }, None)]).await?;
        let wait = error.retry_after(self.now()).unwrap_or_default();
        match error {
            GraphError::NotYetReplicated(_) => Ok(Try::Again(Hold::Spreading, wait)),
            GraphError::Throttled { .. } => Ok(Try::Again(Hold::Throttled, wait)),
            GraphError::Conflict(_) => Ok(Try::Again(Hold::Conflict, wait)),
            GraphError::Network { .. } if error.is_transient() => Ok(Try::Again(Hold::Network, wait)),
            other => Err(other.into()),
        }
    }

    /// (f): settles every try whose outcome is unknown.
    async fn reconcile(
        &self,
        key: &StepKey,
        registration: &str,
        id: &ApplicationId,
        app_id: &AppId,
    ) -> Result<(), Stop> {
        for unsettled in self.unsettled(registration) {
            let mut searched = 0;
            loop {
                let app = self.application(key, registration, id).await?;
                if let Some(found) = named(&app, &unsettled.marker) {
                    self.settle_found(key, registration, id, app_id, &unsettled, found).await?;
                    break;
                }
                let end = unsettled.begun.checked_add(SEARCH).unwrap_or(Timestamp::MAX);
                if self.now() >= end {
                    break;
                }
                self.hold(&key.step, Hold::Spreading, self.backoff(searched)).await?;
                searched += 1;
            }
        }
        Ok(())
    }

    /// Tries that were begun, of which neither a stored value nor a refusal is known.
    pub(super) fn unsettled(&self, registration: &str) -> Vec<SecretAttempt> {
        let facts = self.facts();
        let attempts =
            facts.registrations.get(registration).map(|one| one.secrets.as_slice()).unwrap_or_default();
        attempts.iter().filter(|one| one.made.is_none() && !one.gone).cloned().collect()
    }

    async fn application(
        &self,
        key: &StepKey,
        registration: &str,
        id: &ApplicationId,
    ) -> Result<Application, Stop> {
        let fresh = self.facts().registrations.get(registration).and_then(|one| one.fresh_since);
        let client = self.worker.session.graph.with_call(self.call(vec![key.step.clone()], fresh));
        Ok(client.send(applications::get(id)).await?)
    }

    /// One of our secrets is there. With its value in the vault it was only the journal that did not know; without, its
    /// value is lost and it goes.
    pub(super) async fn settle_found(
        &self,
        key: &StepKey,
        registration: &str,
        id: &ApplicationId,
        app_id: &AppId,
        unsettled: &SecretAttempt,
        found: &PasswordCredential,
    ) -> Result<(), Stop> {
        let address = SecretAddress {
            tenant: self.plan.organisation.id.clone(),
            app: app_id.clone(),
            key: found.key_id.clone(),
        };
        let has_another =
            self.facts().registrations.get(registration).is_some_and(|one| one.secret().is_some());
        let kept = self.worker.session.vault.has(&address).await.map_err(Stop::Vault)?;
        let note = if kept && !has_another {
            Note::Secret {
                key_id: found.key_id.clone(),
                marker: unsettled.marker.clone(),
                hint: found.hint.clone().unwrap_or_default(),
                start: found.start_date_time.unwrap_or(unsettled.begun),
                end: found.end_date_time.unwrap_or(unsettled.begun),
            }
        } else {
            self.remove_secret(key, id, &found.key_id).await?;
            if kept {
                self.worker.session.vault.remove(&address).await.map_err(Stop::Vault)?;
            }
            Note::SecretRemoved { key_id: found.key_id.clone(), marker: unsettled.marker.clone() }
        };
        let phase = if matches!(note, Note::Secret { .. }) { Phase::Persisted } else { Phase::Answered };
        let mut line = self.line(key, phase, note, None);
        line.attempt = unsettled.attempt;
        self.write(vec![line]).await
    }

    pub(crate) async fn remove_secret(
        &self,
        key: &StepKey,
        id: &ApplicationId,
        secret: &graph::KeyId,
    ) -> Result<(), Stop> {
        let client = self.worker.session.graph.with_call(self.call(vec![key.step.clone()], None));
        match client.send(credentials::remove_password(id, secret)).await {
            Ok(()) | Err(GraphError::NotFound(_)) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// The secret with this name.
pub(super) fn named<'a>(app: &'a Application, marker: &str) -> Option<&'a PasswordCredential> {
    app.password_credentials.iter().find(|one| one.display_name.as_deref() == Some(marker))
}
