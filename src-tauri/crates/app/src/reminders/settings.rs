//! When and where to remind: kept for each space, readable without any key.

use contract::{AppError, ConnectionDays, ErrorCode, ReminderCalendar, ReminderSettings, SignInPurpose};
use watch::reminders::{CalendarChoice, MOST_DAYS, Settings};

use crate::App;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::plans::check_scopes;
use crate::space::OpenSpace;

/// Where they stand among the documents.
const SETTINGS: &str = "reminders";
/// Numbers of days that one list may have.
const MOST: usize = 24;

impl App {
    /// The settings; the usual ones where nobody has chosen.
    pub(crate) fn reminder_settings(&self, space: &OpenSpace) -> Settings {
        space.documents.get(Kind::Choice, SETTINGS).unwrap_or_default().unwrap_or_default()
    }

    pub(super) fn keep_reminder_settings(&self, space: &OpenSpace, settings: &Settings) -> Answer<()> {
        space.documents.put(Kind::Choice, SETTINGS, settings, self.now()).or_explain()
    }

    /// Settings that can be kept: what cannot be meant is told, and a calendar needs a session for it.
    pub(super) fn checked(&self, space: &OpenSpace, wanted: ReminderSettings) -> Answer<Settings> {
        let lists = wanted.per_connection.iter().map(|one| &one.days).chain([&wanted.days]);
        if lists.into_iter().any(|days| days.len() > MOST || days.iter().any(|day| *day > MOST_DAYS)) {
            return Err(AppError::new(ErrorCode::AnswersNeedAttention).because(format!(
                "At most {MOST} reminders for each secret, none more than ten years ahead."
            )));
        }
        if let Some(file) = &wanted.metrics_file {
            let path = std::path::Path::new(file);
            if !path.is_absolute() || path.extension().is_none_or(|end| end != "prom") {
                return Err(AppError::new(ErrorCode::AnswersNeedAttention).because(
                    "The file for Prometheus needs its whole path, and a name that ends in .prom.",
                ));
            }
        }
        let before = self.reminder_settings(space);
        let settings = of(wanted);
        if settings.calendar != before.calendar {
            match &settings.calendar {
                CalendarChoice::Off => {}
                CalendarChoice::Mine => check_scopes(&self.active(space)?, &[SignInPurpose::Calendar])?,
                CalendarChoice::Shared { address } => {
                    if !address.contains('@') {
                        return Err(AppError::new(ErrorCode::AnswersNeedAttention)
                            .because("A mailbox has an address like team@contoso.com."));
                    }
                    check_scopes(&self.active(space)?, &[SignInPurpose::SharedCalendar])?;
                }
            }
        }
        Ok(settings)
    }
}

fn of(settings: ReminderSettings) -> Settings {
    Settings {
        days: settings.days,
        per_connection: settings
            .per_connection
            .into_iter()
            .map(|one| watch::reminders::ConnectionDays { connection_id: one.connection_id, days: one.days })
            .collect(),
        all_apps: settings.all_apps,
        notifications: settings.notifications,
        tray: settings.tray,
        autostart: settings.autostart,
        scheduled: settings.scheduled,
        calendar: match settings.calendar {
            ReminderCalendar::Off => CalendarChoice::Off,
            ReminderCalendar::Mine => CalendarChoice::Mine,
            ReminderCalendar::Shared { address } => {
                CalendarChoice::Shared { address: address.trim().to_owned() }
            }
        },
        webhook: settings.webhook,
        metrics_file: settings.metrics_file,
    }
}

/// The settings as the window shows them.
pub(super) fn shown(settings: &Settings) -> ReminderSettings {
    ReminderSettings {
        days: settings.days_for(None),
        per_connection: settings
            .per_connection
            .iter()
            .map(|one| ConnectionDays { connection_id: one.connection_id.clone(), days: one.days.clone() })
            .collect(),
        all_apps: settings.all_apps,
        notifications: settings.notifications,
        tray: settings.tray,
        autostart: settings.autostart,
        scheduled: settings.scheduled,
        calendar: match &settings.calendar {
            CalendarChoice::Off => ReminderCalendar::Off,
            CalendarChoice::Mine => ReminderCalendar::Mine,
            CalendarChoice::Shared { address } => ReminderCalendar::Shared { address: address.clone() },
        },
        webhook: settings.webhook,
        metrics_file: settings.metrics_file.clone(),
    }
}
