//! Reminders that a credential ends.

use contract::{
    AppError, ChannelTrial, ErrorCode, ReminderSettings, RemindersView, SnoozeReminder, WebhookAddress,
};

use crate::App;
use crate::errors::Answer;

impl App {
    /// Reminders, their settings, and how each way stands.
    pub async fn reminders(&self) -> Answer<RemindersView> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Saves the settings; installs or removes what they need on this machine.
    pub async fn reminder_settings_set(&self, _settings: ReminderSettings) -> Answer<RemindersView> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Keeps or forgets the address for messages.
    pub async fn reminder_webhook_set(&self, _address: WebhookAddress) -> Answer<RemindersView> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Puts a reminder off.
    pub async fn reminder_snooze(&self, _snooze: SnoozeReminder) -> Answer<RemindersView> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// The person has taken care of it.
    pub async fn reminder_done(&self, _id: &str) -> Answer<RemindersView> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Sends one of each, and says what became of it.
    pub async fn reminder_trial(&self) -> Answer<Vec<ChannelTrial>> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }

    /// Saves all reminders as a calendar file to the person's downloads; gives the path.
    pub async fn reminder_calendar_file(&self) -> Answer<String> {
        Err(AppError::new(ErrorCode::NoSuchThing))
    }
}
