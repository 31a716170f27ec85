//! Reminders, and handing everything on to a colleague.

use app::App;
use contract::{
    ChannelTrial, HandOnSaved, HandedOn, ReminderSettings, RemindersView, SnoozeReminder, WebhookAddress,
};
use tauri::State;

use super::Answer;

/// Reminders, their settings, and how each way stands.
#[tauri::command]
pub(crate) async fn reminders(app: State<'_, App>) -> Answer<RemindersView> {
    app.reminders().await
}

/// Saves the settings; installs or removes what they need on this machine.
#[tauri::command]
pub(crate) async fn reminder_settings_set(
    app: State<'_, App>,
    request: ReminderSettings,
) -> Answer<RemindersView> {
    app.reminder_settings_set(request).await
}

/// Keeps or forgets the address for messages.
#[tauri::command]
pub(crate) async fn reminder_webhook_set(
    app: State<'_, App>,
    request: WebhookAddress,
) -> Answer<RemindersView> {
    app.reminder_webhook_set(request).await
}

/// Puts a reminder off.
#[tauri::command]
pub(crate) async fn reminder_snooze(app: State<'_, App>, request: SnoozeReminder) -> Answer<RemindersView> {
    app.reminder_snooze(request).await
}

/// The person has taken care of it.
#[tauri::command]
pub(crate) async fn reminder_done(app: State<'_, App>, request: String) -> Answer<RemindersView> {
    app.reminder_done(&request).await
}

/// Sends one of each, and says what became of it.
#[tauri::command]
pub(crate) async fn reminder_trial(app: State<'_, App>) -> Answer<Vec<ChannelTrial>> {
    app.reminder_trial().await
}

/// Saves all reminders as a calendar file to the person's downloads; gives the path.
#[tauri::command]
pub(crate) async fn reminder_calendar_file(app: State<'_, App>) -> Answer<String> {
    app.reminder_calendar_file().await
}

/// Saves set-ups, reminders and notes for a colleague to the person's downloads; gives the path.
#[tauri::command]
pub(crate) async fn hand_on_save(app: State<'_, App>) -> Answer<HandOnSaved> {
    app.hand_on_save().await
}

/// A colleague's file in plain words.
#[tauri::command]
pub(crate) async fn hand_on_open(app: State<'_, App>, request: String) -> Answer<HandedOn> {
    app.hand_on_open(&request).await
}

/// Takes over what is in a colleague's file.
#[tauri::command]
pub(crate) async fn hand_on_accept(app: State<'_, App>, request: String) -> Answer<HandedOn> {
    app.hand_on_accept(&request).await
}
