//! What can go wrong with a cmdlet, told apart as far as somebody can act on it.

use jiff::Timestamp;
use net::call::{ClaimsChallenge, Outcome, TokenRefusal};
use net::{NetError, RequestIds};

use crate::fault::Fault;

/// A refusal in Exchange's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP status.
    pub status: u16,
    /// What the cmdlet complained about.
    pub fault: Fault,
    /// Exchange's message, cut to 1,000 characters, or the reason from `x-ms-diagnostics` where there was no message: a
    /// detail for support, never the text that a person is shown first.
    pub message: String,
    /// For Microsoft's support.
    pub ids: RequestIds,
    /// Which cmdlet.
    pub cmdlet: &'static str,
}

/// Why a cmdlet gave nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExchangeError {
    /// No usable answer came: no network, a sign-in page of a hotel, a cut connection, a body too large.
    #[error("no usable answer from Exchange")]
    Network {
        /// What happened.
        #[source]
        fault: NetError,
        /// What the cmdlet may have done.
        outcome: Outcome,
    },
    /// A success whose body is not what is expected.
    #[error("Exchange answered {cmdlet} in a form that could not be read")]
    Unreadable {
        /// Which cmdlet.
        cmdlet: &'static str,
        /// For Microsoft's support.
        ids: RequestIds,
        /// [`Outcome::Applied`] for one that writes.
        outcome: Outcome,
    },
    /// Exchange answered with a redirect, which is never followed: it would carry the token elsewhere.
    #[error("Exchange pointed to another address (status {status})")]
    Redirected {
        /// HTTP status.
        status: u16,
    },
    /// A link to the next page names another host or organisation.
    #[error("Exchange gave a link to another place")]
    ForeignLink,
    /// A list does not end.
    #[error("Exchange gave a list that does not end")]
    EndlessList,
    /// A person has to sign in, or agree to a permission, before this can go on.
    #[error("someone has to sign in again")]
    NeedsInteraction {
        /// What the sign-in has to carry.
        claims: Option<ClaimsChallenge>,
    },
    /// No token for another reason.
    #[error("no access token")]
    NoToken(#[source] TokenRefusal),
    /// A fresh token was refused too.
    #[error("Exchange does not accept the sign-in")]
    Unauthorized(Box<Refusal>),
    /// Too many requests, and the wait is longer than there is time for.
    #[error("Exchange asks to wait")]
    Throttled {
        /// When it may be tried again.
        until: Timestamp,
        /// Exchange's words.
        refusal: Box<Refusal>,
    },
    /// Exchange is not available and stayed so.
    #[error("Exchange is not available")]
    Unavailable {
        /// Exchange's words.
        refusal: Box<Refusal>,
        /// What the cmdlet may have done.
        outcome: Outcome,
    },
    /// The object was made moments ago and is not everywhere yet.
    #[error("Exchange is still spreading the change")]
    NotYetReplicated(Box<Refusal>),
    /// It exists already.
    #[error("it exists already")]
    AlreadyExists(Box<Refusal>),
    /// No such object.
    #[error("not found")]
    NotFound(Box<Refusal>),
    /// The name means several objects.
    #[error("the name means more than one object")]
    NotUnique(Box<Refusal>),
    /// Not allowed: the person lacks a role in Exchange, or it has not reached Exchange yet.
    #[error("not allowed")]
    Forbidden(Box<Refusal>),
    /// Settings of the organisation were never opened for changes: `Enable-OrganizationCustomization` comes first.
    #[error("the organisation has not been opened for its own settings")]
    NotCustomizable(Box<Refusal>),
    /// Any other refusal.
    #[error("Exchange refused {} ({})", .0.cmdlet, .0.fault)]
    Refused(Box<Refusal>),
    /// The command holds a stand-in for something that does not exist yet.
    #[error("the command is not complete")]
    Incomplete,
    /// Stopped by the caller.
    #[error("stopped")]
    Cancelled {
        /// What the cmdlet may have done.
        outcome: Outcome,
    },
    /// The time for it is over; the last obstacle is inside.
    #[error("the time for it is over")]
    DeadlinePassed {
        /// What stood in the way last.
        #[source]
        last: Box<ExchangeError>,
        /// What the cmdlet may have done.
        outcome: Outcome,
    },
}

impl ExchangeError {
    /// Exchange's own words, where there are any.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Unauthorized(refusal)
            | Self::Throttled { refusal, .. }
            | Self::Unavailable { refusal, .. }
            | Self::NotYetReplicated(refusal)
            | Self::AlreadyExists(refusal)
            | Self::NotFound(refusal)
            | Self::NotUnique(refusal)
            | Self::Forbidden(refusal)
            | Self::NotCustomizable(refusal)
            | Self::Refused(refusal) => Some(refusal),
            Self::DeadlinePassed { last, .. } => last.refusal(),
            _ => None,
        }
    }

    /// What the cmdlet complained about, as a word for support.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.refusal().map(|refusal| refusal.fault.as_str()).filter(|code| !code.is_empty())
    }

    /// Ids for Microsoft's support.
    #[must_use]
    pub fn request_ids(&self) -> Option<&RequestIds> {
        match self {
            Self::Unreadable { ids, .. } => Some(ids),
            other => other.refusal().map(|refusal| &refusal.ids),
        }
    }

    /// What the cmdlet may have done.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Network { outcome, .. }
            | Self::Unreadable { outcome, .. }
            | Self::Unavailable { outcome, .. }
            | Self::Cancelled { outcome }
            | Self::DeadlinePassed { outcome, .. } => *outcome,
            Self::NeedsInteraction { .. } | Self::NoToken(_) | Self::Incomplete => Outcome::NotSent,
            _ => Outcome::Refused,
        }
    }

    /// Whether the same command may succeed later without anybody doing anything.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Throttled { .. }
            | Self::Unavailable { .. }
            | Self::NotYetReplicated(_)
            | Self::DeadlinePassed { .. }
            | Self::NoToken(TokenRefusal::Unreachable(_)) => true,
            Self::Network { fault, .. } => fault.is_passing(),
            _ => false,
        }
    }
}
