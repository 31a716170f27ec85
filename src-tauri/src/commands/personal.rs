//! A person's own connections.

use app::App;
use contract::{
    CopyReceipt, DisconnectRequest, Disconnected, DropFeatures, PersonalConnection, PersonalPreview,
    PersonalRequest, SignInEvent, SignInStarted,
};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, observer};

/// What a connection of the own account will ask for.
#[tauri::command]
pub(crate) async fn personal_preview(
    app: State<'_, App>,
    request: PersonalRequest,
) -> Answer<PersonalPreview> {
    app.personal_preview(request).await
}

/// Starts connecting the own account in the browser.
#[tauri::command]
pub(crate) async fn personal_connect(
    app: State<'_, App>,
    request: PersonalRequest,
    events: Channel<SignInEvent>,
) -> Answer<SignInStarted> {
    app.personal_connect(request, observer(events)).await
}

/// The person's own connections, as last seen.
#[tauri::command]
pub(crate) async fn personal_connections(app: State<'_, App>) -> Answer<Vec<PersonalConnection>> {
    app.personal_connections().await
}

/// One of them, as last seen.
#[tauri::command]
pub(crate) async fn personal_connection(app: State<'_, App>, request: String) -> Answer<PersonalConnection> {
    app.personal_connection(&request).await
}

/// Looks now.
#[tauri::command]
pub(crate) async fn personal_check(app: State<'_, App>, request: String) -> Answer<PersonalConnection> {
    app.personal_check(&request).await
}

/// Sends a test message to the person's own address.
#[tauri::command]
pub(crate) async fn personal_test_message(
    app: State<'_, App>,
    request: String,
) -> Answer<PersonalConnection> {
    app.personal_test_message(&request).await
}

/// Fewer features.
#[tauri::command]
pub(crate) async fn personal_drop(app: State<'_, App>, request: DropFeatures) -> Answer<PersonalConnection> {
    app.personal_drop(request).await
}

/// Ends a connection.
#[tauri::command]
pub(crate) async fn personal_disconnect(
    app: State<'_, App>,
    request: DisconnectRequest,
) -> Answer<Disconnected> {
    app.personal_disconnect(request).await
}

/// Copies a token of the connection, in Rust.
#[tauri::command]
pub(crate) async fn personal_copy_token(app: State<'_, App>, request: String) -> Answer<CopyReceipt> {
    app.personal_copy_token(&request).await
}

/// Saves the connection's facts; gives the path.
#[tauri::command]
pub(crate) async fn personal_save_file(app: State<'_, App>, request: String) -> Answer<String> {
    app.personal_save_file(&request).await
}
