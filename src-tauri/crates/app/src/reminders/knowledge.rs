//! What there is to remind of, from this machine alone.

use std::collections::{HashMap, HashSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use contract::When;
use jiff::{SignedDuration, Timestamp};
use watch::CredentialKind;
use watch::inventory::StoreError;
use watch::reminders::{GIVEN_UP_AFTER_DAYS, Moment, Reminder, Watched, schedule, watched};

use crate::App;
use crate::connections::Stored;
use crate::errors::Answer;
use crate::inventory::off_thread;
use crate::space::OpenSpace;

/// Apps that are looked through at a time.
const PORTION: usize = 2_000;
/// Knowledge older than this is said to be old, in days.
const OLD_DAYS: i32 = 2;

/// What there is to remind of.
pub(crate) struct Knowledge {
    /// Credentials that end, of all organisations of the space.
    pub(crate) credentials: Vec<Arc<Watched>>,
    /// From when it is: the oldest reading of any of them.
    pub(crate) known_at: Option<Timestamp>,
}

impl App {
    /// What there is to remind of. Asks nobody but this machine.
    pub(crate) async fn knowledge(&self, space: &OpenSpace) -> Answer<Knowledge> {
        let always = Timestamp::MIN..=Timestamp::MAX;
        self.knowledge_of(space, &self.finished(space)?, always).await
    }

    /// What a reminder is due for, was, or will be within a day: of tens of thousands of credentials a few.
    pub(crate) async fn pressing_knowledge(&self, space: &OpenSpace) -> Answer<Knowledge> {
        const SLACK_DAYS: i64 = 2;
        let set_ups = self.finished(space)?;
        // The time that counts is the later one of these, see `Moment`.
        let (now, known_at) = (self.now(), self.known_at(space, &set_ups).await?);
        let (earlier, later) = known_at.map_or((now, now), |at| (at.min(now), at.max(now)));
        let farthest = self.reminder_settings(space).farthest();
        let day = |days: i64| SignedDuration::from_hours(24 * days);
        let from = earlier.checked_sub(day(GIVEN_UP_AFTER_DAYS + SLACK_DAYS)).unwrap_or(Timestamp::MIN);
        let until = later.checked_add(day(i64::from(farthest) + SLACK_DAYS)).unwrap_or(Timestamp::MAX);
        self.knowledge_of(space, &set_ups, from..=until).await
    }

    /// From when the oldest reading of any organisation of the space is.
    pub(super) async fn known_at(&self, space: &OpenSpace, set_ups: &[Stored]) -> Answer<Option<Timestamp>> {
        let mut known_at: Option<Timestamp> = None;
        for organisation in self.organisations(space, set_ups) {
            let store = self.inventory(space, &organisation).await?;
            known_at = earlier(known_at, off_thread(move || store.read_at()).await?);
        }
        Ok(known_at)
    }

    /// What ends within a time.
    async fn knowledge_of(
        &self,
        space: &OpenSpace,
        set_ups: &[Stored],
        within: RangeInclusive<Timestamp>,
    ) -> Answer<Knowledge> {
        let replaced = self.replaced_keys(space).await;
        let practice = space.is_practice();
        let mut credentials: Vec<Arc<Watched>> = Vec::new();
        for organisation in self.organisations(space, set_ups) {
            let store = self.inventory(space, &organisation).await?;
            let of = connections_of(set_ups, &organisation);
            let (gone, within) = (replaced.clone(), within.clone());
            let read = off_thread(move || {
                let (mut found, mut portion) = (Vec::new(), Vec::new());
                let mut take = |apps: &mut Vec<watch::App>| {
                    let belongs = |app: &watch::App| of.get(&app.app_id).cloned();
                    let is_gone = |_: &watch::App, key: &str| gone.contains(key);
                    let mut some = watched(store.organisation(), practice, apps, belongs, is_gone);
                    some.retain(|one| within.contains(&one.ends));
                    found.append(&mut some);
                    apps.clear();
                };
                store.each_ending(&within, |app| {
                    portion.push(app);
                    if portion.len() >= PORTION {
                        take(&mut portion);
                    }
                })?;
                take(&mut portion);
                Ok::<_, StoreError>(found)
            });
            credentials.extend(read.await?);
        }
        let known_at = self.known_at(space, set_ups).await?;
        // What was set up here is known even before anybody has read the organisation.
        let known: HashSet<String> = credentials.iter().map(|one| one.key_id.clone()).collect();
        for stored in set_ups {
            credentials.extend(
                of_set_up(stored, practice)
                    .filter(|one| within.contains(&one.ends))
                    .filter(|one| !known.contains(&one.key_id) && !replaced.contains(&one.key_id))
                    .map(Arc::new),
            );
        }
        Ok(Knowledge { credentials, known_at })
    }

    /// Every reminder of what is known, and the moment at which this is asked.
    pub(crate) fn scheduled(&self, space: &OpenSpace, known: &Knowledge) -> (Arc<[Reminder]>, Moment) {
        let zone = self.0.options.host.zone();
        let reminders = schedule(&known.credentials, &self.reminder_settings(space), &zone);
        (reminders.into(), Moment { now: self.now(), zone, known_at: known.known_at })
    }

    /// The moment at which something is asked.
    pub(super) async fn moment(&self, space: &OpenSpace) -> Answer<Moment> {
        let known = self.knowledge(space).await?;
        Ok(self.scheduled(space, &known).1)
    }

    /// Says from when the knowledge is, when that is long ago, and that it may be incomplete.
    pub(super) fn caution(&self, space: &OpenSpace, known: &Knowledge) -> Option<String> {
        let zone = self.0.options.host.zone();
        let old = match known.known_at {
            None if known.credentials.is_empty() => None,
            None => Some("Only what was set up here is known. Read the organisation's apps to be reminded of all of them.".to_owned()),
            Some(at) if watch::reminders::days_between(at, self.now(), &zone) >= OLD_DAYS => {
                let day = at.to_zoned(zone).strftime("%-d %B").to_string();
                Some(format!("Known from {day}; Gatehouse could not look since then. What was changed meanwhile is not in it."))
            }
            Some(_) => None,
        };
        let closed = space.vault().is_ok_and(|vault| matches!(vault.status(), vault::VaultStatus::Locked));
        match (old, closed) {
            (Some(old), _) => Some(old),
            (None, true) => Some("The keyring is locked. Reminders on this desktop come all the same; messages and calendar wait.".to_owned()),
            (None, false) => None,
        }
    }

    /// Organisations that somebody is signed in to, or that something was set up in.
    pub(crate) fn organisations(&self, space: &OpenSpace, set_ups: &[Stored]) -> Vec<String> {
        let accounts = self.accounts(space).into_iter().map(|account| account.key.tenant_id.to_string());
        let mut all: Vec<String> =
            accounts.chain(set_ups.iter().map(|stored| stored.tenant_id.clone())).collect();
        all.sort();
        all.dedup();
        all
    }
}

fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

fn connections_of(set_ups: &[Stored], organisation: &str) -> HashMap<String, String> {
    let here = set_ups.iter().filter(|stored| stored.tenant_id == organisation);
    here.flat_map(|stored| stored.registrations.iter().map(|one| (one.app_id.clone(), stored.id.clone())))
        .collect()
}

fn of_set_up(stored: &Stored, practice: bool) -> impl Iterator<Item = Watched> {
    stored.registrations.iter().filter_map(move |one| {
        let secret = one.secret.as_ref()?;
        let (When(starts), When(ends)) = (secret.created_at, secret.expires_at);
        Some(Watched {
            tenant: stored.tenant_id.clone(),
            practice,
            app_id: one.app_id.clone(),
            app_name: one.name.clone(),
            key_id: secret.key_id.clone(),
            kind: CredentialKind::Secret,
            name: secret.name.clone(),
            starts: Some(starts),
            ends,
            connection: Some(stored.id.clone()),
        })
    })
}
