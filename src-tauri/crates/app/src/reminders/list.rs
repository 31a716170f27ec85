//! Reminders as the window shows them: of each credential what is due or was missed, and what comes next.

use std::collections::HashMap;

use contract::{ReminderState, ReminderView, RemindersView, When};
use watch::reminders::{GIVEN_UP_AFTER_DAYS, Moment, Reminder, ReminderState as State};

use super::knowledge::Knowledge;
use super::settings;
use crate::App;
use crate::errors::{Answer, OrExplain};
use crate::space::OpenSpace;
use crate::view;

/// Reminders that are shown at most.
const SHOWN: usize = 100;

impl App {
    pub(super) async fn reminders_view(&self, space: &OpenSpace) -> Answer<RemindersView> {
        let known = self.knowledge(space).await?;
        let all = self.reminder_list(space, &known).await?;
        Ok(RemindersView {
            settings: settings::shown(&self.reminder_settings(space)),
            channels: self.channel_states(space).await?,
            total: view::inventory::number(all.len()),
            reminders: all.into_iter().take(SHOWN).collect(),
            known_at: known.known_at.map(When),
            caution: self.caution(space, &known),
        })
    }

    /// The most pressing first.
    pub(super) async fn reminder_list(
        &self,
        space: &OpenSpace,
        known: &Knowledge,
    ) -> Answer<Vec<ReminderView>> {
        let (reminders, moment) = self.scheduled(space, known);
        let states =
            self.reminder_ledger(space).await?.states(reminders.clone(), &moment).await.or_explain()?;
        let mut shown: Vec<(u8, &Reminder, State)> = chosen(&reminders, &moment)
            .into_iter()
            .filter_map(|at| Some((rank(states[at])?, &reminders[at], states[at])))
            .collect();
        shown.sort_by(|(one, a, _), (other, b, _)| {
            let key =
                |reminder: &Reminder| (reminder.at, reminder.credential.ends, reminder.credential.key());
            if one == other && *one < 2 {
                (a.credential.ends, a.credential.key()).cmp(&(b.credential.ends, b.credential.key()))
            } else {
                one.cmp(other).then_with(|| key(a).cmp(&key(b)))
            }
        });
        Ok(shown.into_iter().map(|(_, reminder, state)| shown_as(reminder, state, &moment)).collect())
    }
}

/// Of each credential the last reminder that is past, and the first that is ahead.
fn chosen(reminders: &[Reminder], moment: &Moment) -> Vec<usize> {
    let now = moment.effective();
    let mut past: HashMap<(&str, &str), usize> = HashMap::new();
    let mut ahead: HashMap<(&str, &str), usize> = HashMap::new();
    for (at, reminder) in reminders.iter().enumerate() {
        let key = (reminder.credential.app_id.as_str(), reminder.credential.key_id.as_str());
        if reminder.at > now {
            ahead.entry(key).or_insert(at);
        } else {
            // Two can fall on one moment: the one nearer to the end counts.
            let kept = past.entry(key).or_insert(at);
            if reminder.days_before <= reminders[*kept].days_before {
                *kept = at;
            }
        }
    }
    let over = |at: &usize| {
        let ends = reminders[*at].credential.ends;
        now.duration_since(ends).as_hours() > 24 * GIVEN_UP_AFTER_DAYS
    };
    past.into_values().filter(|at| !over(at)).chain(ahead.into_values()).collect()
}

/// What presses more comes first; what the person has taken care of is not shown.
fn rank(state: State) -> Option<u8> {
    match state {
        State::Due | State::Missed => Some(0),
        State::Sent { .. } => Some(1),
        State::Snoozed { .. } => Some(2),
        State::Ahead => Some(3),
        State::Done => None,
    }
}

fn shown_as(reminder: &Reminder, state: State, moment: &Moment) -> ReminderView {
    let credential = &reminder.credential;
    ReminderView {
        id: reminder.id().to_string(),
        app_id: credential.app_id.clone(),
        app_name: credential.app_name.clone(),
        key_id: credential.key_id.clone(),
        kind: view::inventory::credential_kind(credential.kind),
        name: credential.name.clone(),
        ends_at: When(credential.ends),
        days: reminder.days_left(moment.effective(), &moment.zone),
        at: When(reminder.at),
        state: match state {
            State::Ahead => ReminderState::Ahead,
            State::Due => ReminderState::Due,
            State::Missed => ReminderState::Missed,
            State::Sent { at } => ReminderState::Sent { at: When(at) },
            State::Snoozed { until } => ReminderState::Snoozed { until: When(until) },
            State::Done => ReminderState::Done,
        },
        connection_id: credential.connection.clone(),
    }
}
