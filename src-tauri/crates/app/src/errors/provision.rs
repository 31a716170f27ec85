//! Runs, their journal, and the secrets they make.

use contract::{Action, AppError, ErrorCode};
use provision::{AppTokenError, JournalError, Stop, StoreError};

use super::{Explain, sign_in_needed};

impl Explain for Stop {
    fn explain(&self) -> AppError {
        match self {
            Self::Cancelled => AppError::new(ErrorCode::Cancelled),
            Self::Parked { until } => AppError::new(ErrorCode::Throttled)
                .advise(format!("Go on after {}. Nothing is lost.", until.strftime("%H:%M UTC"))),
            Self::StillSpreading => AppError::new(ErrorCode::StillSpreading),
            Self::NotAllowed { roles, people, error, .. } => {
                let mut shown = AppError::new(ErrorCode::RoleMissing);
                if !roles.is_empty() {
                    shown.why = format!("Microsoft asks for one of these roles: {}.", roles.join(", "));
                }
                if !people.is_empty() {
                    let names: Vec<String> = people.iter().map(ToString::to_string).collect();
                    shown.next = format!("Ask one of these people: {}.", names.join(", "));
                }
                with_details(shown, error)
            }
            Self::PolicyForbids { error, .. } | Self::Graph(error) => error.explain(),
            Self::QuotaReached { purgeable } => {
                let error = AppError::new(ErrorCode::QuotaReached);
                if purgeable.is_empty() {
                    error
                } else {
                    error.advise(format!(
                        "These deleted ones could be removed for good: {}.",
                        purgeable.join(", ")
                    ))
                }
            }
            Self::NotOurs { name, owners, .. } => {
                AppError::new(ErrorCode::NameTaken).because(if owners.is_empty() {
                    format!("“{name}” exists already and was not made by this run.")
                } else {
                    format!("“{name}” exists already. It belongs to {}.", owners.join(", "))
                })
            }
            Self::Deleted { name, .. } => AppError::new(ErrorCode::NotFound)
                .because(format!("“{name}” was deleted. Its name stays taken for 30 days."))
                .advise("Restore it at Microsoft and go on, or undo this run and make a new plan."),
            Self::Drift { what } => AppError::new(ErrorCode::ChangedByOthers).because(what.join(" ")),
            Self::SignInNeeded { .. } => sign_in_needed(),
            Self::AnotherAccount { began_by } => {
                let error = AppError::new(ErrorCode::WrongAccount);
                if began_by.is_empty() {
                    error
                } else {
                    error.because(format!("This run belongs to {began_by}."))
                }
            }
            Self::Busy => AppError::new(ErrorCode::RunElsewhere),
            Self::RolesDiffer { missing, unexpected } => {
                let mut why = String::new();
                if !missing.is_empty() {
                    why = format!("Missing in the token: {}.", missing.join(", "));
                }
                if !unexpected.is_empty() {
                    why = format!("{why} Not planned, but there: {}.", unexpected.join(", "));
                }
                AppError::new(ErrorCode::NotProved).because(why.trim().to_owned())
            }
            Self::ReachesOutside { mailbox } => AppError::new(ErrorCode::NotProved)
                .because(format!(
                    "The app still opens the mailbox of {mailbox}, which lies outside of the limit."
                ))
                .advise("Exchange can need two hours to act on a limit. Test again later."),
            Self::Exchange(error) => error.explain(),
            Self::AppSignIn(error) => error.explain(),
            Self::SecretLost => AppError::new(ErrorCode::SecretLost),
            Self::Vault(error) => error.explain(),
            Self::Journal(error) => error.explain(),
            Self::NotSupported { what } => AppError::new(ErrorCode::GraphRefused)
                .because(format!("Gatehouse cannot do this by itself yet: {what}"))
                .advise("Do this part by hand, or leave it out."),
        }
    }
}

fn with_details(mut shown: AppError, error: &graph::GraphError) -> AppError {
    shown.support = error.explain().support;
    shown
}

impl Explain for AppTokenError {
    fn explain(&self) -> AppError {
        match self {
            Self::NotKnown { code } => AppError::new(ErrorCode::SecretWrong)
                .because("Microsoft does not know the app or its secret yet, or not any more.")
                .advise("Wait a few minutes and test again. If it stays, make a new secret.")
                .with_support(contract::Support {
                    microsoft_code: Some(format!("AADSTS{code}")),
                    ..contract::Support::default()
                }),
            Self::Blocked => AppError::new(ErrorCode::ConditionalAccess),
            Self::Network(fault) => fault.explain(),
            Self::Refused { .. } => AppError::new(ErrorCode::SignInRefused),
        }
    }
}

impl Explain for StoreError {
    fn explain(&self) -> AppError {
        let mut error = AppError::new(match self {
            Self::Locked => ErrorCode::KeyringLocked,
            Self::DiskFull => ErrorCode::DiskFull,
            Self::ReadOnly => ErrorCode::DiskReadOnly,
            Self::Unreadable => ErrorCode::DataDamaged,
            Self::Other => ErrorCode::Internal,
        });
        if *self == Self::Locked {
            error.action = Some(Action::OpenVault);
        }
        error
    }
}

impl Explain for JournalError {
    fn explain(&self) -> AppError {
        AppError::new(match self {
            Self::Busy { .. } => ErrorCode::RunElsewhere,
            Self::NoSuchRun => ErrorCode::NoSuchThing,
            Self::DiskFull => ErrorCode::DiskFull,
            Self::ReadOnly => ErrorCode::DiskReadOnly,
            Self::UnreadableRun | Self::Newer => ErrorCode::DataNewer,
            Self::Damaged { .. } => ErrorCode::DataDamaged,
            Self::Other { .. } => ErrorCode::Internal,
        })
    }
}
