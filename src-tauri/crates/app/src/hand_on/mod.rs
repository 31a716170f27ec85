//! Who comes after me: set-ups, reminders and notes in a file for a colleague. Never secrets, and nothing that could open one.

mod file;

use contract::{AppError, Changed, ErrorCode, HandedOn, When};
use watch::inventory::StoreError;

use crate::connections::Stored;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::inventory::off_thread;
use crate::space::OpenSpace;
use crate::{App, files};
use file::{AppNote, HandOnFile, SetUp};

impl App {
    /// Saves set-ups, reminders and notes for a colleague to the person's downloads; gives the path.
    pub async fn hand_on_save(&self) -> Answer<String> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let tenant = account.key.tenant_id.to_string();
        let set_ups: Vec<Stored> =
            self.finished(&space)?.into_iter().filter(|stored| stored.tenant_id == tenant).collect();
        let settings = self.reminder_settings(&space);
        let store = self.inventory(&space, &tenant).await?;
        let notes = off_thread(move || store.notes()).await?;
        let file = HandOnFile {
            format: file::FORMAT,
            by: account.name.clone(),
            tenant_id: tenant,
            tenant_name: account.tenant_name.clone(),
            made_at: self.now(),
            connections: set_ups.into_iter().map(SetUp::of).collect(),
            days: settings.days_for(None),
            days_of: settings.per_connection.into_iter().map(|one| (one.connection_id, one.days)).collect(),
            notes: notes.into_iter().map(|(app_id, text)| AppNote { app_id, text }).collect(),
        };
        let text = serde_json::to_string_pretty(&file).map_err(|_| AppError::new(ErrorCode::Internal))?;
        let day = self.now().to_zoned(self.0.options.host.zone()).date();
        files::save_for_person(&self.0.options.downloads, &format!("hand-on-{day}.json"), text.as_bytes())
    }

    /// A colleague's file in plain words.
    pub async fn hand_on_open(&self, text: &str) -> Answer<HandedOn> {
        let space = self.space()?;
        let file = HandOnFile::parse(text).or_explain()?;
        Ok(self.shown_hand_on(&space, &file))
    }

    /// Takes over what is in a colleague's file. What is known here already stays as it is.
    pub async fn hand_on_accept(&self, text: &str) -> Answer<HandedOn> {
        let space = self.space()?;
        let file = HandOnFile::parse(text).or_explain()?;
        let shown = self.shown_hand_on(&space, &file);
        if let Some(problem) = shown.problem {
            return Err(problem);
        }
        let account = self.active(&space)?;
        let known = self.all_stored(&space)?;
        for set_up in &file.connections {
            if let Some(stored) = set_up.stored(&file, &account)
                && is_new(&known, &stored)
            {
                self.keep(&space, &stored)?;
            }
        }
        let mut settings = self.reminder_settings(&space);
        for (id, days) in &file.days_of {
            if settings.per_connection.iter().all(|one| one.connection_id != *id) {
                let own = watch::reminders::ConnectionDays { connection_id: id.clone(), days: days.clone() };
                settings.per_connection.push(own);
            }
        }
        space.documents.put(Kind::Choice, "reminders", &settings, self.now()).or_explain()?;
        let store = self.inventory(&space, account.key.tenant_id.as_str()).await?;
        let notes = file.notes;
        off_thread(move || {
            for note in notes {
                if store.note(&note.app_id)?.is_none() {
                    store.set_note(&note.app_id, &note.text)?;
                }
            }
            Ok::<_, StoreError>(())
        })
        .await?;
        self.changed(Changed::Connections);
        self.changed(Changed::Reminders);
        self.changed(Changed::Inventory);
        Ok(shown)
    }

    fn shown_hand_on(&self, space: &OpenSpace, file: &HandOnFile) -> HandedOn {
        let problem = match self.active(space) {
            Err(error) => Some(error),
            Ok(account) if account.key.tenant_id.as_str() != file.tenant_id => {
                Some(AppError::new(ErrorCode::WrongOrganisation).because(format!(
                    "The file is about {}. Sign in there to take it over.",
                    file.tenant_name
                )))
            }
            Ok(_) => None,
        };
        HandedOn {
            by: file.by.clone(),
            tenant_name: file.tenant_name.clone(),
            made_at: When(file.made_at),
            connections: file.connections.iter().map(|one| one.connector_name.clone()).collect(),
            notes: file.notes.iter().map(|note| note.text.clone()).collect(),
            problem,
        }
    }
}

/// Neither this set-up nor its apps are known here.
fn is_new(known: &[Stored], stored: &Stored) -> bool {
    known.iter().all(|one| {
        one.id != stored.id
            && !one
                .registrations
                .iter()
                .any(|own| stored.registrations.iter().any(|new| new.app_id == own.app_id))
    })
}
