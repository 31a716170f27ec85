//! What waits for an admin.

use app::App;
use contract::{Approval, ApprovalCopy, CopyReceipt, PersonalRequest, SignInEvent, SignInStarted};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, observer};

/// What waits for an admin, newest first.
#[tauri::command]
pub(crate) async fn approvals(app: State<'_, App>) -> Answer<Vec<Approval>> {
    app.approvals().await
}

/// Waits for an admin because the person saw that one must agree.
#[tauri::command]
pub(crate) async fn approval_ask(app: State<'_, App>, request: PersonalRequest) -> Answer<Approval> {
    app.approval_ask(request).await
}

/// Looks now whether it was granted, and finishes the connection when it was.
#[tauri::command]
pub(crate) async fn approval_look(app: State<'_, App>, request: String) -> Answer<Approval> {
    app.approval_look(&request).await
}

/// Starts a sign-in that asks only who the person is, so that Gatehouse can look by itself.
#[tauri::command]
pub(crate) async fn approval_watch(
    app: State<'_, App>,
    request: String,
    events: Channel<SignInEvent>,
) -> Answer<SignInStarted> {
    app.approval_watch(&request, observer(events)).await
}

/// Copies the letter to the admin, or its link.
#[tauri::command]
pub(crate) async fn approval_copy(app: State<'_, App>, request: ApprovalCopy) -> Answer<CopyReceipt> {
    app.approval_copy(request).await
}

/// Saves the request file for an admin who has Gatehouse to the person's downloads; gives the path.
#[tauri::command]
pub(crate) async fn approval_save(app: State<'_, App>, request: String) -> Answer<String> {
    app.approval_save(&request).await
}

/// Stops waiting.
#[tauri::command]
pub(crate) async fn approval_forget(app: State<'_, App>, request: String) -> Answer<()> {
    app.approval_forget(&request).await
}
