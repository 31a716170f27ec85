//! Getting a token of an app for its product's form.
//!
//! An app that works by itself signs in with its secret; nothing is changed. An app that works for people needs somebody to
//! sign in, and its registration must let that sign-in return to this computer: the address is added (journaled before it is
//! sent), used, and removed again, however the sign-in ended. A run that was cut short in between shows up as unfinished,
//! and going on with it removes the address.

mod interactive;
mod loopback;
mod token;
mod trial;

use std::sync::Arc;

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

pub use interactive::IdentityPersonSignIn;
pub use token::{Authorized, PersonAccess, PersonToken};

use super::facts::Facts;
use super::outcome::{Finish, Finished};
use super::run::Running;
use super::session::{AppTokenError, StoreError};
use super::stop::Stop;
use super::worker::Worker;
use crate::plan::{AuthorizeAs, Plan, PlannedRegistration, Step, StepKind, Subject, app_id_of};
use crate::{Note, RunEnd, Setback};

impl Worker {
    /// Carries out a plan of [`Planner::authorize`](crate::Planner::authorize). `person` opens the browser where somebody has
    /// to sign in.
    ///
    /// # Errors
    /// [`Stop`]. Whatever it is, the address of this computer was removed again, or the run stays unfinished and
    /// [`Worker::resume`] removes it.
    pub async fn authorize(
        &self,
        plan: Plan,
        person: &dyn PersonAccess,
        cancel: CancellationToken,
    ) -> Result<Authorized, Stop> {
        self.check_session(&plan)?;
        let lease =
            self.journal.lease(&plan.organisation.id, &plan.title, self.session.surroundings.now()).await?;
        self.write_down(&plan).await?;
        let facts = Facts::of_plan(&plan);
        let running = Running::new(self, plan, facts, cancel, Arc::new(lease));
        let result = Box::pin(running.authorize(person)).await;
        let end = match (&result, running.is_open()) {
            (_, true) => RunEnd::Stopped { code: "address-left".to_owned() },
            (Ok(_), _) => RunEnd::Done,
            (Err(_), _) => RunEnd::Undone,
        };
        running.say(end).await?;
        result
    }
}

impl Running {
    /// Whether going on means nothing but tidying up.
    pub(super) fn is_authorizing(&self) -> bool {
        matches!(self.plan.subject, Subject::Authorize { .. })
    }

    /// Going on after a crash: the address goes, and no sign-in is begun that nobody waits for.
    pub(super) async fn tidy_up(&self) -> Finished {
        let finish = match self.close_all().await {
            Ok(()) => Finish::Done,
            Err(stop) => Finish::Stopped(stop),
        };
        let end = match &finish {
            Finish::Stopped(stop) => RunEnd::Stopped { code: stop.code().to_owned() },
            _ => RunEnd::Undone,
        };
        let finish = match self.say(end).await {
            Ok(()) => finish,
            Err(stop) => Finish::Stopped(stop),
        };
        Finished {
            run: self.plan.run.clone(),
            finish,
            made: Vec::new(),
            proofs: Vec::new(),
            tokens: Vec::new(),
            remarks: Vec::new(),
        }
    }

    async fn authorize(&self, person: &dyn PersonAccess) -> Result<Authorized, Stop> {
        let plan = Arc::clone(&self.plan);
        for step in plan.steps.iter().filter(|step| step.is_due()) {
            let StepKind::AddLoopback { uri } = &step.kind else { continue };
            let since = self.started(&step.id);
            if let Err(stop) = self.open_loopback(step, uri).await {
                // It may have been added without an answer.
                let closed = self.close_all().await;
                return closed.and(Err(self.explain(step, stop).await));
            }
            self.done(&step.id, since);
        }
        let result = self.token(person).await;
        self.close_all().await?;
        result
    }

    async fn token(&self, person: &dyn PersonAccess) -> Result<Authorized, Stop> {
        let wanted = self.plan.steps.iter().find_map(|step| match &step.kind {
            StepKind::Authorize { how } => Some((step, *how)),
            _ => None,
        });
        let planned = self.plan.registrations.first();
        let (Some((step, how)), Some(planned)) = (wanted, planned) else {
            return Err(Stop::NotSupported { what: "A plan that gets no token".to_owned() });
        };
        let since = self.started(&step.id);
        let secret = self.kept_secret(planned).await?;
        let result = match how {
            AuthorizeAs::App => self.as_app(planned, &secret).await,
            AuthorizeAs::Person => self.as_person(step, planned, secret, person).await,
        };
        match result {
            Ok(mut authorized) => {
                if how == AuthorizeAs::Person {
                    authorized.proofs = self.try_as_person(&authorized).await?;
                }
                self.verified(&step.id, Note::Plain).await?;
                self.done(&step.id, since);
                Ok(authorized)
            }
            Err(stop) => {
                self.worker.observer.on(super::Progress::Failed { step: &step.id, why: &stop });
                Err(stop)
            }
        }
    }

    async fn as_app(&self, planned: &PlannedRegistration, secret: &SecretString) -> Result<Authorized, Stop> {
        let Some(known) = &planned.existing else { return Err(Stop::Vault(StoreError::Other)) };
        let api = app_id_of(blueprint::catalogue::MICROSOFT_GRAPH);
        let tenant = &self.plan.organisation.id;
        let token = tokio::select! {
            biased;
            () = self.cancel.cancelled() => return Err(Stop::Cancelled),
            token = self.worker.session.apps.sign_in(tenant, &known.app_id, secret, &api) => {
                token.map_err(Stop::AppSignIn)?
            }
        };
        Ok(Authorized {
            how: AuthorizeAs::App,
            token: token.token,
            scopes: token.roles,
            expires_at: token.expires_at,
            person: None,
            proofs: Vec::new(),
        })
    }

    async fn as_person(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
        secret: SecretString,
        person: &dyn PersonAccess,
    ) -> Result<Authorized, Stop> {
        let Some(known) = &planned.existing else { return Err(Stop::Vault(StoreError::Other)) };
        let tenant = &self.plan.organisation.id;
        let mut attempt = 0;
        loop {
            let signing_in = person.sign_in(tenant, &known.app_id, secret.clone());
            let result = tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Stop::Cancelled),
                result = signing_in => result,
            };
            match result {
                Ok(token) => {
                    return Ok(Authorized {
                        how: AuthorizeAs::Person,
                        token: token.token,
                        scopes: token.scopes,
                        expires_at: token.expires_at,
                        person: token.person,
                        proofs: Vec::new(),
                    });
                }
                // The address may not be known everywhere yet; the person sees Microsoft's page and tries again by itself.
                Err(AppTokenError::Refused { code: Some(50_011), .. }) if attempt < 3 => {
                    self.hold(&step.id, super::Hold::Spreading, self.backoff(attempt)).await?;
                    attempt += 1;
                }
                Err(error) => return Err(Stop::AppSignIn(error)),
            }
        }
    }

    async fn kept_secret(&self, planned: &PlannedRegistration) -> Result<SecretString, Stop> {
        let (Some(known), Some(key)) = (&planned.existing, &planned.kept_secret) else {
            return Err(Stop::Vault(StoreError::Unreadable));
        };
        let address = super::SecretAddress {
            tenant: self.plan.organisation.id.clone(),
            app: known.app_id.clone(),
            key: key.clone(),
        };
        let kept = self.worker.session.vault.get(&address).await.map_err(Stop::Vault)?;
        kept.ok_or(Stop::Vault(StoreError::Unreadable))
    }
}
