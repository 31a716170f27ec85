//! The findings on this machine, opened when they are first asked for.

use contract::{AppError, ErrorCode};
use watch::findings::{IgnoreError, Ledger, LedgerError};

use crate::errors::{Answer, Explain};
use crate::inventory::off_thread;
use crate::space::OpenSpace;
use crate::{App, held};

impl App {
    /// The findings of an organisation; a damaged file is put aside and a fresh one begun.
    pub(crate) async fn findings_ledger(&self, space: &OpenSpace, organisation: &str) -> Answer<Ledger> {
        if let Some(ledger) = held(&space.inventories.ledgers).get(organisation) {
            return Ok(ledger.clone());
        }
        let (folder, name, now) = (space.folder.clone(), organisation.to_owned(), self.now());
        let opened = off_thread(move || Ledger::open(&folder, &name, now)).await?;
        if let Some(aside) = opened.put_aside() {
            tracing::warn!(file = ?aside.file_name(), "the damaged list of findings was put aside");
        }
        Ok(held(&space.inventories.ledgers).entry(organisation.to_owned()).or_insert(opened).clone())
    }
}

impl Explain for LedgerError {
    fn explain(&self) -> AppError {
        match self {
            Self::Damaged { .. } => AppError::new(ErrorCode::DataDamaged)
                .because("The list of findings was damaged. It is made again from the list of apps."),
            Self::Newer => AppError::new(ErrorCode::DataNewer),
            Self::Busy => AppError::new(ErrorCode::RunElsewhere)
                .because("Another Gatehouse holds the list of findings."),
            Self::Full => AppError::new(ErrorCode::DiskFull),
            Self::ReadOnly => AppError::new(ErrorCode::DiskReadOnly),
            Self::Disk(error) => error.explain(),
            Self::Other { .. } => AppError::new(ErrorCode::Internal),
        }
    }
}

impl Explain for IgnoreError {
    fn explain(&self) -> AppError {
        match self {
            Self::NoReason | Self::InThePast => {
                AppError::new(ErrorCode::AnswersNeedAttention).because(self.to_string())
            }
            Self::NoSuchFinding => AppError::new(ErrorCode::NoSuchThing).because(self.to_string()),
            Self::Ledger(error) => error.explain(),
        }
    }
}
