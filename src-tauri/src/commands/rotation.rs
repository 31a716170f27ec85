//! A new credential in the place of an old one.

use app::App;
use contract::{
    CopyReceipt, HandOverFieldRef, RotationKeyFile, RotationView, SecretMatch, SecretMatchRequest,
};
use tauri::State;

use super::Answer;

/// Rotations, those that wait for the person first.
#[tauri::command]
pub(crate) async fn rotations(app: State<'_, App>) -> Answer<Vec<RotationView>> {
    app.rotations().await
}

/// One rotation.
#[tauri::command]
pub(crate) async fn rotation(app: State<'_, App>, request: String) -> Answer<RotationView> {
    app.rotation(&request).await
}

/// Looks up whether the old credential is still used.
#[tauri::command]
pub(crate) async fn rotation_look(app: State<'_, App>, request: String) -> Answer<RotationView> {
    app.rotation_look(&request).await
}

/// The person has given the new credential to the product.
#[tauri::command]
pub(crate) async fn rotation_handed_over(app: State<'_, App>, request: String) -> Answer<RotationView> {
    app.rotation_handed_over(&request).await
}

/// Copies a field of a rotation's hand-over, in Rust.
#[tauri::command]
pub(crate) async fn rotation_copy(app: State<'_, App>, request: HandOverFieldRef) -> Answer<CopyReceipt> {
    app.rotation_copy(request).await
}

/// Saves a made certificate with its key to the person's downloads, sealed with a passphrase; gives the path.
#[tauri::command]
pub(crate) async fn rotation_save_key(app: State<'_, App>, request: RotationKeyFile) -> Answer<String> {
    app.rotation_save_key(request).await
}

/// Which credential a secret is, without sending it anywhere.
#[tauri::command]
pub(crate) async fn secret_match(app: State<'_, App>, request: SecretMatchRequest) -> Answer<SecretMatch> {
    app.secret_match(request).await
}
