use std::sync::mpsc::{Receiver, Sender, channel};

use zbus::zvariant::OwnedValue;

use super::*;
use crate::desktop::own_bus::{Bus, on};

const LONG: Duration = Duration::from_secs(20);

/// What a desktop was asked to show.
struct Shown {
    title: String,
    body: String,
    actions: Vec<String>,
    urgency: u8,
}

/// A desktop's service that can do this much.
struct Desktop {
    can: &'static [&'static str],
    shown: Sender<Shown>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Desktop {
    fn get_capabilities(&self) -> Vec<String> {
        self.can.iter().map(|one| (*one).to_owned()).collect()
    }

    #[expect(clippy::too_many_arguments, clippy::needless_pass_by_value, reason = "the specification's")]
    fn notify(
        &self,
        _app: String,
        _replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        let urgency = u8::try_from(&hints["urgency"]).unwrap();
        self.shown.send(Shown { title, body, actions, urgency }).unwrap();
        7
    }
}

fn desktop(can: &'static [&'static str]) -> (Connection, Receiver<Shown>) {
    let (sender, shown) = channel();
    let bus = Builder::session().unwrap().name(NAME).unwrap();
    let bus = bus.serve_at(PATH, Desktop { can, shown: sender }).unwrap().build().unwrap();
    (bus, shown)
}

/// A reminder, and what is pressed on it.
fn reminder() -> (Notification, Receiver<NotificationAnswer>) {
    let (sender, pressed) = channel();
    let notification = Notification {
        title: "A secret of <b>A & B</b> ends today".to_owned(),
        body: "<b>A & B</b>".to_owned(),
        urgent: true,
        answered: Some(Box::new(move |answer| sender.send(answer).unwrap())),
    };
    (notification, pressed)
}

#[test]
fn what_is_pressed_on_a_notification_is_heard_once() {
    on(Bus::Fresh, module_path!(), "what_is_pressed_on_a_notification_is_heard_once", "", || {
        let (bus, shown) = desktop(&["actions", "body", "body-markup"]);
        let (service, (notification, pressed)) = (Service::default(), reminder());
        assert_eq!(service.show(notification).unwrap(), Noted::WithButtons);
        let shown = shown.recv_timeout(LONG).unwrap();
        assert_eq!((shown.title.as_str(), shown.urgency), ("A secret of <b>A & B</b> ends today", 2));
        assert_eq!(shown.body, "&lt;b&gt;A &amp; B&lt;/b&gt;", "a name is no markup");
        assert!(["renew", "snooze", "done"].iter().all(|key| shown.actions.iter().any(|one| one == key)));
        let press =
            |key: &str| bus.emit_signal(None::<&str>, PATH, NAME, "ActionInvoked", &(7_u32, key)).unwrap();
        press("snooze");
        assert_eq!(pressed.recv_timeout(LONG), Ok(NotificationAnswer::Snooze));
        // Its function was used up by the first press: with it went the other end of the channel.
        press("done");
        assert!(pressed.recv_timeout(LONG).is_err());
    });
}

#[test]
fn a_desktop_without_buttons_gets_none_and_a_name_stays_as_it_is() {
    on(
        Bus::Fresh,
        module_path!(),
        "a_desktop_without_buttons_gets_none_and_a_name_stays_as_it_is",
        "",
        || {
            let (_bus, shown) = desktop(&["body"]);
            assert_eq!(Service::default().show(reminder().0).unwrap(), Noted::Plain);
            let shown = shown.recv_timeout(LONG).unwrap();
            assert_eq!((shown.body.as_str(), shown.actions.len()), ("<b>A & B</b>", 0));
        },
    );
}

#[test]
fn a_service_that_is_absent_is_said_and_taken_up_when_it_comes() {
    on(Bus::Fresh, module_path!(), "a_service_that_is_absent_is_said_and_taken_up_when_it_comes", "", || {
        let service = Service::default();
        assert_eq!(service.show(reminder().0).unwrap_err(), HostError::NotificationsAbsent);
        let (bus, shown) = desktop(&["actions"]);
        assert_eq!(service.show(reminder().0).unwrap(), Noted::WithButtons);
        shown.recv_timeout(LONG).unwrap();
        // It ends, and another one takes its place.
        bus.close().unwrap();
        assert_eq!(service.show(reminder().0).unwrap_err(), HostError::NotificationsAbsent);
        let (_bus, shown) = desktop(&["actions"]);
        assert_eq!(service.show(reminder().0).unwrap(), Noted::WithButtons);
        shown.recv_timeout(LONG).unwrap();
    });
}

#[test]
fn without_a_session_bus_nothing_is_shown_and_that_is_said() {
    on(Bus::None, module_path!(), "without_a_session_bus_nothing_is_shown_and_that_is_said", "", || {
        assert_eq!(Service::default().show(reminder().0).unwrap_err(), HostError::NotificationsAbsent);
    });
}
