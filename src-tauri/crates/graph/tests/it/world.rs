//! What surrounds the client in a test: a clock that moves only when it waits, tokens, an ear for waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use graph::{
    AccessToken, AppId, AppRoleId, ApplicationId, Attempt, Call, ClaimsChallenge, GraphClient, Observer,
    ServicePrincipalId, TokenRefusal, TokenSource, WaitReason,
};
use jiff::{SignedDuration, Timestamp};
use net::http::{ClientOptions, ProxySource};
use url::Url;

pub(crate) const START: &str = "2026-11-20T12:00:00Z";

/// Everything that the client was given, and what it did with it.
#[derive(Clone, Default)]
pub(crate) struct World {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    slept: Duration,
    waits: Vec<(WaitReason, Timestamp)>,
    attempts: Vec<String>,
    challenges: Vec<Option<String>>,
    rejected: usize,
    refuse_challenge: bool,
    refusal: Option<TokenRefusal>,
    skews: Vec<SignedDuration>,
}

impl World {
    pub(crate) fn now(&self) -> Timestamp {
        let slept = SignedDuration::try_from(self.state.lock().unwrap().slept).unwrap();
        START.parse::<Timestamp>().unwrap() + slept
    }

    /// Time spent waiting between attempts.
    pub(crate) fn slept(&self) -> Duration {
        self.state.lock().unwrap().slept
    }

    pub(crate) fn waits(&self) -> Vec<(WaitReason, Timestamp)> {
        self.state.lock().unwrap().waits.clone()
    }

    pub(crate) fn attempts(&self) -> Vec<String> {
        self.state.lock().unwrap().attempts.clone()
    }

    /// The claims with which each token was asked for.
    pub(crate) fn challenges(&self) -> Vec<Option<String>> {
        self.state.lock().unwrap().challenges.clone()
    }

    pub(crate) fn skews(&self) -> Vec<SignedDuration> {
        self.state.lock().unwrap().skews.clone()
    }

    pub(crate) fn rejected(&self) -> usize {
        self.state.lock().unwrap().rejected
    }

    /// From now on claims can only be met by a person.
    pub(crate) fn refuse_challenges(&self) {
        self.state.lock().unwrap().refuse_challenge = true;
    }

    pub(crate) fn refuse_tokens(&self, refusal: TokenRefusal) {
        self.state.lock().unwrap().refusal = Some(refusal);
    }

    /// A client with ten minutes' time.
    pub(crate) fn client(&self, base: Url) -> GraphClient {
        self.client_over(http(), base)
    }

    /// The same over connections that other clients use too.
    pub(crate) fn client_over(&self, http: reqwest::Client, base: Url) -> GraphClient {
        let (clock, sleeper) = (self.clone(), self.clone());
        let client =
            GraphClient::new(http, base, Arc::new(self.clone()), Arc::new(move || clock.now())).unwrap();
        client.with_call(self.call()).sleeping_with(move |span| {
            sleeper.state.lock().unwrap().slept += span;
            tokio::task::yield_now()
        })
    }

    pub(crate) fn call(&self) -> Call {
        Call {
            deadline: Some(self.now() + SignedDuration::from_mins(10)),
            observer: Some(Arc::new(self.clone())),
            ..Call::default()
        }
    }
}

impl Observer for World {
    fn on_attempt(&self, attempt: Attempt<'_>) {
        self.state.lock().unwrap().attempts.push(attempt.client_request_id.to_owned());
    }

    fn on_clock_skew(&self, skew: SignedDuration) {
        self.state.lock().unwrap().skews.push(skew);
    }

    fn on_wait(&self, reason: &WaitReason, until: Timestamp) {
        self.state.lock().unwrap().waits.push((reason.clone(), until));
    }
}

#[async_trait]
impl TokenSource for World {
    async fn token(
        &self,
        _: &[&str],
        challenge: Option<&ClaimsChallenge>,
    ) -> Result<AccessToken, TokenRefusal> {
        let mut state = self.state.lock().unwrap();
        if let Some(refusal) = &state.refusal {
            return Err(refusal.clone());
        }
        if challenge.is_some() && state.refuse_challenge {
            return Err(TokenRefusal::InteractionNeeded { claims: None });
        }
        state.challenges.push(challenge.map(|claims| claims.as_json().to_owned()));
        let number = state.challenges.len();
        Ok(AccessToken::new(format!("canary-token-{number}")))
    }

    async fn rejected(&self, _: &AccessToken) {
        self.state.lock().unwrap().rejected += 1;
    }
}

pub(crate) fn http() -> reqwest::Client {
    let options = ClientOptions { proxy: ProxySource::Direct, ..ClientOptions::new("Gatehouse/test") };
    net::http::client(&options).unwrap()
}

pub(crate) fn application() -> ApplicationId {
    ApplicationId::new("11111111-1111-4111-8111-111111111111").unwrap()
}

pub(crate) fn principal(n: u8) -> ServicePrincipalId {
    ServicePrincipalId::new(format!("22222222-2222-4222-8222-2222222222{n:02}")).unwrap()
}

pub(crate) fn role() -> AppRoleId {
    AppRoleId::new("798ee544-9d2d-430c-a058-570e29e34338").unwrap()
}

pub(crate) fn app_id() -> AppId {
    AppId::new("33333333-3333-4333-8333-333333333333").unwrap()
}

pub(crate) fn me() -> serde_json::Value {
    serde_json::json!({"id": "44444444-4444-4444-8444-444444444444", "displayName": "Ann", "futureField": {"x": [1]}})
}
