//! Finished set-ups and their hand-over.

use app::App;
use contract::{
    ConnectionSummary, ConnectionView, CopyReceipt, FollowUpTick, HandOverFieldRef, RevealedSecret,
    SecretKeptAt,
};
use tauri::State;

use super::Answer;

/// Finished set-ups.
#[tauri::command]
pub(crate) async fn connections(app: State<'_, App>) -> Answer<Vec<ConnectionSummary>> {
    app.connections().await
}

/// One finished set-up.
#[tauri::command]
pub(crate) async fn connection(app: State<'_, App>, request: String) -> Answer<ConnectionView> {
    app.connection(&request).await
}

/// Looks up the permissions of a set-up again.
#[tauri::command]
pub(crate) async fn connection_refresh(app: State<'_, App>, request: String) -> Answer<ConnectionView> {
    app.connection_refresh(&request).await
}

/// Proves a set-up again.
#[tauri::command]
pub(crate) async fn connection_test(app: State<'_, App>, request: String) -> Answer<ConnectionView> {
    app.connection_test(&request).await
}

/// Ticks a follow-up.
#[tauri::command]
pub(crate) async fn follow_up_tick(app: State<'_, App>, request: FollowUpTick) -> Answer<ConnectionView> {
    app.follow_up_tick(request).await
}

/// Notes where the person put a secret.
#[tauri::command]
pub(crate) async fn secret_kept_at(app: State<'_, App>, request: SecretKeptAt) -> Answer<ConnectionView> {
    app.secret_kept_at(request).await
}

/// Copies a field of the hand-over, in Rust.
#[tauri::command]
pub(crate) async fn hand_over_copy(app: State<'_, App>, request: HandOverFieldRef) -> Answer<CopyReceipt> {
    app.hand_over_copy(request).await
}

/// Brings a secret to the page for a short while.
#[tauri::command]
pub(crate) async fn hand_over_reveal(
    app: State<'_, App>,
    request: HandOverFieldRef,
) -> Answer<RevealedSecret> {
    app.hand_over_reveal(request).await
}

/// Saves the request for another admin to the person's downloads; gives the path.
#[tauri::command]
pub(crate) async fn grant_request_save(app: State<'_, App>, request: String) -> Answer<String> {
    app.grant_request_save(&request).await
}
