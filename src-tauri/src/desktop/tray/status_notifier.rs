//! The tray of Linux desktops: `StatusNotifierItem` over D-Bus
//! (<https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>). GNOME has no host for it without an extension.

use std::sync::Arc;
use std::time::Duration;

use ksni::blocking::{Handle, TrayMethods};
use ksni::menu::StandardItem;
use ksni::{MenuItem, Status, ToolTip};
use tauri::{AppHandle, Runtime};
use zbus::blocking::Proxy;
use zbus::blocking::connection::Builder;

use super::TrayOrder;

#[cfg(test)]
pub(crate) mod panel;
#[cfg(test)]
mod tests;

const PATIENCE: Duration = Duration::from_secs(2);
const ICON: &str = "gatehouse";

/// The symbol. It goes when this is dropped.
pub(crate) struct Tray(Handle<Symbol>);

impl Tray {
    /// Whether the desktop shows such symbols now, and the same as a sentence. Asks the session bus.
    pub(crate) fn stands() -> (bool, &'static str) {
        const WATCHER: &str = "org.kde.StatusNotifierWatcher";
        let host = Builder::session().and_then(|bus| bus.method_timeout(PATIENCE).build()).and_then(|bus| {
            Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER)
                .and_then(|watcher| watcher.get_property::<bool>("IsStatusNotifierHostRegistered"))
        });
        let gnome = std::env::var("XDG_CURRENT_DESKTOP").is_ok_and(|desktop| desktop.contains("GNOME"));
        match host {
            Ok(true) => (true, "This desktop has a tray."),
            _ if gnome => (
                false,
                "GNOME has no tray without an extension. Reminders come as notifications and wait in the window.",
            ),
            _ => (false, "This desktop has no tray. Reminders come as notifications and wait in the window."),
        }
    }

    /// Puts the symbol into the tray; none where there is no tray. Blocks for a moment.
    pub(crate) fn put<R: Runtime>(
        _: &AppHandle<R>,
        orders: impl Fn(TrayOrder) + Send + Sync + 'static,
    ) -> Option<Self> {
        let symbol = Symbol { waiting: 0, sentence: String::new(), orders: Arc::new(orders) };
        match symbol.spawn() {
            Ok(handle) => Some(Self(handle)),
            Err(error) => {
                tracing::info!(%error, "there is no tray");
                None
            }
        }
    }

    /// How many things wait, and the most pressing of them as a sentence.
    pub(crate) fn shows(&self, waiting: u32, sentence: String) {
        self.0.update(|symbol| (symbol.waiting, symbol.sentence) = (waiting, sentence));
    }
}

impl Drop for Tray {
    fn drop(&mut self) {
        let _ = self.0.shutdown();
    }
}

struct Symbol {
    waiting: u32,
    sentence: String,
    orders: Arc<dyn Fn(TrayOrder) + Send + Sync>,
}

impl Symbol {
    fn says(&self) -> String {
        if self.waiting == 0 { "Nothing needs you.".to_owned() } else { self.sentence.clone() }
    }

    fn item(words: &str, order: TrayOrder) -> MenuItem<Self> {
        StandardItem {
            label: words.to_owned(),
            activate: Box::new(move |symbol: &mut Self| (symbol.orders)(order)),
            ..StandardItem::default()
        }
        .into()
    }
}

impl ksni::Tray for Symbol {
    fn id(&self) -> String {
        "gatehouse".to_owned()
    }

    fn title(&self) -> String {
        "Gatehouse".to_owned()
    }

    fn icon_name(&self) -> String {
        ICON.to_owned()
    }

    fn status(&self) -> Status {
        if self.waiting == 0 { Status::Active } else { Status::NeedsAttention }
    }

    fn attention_icon_name(&self) -> String {
        ICON.to_owned()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: "Gatehouse".to_owned(), description: self.says(), ..ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        (self.orders)(TrayOrder::Open);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let state = StandardItem { label: self.says(), enabled: false, ..StandardItem::default() };
        vec![
            state.into(),
            MenuItem::Separator,
            Self::item("Open Gatehouse", TrayOrder::Open),
            Self::item("Quit", TrayOrder::Quit),
        ]
    }
}
