//! Keeping secrets.

use contract::{AppError, ErrorCode};
use vault::{Failure, VaultError, VaultStatus};

use super::Explain;

impl Explain for VaultError {
    fn explain(&self) -> AppError {
        match self {
            Self::NotReady { status } => status.explain(),
            Self::NotFound => AppError::new(ErrorCode::NoSuchThing)
                .because("This secret is not kept here.")
                .advise("Make a new secret if nobody has its value."),
            Self::SealedByOtherKey { .. } | Self::UnreadableRecords { .. } | Self::KeyChanged => {
                AppError::new(ErrorCode::KeyLost)
            }
            Self::RecordDamaged { .. } | Self::Damaged { .. } => AppError::new(ErrorCode::DataDamaged),
            Self::DiskFull => AppError::new(ErrorCode::DiskFull),
            Self::ReadOnly => AppError::new(ErrorCode::DiskReadOnly),
            Self::NewerVersion => AppError::new(ErrorCode::DataNewer),
            Self::OtherSpace => AppError::new(ErrorCode::WrongSpace),
            Self::WrongPassphrase => AppError::new(ErrorCode::PassphraseWrong),
            Self::PassphraseTooShort { .. } => AppError::new(ErrorCode::PassphraseTooShort),
            _ => AppError::new(ErrorCode::Internal),
        }
    }
}

impl Explain for VaultStatus {
    fn explain(&self) -> AppError {
        if *self == Self::NeedsPassphrase {
            let mut error = AppError::new(ErrorCode::KeyringLocked)
                .because("Secrets are kept under a passphrase, which was not given yet.")
                .advise("Type the passphrase. On the command line, name the file that holds it: --passphrase-file FILE.");
            "Saved secrets are closed.".clone_into(&mut error.title);
            return error;
        }
        AppError::new(match self {
            Self::Waiting | Self::Locked | Self::NeedsPassphrase => ErrorCode::KeyringLocked,
            Self::Absent { .. } => ErrorCode::KeyringAbsent,
            Self::KeyLost { .. } => ErrorCode::KeyLost,
            Self::Failed { cause: Failure::DiskFull } => ErrorCode::DiskFull,
            Self::Failed { cause: Failure::ReadOnly } => ErrorCode::DiskReadOnly,
            Self::Failed { cause: Failure::Storage } => ErrorCode::DataDamaged,
            Self::Failed { .. } => ErrorCode::KeyringNotAnswering,
            Self::Ready { .. } | Self::SessionOnly => ErrorCode::Internal,
        })
    }
}
