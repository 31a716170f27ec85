//! Whose mailboxes an app reaches.

use app::App;
use contract::{MailboxAccessView, MailboxTest, MailboxTestResult, RegistrationRef};
use tauri::State;

use super::Answer;

/// Whose mailboxes an app reaches.
#[tauri::command]
pub(crate) async fn mailbox_access(
    app: State<'_, App>,
    request: RegistrationRef,
) -> Answer<MailboxAccessView> {
    app.mailbox_access(request).await
}

/// Asks Exchange whether an app reaches a mailbox.
#[tauri::command]
pub(crate) async fn mailbox_access_test(
    app: State<'_, App>,
    request: MailboxTest,
) -> Answer<MailboxTestResult> {
    app.mailbox_access_test(request).await
}
