//! Reminders that a credential ends, and where they go.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{AppError, CredentialKind, SecretInput, When};

/// When and where to remind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ReminderSettings {
    /// Days before the end; 0 is the day itself. Usually 60, 30, 14, 7, 1 and 0.
    pub days: Vec<u32>,
    /// Other days for some set-ups.
    pub per_connection: Vec<ConnectionDays>,
    /// Also for apps that were not set up here.
    pub all_apps: bool,
    /// On this desktop.
    pub notifications: bool,
    /// A symbol in the system's tray.
    pub tray: bool,
    /// Start with the system, in the background.
    pub autostart: bool,
    /// Have the system's scheduler look each day, though Gatehouse is closed.
    pub scheduled: bool,
    /// Events in an Outlook calendar.
    pub calendar: ReminderCalendar,
    /// Messages to an address on the web, for example of a Teams channel. The address itself is secret and sealed.
    pub webhook: bool,
    /// A text file for Prometheus' node exporter; none for no file.
    pub metrics_file: Option<String>,
}

/// Other days for one set-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ConnectionDays {
    /// The set-up.
    pub connection_id: String,
    /// Days before the end.
    pub days: Vec<u32>,
}

/// Whose calendar gets events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ReminderCalendar {
    /// None.
    Off,
    /// The signed-in person's.
    Mine,
    /// Another mailbox that the person may write to.
    Shared {
        /// Its address.
        address: String,
    },
}

/// A way for a reminder to reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ReminderChannel {
    /// A notification on this desktop.
    Desktop,
    /// A symbol in the tray.
    Tray,
    /// The system's scheduler, which looks each day.
    Schedule,
    /// An event in an Outlook calendar.
    Calendar,
    /// A message to an address on the web.
    Webhook,
    /// A text file for Prometheus.
    Metrics,
}

/// How a way stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ChannelState {
    /// Which.
    pub channel: ReminderChannel,
    /// Can be used on this machine, by this person.
    pub available: bool,
    /// How it stands, as a sentence ("GNOME has no tray", "Looks each day at 09:00").
    pub sentence: String,
    /// What went wrong the last time.
    pub error: Option<AppError>,
    /// When it last carried something.
    pub last_at: Option<When>,
}

/// Settings, and how each way stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct RemindersView {
    /// The settings.
    pub settings: ReminderSettings,
    /// The ways.
    pub channels: Vec<ChannelState>,
    /// What is due, was missed, or comes next; the most pressing first, at most 100.
    pub reminders: Vec<ReminderView>,
    /// How many there are in all.
    pub total: u32,
    /// From which reading of the organisation: reminders work offline, and say so.
    pub known_at: Option<When>,
    /// Set when that is old, or the keyring is locked: what this means, as a sentence.
    pub caution: Option<String>,
}

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ReminderView {
    /// Names it: credential and days before its end.
    pub id: String,
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// Microsoft's key id.
    pub key_id: String,
    /// What ends.
    pub kind: CredentialKind,
    /// Its name.
    pub name: String,
    /// When it ends.
    pub ends_at: When,
    /// Whole days until then.
    pub days: i32,
    /// When to remind.
    pub at: When,
    /// How it stands.
    pub state: ReminderState,
    /// The set-up that it belongs to.
    pub connection_id: Option<String>,
}

/// How a reminder stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum ReminderState {
    /// Comes later.
    Ahead,
    /// Due now.
    Due,
    /// Was due while nothing could remind.
    Missed,
    /// Shown or sent.
    Sent {
        /// When.
        at: When,
    },
    /// Put off.
    Snoozed {
        /// Until when.
        until: When,
    },
    /// The person has taken care of it.
    Done,
}

/// Puts a reminder off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SnoozeReminder {
    /// The reminder.
    pub id: String,
    /// For so many days.
    pub days: u32,
}

/// What became of a trial reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct ChannelTrial {
    /// Which way.
    pub channel: ReminderChannel,
    /// What became of it.
    pub result: TrialResult,
    /// The same as a sentence.
    pub sentence: String,
}

/// What became of a trial.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum TrialResult {
    /// Arrived, and this was seen.
    Arrived,
    /// Accepted by the other side; whether somebody saw it cannot be told.
    Accepted,
    /// Switched off.
    Off,
    /// Did not get through.
    Failed {
        /// Why.
        error: AppError,
    },
}

/// The address for messages. It lets anyone write there, so it is kept like a secret.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct WebhookAddress {
    /// The address; empty to forget it.
    pub url: SecretInput,
}

/// A file that was saved for a colleague.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct HandOnSaved {
    /// Its path.
    pub path: String,
    /// Notes that are not in it because they look like a secret.
    pub held_back: u32,
}

/// A colleague's file with set-ups, reminders and notes, in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct HandedOn {
    /// Who made it.
    pub by: String,
    /// The organisation.
    pub tenant_name: String,
    /// When.
    pub made_at: When,
    /// The set-ups in it, by name.
    pub connections: Vec<String>,
    /// Their notes.
    pub notes: Vec<String>,
    /// Why it cannot be taken over; none when it can.
    pub problem: Option<AppError>,
}
