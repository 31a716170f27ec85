//! Scripts that a person runs elsewhere.

use blueprint::{ScriptKind, ScriptSpec};
use contract::ScriptView;

/// The script of a follow-up.
pub(crate) fn of(script: &ScriptSpec) -> ScriptView {
    let (title, note) = match script.kind {
        ScriptKind::ExchangeServerImpersonation => (
            "Let the service account open mailboxes of your Exchange Server",
            "Run it in the Exchange Management Shell on a server of yours, as a member of Organization Management.",
        ),
    };
    ScriptView { title: title.to_owned(), note: note.to_owned(), text: script.text.clone() }
}
