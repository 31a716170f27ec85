//! One round: everything that is due goes out on every way that is switched on, side by side.

use std::path::Path;
use std::sync::Arc;

use contract::{AppError, Changed, RemindersView};
use jiff::Timestamp;
use serde::Serialize;
use watch::reminders::{
    CalendarChoice, Channel, ChannelFault, ChannelKind, Moment, Reminder, Round, Settings, remind,
};

use super::desktop::Desktop;
use crate::App;
use crate::errors::{Answer, OrExplain};
use crate::space::OpenSpace;

/// What a round did.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reminded {
    /// Reminders that got through, on all ways together.
    pub carried: usize,
    /// Reminders that did not, and are tried again.
    pub failed: usize,
    /// How everything stands now.
    pub reminders: RemindersView,
}

/// What the runner needs to know.
pub(super) struct Went {
    pub(super) carried: usize,
    pub(super) failed: usize,
    /// When the next reminder comes.
    pub(super) next: Option<Timestamp>,
}

impl App {
    /// Reminds of what is due, now: what the system's scheduler asks for. Works offline and with a closed keyring.
    pub async fn remind(&self) -> Answer<Reminded> {
        let space = self.space()?;
        let went = self.remind_round(&space).await?;
        Ok(Reminded {
            carried: went.carried,
            failed: went.failed,
            reminders: self.reminders_view(&space).await?,
        })
    }

    pub(super) async fn remind_round(&self, space: &Arc<OpenSpace>) -> Answer<Went> {
        let settings = self.reminder_settings(space);
        // A calendar holds everything that is to come, and the file counts it.
        let everything = settings.calendar != CalendarChoice::Off || settings.metrics_file.is_some();
        let known =
            if everything { self.knowledge(space).await? } else { self.pressing_knowledge(space).await? };
        let (reminders, moment) = self.scheduled(space, &known);
        let desktop = async {
            if !settings.notifications {
                return Ok(Round::default());
            }
            let desktop = Desktop { app: self.clone(), space: Arc::clone(space) };
            self.on_way(space, &desktop, &reminders, &moment).await
        };
        let webhook = self.on_webhook(space, &settings, &reminders, &moment);
        let calendar = self.keep_calendar(space, &settings, &reminders, &moment);
        let (desktop, webhook, calendar) = tokio::join!(desktop, webhook, calendar);
        if let Err(error) = calendar {
            tracing::warn!(code = ?error.code, "the calendar could not be kept in step");
        }
        if let Some(file) = &settings.metrics_file {
            self.write_metrics(space, &known, &moment, Path::new(file)).await?;
        }
        let (desktop, webhook) = (desktop?, webhook?);
        let (carried, failed) = (desktop.carried + webhook.carried, desktop.failed + webhook.failed);
        if carried + failed > 0 {
            self.changed(Changed::Reminders);
            self.changed(Changed::Status);
        }
        let next = reminders.iter().map(|one| one.at).find(|at| *at > moment.effective());
        Ok(Went { carried, failed, next })
    }

    async fn on_webhook(
        &self,
        space: &Arc<OpenSpace>,
        settings: &Settings,
        reminders: &Arc<[Reminder]>,
        moment: &Moment,
    ) -> Answer<Round> {
        if !settings.webhook {
            return Ok(Round::default());
        }
        match self.webhook(space).await {
            Ok(Some(webhook)) => self.on_way(space, webhook.as_ref(), reminders, moment).await,
            Ok(None) => self.webhook_waits(space, ChannelFault::BadAddress).await,
            // The address is sealed, and the keyring is closed: the messages wait for it.
            Err(AppError { .. }) => self.webhook_waits(space, ChannelFault::Other).await,
        }
    }

    async fn webhook_waits(&self, space: &OpenSpace, fault: ChannelFault) -> Answer<Round> {
        let ledger = self.reminder_ledger(space).await?;
        ledger.note(ChannelKind::Webhook, Some(fault), self.now()).await.or_explain()?;
        Ok(Round::default())
    }

    async fn on_way(
        &self,
        space: &OpenSpace,
        channel: &dyn Channel,
        reminders: &Arc<[Reminder]>,
        moment: &Moment,
    ) -> Answer<Round> {
        let ledger = self.reminder_ledger(space).await?;
        remind(&ledger, channel, Arc::clone(reminders), moment, &self.clock()).await.or_explain()
    }
}
