//! What closing the window does: it ends Gatehouse, or hides the window while a symbol in the tray brings it back.

use std::sync::mpsc::{Sender, channel};

use app::{AppOptions, Host, HostError, KeyringBackend, Noted, Notification};
use contract::Space;
use jiff::Timestamp;
use secrecy::SecretString;
use tauri::test::{mock_builder, mock_context, noop_assets};
use tauri::{RunEvent, WebviewWindowBuilder};

use super::*;
use crate::desktop::own_bus::{Bus, on};
use crate::desktop::panel::Panel;

const PATIENCE: Duration = Duration::from_secs(20);

/// A desk on which somebody reads notifications.
struct Desk(Mutex<Sender<String>>);

impl Host for Desk {
    #[expect(clippy::disallowed_methods, reason = "stands in for the desktop")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
    fn copy(&self, _: SecretString, _: Option<Duration>) -> Result<(), HostError> {
        Err(HostError::ClipboardAbsent)
    }
    fn clear_clipboard(&self) {}
    fn keyring(&self) -> KeyringBackend {
        KeyringBackend::None
    }
    fn notify(&self, notification: Notification) -> Result<Noted, HostError> {
        held(&self.0).send(notification.title).unwrap();
        Ok(Noted::Plain)
    }
}

fn waiting(tray: bool) -> Waiting {
    Waiting { count: 0, sentence: String::new(), tray, show: None }
}

#[test]
fn with_a_symbol_in_the_tray_closing_hides_the_window_and_without_it_gatehouse_ends() {
    let name = "with_a_symbol_in_the_tray_closing_hides_the_window_and_without_it_gatehouse_ends";
    on(Bus::Fresh, module_path!(), name, "KDE", || {
        let (panel, folder) = (Panel::new(true), tempfile::tempdir().unwrap());
        let (said, heard) = channel();
        let part = |name: &str| folder.path().join(name);
        let gatehouse = App::new(AppOptions {
            host: Arc::new(Desk(Mutex::new(said))),
            data: part("data"),
            config: part("config"),
            downloads: part("downloads"),
            version: "0.0.0".to_owned(),
            cloud_file: None,
            enter: None,
        });
        tauri::async_runtime::block_on(gatehouse.space_enter(Space::Real)).unwrap();
        let builder = mock_builder().manage(gatehouse).manage(Symbol::default());
        let shell = builder.build(mock_context(noop_assets())).unwrap();
        WebviewWindowBuilder::new(&shell, "main", Default::default()).build().unwrap();
        show(shell.handle(), waiting(true));
        let symbol = panel.symbol();

        let story = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&story);
        shell.run(move |handle, event| {
            let window = handle.get_webview_window("main");
            match event {
                RunEvent::Ready => window.unwrap().close().unwrap(),
                RunEvent::WindowEvent { event, .. }
                    if matches!(event, WindowEvent::CloseRequested { .. }) =>
                {
                    let window = window.unwrap();
                    on_window_event(&window.as_ref().window(), &event);
                    let first = held(&notes).is_empty();
                    held(&notes).push("closed");
                    if first {
                        // The tray is switched off in the settings.
                        held(&handle.state::<Symbol>().0).take();
                        window.close().unwrap();
                    }
                }
                RunEvent::ExitRequested { .. } => held(&notes).push("ends"),
                _ => {}
            }
        });
        assert_eq!(*held(&story), ["closed", "closed", "ends"], "the first close only hid the window");
        assert_eq!(heard.recv_timeout(PATIENCE).unwrap(), "Gatehouse goes on in the background");
        let begun = std::time::Instant::now();
        while symbol.is_there() {
            assert!(begun.elapsed() < PATIENCE, "the symbol outlives what it stands for");
            std::thread::yield_now();
        }
    });
}
