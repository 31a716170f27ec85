//! Reminders without a window: what the system's scheduler starts each day.

use app::App;
use contract::{
    AppError, ChannelTrial, ReminderChannel, ReminderState, ReminderView, RemindersView, SnoozeReminder,
    TrialResult,
};

use super::exit::Ended;
use super::inventory::{kind, named};
use super::output::Output;
use super::upkeep::Remind;
use super::words;

/// Reminds, or looks after reminders.
pub(super) async fn remind(app: &App, with: Remind, output: &Output) -> Result<Ended, AppError> {
    if with.install || with.remove {
        app.remind_daily(with.install).await?;
        output.answer(&app.reminders().await?, ways);
    } else if with.status {
        output.answer(&app.reminders().await?, all);
    } else if with.test {
        let trials = app.reminder_trial().await?;
        output.answer(&trials, |trials| tried(trials));
        let failed = trials.iter().any(|one| matches!(one.result, TrialResult::Failed { .. }));
        return Ok(if failed { Ended::Failed } else { Ended::Done });
    } else if with.calendar_file {
        let file = app.reminder_calendar_file().await?;
        output.answer(&serde_json::json!({ "file": file }), |_| file.clone());
    } else if let Some(id) = with.done {
        output.answer(&app.reminder_done(&id).await?, all);
    } else if let Some(id) = with.snooze {
        output.answer(&app.reminder_snooze(SnoozeReminder { id, days: 1 }).await?, all);
    } else {
        let reminded = app.remind().await?;
        output.answer(&reminded, |reminded| {
            let mut text = match (reminded.carried, reminded.failed) {
                (0, 0) => "Nothing new to remind of.\n".to_owned(),
                (carried, 0) => format!("{carried} reminders went out.\n"),
                (carried, failed) => format!("{carried} reminders went out, {failed} did not get through.\n"),
            };
            let pressing =
                reminded.reminders.reminders.iter().filter(|one| one.state != ReminderState::Ahead);
            text += &pressing.map(line).collect::<String>();
            if let Some(caution) = &reminded.reminders.caution {
                text += &format!("{caution}\n");
            }
            text
        });
        return Ok(if reminded.failed > 0 { Ended::Failed } else { Ended::Done });
    }
    Ok(Ended::Done)
}

fn all(view: &RemindersView) -> String {
    let mut text: String = view.reminders.iter().map(line).collect();
    if view.reminders.is_empty() {
        text += "Nothing to remind of.\n";
    }
    text += &ways(view);
    if let Some(caution) = &view.caution {
        text += &format!("\n{caution}");
    }
    text
}

fn line(reminder: &ReminderView) -> String {
    let state = match &reminder.state {
        ReminderState::Ahead => format!("comes {}", words::day(reminder.at)),
        ReminderState::Due => "due".to_owned(),
        ReminderState::Missed => "missed".to_owned(),
        ReminderState::Sent { at } => format!("sent {}", words::moment(*at)),
        ReminderState::Snoozed { until } => format!("put off until {}", words::moment(*until)),
        ReminderState::Done => "taken care of".to_owned(),
    };
    format!(
        "[{state}] {}: {} {} ends {} ({} days)\n    {}\n",
        named(&reminder.app_name, &reminder.app_id),
        kind(reminder.kind),
        reminder.name,
        words::day(reminder.ends_at),
        reminder.days,
        reminder.id
    )
}

fn ways(view: &RemindersView) -> String {
    let mut text = String::new();
    for way in &view.channels {
        text += &format!("{}: {}\n", name(way.channel), way.sentence);
        if let Some(error) = &way.error {
            text += &format!("    {}\n", error.why);
        }
    }
    text
}

fn tried(trials: &[ChannelTrial]) -> String {
    trials.iter().map(|one| format!("{}: {}\n", name(one.channel), one.sentence)).collect()
}

fn name(channel: ReminderChannel) -> &'static str {
    match channel {
        ReminderChannel::Desktop => "Desktop",
        ReminderChannel::Tray => "Tray",
        ReminderChannel::Schedule => "Scheduler",
        ReminderChannel::Calendar => "Calendar",
        ReminderChannel::Webhook => "Messages",
        ReminderChannel::Metrics => "Prometheus",
    }
}
