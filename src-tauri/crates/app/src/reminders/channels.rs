//! How each way stands: whether it can be used on this machine, what it did last, and what stands in its way.

use contract::{AppError, ChannelState, ErrorCode, ReminderChannel, SignInPurpose, When};
use watch::reminders::scheduler::{Purpose, ScheduleState};
use watch::reminders::{CalendarChoice, ChannelKind, ChannelRecord, Settings};

use super::webhook::no_address;
use crate::App;
use crate::errors::{Answer, Explain, OrExplain};
use crate::space::OpenSpace;

impl App {
    /// How the ways stand, in a fixed order.
    pub(super) async fn channel_states(&self, space: &OpenSpace) -> Answer<Vec<ChannelState>> {
        let settings = self.reminder_settings(space);
        let records = self.reminder_ledger(space).await?.channels().await.or_explain()?;
        let host = std::sync::Arc::clone(&self.0.options.host);
        let tray = tokio::task::spawn_blocking(move || host.tray()).await;
        let (has_tray, tray_sentence) = tray.unwrap_or((false, "The tray did not answer."));
        let daily = self.entry_state(space, Purpose::Daily).await;
        let state =
            |channel, available, sentence: String| with_record(channel, available, sentence, &records);
        Ok(vec![
            state(ReminderChannel::Desktop, true, desktop(&settings)),
            state(ReminderChannel::Tray, has_tray, tray_sentence.to_owned()),
            state(
                ReminderChannel::Schedule,
                daily.is_some(),
                daily.unwrap_or(ScheduleState::Absent).sentence(Purpose::Daily).to_owned(),
            ),
            self.calendar_state(space, &settings, &records),
            self.webhook_state(space, &settings, &records),
            state(ReminderChannel::Metrics, true, metrics(&settings)),
        ])
    }

    fn calendar_state(
        &self,
        space: &OpenSpace,
        settings: &Settings,
        records: &[ChannelRecord],
    ) -> ChannelState {
        let active = self.active(space).ok();
        let sentence = match &settings.calendar {
            CalendarChoice::Off => "No events are made.".to_owned(),
            CalendarChoice::Mine => "Events stand in your own calendar.".to_owned(),
            CalendarChoice::Shared { address } => format!("Events stand in the calendar of {address}."),
        };
        let mut state = with_record(ReminderChannel::Calendar, active.is_some(), sentence, records);
        let purpose = match settings.calendar {
            CalendarChoice::Off => None,
            CalendarChoice::Mine => Some(SignInPurpose::Calendar),
            CalendarChoice::Shared { .. } => Some(SignInPurpose::SharedCalendar),
        };
        if let (Some(purpose), Some(account)) = (purpose, active)
            && !account.covers(purpose)
        {
            state.error = Some(
                AppError::new(ErrorCode::SignInForMore)
                    .because(crate::sign_in::sentence(purpose))
                    .sign_in_for(purpose),
            );
        }
        state
    }

    fn webhook_state(
        &self,
        space: &OpenSpace,
        settings: &Settings,
        records: &[ChannelRecord],
    ) -> ChannelState {
        let closed = !space.vault().is_ok_and(|vault| vault.status().can_seal());
        let sentence = match (settings.webhook, closed) {
            (false, _) => "No messages are sent.",
            (true, true) => {
                "The address is sealed, and the keyring is closed. Messages wait until it is opened."
            }
            (true, false) => "Messages go to the address that was entered.",
        };
        let mut state = with_record(ReminderChannel::Webhook, true, sentence.to_owned(), records);
        if !settings.webhook {
            state.error = None;
        } else if closed {
            state.error = space.vault().err().or_else(|| Some(space.vault().ok()?.status().explain()));
        } else if records.iter().any(|one| {
            one.channel == ChannelKind::Webhook
                && matches!(one.fault, Some((watch::reminders::ChannelFault::BadAddress, _)))
        }) {
            state.error = Some(no_address());
        }
        state
    }
}

fn with_record(
    channel: ReminderChannel,
    available: bool,
    sentence: String,
    records: &[ChannelRecord],
) -> ChannelState {
    let record = records.iter().find(|one| shown(one.channel) == channel);
    ChannelState {
        channel,
        available,
        sentence,
        error: record.and_then(|one| one.fault.as_ref()).map(|(fault, _)| fault.explain()),
        last_at: record.and_then(|one| one.carried_at).map(When),
    }
}

/// The way as the window names it.
pub(super) fn shown(channel: ChannelKind) -> ReminderChannel {
    match channel {
        ChannelKind::Desktop => ReminderChannel::Desktop,
        ChannelKind::Tray => ReminderChannel::Tray,
        ChannelKind::Schedule => ReminderChannel::Schedule,
        ChannelKind::Calendar => ReminderChannel::Calendar,
        ChannelKind::Webhook => ReminderChannel::Webhook,
        ChannelKind::Metrics => ReminderChannel::Metrics,
    }
}

fn desktop(settings: &Settings) -> String {
    let words = if settings.notifications {
        "Notifications are shown on this desktop."
    } else {
        "No notifications are shown."
    };
    words.to_owned()
}

fn metrics(settings: &Settings) -> String {
    settings
        .metrics_file
        .as_ref()
        .map_or_else(|| "No file is written.".to_owned(), |file| format!("{file} is written at each look."))
}
