//! What the organisation has: domains, people, groups, licences, settings.

use app::App;
use contract::{
    DomainView, EwsReadiness, GroupView, LicenceView, PersonView, RegistrationRef, ReportSettingsView,
};
use tauri::State;

use super::Answer;

/// The organisation's domains.
#[tauri::command]
pub(crate) async fn domains(app: State<'_, App>) -> Answer<Vec<DomainView>> {
    app.domains().await
}

/// People by a part of their name or address.
#[tauri::command]
pub(crate) async fn people_search(app: State<'_, App>, request: String) -> Answer<Vec<PersonView>> {
    app.people_search(&request).await
}

/// Groups by a part of their name or address.
#[tauri::command]
pub(crate) async fn groups_search(app: State<'_, App>, request: String) -> Answer<Vec<GroupView>> {
    app.groups_search(&request).await
}

/// The organisation's licences.
#[tauri::command]
pub(crate) async fn licences(app: State<'_, App>) -> Answer<Vec<LicenceView>> {
    app.licences().await
}

/// Whether usage reports show people's names.
#[tauri::command]
pub(crate) async fn report_settings(app: State<'_, App>) -> Answer<ReportSettingsView> {
    app.report_settings().await
}

/// Whether an app can still use Exchange Web Services.
#[tauri::command]
pub(crate) async fn ews_readiness(app: State<'_, App>, request: RegistrationRef) -> Answer<EwsReadiness> {
    app.ews_readiness(request).await
}
