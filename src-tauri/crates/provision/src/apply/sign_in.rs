//! P6: a token with the new secret, and the roles in it.

use std::collections::BTreeSet;
use std::time::Duration;

use blueprint::PermissionKind;
use blueprint::catalogue::MICROSOFT_GRAPH;
use futures_util::future;
use graph::AppId;
use jiff::SignedDuration;
use net::NetError;
use secrecy::SecretString;
use uuid::Uuid;

use super::events::Hold;
use super::outcome::TokenRoles;
use super::run::{Course, Running};
use super::session::{AppToken, AppTokenError, StoreError};
use super::stop::{LONGEST_WAIT, Stop};
use crate::plan::{PlannedRegistration, Step, app_id_of};
use crate::{KeptCertificate, Note};

/// How long a sign-in service that cannot be reached is tried again.
const NETWORK: SignedDuration = SignedDuration::from_mins(2);
/// How often a new credential must be accepted, one time after the other, and how long is waited in between.
const IN_A_ROW: u32 = 5;
const BETWEEN: Duration = Duration::from_secs(1);
/// For what was not changed by this run.
const MOMENTS: SignedDuration = SignedDuration::from_secs(30);

/// The tokens of one registration.
pub(super) struct SignedIn {
    registration: String,
    graph: Option<AppToken>,
    roles: Vec<TokenRoles>,
}

impl SignedIn {
    pub(super) fn into_course(self, course: &mut Course) {
        if let Some(token) = self.graph {
            course.tokens.insert(self.registration, token);
        }
        course.token_roles.extend(self.roles);
    }
}

impl Running {
    pub(super) async fn sign_in_as_apps<'a>(
        &self,
        due: Vec<(&'a Step, &'a PlannedRegistration)>,
    ) -> Vec<(&'a Step, Result<SignedIn, Stop>)> {
        let all = due.into_iter().map(|(step, planned)| async move {
            let since = self.started(&step.id);
            let result = self.sign_in_as_app(step, planned).await;
            if result.is_ok() {
                self.done(&step.id, since);
            }
            (step, result)
        });
        future::join_all(all).await
    }

    async fn sign_in_as_app(&self, step: &Step, planned: &PlannedRegistration) -> Result<SignedIn, Stop> {
        let (app_id, credential) = self.credential_of(planned).await?;
        let mut resources: Vec<Uuid> = planned
            .permissions
            .iter()
            .filter(|one| one.key.kind == PermissionKind::Application)
            .map(|one| one.key.resource)
            .collect();
        resources.sort_unstable();
        resources.dedup();
        if resources.is_empty() {
            // Nothing is granted to the app itself: that it gets a token at all is what is tried.
            resources.push(MICROSOFT_GRAPH);
        }
        let tried = resources[0];
        let all = resources
            .into_iter()
            .map(|resource| self.token_for(step, planned, &app_id, &credential, resource));
        let mut signed_in = SignedIn { registration: planned.key.clone(), graph: None, roles: Vec::new() };
        for result in future::join_all(all).await {
            let (resource, token) = result?;
            signed_in.roles.push(TokenRoles {
                registration: planned.key.clone(),
                resource: resource.to_string(),
                roles: token.roles.clone(),
            });
            if resource == MICROSOFT_GRAPH {
                signed_in.graph = Some(token);
            }
        }
        if self.plan.subject.is_rotation() {
            self.known_everywhere(step, planned, &app_id, &credential, tried).await?;
        }
        self.verified(&step.id, Note::Plain).await?;
        Ok(signed_in)
    }

    /// A product may ask another of Microsoft's servers than Gatehouse did, and each learns of a new credential by itself:
    /// it counts once it was accepted several times in a row.
    async fn known_everywhere(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
        app_id: &AppId,
        credential: &Credential,
        resource: Uuid,
    ) -> Result<(), Stop> {
        let (begun, api) = (self.now(), app_id_of(resource));
        let mut in_a_row = 1;
        while in_a_row < IN_A_ROW {
            self.worker.session.surroundings.rest(BETWEEN).await;
            if self.cancel.is_cancelled() {
                return Err(Stop::Cancelled);
            }
            if self.sign_in_with(&self.plan.organisation.id, app_id, credential, &api).await.is_ok() {
                in_a_row += 1;
                continue;
            }
            if self.now().duration_since(begun) >= LONGEST_WAIT {
                return Err(Stop::StillSpreading);
            }
            self.token_for(step, planned, app_id, credential, resource).await?;
            in_a_row = 1;
        }
        Ok(())
    }

    /// A fresh token for Graph, after a wait that outlives one.
    pub(super) async fn sign_in_again(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
    ) -> Result<Option<AppToken>, Stop> {
        let (app_id, credential) = self.credential_of(planned).await?;
        let (_, token) = self.token_for(step, planned, &app_id, &credential, MICROSOFT_GRAPH).await?;
        Ok(Some(token))
    }

    /// Signs in until the token carries what is granted. In the first ten minutes an unknown secret, an unknown app and
    /// a missing role all mean "still spreading".
    async fn token_for(
        &self,
        step: &Step,
        planned: &PlannedRegistration,
        app_id: &AppId,
        credential: &Credential,
        resource: Uuid,
    ) -> Result<(Uuid, AppToken), Stop> {
        let expected: BTreeSet<&str> = planned
            .permissions
            .iter()
            .filter(|one| one.key.resource == resource && one.key.kind == PermissionKind::Application)
            .filter(|one| self.is_expected(planned, one))
            .map(|one| one.value.as_str())
            .collect();
        let (tenant, api, begun) = (&self.plan.organisation.id, app_id_of(resource), self.now());
        let mut attempt = 0;
        loop {
            let signing_in = self.sign_in_with(tenant, app_id, credential, &api);
            let result = tokio::select! {
                biased;
                () = self.cancel.cancelled() => return Err(Stop::Cancelled),
                result = signing_in => result,
            };
            let (why, stop) = match result {
                Ok(token) => match self.judge(planned, resource, &expected, &token.roles) {
                    Ok(()) => return Ok((resource, token)),
                    Err(stop @ Stop::RolesDiffer { .. }) if !is_missing(&stop) => return Err(stop),
                    Err(stop) => (Hold::Spreading, stop),
                },
                Err(error @ AppTokenError::NotKnown { .. }) => (Hold::Spreading, Stop::AppSignIn(error)),
                // Row 33: a portal's page, a proxy's question or a strange certificate does not go away by waiting.
                Err(
                    error @ AppTokenError::Network(
                        NetError::WebPage
                        | NetError::ProxyAuth
                        | NetError::TlsUntrusted { .. }
                        | NetError::TlsDates
                        | NetError::TlsOther,
                    ),
                ) => return Err(Stop::AppSignIn(error)),
                Err(error @ AppTokenError::Network(_)) => (Hold::Network, Stop::AppSignIn(error)),
                Err(error) => return Err(Stop::AppSignIn(error)),
            };
            let window = match why {
                Hold::Network => NETWORK,
                _ => self.spreading_window(&planned.key),
            };
            if self.now().duration_since(begun) >= window {
                return Err(stop);
            }
            self.hold(&step.id, why, self.backoff(attempt)).await?;
            attempt += 1;
        }
    }

    /// How long an unknown secret or a missing role can mean "still spreading": ten minutes after this run changed
    /// something, and only moments where it changed nothing (somebody may just have granted it).
    fn spreading_window(&self, registration: &str) -> SignedDuration {
        let recent =
            self.newest_change(registration).is_some_and(|at| self.now().duration_since(at) < LONGEST_WAIT);
        if recent { LONGEST_WAIT } else { MOMENTS }
    }

    fn judge(
        &self,
        planned: &PlannedRegistration,
        resource: Uuid,
        expected: &BTreeSet<&str>,
        roles: &[String],
    ) -> Result<(), Stop> {
        let missing: Vec<String> = expected
            .iter()
            .filter(|one| !roles.iter().any(|role| role == *one))
            .map(|one| (*one).to_owned())
            .collect();
        // A registration that was there before may hold more; one of ours holds what was planned and nothing else.
        let unexpected: Vec<String> = if planned.existing.is_none() {
            let wanted = |role: &String| {
                planned.permissions.iter().any(|one| {
                    one.key.resource == resource && one.value == *role && one.exchange_role.is_none()
                })
            };
            roles.iter().filter(|role| !wanted(role)).cloned().collect()
        } else {
            Vec::new()
        };
        if missing.is_empty() && unexpected.is_empty() {
            Ok(())
        } else {
            Err(Stop::RolesDiffer { missing, unexpected })
        }
    }

    async fn sign_in_with(
        &self,
        tenant: &str,
        app: &AppId,
        credential: &Credential,
        api: &AppId,
    ) -> Result<AppToken, AppTokenError> {
        let apps = &self.worker.session.apps;
        match credential {
            Credential::Secret(value) => apps.sign_in(tenant, app, value, api).await,
            Credential::Certificate(kept) => apps.sign_in_with_certificate(tenant, app, kept, api).await,
        }
    }

    /// What to sign in with: what was just made, or what is in the vault.
    async fn credential_of(&self, planned: &PlannedRegistration) -> Result<(AppId, Credential), Stop> {
        let (app_id, made, certificate) = {
            let facts = self.facts();
            let Some(one) = facts.registrations.get(&planned.key) else {
                return Err(Stop::Vault(StoreError::Other));
            };
            let Some((_, app_id)) = one.application.clone() else {
                return Err(Stop::Vault(StoreError::Other));
            };
            let secret = one.secret().map(|secret| secret.key_id.clone());
            (app_id, secret, one.certificate().map(|one| one.key_id.clone()))
        };
        let at_hand =
            self.values.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get(&planned.key).cloned();
        if let Some(value) = at_hand {
            return Ok((app_id, Credential::Secret(value)));
        }
        let vault = &self.worker.session.vault;
        let found = if let Some(key) = made.or_else(|| planned.kept_secret.clone()) {
            let value = vault.get(&self.key_address(&app_id, &key)).await.map_err(Stop::Vault)?;
            value.map(Credential::Secret)
        } else if let Some(key) = certificate.or_else(|| planned.kept_certificate.clone()) {
            let text = vault.key(&self.key_address(&app_id, &key)).await.map_err(Stop::Vault)?;
            text.and_then(KeptCertificate::read).map(Credential::Certificate)
        } else {
            None
        };
        Ok((app_id, found.ok_or(Stop::Vault(StoreError::Unreadable))?))
    }
}

/// What an app signs in with.
enum Credential {
    Secret(SecretString),
    Certificate(KeptCertificate),
}

fn is_missing(stop: &Stop) -> bool {
    matches!(stop, Stop::RolesDiffer { missing, .. } if !missing.is_empty())
}
