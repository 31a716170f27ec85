//! When to remind that a credential ends, and how the reminder reaches somebody.
//!
//! ```text
//! watched(apps) ─▶ schedule(credentials, settings, zone) ─▶ Ledger ─▶ Channel
//! ```
//!
//! 1. [`watched`] takes what ends from the inventory that was kept. No keyring and no network are needed.
//! 2. [`schedule`] gives every [`Reminder`], at 09:00 by the local calendar. Pure; call it afresh each time, with the zone of now.
//! 3. [`Ledger`] (`reminders.db`) knows what was given. [`Ledger::due`] looks; [`remind`] claims, carries and settles on one
//!    [`Channel`]. Two processes never give the same reminder twice; two machines each show their own notifications.
//!    [`Ledger::states`] is for the window's list; [`Ledger::snooze`], [`Ledger::done`], [`Ledger::reopen`] are its buttons;
//!    [`Ledger::channels`] says how each way stands ([`ChannelFault::sentence`] is the text).
//! 4. A [`Bundle`] has its words: [`Bundle::title`], [`Bundle::body`], [`Bundle::lines`]. The desktop's channel is the shell's.
//! 5. What is not carried but kept in step with the schedule: [`calendar`] (Outlook events), [`ics`], [`metrics`], [`summary`].
//! 6. [`scheduler`] writes and removes the entry of the system's scheduler and of the desktop's start.
//!
//! Time is passed in as a [`Moment`]: this computer's clock, its zone, and when the organisation was last read by
//! Microsoft's clock.

mod bundle;
pub mod calendar;
mod channel;
pub mod ics;
mod ledger;
pub mod metrics;
mod moment;
mod round;
mod schedule;
pub mod scheduler;
mod settings;
pub mod summary;
mod watched;
pub mod webhook;

pub use bundle::{Bundle, Due, noun};
pub use channel::{Channel, ChannelFault, ChannelKind, Delivered};
pub use ledger::{
    ChannelRecord, GIVEN_UP_AFTER_DAYS, KnownEvent, Ledger, LedgerAccess, LedgerError, ReminderState, Turn,
};
pub use moment::Moment;
pub use round::{Round, remind};
pub use schedule::{HOUR, Reminder, ReminderId, days_between, schedule};
pub use settings::{CalendarChoice, ConnectionDays, MOST_DAYS, Settings, USUAL_DAYS};
pub use watched::{Watched, titled, watched};
