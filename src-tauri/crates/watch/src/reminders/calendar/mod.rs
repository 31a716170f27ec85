//! Outlook events: one for each reminder that is ahead, kept in step with the schedule. They remind when Gatehouse is long
//! gone.
//!
//! The calendar itself is the truth: what is there is found by a key that is the same on every machine, so two machines
//! make one event, and a third corrects what is double. Outlook has one reminder for each event, so there is one event for
//! each reminder; where more than twenty fall on one day for one end, they are one event.

mod compare;
mod entries;

use std::collections::HashMap;

use futures_util::stream::{self, StreamExt as _};
use graph::events::{self, Entry, Kept};
use graph::mail::Mailbox;
use graph::{GraphClient, GraphError};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::compare::{Change, compare};
use self::entries::{once, wanted};
use super::watched::titled;
use super::{ChannelFault, ChannelKind, KnownEvent, Ledger, LedgerError, Moment, Reminder};

/// Changes of one call; the rest follows with the next.
const MOST_CHANGES: usize = 400;
/// Outlook takes four requests at once for a mailbox.
const AT_ONCE: usize = 4;

/// A calendar that can be written to.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// Graph, for the signed-in person (`Calendars.ReadWrite`, for another's mailbox `Calendars.ReadWrite.Shared`).
    pub client: GraphClient,
    /// Whose.
    pub mailbox: Mailbox,
    /// The mailbox's address, the same whether it is reached as one's own or as a shared one.
    pub address: String,
    /// The organisation whose reminders are kept there.
    pub tenant: String,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Synced {
    /// Events made.
    pub made: usize,
    /// Events written anew.
    pub changed: usize,
    /// Events removed: their credential was renewed or is gone.
    pub removed: usize,
    /// Not made, because a person had removed them from the calendar.
    pub respected: usize,
    /// Changes that are left for the next time.
    pub left: usize,
    /// What stood in the way.
    pub fault: Option<ChannelFault>,
}

/// Brings the calendar in step with the schedule. What is in the way is in the answer and in the ledger.
///
/// # Errors
/// [`LedgerError`] alone.
pub async fn sync(
    outlook: &Outlook,
    ledger: &Ledger,
    reminders: &[Reminder],
    moment: &Moment,
) -> Result<Synced, LedgerError> {
    let Some(_turn) = ledger.turn(ChannelKind::Calendar).await? else { return Ok(Synced::default()) };
    let done = ledger.taken_care_of().await?;
    let (ahead, all) = wanted(&outlook.tenant, reminders, &done, moment);
    let known = ledger.events(&outlook.address).await?;
    let mut synced = Synced::default();
    match found(outlook).await {
        Err(error) => synced.fault = Some(fault(&error)),
        Ok(found) => {
            let compared = compare(ahead, &all, &found, &known, moment);
            synced.respected = compared.respected;
            let mut keep = compared.keep;
            carry_out(outlook, compared.changes, moment, &mut synced, &mut keep).await;
            ledger.keep_events(&outlook.address, keep.into_values().collect()).await?;
        }
    }
    ledger.note(ChannelKind::Calendar, synced.fault.clone(), moment.now).await?;
    Ok(synced)
}

/// Removes all events of the organisation: the person chose another calendar, or none.
///
/// # Errors
/// [`LedgerError`] alone.
pub async fn clear(outlook: &Outlook, ledger: &Ledger, now: Timestamp) -> Result<Synced, LedgerError> {
    let moment = Moment { now, zone: TimeZone::UTC, known_at: None };
    let synced = sync(outlook, ledger, &[], &moment).await?;
    if synced.fault.is_none() && synced.left == 0 {
        ledger.keep_events(&outlook.address, Vec::new()).await?;
    }
    Ok(synced)
}

/// Makes an event a minute ago, finds it again, and removes it: proves that reminders can be put there.
///
/// # Errors
/// [`ChannelFault`].
pub async fn trial(outlook: &Outlook, practice: bool, now: Timestamp) -> Result<(), ChannelFault> {
    let key = format!("trial/{}/{}", outlook.tenant, now.as_millisecond());
    let entry = Entry {
        key: key.clone(),
        revision: "1".into(),
        subject: titled(practice, "Gatehouse: a trial reminder".into()),
        text: "Gatehouse made this to see whether reminders arrive, and removes it at once.".into(),
        at: now,
    };
    let told = |error: GraphError| fault(&error);
    outlook.client.send(events::create(&outlook.mailbox, &entry, &once(&entry, now))).await.map_err(told)?;
    let seen = outlook.client.all(events::ours(&outlook.mailbox, &key)).await.map_err(told)?;
    let mut arrived = false;
    for kept in seen.iter().filter_map(events::Found::kept).filter(|kept| kept.key == key) {
        arrived = true;
        if let Some(request) = events::remove(&outlook.mailbox, &kept.id) {
            outlook.client.send(request).await.map_err(told)?;
        }
    }
    if arrived { Ok(()) } else { Err(ChannelFault::Other) }
}

async fn found(outlook: &Outlook) -> Result<Vec<Kept>, GraphError> {
    let request = events::ours(&outlook.mailbox, &format!("{}/", outlook.tenant));
    let mut kept: Vec<Kept> =
        outlook.client.all(request).await?.iter().filter_map(events::Found::kept).collect();
    // Which of two stays must be the same wherever it is decided.
    kept.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
    Ok(kept)
}

async fn carry_out(
    outlook: &Outlook,
    mut changes: Vec<Change>,
    moment: &Moment,
    synced: &mut Synced,
    keep: &mut HashMap<String, KnownEvent>,
) {
    synced.left = changes.len().saturating_sub(MOST_CHANGES);
    changes.truncate(MOST_CHANGES);
    let mut results = stream::iter(changes)
        .map(|change| async move {
            let result = one(outlook, &change, moment.now).await;
            (change, result)
        })
        .buffer_unordered(AT_ONCE);
    while let Some((change, result)) = results.next().await {
        match (result, change) {
            (Ok(id), Change::Make(entry)) => {
                synced.made += 1;
                keep.insert(entry.key.clone(), made(entry, id));
            }
            (Ok(id), Change::Write(_, entry)) => {
                synced.changed += 1;
                keep.insert(entry.key.clone(), made(entry, id));
            }
            (Ok(_), Change::Remove(_)) => synced.removed += 1,
            (Err(error), _) => {
                synced.left += 1;
                let fault = fault(&error);
                let lasting = !fault.is_passing() || fault == ChannelFault::Busy;
                synced.fault = Some(fault);
                if lasting {
                    // The others would meet the same.
                    break;
                }
            }
        }
    }
}

fn made(entry: Entry, id: String) -> KnownEvent {
    KnownEvent { key: entry.key, graph_id: id, revision: entry.revision, at: entry.at, removed: false }
}

/// Makes one change; the id of the event that is there now.
async fn one(outlook: &Outlook, change: &Change, now: Timestamp) -> Result<String, GraphError> {
    let client = &outlook.client;
    match change {
        Change::Make(entry) => {
            match client.send(events::create(&outlook.mailbox, entry, &once(entry, now))).await {
                // Another machine made it this moment: its event is found the next time.
                Err(GraphError::AlreadyExists(_) | GraphError::Conflict(_)) => Ok(String::new()),
                Err(GraphError::Refused(refusal)) if refusal.message.contains("transactionId") => {
                    Ok(String::new())
                }
                other => other.map(|event| event.id),
            }
        }
        Change::Write(id, entry) => {
            let Some(request) = events::update(&outlook.mailbox, id, entry) else { return Ok(id.clone()) };
            gone_is_done(client.send(request).await.map(|_| ()), id)
        }
        Change::Remove(id) => {
            let Some(request) = events::remove(&outlook.mailbox, id) else { return Ok(id.clone()) };
            gone_is_done(client.send(request).await, id)
        }
    }
}

/// Somebody else removed it in between: the next look decides.
fn gone_is_done(result: Result<(), GraphError>, id: &str) -> Result<String, GraphError> {
    match result {
        Err(GraphError::NotFound(_)) | Ok(()) => Ok(id.to_owned()),
        Err(other) => Err(other),
    }
}

/// What a refusal of Graph means for a calendar.
#[must_use]
pub fn fault(error: &GraphError) -> ChannelFault {
    match error {
        GraphError::Network { .. } => ChannelFault::Unreachable,
        GraphError::NeedsInteraction { .. } | GraphError::NoToken(_) | GraphError::Unauthorized(_) => {
            ChannelFault::SignIn
        }
        GraphError::Throttled { .. } => ChannelFault::Busy,
        GraphError::Unavailable { refusal, .. } => ChannelFault::Unwell { status: refusal.status },
        GraphError::NotFound(_) => ChannelFault::NoMailbox,
        GraphError::Forbidden { .. } | GraphError::PolicyForbids { .. } => ChannelFault::NotAllowed,
        GraphError::DeadlinePassed { last: Some(last), .. } => fault(last),
        GraphError::DeadlinePassed { .. } => ChannelFault::Slow,
        GraphError::Refused(refusal) => ChannelFault::Refused { status: refusal.status },
        _ => ChannelFault::Other,
    }
}
