//! Exchange Online.

use contract::{AppError, ErrorCode};
use exchange::ExchangeError;

use super::{Explain, sign_in_needed, support};

impl Explain for ExchangeError {
    fn explain(&self) -> AppError {
        let error = match self {
            Self::Network { fault, .. } | Self::NoToken(::net::call::TokenRefusal::Unreachable(fault)) => {
                return fault.explain();
            }
            Self::DeadlinePassed { last, .. } => return last.explain(),
            Self::NoToken(::net::call::TokenRefusal::AnotherAccount) => {
                AppError::new(ErrorCode::WrongAccount)
            }
            Self::NeedsInteraction { .. } | Self::NoToken(_) | Self::Unauthorized(_) => sign_in_needed(),
            Self::Unreadable { .. } | Self::Redirected { .. } | Self::ForeignLink | Self::EndlessList => {
                AppError::new(ErrorCode::AnswerNotUnderstood)
            }
            Self::Throttled { until, .. } => AppError::new(ErrorCode::Throttled)
                .advise(format!("Go on after {}. Nothing is lost.", until.strftime("%H:%M UTC"))),
            Self::Unavailable { .. } => AppError::new(ErrorCode::ServiceUnavailable)
                .because("Exchange does not answer now."),
            Self::NotYetReplicated(_) => AppError::new(ErrorCode::StillSpreading),
            Self::AlreadyExists(_) => AppError::new(ErrorCode::NameTaken),
            Self::NotFound(_) => AppError::new(ErrorCode::NotFound),
            Self::NotUnique(_) => AppError::new(ErrorCode::NotFound)
                .because("More than one thing in Exchange has this name.")
                .advise("Use the whole address."),
            Self::Forbidden(_) => AppError::new(ErrorCode::RoleMissing)
                .because("Exchange wants the role Exchange Administrator for this.")
                .advise("Ask an Exchange Administrator. A role that was given just now can need an hour."),
            Self::NotCustomizable(_) => AppError::new(ErrorCode::GraphRefused)
                .because("This organisation has never been opened for settings of its own in Exchange.")
                .advise("Run Enable-OrganizationCustomization once in Exchange Online PowerShell, then try again."),
            Self::Refused(_) => AppError::new(ErrorCode::GraphRefused).because("Exchange refused it."),
            Self::Cancelled { .. } => AppError::new(ErrorCode::Cancelled),
            Self::Incomplete => AppError::new(ErrorCode::Internal),
        };
        match self.refusal() {
            Some(refusal) => error.with_support(support(
                self.code().map(str::to_owned),
                Some(refusal.message.clone()).filter(|text| !text.is_empty()),
                Some(&refusal.ids),
            )),
            None => error,
        }
    }
}
