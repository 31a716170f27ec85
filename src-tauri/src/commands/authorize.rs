//! Signing in through an app that was set up.

use app::App;
use contract::{AuthorizeRequest, AuthorizeStarted, CopyReceipt, SignInEvent};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, observer};

/// Signs in through an app that was set up, for a token that the vendor's form wants.
#[tauri::command]
pub(crate) async fn authorize_start(
    app: State<'_, App>,
    request: AuthorizeRequest,
    events: Channel<SignInEvent>,
) -> Answer<AuthorizeStarted> {
    app.authorize_start(request, observer(events)).await
}

/// Copies the token of such a sign-in, in Rust.
#[tauri::command]
pub(crate) async fn authorize_copy_token(app: State<'_, App>, request: String) -> Answer<CopyReceipt> {
    app.authorize_copy_token(&request).await
}
