//! The other side of gnome-keyring's prompts: the program that shows them, <https://gitlab.gnome.org/GNOME/gcr>.
//!
//! gnome-keyring calls `BeginPrompting` with an object of its own; the prompter calls `PromptReady` on it, is given the
//! question in `PerformPrompt`, and answers with another `PromptReady`, which says `no` when the person dismissed it.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use zbus::Message;
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator};
use zbus::message::Type;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Value};

const NAME: &str = "org.gnome.keyring.SystemPrompter";
const CALLBACK: &str = "org.gnome.keyring.internal.Prompter.Callback";

/// Takes every call and answers none.
pub(super) fn that_never_answers() -> Connection {
    Builder::session().unwrap().name(NAME).unwrap().build().unwrap()
}

/// Dismisses each question at once.
pub(super) fn that_dismisses() -> Prompter {
    let bus = super::session::bus();
    let calls = MessageIterator::from(bus.clone());
    bus.request_name(NAME).unwrap();
    let shown = Arc::new(AtomicUsize::new(0));
    let (answering, count) = (bus.clone(), Arc::clone(&shown));
    std::thread::spawn(move || {
        for call in calls.map_while(Result::ok).filter(|call| call.message_type() == Type::MethodCall) {
            answer(&answering, &call, &count);
        }
    });
    Prompter { shown }
}

pub(super) struct Prompter {
    shown: Arc<AtomicUsize>,
}

impl Prompter {
    /// How many questions were shown so far.
    pub(super) fn shown(&self) -> usize {
        self.shown.load(Ordering::SeqCst)
    }
}

/// Answers a call and then calls back, in this order: gnome-keyring ignores what comes before the answer.
fn answer(bus: &Connection, call: &Message, shown: &AtomicUsize) {
    let header = call.header();
    bus.reply(&header, &()).unwrap();
    let body = call.body();
    match header.member().unwrap().as_str() {
        "BeginPrompting" => call_back(bus, call, &body.deserialize().unwrap(), "PromptReady", Some("")),
        "PerformPrompt" => {
            type Question = (OwnedObjectPath, String, HashMap<String, OwnedValue>, String);
            let (callback, ..): Question = body.deserialize().unwrap();
            shown.fetch_add(1, Ordering::SeqCst);
            call_back(bus, call, &callback, "PromptReady", Some("no"));
        }
        "StopPrompting" => call_back(bus, call, &body.deserialize().unwrap(), "PromptDone", None),
        other => panic!("gnome-keyring called {other}"),
    }
}

/// Calls without waiting for the answer, which comes in between other calls.
fn call_back(bus: &Connection, call: &Message, object: &OwnedObjectPath, method: &str, reply: Option<&str>) {
    let header = call.header();
    let message = Message::method_call(object, method).unwrap();
    let message =
        message.destination(header.sender().unwrap().as_str()).unwrap().interface(CALLBACK).unwrap();
    let message = match reply {
        Some(reply) => message.build(&(reply, HashMap::<&str, Value<'_>>::new(), "")),
        None => message.build(&()),
    };
    bus.send(&message.unwrap()).unwrap();
}
