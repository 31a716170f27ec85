//! Signing in and out.

use app::App;
use contract::{
    AccountView, CopyReceipt, OrganisationClient, SignInEvent, SignInPurpose, SignInReason, SignInRequest,
    SignInStarted, SignedOut,
};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, observer};

/// Organisations whose Gatehouse registration is known here.
#[tauri::command]
pub(crate) async fn organisation_clients(app: State<'_, App>) -> Answer<Vec<OrganisationClient>> {
    app.organisation_clients().await
}

/// Why a purpose asks for what it asks for.
#[tauri::command]
pub(crate) async fn sign_in_reason(app: State<'_, App>, request: SignInPurpose) -> Answer<SignInReason> {
    app.sign_in_reason(request).await
}

/// Starts a sign-in in the browser.
#[tauri::command]
pub(crate) async fn sign_in_start(
    app: State<'_, App>,
    request: SignInRequest,
    events: Channel<SignInEvent>,
) -> Answer<SignInStarted> {
    app.sign_in_start(request, observer(events)).await
}

/// Opens the browser again for a sign-in that waits.
#[tauri::command]
pub(crate) async fn sign_in_open_again(app: State<'_, App>, request: String) -> Answer<()> {
    app.sign_in_open_again(&request).await
}

/// Copies the link of a sign-in that waits.
#[tauri::command]
pub(crate) async fn sign_in_copy_link(app: State<'_, App>, request: String) -> Answer<CopyReceipt> {
    app.sign_in_copy_link(&request).await
}

/// Ends a sign-in that waits.
#[tauri::command]
pub(crate) async fn sign_in_cancel(app: State<'_, App>, request: String) -> Answer<()> {
    app.sign_in_cancel(&request).await
}

/// Looks through another account's eyes.
#[tauri::command]
pub(crate) async fn account_choose(app: State<'_, App>, request: String) -> Answer<AccountView> {
    app.account_choose(&request).await
}

/// Removes a session from this machine.
#[tauri::command]
pub(crate) async fn sign_out(app: State<'_, App>, request: String) -> Answer<SignedOut> {
    app.sign_out(&request).await
}
