//! `org.freedesktop.Notifications`, version 1.3
//! (<https://specifications.freedesktop.org/notification-spec/latest/protocol.html>).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use app::{HostError, Noted, Notification, NotificationAnswer};
use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, MessageIterator, Proxy};
use zbus::zvariant::Value;
use zbus::{MatchRule, message};

#[cfg(test)]
mod tests;

const NAME: &str = "org.freedesktop.Notifications";
const PATH: &str = "/org/freedesktop/Notifications";
/// How long the service may take. One that has to be started first takes a second or two.
const PATIENCE: Duration = Duration::from_secs(5);

type Answered = Box<dyn FnOnce(NotificationAnswer) + Send>;
type Open = Arc<Mutex<HashMap<u32, Answered>>>;

/// The buttons, by the key that comes back. `default` is the notification itself.
const BUTTONS: [(&str, &str, NotificationAnswer); 4] = [
    ("default", "Open Gatehouse", NotificationAnswer::Open),
    ("renew", "Renew", NotificationAnswer::Renew),
    ("snooze", "Remind me tomorrow", NotificationAnswer::Snooze),
    ("done", "Done", NotificationAnswer::Done),
];

/// The service and the notifications of ours that are open.
#[derive(Default)]
pub(super) struct Service {
    bus: Mutex<Option<Connection>>,
    open: Open,
}

impl Service {
    pub(super) fn show(&self, notification: Notification) -> Result<Noted, HostError> {
        let absent = |error: zbus::Error| {
            tracing::info!(%error, "nothing shows notifications");
            HostError::NotificationsAbsent
        };
        let bus = self.bus().map_err(absent)?;
        let service = Proxy::new(&bus, NAME, PATH, NAME).map_err(absent)?;
        let can: Vec<String> = service.call("GetCapabilities", &()).map_err(absent)?;
        let has = |what: &str| can.iter().any(|one| one == what);
        let buttons = has("actions") && notification.answered.is_some();
        let actions: Vec<&str> = if buttons {
            BUTTONS.iter().flat_map(|(key, words, _)| [*key, *words]).collect()
        } else {
            Vec::new()
        };
        let body = if has("body-markup") { escaped(&notification.body) } else { notification.body };
        let urgency: u8 = if notification.urgent { 2 } else { 1 };
        let hints = HashMap::from([
            ("urgency", Value::from(urgency)),
            ("desktop-entry", Value::from("gatehouse")),
            ("category", Value::from("x-gatehouse.reminder")),
        ]);
        let (replaces, default_timeout) = (0_u32, -1_i32);
        let order = (
            "Gatehouse",
            replaces,
            "gatehouse",
            notification.title.as_str(),
            body,
            actions,
            hints,
            default_timeout,
        );
        let id: u32 = service.call("Notify", &order).map_err(absent)?;
        match notification.answered {
            Some(answered) if buttons => {
                held(&self.open).insert(id, answered);
                Ok(Noted::WithButtons)
            }
            _ => Ok(Noted::Plain),
        }
    }

    /// The connection, made when it is needed and again when it broke; the first time, somebody listens for buttons.
    fn bus(&self) -> zbus::Result<Connection> {
        let mut kept = held(&self.bus);
        if let Some(bus) = kept.as_ref().filter(|bus| bus.inner().is_bus()) {
            let alive =
                Proxy::new(bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
                    .and_then(|daemon| daemon.call::<_, _, String>("GetId", &()));
            if alive.is_ok() {
                return Ok(bus.clone());
            }
        }
        let bus = Builder::session()?.method_timeout(PATIENCE).build()?;
        listen(&bus, &self.open)?;
        *kept = Some(bus.clone());
        Ok(bus)
    }
}

/// A thread that hears which buttons are pressed, until the bus goes away.
fn listen(bus: &Connection, open: &Open) -> zbus::Result<()> {
    let rule = MatchRule::builder().msg_type(message::Type::Signal).interface(NAME)?.path(PATH)?.build();
    let signals = MessageIterator::for_match_rule(rule, bus, None)?;
    let open = Arc::downgrade(open);
    let thread = std::thread::Builder::new().name("notifications".into()).spawn(move || {
        for signal in signals.flatten() {
            let Some(open) = open.upgrade() else { return };
            heard(&signal, &open);
        }
    });
    if let Err(error) = thread {
        tracing::warn!(%error, "buttons of notifications will not be heard");
    }
    Ok(())
}

fn heard(signal: &zbus::Message, open: &Open) {
    let header = signal.header();
    let member = header.member().map(|member| member.as_str().to_owned()).unwrap_or_default();
    if member == "ActionInvoked"
        && let Ok((id, key)) = signal.body().deserialize::<(u32, String)>()
    {
        let answer = BUTTONS.iter().find(|(one, _, _)| *one == key).map(|(_, _, answer)| *answer);
        let answered = held(open).remove(&id);
        if let (Some(answered), Some(answer)) = (answered, answer) {
            answered(answer);
        }
    } else if member == "NotificationClosed"
        && let Ok((id, _reason)) = signal.body().deserialize::<(u32, u32)>()
    {
        held(open).remove(&id);
    }
}

/// Text where a service reads markup: names of apps come from others.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
