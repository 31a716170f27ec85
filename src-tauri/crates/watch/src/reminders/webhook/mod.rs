//! Messages to an address on the web: a Teams channel, or any endpoint that takes JSON.
//!
//! The address lets anyone write there. It is secret: never in a log, an error or a `Debug`.

mod message;

use std::time::Duration;

use async_trait::async_trait;
use net::call::{Clock, Sleeper, tokio_sleeper};
use net::retry::RetryAfter;
use net::{NetError, host};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;

use super::{Bundle, Channel, ChannelFault, ChannelKind, Delivered};

/// For one attempt, with everything.
const TIMEOUT: Duration = Duration::from_secs(10);
/// Pauses between the attempts of one delivery.
const PAUSES: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(4)];
/// A pause that is asked for is kept within a delivery up to this long; a longer one is left to the next round.
const SHORT: Duration = Duration::from_secs(5);

/// How a message is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// An Adaptive Card in a message, as a Teams workflow takes it ("When a Teams webhook request is received").
    /// <https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook>
    Teams,
    /// Plain JSON.
    Plain,
}

impl Form {
    /// The form that a host takes: workflows answer below the two hosts of Power Automate, older ones below Office's.
    #[must_use]
    pub fn of(url: &Url) -> Self {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        let teams = ["logic.azure.com", "powerplatform.com", "powerautomate.com", "webhook.office.com"];
        let below =
            |own: &str| host == own || host.strip_suffix(own).is_some_and(|front| front.ends_with('.'));
        if teams.into_iter().any(below) { Self::Teams } else { Self::Plain }
    }
}

/// The channel to one address.
pub struct Webhook {
    http: reqwest::Client,
    url: SecretString,
    form: Form,
    clock: Clock,
    sleeper: Sleeper,
    timeout: Duration,
}

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Webhook").field("form", &self.form).finish_non_exhaustive()
    }
}

impl Webhook {
    /// The channel to `url`, which must be https, or http on this computer. `http` must not follow redirects: use
    /// [`net::http::client`].
    ///
    /// # Errors
    /// [`ChannelFault::BadAddress`].
    pub fn new(http: reqwest::Client, url: SecretString, clock: Clock) -> Result<Self, ChannelFault> {
        let parsed = Url::parse(url.expose_secret().trim()).map_err(|_| ChannelFault::BadAddress)?;
        let plain = parsed.scheme() == "http" && host::is_loopback(&parsed);
        let named =
            parsed.host_str().is_some() && parsed.username().is_empty() && parsed.password().is_none();
        if !named || !(parsed.scheme() == "https" || plain) {
            return Err(ChannelFault::BadAddress);
        }
        let form = Form::of(&parsed);
        Ok(Self { http, url, form, clock, sleeper: tokio_sleeper(), timeout: TIMEOUT })
    }

    /// Writes messages in this form, whatever the host.
    #[must_use]
    pub fn with_form(self, form: Form) -> Self {
        Self { form, ..self }
    }

    /// Waits this way between attempts.
    #[must_use]
    pub fn sleeping_with(self, sleeper: Sleeper) -> Self {
        Self { sleeper, ..self }
    }

    /// Waits this long for an answer instead of ten seconds.
    #[must_use]
    pub fn within(self, timeout: Duration) -> Self {
        Self { timeout, ..self }
    }

    /// How messages are written.
    #[must_use]
    pub fn form(&self) -> Form {
        self.form
    }

    /// Sends a message that says that it is a trial, and in practice that too.
    pub async fn trial(&self, practice: bool) -> Delivered {
        self.send(&message::trial(self.form, practice)).await
    }

    async fn send(&self, body: &Value) -> Delivered {
        let mut pauses = PAUSES.iter();
        loop {
            let (fault, wait, at_once) = match self.attempt(body).await {
                Ok(()) => return Delivered::Accepted,
                Err(failed) => failed,
            };
            match pauses.next() {
                Some(pause) if at_once && wait.is_none_or(|wait| wait <= SHORT) => {
                    (self.sleeper)(wait.unwrap_or(*pause)).await;
                }
                _ => return Delivered::Failed { fault, wait },
            }
        }
    }

    /// One attempt. Otherwise why not, how long to wait, and whether a repeat at once is worth it and cannot double the
    /// message.
    async fn attempt(&self, body: &Value) -> Result<(), (ChannelFault, Option<Duration>, bool)> {
        let request = self
            .http
            .post(self.url.expose_secret().trim())
            .header("Content-Type", "application/json; charset=utf-8")
            .body(body.to_string())
            .send();
        let response = match tokio::time::timeout(self.timeout, request).await {
            Err(_) => return Err((ChannelFault::Slow, None, false)),
            Ok(Err(error)) => {
                // The text of the HTTP library's error holds the address: it goes no further than this.
                let error = NetError::from(error);
                let fault = if matches!(error, NetError::Timeout(_)) && !error.is_before_send() {
                    ChannelFault::Slow
                } else {
                    ChannelFault::Unreachable
                };
                return Err((fault, None, error.is_before_send()));
            }
            Ok(Ok(response)) => response,
        };
        let status = response.status().as_u16();
        let wait = RetryAfter::from_headers(response.headers(), (self.clock)()).map(RetryAfter::duration);
        match status {
            200..=299 => Ok(()),
            404 | 410 => Err((ChannelFault::Gone, None, false)),
            429 => Err((ChannelFault::Busy, wait, true)),
            408 => Err((ChannelFault::Slow, wait, false)),
            503 => Err((ChannelFault::Unwell { status }, wait, true)),
            500..=599 => Err((ChannelFault::Unwell { status }, wait, false)),
            _ => Err((ChannelFault::Refused { status }, None, false)),
        }
    }
}

#[async_trait]
impl Channel for Webhook {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Webhook
    }

    async fn deliver(&self, bundle: &Bundle) -> Delivered {
        self.send(&message::of(self.form, bundle)).await
    }
}
