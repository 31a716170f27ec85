//! Status, settings and the vault.

use app::App;
use contract::{AppStatus, Changed, Settings, Space, VaultChoice, VaultStatus};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, observer};

/// The first answer to the window.
#[tauri::command]
pub(crate) async fn app_status(app: State<'_, App>) -> Answer<AppStatus> {
    app.app_status().await
}

/// Subscribes the window to changes; stays open.
#[tauri::command]
pub(crate) async fn app_changes(app: State<'_, App>, events: Channel<Changed>) -> Answer<()> {
    app.app_changes(observer(events)).await
}

/// Passes through one of the doors on Welcome. Starts the practice tenant where needed.
#[tauri::command]
pub(crate) async fn space_enter(app: State<'_, App>, request: Space) -> Answer<AppStatus> {
    app.space_enter(request).await
}

/// Back to Welcome.
#[tauri::command]
pub(crate) async fn space_leave(app: State<'_, App>) -> Answer<AppStatus> {
    app.space_leave().await
}

/// Settings of this machine.
#[tauri::command]
pub(crate) async fn settings_get(app: State<'_, App>) -> Answer<Settings> {
    app.settings_get().await
}

/// Saves settings of this machine.
#[tauri::command]
pub(crate) async fn settings_set(app: State<'_, App>, request: Settings) -> Answer<Settings> {
    app.settings_set(request).await
}

/// Opens a web page that Gatehouse itself offered (portal, vendor guide, consent page).
#[tauri::command]
pub(crate) async fn link_open(app: State<'_, App>, request: String) -> Answer<()> {
    app.link_open(&request).await
}

/// How secrets are kept; opens the vault if that needs nobody.
#[tauri::command]
pub(crate) async fn vault_open(app: State<'_, App>) -> Answer<VaultStatus> {
    app.vault_open().await
}

/// Chooses or unlocks the place where secrets are kept.
#[tauri::command]
pub(crate) async fn vault_choose(app: State<'_, App>, request: VaultChoice) -> Answer<VaultStatus> {
    app.vault_choose(request).await
}
