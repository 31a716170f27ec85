//! Signing in through an app that was set up, so that the vendor's form gets a token.
//!
//! An app that works for people needs somebody to sign in: in the browser, coming back to this computer. The address for
//! that is put on the registration by a run of its own, and taken back by undoing that run, however the sign-in ends. An
//! app that works by itself signs in with its own secret; nobody has to do anything.

mod door;
mod kept;

use std::sync::Arc;

use blueprint::{PermissionKind, RegistrationSpec, catalogue};
use contract::{
    AppError, AuthorizeRequest, AuthorizeStarted, AuthorizedToken, ConnectedRegistration, CopyReceipt,
    ErrorCode, SignInEvent, TokenScope, When,
};
use identity::{ClientCredential, Scopes, SignIn, SignInProgress, SignedIn, Tenant};
use jiff::{SignedDuration, Timestamp};
use provision::SecretStore;
use secrecy::{ExposeSecret, SecretString};

use crate::accounts::Account;
use crate::connections::Stored;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::sign_in::Waiting;
use crate::space::OpenSpace;
use crate::{App, Observer, clouds, fresh_id, hand_over, held};

pub(crate) use kept::KeptTokens;

use door::Door;

impl App {
    /// Signs in through an app that was set up.
    pub async fn authorize_start(
        &self,
        request: AuthorizeRequest,
        observer: Observer<SignInEvent>,
    ) -> Answer<AuthorizeStarted> {
        let space = self.space()?;
        let stored = self.stored(&space, &request.connection_id)?;
        let registration = stored.registrations.iter().find(|one| one.key == request.registration).cloned();
        let registration = registration.ok_or_else(|| no_such("app"))?;
        let spec = stored.setup.registration(&request.registration).ok_or_else(|| no_such("app"))?;
        if works_for_people(spec) {
            let account = self.account_for(&space, &stored)?;
            self.through_browser(&space, &stored, &registration, &account, observer).await
        } else {
            self.by_itself(&space, &stored, &registration, &observer).await
        }
    }

    /// Copies the token of such a sign-in, in Rust.
    pub async fn authorize_copy_token(&self, id: &str) -> Answer<CopyReceipt> {
        let token = self.kept_token(id)?;
        self.copy_secret(token).await
    }

    /// The token itself, for somebody who asked for it by name on the command line.
    pub fn authorized_token(&self, id: &str) -> Answer<String> {
        Ok(self.kept_token(id)?.expose_secret().to_owned())
    }

    fn kept_token(&self, id: &str) -> Answer<SecretString> {
        self.0.tokens.get(id, self.now()).ok_or_else(|| {
            no_such("token")
                .because("The token has ended, or Gatehouse was closed since.")
                .advise("Sign in again.")
        })
    }

    /// The app's own token, with its sealed secret.
    async fn by_itself(
        &self,
        space: &Arc<OpenSpace>,
        stored: &Stored,
        registration: &ConnectedRegistration,
        observer: &Observer<SignInEvent>,
    ) -> Answer<AuthorizeStarted> {
        let address = hand_over::client_secret(stored, &registration.key)?;
        let kept = SecretStore::get(space.open_vault().await?, &address).await.or_explain()?;
        let secret = kept.ok_or_else(|| no_such("secret"))?;
        let cloud = clouds::by_id(space, &stored.cloud)?;
        let authority = self.authority(space, &cloud);
        let tenant = Tenant::parse(&stored.tenant_id).map_err(|_| AppError::new(ErrorCode::Internal))?;
        let client_id = registration.app_id.parse().map_err(|_| no_such("app"))?;
        let credential = ClientCredential::secret(secret).or_explain()?;
        let scope = cloud.graph_scope(".default");
        let token =
            identity::app_token(&authority, &tenant, &client_id, &credential, &scope).await.or_explain()?;
        let id = self.0.tokens.keep(token.token, token.expires_at, self.now());
        observer(SignInEvent::Authorized {
            token: AuthorizedToken {
                id: id.clone(),
                app_name: registration.name.clone(),
                person: "The app itself".to_owned(),
                scopes: token
                    .roles
                    .iter()
                    .map(|role| scope_words(role, PermissionKind::Application))
                    .collect(),
                expires_at: When(token.expires_at),
                expiry: expiry(token.expires_at, self.now()),
                cleaned_up: Vec::new(),
            },
        });
        Ok(AuthorizeStarted { sign_in_id: id, ends_at: When(self.now()), changed: Vec::new(), run_id: None })
    }

    /// A person's token, through the browser.
    async fn through_browser(
        &self,
        space: &Arc<OpenSpace>,
        stored: &Stored,
        registration: &ConnectedRegistration,
        account: &Account,
        observer: Observer<SignInEvent>,
    ) -> Answer<AuthorizeStarted> {
        let cloud = clouds::by_id(space, &stored.cloud)?;
        let client_id = registration.app_id.parse().map_err(|_| no_such("app"))?;
        let tenant = Tenant::parse(&stored.tenant_id).map_err(|_| AppError::new(ErrorCode::Internal))?;
        let door = Door::open(self, space, account, registration).await?;
        let scopes = Scopes::parse(&cloud.graph_scope(".default"));
        let mut asked = identity::SignInRequest::new(client_id, tenant, scopes);
        asked.login_hint = Some(account.upn.clone());
        let deadline = SignedDuration::try_from(asked.deadline).unwrap_or_default();
        held(&self.0.sign_ins).clear();
        let started = SignIn::start(self.authority(space, &cloud), asked, self.0.options.host.browser());
        let sign_in_id = fresh_id();
        held(&self.0.sign_ins).insert(sign_in_id.clone(), Waiting::on(started.handle.clone()));
        let answer = AuthorizeStarted {
            sign_in_id: sign_in_id.clone(),
            ends_at: When(self.now() + deadline),
            changed: door.changed(),
            run_id: door.run(),
        };
        let (app, name) = (self.clone(), registration.name.clone());
        tokio::spawn(async move { app.wait_for_token(sign_in_id, started, name, door, observer).await });
        Ok(answer)
    }

    /// Passes on what happens, closes the door again, and keeps the token.
    async fn wait_for_token(
        &self,
        id: String,
        mut started: SignIn,
        app_name: String,
        door: Door,
        observer: Observer<SignInEvent>,
    ) {
        let outcome = loop {
            tokio::select! {
                outcome = &mut started.outcome => break outcome,
                Some(progress) = started.progress.recv() => match progress {
                    SignInProgress::InBrowser => observer(SignInEvent::BrowserOpened),
                    SignInProgress::NoBrowser => observer(SignInEvent::BrowserFailed),
                    SignInProgress::Finishing => observer(SignInEvent::Returned),
                    _ => {}
                },
            }
        };
        let cleaned_up = door.close(self).await;
        held(&self.0.sign_ins).remove(&id);
        observer(match outcome {
            Ok(signed_in) => {
                SignInEvent::Authorized { token: self.take_in_token(&signed_in, app_name, cleaned_up) }
            }
            Err(error) => match error.explain() {
                error if error.code == ErrorCode::Cancelled => SignInEvent::Cancelled,
                error => SignInEvent::Failed { error },
            },
        });
    }

    fn take_in_token(
        &self,
        signed_in: &SignedIn,
        app_name: String,
        cleaned_up: Vec<String>,
    ) -> AuthorizedToken {
        let access = &signed_in.tokens.access;
        let (ends, now) = (access.expires_at(), self.now());
        let id = self.0.tokens.keep(SecretString::from(access.expose()), ends, now);
        AuthorizedToken {
            id,
            app_name,
            person: signed_in.upn.clone().or_else(|| signed_in.name.clone()).unwrap_or_default(),
            scopes: access
                .scopes()
                .iter()
                .map(|scope| scope_words(scope, PermissionKind::Delegated))
                .collect(),
            expires_at: When(ends),
            expiry: expiry(ends, now),
            cleaned_up,
        }
    }
}

/// Whether anything that the app may do is done for a person.
fn works_for_people(spec: &RegistrationSpec) -> bool {
    spec.permissions.iter().any(|need| {
        need.kind == PermissionKind::Delegated && need.resource.app_id == catalogue::MICROSOFT_GRAPH
    })
}

/// What a token allows, in words where the catalogue has them.
fn scope_words(scope: &str, kind: PermissionKind) -> TokenScope {
    let name = scope.rsplit('/').next().unwrap_or(scope);
    let known = catalogue::find(catalogue::MICROSOFT_GRAPH, name, kind);
    TokenScope { value: name.to_owned(), sentence: known.map(|known| known.sentence.into_owned()) }
}

/// "It works for about an hour, until 14:05 UTC."
fn expiry(ends: Timestamp, now: Timestamp) -> String {
    let minutes = ends.duration_since(now).as_mins().max(0);
    let time = ends.strftime("%H:%M UTC");
    match minutes {
        0 => "It has ended, or is about to.".to_owned(),
        1..=49 => format!("It works for {minutes} minutes, until {time}."),
        50..=75 => format!("It works for about an hour, until {time}."),
        76..=1439 => format!("It works for about {} hours, until {time}.", (minutes + 30) / 60),
        _ => format!("It works for more than a day, until {}.", ends.strftime("%-d %b, %H:%M UTC")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn row_e7_the_end_of_a_token_is_said_in_words() {
        let now = Timestamp::UNIX_EPOCH;
        let words = |minutes: i64| expiry(now + SignedDuration::from_mins(minutes), now);
        assert_eq!(words(0), "It has ended, or is about to.");
        assert_eq!(words(12), "It works for 12 minutes, until 00:12 UTC.");
        assert_eq!(words(60), "It works for about an hour, until 01:00 UTC.");
        assert_eq!(words(24 * 60 - 1), "It works for about 24 hours, until 23:59 UTC.");
        assert!(words(28 * 60).starts_with("It works for more than a day"));
    }

    #[test]
    fn row_e7_a_scope_is_a_sentence_where_somebody_knows_it() {
        let known = scope_words("https://graph.microsoft.com/User.Read.All", PermissionKind::Delegated);
        assert_eq!(known.value, "User.Read.All");
        assert!(known.sentence.is_some());
        assert_eq!(scope_words("Nobody.Knows", PermissionKind::Delegated).sentence, None);
    }
}
