//! Any registration, and what others send about one.

use app::App;
use contract::{
    GrantRequestView, ManifestReview, ManifestText, NameSuggestion, PermissionReport, RegistrationRef,
    RegistrationSummary, RegistrationView,
};
use tauri::State;

use super::Answer;

/// Registrations by a part of their name, or by client id.
#[tauri::command]
pub(crate) async fn registrations_search(
    app: State<'_, App>,
    request: String,
) -> Answer<Vec<RegistrationSummary>> {
    app.registrations_search(&request).await
}

/// The three truths of one registration.
#[tauri::command]
pub(crate) async fn permission_report(
    app: State<'_, App>,
    request: RegistrationRef,
) -> Answer<PermissionReport> {
    app.permission_report(request).await
}

/// Who may use a registration, where people are sent back to, who owns it.
#[tauri::command]
pub(crate) async fn registration_view(
    app: State<'_, App>,
    request: RegistrationRef,
) -> Answer<RegistrationView> {
    app.registration_view(request).await
}

/// A manifest fragment with names for its ids, compared with a registration.
#[tauri::command]
pub(crate) async fn manifest_review(app: State<'_, App>, request: ManifestText) -> Answer<ManifestReview> {
    app.manifest_review(request).await
}

/// What may be meant by a permission's name.
#[tauri::command]
pub(crate) async fn permission_name_check(
    app: State<'_, App>,
    request: String,
) -> Answer<Vec<NameSuggestion>> {
    app.permission_name_check(&request).await
}

/// A colleague's request file (its text) in plain words.
#[tauri::command]
pub(crate) async fn grant_request_open(app: State<'_, App>, request: String) -> Answer<GrantRequestView> {
    app.grant_request_open(&request).await
}
