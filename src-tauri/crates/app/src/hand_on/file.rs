//! The file: its form and its limits. It comes from outside when it is opened, so that every part of it is looked at before
//! anything is kept.

use std::collections::BTreeMap;

use blueprint::Setup;
use contract::{
    AppError, ConnectedRegistration, ConnectionState, ErrorCode, NoteSubject, ProofResult, ProofView,
    SecretView, When,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::accounts::Account;
use crate::connections::Stored;
use crate::errors::Explain;
use crate::notes;

/// The form that this version writes and reads.
pub(super) const FORMAT: u32 = 1;
/// Longest file, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;
/// Set-ups, notes and registrations at most.
pub(super) const MOST: usize = 1_000;
/// Longest name, in characters.
const LONGEST_NAME: usize = 400;

/// What is handed on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct HandOnFile {
    /// [`FORMAT`].
    pub(super) format: u32,
    /// Who made it.
    pub(super) by: String,
    /// The organisation's id.
    pub(super) tenant_id: String,
    /// Its name.
    pub(super) tenant_name: String,
    /// When.
    pub(super) made_at: Timestamp,
    /// Set-ups.
    pub(super) connections: Vec<SetUp>,
    /// Days before an end at which they were reminded.
    pub(super) days: Vec<u32>,
    /// Other days for some set-ups, by their ids.
    pub(super) days_of: BTreeMap<String, Vec<u32>>,
    /// Notes about apps and set-ups.
    pub(super) notes: Vec<HandedNote>,
}

/// A note about an app or a set-up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct HandedNote {
    /// What it is about.
    pub(super) subject: NoteSubject,
    /// The same by its name.
    pub(super) about: String,
    /// The note, with who wrote it and when.
    pub(super) note: notes::Note,
}

impl HandedNote {
    fn is_usable(&self) -> bool {
        let id = match &self.subject {
            NoteSubject::App { app_id } => app_id,
            NoteSubject::Connection { connection_id } => connection_id,
        };
        let names = [&self.about, &self.note.by];
        plain(id)
            && plain(&self.note.id)
            && names.into_iter().all(|name| name.chars().count() <= LONGEST_NAME)
            && self.note.text.chars().count() <= notes::LONGEST
    }
}

/// An id that can be nothing but one.
fn plain(text: &str) -> bool {
    !text.is_empty() && text.len() <= 128 && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// A set-up without what belongs to one machine or one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct SetUp {
    id: String,
    connector_id: String,
    pub(super) connector_name: String,
    cloud: identity::CloudId,
    default_domain: Option<String>,
    initial_domain: Option<String>,
    run_id: String,
    setup: Setup,
    registrations: Vec<OneApp>,
    proofs: Vec<String>,
    follow_ups_done: Vec<String>,
}

/// An app of a set-up.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OneApp {
    key: String,
    name: String,
    app_id: String,
    object_id: String,
    service_principal_id: String,
    secret: Option<OneSecret>,
}

/// What may be said of a secret. Not its value, and not its first characters either.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OneSecret {
    key_id: String,
    name: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    kept_at: Option<String>,
}

/// Why a file cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum HandOnError {
    /// Longer than any file that Gatehouse writes.
    #[error("The file is too long to come from Gatehouse.")]
    TooLong,
    /// Another form.
    #[error("The file does not have the form of a file that Gatehouse hands on.")]
    Form,
    /// A newer version wrote it.
    #[error("A newer Gatehouse made the file. Update this one to open it.")]
    Newer,
    /// More than any file that Gatehouse writes.
    #[error("The file holds more than Gatehouse hands on.")]
    TooMuch,
}

impl Explain for HandOnError {
    fn explain(&self) -> AppError {
        AppError::new(ErrorCode::FileNotUsable).because(self.to_string())
    }
}

impl HandOnFile {
    /// Reads a file that somebody brought.
    pub(super) fn parse(text: &str) -> Result<Self, HandOnError> {
        if text.len() > LONGEST {
            return Err(HandOnError::TooLong);
        }
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let head: Head = serde_json::from_str(text).map_err(|_| HandOnError::Form)?;
        match head.format {
            FORMAT => {}
            0 => return Err(HandOnError::Form),
            _ => return Err(HandOnError::Newer),
        }
        let file: Self = serde_json::from_str(text).map_err(|_| HandOnError::Form)?;
        let apps = file.connections.iter().map(|one| one.registrations.len()).sum::<usize>();
        let many = [file.connections.len(), file.notes.len(), file.days_of.len(), apps];
        let too_long = |name: &String| name.chars().count() > LONGEST_NAME;
        let days = file.days_of.values().chain([&file.days]);
        let odd_days =
            |days: &Vec<u32>| days.len() > 24 || days.iter().any(|day| *day > watch::reminders::MOST_DAYS);
        if many.into_iter().any(|count| count > MOST)
            || [&file.by, &file.tenant_name].into_iter().any(too_long)
            || !file.notes.iter().all(HandedNote::is_usable)
            || days.into_iter().any(odd_days)
        {
            return Err(HandOnError::TooMuch);
        }
        Ok(file)
    }
}

impl SetUp {
    /// A set-up to hand on.
    pub(super) fn of(stored: Stored) -> Self {
        Self {
            id: stored.id,
            connector_id: stored.connector_id,
            connector_name: stored.connector_name,
            cloud: stored.cloud,
            default_domain: stored.default_domain,
            initial_domain: stored.initial_domain,
            run_id: stored.run_id,
            setup: stored.setup,
            registrations: stored.registrations.into_iter().map(OneApp::of).collect(),
            proofs: stored.proofs.into_iter().map(|proof| proof.sentence).collect(),
            follow_ups_done: stored.follow_ups_done,
        }
    }

    /// Its apps, by client id.
    pub(super) fn app_ids(&self) -> impl Iterator<Item = &str> {
        self.registrations.iter().map(|one| one.app_id.as_str())
    }

    /// Its id.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The same as a set-up of this machine; none where an id in it cannot be one.
    pub(super) fn stored(&self, file: &HandOnFile, account: &Account) -> Option<Stored> {
        let ids = self
            .registrations
            .iter()
            .map(|one| one.app_id.as_str())
            .chain([self.id.as_str(), self.run_id.as_str()]);
        if !ids.into_iter().all(plain) {
            return None;
        }
        Some(Stored {
            id: self.id.clone(),
            connector_id: self.connector_id.clone(),
            connector_name: self.connector_name.clone(),
            // The account's own: a file does not say whom to talk to.
            cloud: account.cloud.clone(),
            tenant_id: file.tenant_id.clone(),
            tenant_name: account.tenant_name.clone(),
            default_domain: self.default_domain.clone(),
            initial_domain: self.initial_domain.clone(),
            account_id: account.id(),
            run_id: self.run_id.clone(),
            draft_id: None,
            setup: self.setup.clone(),
            registrations: self.registrations.iter().map(OneApp::connected).collect(),
            proofs: self.proofs.iter().enumerate().map(|(at, sentence)| not_tried(at, sentence)).collect(),
            proved_at: None,
            follow_ups_done: self.follow_ups_done.clone(),
            state: ConnectionState::NotProved,
            taken_in: true,
            before: None,
            retest: None,
        })
    }
}

fn not_tried(at: usize, sentence: &str) -> ProofView {
    ProofView {
        id: format!("handed-on-{at}"),
        sentence: sentence.to_owned(),
        group: String::new(),
        result: ProofResult::Unknown { why: "Nobody has tried it here yet.".to_owned() },
        seen: None,
    }
}

impl OneApp {
    fn of(one: ConnectedRegistration) -> Self {
        Self {
            key: one.key,
            name: one.name,
            app_id: one.app_id,
            object_id: one.object_id,
            service_principal_id: one.service_principal_id,
            secret: one.secret.map(|secret| OneSecret {
                key_id: secret.key_id,
                name: secret.name,
                created_at: secret.created_at.0,
                expires_at: secret.expires_at.0,
                kept_at: secret.kept_at,
            }),
        }
    }

    fn connected(&self) -> ConnectedRegistration {
        ConnectedRegistration {
            key: self.key.clone(),
            name: self.name.clone(),
            app_id: self.app_id.clone(),
            object_id: self.object_id.clone(),
            service_principal_id: self.service_principal_id.clone(),
            secret: self.secret.as_ref().map(|secret| SecretView {
                key_id: secret.key_id.clone(),
                name: secret.name.clone(),
                hint: String::new(),
                created_at: When(secret.created_at),
                expires_at: When(secret.expires_at),
                // Its value stayed with the colleague.
                stored: false,
                kept_at: secret.kept_at.clone(),
            }),
            permissions: Vec::new(),
            permissions_at: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> serde_json::Value {
        serde_json::json!({
            "format": 1, "by": "Astrid", "tenantId": "t", "tenantName": "Lindqvist", "madeAt": "2026-11-20T10:00:00Z",
            "connections": [], "days": [30, 7], "daysOf": {}, "notes": [note("Ask Noor.")],
        })
    }

    fn note(text: &str) -> serde_json::Value {
        serde_json::json!({
            "subject": { "kind": "app", "appId": "a" }, "about": "Totalview",
            "note": { "id": "n", "by": "Astrid", "at": "2026-11-20T10:00:00Z", "text": text },
        })
    }

    #[test]
    fn what_is_written_is_read() {
        let file = HandOnFile::parse(&file().to_string()).unwrap();
        let text = serde_json::to_string(&file).unwrap();
        assert_eq!(HandOnFile::parse(&text).unwrap(), file);
    }

    #[test]
    fn what_does_not_come_from_gatehouse_is_not_opened() {
        let mut newer = file();
        newer["format"] = 2.into();
        let mut more = file();
        more["surprise"] = true.into();
        let mut many = file();
        many["notes"] = vec![note("x"); MOST + 1].into();
        let mut long = file();
        long["notes"][0]["note"]["text"] = "x".repeat(notes::LONGEST + 1).into();
        let mut odd = file();
        odd["notes"][0]["subject"]["appId"] = "../../a".into();
        let mut days = file();
        days["days"] = vec![4_000_000_000_u32].into();
        for (text, error) in [
            (newer.to_string(), HandOnError::Newer),
            (more.to_string(), HandOnError::Form),
            (many.to_string(), HandOnError::TooMuch),
            (long.to_string(), HandOnError::TooMuch),
            (odd.to_string(), HandOnError::TooMuch),
            (days.to_string(), HandOnError::TooMuch),
            ("[]".to_owned(), HandOnError::Form),
            (String::new(), HandOnError::Form),
            (" ".repeat(LONGEST + 1), HandOnError::TooLong),
        ] {
            assert_eq!(HandOnFile::parse(&text), Err(error));
        }
    }
}
