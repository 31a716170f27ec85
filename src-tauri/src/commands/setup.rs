//! Connectors and the answers to their questions.

use app::App;
use contract::{ConnectorSummary, ConnectorView, InputIssue, SetupDraft};
use tauri::State;

use super::Answer;

/// The connectors.
#[tauri::command]
pub(crate) async fn connectors(app: State<'_, App>) -> Answer<Vec<ConnectorSummary>> {
    app.connectors().await
}

/// One connector with its questions.
#[tauri::command]
pub(crate) async fn connector(app: State<'_, App>, request: String) -> Answer<ConnectorView> {
    app.connector(&request).await
}

/// Saves the answers so far; gives the draft its id.
#[tauri::command]
pub(crate) async fn draft_save(app: State<'_, App>, request: SetupDraft) -> Answer<SetupDraft> {
    app.draft_save(request).await
}

/// Looks at the answers.
#[tauri::command]
pub(crate) async fn draft_check(app: State<'_, App>, request: String) -> Answer<Vec<InputIssue>> {
    app.draft_check(&request).await
}

/// Throws the answers away.
#[tauri::command]
pub(crate) async fn draft_discard(app: State<'_, App>, request: String) -> Answer<()> {
    app.draft_discard(&request).await
}
