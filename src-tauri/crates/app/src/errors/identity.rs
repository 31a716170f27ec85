//! Signing in. The words come from `identity`; the code is for the window to decide by.

use contract::{Action, AppError, ErrorCode, Support};
use identity::explain::{self, Explanation, NextStep};
use identity::{AadError, IdentityError, OAuthError, StoreError};

use super::Explain;

impl Explain for IdentityError {
    fn explain(&self) -> AppError {
        match self {
            Self::Net(error) => error.explain(),
            Self::Refused(error) => refused(error),
            Self::NeedsInteraction(interaction) => match &interaction.error {
                Some(error) => with_words(AppError::new(ErrorCode::SignInNeeded), explain::explain(error))
                    .with_support(support(error)),
                None => AppError::new(ErrorCode::SignInNeeded),
            },
            other => with_words(AppError::new(local(other)), explain::error(other)),
        }
    }
}

fn local(error: &IdentityError) -> ErrorCode {
    match error {
        IdentityError::Cancelled => ErrorCode::Cancelled,
        IdentityError::TimedOut => ErrorCode::SignInTimedOut,
        IdentityError::Listener(_) => ErrorCode::ListenerFailed,
        IdentityError::WrongAccount(_) => ErrorCode::WrongAccount,
        IdentityError::WrongTenant(_) => ErrorCode::WrongOrganisation,
        IdentityError::Authority(identity::AuthorityProblem::NoSuchTenant) => ErrorCode::OrganisationNotFound,
        IdentityError::Authority(_) => ErrorCode::AuthorityUnusable,
        IdentityError::IdToken(_) | IdentityError::Answer(_) => ErrorCode::AnswerNotTrusted,
        IdentityError::SecretIdPasted => ErrorCode::SecretIdPasted,
        IdentityError::Store(StoreError::Locked) => ErrorCode::KeyringLocked,
        IdentityError::Store(StoreError::Absent) => ErrorCode::KeyringAbsent,
        IdentityError::Store(_) => ErrorCode::DataDamaged,
        IdentityError::ChallengeRepeated => ErrorCode::SignInNeeded,
        _ => ErrorCode::SignInRefused,
    }
}

fn refused(error: &AadError) -> AppError {
    let words = explain::explain(error);
    let code = match (error.error, words.action) {
        (_, Some(NextStep::AskAdmin)) => ErrorCode::AdminApprovalNeeded,
        (_, Some(NextStep::CheckClientId)) => ErrorCode::ClientNotFound,
        (_, Some(NextStep::CheckOrganisation | NextStep::CheckCloud)) => ErrorCode::OrganisationNotFound,
        (_, Some(NextStep::RepairRegistration)) => ErrorCode::RedirectMismatch,
        (_, Some(NextStep::CheckSecret)) => ErrorCode::SecretWrong,
        (_, Some(NextStep::NewSecret)) => ErrorCode::SecretExpired,
        (OAuthError::AccessDenied, _) => ErrorCode::ConsentDeclined,
        (OAuthError::UnauthorizedClient | OAuthError::InvalidClient, _) => ErrorCode::ClientNotAllowed,
        (OAuthError::InvalidGrant | OAuthError::InteractionRequired | OAuthError::LoginRequired, _) => {
            ErrorCode::SignInNeeded
        }
        (OAuthError::TemporarilyUnavailable | OAuthError::ServerError, _) => ErrorCode::ServiceUnavailable,
        _ => ErrorCode::SignInRefused,
    };
    with_words(AppError::new(code), words).with_support(support(error))
}

fn with_words(mut error: AppError, words: Explanation) -> AppError {
    error.title = words.what;
    error.why = words.why;
    error.next = words.next;
    if let Some(action) = words.action {
        error.action = Some(button(action));
    }
    error
}

fn button(step: NextStep) -> Action {
    match step {
        NextStep::SignInAgain | NextStep::AgreeAgain => Action::SignIn,
        NextStep::ChooseAccount => Action::ChooseAccount,
        NextStep::AskAdmin => Action::AskAdmin,
        NextStep::CheckOrganisation
        | NextStep::CheckCloud
        | NextStep::CheckClientId
        | NextStep::RepairRegistration
        | NextStep::UseOwnRegistration => Action::ChangeClient,
        NextStep::NewSecret => Action::PlanAgain,
        NextStep::CheckSecret => Action::ChangeAnswers,
        NextStep::Unlock => Action::OpenVault,
        NextStep::CopyDetails => Action::CopyDetails,
        _ => Action::TryAgain,
    }
}

fn support(error: &AadError) -> Support {
    let numbers: Vec<String> = error.codes.iter().map(|code| format!("AADSTS{code}")).collect();
    Support {
        microsoft_code: (!numbers.is_empty()).then(|| numbers.join(", ")),
        microsoft_text: error.description.clone(),
        request_id: error.trace_id.clone().or_else(|| error.request.request_id.clone()),
        client_request_id: error.correlation_id.clone(),
        at: error.timestamp.clone().or_else(|| error.request.date.clone()),
    }
}
