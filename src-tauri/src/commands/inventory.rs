//! Every app of the organisation: what it has, when it ends, what needs attention.

use app::App;
use contract::{
    AppDetail, FindingsPage, FindingsQuery, IgnoreFinding, InventoryExport, InventoryPage, InventoryQuery,
    NoteSubject, NoteView, RegistrationRef, SaveNote, SyncState, Timeline, TimelineQuery,
};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, observer};

/// A part of the inventory, as last read.
#[tauri::command]
pub(crate) async fn inventory_rows(app: State<'_, App>, request: InventoryQuery) -> Answer<InventoryPage> {
    app.inventory_rows(request).await
}

/// Reads the organisation's apps, or what changed since the last time.
#[tauri::command]
pub(crate) async fn inventory_sync(app: State<'_, App>, events: Channel<SyncState>) -> Answer<SyncState> {
    app.inventory_sync(observer(events)).await
}

/// One app with its credentials.
#[tauri::command]
pub(crate) async fn inventory_app(app: State<'_, App>, request: RegistrationRef) -> Answer<AppDetail> {
    app.inventory_app(request).await
}

/// Saves rows of the inventory to the person's downloads; gives the path.
#[tauri::command]
pub(crate) async fn inventory_export(app: State<'_, App>, request: InventoryExport) -> Answer<String> {
    app.inventory_export(request).await
}

/// What people here wrote about an app or a set-up, the newest first.
#[tauri::command]
pub(crate) async fn notes(app: State<'_, App>, request: NoteSubject) -> Answer<Vec<NoteView>> {
    app.notes(request).await
}

/// Writes a note, changes one, or takes one away.
#[tauri::command]
pub(crate) async fn note_save(app: State<'_, App>, request: SaveNote) -> Answer<Vec<NoteView>> {
    app.note_save(request).await
}

/// What ends when.
#[tauri::command]
pub(crate) async fn timeline(app: State<'_, App>, request: TimelineQuery) -> Answer<Timeline> {
    app.timeline(request).await
}

/// What needs attention on the organisation's apps.
#[tauri::command]
pub(crate) async fn findings(app: State<'_, App>, request: FindingsQuery) -> Answer<FindingsPage> {
    // Somebody who sees rows may type next. The other rooms ask for one row alone, to have the count.
    let opens_list =
        request.text.is_empty() && request.app_id.is_none() && request.offset == 0 && request.limit > 1;
    let page = app.findings(request).await?;
    if opens_list {
        let ready = app.inner().clone();
        tauri::async_runtime::spawn(async move { ready.have_findings_ready().await });
    }
    Ok(page)
}

/// Stops showing a finding.
#[tauri::command]
pub(crate) async fn finding_ignore(app: State<'_, App>, request: IgnoreFinding) -> Answer<()> {
    app.finding_ignore(request).await
}

/// Shows it again.
#[tauri::command]
pub(crate) async fn finding_show_again(app: State<'_, App>, request: String) -> Answer<()> {
    app.finding_show_again(&request).await
}
