//! The other side of gnome-keyring's prompts: the program that shows them, <https://gitlab.gnome.org/GNOME/gcr>.
//!
//! gnome-keyring calls `BeginPrompting` with an object of its own; the prompter calls `PromptReady` on it, is given the
//! question in `PerformPrompt`, and answers with another `PromptReady`, which says `no` when the person dismissed it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use zbus::blocking::Connection;
use zbus::blocking::connection::Builder;
use zbus::message::Header;
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

const NAME: &str = "org.gnome.keyring.SystemPrompter";
const PATH: &str = "/org/gnome/keyring/Prompter";
const CALLBACK: &str = "org.gnome.keyring.internal.Prompter.Callback";

/// Takes every call and answers none.
pub(super) fn that_never_answers() -> Connection {
    Builder::session().unwrap().name(NAME).unwrap().build().unwrap()
}

/// Dismisses each question at once.
pub(super) fn that_dismisses() -> Prompter {
    let shown = Arc::new(AtomicUsize::new(0));
    let dismissing = Dismissing(Arc::clone(&shown));
    let bus = Builder::session().unwrap().serve_at(PATH, dismissing).unwrap().name(NAME).unwrap();
    Prompter { _bus: bus.build().unwrap(), shown }
}

pub(super) struct Prompter {
    _bus: Connection,
    shown: Arc<AtomicUsize>,
}

impl Prompter {
    /// How many questions were shown so far.
    pub(super) fn shown(&self) -> usize {
        self.shown.load(Ordering::SeqCst)
    }
}

struct Dismissing(Arc<AtomicUsize>);

#[zbus::interface(name = "org.gnome.keyring.internal.Prompter")]
impl Dismissing {
    async fn begin_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
    ) {
        ready(bus, &header, callback, "");
    }

    async fn perform_prompt(
        &self,
        callback: OwnedObjectPath,
        _kind: String,
        _properties: HashMap<String, OwnedValue>,
        _exchange: String,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
    ) {
        self.0.fetch_add(1, Ordering::SeqCst);
        ready(bus, &header, callback, "no");
    }

    async fn stop_prompting(
        &self,
        callback: OwnedObjectPath,
        #[zbus(header)] header: Header<'_>,
        #[zbus(connection)] bus: &zbus::Connection,
    ) {
        call(bus, &header, callback, "PromptDone", None);
    }
}

fn ready(bus: &zbus::Connection, header: &Header<'_>, callback: OwnedObjectPath, reply: &'static str) {
    call(bus, header, callback, "PromptReady", Some(reply));
}

/// Calls back after this call was answered, since gnome-keyring waits for that first.
fn call(
    bus: &zbus::Connection,
    header: &Header<'_>,
    callback: OwnedObjectPath,
    method: &'static str,
    reply: Option<&'static str>,
) {
    let (bus, caller) = (bus.clone(), header.sender().unwrap().to_owned());
    std::thread::spawn(move || {
        let bus = Connection::from(bus);
        let callback = ObjectPath::from(callback);
        let (to, interface) = (Some(caller), Some(CALLBACK));
        let answered = match reply {
            Some(reply) => {
                let body = (reply, HashMap::<&str, Value<'_>>::new(), "");
                bus.call_method(to, callback, interface, method, &body)
            }
            None => bus.call_method(to, callback, interface, method, &()),
        };
        // Where this fails the question is never answered, and the test that waits for the answer fails.
        drop(answered);
    });
}
