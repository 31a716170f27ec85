//! The ledger of reminders, opened when it is first asked for.

use contract::{AppError, ErrorCode};
use watch::reminders::{ChannelFault, Ledger, LedgerError};

use crate::errors::{Answer, Explain};
use crate::inventory::off_thread;
use crate::space::OpenSpace;
use crate::{App, held};

impl App {
    /// The ledger of a space; a damaged file is put aside and a fresh one begun.
    pub(crate) async fn reminder_ledger(&self, space: &OpenSpace) -> Answer<Ledger> {
        if let Some(ledger) = held(&space.inventories.reminders).as_ref() {
            return Ok(ledger.clone());
        }
        let (folder, machine, now) = (space.folder.clone(), self.0.options.host.machine(), self.now());
        let opened = off_thread(move || Ledger::open(&folder, &machine, now)).await?;
        Ok(held(&space.inventories.reminders).get_or_insert(opened).clone())
    }
}

impl Explain for LedgerError {
    fn explain(&self) -> AppError {
        match self {
            Self::DiskFull => AppError::new(ErrorCode::DiskFull),
            Self::ReadOnly => AppError::new(ErrorCode::DiskReadOnly),
            Self::Newer => AppError::new(ErrorCode::DataNewer),
            Self::Damaged => AppError::new(ErrorCode::DataDamaged).because(
                "The list of reminders is damaged. At the next start it is put aside and a new one begun.",
            ),
            Self::Busy => AppError::new(ErrorCode::RunElsewhere)
                .because("Another Gatehouse holds the list of reminders."),
            Self::NoSuchReminder => {
                AppError::new(ErrorCode::NoSuchThing).because("Gatehouse does not know this reminder.")
            }
            Self::Other { .. } => AppError::new(ErrorCode::Internal),
        }
    }
}

impl Explain for ChannelFault {
    fn explain(&self) -> AppError {
        let code = match self {
            Self::Unreachable => ErrorCode::Offline,
            Self::Slow => ErrorCode::TimedOut,
            Self::Busy => ErrorCode::Throttled,
            Self::Unwell { .. } => ErrorCode::ServiceUnavailable,
            Self::Refused { .. } | Self::Gone | Self::BadAddress => ErrorCode::AnswersNeedAttention,
            Self::SignIn => ErrorCode::SignInNeeded,
            Self::NotAllowed => ErrorCode::PermissionMissing,
            Self::NoMailbox => ErrorCode::MailboxNotFound,
            Self::NoDaemon => ErrorCode::NoSuchThing,
            Self::File => ErrorCode::DiskReadOnly,
            Self::Other => ErrorCode::Internal,
        };
        AppError::new(code).because(self.sentence())
    }
}
