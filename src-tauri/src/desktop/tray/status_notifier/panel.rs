//! For tests: a desktop's panel, which shows the symbols of a tray and can be clicked on.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{OwnedValue, Value};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";
/// How long a symbol may take to come.
const PATIENCE: Duration = Duration::from_secs(20);

struct Watcher {
    came: Sender<String>,
    shows: bool,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: &str) {
        self.came.send(service.to_owned()).unwrap();
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        self.shows
    }
}

/// A panel on the session bus.
pub(crate) struct Panel {
    bus: Connection,
    came: Receiver<String>,
}

impl Panel {
    /// Begins to watch. With `shows` false, nothing draws what is registered.
    pub(crate) fn new(shows: bool) -> Self {
        let (sender, came) = channel();
        let watcher = Watcher { came: sender, shows };
        let bus = Builder::session().unwrap().name(WATCHER).unwrap();
        let bus = bus.serve_at("/StatusNotifierWatcher", watcher).unwrap().build().unwrap();
        Self { bus, came }
    }

    /// Waits for a symbol.
    pub(crate) fn symbol(&self) -> Symbol {
        Symbol { bus: self.bus.clone(), name: self.came.recv_timeout(PATIENCE).expect("no symbol came") }
    }
}

/// A symbol in the panel.
pub(crate) struct Symbol {
    bus: Connection,
    name: String,
}

impl Symbol {
    /// A property as text: what it says, and whatever else is in it.
    pub(crate) fn property(&self, name: &str) -> String {
        let item = Proxy::new(
            &self.bus,
            self.name.as_str(),
            "/StatusNotifierItem",
            "org.freedesktop.DBus.Properties",
        );
        let answer = item.unwrap().call_method("Get", &(ITEM, name)).unwrap();
        let body = answer.body();
        let value: Value<'_> = body.deserialize().unwrap();
        text(&value).unwrap_or_else(|| format!("{value:?}"))
    }

    /// Somebody clicks on it.
    pub(crate) fn is_clicked(&self) {
        let item = Proxy::new(&self.bus, self.name.as_str(), "/StatusNotifierItem", ITEM).unwrap();
        item.call_method("Activate", &(0_i32, 0_i32)).unwrap();
    }

    /// The entries of its menu: their ids, and their words (none for a line between them).
    pub(crate) fn menu(&self) -> Vec<(i32, String)> {
        type Layout = (u32, (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>));
        let nothing: Vec<String> = Vec::new();
        let (_, (_, _, entries)): Layout =
            self.menu_of().call("GetLayout", &(0_i32, -1_i32, nothing)).unwrap();
        entries.iter().map(|entry| entry_of(entry)).collect()
    }

    /// Somebody chooses this entry.
    pub(crate) fn is_chosen(&self, words: &str) {
        let entries = self.menu();
        let (id, _) =
            entries.iter().find(|(_, label)| label == words).unwrap_or_else(|| panic!("{entries:?}"));
        self.menu_of().call_method("Event", &(*id, "clicked", Value::from(0_i32), 0_u32)).unwrap();
    }

    fn menu_of(&self) -> Proxy<'static> {
        Proxy::new(&self.bus, self.name.clone(), "/MenuBar", MENU).unwrap()
    }

    /// Whether it is still there.
    pub(crate) fn is_there(&self) -> bool {
        let bus = "org.freedesktop.DBus";
        let daemon = Proxy::new(&self.bus, bus, "/org/freedesktop/DBus", bus).unwrap();
        daemon.call("NameHasOwner", &(self.name.as_str(),)).unwrap()
    }
}

fn entry_of(entry: &Value<'_>) -> (i32, String) {
    let Value::Structure(parts) = entry else { panic!("{entry:?}") };
    let [Value::I32(id), Value::Dict(properties), ..] = parts.fields() else { panic!("{parts:?}") };
    let label = properties.iter().find(|(name, _)| text(name).as_deref() == Some("label"));
    (*id, label.and_then(|(_, words)| text(words)).unwrap_or_default())
}

fn text(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Str(words) => Some(words.to_string()),
        Value::Value(inner) => text(inner),
        _ => None,
    }
}
