//! What a test of reminders has on its desk: credentials, a moment, a channel that writes down what it is given.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use net::call::Clock;
use watch::CredentialKind;
use watch::reminders::{
    Bundle, Channel, ChannelKind, Delivered, Ledger, Moment, Reminder, Round, Settings, Watched, remind,
    schedule,
};

pub(super) const TENANT: &str = "7d0b1f9e-0000-4000-8000-00000000000a";

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

pub(super) fn moment(now: &str) -> Moment {
    Moment { now: at(now), zone: TimeZone::UTC, known_at: None }
}

/// A secret with this number, of a set-up with the same.
pub(super) fn secret(number: u32, ends: &str) -> Arc<Watched> {
    Arc::new(Watched {
        tenant: TENANT.into(),
        practice: false,
        app_id: format!("aaaaaaaa-0000-4000-8000-{number:012}"),
        app_name: format!("App {number}"),
        key_id: format!("bbbbbbbb-0000-4000-8000-{number:012}"),
        kind: CredentialKind::Secret,
        name: "prod-1".into(),
        starts: None,
        ends: at(ends),
        connection: Some(format!("c{number}")),
    })
}

/// The usual days, in UTC.
pub(super) fn usual(credentials: &[Arc<Watched>]) -> Arc<[Reminder]> {
    schedule(credentials, &Settings::default(), &TimeZone::UTC).into()
}

/// Takes what it is given, answers as told, and can be asked what it was.
pub(super) struct Pigeon {
    pub(super) kind: ChannelKind,
    pub(super) answer: Mutex<Delivered>,
    pub(super) got: Mutex<Vec<Bundle>>,
}

impl Pigeon {
    pub(super) fn new(kind: ChannelKind) -> Self {
        Self { kind, answer: Mutex::new(Delivered::Shown), got: Mutex::default() }
    }

    pub(super) fn desktop() -> Self {
        Self::new(ChannelKind::Desktop)
    }

    pub(super) fn answers(&self, delivered: Delivered) {
        *self.answer.lock().unwrap() = delivered;
    }

    /// The titles since the last time.
    pub(super) fn titles(&self) -> Vec<String> {
        self.got.lock().unwrap().drain(..).map(|bundle| bundle.title()).collect()
    }

    pub(super) async fn round(&self, ledger: &Ledger, reminders: &Arc<[Reminder]>, moment: &Moment) -> Round {
        let now = moment.now;
        let clock: Clock = Arc::new(move || now);
        remind(ledger, self, Arc::clone(reminders), moment, &clock).await.unwrap()
    }
}

#[async_trait]
impl Channel for Pigeon {
    fn kind(&self) -> ChannelKind {
        self.kind
    }

    async fn deliver(&self, bundle: &Bundle) -> Delivered {
        self.got.lock().unwrap().push(bundle.clone());
        self.answer.lock().unwrap().clone()
    }
}
