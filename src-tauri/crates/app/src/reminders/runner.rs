//! Reminds for as long as the program runs: at the start, at the time of each reminder, and after the computer has slept.

use std::sync::Arc;
use std::time::Duration;

use contract::{ReminderState, ReminderView, SignInPurpose};
use jiff::{SignedDuration, Timestamp};
use watch::reminders::titled;

use crate::documents::Kind;
use crate::host::Notification;
use crate::space::OpenSpace;
use crate::{App, Observer, held};

/// How often the clock is looked at. A timer alone would not do: it stands still while the computer sleeps.
const LOOK: Duration = Duration::from_secs(30);
/// The longest time between two rounds: what failed is tried again, and the calendar is kept in step.
const LONGEST: SignedDuration = SignedDuration::from_hours(1);
/// The organisation is read again in the background after this time, where that needs nobody.
const READ_AGAIN: SignedDuration = SignedDuration::from_hours(12);

/// What waits for the person, for a symbol in the tray.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// How many reminders are due, were missed, or were shown and not taken care of.
    pub count: u32,
    /// The most pressing of them as a sentence.
    pub sentence: String,
    /// The person wants a symbol in the tray.
    pub tray: bool,
    /// Somebody asked for the window, and for what is in it.
    pub show: Option<Shown>,
}

/// What somebody wants to see in the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Whatever was there last.
    AsItWas,
    /// All reminders.
    Reminders,
    /// The renewal of one credential.
    Renewal {
        /// The app's client id.
        app_id: String,
        /// The credential's key id.
        key_id: String,
    },
}

impl App {
    /// Reminds until the program ends. `observer` hears what waits, after each round.
    pub async fn keep_reminding(&self, observer: Observer<Waiting>) {
        *held(&self.0.reminding) = Some(Arc::clone(&observer));
        loop {
            let now = self.now();
            let mut next = now + LONGEST;
            if let Ok(space) = self.space() {
                match self.remind_round(&space).await {
                    Ok(went) => next = went.next.map_or(next, |at| at.min(next)),
                    Err(error) => tracing::warn!(code = ?error.code, "no reminders this time"),
                }
                observer(self.what_waits(&space).await);
                self.read_in_background(&space).await;
                self.personal_round(&space).await;
            }
            self.until(now, next).await;
        }
    }

    /// Begins a round now: something has changed.
    pub(crate) fn remind_again(&self) {
        self.0.remind_again.notify_one();
    }

    /// Waits for a time of day, or until something changes. A clock that was set back counts as a change.
    async fn until(&self, since: Timestamp, next: Timestamp) {
        loop {
            tokio::select! {
                () = self.0.remind_again.notified() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            let now = self.now();
            if now >= next || now < since {
                return;
            }
        }
    }

    /// What waits for the person now.
    pub(super) async fn what_waits(&self, space: &OpenSpace) -> Waiting {
        let tray = self.reminder_settings(space).tray;
        let list = match self.pressing_knowledge(space).await {
            Ok(known) => self.reminder_list(space, &known).await.unwrap_or_default(),
            Err(_) => Vec::new(),
        };
        let mut pressing = list.iter().filter(|one| presses(one)).peekable();
        let first = pressing.peek().map(|first| titled(space.is_practice(), sentence(first)));
        let sentence = first.unwrap_or_default();
        Waiting { count: u32::try_from(pressing.count()).unwrap_or(u32::MAX), sentence, tray, show: None }
    }

    /// How many reminders nothing has carried to anybody, for Home.
    pub(crate) async fn missed_reminders(&self, space: &OpenSpace) -> u32 {
        if !space.folder.join("reminders.db").is_file() {
            return 0;
        }
        let Ok(known) = self.pressing_knowledge(space).await else { return 0 };
        let list = self.reminder_list(space, &known).await.unwrap_or_default();
        let missed = list.iter().filter(|one| matches!(one.state, ReminderState::Missed)).count();
        u32::try_from(missed).unwrap_or(u32::MAX)
    }

    /// Says once that closing the window did not end Gatehouse.
    pub async fn say_it_goes_on(&self) {
        const SAID: &str = "said-it-goes-on";
        let Ok(space) = self.space() else { return };
        if space.documents.get::<bool>(Kind::Choice, SAID).unwrap_or_default().is_some() {
            return;
        }
        let host = Arc::clone(&self.0.options.host);
        let note = Notification {
            title: "Gatehouse goes on in the background".to_owned(),
            body:
                "So that reminders come. The symbol in the tray brings the window back, and ends Gatehouse."
                    .to_owned(),
            urgent: false,
            answered: None,
        };
        let shown = tokio::task::spawn_blocking(move || host.notify(note)).await;
        if matches!(shown, Ok(Ok(_))) {
            let _ = space.documents.put(Kind::Choice, SAID, &true, self.now());
        }
    }

    /// Reads the organisation again where it was read before, nobody has to be asked, and it is time.
    async fn read_in_background(&self, space: &Arc<OpenSpace>) {
        let open = space.vault().is_ok_and(|vault| vault.status().can_seal());
        let Ok(account) = self.active(space) else { return };
        if !open || account.bootstrap || account.needs_sign_in || !account.covers(SignInPurpose::Inspect) {
            return;
        }
        let Ok(set_ups) = self.finished(space) else { return };
        let Ok(known_at) = self.known_at(space, &set_ups).await else { return };
        let due = known_at.is_some_and(|at| self.now().duration_since(at) > READ_AGAIN);
        if due && let Err(error) = self.read_inventory(space, &account).await {
            tracing::info!(code = ?error.code, "the organisation could not be read in the background");
        }
    }
}

fn presses(reminder: &ReminderView) -> bool {
    matches!(reminder.state, ReminderState::Due | ReminderState::Missed | ReminderState::Sent { .. })
}

fn sentence(reminder: &ReminderView) -> String {
    let name = if reminder.app_name.is_empty() { &reminder.app_id } else { &reminder.app_name };
    match reminder.days {
        ..0 => format!("A credential of {name} has ended."),
        0 => format!("A credential of {name} ends today."),
        1 => format!("A credential of {name} ends tomorrow."),
        days => format!("A credential of {name} ends in {days} days."),
    }
}
