//! Who has let an app act for them.

use app::App;
use contract::{ConnectedPeople, RegistrationRef};
use tauri::State;

use super::Answer;

/// Who has let an app act for them.
#[tauri::command]
pub(crate) async fn connected_people(
    app: State<'_, App>,
    request: RegistrationRef,
) -> Answer<ConnectedPeople> {
    app.connected_people(request).await
}
