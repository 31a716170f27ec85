//! Reminders that a credential ends: what is due, what the person says about it, and the ways it goes. Everything here works
//! from what was read before, with a closed keyring and without a network.

mod channels;
mod check;
mod desktop;
mod entries;
mod knowledge;
mod ledger;
mod list;
mod metrics;
mod outlook;
mod round;
mod runner;
mod settings;
mod trial;
mod webhook;

use contract::{Changed, ReminderSettings, RemindersView, SnoozeReminder, WebhookAddress};
use jiff::ToSpan;
use watch::reminders::{HOUR, ReminderId, ics};

use crate::errors::{Answer, OrExplain, no_such};
use crate::{App, files};

pub use check::CredentialEnd;
pub use round::Reminded;
pub use runner::{Shown, Waiting};

impl App {
    /// Reminders, their settings, and how each way stands.
    pub async fn reminders(&self) -> Answer<RemindersView> {
        let space = self.space()?;
        self.reminders_view(&space).await
    }

    /// Saves the settings; installs or removes what they need on this machine.
    pub async fn reminder_settings_set(&self, wanted: ReminderSettings) -> Answer<RemindersView> {
        let space = self.space()?;
        let before = self.reminder_settings(&space);
        let wanted = self.checked(&space, wanted)?;
        self.set_entries(&space, &before, &wanted).await?;
        self.keep_reminder_settings(&space, &wanted)?;
        self.leave_calendar(&space, &before, &wanted).await;
        self.remind_again();
        self.changed(Changed::Reminders);
        self.reminders_view(&space).await
    }

    /// Keeps or forgets the address for messages.
    pub async fn reminder_webhook_set(&self, address: WebhookAddress) -> Answer<RemindersView> {
        let space = self.space()?;
        self.keep_webhook(&space, address).await?;
        self.remind_again();
        self.changed(Changed::Reminders);
        self.reminders_view(&space).await
    }

    /// Puts a reminder off, to nine o'clock of the day so many days from now.
    pub async fn reminder_snooze(&self, snooze: SnoozeReminder) -> Answer<RemindersView> {
        let space = self.space()?;
        let id = ReminderId::parse(&snooze.id).ok_or_else(|| no_such("reminder"))?;
        let (ledger, until) = (self.reminder_ledger(&space).await?, self.nine_in_days(snooze.days));
        ledger.snooze(&id, until, &self.moment(&space).await?).await.or_explain()?;
        self.remind_again();
        self.changed(Changed::Reminders);
        self.reminders_view(&space).await
    }

    /// The person has taken care of it.
    pub async fn reminder_done(&self, id: &str) -> Answer<RemindersView> {
        let space = self.space()?;
        let id = ReminderId::parse(id).ok_or_else(|| no_such("reminder"))?;
        self.reminder_ledger(&space).await?.done(&id, self.now()).await.or_explain()?;
        self.remind_again();
        self.changed(Changed::Reminders);
        self.reminders_view(&space).await
    }

    /// Saves all reminders as a calendar file to the person's downloads; gives the path.
    pub async fn reminder_calendar_file(&self) -> Answer<String> {
        let space = self.space()?;
        let known = self.knowledge(&space).await?;
        let (reminders, moment) = self.scheduled(&space, &known);
        let text = ics::export(&reminders, &moment);
        let name = format!("reminders-{}.ics", self.now().to_zoned(self.0.options.host.zone()).date());
        files::save_for_person(&self.0.options.downloads, &name, text.as_bytes())
    }

    /// Nine o'clock of the day so many days from now, a day at least.
    fn nine_in_days(&self, days: u32) -> jiff::Timestamp {
        let now = self.now();
        let days = i64::from(days.clamp(1, 3_650));
        let day = now.to_zoned(self.0.options.host.zone()).date().checked_add(days.days());
        let nine = day.and_then(|day| day.at(HOUR, 0, 0, 0).to_zoned(self.0.options.host.zone()));
        nine.map_or(now + jiff::SignedDuration::from_hours(24), |nine| nine.timestamp())
    }
}
