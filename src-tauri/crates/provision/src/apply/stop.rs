//! Why a run stopped. It can be resumed after every one of these.

use exchange::ExchangeError;
use graph::{Denial, GraphError, PolicyRefusal};
use jiff::Timestamp;

use super::{AppTokenError, StoreError};
use crate::{JournalError, PersonWithRole, Setback};

/// Why a run stopped.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// It was asked to.
    #[error("stopped on request")]
    Cancelled,
    /// Microsoft asks for a longer wait than somebody should look at (row 3).
    #[error("Microsoft asks to wait")]
    Parked {
        /// Not before.
        until: Timestamp,
    },
    /// Microsoft did not spread the change within ten minutes.
    #[error("Microsoft did not spread the change in time")]
    StillSpreading,
    /// The signed-in person may not do it (row 13).
    #[error("the signed-in person may not do this")]
    NotAllowed {
        /// Which kind of "no".
        denial: Denial,
        /// Any one of these roles would do.
        roles: Vec<String>,
        /// People who have one.
        people: Vec<PersonWithRole>,
        /// Microsoft's words, for support.
        error: Box<GraphError>,
    },
    /// A rule of the organisation forbids it (row 14).
    #[error("a rule of the organisation forbids it")]
    PolicyForbids {
        /// Which rule.
        policy: PolicyRefusal,
        /// Microsoft's words, for support.
        error: Box<GraphError>,
    },
    /// The person or the organisation may not have more objects (row 15).
    #[error("the number of objects is used up")]
    QuotaReached {
        /// Names of deleted apps that still count and could be deleted for ever.
        purgeable: Vec<String>,
    },
    /// It exists and is not ours (row 11). Nothing of it was changed.
    #[error("it exists and belongs to someone else")]
    NotOurs {
        /// Client id.
        app_id: String,
        /// Its name.
        name: String,
        /// Owners, where there are any.
        owners: Vec<String>,
    },
    /// The registration was deleted and its name stays taken for 30 days (row 12): restore it, or plan anew.
    #[error("it was deleted and can be restored")]
    Deleted {
        /// Object id for restoring; `None` when it is not in the recycle bin.
        id: Option<String>,
        /// Its name.
        name: String,
    },
    /// Somebody changed it in the meantime (row 34), or the plan is not true any more.
    #[error("it was changed in the meantime")]
    Drift {
        /// What differs, in sentences.
        what: Vec<String>,
    },
    /// Somebody has to sign in again, with the same account (row 17).
    #[error("someone has to sign in again")]
    SignInNeeded {
        /// What the sign-in has to carry.
        claims: Option<graph::ClaimsChallenge>,
    },
    /// Another account, or another organisation, than the one that began the run (row 17).
    #[error("another account is signed in than the one that began this")]
    AnotherAccount {
        /// Who began it.
        began_by: String,
    },
    /// Another Gatehouse works on this organisation.
    #[error("another Gatehouse is working on this organisation")]
    Busy,
    /// A permission is not in the token after ten minutes, or another one is.
    #[error("the permissions in the app's token differ from what was planned")]
    RolesDiffer {
        /// Missing ones.
        missing: Vec<String>,
        /// Ones that nobody planned.
        unexpected: Vec<String>,
    },
    /// Signing in as the app failed.
    #[error("the app could not sign in")]
    AppSignIn(AppTokenError),
    /// The values of several new secrets were lost on the way, one after the other (row 7). All were removed.
    #[error("the value of a new secret was lost on the way")]
    SecretLost,
    /// A secret could not be kept or found.
    #[error("the secret could not be kept")]
    Vault(StoreError),
    /// The journal could not be written. Nothing was sent after that.
    #[error("the journal could not be used")]
    Journal(JournalError),
    /// Something that this version cannot do by itself.
    #[error("this cannot be set up automatically yet")]
    NotSupported {
        /// What, in words.
        what: String,
    },
    /// With access limited, the app still opened a mailbox outside of the limit.
    #[error("a mailbox outside of the limit can be opened")]
    ReachesOutside {
        /// The mailbox.
        mailbox: String,
    },
    /// What Exchange or the way to it says.
    #[error("Exchange refused")]
    Exchange(Box<ExchangeError>),
    /// Anything else that Microsoft or the way to it says.
    #[error("Microsoft refused")]
    Graph(Box<GraphError>),
}

impl Setback for Stop {
    fn code(&self) -> &'static str {
        match self {
            Self::Cancelled => "cancelled",
            Self::Parked { .. } => "parked",
            Self::StillSpreading => "still-spreading",
            Self::NotAllowed { .. } => "not-allowed",
            Self::PolicyForbids { .. } => "policy-forbids",
            Self::QuotaReached { .. } => "quota-reached",
            Self::NotOurs { .. } => "not-ours",
            Self::Deleted { .. } => "deleted",
            Self::Drift { .. } => "drift",
            Self::SignInNeeded { .. } => "sign-in-needed",
            Self::AnotherAccount { .. } => "another-account",
            Self::Busy => "busy",
            Self::RolesDiffer { .. } => "roles-differ",
            Self::AppSignIn(_) => "app-sign-in",
            Self::SecretLost => "secret-lost",
            Self::Vault(_) => "vault",
            Self::Journal(_) => "journal",
            Self::NotSupported { .. } => "not-supported",
            Self::ReachesOutside { .. } => "reaches-outside",
            Self::Exchange(_) => "exchange",
            Self::Graph(_) => "graph",
        }
    }
}

impl From<JournalError> for Stop {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Busy { .. } => Self::Busy,
            other => Self::Journal(other),
        }
    }
}

/// Longer than this, a person is not kept waiting: the run is parked.
pub(crate) const LONGEST_WAIT: jiff::SignedDuration = jiff::SignedDuration::from_mins(10);

impl From<GraphError> for Stop {
    fn from(error: GraphError) -> Self {
        match error {
            GraphError::Cancelled { .. } => Self::Cancelled,
            GraphError::Throttled { until, .. } => Self::Parked { until },
            GraphError::NotYetReplicated(_) => Self::StillSpreading,
            GraphError::NeedsInteraction { claims } => Self::SignInNeeded { claims },
            GraphError::NoToken(graph::TokenRefusal::AnotherAccount) => {
                Self::AnotherAccount { began_by: String::new() }
            }
            GraphError::NoToken(graph::TokenRefusal::InteractionNeeded { claims }) => {
                Self::SignInNeeded { claims }
            }
            GraphError::Forbidden { denial, .. } => {
                Self::NotAllowed { denial, roles: Vec::new(), people: Vec::new(), error: Box::new(error) }
            }
            GraphError::PolicyForbids { policy, .. } => {
                Self::PolicyForbids { policy, error: Box::new(error) }
            }
            GraphError::QuotaReached(_) => Self::QuotaReached { purgeable: Vec::new() },
            GraphError::DeadlinePassed { last: Some(last), .. } => match Self::from(*last) {
                Self::NotAllowed { error, .. } => Self::Graph(error),
                stop => stop,
            },
            other => Self::Graph(Box::new(other)),
        }
    }
}

impl From<ExchangeError> for Stop {
    fn from(error: ExchangeError) -> Self {
        match error {
            ExchangeError::Cancelled { .. } => Self::Cancelled,
            ExchangeError::Throttled { until, .. } => Self::Parked { until },
            ExchangeError::NotYetReplicated(_) => Self::StillSpreading,
            ExchangeError::NeedsInteraction { claims } => Self::SignInNeeded { claims },
            ExchangeError::NoToken(graph::TokenRefusal::AnotherAccount) => {
                Self::AnotherAccount { began_by: String::new() }
            }
            ExchangeError::DeadlinePassed { last, .. } => Self::from(*last),
            other => Self::Exchange(Box::new(other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use graph::{GraphErrorCode, Refusal, TokenRefusal};

    use super::*;

    fn refusal(status: u16) -> Box<Refusal> {
        let (code, ids) = (GraphErrorCode::UnknownError, net::RequestIds::default());
        Box::new(Refusal { status, code, message: String::new(), ids, request: String::new() })
    }

    #[test]
    fn every_refusal_that_somebody_can_act_on_keeps_its_kind() {
        let until = Timestamp::UNIX_EPOCH;
        let cases = [
            (GraphError::Throttled { until, refusal: refusal(429) }, "parked"),
            (GraphError::NotYetReplicated(refusal(404)), "still-spreading"),
            (GraphError::NeedsInteraction { claims: None }, "sign-in-needed"),
            (GraphError::NoToken(TokenRefusal::AnotherAccount), "another-account"),
            (GraphError::NoToken(TokenRefusal::InteractionNeeded { claims: None }), "sign-in-needed"),
            (GraphError::Forbidden { denial: Denial::Privileges, refusal: refusal(403) }, "not-allowed"),
            (
                GraphError::PolicyForbids { policy: PolicyRefusal::CredentialType, refusal: refusal(400) },
                "policy-forbids",
            ),
            (GraphError::QuotaReached(refusal(403)), "quota-reached"),
            (GraphError::Cancelled { outcome: graph::Outcome::Ambiguous }, "cancelled"),
            (GraphError::NotFound(refusal(404)), "graph"),
        ];
        for (error, code) in cases {
            assert_eq!(Stop::from(error).code(), code);
        }
    }

    #[test]
    fn a_deadline_says_what_stood_in_the_way() {
        let last = Some(Box::new(GraphError::NotYetReplicated(refusal(404))));
        let passed = GraphError::DeadlinePassed { last, outcome: graph::Outcome::Refused };
        assert_eq!(Stop::from(passed), Stop::StillSpreading);
    }

    #[test]
    fn another_window_at_work_is_no_fault_of_the_journal() {
        assert_eq!(Stop::from(JournalError::Busy { holder: None }), Stop::Busy);
        assert_eq!(Stop::from(JournalError::DiskFull), Stop::Journal(JournalError::DiskFull));
    }
}
