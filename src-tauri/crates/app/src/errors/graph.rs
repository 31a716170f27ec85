//! Microsoft Graph.

use contract::{AppError, ErrorCode};
use graph::{Denial, GraphError, GraphErrorCode, PolicyRefusal, TokenRefusal};

use super::{Explain, sign_in_needed, support};

impl Explain for GraphError {
    fn explain(&self) -> AppError {
        let error = match self {
            Self::Network { fault, .. } => return fault.explain(),
            Self::NoToken(TokenRefusal::Unreachable(fault)) => return fault.explain(),
            Self::DeadlinePassed { last: Some(last), .. } => return last.explain(),
            Self::NoToken(TokenRefusal::AnotherAccount) => AppError::new(ErrorCode::WrongAccount),
            Self::NoToken(_) | Self::NeedsInteraction { .. } | Self::Unauthorized(_) => sign_in_needed(),
            Self::Unreadable { .. } | Self::Redirected { .. } | Self::ForeignLink | Self::EndlessList => {
                AppError::new(ErrorCode::AnswerNotUnderstood)
            }
            Self::Throttled { until, .. } => AppError::new(ErrorCode::Throttled)
                .advise(format!("Go on after {}. Nothing is lost.", until.strftime("%H:%M UTC"))),
            Self::Unavailable { .. } => AppError::new(ErrorCode::ServiceUnavailable),
            Self::NotYetReplicated(_) => AppError::new(ErrorCode::StillSpreading),
            Self::AlreadyExists(_) => AppError::new(ErrorCode::NameTaken),
            Self::NotFound(refusal) if is_mailbox(&refusal.code) => AppError::new(ErrorCode::MailboxNotFound),
            Self::NotFound(_) => AppError::new(ErrorCode::NotFound),
            Self::Conflict(_) => AppError::new(ErrorCode::ChangedByOthers),
            Self::Forbidden { denial: Denial::Mailbox, .. } => AppError::new(ErrorCode::PermissionMissing)
                .because("The mailbox is closed to this app: a permission is missing, or access was limited.")
                .advise("Look at the app's permissions, and at who limited its mailboxes."),
            Self::Forbidden { .. } => AppError::new(ErrorCode::RoleMissing),
            Self::PolicyForbids { policy: PolicyRefusal::CredentialType, .. } => {
                AppError::new(ErrorCode::PolicyForbidsSecrets)
            }
            Self::PolicyForbids { policy: PolicyRefusal::CredentialLifetime, .. } => {
                AppError::new(ErrorCode::PolicyLimitsLifetime)
            }
            Self::PolicyForbids { policy: PolicyRefusal::SignInAudience, .. } | Self::Refused(_) => {
                AppError::new(ErrorCode::GraphRefused)
            }
            Self::QuotaReached(_) => AppError::new(ErrorCode::QuotaReached),
            Self::Cancelled { .. } => AppError::new(ErrorCode::Cancelled),
            Self::DeadlinePassed { last: None, .. } => AppError::new(ErrorCode::TimedOut),
            Self::DependencyFailed | Self::Incomplete => AppError::new(ErrorCode::Internal),
        };
        match self.refusal() {
            Some(refusal) => error.with_support(support(
                Some(refusal.code.to_string()),
                Some(refusal.message.clone()),
                Some(&refusal.ids),
            )),
            None => error,
        }
    }
}

/// Whether it is a mailbox that was not found.
fn is_mailbox(code: &GraphErrorCode) -> bool {
    matches!(code, GraphErrorCode::MailboxNotEnabled | GraphErrorCode::ErrorInvalidUser)
}
