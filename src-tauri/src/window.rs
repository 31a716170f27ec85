//! The one window.

#[cfg(target_os = "macos")]
use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use app::App;
use tauri::webview::PageLoadEvent;
use tauri::{Manager, RunEvent};

use crate::cli::{self, Opened, Start};
use crate::{background, desktop};
#[cfg(target_os = "linux")]
use crate::{graphics, portal};

/// When there is something to see, and not a white window: on Linux and macOS this event comes with the first bytes of the page,
/// which are its first picture; on Windows it comes before any of them, so there the end of loading is waited for.
const FIRST_PICTURE: PageLoadEvent =
    if cfg!(windows) { PageLoadEvent::Finished } else { PageLoadEvent::Started };

/// Opens the window and stays until it is closed. An invitation that somebody opened waits for the page to ask for it.
pub(crate) fn open(start: &Start, invitation: Option<&Opened>) -> ExitCode {
    #[cfg(target_os = "linux")]
    graphics::settle();
    #[cfg(target_os = "linux")]
    let question = portal::ask();
    let app = App::new(start.options(desktop::new()));
    if let Some(opened) = invitation {
        opened.arrive(&app);
    }
    let context = crate::context();
    let mut builder = tauri::Builder::default();
    #[cfg(target_os = "linux")]
    if let Some(hidden) = question.settle() {
        builder = builder.plugin(reveal(hidden));
    }
    if start.single_instance() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            if let Some(opened) = cli::opened_by(&arguments, Path::new(&folder)) {
                opened.arrive(&app.state::<App>());
            }
            background::bring_back(app);
        }));
    }
    let in_background = start.in_background();
    let built = builder
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .manage(app.clone())
        .invoke_handler(crate::handler())
        .on_page_load(move |page, payload| {
            if payload.event() == FIRST_PICTURE {
                if !in_background {
                    let _ = page.window().show();
                }
                background::begin(page.app_handle());
            }
        })
        .on_window_event(background::on_window_event)
        .build(context);
    let Ok(built) = built else { return no_window() };
    built.run(move |handle, event| {
        // This system gives links and files to the program that runs, and not as arguments.
        #[cfg(target_os = "macos")]
        if let RunEvent::Opened { urls } = &event {
            for opened in urls.iter().filter_map(|url| Opened::of(OsStr::new(url.as_str()), Path::new("/"))) {
                opened.arrive(&app);
            }
            background::bring_back(handle);
        }
        if let RunEvent::Exit = event {
            app.close();
            #[cfg(target_os = "linux")]
            if let Some(revealed) = handle.try_state::<portal::Revealed>() {
                revealed.remove();
            }
        }
    });
    ExitCode::SUCCESS
}

/// Plugins are set up in the order in which they were added, after GTK has registered: this one comes first, so that the
/// others find the session bus.
#[cfg(target_os = "linux")]
fn reveal<R: tauri::Runtime>(hidden: portal::Hidden) -> tauri::plugin::TauriPlugin<R> {
    tauri::plugin::Builder::new("session-bus")
        .setup(move |app, _| {
            app.manage(hidden.reveal());
            Ok(())
        })
        .build()
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn no_window() -> ExitCode {
    eprintln!("The window could not be opened. `gatehouse --help` shows what works without one.");
    ExitCode::FAILURE
}
