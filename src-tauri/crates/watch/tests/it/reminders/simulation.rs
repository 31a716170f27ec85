//! Two years of an organisation's life with two machines: sleep, restarts, journeys, clocks that are wrong, a webhook that
//! fails, snoozes, renewals. Whoever was there when a reminder was due was reminded once, of the right one, at its time.
//!
//! What should happen is worked out here by other means than the code under test: from civil dates, day by day.

use std::collections::HashMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use watch::reminders::{
    ChannelFault, ChannelKind, Delivered, Ledger, Moment, Reminder, Settings, Watched, schedule,
};

use super::desk::{Pigeon, at, secret, zone};

/// Chance, from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    /// Below `limit`.
    fn below(&mut self, limit: i64) -> i64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        i64::try_from((mixed ^ (mixed >> 31)) % u64::try_from(limit).unwrap()).unwrap()
    }

    fn one_in(&mut self, limit: i64) -> bool {
        self.below(limit) == 0
    }
}

const ZONES: [&str; 6] =
    ["Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland", "UTC", "Asia/Kathmandu"];
const DAYS: [i64; 6] = [60, 30, 14, 7, 1, 0];

/// Credential, way, days before its end, and how often it was put off.
type Given = (String, ChannelKind, u32, u32);

struct Machine {
    name: &'static str,
    folder: tempfile::TempDir,
    ledger: Ledger,
    zone: &'static str,
    /// Switched off until then.
    off_until: Timestamp,
    /// What the clock is wrong by, and until when.
    wrong: Option<(SignedDuration, Timestamp)>,
    known_at: Timestamp,
    known: Vec<Arc<Watched>>,
    /// The reminders of what is known, in a zone: the same until either changes.
    scheduled: Option<(&'static str, Arc<[Reminder]>)>,
    desk: Pigeon,
    team: Pigeon,
    /// What was given while the clock was right (or behind): credential, way, days, and the round of snoozes.
    given: HashMap<Given, Timestamp>,
    /// The nearest to its end that was given of a credential on a way.
    nearest: HashMap<(String, ChannelKind), u32>,
    /// When reminders are planned, by the end, the days and the zone: worked out once.
    planned: HashMap<(Timestamp, i64, &'static str), Timestamp>,
    /// What a clock that ran ahead gave, with what that clock showed and when it was due.
    ahead: Vec<(Given, Timestamp, Timestamp)>,
    snoozed: HashMap<String, (u32, Timestamp)>,
    /// Looks at a reminder that had not reached the team.
    without_team: HashMap<(String, u32), u32>,
    checked: usize,
}

impl Machine {
    fn new(name: &'static str, start: Timestamp) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(folder.path(), name, start).unwrap();
        Self {
            name,
            folder,
            ledger,
            zone: ZONES[0],
            off_until: start,
            wrong: None,
            known_at: start,
            known: Vec::new(),
            scheduled: None,
            desk: Pigeon::desktop(),
            team: Pigeon::new(ChannelKind::Webhook),
            given: HashMap::new(),
            nearest: HashMap::new(),
            planned: HashMap::new(),
            ahead: Vec::new(),
            snoozed: HashMap::new(),
            without_team: HashMap::new(),
            checked: 0,
        }
    }

    fn runs_ahead(&self) -> bool {
        self.wrong.is_some_and(|(by, _)| by.is_positive())
    }

    /// The clock is right again. What it gave too early stands only where its time has come meanwhile; the rest is due anew.
    fn put_right(&mut self, truth: Timestamp) {
        self.wrong = None;
        let hour = SignedDuration::from_hours(1);
        for (what, showed, due) in std::mem::take(&mut self.ahead) {
            if showed <= truth + hour || (due <= truth + hour && showed <= truth + hour * 24) {
                self.give(what, truth);
            }
        }
    }

    fn give(&mut self, what: Given, truth: Timestamp) -> Option<Timestamp> {
        let days = self.nearest.entry((what.0.clone(), what.1)).or_insert(what.2);
        *days = what.2.min(*days);
        self.given.insert(what, truth)
    }

    fn planned(&mut self, ends: Timestamp, days: i64) -> Timestamp {
        let name = self.zone;
        *self.planned.entry((ends, days, name)).or_insert_with(|| planned(ends, days, &zone(name)))
    }

    fn reminders(&mut self) -> Arc<[Reminder]> {
        match &self.scheduled {
            Some((zone, reminders)) if *zone == self.zone => Arc::clone(reminders),
            _ => {
                let reminders: Arc<[Reminder]> =
                    schedule(&self.known, &Settings::default(), &zone(self.zone)).into();
                self.scheduled = Some((self.zone, Arc::clone(&reminders)));
                reminders
            }
        }
    }

    /// One look: at the organisation where possible, then at what is due.
    async fn look(&mut self, truth: Timestamp, world: &[Arc<Watched>], dice: &mut Dice) {
        if self.wrong.is_some_and(|(_, until)| until <= truth) {
            self.put_right(truth);
            self.read(truth, world);
        }
        // No secure connection comes about with a clock that is days off.
        if self.wrong.is_none() && !dice.one_in(4) {
            self.read(truth, world);
        }
        if dice.one_in(5) {
            self.ledger = Ledger::open(self.folder.path(), self.name, truth).unwrap();
        }
        let now = truth + self.wrong.map_or(SignedDuration::ZERO, |(by, _)| by);
        let moment = Moment { now, zone: zone(self.zone), known_at: Some(self.known_at) };
        let reminders = self.reminders();
        let refuses = dice.one_in(3);
        self.team.answers(if refuses {
            Delivered::Failed { fault: ChannelFault::Unreachable, wait: None }
        } else {
            Delivered::Accepted
        });
        self.desk.round(&self.ledger, &reminders, &moment).await;
        self.team.round(&self.ledger, &reminders, &moment).await;
        self.note(truth, &moment, refuses, dice).await;
        if self.wrong.is_none() && self.known_at == truth {
            self.check(truth);
        }
    }

    fn read(&mut self, truth: Timestamp, world: &[Arc<Watched>]) {
        self.known_at = truth;
        if self.known != world {
            self.known = world.to_vec();
            self.scheduled = None;
        }
    }

    /// Writes down what came, and that nothing came twice or too early.
    async fn note(&mut self, truth: Timestamp, moment: &Moment, refused: bool, dice: &mut Dice) {
        let desk: Vec<_> = self.desk.got.lock().unwrap().drain(..).collect();
        let team: Vec<_> = self.team.got.lock().unwrap().drain(..).collect();
        for bundle in desk.iter().chain(team.iter().filter(|_| !refused)) {
            for due in &bundle.items {
                let (key, days) = (due.reminder.credential.key(), due.reminder.days_before);
                let what = (key.clone(), bundle.channel, days, due.round);
                if self.runs_ahead() {
                    self.ahead.push((what, moment.now, due.reminder.at));
                    continue;
                }
                let ends = due.reminder.credential.ends;
                assert!(
                    truth >= self.planned(ends, i64::from(days)),
                    "{key} {days} too early on {}",
                    self.name
                );
                let before = self.give(what, truth);
                assert_eq!(
                    before, None,
                    "{key} {days} twice on {} ({:?}, {truth})",
                    self.name, bundle.channel
                );
                if bundle.channel == ChannelKind::Desktop && self.wrong.is_none() && dice.one_in(8) {
                    let until = truth + SignedDuration::from_hours(1 + dice.below(72));
                    self.ledger.snooze(&due.reminder.id(), until, moment).await.unwrap();
                    self.snoozed.insert(key, (days, until));
                } else if bundle.channel == ChannelKind::Desktop {
                    self.snoozed.remove(&key);
                }
            }
        }
    }

    /// With a clock that is right and an organisation read just now, whatever is nearest has been given.
    fn check(&mut self, truth: Timestamp) {
        for own in self.known.clone() {
            if truth > own.ends + SignedDuration::from_hours(7 * 24) {
                continue;
            }
            let past = DAYS.into_iter().filter(|days| {
                let at = self.planned(own.ends, *days);
                at <= truth && own.starts.is_none_or(|starts| starts <= at)
            });
            let Some(days) = past.min().map(|days| u32::try_from(days).unwrap()) else { continue };
            self.checked += 1;
            let given = |kind| self.nearest.get(&(own.key(), kind)).is_some_and(|nearest| *nearest <= days);
            assert!(given(ChannelKind::Desktop), "{} {days} missed on {} at {truth}", own.key(), self.name);
            // The snooze is over, and it is still the nearest: it must have come back.
            if let Some((snoozed, until)) = self.snoozed.get(&own.key())
                && *snoozed == days
            {
                assert!(truth < *until, "{} {days} did not come back on {} at {truth}", own.key(), self.name);
            }
            // The team's way fails now and then, and is tried again; twenty-five looks are enough for every pause.
            let looks = self.without_team.entry((own.key(), days)).or_insert(0_u32);
            *looks = if given(ChannelKind::Webhook) { 0 } else { *looks + 1 };
            assert!(*looks < 25, "{} {days} never reached the team from {}", own.key(), self.name);
        }
    }
}

/// Nine o'clock on the day, worked out from civil dates one day at a time.
fn planned(ends: Timestamp, days: i64, zone: &TimeZone) -> Timestamp {
    let mut day: Date = ends.to_zoned(zone.clone()).date();
    for _ in 0..days {
        day = day.yesterday().unwrap();
    }
    let nine = |day: Date| day.at(9, 0, 0, 0).to_zoned(zone.clone()).unwrap().timestamp();
    if nine(day) < ends { nine(day) } else { nine(day.yesterday().unwrap()) }
}

async fn two_years(seed: u64) -> (usize, usize) {
    let mut dice = Dice(seed);
    let start = at("2026-11-20T00:00:00Z");
    let end = start + SignedDuration::from_hours(2 * 366 * 24);
    let mut number = 0_u32;
    let mut fresh = |from: Timestamp, dice: &mut Dice| {
        number += 1;
        let ends = from + SignedDuration::from_secs(3_600 * 24 * (5 + dice.below(700)) + dice.below(86_400));
        let mut one = (*secret(number, &ends.to_string())).clone();
        one.starts = Some(from);
        Arc::new(one)
    };
    let mut world: Vec<Arc<Watched>> = (0..40).map(|_| fresh(start, &mut dice)).collect();
    let mut machines = [Machine::new("desk", start), Machine::new("laptop", start)];
    let mut truth = start;
    while truth < end {
        truth += SignedDuration::from_mins(20 + dice.below(14 * 60));
        if dice.one_in(12) {
            // Renewed: the old one is removed, a new one is made.
            let index = usize::try_from(dice.below(40)).unwrap();
            world[index] = fresh(truth, &mut dice);
        }
        for machine in &mut machines {
            if machine.off_until > truth {
                continue;
            }
            if dice.one_in(40) {
                machine.off_until = truth + SignedDuration::from_hours(1 + dice.below(24 * 24));
                continue;
            }
            if dice.one_in(60) {
                machine.zone = ZONES[usize::try_from(dice.below(6)).unwrap()];
            }
            if machine.wrong.is_none() && dice.one_in(80) {
                let hours =
                    if dice.one_in(2) { 48 + dice.below(400 * 24) } else { -48 - dice.below(400 * 24) };
                let until = truth + SignedDuration::from_hours(1 + dice.below(6 * 24));
                machine.wrong = Some((SignedDuration::from_hours(hours), until));
            }
            machine.look(truth, &world, &mut dice).await;
        }
    }
    let given = machines.iter().map(|machine| machine.given.len()).sum();
    (given, machines.iter().map(|machine| machine.checked).sum())
}

async fn none_twice_none_missed(seed: u64) {
    let (given, checked) = two_years(seed).await;
    // A year in which hardly anything happened would prove nothing.
    assert!(given > 400 && checked > 2_000, "seed {seed}: {given} given, {checked} checked");
}

#[tokio::test]
async fn two_years_none_twice_none_missed() {
    none_twice_none_missed(0).await;
}

#[tokio::test]
async fn two_other_years_none_twice_none_missed() {
    none_twice_none_missed(1).await;
}
