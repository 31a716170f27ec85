//! What was given, to whom, and what the person said about it.

use std::sync::Arc;

use jiff::SignedDuration;
use watch::reminders::{ChannelFault, ChannelKind, Delivered, Ledger, Moment, ReminderState};

use super::desk::{Pigeon, at, moment, secret, usual};

fn open(folder: &tempfile::TempDir) -> Ledger {
    Ledger::open(folder.path(), "desk", at("2027-01-01T00:00:00Z")).unwrap()
}

#[tokio::test]
async fn each_reminder_comes_once_and_the_day_after_is_quiet() {
    let (folder, pigeon) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    pigeon.round(&ledger, &reminders, &moment("2027-03-04T08:59:59Z")).await;
    assert_eq!(pigeon.titles(), [""; 0], "a second too early");
    pigeon.round(&ledger, &reminders, &moment("2027-03-04T09:00:00Z")).await;
    assert_eq!(pigeon.titles(), ["A secret of App 1 ends in 60 days (3 May)"]);
    for later in ["2027-03-04T09:00:01Z", "2027-03-05T09:00:00Z", "2027-04-03T08:59:59Z"] {
        assert_eq!(pigeon.round(&ledger, &reminders, &moment(later)).await.carried, 0, "{later}");
    }
    pigeon.titles();
    pigeon.round(&open(&folder), &reminders, &moment("2027-05-02T09:00:00Z")).await;
    assert_eq!(pigeon.titles(), ["A secret of App 1 ends tomorrow (3 May)"], "also after a restart");
}

#[tokio::test]
async fn several_that_are_past_are_one_and_say_that_they_were_missed() {
    let (folder, pigeon) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    let now = moment("2027-04-27T10:00:00Z");
    let states = ledger.states(Arc::clone(&reminders), &now).await.unwrap();
    assert_eq!(states[..4], [ReminderState::Missed; 4]);
    assert_eq!(states[4..], [ReminderState::Ahead; 2]);
    pigeon.round(&ledger, &reminders, &now).await;
    let got = std::mem::take(&mut *pigeon.got.lock().unwrap());
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].title(), "A secret of App 1 ends in 6 days (3 May)");
    assert!(got[0].missed() && got[0].body().contains("due earlier"), "{}", got[0].body());
    let states = ledger.states(Arc::clone(&reminders), &now).await.unwrap();
    assert_eq!(states[3], ReminderState::Sent { at: now.now });
}

#[tokio::test]
async fn thousands_that_end_on_one_day_are_one_notification() {
    let (folder, pigeon) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let all: Vec<_> = (0..1_204).map(|number| secret(number, "2027-05-03T12:00:00Z")).collect();
    let round = pigeon.round(&open(&folder), &usual(&all), &moment("2027-04-26T09:00:00Z")).await;
    assert_eq!(round.carried, 1_204);
    let got = pigeon.got.lock().unwrap();
    assert_eq!(got.len(), 1);
    assert_eq!(got[0].title(), "1,204 secrets end on 3 May");
    assert_eq!(got[0].lines().len(), 6);
    assert_eq!(got[0].lines()[5], "and 1,199 more");
}

#[tokio::test]
async fn a_first_start_among_many_ends_is_no_flood() {
    let (folder, pigeon) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let all: Vec<_> = (1..=28).map(|day| secret(day, &format!("2027-02-{day:02}T12:00:00Z"))).collect();
    pigeon.round(&open(&folder), &usual(&all), &moment("2027-01-20T10:00:00Z")).await;
    assert_eq!(pigeon.titles(), ["28 secrets end soon, the first on 1 February"]);
}

#[tokio::test]
async fn what_ended_long_ago_is_left_to_the_findings() {
    let (folder, pigeon) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let reminders = usual(&[secret(1, "2027-05-03T12:00:00Z"), secret(2, "2024-05-03T12:00:00Z")]);
    pigeon.round(&open(&folder), &reminders, &moment("2027-05-10T11:00:00Z")).await;
    assert_eq!(pigeon.titles(), ["A secret of App 1 ended on 3 May"]);
    let later = tempfile::tempdir().unwrap();
    pigeon.round(&open(&later), &reminders, &moment("2027-05-10T13:00:00Z")).await;
    assert_eq!(pigeon.titles(), [""; 0]);
}

#[tokio::test]
async fn a_snooze_brings_it_back_on_the_desktop_and_nowhere_else() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let team = Pigeon::new(ChannelKind::Webhook);
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    let first = moment("2027-04-26T09:00:00Z");
    desk.round(&ledger, &reminders, &first).await;
    team.round(&ledger, &reminders, &first).await;
    let id = desk.got.lock().unwrap()[0].items[0].reminder.id();
    ledger.snooze(&id, at("2027-04-28T09:00:00Z"), &first).await.unwrap();
    let states = ledger.states(Arc::clone(&reminders), &first).await.unwrap();
    assert_eq!(states[3], ReminderState::Snoozed { until: at("2027-04-28T09:00:00Z") });
    desk.titles();
    team.titles();
    for (now, shown) in [
        ("2027-04-28T08:59:59Z", 0),
        ("2027-04-28T09:00:00Z", 1),
        ("2027-04-28T10:00:00Z", 0),
        ("2027-05-01T09:00:00Z", 0),
    ] {
        let now = moment(now);
        desk.round(&ledger, &reminders, &now).await;
        team.round(&ledger, &reminders, &now).await;
        assert_eq!(desk.titles().len(), shown, "{now:?}");
        assert_eq!(team.titles().len(), 0);
    }
}

#[tokio::test]
async fn a_nearer_reminder_breaks_through_a_snooze() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    desk.round(&ledger, &reminders, &moment("2027-04-26T09:00:00Z")).await;
    let id = desk.got.lock().unwrap()[0].items[0].reminder.id();
    ledger.snooze(&id, at("2027-06-01T09:00:00Z"), &moment("2027-04-26T09:01:00Z")).await.unwrap();
    desk.titles();
    desk.round(&ledger, &reminders, &moment("2027-05-02T09:00:00Z")).await;
    assert_eq!(desk.titles(), ["A secret of App 1 ends tomorrow (3 May)"]);
}

#[tokio::test]
async fn done_is_done_on_every_way_until_it_is_taken_back() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    let now = moment("2027-04-03T09:00:00Z");
    desk.round(&ledger, &reminders, &now).await;
    let id = desk.got.lock().unwrap()[0].items[0].reminder.id();
    ledger.done(&id, now.now).await.unwrap();
    desk.titles();
    let later = moment("2027-04-26T09:00:00Z");
    for way in [ChannelKind::Desktop, ChannelKind::Webhook] {
        assert!(ledger.due(way, Arc::clone(&reminders), &later).await.unwrap().is_empty());
    }
    let states = ledger.states(Arc::clone(&reminders), &later).await.unwrap();
    assert_eq!(states, [ReminderState::Done; 6]);
    ledger.reopen(&id).await.unwrap();
    desk.round(&ledger, &reminders, &later).await;
    assert_eq!(desk.titles(), ["A secret of App 1 ends in 7 days (3 May)"]);
}

#[tokio::test]
async fn a_renewed_credential_is_not_reminded_of_and_the_new_one_is() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let ledger = open(&folder);
    desk.round(&ledger, &usual(&[secret(1, "2027-05-03T12:00:00Z")]), &moment("2027-04-03T09:00:00Z")).await;
    desk.titles();
    let renewed = usual(&[secret(2, "2028-05-03T12:00:00Z")]);
    for now in ["2027-04-26T09:00:00Z", "2027-05-03T09:00:00Z"] {
        desk.round(&ledger, &renewed, &moment(now)).await;
    }
    assert_eq!(desk.titles(), [""; 0]);
    desk.round(&ledger, &renewed, &moment("2028-04-26T09:00:00Z")).await;
    assert_eq!(desk.titles(), ["A secret of App 2 ends in 7 days (3 May)"]);
}

#[tokio::test]
async fn an_end_that_moves_is_reminded_of_anew() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let ledger = open(&folder);
    desk.round(&ledger, &usual(&[secret(1, "2027-05-03T12:00:00Z")]), &moment("2027-05-02T09:00:00Z")).await;
    desk.titles();
    let moved = usual(&[secret(1, "2027-07-03T12:00:00Z")]);
    desk.round(&ledger, &moved, &moment("2027-05-04T09:00:00Z")).await;
    assert_eq!(desk.titles(), ["A secret of App 1 ends in 60 days (3 July)"]);
}

#[tokio::test]
async fn a_way_that_fails_is_tried_again_later_and_given_up_a_week_after_the_end() {
    let (folder, team) = (tempfile::tempdir().unwrap(), Pigeon::new(ChannelKind::Webhook));
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    team.answers(Delivered::Failed { fault: ChannelFault::Unwell { status: 500 }, wait: None });
    let mut now = at("2027-05-03T09:00:00Z");
    let mut tries = Vec::new();
    while now < at("2027-05-14T00:00:00Z") {
        let here = Moment { now, ..moment("2027-05-03T09:00:00Z") };
        if team.round(&ledger, &reminders, &here).await.failed > 0 {
            tries.push(now);
        }
        now += SignedDuration::from_mins(5);
    }
    let gaps: Vec<i64> = tries.windows(2).map(|pair| pair[1].duration_since(pair[0]).as_mins()).collect();
    assert_eq!(gaps[..5], [5, 15, 60, 240, 720]);
    assert!(gaps[5..].iter().all(|gap| *gap == 720), "{gaps:?}");
    assert!(tries.last().unwrap() <= &at("2027-05-10T12:00:00Z"));
    let record = &ledger.channels().await.unwrap()[0];
    assert_eq!((record.waiting, record.given_up), (0, 1));
    assert_eq!(record.fault.as_ref().unwrap().0, ChannelFault::Unwell { status: 500 });
}

#[tokio::test]
async fn a_wait_that_is_asked_for_is_kept_and_a_new_address_ends_it() {
    let (folder, team) = (tempfile::tempdir().unwrap(), Pigeon::new(ChannelKind::Webhook));
    let (ledger, reminders) = (open(&folder), usual(&[secret(1, "2027-05-03T12:00:00Z")]));
    let wait = Some(std::time::Duration::from_secs(3 * 3_600));
    team.answers(Delivered::Failed { fault: ChannelFault::Busy, wait });
    team.round(&ledger, &reminders, &moment("2027-04-26T09:00:00Z")).await;
    assert_eq!(team.round(&ledger, &reminders, &moment("2027-04-26T11:59:59Z")).await.failed, 0);
    assert_eq!(team.round(&ledger, &reminders, &moment("2027-04-26T12:00:00Z")).await.failed, 1);
    team.answers(Delivered::Accepted);
    ledger.try_again(ChannelKind::Webhook).await.unwrap();
    assert_eq!(team.round(&ledger, &reminders, &moment("2027-04-26T12:00:01Z")).await.carried, 1);
    let record = &ledger.channels().await.unwrap()[0];
    assert_eq!((record.fault.is_none(), record.waiting), (true, 0));
    assert_eq!(record.carried_at, Some(at("2027-04-26T12:00:01Z")));
}

#[tokio::test]
async fn knowledge_that_is_old_is_said_to_be() {
    let (folder, desk) = (tempfile::tempdir().unwrap(), Pigeon::desktop());
    let reminders = usual(&[secret(1, "2027-05-03T12:00:00Z")]);
    let now = Moment { known_at: Some(at("2027-04-12T07:00:00Z")), ..moment("2027-04-26T09:00:00Z") };
    desk.round(&open(&folder), &reminders, &now).await;
    let body = desk.got.lock().unwrap()[0].body();
    assert!(body.contains("Known from 12 April"), "{body}");
}
