//! Invitations, made and opened.

use app::App;
use contract::{Invitation, InvitationReview, InvitationView};
use tauri::State;

use super::Answer;

/// Makes an invitation.
#[tauri::command]
pub(crate) async fn invitation_make(app: State<'_, App>, request: Invitation) -> Answer<InvitationView> {
    app.invitation_make(request).await
}

/// Saves an invitation to the person's downloads; gives the path.
#[tauri::command]
pub(crate) async fn invitation_save(app: State<'_, App>, request: Invitation) -> Answer<String> {
    app.invitation_save(request).await
}

/// An invitation that came (its link or its file's text), in plain words.
#[tauri::command]
pub(crate) async fn invitation_open(app: State<'_, App>, request: String) -> Answer<InvitationReview> {
    app.invitation_open(&request).await
}

/// The link that the system opened Gatehouse with, once; none when there is none.
#[tauri::command]
pub(crate) async fn invitation_waiting(app: State<'_, App>) -> Answer<Option<String>> {
    app.invitation_waiting().await
}
