//! What can go wrong with a call, told apart as far as somebody can act on it.

use std::time::Duration;

use jiff::Timestamp;
use net::call::{ClaimsChallenge, Outcome, TokenRefusal};
use net::{NetError, RequestIds};

use crate::code::GraphErrorCode;

/// A refusal in Graph's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// The innermost known code.
    pub code: GraphErrorCode,
    /// Graph's message, cut to 1,000 characters: a detail for support, never the text that a person is shown first.
    pub message: String,
    /// For Microsoft's support.
    pub ids: RequestIds,
    /// Which request: method and path without identifiers.
    pub request: String,
}

/// Which kind of "no" a 403 is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Denial {
    /// The person lacks a role or the app a permission. Graph does not say which: compare the token's scopes.
    Privileges,
    /// The mailbox is closed to this app: by a missing permission, an access policy or a limited scope.
    Mailbox,
    /// No reason that is known here.
    Other,
}

/// Which rule of the organisation stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PolicyRefusal {
    /// Client secrets (or this kind of credential) are forbidden.
    CredentialType,
    /// The credential would live too long.
    CredentialLifetime,
    /// This audience is forbidden.
    SignInAudience,
}

/// Why a call to Graph gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GraphError {
    /// No usable answer came: no network, a sign-in page of a hotel, a cut connection, a body too large.
    #[error("no usable answer from Microsoft Graph")]
    Network {
        /// What happened.
        #[source]
        fault: NetError,
        /// What the request may have done.
        outcome: Outcome,
    },
    /// A success whose body is not what Microsoft documents.
    #[error("Microsoft Graph answered {request} in a form that could not be read")]
    Unreadable {
        /// Which request.
        request: String,
        /// For Microsoft's support.
        ids: RequestIds,
        /// [`Outcome::Applied`] for a write.
        outcome: Outcome,
    },
    /// Graph answered with a redirect, which is never followed: it would carry the token elsewhere.
    #[error("Microsoft Graph pointed to another address (status {status})")]
    Redirected {
        /// HTTP status.
        status: u16,
    },
    /// A link to the next page names another host.
    #[error("Microsoft Graph gave a link to another host")]
    ForeignLink,
    /// A link to the next page leads back to the same page.
    #[error("Microsoft Graph gave a list that does not end")]
    EndlessList,
    /// A person has to sign in before this can go on.
    #[error("someone has to sign in again")]
    NeedsInteraction {
        /// What the sign-in has to carry.
        claims: Option<ClaimsChallenge>,
    },
    /// No token for another reason.
    #[error("no access token")]
    NoToken(#[source] TokenRefusal),
    /// A fresh token was refused too.
    #[error("Microsoft Graph does not accept the sign-in")]
    Unauthorized(Box<Refusal>),
    /// Too many requests, and the wait is longer than there is time for.
    #[error("Microsoft Graph asks to wait")]
    Throttled {
        /// When it may be tried again.
        until: Timestamp,
        /// Graph's words.
        refusal: Box<Refusal>,
    },
    /// Graph is not available (500, 502, 503, 504) and stayed so.
    #[error("Microsoft Graph is not available")]
    Unavailable {
        /// Graph's words.
        refusal: Box<Refusal>,
        /// What the request may have done.
        outcome: Outcome,
    },
    /// The object was created moments ago and is not everywhere yet.
    #[error("Microsoft is still spreading the change")]
    NotYetReplicated(Box<Refusal>),
    /// The object or grant exists already.
    #[error("it exists already")]
    AlreadyExists(Box<Refusal>),
    /// No such object.
    #[error("not found")]
    NotFound(Box<Refusal>),
    /// Two writers at once.
    #[error("someone else changed it at the same moment")]
    Conflict(Box<Refusal>),
    /// Not allowed.
    #[error("not allowed")]
    Forbidden {
        /// Which kind of "no".
        denial: Denial,
        /// Graph's words.
        refusal: Box<Refusal>,
    },
    /// A rule of the organisation forbids it.
    #[error("a rule of the organisation forbids it")]
    PolicyForbids {
        /// Which rule.
        policy: PolicyRefusal,
        /// Graph's words.
        refusal: Box<Refusal>,
    },
    /// The person or the directory may not hold more objects.
    #[error("the number of directory objects is used up")]
    QuotaReached(Box<Refusal>),
    /// The member was not tried, because the one that it depends on failed.
    #[error("not tried, because an earlier request failed")]
    DependencyFailed,
    /// Any other refusal.
    #[error("Microsoft Graph refused {} with {}", .0.request, .0.code)]
    Refused(Box<Refusal>),
    /// The request holds a stand-in for an id, or cannot be sent this way (a secret in a batch).
    #[error("the request is not complete")]
    Incomplete,
    /// Stopped by the caller.
    #[error("stopped")]
    Cancelled {
        /// What the request may have done.
        outcome: Outcome,
    },
    /// The time for it is over; the last obstacle is inside.
    #[error("the time for it is over")]
    DeadlinePassed {
        /// What stood in the way last.
        #[source]
        last: Option<Box<GraphError>>,
        /// What the request may have done.
        outcome: Outcome,
    },
}

impl GraphError {
    /// Graph's own words, where there are any.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Unauthorized(refusal)
            | Self::Throttled { refusal, .. }
            | Self::Unavailable { refusal, .. }
            | Self::NotYetReplicated(refusal)
            | Self::AlreadyExists(refusal)
            | Self::NotFound(refusal)
            | Self::Conflict(refusal)
            | Self::Forbidden { refusal, .. }
            | Self::PolicyForbids { refusal, .. }
            | Self::QuotaReached(refusal)
            | Self::Refused(refusal) => Some(refusal),
            Self::DeadlinePassed { last: Some(last), .. } => last.refusal(),
            _ => None,
        }
    }

    /// Graph's error code.
    #[must_use]
    pub fn code(&self) -> Option<&GraphErrorCode> {
        self.refusal().map(|refusal| &refusal.code)
    }

    /// Ids for Microsoft's support.
    #[must_use]
    pub fn request_ids(&self) -> Option<&RequestIds> {
        match self {
            Self::Unreadable { ids, .. } => Some(ids),
            other => other.refusal().map(|refusal| &refusal.ids),
        }
    }

    /// What the request may have done.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Network { outcome, .. }
            | Self::Unreadable { outcome, .. }
            | Self::Unavailable { outcome, .. }
            | Self::Cancelled { outcome }
            | Self::DeadlinePassed { outcome, .. } => *outcome,
            Self::NeedsInteraction { .. } | Self::NoToken(_) | Self::Incomplete | Self::DependencyFailed => {
                Outcome::NotSent
            }
            // Redirects and foreign links are answers to reads; everything else is a clear refusal.
            _ => Outcome::Refused,
        }
    }

    /// Whether the same call may succeed later without anybody doing anything.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Throttled { .. }
            | Self::Unavailable { .. }
            | Self::NotYetReplicated(_)
            | Self::Conflict(_) => true,
            Self::Network { fault, .. } => fault.is_passing(),
            Self::DeadlinePassed { .. } | Self::NoToken(TokenRefusal::Unreachable(_)) => true,
            _ => false,
        }
    }

    /// How long to wait before the next try, where Graph said so.
    #[must_use]
    pub fn retry_after(&self, now: Timestamp) -> Option<Duration> {
        match self {
            Self::Throttled { until, .. } => Duration::try_from(until.duration_since(now)).ok(),
            Self::DeadlinePassed { last: Some(last), .. } => last.retry_after(now),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use net::Sent;

    use super::*;

    fn refusal() -> Box<Refusal> {
        Box::new(Refusal {
            status: 503,
            code: GraphErrorCode::ServiceNotAvailable,
            message: "m".into(),
            ids: RequestIds { request_id: Some("r".into()), ..RequestIds::default() },
            request: "GET /me".into(),
        })
    }

    fn late(last: GraphError) -> GraphError {
        GraphError::DeadlinePassed { last: Some(Box::new(last)), outcome: Outcome::Ambiguous }
    }

    #[test]
    fn ids_for_support_are_found_behind_a_deadline() {
        let unavailable = GraphError::Unavailable { refusal: refusal(), outcome: Outcome::Ambiguous };
        let late = late(unavailable);
        assert_eq!(late.request_ids().unwrap().request_id.as_deref(), Some("r"));
        assert_eq!(late.code(), Some(&GraphErrorCode::ServiceNotAvailable));
        assert_eq!(late.outcome(), Outcome::Ambiguous);
    }

    #[test]
    fn a_wait_that_is_over_is_no_wait() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let throttled =
            |until: &str| GraphError::Throttled { until: until.parse().unwrap(), refusal: refusal() };
        assert_eq!(throttled("2026-11-20T12:05:00Z").retry_after(now), Some(Duration::from_secs(300)));
        assert_eq!(late(throttled("2026-11-20T12:05:00Z")).retry_after(now), Some(Duration::from_secs(300)));
        assert_eq!(throttled("2026-11-20T11:00:00Z").retry_after(now), None);
        assert_eq!(GraphError::EndlessList.retry_after(now), None);
    }

    #[test]
    fn only_what_passes_by_itself_is_transient() {
        let network = |fault| GraphError::Network { fault, outcome: Outcome::NotSent };
        for passing in [
            network(NetError::Offline),
            network(NetError::Timeout(Sent::Maybe)),
            GraphError::NotYetReplicated(refusal()),
            GraphError::Conflict(refusal()),
            GraphError::NoToken(TokenRefusal::Unreachable(NetError::Offline)),
        ] {
            assert!(passing.is_transient(), "{passing:?}");
        }
        for lasting in [
            network(NetError::ProxyAuth),
            network(NetError::TlsDates),
            network(NetError::WebPage),
            GraphError::NoToken(TokenRefusal::AnotherAccount),
            GraphError::NotFound(refusal()),
            GraphError::AlreadyExists(refusal()),
            GraphError::Forbidden { denial: Denial::Mailbox, refusal: refusal() },
        ] {
            assert!(!lasting.is_transient(), "{lasting:?}");
        }
    }

    #[test]
    fn no_text_of_the_server_is_in_the_text_for_people() {
        let refusal = Box::new(Refusal { message: "canary".into(), ..*refusal() });
        for error in [
            GraphError::NotFound(refusal.clone()),
            GraphError::Refused(refusal.clone()),
            GraphError::Unavailable { refusal, outcome: Outcome::Refused },
        ] {
            assert!(!error.to_string().contains("canary"), "{error}");
        }
    }
}
