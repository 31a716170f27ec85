//! The tray of Windows and the menu bar of macOS.

use std::sync::Arc;

use tauri::menu::MenuBuilder;
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Runtime};

use super::TrayOrder;

/// The symbol. It goes when this is dropped.
pub(crate) struct Tray(TrayIcon);

impl Tray {
    /// These systems always have one.
    pub(crate) fn stands() -> (bool, &'static str) {
        (true, "This desktop has a tray.")
    }

    /// Puts the symbol there; none where the system refuses. On the main thread.
    pub(crate) fn put<R: Runtime>(
        app: &AppHandle<R>,
        orders: impl Fn(TrayOrder) + Send + Sync + 'static,
    ) -> Option<Self> {
        let orders = Arc::new(orders);
        let menu = MenuBuilder::new(app).text("open", "Open Gatehouse").text("quit", "Quit").build().ok()?;
        let mut builder = TrayIconBuilder::with_id("gatehouse").tooltip("Gatehouse").menu(&menu);
        if let Some(icon) = app.default_window_icon() {
            builder = builder.icon(icon.clone());
        }
        builder
            .on_menu_event(move |_, event| {
                orders(if event.id().as_ref() == "quit" { TrayOrder::Quit } else { TrayOrder::Open });
            })
            .build(app)
            .ok()
            .map(Self)
    }

    /// How many things wait, and the most pressing of them as a sentence.
    pub(crate) fn shows(&self, waiting: u32, sentence: String) {
        let text = if waiting == 0 {
            "Gatehouse: nothing needs you.".to_owned()
        } else {
            format!("Gatehouse: {sentence}")
        };
        let _ = self.0.set_tooltip(Some(text));
    }
}
