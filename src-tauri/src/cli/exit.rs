//! Exit codes. They are documented in `docs/headless.md`; scripts rely on them.

use std::process::ExitCode;

use contract::{AppError, ErrorCode, ProofResult, RunState, RunView};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Done as asked.
    Done,
    /// Failed.
    Failed,
    /// Somebody has to sign in first.
    NeedsSignIn,
    /// This person's part is done; the rest is for another person.
    NeedsOtherPerson,
    /// Set up, but a proof did not succeed.
    NotProved,
    /// Some answers are missing or need another look.
    AnswersNeedAttention,
    /// Secrets cannot be kept or opened.
    VaultClosed,
    /// Stopped by the person.
    Cancelled,
    /// What monitoring is told: 0 to 3, as plugins of monitoring systems end.
    Monitoring(u8),
}

impl Ended {
    /// The code of an error.
    pub(super) fn of(error: &AppError) -> Self {
        match error.code {
            ErrorCode::SignInNeeded | ErrorCode::PermissionMissing | ErrorCode::SignInForMore => {
                Self::NeedsSignIn
            }
            ErrorCode::RoleMissing | ErrorCode::AdminApprovalNeeded | ErrorCode::RegistrationDisabled => {
                Self::NeedsOtherPerson
            }
            ErrorCode::NotProved => Self::NotProved,
            ErrorCode::AnswersNeedAttention => Self::AnswersNeedAttention,
            ErrorCode::KeyringAbsent
            | ErrorCode::KeyringLocked
            | ErrorCode::KeyringNotAnswering
            | ErrorCode::KeyLost
            | ErrorCode::PassphraseWrong
            | ErrorCode::PassphraseTooShort => Self::VaultClosed,
            ErrorCode::Cancelled => Self::Cancelled,
            _ => Self::Failed,
        }
    }

    /// The code of a run that rests.
    pub(super) fn of_run(run: &RunView) -> Self {
        let proved = run.proofs.iter().all(|proof| proof.result == ProofResult::Proved);
        match (run.summary.state, &run.error) {
            (RunState::Undone, None) => Self::Done,
            (RunState::Done, None) if proved => Self::Done,
            (RunState::Done, None) => Self::NotProved,
            (RunState::WaitingForOther, None) => Self::NeedsOtherPerson,
            (_, Some(error)) => Self::of(error),
            (RunState::Running | RunState::Interrupted | RunState::Undoing, None) => Self::Failed,
        }
    }
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> Self {
        Self::from(match ended {
            Ended::Done => 0,
            Ended::Failed => 1,
            // 2 is what clap leaves with when the command line cannot be read.
            Ended::NeedsSignIn => 3,
            Ended::NeedsOtherPerson => 4,
            Ended::NotProved => 5,
            Ended::AnswersNeedAttention => 6,
            Ended::VaultClosed => 7,
            Ended::Cancelled => 130,
            Ended::Monitoring(code) => code,
        })
    }
}
