//! The loop around one request: token, attempt, verdict, wait.

use std::time::Duration;

use jiff::SignedDuration;
use net::call::{AccessToken, Attempt, ClaimsChallenge, Deadline, Outcome, TokenRefusal, wait};
use net::{NetError, request_guid};
use rand::RngExt;
use reqwest::Client;
use reqwest::header::HeaderMap;

use crate::attempt::Prepared;
use crate::classify::{self, Context, Failure};
use crate::client::GraphClient;
use crate::error::GraphError;
use crate::reply::Reply;
use crate::retry::{self, Retry};

/// Longest time for one exchange: a page of 999 over a poor line.
const EXCHANGE: Duration = Duration::from_secs(100);

/// What was tried already to get a token that Graph accepts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Access {
    challenge: Option<ClaimsChallenge>,
    token: Option<AccessToken>,
    renewed: bool,
}

/// The course of one call.
pub(crate) struct Course {
    pub(crate) deadline: Deadline,
    pub(crate) attempts: u32,
    /// Some attempt was sent of which no clear answer came.
    unclear: bool,
    fresh_client: Option<Client>,
    /// The caller's id, until the first attempt has used it.
    given_id: Option<String>,
}

impl GraphClient {
    pub(crate) fn course(&self) -> Course {
        let deadline = Deadline::new(self.call.deadline, (self.shared.clock)());
        let given_id = self.call.client_request_id.clone();
        Course { deadline, attempts: 0, unclear: false, fresh_client: None, given_id }
    }

    /// Sends it until it succeeds, fails for good, or the time is over.
    pub(crate) async fn run(&self, prepared: &Prepared) -> Result<Reply, GraphError> {
        self.run_along(prepared, &mut self.course(), &mut Access::default()).await
    }

    pub(crate) async fn run_along(
        &self,
        prepared: &Prepared,
        course: &mut Course,
        access: &mut Access,
    ) -> Result<Reply, GraphError> {
        loop {
            let failure = match self.once(prepared, course, access).await {
                Ok(reply) if reply.is_success() || (prepared.redirects && reply.status == 302) => {
                    return Ok(reply);
                }
                Ok(reply) if is_unauthorized(&reply.headers, reply.status) => {
                    let context = self.context(prepared);
                    self.renew(access, &reply.headers, classify::failure(&reply, context).error).await?;
                    continue;
                }
                Ok(reply) => classify::failure(&reply, self.context(prepared)),
                Err(failure) => failure,
            };
            course.unclear |= failure.error.outcome().may_have_applied();
            let Some(retry) = retry::next(&failure, prepared.repeat, course.attempts, rand::rng().random())
            else {
                return Err(failure.error);
            };
            self.pause(retry, failure, course, &prepared.shape).await?;
        }
    }

    fn context<'a>(&self, prepared: &'a Prepared) -> Context<'a> {
        Context {
            shape: &prepared.shape,
            is_write: prepared.is_write,
            now: (self.shared.clock)(),
            fresh_since: self.call.fresh_since,
        }
    }

    /// One attempt. Anything that came back from the server is `Ok`.
    async fn once(
        &self,
        prepared: &Prepared,
        course: &mut Course,
        access: &mut Access,
    ) -> Result<Reply, Failure> {
        let cancel = &self.call.cancel;
        let unsent = || GraphError::Cancelled { outcome: Outcome::NotSent };
        if cancel.is_cancelled() {
            return Err(unsent().into());
        }
        course.attempts += 1;
        let token = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(unsent().into()),
            token = self.token(access) => token?,
        };
        access.token = Some(token.clone());
        let id = course.given_id.take().unwrap_or_else(|| request_guid(rand::rng().random()));
        let shape = prepared.shape.as_str();
        self.call.observe_attempt(Attempt { number: course.attempts, client_request_id: &id, shape });
        let left = course.deadline.left((self.shared.clock)());
        // A write that is cut short leaves a doubt; a read only costs time.
        let limit = if prepared.is_write { EXCHANGE } else { left.clamp(Duration::from_secs(1), EXCHANGE) };
        let http = course.fresh_client.as_ref().unwrap_or(&self.shared.http);
        let sent = prepared.exchange(http, &token, &id, self.call.priority, limit);
        let result = tokio::select! {
            biased;
            () = cancel.cancelled() => {
                let outcome = if prepared.is_write { Outcome::Ambiguous } else { Outcome::Refused };
                return Err(GraphError::Cancelled { outcome }.into());
            }
            result = sent => result,
        };
        match &result {
            Ok(reply) => {
                self.call.observe_clock(&reply.headers, (self.shared.clock)());
                tracing::debug!(request = shape, client_request_id = %id, status = reply.status, "answered");
            }
            Err(fault) => tracing::debug!(request = shape, client_request_id = %id, %fault, "no answer"),
        }
        result.map_err(|fault| network(fault, prepared.is_write).into())
    }

    async fn token(&self, access: &Access) -> Result<AccessToken, Failure> {
        let scopes: Vec<&str> = self.scopes.iter().map(String::as_str).collect();
        self.shared.tokens.token(&scopes, access.challenge.as_ref()).await.map_err(|refusal| {
            match refusal {
                TokenRefusal::InteractionNeeded { claims } => {
                    GraphError::NeedsInteraction { claims: claims.or_else(|| access.challenge.clone()) }
                }
                other => GraphError::NoToken(other),
            }
            .into()
        })
    }

    /// After a 401: once with the claims that Graph asks for, once with a fresh token, then no more. A 401 means that
    /// nothing was done, so even a request that must not be repeated goes on.
    pub(crate) async fn renew(
        &self,
        access: &mut Access,
        headers: &HeaderMap,
        refused: GraphError,
    ) -> Result<(), GraphError> {
        if let Some(claims) = ClaimsChallenge::from_headers(headers) {
            if access.challenge.is_some() {
                return Err(GraphError::NeedsInteraction { claims: Some(claims) });
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
    pub(crate) async fn pause(
        &self,
        retry: Retry,
        failure: Failure,
        course: &mut Course,
        shape: &str,
    ) -> Result<(), GraphError> {
        let now = (self.shared.clock)();
        if retry.after >= course.deadline.left(now) {
            return Err(too_late(failure.error, course.unclear));
        }
        let until = SignedDuration::try_from(retry.after)
            .ok()
            .and_then(|span| now.checked_add(span).ok())
            .unwrap_or(now);
        tracing::info!(request = shape, reason = ?retry.reason, seconds = retry.after.as_secs_f64(), "waiting for Graph");
        self.call.observe_wait(&retry.reason, until);
        if retry.reconnect
            && let Some(make) = &self.shared.reconnect
        {
            course.fresh_client = make();
        }
        if wait(retry.after, &self.shared.clock, &self.shared.sleeper, &self.call.cancel).await {
            Ok(())
        } else {
            let outcome = if course.unclear { Outcome::Ambiguous } else { Outcome::Refused };
            Err(GraphError::Cancelled { outcome })
        }
    }
}

/// There is no time for another attempt.
pub(crate) fn too_late(error: GraphError, unclear: bool) -> GraphError {
    match error {
        // Its own words say until when; a run can be parked until then.
        throttled @ GraphError::Throttled { .. } => throttled,
        other => {
            let outcome = if unclear { Outcome::Ambiguous } else { other.outcome() };
            GraphError::DeadlinePassed { last: Some(Box::new(other)), outcome }
        }
    }
}

/// 401, or the 403 with which Conditional Access asks for claims.
pub(crate) fn is_unauthorized(headers: &HeaderMap, status: u16) -> bool {
    status == 401 || (status == 403 && ClaimsChallenge::from_headers(headers).is_some())
}

fn network(fault: NetError, is_write: bool) -> GraphError {
    let outcome = Outcome::of(&fault, is_write);
    GraphError::Network { fault, outcome }
}
