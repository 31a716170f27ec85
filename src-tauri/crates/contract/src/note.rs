//! What people write about apps and set-ups, for themselves and for whoever comes after. Kept on this machine, never sent
//! to Microsoft, and never a place for secrets.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::When;

/// What a note is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[ts(export_to = "types.ts")]
pub enum NoteSubject {
    /// An app of the organisation.
    App {
        /// Client id.
        app_id: String,
    },
    /// A set-up.
    Connection {
        /// The set-up.
        connection_id: String,
    },
}

/// A note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct NoteView {
    /// Names it, also in a colleague's Gatehouse.
    pub id: String,
    /// What somebody wrote: plain text, at most 2,000 characters.
    pub text: String,
    /// Who wrote it, or changed it last.
    pub by: String,
    /// When.
    pub at: When,
    /// It looks like a secret. Such a note is not handed on.
    pub looks_secret: bool,
}

/// Writes a note, changes one, or takes one away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export_to = "types.ts")]
pub struct SaveNote {
    /// What it is about.
    pub subject: NoteSubject,
    /// The note to change; none for a new one.
    pub id: Option<String>,
    /// The text; empty to take the note away.
    pub text: String,
    /// True to keep a text that looks like a secret; it is then not handed on.
    pub anyway: bool,
}
