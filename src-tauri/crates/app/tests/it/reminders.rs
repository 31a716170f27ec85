//! Reminders: what somebody presses on one, and the ways on which they leave this computer.

mod calendar;
mod held_up;
mod webhook;

use std::sync::Arc;

use app::{NotificationAnswer, Shown, Waiting};
use tokio::sync::mpsc::unbounded_channel;

use crate::world::World;

/// A set-up whose secret ends in six days, so that a reminder is due; the id of that secret.
async fn six_days_before_the_end(world: &World) -> String {
    let id = world.connection().await;
    let registration = world.app.connection(&id).await.unwrap().registrations.remove(0);
    let end = world.app.connections().await.unwrap()[0].next_expiry.unwrap().0;
    let days_left = end.duration_since(app::Host::now(world.computer.as_ref())).as_hours() / 24;
    world.computer.time_passes(days_left - 6);
    registration.secret.unwrap().key_id
}

/// How one of the ways stands.
async fn stands(app: &app::App, channel: contract::ReminderChannel) -> contract::ChannelState {
    let all = app.reminders().await.unwrap().channels;
    all.into_iter().find(|one| one.channel == channel).unwrap()
}

#[tokio::test]
async fn renew_on_a_notification_leads_to_the_renewal_of_that_credential() {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    let id = world.connection().await;
    let registration = world.app.connection(&id).await.unwrap().registrations.remove(0);
    let end = world.app.connections().await.unwrap()[0].next_expiry.unwrap().0;
    let days_left = end.duration_since(app::Host::now(world.computer.as_ref())).as_hours() / 24;
    world.computer.time_passes(days_left - 6);

    let (sender, mut heard) = unbounded_channel::<Waiting>();
    let app = world.app.clone();
    let reminding = tokio::spawn(async move {
        app.keep_reminding(Arc::new(move |waiting| drop(sender.send(waiting)))).await;
    });
    let first = heard.recv().await.unwrap();
    assert_eq!((first.count, first.show), (1, None), "nobody asked for the window");
    let press = |answer| {
        let notification = world.computer.notifications.lock().unwrap().pop().unwrap();
        (notification.answered.unwrap())(answer);
    };
    press(NotificationAnswer::Renew);
    let shown = loop {
        if let Some(shown) = heard.recv().await.unwrap().show {
            break shown;
        }
    };
    reminding.abort();
    let Shown::Renewal { app_id, key_id } = shown else { panic!("{shown:?}") };
    assert_eq!(app_id, registration.app_id);
    let detail = world.app.inventory_app(contract::RegistrationRef { app_id }).await.unwrap();
    assert!(detail.credentials.iter().any(|one| one.key_id == key_id), "{key_id} is none of the app's");
}
