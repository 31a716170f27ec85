//! Who comes after me: set-ups, reminders and notes in a file for a colleague. Never secrets, and nothing that could open one.

mod file;

use contract::{AppError, Changed, ErrorCode, HandOnSaved, HandedOn, NoteSubject, When};
use jiff::tz::TimeZone;
use watch::inventory::{Store, StoreError};

use crate::connections::Stored;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain};
use crate::inventory::off_thread;
use crate::notes::{cleaned, looks_secret};
use crate::space::OpenSpace;
use crate::{App, files};
use file::{HandOnFile, HandedNote, SetUp};

impl App {
    /// Saves set-ups, reminders and notes for a colleague to the person's downloads. A note that looks like a secret stays.
    pub async fn hand_on_save(&self) -> Answer<HandOnSaved> {
        let space = self.space()?;
        let account = self.active(&space)?;
        let tenant = account.key.tenant_id.to_string();
        let set_ups: Vec<Stored> =
            self.finished(&space)?.into_iter().filter(|stored| stored.tenant_id == tenant).collect();
        let settings = self.reminder_settings(&space);
        let store = self.inventory(&space, &tenant).await?;
        let (notes, held_back) = self.notes_to_hand_on(&space, &tenant, store, &set_ups).await?;
        let file = HandOnFile {
            format: file::FORMAT,
            by: account.name.clone(),
            tenant_id: tenant,
            tenant_name: account.tenant_name.clone(),
            made_at: self.now(),
            connections: set_ups.into_iter().map(SetUp::of).collect(),
            days: settings.days_for(None),
            days_of: settings.per_connection.into_iter().map(|one| (one.connection_id, one.days)).collect(),
            notes,
        };
        let text = serde_json::to_string_pretty(&file).map_err(|_| AppError::new(ErrorCode::Internal))?;
        let day = self.now().to_zoned(self.0.options.host.zone()).date();
        let path = files::save_for_person(
            &self.0.options.downloads,
            &format!("hand-on-{day}.json"),
            text.as_bytes(),
        )?;
        Ok(HandOnSaved { path, held_back })
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
        self.take_in_handed_notes(&space, &file)?;
        self.changed(Changed::Connections);
        self.changed(Changed::Reminders);
        self.changed(Changed::Inventory);
        Ok(shown)
    }

    /// The newest notes, with the names of what they are about; and how many look like a secret and stay.
    async fn notes_to_hand_on(
        &self,
        space: &OpenSpace,
        tenant: &str,
        store: Store,
        set_ups: &[Stored],
    ) -> Answer<(Vec<HandedNote>, u32)> {
        let mut all = self.all_notes(space, tenant)?;
        let before = all.iter().map(|about| about.notes.len()).sum::<usize>();
        all.iter_mut().for_each(|about| about.notes.retain(|note| !looks_secret(&note.text)));
        let held_back = before - all.iter().map(|about| about.notes.len()).sum::<usize>();
        let set_ups: Vec<(String, String)> =
            set_ups.iter().map(|stored| (stored.id.clone(), stored.connector_name.clone())).collect();
        let mut notes = off_thread(move || {
            let mut notes = Vec::new();
            for about in all {
                let name = match &about.subject {
                    NoteSubject::App { app_id } => store.app(app_id)?.map(|app| app.name),
                    NoteSubject::Connection { connection_id } => {
                        set_ups.iter().find(|(id, _)| id == connection_id).map(|(_, name)| name.clone())
                    }
                };
                let named = name.unwrap_or_default();
                notes.extend(about.notes.into_iter().map(|note| HandedNote {
                    subject: about.subject.clone(),
                    about: named.clone(),
                    note,
                }));
            }
            Ok::<_, StoreError>(notes)
        })
        .await?;
        notes.sort_by_key(|one| std::cmp::Reverse(one.note.at));
        notes.truncate(file::MOST);
        Ok((notes, u32::try_from(held_back).unwrap_or(u32::MAX)))
    }

    /// What a colleague wrote, beside what is written here. A set-up that is known here under another id is the same where
    /// one of its apps is.
    fn take_in_handed_notes(&self, space: &OpenSpace, file: &HandOnFile) -> Answer<()> {
        let known = self.all_stored(space)?;
        let here = |id: &str| -> Option<String> {
            if known.iter().any(|stored| stored.id == id) {
                return Some(id.to_owned());
            }
            let handed = file.connections.iter().find(|set_up| set_up.id() == id)?;
            let same = known.iter().find(|stored| {
                stored.registrations.iter().any(|own| handed.app_ids().any(|app_id| app_id == own.app_id))
            })?;
            Some(same.id.clone())
        };
        for handed in &file.notes {
            let subject = match &handed.subject {
                NoteSubject::App { app_id } => NoteSubject::App { app_id: app_id.clone() },
                NoteSubject::Connection { connection_id } => match here(connection_id) {
                    Some(connection_id) => NoteSubject::Connection { connection_id },
                    None => continue,
                },
            };
            let mut note = handed.note.clone();
            (note.text, note.by) = (cleaned(&note.text), cleaned(&note.by));
            self.take_in_notes(space, &file.tenant_id, subject, (!note.text.is_empty()).then_some(note))?;
        }
        Ok(())
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
            notes: file.notes.iter().map(|handed| in_words(handed, &self.0.options.host.zone())).collect(),
            problem,
        }
    }
}

/// "Totalview: Ask Noor first. (Astrid, 3 May 2026)".
fn in_words(handed: &HandedNote, zone: &TimeZone) -> String {
    let day = handed.note.at.to_zoned(zone.clone()).strftime("%-d %B %Y");
    let (text, by) = (cleaned(&handed.note.text), cleaned(&handed.note.by));
    match cleaned(&handed.about).as_str() {
        "" => format!("{text} ({by}, {day})"),
        about => format!("{about}: {text} ({by}, {day})"),
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
