//! How things stand, for monitoring: `gatehouse check` prints it and ends with its code.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::{ChannelKind, ChannelRecord, Moment, Watched};
use crate::CredentialKind;

/// Credentials that are named, the first to end.
const NAMED: usize = 100;
/// Knowledge older than this is no knowledge for a monitoring system: three days.
const STALE_SECONDS: i64 = 3 * 86_400;

/// What monitoring should do. The numbers are those of Nagios plugins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Verdict {
    /// Nothing ends soon: 0.
    Ok,
    /// Something ends within the time for warnings: 1.
    Warning,
    /// Something has ended, or ends within the time for alarms: 2.
    Critical,
    /// The organisation was never read, or not for three days: 3.
    Unknown,
}

impl Verdict {
    /// The exit code.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        self as u8
    }
}

/// The whole. Fields are added, never renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// 1; a greater number is not readable by what reads this.
    pub format: u32,
    /// What monitoring should do.
    pub verdict: Verdict,
    /// The same as a sentence.
    pub sentence: String,
    /// When this was put together.
    pub now: Timestamp,
    /// When the organisation was last read.
    pub known_at: Option<Timestamp>,
    /// Credentials with an end.
    pub total: usize,
    /// Ended already.
    pub ended: usize,
    /// End within the time for warnings (those within the time for alarms too).
    pub ending: usize,
    /// The first to end, at most 100.
    pub next: Vec<Ending>,
    /// Ways on which reminders do not get through.
    pub blocked: Vec<ChannelKind>,
    /// What could not be looked at, as sentences: a credential that nobody saw is not in the figures.
    pub not_looked_at: Vec<String>,
}

/// A credential that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ending {
    /// Client id.
    pub app_id: String,
    /// The app's name.
    pub app_name: String,
    /// Microsoft's key id.
    pub key_id: String,
    /// What it is.
    pub kind: CredentialKind,
    /// Its name.
    pub name: String,
    /// When it ends.
    pub ends_at: Timestamp,
    /// Whole days until then by the local calendar; negative after it.
    pub days: i32,
}

/// How long before an end somebody is warned or alarmed, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Warned.
    pub warning: u32,
    /// Alarmed.
    pub critical: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { warning: 30, critical: 7 }
    }
}

/// Puts it together.
#[must_use]
pub fn summary(
    credentials: &[Arc<Watched>],
    channels: &[ChannelRecord],
    limits: Limits,
    moment: &Moment,
) -> Summary {
    let now = moment.effective();
    let mut sorted: Vec<&Arc<Watched>> = credentials.iter().collect();
    sorted.sort_by_cached_key(|own| (own.ends, own.key()));
    let within = |days: u32| {
        let limit = now.as_second() + i64::from(days) * 86_400;
        sorted.iter().take_while(|own| own.ends.as_second() <= limit).count()
    };
    let (ended, alarms, ending) = (within(0), within(limits.critical), within(limits.warning));
    let stale = moment.known_at.is_none_or(|known| now.as_second() - known.as_second() > STALE_SECONDS);
    let verdict = match (stale, alarms, ending) {
        (true, _, _) => Verdict::Unknown,
        (_, 1.., _) => Verdict::Critical,
        (_, _, 1..) => Verdict::Warning,
        _ => Verdict::Ok,
    };
    let sentence = match verdict {
        Verdict::Unknown => {
            "The organisation was not read in the last three days, so nothing is certain.".into()
        }
        Verdict::Ok => format!("Nothing ends in the next {} days.", limits.warning),
        _ if ended > 0 => {
            format!("Ended: {ended}. Ending in the next {} days: {}.", limits.warning, ending - ended)
        }
        _ => format!("Ending in the next {} days: {ending}.", limits.warning),
    };
    Summary {
        format: 1,
        verdict,
        sentence,
        now: moment.now,
        known_at: moment.known_at,
        total: sorted.len(),
        ended,
        ending,
        next: sorted.iter().take(NAMED).map(|own| one(own, moment)).collect(),
        blocked: channels.iter().filter(|own| own.fault.is_some()).map(|own| own.channel).collect(),
        not_looked_at: Vec::new(),
    }
}

fn one(own: &Watched, moment: &Moment) -> Ending {
    Ending {
        app_id: own.app_id.clone(),
        app_name: own.app_name.clone(),
        key_id: own.key_id.clone(),
        kind: own.kind,
        name: own.name.clone(),
        ends_at: own.ends,
        days: super::days_between(moment.effective(), own.ends, &moment.zone),
    }
}
