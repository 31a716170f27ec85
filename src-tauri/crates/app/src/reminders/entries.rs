//! What starts Gatehouse by itself: the system's scheduler, each day, and the desktop session.

use std::sync::Arc;

use contract::{AppError, ErrorCode, Space, Support};
use watch::reminders::Settings;
use watch::reminders::scheduler::{
    Entry, Purpose, ScheduleError, ScheduleState, System, install, look, remove,
};

use crate::App;
use crate::errors::{Answer, Explain};
use crate::inventory::off_thread;
use crate::space::OpenSpace;

impl App {
    /// Installs or removes what the settings want changed. Nothing is kept when the system refuses.
    pub(super) async fn set_entries(
        &self,
        space: &OpenSpace,
        before: &Settings,
        wanted: &Settings,
    ) -> Answer<()> {
        if before.scheduled != wanted.scheduled {
            self.set_entry(space, Purpose::Daily, wanted.scheduled).await?;
        }
        if before.autostart != wanted.autostart {
            self.set_entry(space, Purpose::Session, wanted.autostart).await?;
        }
        Ok(())
    }

    async fn set_entry(&self, space: &OpenSpace, purpose: Purpose, on: bool) -> Answer<()> {
        let (system, entry) = self.entry(space, purpose).ok_or_else(no_system)?;
        off_thread(move || {
            if on {
                install(system.as_ref(), purpose, &entry).map(drop)
            } else {
                remove(system.as_ref(), purpose)
            }
        })
        .await
    }

    /// How an entry stands; none where Gatehouse touches no such system.
    pub(super) async fn entry_state(&self, space: &OpenSpace, purpose: Purpose) -> Option<ScheduleState> {
        let (system, entry) = self.entry(space, purpose)?;
        tokio::task::spawn_blocking(move || look(system.as_ref(), purpose, &entry)).await.ok()
    }

    /// The daily look of the system's scheduler: switches it on or off, and keeps that in the settings.
    pub async fn remind_daily(&self, on: bool) -> Answer<()> {
        let space = self.space()?;
        let before = self.reminder_settings(&space);
        let wanted = Settings { scheduled: on, ..before };
        self.set_entry(&space, Purpose::Daily, on).await?;
        self.keep_reminder_settings(&space, &wanted)
    }

    fn entry(&self, space: &OpenSpace, purpose: Purpose) -> Option<(Arc<dyn System>, Entry)> {
        let (system, mut entry) = self.0.options.host.starts()?;
        match space.space {
            Space::Practice => entry.arguments.push("--practice".to_owned()),
            Space::Real => {
                if let Some(file) = &self.0.options.cloud_file {
                    let file = std::path::absolute(file).unwrap_or_else(|_| file.clone());
                    entry.arguments.push("--cloud-file".to_owned());
                    entry.arguments.push(file.to_string_lossy().into_owned());
                }
            }
        }
        entry.arguments.push(match purpose {
            Purpose::Daily => "remind".to_owned(),
            Purpose::Session => "--background".to_owned(),
        });
        Some((system, entry))
    }
}

fn no_system() -> AppError {
    AppError::new(ErrorCode::NoSuchThing)
        .because("Nothing here starts programs by itself.")
        .advise("Run `gatehouse remind` from a scheduler of your own.")
}

impl Explain for ScheduleError {
    fn explain(&self) -> AppError {
        let error = AppError::new(ErrorCode::DiskReadOnly).because(self.sentence());
        match self {
            Self::Refused(words) if !words.trim().is_empty() => error.with_support(Support {
                microsoft_text: Some(words.trim().to_owned()),
                ..Support::default()
            }),
            _ => error,
        }
    }
}
