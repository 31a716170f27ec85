//! What surrounds the client in a test: a clock that moves only when it waits, tokens, an ear for waits.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use exchange::{Anchor, ExchangeClient};
use jiff::{SignedDuration, Timestamp};
use net::call::{AccessToken, Call, ClaimsChallenge, Observer, TokenRefusal, TokenSource, WaitReason};
use net::http::{ClientOptions, ProxySource};
use url::Url;

pub(crate) const TENANT: &str = "11111111-1111-4111-8111-111111111111";
pub(crate) const SCOPE: &str = "https://outlook.office365.com/Exchange.Manage";

/// Everything that the client was given, and what it did with it.
#[derive(Clone, Default)]
pub(crate) struct World(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    slept: Duration,
    waits: Vec<WaitReason>,
    asked: Vec<(Vec<String>, Option<String>)>,
    rejected: usize,
    refusal: Option<TokenRefusal>,
}

impl World {
    pub(crate) fn now(&self) -> Timestamp {
        let slept = SignedDuration::try_from(self.slept()).unwrap();
        "2026-11-20T12:00:00Z".parse::<Timestamp>().unwrap() + slept
    }

    /// Time spent waiting between attempts.
    pub(crate) fn slept(&self) -> Duration {
        self.0.lock().unwrap().slept
    }

    pub(crate) fn waits(&self) -> Vec<WaitReason> {
        self.0.lock().unwrap().waits.clone()
    }

    /// Scopes and claims with which each token was asked for.
    pub(crate) fn asked(&self) -> Vec<(Vec<String>, Option<String>)> {
        self.0.lock().unwrap().asked.clone()
    }

    pub(crate) fn rejected(&self) -> usize {
        self.0.lock().unwrap().rejected
    }

    pub(crate) fn refuse_tokens(&self, refusal: TokenRefusal) {
        self.0.lock().unwrap().refusal = Some(refusal);
    }

    /// A client with ten minutes' time.
    pub(crate) fn client(&self, base: &Url) -> ExchangeClient {
        let (clock, sleeper) = (self.clone(), self.clone());
        let anchor = Anchor::Person("ingrid@contoso.com".to_owned());
        let tokens = Arc::new(self.clone());
        ExchangeClient::new(
            http(),
            base.clone(),
            TENANT,
            &anchor,
            [SCOPE],
            tokens,
            Arc::new(move || clock.now()),
        )
        .unwrap()
        .with_call(self.call())
        .sleeping_with(move |span| {
            sleeper.0.lock().unwrap().slept += span;
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
    fn on_wait(&self, reason: &WaitReason, _: Timestamp) {
        self.0.lock().unwrap().waits.push(reason.clone());
    }
}

#[async_trait]
impl TokenSource for World {
    async fn token(
        &self,
        scopes: &[&str],
        challenge: Option<&ClaimsChallenge>,
    ) -> Result<AccessToken, TokenRefusal> {
        let mut state = self.0.lock().unwrap();
        if let Some(refusal) = &state.refusal {
            return Err(refusal.clone());
        }
        let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        state.asked.push((scopes, challenge.map(|claims| claims.as_json().to_owned())));
        Ok(AccessToken::new(format!("canary-token-{}", state.asked.len())))
    }

    async fn rejected(&self, _: &AccessToken) {
        self.0.lock().unwrap().rejected += 1;
    }
}

pub(crate) fn http() -> reqwest::Client {
    let options = ClientOptions { proxy: ProxySource::Direct, ..ClientOptions::new("Gatehouse/test") };
    net::http::client(&options).unwrap()
}

pub(crate) fn named(text: &str) -> exchange::Identity {
    exchange::Identity::new(text).unwrap()
}
