//! The text file for Prometheus.

use std::path::{Path, PathBuf};

use watch::reminders::{ChannelFault, ChannelKind, Moment, metrics};

use super::knowledge::Knowledge;
use crate::App;
use crate::errors::{Answer, OrExplain};
use crate::space::OpenSpace;

impl App {
    /// Writes the file; what stands in the way is noted in the ledger, and given back.
    pub(super) async fn write_metrics(
        &self,
        space: &OpenSpace,
        known: &Knowledge,
        moment: &Moment,
        file: &Path,
    ) -> Answer<Option<ChannelFault>> {
        let ledger = self.reminder_ledger(space).await?;
        let channels = ledger.channels().await.or_explain()?;
        let (credentials, moment, file): (_, _, PathBuf) =
            (known.credentials.clone(), moment.clone(), file.to_owned());
        let written = tokio::task::spawn_blocking(move || {
            metrics::write(&file, &metrics::text(&credentials, &channels, &moment))
        });
        let fault = written.await.unwrap_or(Err(ChannelFault::Other)).err();
        ledger.note(ChannelKind::Metrics, fault.clone(), self.now()).await.or_explain()?;
        Ok(fault)
    }
}
