//! Notes as remembered: a document for each app or set-up that has any, beside everything else that needs no key.

use std::collections::HashMap;

use contract::{AppError, Changed, ErrorCode, NoteSubject, NoteView, SaveNote, When};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::looks_secret;
use crate::documents::Kind;
use crate::errors::{Answer, OrExplain, no_such};
use crate::space::OpenSpace;
use crate::{App, fresh_id, held};

/// Longest note, in characters.
pub(crate) const LONGEST: usize = 2_000;
/// Notes about one thing at most.
const MOST: usize = 50;

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Note {
    /// Names it, here and wherever it was handed on to.
    pub(crate) id: String,
    /// Who wrote it, or changed it last.
    pub(crate) by: String,
    /// When.
    pub(crate) at: Timestamp,
    /// The text.
    pub(crate) text: String,
}

/// All notes about one thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Notes {
    /// The organisation.
    pub(crate) tenant_id: String,
    /// What they are about.
    pub(crate) subject: NoteSubject,
    /// The notes.
    pub(crate) notes: Vec<Note>,
}

impl Note {
    fn view(&self) -> NoteView {
        NoteView {
            id: self.id.clone(),
            text: self.text.clone(),
            by: self.by.clone(),
            at: When(self.at),
            looks_secret: looks_secret(&self.text),
        }
    }
}

impl Notes {
    fn about(tenant_id: String, subject: NoteSubject) -> Self {
        Self { tenant_id, subject: named(subject), notes: Vec::new() }
    }

    /// Where it stands among the documents.
    fn id(&self) -> String {
        let (kind, id) = match &self.subject {
            NoteSubject::App { app_id } => ("app", app_id),
            NoteSubject::Connection { connection_id } => ("set-up", connection_id),
        };
        format!("{}/{kind}/{id}", self.tenant_id)
    }

    /// Takes in a note of somebody else: both are kept, and of one that is here already the one that was changed last.
    pub(crate) fn take_in(&mut self, note: Note) {
        let full = self.notes.len() >= MOST;
        match self.notes.iter_mut().find(|own| own.id == note.id) {
            Some(own) if own.at < note.at => *own = note,
            Some(_) => {}
            None if full => {}
            None => self.notes.push(note),
        }
    }
}

impl App {
    /// What people here wrote about an app or a set-up, the newest first.
    pub async fn notes(&self, subject: NoteSubject) -> Answer<Vec<NoteView>> {
        let space = self.space()?;
        let tenant = self.tenant_of(&space, &subject)?;
        self.note_views(&space, tenant, subject)
    }

    /// Writes a note, changes one, or takes one away.
    pub async fn note_save(&self, save: SaveNote) -> Answer<Vec<NoteView>> {
        let space = self.space()?;
        let tenant = self.tenant_of(&space, &save.subject)?;
        let text = cleaned(&save.text);
        check(&text, save.anyway)?;
        let by = self.active(&space)?.name;
        {
            let _alone = held(&space.amending);
            let mut kept = self.kept_notes(&space, tenant.clone(), save.subject.clone())?;
            if let Some(id) = &save.id {
                let known = kept.notes.iter().any(|note| note.id == *id);
                kept.notes.retain(|note| note.id != *id);
                if !known {
                    return Err(no_such("note"));
                }
            }
            if !text.is_empty() {
                if kept.notes.len() >= MOST {
                    return Err(AppError::new(ErrorCode::AnswersNeedAttention)
                        .because(format!("There are {MOST} notes here already."))
                        .advise("Take one away, or add to one that is there."));
                }
                let id = save.id.unwrap_or_else(fresh_id);
                kept.notes.push(Note { id, by, at: self.now(), text });
            }
            self.keep_notes(&space, &kept)?;
        }
        self.changed(Changed::Inventory);
        self.note_views(&space, tenant, save.subject)
    }

    /// The notes about one thing as the window shows them, the newest first.
    pub(crate) fn note_views(
        &self,
        space: &OpenSpace,
        tenant: String,
        subject: NoteSubject,
    ) -> Answer<Vec<NoteView>> {
        let mut notes = self.kept_notes(space, tenant, subject)?.notes;
        notes.sort_by(|one, other| (other.at, &one.id).cmp(&(one.at, &other.id)));
        Ok(notes.iter().map(Note::view).collect())
    }

    /// Everything that was written about an organisation.
    pub(crate) fn all_notes(&self, space: &OpenSpace, tenant: &str) -> Answer<Vec<Notes>> {
        let all: Vec<Notes> = space.documents.list(Kind::Note).or_explain()?;
        Ok(all.into_iter().filter(|notes| notes.tenant_id == tenant).collect())
    }

    /// Takes in what somebody else wrote.
    pub(crate) fn take_in_notes(
        &self,
        space: &OpenSpace,
        tenant: &str,
        subject: NoteSubject,
        notes: impl IntoIterator<Item = Note>,
    ) -> Answer<()> {
        let _alone = held(&space.amending);
        let mut kept = self.kept_notes(space, tenant.to_owned(), subject)?;
        notes.into_iter().for_each(|note| kept.take_in(note));
        self.keep_notes(space, &kept)
    }

    /// What is written about each app, by client id: what is written about a set-up is about its apps too.
    pub(crate) fn words_about_apps(
        &self,
        space: &OpenSpace,
        tenant: &str,
    ) -> Answer<HashMap<String, String>> {
        let notes = self.all_notes(space, tenant)?;
        if notes.is_empty() {
            return Ok(HashMap::new());
        }
        let set_ups = self.finished(space)?;
        let mut words: HashMap<String, String> = HashMap::new();
        for about in notes {
            let apps: Vec<String> = match &about.subject {
                NoteSubject::App { app_id } => vec![app_id.clone()],
                NoteSubject::Connection { connection_id } => set_ups
                    .iter()
                    .filter(|stored| stored.id == *connection_id)
                    .flat_map(|stored| stored.registrations.iter().map(|one| one.app_id.clone()))
                    .collect(),
            };
            for (app, note) in apps.iter().flat_map(|app| about.notes.iter().map(move |note| (app, note))) {
                let known = words.entry(app.clone()).or_default();
                known.push_str(&note.text);
                known.push('\n');
            }
        }
        Ok(words)
    }

    fn kept_notes(&self, space: &OpenSpace, tenant: String, subject: NoteSubject) -> Answer<Notes> {
        let none = Notes::about(tenant, subject);
        Ok(space.documents.get(Kind::Note, &none.id()).or_explain()?.unwrap_or(none))
    }

    fn keep_notes(&self, space: &OpenSpace, kept: &Notes) -> Answer<()> {
        if kept.notes.is_empty() {
            return space.documents.remove(Kind::Note, &kept.id()).or_explain();
        }
        space.documents.put(Kind::Note, &kept.id(), kept, self.now()).or_explain()
    }

    /// The organisation that a subject belongs to; an app belongs to the one that is looked at.
    fn tenant_of(&self, space: &OpenSpace, subject: &NoteSubject) -> Answer<String> {
        match subject {
            NoteSubject::App { app_id } if app_id.trim().is_empty() => Err(no_such("app")),
            NoteSubject::App { .. } => Ok(self.active(space)?.key.tenant_id.to_string()),
            NoteSubject::Connection { connection_id } => Ok(self.stored(space, connection_id)?.tenant_id),
        }
    }
}

/// An app under the one spelling of its client id.
fn named(subject: NoteSubject) -> NoteSubject {
    match subject {
        NoteSubject::App { app_id } => NoteSubject::App { app_id: app_id.trim().to_lowercase() },
        other => other,
    }
}

/// Plain text: line breaks and tabs, no other control characters, and nothing that turns a line around.
pub(crate) fn cleaned(text: &str) -> String {
    let hidden = |c: char| {
        c.is_control() && c != '\n' && c != '\t'
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let lines = text.replace("\r\n", "\n").replace('\r', "\n");
    lines.chars().filter(|c| !hidden(*c)).collect::<String>().trim().to_owned()
}

fn check(text: &str, anyway: bool) -> Answer<()> {
    let length = text.chars().count();
    if length > LONGEST {
        return Err(AppError::new(ErrorCode::AnswersNeedAttention)
            .because(format!("The note has {length} characters, and {LONGEST} is the most."))
            .advise("Make it shorter, or write two notes."));
    }
    if looks_secret(text) && !anyway {
        return Err(AppError::new(ErrorCode::AnswersNeedAttention)
            .because(
                "A part of the note looks like a secret. Notes are readable by whoever uses this computer.",
            )
            .advise(
                "Write where the secret is kept instead. A note that stays as it is, is not handed on.",
            ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(id: &str, second: i64, text: &str) -> Note {
        Note {
            id: id.into(),
            by: "Noor".into(),
            at: Timestamp::from_second(second).unwrap(),
            text: text.into(),
        }
    }

    #[test]
    fn of_two_hands_both_are_kept_and_of_one_note_the_later_words() {
        let subject = NoteSubject::App { app_id: " AAAA ".into() };
        let mut kept = Notes::about("t".into(), subject);
        assert_eq!(kept.id(), "t/app/aaaa");
        for one in
            [note("a", 1, "mine"), note("b", 2, "theirs"), note("a", 3, "mine, later"), note("b", 1, "older")]
        {
            kept.take_in(one);
        }
        let texts: Vec<&str> = kept.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(texts, ["mine, later", "theirs"]);
        for number in 0..2 * MOST {
            kept.take_in(note(&format!("n{number}"), 9, "flood"));
        }
        assert_eq!(kept.notes.len(), MOST);
    }

    #[test]
    fn a_note_is_plain_text() {
        assert_eq!(
            cleaned(" Ask\r\nNoor\u{1b}[31m \u{202e}today\u{0}\tor\rnever\n"),
            "Ask\nNoor[31m today\tor\nnever"
        );
    }
}
