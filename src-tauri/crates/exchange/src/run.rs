//! The loop around one command: token, attempt, verdict, wait. The rules are those of `graph`'s client.

use std::time::Duration;

use jiff::SignedDuration;
use net::call::{
    AccessToken, Attempt, ClaimsChallenge, Deadline, Outcome, Repeat, TokenRefusal, WaitReason, backoff,
    short_backoff, wait,
};
use net::{NetError, request_guid};
use rand::RngExt;

use crate::attempt::Prepared;
use crate::classify::{self, Context, Failure, Reply};
use crate::client::ExchangeClient;
use crate::error::ExchangeError;

/// Longest time for one exchange: cmdlets are slow.
const EXCHANGE: Duration = Duration::from_secs(120);

/// What was tried already to get a token that Exchange accepts.
#[derive(Default)]
struct Access {
    challenge: Option<ClaimsChallenge>,
    token: Option<AccessToken>,
    renewed: bool,
}

/// The course of one call.
struct Course {
    deadline: Deadline,
    attempts: u32,
    /// Some attempt was sent of which no clear answer came.
    unclear: bool,
    access: Access,
    /// The caller's id, until the first attempt has used it.
    given_id: Option<String>,
}

impl ExchangeClient {
    /// Sends it until it succeeds, fails for good, or the time is over.
    pub(crate) async fn run(&self, prepared: &Prepared, repeat: Repeat) -> Result<Reply, ExchangeError> {
        let mut course = Course {
            deadline: Deadline::new(self.call.deadline, (self.shared.clock)()),
            attempts: 0,
            unclear: false,
            access: Access::default(),
            given_id: self.call.client_request_id.clone(),
        };
        loop {
            let failure = match self.once(prepared, &mut course).await {
                Ok(reply) if (200..300).contains(&reply.status) => return Ok(reply),
                Ok(reply) if reply.status == 401 || has_challenge(&reply) => {
                    let refused = classify::failure(&reply, self.context(prepared)).error;
                    self.renew(&mut course.access, &reply, refused).await?;
                    continue;
                }
                Ok(reply) => classify::failure(&reply, self.context(prepared)),
                Err(failure) => failure,
            };
            course.unclear |= failure.error.outcome().may_have_applied();
            let Some((after, reason)) = next(&failure, repeat, course.attempts, rand::rng().random()) else {
                return Err(failure.error);
            };
            self.pause(after, &reason, failure, &course, prepared.cmdlet).await?;
        }
    }

    fn context(&self, prepared: &Prepared) -> Context {
        Context {
            cmdlet: prepared.cmdlet,
            is_write: prepared.is_write,
            now: (self.shared.clock)(),
            fresh_since: self.call.fresh_since,
        }
    }

    /// One attempt. Anything that came back from the server is `Ok`.
    async fn once(&self, prepared: &Prepared, course: &mut Course) -> Result<Reply, Failure> {
        let cancel = &self.call.cancel;
        let unsent = || ExchangeError::Cancelled { outcome: Outcome::NotSent };
        if cancel.is_cancelled() {
            return Err(unsent().into());
        }
        course.attempts += 1;
        let token = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(unsent().into()),
            token = self.token(&course.access) => token?,
        };
        course.access.token = Some(token.clone());
        let id = course.given_id.take().unwrap_or_else(|| request_guid(rand::rng().random()));
        let shape = prepared.cmdlet;
        self.call.observe_attempt(Attempt { number: course.attempts, client_request_id: &id, shape });
        let left = course.deadline.left((self.shared.clock)());
        // A write that is cut short leaves a doubt; a read only costs time.
        let limit = if prepared.is_write { EXCHANGE } else { left.clamp(Duration::from_secs(1), EXCHANGE) };
        let sent = prepared.exchange(&self.shared.http, &token, &id, limit);
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => {
                let outcome = Outcome::unknown(prepared.is_write);
                return Err(ExchangeError::Cancelled { outcome }.into());
            }
            result = sent => result,
        };
        match &result {
            Ok(reply) => {
                self.call.observe_clock(&reply.headers, (self.shared.clock)());
                tracing::debug!(cmdlet = shape, client_request_id = %id, status = reply.status, "answered");
            }
            Err(fault) => tracing::debug!(cmdlet = shape, client_request_id = %id, %fault, "no answer"),
        }
        result.map_err(|fault| {
            let outcome = Outcome::of(&fault, prepared.is_write);
            ExchangeError::Network { fault, outcome }.into()
        })
    }

    async fn token(&self, access: &Access) -> Result<AccessToken, Failure> {
        let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
        self.shared.tokens.token(&scopes, access.challenge.as_ref()).await.map_err(|refusal| {
            match refusal {
                TokenRefusal::InteractionNeeded { claims } => {
                    ExchangeError::NeedsInteraction { claims: claims.or_else(|| access.challenge.clone()) }
                }
                other => ExchangeError::NoToken(other),
            }
            .into()
        })
    }

    /// After a 401: once with the claims that are asked for, once with a fresh token, then no more. A 401 means that
    /// nothing was done, so even a command that must not be repeated goes on.
    async fn renew(
        &self,
        access: &mut Access,
        reply: &Reply,
        refused: ExchangeError,
    ) -> Result<(), ExchangeError> {
        if let Some(claims) = ClaimsChallenge::from_headers(&reply.headers) {
            if access.challenge.is_some() {
                return Err(ExchangeError::NeedsInteraction { claims: Some(claims) });
            }
            access.challenge = Some(claims);
            return Ok(());
        }
        if access.renewed {
            return Err(refused);
        }
        access.renewed = true;
        if let Some(token) = access.token.take() {
            self.shared.tokens.rejected(&token).await;
        }
        Ok(())
    }

    /// Waits for the next attempt, or says why there is none.
    async fn pause(
        &self,
        after: Duration,
        reason: &WaitReason,
        failure: Failure,
        course: &Course,
        cmdlet: &'static str,
    ) -> Result<(), ExchangeError> {
        let now = (self.shared.clock)();
        if after >= course.deadline.left(now) {
            return Err(too_late(failure.error, course.unclear));
        }
        let span = SignedDuration::try_from(after).unwrap_or_default();
        tracing::info!(cmdlet, ?reason, seconds = after.as_secs_f64(), "waiting for Exchange");
        self.call.observe_wait(reason, now.checked_add(span).unwrap_or(now));
        if wait(after, &self.shared.clock, &self.shared.sleeper, &self.call.cancel).await {
            return Ok(());
        }
        let outcome = if course.unclear { Outcome::Ambiguous } else { Outcome::Refused };
        Err(ExchangeError::Cancelled { outcome })
    }
}

fn has_challenge(reply: &Reply) -> bool {
    reply.status == 403 && ClaimsChallenge::from_headers(&reply.headers).is_some()
}

/// There is no time for another attempt.
fn too_late(error: ExchangeError, unclear: bool) -> ExchangeError {
    match error {
        // Its own words say until when; a run can be parked until then.
        throttled @ ExchangeError::Throttled { .. } => throttled,
        other => {
            let outcome = if unclear { Outcome::Ambiguous } else { other.outcome() };
            ExchangeError::DeadlinePassed { last: Box::new(other), outcome }
        }
    }
}

/// Whether and after how long to try again, and why it waits.
fn next(failure: &Failure, repeat: Repeat, attempt: u32, unit: f64) -> Option<(Duration, WaitReason)> {
    if repeat == Repeat::Duplicates {
        return None;
    }
    let passing = |fault: &NetError| fault.is_passing().then(|| WaitReason::Network(fault.clone()));
    let reason = match &failure.error {
        ExchangeError::Throttled { .. } => WaitReason::Throttled,
        ExchangeError::Unavailable { .. } => WaitReason::Unavailable,
        ExchangeError::Network { fault, .. } => passing(fault)?,
        ExchangeError::NoToken(TokenRefusal::Unreachable(fault)) => passing(fault)?,
        ExchangeError::NotYetReplicated(_) => WaitReason::Replication,
        _ => return None,
    };
    let own = match reason {
        WaitReason::Replication => short_backoff(attempt, unit),
        _ => backoff(attempt, unit),
    };
    Some((failure.retry_after.unwrap_or(own), reason))
}
