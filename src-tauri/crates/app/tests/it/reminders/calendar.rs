//! Reminders in an Outlook calendar: made, moved and removed with the secret, by one computer or by two.

use std::collections::BTreeMap;

use contract::{ReminderCalendar, ReminderChannel, SignInPurpose, Space};
use serde_json::{Value, json};

use super::stands;
use crate::rotations::{done, held, removal, renewal};
use crate::world::{World, copy_into, upn};

const SHARED: &str = "svc-calendar";

/// Somebody who is signed in for the calendar, and a set-up whose secret ends in some months.
async fn ready(purpose: SignInPurpose) -> (World, String, String) {
    let world = World::new().await;
    let account = world.sign_in().await;
    world.set_up(&account).await;
    world.sign_in_for(&account, purpose).await;
    world.shows_no_sign_ins();
    let id = world.connection().await;
    let registration = world.app.connection(&id).await.unwrap().registrations.remove(0);
    empty(&world, &upn("astrid.lindqvist"));
    (world, registration.app_id, registration.secret.unwrap().key_id)
}

async fn chooses(app: &app::App, calendar: ReminderCalendar) {
    let mut settings = app.reminders().await.unwrap().settings;
    settings.calendar = calendar;
    app.reminder_settings_set(settings).await.unwrap();
}

fn empty(world: &World, address: &str) {
    world.tenant.tables(|tables| {
        let id = tables.user(address).unwrap().text("id").to_owned();
        tables.mailboxes.get_mut(&id).unwrap().events.clear();
    });
}

/// The events of a calendar.
fn events(world: &World, address: &str) -> Vec<Value> {
    world.tenant.tables(|tables| {
        let id = tables.user(address).unwrap().text("id").to_owned();
        let events = tables.mailboxes.get(&id).map(|mailbox| mailbox.events.clone()).unwrap_or_default();
        events.into_iter().map(Value::Object).collect()
    })
}

fn about(events: &[Value], key: &str) -> usize {
    events.iter().filter(|event| event.to_string().contains(key)).count()
}

#[tokio::test]
async fn events_stand_in_the_calendar_follow_a_renewal_and_go_with_the_choice() {
    let (world, app_id, old) = ready(SignInPurpose::Calendar).await;
    let mine = upn("astrid.lindqvist");
    chooses(&world.app, ReminderCalendar::Mine).await;
    world.app.remind().await.unwrap();
    let before = events(&world, &mine);
    let ahead = before.len();
    assert!((3..=6).contains(&ahead) && about(&before, &old) == ahead, "{before:#?}");
    let secrets: Vec<String> =
        world.tenant.tables(|tables| tables.secrets.values().map(|one| one.value.clone()).collect());
    let text = serde_json::to_string(&before).unwrap();
    assert!(secrets.iter().all(|value| !text.contains(value)), "a secret stands in the calendar");

    let run = done(&world.app, renewal(&app_id, &old)).await;
    let new = world.app.rotation(&run.summary.id).await.unwrap().new.unwrap().key_id;
    world.app.rotation_handed_over(&run.summary.id).await.unwrap();
    done(&world.app, removal(&run.summary.id)).await;
    assert!(!held(&world.tenant, &app_id).contains(&old));
    world.app.remind().await.unwrap();
    let after = events(&world, &mine);
    assert_eq!(about(&after, &old), 0, "what is gone needs no reminder");
    assert!(about(&after, &new) > 0 && about(&after, &new) == after.len(), "{after:#?}");

    chooses(&world.app, ReminderCalendar::Off).await;
    assert_eq!(events(&world, &mine).len(), 0, "nothing of ours stays behind");
}

#[tokio::test]
async fn two_computers_with_one_shared_calendar_make_each_event_once() {
    let (world, _, key) = ready(SignInPurpose::SharedCalendar).await;
    let address = upn(SHARED);
    share(&world, &address);
    chooses(&world.app, ReminderCalendar::Shared { address: address.clone() }).await;
    // The other one: the same person, the same set-ups, files of its own.
    let files = tempfile::tempdir().unwrap();
    world.app.close();
    copy_into(world.folder(), files.path());
    let there = world.started_on(files.path());
    there.space_enter(Space::Real).await.unwrap();
    world.app.space_enter(Space::Real).await.unwrap();

    let (one, other) = tokio::join!(world.app.remind(), there.remind());
    one.unwrap();
    other.unwrap();
    // What both made at once, the next look puts right; then nobody moves anything any more.
    world.app.remind().await.unwrap();
    let all = events(&world, &address);
    let mut subjects: BTreeMap<String, usize> = BTreeMap::new();
    for event in &all {
        *subjects.entry(event["subject"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    assert!(!all.is_empty() && about(&all, &key) == all.len(), "{all:#?}");
    assert!(subjects.values().all(|count| *count == 1), "{subjects:#?}");
    there.remind().await.unwrap();
    assert_eq!(events(&world, &address), all);
    assert_eq!(stands(&there, ReminderChannel::Calendar).await.error, None);
}

#[tokio::test]
async fn a_mailbox_that_is_deleted_is_said_and_filled_again_when_it_is_back() {
    let (world, ..) = ready(SignInPurpose::Calendar).await;
    let mine = upn("astrid.lindqvist");
    chooses(&world.app, ReminderCalendar::Mine).await;
    world.app.remind().await.unwrap();
    let made = events(&world, &mine).len();
    let (id, mut mailbox) = world.tenant.tables(|tables| {
        let id = tables.user(&mine).unwrap().text("id").to_owned();
        let mailbox = tables.mailboxes.remove(&id).unwrap();
        (id, mailbox)
    });
    world.app.remind().await.unwrap();
    let said = stands(&world.app, ReminderChannel::Calendar).await.error.expect("nothing is said").why;
    assert!(said.contains("no mailbox"), "{said}");

    mailbox.events.clear();
    world.tenant.tables(|tables| tables.mailboxes.insert(id, mailbox));
    world.app.remind().await.unwrap();
    assert_eq!(events(&world, &mine).len(), made);
    assert_eq!(stands(&world.app, ReminderChannel::Calendar).await.error, None);
}

/// A mailbox that Astrid may write to.
fn share(world: &World, address: &str) {
    world.tenant.tables(|tables| {
        let astrid = tables.user(&upn("astrid.lindqvist")).unwrap().text("id").to_owned();
        let id = tables.user(address).unwrap().text("id").to_owned();
        let row = tables.users.get_mut(&id).unwrap();
        row.body.insert("_mailboxSharedWith".into(), json!([astrid]));
        tables.mailboxes.get_mut(&id).unwrap().events.clear();
    });
}
