//! A trial: one of each, and what became of it.

use std::path::Path;
use std::sync::Arc;

use contract::{ChannelTrial, ReminderChannel, TrialResult};
use watch::reminders::calendar;
use watch::reminders::scheduler::{Purpose, ScheduleState};
use watch::reminders::{Delivered, titled};

use super::webhook::no_address;
use crate::App;
use crate::errors::{Answer, Explain, OrExplain};
use crate::host::{Noted, Notification};
use crate::space::OpenSpace;

impl App {
    /// Sends one of each, and says what became of it.
    pub async fn reminder_trial(&self) -> Answer<Vec<ChannelTrial>> {
        let space = self.space()?;
        let settings = self.reminder_settings(&space);
        let (desktop, calendar, webhook) = tokio::join!(
            self.try_desktop(&space, settings.notifications),
            self.try_calendar(&space, &settings),
            self.try_webhook(&space, settings.webhook),
        );
        Ok(vec![
            desktop,
            self.try_tray(settings.tray).await,
            self.try_schedule(&space, settings.scheduled).await,
            calendar,
            webhook,
            self.try_metrics(&space, settings.metrics_file.as_deref()).await?,
        ])
    }

    async fn try_desktop(&self, space: &OpenSpace, on: bool) -> ChannelTrial {
        let channel = ReminderChannel::Desktop;
        if !on {
            return off(channel);
        }
        let host = Arc::clone(&self.0.options.host);
        let notification = Notification {
            title: titled(space.is_practice(), "A trial reminder".to_owned()),
            body: "Reminders from Gatehouse look like this. Nothing ends because of it.".to_owned(),
            urgent: false,
            answered: Some(Box::new(|_| {})),
        };
        match tokio::task::spawn_blocking(move || host.notify(notification)).await {
            Ok(Ok(Noted::WithButtons)) => said(
                channel,
                TrialResult::Accepted,
                "The desktop took it, and shows buttons. Look for it on your screen.",
            ),
            Ok(Ok(Noted::Plain)) => said(
                channel,
                TrialResult::Accepted,
                "The desktop took it, without buttons. Look for it on your screen.",
            ),
            _ => {
                let error = watch::reminders::ChannelFault::NoDaemon.explain();
                let sentence = error.why.clone();
                said(channel, TrialResult::Failed { error }, &sentence)
            }
        }
    }

    async fn try_tray(&self, on: bool) -> ChannelTrial {
        let channel = ReminderChannel::Tray;
        if !on {
            return off(channel);
        }
        let host = Arc::clone(&self.0.options.host);
        let tray = tokio::task::spawn_blocking(move || host.tray()).await;
        let (there, sentence) = tray.unwrap_or((false, "The tray did not answer."));
        if there {
            return said(channel, TrialResult::Accepted, sentence);
        }
        let error = contract::AppError::new(contract::ErrorCode::NoSuchThing).because(sentence);
        said(channel, TrialResult::Failed { error }, sentence)
    }

    async fn try_schedule(&self, space: &OpenSpace, on: bool) -> ChannelTrial {
        let channel = ReminderChannel::Schedule;
        if !on {
            return off(channel);
        }
        let state = self.entry_state(space, Purpose::Daily).await.unwrap_or(ScheduleState::Absent);
        let sentence = state.sentence(Purpose::Daily);
        match state {
            ScheduleState::Active => said(channel, TrialResult::Arrived, sentence),
            ScheduleState::Waiting => said(channel, TrialResult::Accepted, sentence),
            ScheduleState::Absent | ScheduleState::Other => {
                let error = contract::AppError::new(contract::ErrorCode::NoSuchThing).because(sentence);
                said(channel, TrialResult::Failed { error }, sentence)
            }
        }
    }

    async fn try_calendar(&self, space: &OpenSpace, settings: &watch::reminders::Settings) -> ChannelTrial {
        let channel = ReminderChannel::Calendar;
        let outlook = match self.outlook(space, &settings.calendar).await {
            Ok(Some(outlook)) => outlook,
            Ok(None) => return off(channel),
            Err(error) => return failed(channel, error),
        };
        match calendar::trial(&outlook, space.is_practice(), self.now()).await {
            Ok(()) => said(
                channel,
                TrialResult::Arrived,
                "An event was made, found again in the calendar, and removed.",
            ),
            Err(fault) => failed(channel, fault.explain()),
        }
    }

    async fn try_webhook(&self, space: &OpenSpace, on: bool) -> ChannelTrial {
        let channel = ReminderChannel::Webhook;
        if !on {
            return off(channel);
        }
        match self.webhook(space).await {
            Ok(Some(webhook)) => match webhook.trial(space.is_practice()).await {
                Delivered::Shown | Delivered::Accepted => said(
                    channel,
                    TrialResult::Accepted,
                    "The other side took the message. Whether somebody saw it cannot be told: look there.",
                ),
                Delivered::Failed { fault, .. } => failed(channel, fault.explain()),
            },
            Ok(None) => failed(channel, no_address()),
            Err(error) => failed(channel, error),
        }
    }

    async fn try_metrics(&self, space: &OpenSpace, file: Option<&str>) -> Answer<ChannelTrial> {
        let channel = ReminderChannel::Metrics;
        let Some(file) = file else { return Ok(off(channel)) };
        let known = self.knowledge(space).await?;
        let (_, moment) = self.scheduled(space, &known);
        Ok(match self.write_metrics(space, &known, &moment, Path::new(file)).await? {
            None => {
                std::fs::metadata(file).or_explain()?;
                said(channel, TrialResult::Arrived, "The file was written and is there.")
            }
            Some(fault) => failed(channel, fault.explain()),
        })
    }
}

fn off(channel: ReminderChannel) -> ChannelTrial {
    said(channel, TrialResult::Off, "This is switched off.")
}

fn failed(channel: ReminderChannel, error: contract::AppError) -> ChannelTrial {
    let sentence = error.why.clone();
    said(channel, TrialResult::Failed { error }, &sentence)
}

fn said(channel: ReminderChannel, result: TrialResult, sentence: &str) -> ChannelTrial {
    ChannelTrial { channel, result, sentence: sentence.to_owned() }
}
