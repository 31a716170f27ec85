//! Signing in through an app that was set up, so that the vendor's form gets a token.
//!
//! An app that works for people needs somebody to sign in: in the browser, coming back to this computer. An app that works
//! by itself signs in with its own secret; nobody has to do anything. Either way it is a run (`provision::Worker::authorize`),
//! which takes back what it changed, however the sign-in ends.

mod browser;
mod kept;

use std::sync::Arc;

use blueprint::{PermissionKind, RegistrationSpec, catalogue};
use contract::{
    AppError, AuthorizeRequest, AuthorizeStarted, AuthorizedToken, CopyReceipt, ErrorCode, SignInEvent,
    SignInPurpose, TokenScope, When,
};
use jiff::{SignedDuration, Timestamp};
use provision::{
    AppTokenError, AuthorizeAs, Authorized, IdentityPersonSignIn, Plan, Planner, Silent, StepKind, Stop,
    Worker,
};
use secrecy::{ExposeSecret, SecretString};
use tokio_util::sync::CancellationToken;

use crate::accounts::Account;
use crate::errors::{Answer, Explain, OrExplain, no_such};
use crate::plans::check_scopes;
use crate::sign_in::Waiting;
use crate::space::OpenSpace;
use crate::{App, Observer, clouds, fresh_id, held};

pub(crate) use kept::KeptTokens;

use browser::Told;

/// How long a person may take in the browser; `identity` ends the wait by then.
const PATIENCE: SignedDuration = SignedDuration::from_mins(5);

impl App {
    /// Signs in through an app that was set up.
    pub async fn authorize_start(
        &self,
        request: AuthorizeRequest,
        observer: Observer<SignInEvent>,
    ) -> Answer<AuthorizeStarted> {
        let space = self.space()?;
        let stored = self.stored(&space, &request.connection_id)?;
        let registration = stored.registrations.iter().find(|one| one.key == request.registration);
        let spec = stored.setup.registration(&request.registration);
        let (Some(registration), Some(spec)) = (registration, spec) else { return Err(no_such("app")) };
        let how = if works_for_people(spec) { AuthorizeAs::Person } else { AuthorizeAs::App };
        let account = self.account_for(&space, &stored)?;
        check_scopes(&account, &[SignInPurpose::SetUp])?;
        let session = self.work_session(&space, &account).await?;
        let plan = Planner::new(&session).authorize(&registration.app_id, how).await.or_explain()?;
        let plan = plan.trying(&stored.setup, &registration.key);
        if !plan.can_run() || plan.needs_other_person() {
            return Err(obstacle(&plan));
        }
        let opens =
            plan.steps.iter().any(|step| step.is_due() && matches!(step.kind, StepKind::AddLoopback { .. }));
        let changed = opens.then(|| {
            "The app may send people back to this computer (http://localhost) while you sign in.".to_owned()
        });
        let sign_in_id = fresh_id();
        let cancel = CancellationToken::new();
        // A new attempt takes the place of one that still waits.
        held(&self.0.sign_ins).clear();
        held(&self.0.sign_ins).insert(sign_in_id.clone(), Waiting::to_be_cancelled(cancel.clone()));
        let started = AuthorizeStarted {
            sign_in_id: sign_in_id.clone(),
            ends_at: When(self.now() + PATIENCE),
            changed: changed.into_iter().collect(),
            run_id: Some(plan.run.to_string()),
        };
        let person = self.person(&space, &account, &sign_in_id, &observer)?;
        let worker = Worker::new(session, space.journal()?.clone(), Arc::new(Silent));
        let (app, name, connection) = (self.clone(), registration.name.clone(), stored.id.clone());
        tokio::spawn(async move {
            let result = worker.authorize(plan, &person, cancel).await;
            held(&app.0.sign_ins).remove(&sign_in_id);
            if let Ok(token) = &result {
                app.take_in_trials(&space, &connection, token);
            }
            observer(match result {
                Ok(token) => SignInEvent::Authorized { token: app.take_in_token(token, name, opens) },
                Err(stop) => ended(&stop),
            });
            app.changed(contract::Changed::Runs);
        });
        Ok(started)
    }

    /// Copies the token of such a sign-in, in Rust.
    pub async fn authorize_copy_token(&self, id: &str) -> Answer<CopyReceipt> {
        let token = self.kept_token(id)?;
        self.copy_secret(token).await
    }

    /// The token itself, for somebody who asked for it by name on the command line.
    ///
    /// # Errors
    /// When it has ended, or Gatehouse was closed since.
    pub fn authorized_token(&self, id: &str) -> Result<String, AppError> {
        Ok(self.kept_token(id)?.expose_secret().to_owned())
    }

    fn kept_token(&self, id: &str) -> Answer<SecretString> {
        self.0.tokens.get(id, self.now()).ok_or_else(|| {
            no_such("token")
                .because("The token has ended, or Gatehouse was closed since.")
                .advise("Sign in again.")
        })
    }

    /// Somebody at the browser, who can be watched, helped along and sent away by the attempt's id.
    fn person(
        &self,
        space: &OpenSpace,
        account: &Account,
        sign_in_id: &str,
        observer: &Observer<SignInEvent>,
    ) -> Answer<IdentityPersonSignIn> {
        let cloud = clouds::by_id(space, &account.cloud)?;
        let browser = Arc::new(Told::new(self.0.options.host.browser(), Arc::clone(observer)));
        let (app, id) = (self.clone(), sign_in_id.to_owned());
        let hint = Some(account.upn.clone());
        Ok(IdentityPersonSignIn::new(self.authority(space, &cloud), browser, hint, move |handle| {
            if let Some(waiting) = held(&app.0.sign_ins).get_mut(&id) {
                waiting.runs(handle);
            }
        }))
    }

    /// What the person's sign-in showed to work is known of the set-up from then on.
    fn take_in_trials(&self, space: &OpenSpace, connection: &str, token: &Authorized) {
        if token.proofs.is_empty() {
            return;
        }
        let amended = self.amend(space, connection, |stored| {
            stored.take_in_results(&token.proofs);
            stored.note_proved(self.now());
            stored.settle();
            Ok(())
        });
        match amended {
            Ok(_) => self.changed(contract::Changed::Connections),
            Err(error) => tracing::warn!(code = ?error.code, "what a sign-in showed could not be kept"),
        }
    }

    fn take_in_token(&self, token: Authorized, app_name: String, opened: bool) -> AuthorizedToken {
        let now = self.now();
        let kind = match token.how {
            AuthorizeAs::App => PermissionKind::Application,
            AuthorizeAs::Person => PermissionKind::Delegated,
        };
        let closed = opened.then(|| "The address of this computer was taken off the app again.".to_owned());
        AuthorizedToken {
            id: self.0.tokens.keep(token.token, token.expires_at, now),
            app_name,
            person: token.person.unwrap_or_else(|| "The app itself".to_owned()),
            scopes: token
                .scopes
                .iter()
                .filter(|one| *one != ".default")
                .map(|one| scope_words(one, kind))
                .collect(),
            expires_at: When(token.expires_at),
            expiry: expiry(token.expires_at, now),
            cleaned_up: closed.into_iter().collect(),
        }
    }
}

/// Whether anything that the app may do is done for a person.
pub(crate) fn works_for_people(spec: &RegistrationSpec) -> bool {
    spec.permissions.iter().any(|need| {
        need.kind == PermissionKind::Delegated && need.resource.app_id == catalogue::MICROSOFT_GRAPH
    })
}

/// Why a plan cannot be carried out.
fn obstacle(plan: &Plan) -> AppError {
    if let Some(not_by_you) = plan.steps.iter().find_map(|step| step.not_by_you.as_ref()) {
        return AppError::new(ErrorCode::RoleMissing).because(not_by_you.why.clone());
    }
    match plan.problems.first() {
        Some(problem) => {
            let shown = crate::view::plan::problem(problem);
            AppError::new(shown.code).because(shown.why)
        }
        None => AppError::new(ErrorCode::Internal),
    }
}

/// How a sign-in ended without a token.
fn ended(stop: &Stop) -> SignInEvent {
    let said = match stop {
        Stop::AppSignIn(AppTokenError::Refused { error, .. }) => error.as_str(),
        _ => "",
    };
    let error = match said {
        "timed_out" => AppError::new(ErrorCode::SignInTimedOut),
        "no_local_port" => AppError::new(ErrorCode::ListenerFailed),
        _ => stop.explain(),
    };
    if said == "cancelled" || error.code == ErrorCode::Cancelled {
        SignInEvent::Cancelled
    } else {
        SignInEvent::Failed { error }
    }
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
        50..=89 => format!("It works for about an hour, until {time}."),
        90..=1439 => format!("It works for about {} hours, until {time}.", (minutes + 30) / 60),
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
