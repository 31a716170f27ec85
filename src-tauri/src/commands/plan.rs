//! Plans and runs.

use app::App;
use contract::{CopyReceipt, PlanRequest, PlanView, RunSummary, RunView, UnsavedSecretRef};
use tauri::State;
use tauri::ipc::Channel;

use super::{Answer, observer};

/// Makes a plan. Only reads.
#[tauri::command]
pub(crate) async fn plan_make(app: State<'_, App>, request: PlanRequest) -> Answer<PlanView> {
    app.plan_make(request).await
}

/// Starts a run of a plan (its id). Ends when the run rests.
#[tauri::command]
pub(crate) async fn run_start(
    app: State<'_, App>,
    request: String,
    events: Channel<RunView>,
) -> Answer<RunView> {
    app.run_start(&request, observer(events)).await
}

/// Goes on with a run.
#[tauri::command]
pub(crate) async fn run_resume(
    app: State<'_, App>,
    request: String,
    events: Channel<RunView>,
) -> Answer<RunView> {
    app.run_resume(&request, observer(events)).await
}

/// Undoes a run.
#[tauri::command]
pub(crate) async fn run_undo(
    app: State<'_, App>,
    request: String,
    events: Channel<RunView>,
) -> Answer<RunView> {
    app.run_undo(&request, observer(events)).await
}

/// Stops a run at the next safe point.
#[tauri::command]
pub(crate) async fn run_cancel(app: State<'_, App>, request: String) -> Answer<()> {
    app.run_cancel(&request).await
}

/// Runs, newest first.
#[tauri::command]
pub(crate) async fn runs(app: State<'_, App>) -> Answer<Vec<RunSummary>> {
    app.runs().await
}

/// One run.
#[tauri::command]
pub(crate) async fn run(app: State<'_, App>, request: String) -> Answer<RunView> {
    app.run(&request).await
}

/// Copies a secret that could not be kept here, in Rust.
#[tauri::command]
pub(crate) async fn unsaved_secret_copy(
    app: State<'_, App>,
    request: UnsavedSecretRef,
) -> Answer<CopyReceipt> {
    app.unsaved_secret_copy(request).await
}

/// Tries now to keep it: the disk has room again, or the keyring is unlocked.
#[tauri::command]
pub(crate) async fn unsaved_secret_retry(app: State<'_, App>, request: UnsavedSecretRef) -> Answer<()> {
    app.unsaved_secret_retry(request).await
}

/// The person keeps it elsewhere; the run goes on without it.
#[tauri::command]
pub(crate) async fn unsaved_secret_kept_elsewhere(
    app: State<'_, App>,
    request: UnsavedSecretRef,
) -> Answer<()> {
    app.unsaved_secret_kept_elsewhere(request).await
}
