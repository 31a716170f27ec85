//! What goes on while nobody looks: reminders, and the symbol in the tray. Begins after the first picture; nothing on the way
//! there waits for it.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use app::{App, Shown, Waiting};
use tauri::{AppHandle, Manager, Runtime, Window, WindowEvent};

use crate::desktop::{Tray, TrayOrder};

/// How long the window has the computer to itself.
const AFTER: Duration = Duration::from_secs(3);

/// The symbol in the tray, while there is one.
#[derive(Default)]
struct Symbol(Mutex<Option<Tray>>);

/// Begins to remind, and to look whether an admin has agreed, and has the list of apps ready; once in the life of the program.
pub(crate) fn begin<R: Runtime>(handle: &AppHandle<R>) {
    static BEGUN: OnceLock<()> = OnceLock::new();
    if BEGUN.set(()).is_err() {
        return;
    }
    handle.manage(Symbol::default());
    let (app, handle) = (handle.state::<App>().inner().clone(), handle.clone());
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(AFTER).await;
        let (looking, ready) = (app.clone(), app.clone());
        tauri::async_runtime::spawn(async move { looking.keep_looking().await });
        tauri::async_runtime::spawn(async move { ready.have_apps_ready().await });
        let observer: app::Observer<Waiting> = Arc::new(move |waiting| show(&handle, waiting));
        app.keep_reminding(observer).await;
    });
}

/// Brings the window back.
pub(crate) fn bring_back<R: Runtime>(handle: &AppHandle<R>) {
    if let Some(window) = handle.get_webview_window("main") {
        let _ = window.show();
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Takes the page to a place in it, as if somebody had followed a link there. A page that holds unsaved answers still asks.
fn go_to<R: Runtime>(handle: &AppHandle<R>, shown: &Shown) {
    let Some(address) = address(shown) else { return };
    if let Some(window) = handle.get_webview_window("main") {
        // Quoted as JSON, which is a string of JavaScript too.
        let _ = window.eval(format!("location.hash = {}", serde_json::Value::from(address)));
    }
}

/// The page's own address of a place; it lives behind the hash (`ui/src/router.tsx`).
fn address(shown: &Shown) -> Option<String> {
    match shown {
        Shown::AsItWas => None,
        Shown::Reminders => Some("/reminders".to_owned()),
        Shown::Renewal { app_id, key_id } => {
            // Ids are Microsoft's. One that does not look like an id leads to the list.
            let plain = |id: &str| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let known = plain(app_id) && plain(key_id);
            Some(if known { format!("/apps/{app_id}#renew-{key_id}") } else { "/reminders".to_owned() })
        }
    }
}

/// With a symbol in the tray, closing the window leaves Gatehouse running; that is said once.
pub(crate) fn on_window_event<R: Runtime>(window: &Window<R>, event: &WindowEvent) {
    if let WindowEvent::CloseRequested { api, .. } = event
        && window.try_state::<Symbol>().is_some_and(|symbol| held(&symbol.0).is_some())
        && window.hide().is_ok()
    {
        api.prevent_close();
        let app = window.state::<App>().inner().clone();
        tauri::async_runtime::spawn(async move { app.say_it_goes_on().await });
    }
}

/// What waits, in the tray; and whether there shall be a tray at all.
fn show<R: Runtime>(handle: &AppHandle<R>, waiting: Waiting) {
    if let Some(shown) = &waiting.show {
        bring_back(handle);
        go_to(handle, shown);
    }
    let on_main = handle.clone();
    // Some systems want their symbols from the main thread; on Linux it is a question to the session bus, on a thread.
    let set = move || {
        let Some(symbol) = on_main.try_state::<Symbol>() else { return };
        let mut kept = held(&symbol.0);
        if !waiting.tray {
            kept.take();
            return;
        }
        if kept.is_none() {
            let orders = on_main.clone();
            *kept = Tray::put(&on_main, move |order| match order {
                TrayOrder::Open => bring_back(&orders),
                TrayOrder::Quit => orders.exit(0),
            });
        }
        if let Some(tray) = kept.as_ref() {
            tray.shows(waiting.count, waiting.sentence);
        }
    };
    if cfg!(target_os = "linux") {
        tauri::async_runtime::spawn_blocking(set);
    } else {
        let _ = handle.run_on_main_thread(set);
    }
}

fn held<T>(lock: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod closing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renewing_leads_to_the_credential_and_an_odd_id_to_the_list() {
        let renewal = |key_id: &str| Shown::Renewal { app_id: "a1-b2".to_owned(), key_id: key_id.to_owned() };
        assert_eq!(address(&renewal("c3-d4")).as_deref(), Some("/apps/a1-b2#renew-c3-d4"));
        assert_eq!(address(&renewal("c3/../d4")).as_deref(), Some("/reminders"));
        assert_eq!(address(&Shown::AsItWas), None);
    }
}
