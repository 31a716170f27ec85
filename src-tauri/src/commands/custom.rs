//! Connectors that did not come with Gatehouse.

use app::App;
use contract::{
    ConnectorDraft, ConnectorReview, ConnectorSummary, ConnectorText, ImportAccept, ImportText,
    RegistrationRef,
};
use tauri::State;

use super::Answer;

/// A connector file in plain words, before it can do anything.
#[tauri::command]
pub(crate) async fn connector_review(app: State<'_, App>, request: ImportText) -> Answer<ConnectorReview> {
    app.connector_review(request).await
}

/// Takes in a connector file that was reviewed.
#[tauri::command]
pub(crate) async fn connector_import(app: State<'_, App>, request: ImportAccept) -> Answer<ConnectorSummary> {
    app.connector_import(request).await
}

/// Saves a connector to the person's downloads; gives the path.
#[tauri::command]
pub(crate) async fn connector_export(app: State<'_, App>, request: String) -> Answer<String> {
    app.connector_export(&request).await
}

/// Removes a connector that did not come with Gatehouse. What was set up with it stays.
#[tauri::command]
pub(crate) async fn connector_remove(app: State<'_, App>, request: String) -> Answer<()> {
    app.connector_remove(&request).await
}

/// A connector made from a registration that exists, without its secrets.
#[tauri::command]
pub(crate) async fn connector_from_registration(
    app: State<'_, App>,
    request: RegistrationRef,
) -> Answer<ConnectorText> {
    app.connector_from_registration(request).await
}

/// A connector as it was built in the window, in plain words and as a file.
#[tauri::command]
pub(crate) async fn connector_build(app: State<'_, App>, request: ConnectorDraft) -> Answer<ConnectorReview> {
    app.connector_build(request).await
}
