//! How things stand, for monitoring and for scripts. From this machine alone.

use std::path::Path;

use contract::{CredentialKind, When};
use serde::Serialize;
use watch::reminders::days_between;
use watch::reminders::summary::{Limits, Summary, summary};

use crate::errors::{Answer, Explain, OrExplain};
use crate::{App, view};

/// A credential and its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialEnd {
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// Microsoft's key id. Not the secret.
    pub key_id: String,
    /// What it is.
    pub kind: CredentialKind,
    /// Its name.
    pub name: String,
    /// When it ends.
    pub ends_at: When,
    /// Whole days until then by this machine's calendar; negative once past.
    pub days: i32,
    /// The set-up that it belongs to.
    pub connection_id: Option<String>,
}

impl App {
    /// What could not be looked at, as of the last reading, in sentences; for the organisations of this space.
    pub async fn not_looked_at(&self) -> Answer<Vec<String>> {
        let space = self.space()?;
        let organisations = self.organisations(&space, &self.finished(&space)?);
        self.gap_sentences(&space, &organisations)
    }

    /// How things stand, for monitoring; also as a text file for Prometheus where one is wanted.
    pub async fn check(&self, limits: Limits, metrics: Option<&Path>) -> Answer<Summary> {
        let space = self.space()?;
        let known = self.knowledge(&space).await?;
        let (_, moment) = self.scheduled(&space, &known);
        let channels = self.reminder_ledger(&space).await?.channels().await.or_explain()?;
        if let Some(file) = metrics
            && let Some(fault) = self.write_metrics(&space, &known, &moment, file).await?
        {
            return Err(fault.explain());
        }
        let mut summary = summary(&known.credentials, &channels, limits, &moment);
        summary.not_looked_at = self.not_looked_at().await?;
        Ok(summary)
    }

    /// Every credential with an end, the first to end first; only those that end within so many days, where that is given
    /// (those that have ended are among them). And from when this is known.
    pub async fn credential_ends(&self, within: Option<u32>) -> Answer<(Vec<CredentialEnd>, Option<When>)> {
        let space = self.space()?;
        let known = self.knowledge(&space).await?;
        let (now, zone) = (self.now(), self.0.options.host.zone());
        let mut ends: Vec<CredentialEnd> = known
            .credentials
            .iter()
            .map(|one| CredentialEnd {
                app_id: one.app_id.clone(),
                app_name: one.app_name.clone(),
                key_id: one.key_id.clone(),
                kind: view::inventory::credential_kind(one.kind),
                name: one.name.clone(),
                ends_at: When(one.ends),
                days: days_between(now, one.ends, &zone),
                connection_id: one.connection.clone(),
            })
            .filter(|one| within.is_none_or(|days| i64::from(one.days) <= i64::from(days)))
            .collect();
        ends.sort_by(|one, other| (one.ends_at, &one.key_id).cmp(&(other.ends_at, &other.key_id)));
        Ok((ends, known.known_at.map(When)))
    }
}
