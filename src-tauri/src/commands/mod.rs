//! What the window may call. One line each: the work is in `app`; the list is in `contract`.

mod account;
mod approval;
mod authorize;
mod connected;
mod connection;
mod custom;
mod inventory;
mod invitation;
mod mailbox;
mod organisation;
mod personal;
mod plan;
mod registration;
mod reminder;
mod rotation;
mod setup;
mod status;

use std::sync::Arc;

use contract::AppError;
use tauri::ipc::{Channel, Invoke, IpcResponse};
use tauri::{Runtime, generate_handler};

/// What every command answers.
type Answer<T> = Result<T, AppError>;

macro_rules! commands {
    ($($module:ident: $($name:ident),+;)+) => {
        /// Names of all commands that the window's handler knows.
        pub fn names() -> &'static [&'static str] {
            &[$($(stringify!($name)),+),+]
        }

        /// The window's handler.
        pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            generate_handler![$($($module::$name),+),+]
        }
    };
}

commands! {
    status: app_status, app_changes, space_enter, space_leave, settings_get, settings_set, link_open, vault_open, vault_choose;
    account: organisation_clients, sign_in_reason, sign_in_start, sign_in_open_again, sign_in_copy_link, sign_in_cancel,
        account_choose, sign_out;
    setup: connectors, connector, draft_save, draft_check, draft_discard;
    organisation: domains, people_search, groups_search, licences, report_settings, ews_readiness;
    custom: connector_review, connector_import, connector_export, connector_remove, connector_from_registration, connector_build;
    plan: plan_make, run_start, run_resume, run_undo, run_cancel, unsaved_secret_copy, unsaved_secret_retry,
        unsaved_secret_kept_elsewhere, runs, run;
    connection: connections, connection, connection_refresh, connection_test, follow_up_tick, secret_kept_at, hand_over_copy,
        hand_over_reveal, grant_request_save;
    registration: registrations_search, permission_report, registration_view, manifest_review, permission_name_check,
        grant_request_open;
    mailbox: mailbox_access, mailbox_access_test;
    connected: connected_people;
    authorize: authorize_start, authorize_copy_token;
    inventory: inventory_rows, inventory_sync, inventory_app, inventory_export, notes, note_save, timeline, findings, finding_ignore,
        finding_show_again;
    personal: personal_preview, personal_connect, personal_connections, personal_connection, personal_check,
        personal_test_message, personal_drop, personal_disconnect, personal_copy_token, personal_save_file;
    approval: approvals, approval_ask, approval_look, approval_watch, approval_copy, approval_save, approval_forget;
    invitation: invitation_make, invitation_save, invitation_open, invitation_waiting;
    rotation: rotations, rotation, rotation_look, rotation_handed_over, rotation_copy, rotation_save_key, secret_match;
    reminder: reminders, reminder_settings_set, reminder_webhook_set, reminder_snooze, reminder_done, reminder_trial,
        reminder_calendar_file, hand_on_save, hand_on_open, hand_on_accept;
}

/// Passes what happens meanwhile on to the window. A window that has gone away is no reason to stop.
fn observer<T: IpcResponse + Send + Sync + 'static>(events: Channel<T>) -> app::Observer<T> {
    Arc::new(move |event| {
        let _ = events.send(event);
    })
}
